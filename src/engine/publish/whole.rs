//! Writes a file whole or not at all: under another name first, then by renaming.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// Puts `bytes` at `target`, over whatever file or link is there. `temporary` is a folder of the
/// same file system, in which nothing is left behind unless the machine stops.
///
/// # Errors
/// When the file cannot be written or renamed; then `target` is as it was.
pub fn replace(
    temporary: &Path,
    target: &Path,
    bytes: &[u8],
    durability: Durability,
) -> io::Result<()> {
    let (file, path) = create(temporary)?;
    let written = fill(file, bytes, durability).and_then(|()| std::fs::rename(&path, target));
    if written.is_err() {
        // The first failure is the one to report.
        let _ = std::fs::remove_file(&path);
    }
    open().paths.remove(&path);
    written
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
    let (file, path) = create(folder)?;
    let written = fill(file, bytes, Durability::Synced).and_then(|()| finish(&path));
    if written.is_err() {
        let _ = std::fs::remove_file(&path);
    }
    open().paths.remove(&path);
    written
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

/// Whether a file of this name is what an interrupted `replace` left behind.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Two machines may share a folder and a process number, so the name is tried, not trusted.
fn create(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut open = open();
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("{PREFIX}{}-{number}", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            Ok(file) => {
                open.paths.insert(path.clone());
                return Ok((file, path));
            }
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists => {}
            Err(err) => return Err(err),
        }
    }
}

fn fill(mut file: File, bytes: &[u8], durability: Durability) -> io::Result<()> {
    file.write_all(bytes)?;
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
