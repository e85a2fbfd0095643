//! Regular files in folders that may contain anything: opened without blocking, read within limits,
//! copied without being held in memory, and recognised as unchanged without being read.
#![expect(clippy::disallowed_methods, reason = "edge: whether a file was written to just now")]

use crate::digest::Digest;
use std::fs::{File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Opens a regular file. Links are not followed, and a pipe, a device or a folder is an error:
/// opening one could block forever, and reading one might never end.
///
/// # Errors
/// `InvalidInput` if it is not a regular file; otherwise the system's error.
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

/// The bytes of a regular file of at most `most` bytes.
///
/// # Errors
/// Those of `open`; `FileTooLarge` for a longer file.
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

/// A stamp that changes whenever a file is written to, replaced or backdated: equal stamps mean
/// equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    len: u64,
    /// The device and the file's inode number on it.
    number: (u64, u64),
    /// The time of the last change (ctime), since 1970.
    changed: Duration,
}

/// The clock of a file system has a resolution, of two seconds at most. A file written to within
/// its current tick may be written to again and keep the same stamp.
const STEP: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file that is about to be read. `None` if it would not be reliable: the file
    /// was written to just now, or the system has no change time that is out of programs' control.
    pub fn settled(metadata: &Metadata) -> Option<Stamp> {
        let stamp = Stamp::of(metadata)?;
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
        (now.checked_sub(stamp.changed)? > STEP).then_some(stamp)
    }

    /// The current stamp of a file.
    pub fn of(metadata: &Metadata) -> Option<Stamp> {
        let (number, changed) = number_and_change(metadata)?;
        Some(Stamp { len: metadata.len(), number, changed })
    }

    /// Whether the file was changed before another one on the same file system, by that file
    /// system's clock. Then any later write to it gives another stamp.
    pub fn is_before(&self, other: &Stamp) -> bool {
        self.changed < other.changed
    }

    /// Parses the output of `Display`; `None` for anything else.
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

/// A regular file, with what it contained when it was last read. Its bytes are not held in memory,
/// so its length has no limit.
#[derive(Clone, Debug)]
pub struct OnDisk {
    /// Its path.
    pub path: PathBuf,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its length in bytes.
    pub len: u64,
    /// Its stamp when it was read; `None` if that was not reliable.
    pub stamp: Option<Stamp>,
}

impl OnDisk {
    /// Reads a whole file in chunks. `metadata` must be from before.
    ///
    /// # Errors
    /// Those of `open`, and of reading.
    pub fn read_through(path: &Path, metadata: &Metadata) -> io::Result<OnDisk> {
        let stamp = Stamp::settled(metadata);
        let (digest, len) = Digest::of_reader(open(path)?.0)?;
        Ok(OnDisk { path: path.to_owned(), digest, len, stamp })
    }

    /// Whether a file at this path with the metadata `now` is certain to have the same bytes.
    pub fn is_untouched(&self, now: &Metadata) -> bool {
        self.stamp.is_some() && self.stamp == Stamp::of(now)
    }

    /// Opens it to be read again.
    ///
    /// # Errors
    /// Those of [`open`].
    pub fn open(&self) -> io::Result<Reopened<'_>> {
        let (file, before) = open(&self.path)?;
        Ok(Reopened { seen: self, file, before })
    }
}

/// A file that was read before, opened to be read again.
#[derive(Debug)]
pub struct Reopened<'a> {
    seen: &'a OnDisk,
    file: File,
    before: Metadata,
}

impl Reopened<'_> {
    /// Its bytes; `None` if they are not those that were read before. The buffer is allocated once,
    /// because photographs are large.
    ///
    /// # Errors
    /// Those of reading.
    pub fn bytes(mut self) -> io::Result<Option<Arc<[u8]>>> {
        if self.before.len() != self.seen.len {
            return Ok(None);
        }
        let len = usize::try_from(self.seen.len).unwrap_or(usize::MAX);
        let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, len).collect();
        if let Some(room) = Arc::get_mut(&mut bytes) {
            self.file.read_exact(room)?;
        }
        let is_whole = self.file.read(&mut [0])? == 0;
        let is_seen =
            is_whole && (self.is_untouched()? || Digest::of_bytes(&bytes) == self.seen.digest);
        Ok(is_seen.then_some(bytes))
    }

    /// Writes its bytes to another file. Returns whether they are those that were read before.
    ///
    /// # Errors
    /// Those of reading and writing.
    pub fn copy(mut self, to: &mut File) -> io::Result<bool> {
        if self.seen.is_untouched(&self.before) {
            // Between files, `io::copy` lets the system copy, or share disk blocks.
            let len = io::copy(&mut self.file, to)?;
            return Ok(len == self.seen.len && self.is_untouched()?);
        }
        let (digest, _) = Digest::of_reader(Tee { from: &mut self.file, to })?;
        Ok(digest == self.seen.digest)
    }

    /// The file itself, to send its bytes while they are read; `None` if its length has changed, or
    /// if its stamp shows that it may have.
    pub fn unless_touched(self) -> Option<File> {
        let is_same_len = self.before.len() == self.seen.len;
        let is_touched = self.seen.stamp.is_some() && !self.seen.is_untouched(&self.before);
        (is_same_len && !is_touched).then_some(self.file)
    }

    /// Whether the file has not changed from when it was first read until now.
    fn is_untouched(&self) -> io::Result<bool> {
        Ok(self.seen.is_untouched(&self.before) && self.seen.is_untouched(&self.file.metadata()?))
    }
}

/// A reader that also writes everything it reads to `to`.
struct Tee<'a> {
    from: &'a mut File,
    to: &'a mut File,
}

impl Read for Tee<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.from.read(buffer)?;
        self.to.write_all(&buffer[..len])?;
        Ok(len)
    }
}

/// The identity of a file, and when anything about it last changed, including its timestamps.
#[cfg(unix)]
fn number_and_change(metadata: &Metadata) -> Option<((u64, u64), Duration)> {
    use std::os::unix::fs::MetadataExt as _;
    let seconds = metadata.ctime().try_into().ok()?;
    let nanos = metadata.ctime_nsec().try_into().ok()?;
    Some(((metadata.dev(), metadata.ino()), Duration::new(seconds, nanos)))
}

/// On other systems, programs can set all timestamps of a file.
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
    fn a_copy_is_of_the_bytes_that_were_seen() {
        let folder = tempfile::tempdir().unwrap();
        let [path, copy] = ["a", "b"].map(|name| folder.path().join(name));
        std::fs::write(&path, "one").unwrap();
        let metadata = || path.metadata().unwrap();
        let seen = OnDisk::read_through(&path, &metadata()).unwrap();
        assert_eq!(seen.stamp, None, "what was written just now may be written again");
        let stamped = OnDisk { stamp: Stamp::of(&metadata()), ..seen.clone() };
        let copied = |seen: &OnDisk| {
            let is_seen = seen.open().unwrap().copy(&mut File::create(&copy).unwrap()).unwrap();
            (is_seen, std::fs::read(&copy).unwrap())
        };
        for seen in [&seen, &stamped] {
            assert_eq!(copied(seen), (true, b"one".to_vec()));
            assert!(seen.open().unwrap().unless_touched().is_some());
        }
        // File timestamps may be only a few milliseconds precise.
        std::thread::sleep(Duration::from_millis(50));
        std::fs::write(&path, "two").unwrap();
        for seen in [&seen, &stamped] {
            assert!(!copied(seen).0);
            assert_eq!(seen.open().unwrap().bytes().unwrap(), None);
        }
        #[cfg(unix)]
        assert!(stamped.open().unwrap().unless_touched().is_none());
        std::fs::write(&path, "longer").unwrap();
        assert!(seen.open().unwrap().unless_touched().is_none());
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
