//! The disk operations of publishing, each of them atomic. A build can be interrupted between any
//! two of them; tests simulate that here.

use crate::engine::publish::atomic_file::{self, Durability, Staged};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The disk, or a simulated one that stops for good.
#[derive(Debug)]
pub struct Disk {
    done: AtomicUsize,
    most: usize,
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::that_stops_after(usize::MAX)
    }
}

impl Disk {
    /// A disk on which every operation after the first `operations` fails: it is left in the state
    /// of a build that was killed at that point.
    pub fn that_stops_after(operations: usize) -> Disk {
        Disk { done: AtomicUsize::new(0), most: operations }
    }

    /// The number of operations requested.
    pub fn operations(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    fn turn(&self) -> io::Result<()> {
        match self.done.fetch_add(1, Ordering::Relaxed) < self.most {
            true => Ok(()),
            false => Err(io::Error::other("the disk has stopped")),
        }
    }

    /// Creates one folder that everybody may read, unless it exists.
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.turn()?;
        match std::fs::create_dir(path) {
            Err(err) if err.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {
                return Ok(());
            }
            made => made?,
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    }

    /// Creates a folder and its parents.
    pub(super) fn make_folders(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        path.parent().map_or(Ok(()), |parent| self.make_folders(parent))?;
        self.make_folder(path)
    }

    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.turn()?;
        std::fs::remove_dir(path)
    }

    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.turn()?;
        std::fs::remove_file(path)
    }

    pub(super) fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.turn()?;
        std::fs::hard_link(from, to)
    }

    /// Writes a file that is placed later. If the disk stops meanwhile, the temporary file stays.
    pub(super) fn stage(
        &self,
        folder: &Path,
        durability: Durability,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<Staged> {
        self.turn()?;
        let staged = atomic_file::stage(folder, durability, fill)?;
        match self.turn() {
            Ok(()) => Ok(staged),
            Err(err) => {
                staged.forget();
                Err(err)
            }
        }
    }

    pub(super) fn place(&self, staged: Staged, target: &Path) -> io::Result<()> {
        match self.turn() {
            Ok(()) => staged.place(target),
            Err(err) => {
                staged.forget();
                Err(err)
            }
        }
    }

    /// Like `atomic_file::replace`.
    pub(in crate::engine) fn replace(
        &self,
        temporary: &Path,
        target: &Path,
        bytes: &[u8],
        durability: Durability,
    ) -> io::Result<()> {
        let staged = self.stage(temporary, durability, |file| file.write_all(bytes))?;
        self.place(staged, target)
    }
}
