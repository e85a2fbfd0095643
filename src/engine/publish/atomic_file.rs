//! Writes files atomically: first under a temporary name, then renamed.

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use walkdir::WalkDir;

const PREFIX: &str = ".questfolio-tmp-";

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// The temporary files of this process, which must not be left behind after a signal.
static TEMPORARY: Mutex<Temporary> =
    Mutex::new(Temporary { paths: BTreeSet::new(), is_over: false });

struct Temporary {
    paths: BTreeSet<PathBuf>,
    is_over: bool,
}

/// What a power failure may do to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing: it is synced to disk before it is renamed.
    Synced,
    /// It may be damaged; readers detect that.
    Eventual,
}

/// A complete file that has not been renamed yet.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    /// A lock, held while the file is in use: see [`abandoned`].
    _lock: Option<File>,
}

/// Writes a temporary file into `folder`, to be placed later.
///
/// # Errors
/// If it cannot be written; then nothing is left behind.
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
    /// Renames the file to `target`, replacing any file or link there. Both must be on the same
    /// file system.
    ///
    /// # Errors
    /// If it cannot be renamed; then `target` is unchanged, and nothing is left behind.
    pub fn place(self, target: &Path) -> io::Result<()> {
        match std::fs::rename(&self.path, target) {
            Ok(()) => {
                open().paths.remove(&self.path);
                Ok(())
            }
            Err(err) => {
                // The first error is the one to report.
                self.discard();
                Err(err)
            }
        }
    }

    /// Closes the file, for a folder that nobody else sweeps. Thousands of files could not all be
    /// kept open.
    #[must_use]
    pub fn closed(self) -> Staged {
        Staged { _lock: None, ..self }
    }

    /// The path of the temporary file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the temporary file.
    pub fn discard(self) {
        let _ = std::fs::remove_file(&self.path);
        self.forget();
    }

    /// Leaves the temporary file, as an interrupted build does.
    pub(super) fn forget(self) {
        open().paths.remove(&self.path);
    }
}

/// Writes `bytes` to `target`, replacing any file or link there. `temporary` is a folder on the
/// same file system, in which nothing is left behind unless the process is killed.
///
/// # Errors
/// If the file cannot be written or renamed; then `target` is unchanged.
pub fn replace(
    temporary: &Path,
    target: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<()> {
    stage(temporary, durability, |file| file.write_all(bytes))?.place(target)
}

/// Writes `bytes` to `target`, an existing file that keeps its permissions.
///
/// # Errors
/// Those of `replace`.
pub fn rewrite(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions = target.symlink_metadata()?.permissions();
    aside(target, bytes, |path| {
        std::fs::set_permissions(path, permissions)?;
        std::fs::rename(path, target)
    })
}

/// Writes `bytes` to `target`, which must not exist.
///
/// # Errors
/// Those of `replace`, and if `target` exists.
pub fn create_new(target: &Path, bytes: &[u8]) -> io::Result<()> {
    aside(target, bytes, |path| match std::fs::hard_link(path, target) {
        Ok(()) => std::fs::remove_file(path),
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists => Err(err),
        // A file system without hard links has no rename that fails on an existing target, either.
        Err(_) if target.symlink_metadata().is_err() => std::fs::rename(path, target),
        Err(err) => Err(err),
    })
}

/// Writes a temporary file beside `target`, which `finish` moves into place.
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

/// Removes all temporary files and prevents new ones, for a program about to end. Whoever starts to
/// write a file blocks.
pub fn abandon() {
    let mut open = open();
    open.is_over = true;
    for path in std::mem::take(&mut open.paths) {
        // If it was renamed just now, it is complete.
        let _ = std::fs::remove_file(path);
    }
}

/// The list of temporary files, unless the program is ending.
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

/// Whether a file with this name was left by an interrupted `stage`.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// A lock on this temporary file, if no process is using it any more: a process holds a lock on its
/// files, which the system releases when it ends, however it ends. While the returned file is held,
/// no process can start to use it. `None` also if the file system has no locks.
pub fn abandoned(path: &Path) -> Option<File> {
    let (file, _) = crate::file::open(path).ok()?;
    file.try_lock().ok().map(|()| file)
}

/// Removes temporary files left by killed processes, in a folder and its subfolders.
pub fn sweep(folder: &Path) {
    for entry in WalkDir::new(folder).into_iter().flatten() {
        let is_temporary = is_temporary(&entry.file_name().to_string_lossy());
        // The lock is held until the file is removed, so that no other process can start to use it.
        let held = is_temporary.then(|| abandoned(entry.path())).flatten();
        if held.is_some() {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Two machines may share a folder and a process id, so the name is only a first guess.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut open = open();
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            // A sweep may have opened the file before it was locked.
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

/// Locks a file that was just created; `false` if a sweep was faster.
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
