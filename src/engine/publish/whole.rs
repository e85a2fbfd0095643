//! Writes a file whole or not at all: under another name first, then by renaming.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use walkdir::WalkDir;

const PREFIX: &str = ".questfolio-tmp-";

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// The temporary files of this process, which a signal must not leave behind.
static TEMPORARY: Mutex<Temporary> =
    Mutex::new(Temporary { paths: BTreeSet::new(), is_over: false });

struct Temporary {
    paths: BTreeSet<PathBuf>,
    is_over: bool,
}

/// What a power cut may do to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: it is on the disk before it has its name.
    Synced,
    /// Tear it; whoever reads it will notice.
    Eventual,
}

/// A whole file that has not got its name yet.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// Held as long as the file is of use: see [`is_abandoned`].
    _lock: Option<File>,
}

/// Writes a file into `folder` that is to be placed later.
///
/// # Errors
/// When it cannot be written; then nothing is left behind.
pub fn stage(
    folder: &Path,
    durability: Durability,
    fill: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<Staged> {
    let (mut file, path) = create(folder)?;
    let filled = fill(&mut file).and_then(|()| finish(&file, durability));
    let staged = Staged { path, _lock: Some(file) };
    match filled {
        Ok(()) => Ok(staged),
        Err(err) => {
            staged.discard();
            Err(err)
        }
    }
}

impl Staged {
    /// Gives the file its name, in the place of whatever file or link has it. Both lie in the same
    /// file system.
    ///
    /// # Errors
    /// When it cannot be renamed; then `target` is as it was, and nothing is left behind.
    pub fn place(self, target: &Path) -> io::Result<()> {
        match std::fs::rename(&self.path, target) {
            Ok(()) => {
                open().paths.remove(&self.path);
                Ok(())
            }
            Err(err) => {
                // The first failure is the one to report.
                self.discard();
                Err(err)
            }
        }
    }

    /// Closes the file: for one that lies where nobody else sweeps. Of thousands, all could not be
    /// kept open.
    #[must_use]
    pub fn closed(self) -> Staged {
        Staged { _lock: None, ..self }
    }

    /// Where it lies until it is placed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the file away.
    pub fn discard(self) {
        let _ = std::fs::remove_file(&self.path);
        self.forget();
    }

    /// Leaves the file where it is, as a build does that is cut off.
    pub(super) fn forget(self) {
        open().paths.remove(&self.path);
    }
}

/// Puts `bytes` at `target`, over whatever file or link is there. `temporary` is a folder of the
/// same file system, in which nothing is left behind unless the process is killed.
///
/// # Errors
/// When the file cannot be written or renamed; then `target` is as it was.
pub fn replace(
    temporary: &Path,
    target: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<()> {
    stage(temporary, durability, |file| file.write_all(bytes))?.place(target)
}

/// Puts `bytes` at `target`, which is a file and keeps its permissions.
///
/// # Errors
/// As `replace`.
pub fn rewrite(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = target.symlink_metadata()?.permissions();
    aside(target, bytes, |path| {
        std::fs::set_permissions(path, permissions)?;
        std::fs::rename(path, target)
    })
}

/// Puts `bytes` at `target`, where nothing may lie.
///
/// # Errors
/// As `replace`, and when something lies there.
pub fn create_new(target: &Path, bytes: &[u8]) -> io::Result<()> {
    aside(target, bytes, |path| match std::fs::hard_link(path, target) {
        Ok(()) => std::fs::remove_file(path),
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Err(err),
        // A file system without links has no way to rename that spares what lies there, either.
        Err(_) if target.symlink_metadata().is_err() => std::fs::rename(path, target),
        Err(err) => Err(err),
    })
}

/// Writes a file beside `target`, which `finish` brings to its place.
fn aside(
    target: &Path,
    bytes: &[u8],
    finish: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let folder = target.parent().ok_or(io::ErrorKind::NotFound)?;
    let staged = stage(folder, Durability::Synced, |file| file.write_all(bytes))?;
    match finish(&staged.path) {
        Ok(()) => staged.forget(),
        Err(err) => {
            staged.discard();
            return Err(err);
        }
    }
    Ok(())
}

/// Takes away what is half written, and lets no file be begun any more: for a program about to end.
/// Whoever begins one waits for that.
pub fn abandon() {
    let mut open = open();
    open.is_over = true;
    for path in std::mem::take(&mut open.paths) {
        // Renamed at this very moment, it is whole.
        let _ = std::fs::remove_file(path);
    }
}

/// What is open, for somebody who may go on.
fn open() -> MutexGuard<'static, Temporary> {
    let open = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
    if !open.is_over {
        return open;
    }
    drop(open);
    loop {
        std::thread::park();
    }
}

/// Whether a file of this name is what an interrupted `stage` left behind.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Whether nobody works on this temporary file any more: whoever does holds a lock on it, which the
/// system takes back when a process ends, however it ends. While the file that is given is held,
/// nobody can begin to. `None` also where the file system has no locks.
pub fn abandoned(path: &Path) -> Option<File> {
    let (file, _) = crate::file::open(path).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Removes, in a folder and those below it, what was left half written by processes that were killed.
pub fn sweep(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let is_temporary = is_temporary(&entry.file_name().to_string_lossy());
        // Held until the file is gone, so that nobody takes it up.
        let held = is_temporary.then(|| abandoned(entry.path())).flatten();
        if held.is_some() {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Two machines may share a folder and a process number, so the name is tried, not trusted.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut open = open();
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            // A sweep may have seen the file before it was locked.
            Ok(file) if is_ours(&file, &path) => {
                open.paths.insert(path.clone());
                return Ok((file, path));
            }
            Ok(_) => {}
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {}
            Err(err) => return Err(err),
        }
    }
}

/// Locks a file that was just made; not so if a sweep was faster.
fn is_ours(file: &File, path: &Path) -> bool {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        Err(TryLockError::Error(_)) => true,
        Ok(()) => path.symlink_metadata().is_ok(),
    }
}

fn finish(file: &File, durability: Durability) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    match durability {
        Durability::Synced => file.sync_all(),
        Durability::Eventual => Ok(()),
    }
}
