//! Regular files of folders that may hold anything: opened without hanging, read within bounds, and
//! known again without being read.
#![expect(clippy::disallowed_methods, reason = "edge: whether a file was written to just now")]

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Opens a regular file. A link is not followed, and a pipe, a device or a folder is an error: to
/// open one could wait for ever, to read one could never end.
///
/// # Errors
/// `InvalidInput` for what is not a regular file; else what the system says.
pub fn open(path: &Path) -> io::Result<(File, Metadata)> {
    let is_regular = |meta: Metadata| match meta.is_file() {
        true => Ok(meta),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
    };
    is_regular(path.symlink_metadata()?)?;
    let file = File::open(path)?;
    let meta = is_regular(file.metadata()?)?;
    Ok((file, meta))
}

/// The bytes of a regular file that is no longer than `most`.
///
/// # Errors
/// Those of `open`; `FileTooLarge` for a longer one.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (file, meta) = open(path)?;
    let mut bytes = Vec::new();
    if meta.len() <= most {
        bytes.reserve_exact(usize::try_from(meta.len()).unwrap_or_default());
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    match bytes.len() as u64 > most || meta.len() > most {
        true => Err(io::ErrorKind::FileTooLarge.into()),
        false => Ok(bytes),
    }
}

/// What changes whenever somebody writes to a file, puts another in its place or dates it back: the
/// same stamp, the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    /// The device, and the file's number on it.
    number: (u64, u64),
    /// Since 1970.
    changed: Duration,
}

/// File systems count time in steps, of two seconds at most. A file that was written to within the
/// last of them may be written to once more and get the same stamp.
const STEP: Duration = Duration::from_secs(2);

impl Stamp {
    /// Of a file that is about to be read. Nothing where it could not be relied upon: a file was
    /// written to just now, or the system keeps no time of change that programs cannot set.
    pub fn settled(metadata: &Metadata) -> Option<Stamp> {
        let stamp = Stamp::of(metadata)?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        (now.checked_sub(stamp.changed)? > STEP).then_some(stamp)
    }

    /// Of a file as it is now.
    pub fn of(metadata: &Metadata) -> Option<Stamp> {
        let (number, changed) = number_and_change(metadata)?;
        Some(Stamp { len: metadata.len(), number, changed })
    }

    /// Whether the file was changed before another of its file system was, by the clock of that:
    /// whatever is written to it after the other gets another stamp.
    pub fn is_before(&self, other: &Stamp) -> bool {
        self.changed < other.changed
    }

    /// Reads what `Display` wrote; `None` for anything else.
    pub fn parse(text: &str) -> Option<Stamp> {
        let mut numbers = text.split(' ').map(|number| number.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        let (len, number) = (next()?, (next()?, next()?));
        let seconds = next()?;
        let nanos = u32::try_from(next()?).ok().filter(|nanos| *nanos < 1_000_000_000)?;
        let stamp = Stamp { len, number, changed: Duration::new(seconds, nanos) };
        numbers.next().is_none().then_some(stamp)
    }
}

impl std::fmt::Display for Stamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (device, number) = self.number;
        let (seconds, nanos) = (self.changed.as_secs(), self.changed.subsec_nanos());
        write!(f, "{} {device} {number} {seconds} {nanos}", self.len)
    }
}

/// Which file it is, and when anything about it was changed last, its dates included.
#[cfg(unix)]
fn number_and_change(metadata: &Metadata) -> Option<((u64, u64), Duration)> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = metadata.ctime().try_into().ok()?;
    let nanos = metadata.ctime_nsec().try_into().ok()?;
    Some(((metadata.dev(), metadata.ino()), Duration::new(seconds, nanos)))
}

/// Elsewhere any program may set the times of a file.
#[cfg(not(unix))]
fn number_and_change(_metadata: &Metadata) -> Option<((u64, u64), Duration)> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_read_as_it_was_written() {
        let stamp = Stamp { len: 7, number: (1, 2), changed: Duration::new(3, 999_999_999) };
        assert_eq!(Stamp::parse(&stamp.to_string()), Some(stamp));
        for harmed in ["", "7 1 2 3", "7 1 2 3 1000000000", "7 1 2 3 4 5", "7 1 2 3 x"] {
            assert_eq!(Stamp::parse(harmed), None, "{harmed}");
        }
    }

    #[test]
    fn only_regular_files_within_bounds_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read(folder.path(), 9).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            assert_eq!(read(&link, 9).unwrap_err().kind(), io::ErrorKind::InvalidInput);
            let device = Path::new("/dev/zero");
            assert_eq!(read(device, 9).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        }
    }
}
