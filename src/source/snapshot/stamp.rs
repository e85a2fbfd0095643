//! Whether a file is unchanged, found out without reading it.
#![expect(clippy::disallowed_methods, reason = "edge: whether a file was written to just now")]

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// What changes whenever somebody writes to a file, puts another in its place or dates it back: the
/// same stamp, the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    len: u64,
    number: (u64, u64),
    changed: SystemTime,
}

/// File systems count time in steps, of two seconds at most. A file that was written to within the
/// last of them may be written to once more and get the same stamp.
const STEP: Duration = Duration::from_secs(2);

impl Stamp {
    /// Of a file that is about to be read. Nothing where it could not be relied upon: a file was
    /// written to just now, or the system keeps no time of change that programs cannot set.
    pub(super) fn settled(metadata: &Metadata) -> Option<Stamp> {
        let stamp = Stamp::of(metadata)?;
        let age = SystemTime::now().duration_since(stamp.changed).ok()?;
        (age > STEP).then_some(stamp)
    }

    /// Of a file as it is now.
    pub(super) fn of(metadata: &Metadata) -> Option<Stamp> {
        let (number, changed) = number_and_change(metadata)?;
        Some(Stamp { len: metadata.len(), number, changed })
    }
}

/// Which file it is, and when anything about it was changed last, its dates included.
#[cfg(unix)]
fn number_and_change(metadata: &Metadata) -> Option<((u64, u64), SystemTime)> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = Duration::from_secs(metadata.ctime().try_into().ok()?);
    let rest = Duration::from_nanos(metadata.ctime_nsec().try_into().ok()?);
    let changed = SystemTime::UNIX_EPOCH.checked_add(seconds + rest)?;
    Some(((metadata.dev(), metadata.ino()), changed))
}

/// Elsewhere any program may set the times of a file.
#[cfg(not(unix))]
fn number_and_change(_metadata: &Metadata) -> Option<((u64, u64), SystemTime)> {
    None
}
