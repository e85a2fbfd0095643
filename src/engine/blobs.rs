//! The blob store: the bytes of costly tasks by fingerprint, in a folder of small checked files or
//! in memory.
#![expect(
    clippy::disallowed_methods,
    reason = "edge: writes the cache folder, and asks how old a blob is"
)]

use crate::diagnostic::{Diagnostic, Report, Result, reason};
use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::engine::publish::atomic_file::{self, Durability};
use crate::file;
use crate::lock::lock;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The magic number of a blob's file. Raise the number to invalidate blobs of an older format.
const FORMAT: &str = "questfolio blob 1";

/// The maximum length of a blob's file, in bytes. Longer results are not cached; no picture is that
/// long.
const MOST: u64 = 64 * 1024 * 1024;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a blob that is not used is kept.
const KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The store of costly bytes. Problems with it are never errors: bytes that cannot be read are made
/// again, bytes that cannot be stored are held in memory, and a single warning is reported.
#[derive(Debug, Default)]
pub struct Blobs {
    cache: Option<PathBuf>,
    memory: Mutex<BTreeMap<Digest, Arc<[u8]>>>,
    at_work: Mutex<BTreeSet<Digest>>,
    /// Blobs that `obtain` made and that no output has claimed yet.
    made: Mutex<BTreeSet<Digest>>,
    finished: Condvar,
    trouble: Mutex<Trouble>,
}

#[derive(Debug, Default)]
enum Trouble {
    #[default]
    None,
    Untold(Diagnostic),
    Told,
}

/// Bytes from the store.
pub(crate) struct Blob {
    pub bytes: Arc<[u8]>,
    /// Whether they were computed: either just now, or earlier by `obtain` for this output.
    pub was_made: bool,
    /// Whether they are stored in the folder.
    pub is_kept: bool,
}

impl Blobs {
    /// A store that is not persistent: for tests and for `check`.
    pub fn in_memory() -> Blobs {
        Blobs::default()
    }

    /// The store in this cache folder (`.questfolio/cache`), which is created with the first blob.
    pub fn open(cache: &Path) -> Blobs {
        Blobs { cache: Some(cache.to_owned()), ..Blobs::default() }
    }

    /// The bytes for this fingerprint: read from the store, or made and stored.
    ///
    /// If several threads ask for the same bytes, one makes them and the others wait. So `make`
    /// must not wait for a thread pool: a worker that waits there runs other work, which may ask
    /// for the same bytes that are being made further down its own stack, and would deadlock.
    ///
    /// # Errors
    /// Only those of `make`.
    pub fn obtain(
        &self,
        fingerprint: &Fingerprint,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Arc<[u8]>> {
        let blob = self.fetch(fingerprint, make)?;
        if blob.was_made {
            lock(&self.made).insert(fingerprint.digest());
        }
        Ok(blob.bytes)
    }

    pub(crate) fn fetch(
        &self,
        fingerprint: &Fingerprint,
        make: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Blob> {
        let name = fingerprint.digest();
        let _turn = self.turn(name);
        let was_made = lock(&self.made).remove(&name);
        if let Some(bytes) = self.remembered(name) {
            return Ok(Blob { bytes, was_made, is_kept: false });
        }
        if let Some(bytes) = self.stored(name) {
            self.touch(fingerprint);
            return Ok(Blob { bytes, was_made, is_kept: true });
        }
        let bytes: Arc<[u8]> = make()?.into();
        let is_kept = self.keep(name, &bytes);
        Ok(Blob { bytes, was_made: true, is_kept })
    }

    /// The bytes for this fingerprint, if they are in the store.
    pub fn get(&self, fingerprint: &Fingerprint) -> Option<Arc<[u8]>> {
        let name = fingerprint.digest();
        self.remembered(name).or_else(|| self.stored(name))
    }

    /// Whether the store seems to have `len` bytes for this fingerprint, without reading them.
    pub(crate) fn keeps(&self, fingerprint: &Fingerprint, len: u64) -> bool {
        let name = fingerprint.digest();
        let there = self.file(name).and_then(|file| file.symlink_metadata().ok());
        self.remembered(name).is_some()
            || there.is_some_and(|meta| meta.is_file() && meta.len() > len)
    }

    /// Marks the blob as used, so that a sweep keeps it.
    pub(crate) fn touch(&self, fingerprint: &Fingerprint) {
        let Some(path) = self.file(fingerprint.digest()) else { return };
        let now = SystemTime::now();
        let is_old = |meta: std::fs::Metadata| {
            let age = meta.modified().ok().and_then(|then| now.duration_since(then).ok());
            meta.is_file() && age.is_none_or(|age| age >= DAY)
        };
        // Only regular files are opened: opening a pipe would block.
        if path.symlink_metadata().is_ok_and(is_old)
            && let Ok(file) = std::fs::File::options().append(true).open(path)
        {
            // In a read-only cache this fails, but then no sweep can remove the blob either.
            let _ = file.set_modified(now);
        }
    }

    /// Removes blobs not used for thirty days, and temporary files of interrupted builds. Call this
    /// only after a successful build.
    pub fn sweep(&self) {
        let Some(cache) = &self.cache else { return };
        let now = SystemTime::now();
        let entries = ["blobs", "traces"].map(|part| walkdir::WalkDir::new(cache.join(part)));
        for entry in entries.into_iter().flatten().flatten() {
            let Some(meta) = entry.metadata().ok().filter(std::fs::Metadata::is_file) else {
                continue;
            };
            let age = meta.modified().ok().and_then(|then| now.duration_since(then).ok());
            let is_older = |limit: Duration| age.is_some_and(|age| age > limit);
            let is_temporary = atomic_file::is_temporary(&entry.file_name().to_string_lossy());
            // The lock is held until the file is removed, so that no other process can start to use
            // it.
            let abandoned = is_temporary.then(|| atomic_file::abandoned(entry.path())).flatten();
            let is_over = match is_temporary {
                true => abandoned.is_some() || is_older(DAY),
                false => entry.path().starts_with(cache.join("blobs")) && is_older(KEPT_FOR),
            };
            if is_over {
                // Another build may have removed it already.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Reports problems with the cache folder, once. Call this at the end.
    pub fn warn(&self, report: &mut Report) {
        let mut trouble = lock(&self.trouble);
        if let Trouble::Untold(_) = &*trouble
            && let Trouble::Untold(diagnostic) = std::mem::replace(&mut *trouble, Trouble::Told)
        {
            report.push(diagnostic);
        }
    }

    fn remembered(&self, name: Digest) -> Option<Arc<[u8]>> {
        lock(&self.memory).get(&name).cloned()
    }

    fn stored(&self, name: Digest) -> Option<Arc<[u8]>> {
        let cache = self.cache.as_ref()?;
        match read(name, &self.file(name)?) {
            Ok(bytes) => bytes,
            Err(err) => {
                if !matches!(err.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidInput) {
                    self.complain(cache, &err);
                }
                None
            }
        }
    }

    fn keep(&self, name: Digest, bytes: &Arc<[u8]>) -> bool {
        let is_sound =
            matches!(*lock(&self.trouble), Trouble::None) && bytes.len() as u64 <= MOST / 2;
        if let (true, Some(cache), Some(file)) = (is_sound, &self.cache, self.file(name)) {
            match prepare(cache).and_then(|()| write(&file, &seal(name, bytes))) {
                Ok(()) => return true,
                Err(err) => self.complain(cache, &err),
            }
        }
        lock(&self.memory).insert(name, bytes.clone());
        false
    }

    /// Records that the cache folder cannot be used, to be reported by `warn`.
    pub(crate) fn complain(&self, cache: &Path, err: &io::Error) {
        let mut trouble = lock(&self.trouble);
        if let Trouble::None = &*trouble {
            *trouble = Trouble::Untold(unusable(cache, err));
        }
    }

    fn file(&self, name: Digest) -> Option<PathBuf> {
        let name = name.to_string();
        Some(self.cache.as_ref()?.join("blobs").join(&name[..2]).join(name))
    }

    fn turn(&self, name: Digest) -> Turn<'_> {
        let mut at_work = lock(&self.at_work);
        while !at_work.insert(name) {
            at_work = self.finished.wait(at_work).unwrap_or_else(PoisonError::into_inner);
        }
        Turn { blobs: self, name }
    }
}

/// The exclusive right to make some bytes; released even if making them panics.
struct Turn<'a> {
    blobs: &'a Blobs,
    name: Digest,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        lock(&self.blobs.at_work).remove(&self.name);
        self.blobs.finished.notify_all();
    }
}

/// The warning for an unusable cache, which costs time but does not fail the build.
fn unusable(cache: &Path, err: &io::Error) -> Diagnostic {
    let message = format!("the cache `{}` cannot be used: {}", cache.display(), reason(err));
    Diagnostic::warning("cache-unusable", message)
        .help("the site is complete, but the next build has to start from nothing")
}

/// Creates the cache folder with a `CACHEDIR.TAG`, so that backup programs skip it.
pub(crate) fn prepare(cache: &Path) -> io::Result<()> {
    let tag = cache.join("CACHEDIR.TAG");
    if tag.symlink_metadata().is_ok() {
        return Ok(());
    }
    std::fs::create_dir_all(cache)?;
    let mut file = match std::fs::File::options().write(true).create_new(true).open(tag) {
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        file => file?,
    };
    file.write_all(
        b"Signature: 8a477f597d28d172789f06886806bc55\n\
          # This folder is a cache of questfolio. Deleting it is always safe.\n",
    )
}

fn write(file: &Path, sealed: &[u8]) -> io::Result<()> {
    let folder = file.parent().expect("a blob lies in a folder of its store");
    std::fs::create_dir_all(folder)?;
    atomic_file::replace(folder, file, sealed, Durability::Synced)
}

fn seal(name: Digest, bytes: &[u8]) -> Vec<u8> {
    let mut sealed = header(name, bytes).into_bytes();
    sealed.extend_from_slice(bytes);
    sealed
}

/// The bytes in a blob's file, if `seal` wrote it for this name. A file that is too long or has
/// another header is not read at all.
fn read(name: Digest, path: &Path) -> io::Result<Option<Arc<[u8]>>> {
    let (mut file, meta) = file::open(path)?;
    let start = format!("{FORMAT} {name} ");
    let mut sealed = Vec::with_capacity(start.len());
    Read::by_ref(&mut file).take(start.len() as u64).read_to_end(&mut sealed)?;
    if meta.len() > MOST || sealed != start.as_bytes() {
        return Ok(None);
    }
    sealed.reserve_exact(usize::try_from(meta.len()).unwrap_or_default());
    file.take(MOST).read_to_end(&mut sealed)?;
    Ok(unseal(name, &sealed).map(Arc::from))
}

/// The bytes, if the file is what `seal` wrote for this name.
fn unseal(name: Digest, sealed: &[u8]) -> Option<&[u8]> {
    let end = sealed.iter().position(|byte| *byte == b'\n')? + 1;
    let (head, bytes) = sealed.split_at(end);
    (head == header(name, bytes).as_bytes()).then_some(bytes)
}

fn header(name: Digest, bytes: &[u8]) -> String {
    format!("{FORMAT} {name} {} {}\n", bytes.len(), Digest::of_bytes(bytes))
}
