//! Publishes outputs to a folder: only what differs is written, and only what we made is removed.
//!
//! Publishing first builds a list of steps and then performs them. The following holds whenever a
//! build is interrupted, between any two disk operations (`tests/publish_cut.rs`):
//!
//! - Every file is old or new, never half-written. All bytes are first written to temporary files,
//!   so a full disk changes nothing.
//! - No page links to a missing page. Link targets are published before the pages that link to
//!   them, and removed files go last. New pages that link to each other have no such order, and
//!   neither have removed pages: each of them is a page without links for a moment ([`BLANK`]).
//! - Everything that a page shows exists before the page. Only when a folder is replaced by a file
//!   of the same name, or a file by a folder, can a link to that very file be broken.
//! - The next build makes the folder what a clean build makes it, and leaves nothing of the
//!   interrupted one.

pub mod atomic_file;
mod blank;
pub mod disk;
pub mod marker;
mod order;
mod perform;
mod plan;
mod refusal;
mod step;
pub mod tree;

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::traces::{Stamps, Traces};
use crate::engine::{Blobs, Outputs, blobs};
use crate::file;
use crate::path::SitePath;
pub use blank::BLANK;
use disk::Disk;
use marker::{Marker, OwnedFiles};
pub use plan::Plan;
pub use refusal::ProtectedFolders;
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
pub use step::Step;

/// How long a second build waits for the first one before it prints a message.
const PATIENCE: Duration = Duration::from_secs(1);

/// What to do with a folder that contains files we did not make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Refuse to publish.
    Refuse,
    /// Publish beside them, but never overwrite them (`--adopt`).
    Adopt,
}

/// The changes of a publish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Paths that were written.
    pub written: Vec<SitePath>,
    /// Paths that were removed.
    pub removed: Vec<SitePath>,
    /// Whether anything visible to visitors was changed, even if only in part.
    pub has_begun: bool,
}

/// An output folder that may be published to. While it is open, no other build publishes to it, and
/// no other build with the same cache publishes at all.
#[derive(Debug)]
pub struct Destination {
    /// The folder, with links resolved.
    out: PathBuf,
    cache: PathBuf,
    /// The text of the folder's marker.
    marker: Option<String>,
    /// The files and folders that are ours.
    owned: OwnedFiles,
    /// The traces of files that are still as we left them.
    verified: Traces,
    /// The stamps stored in the cache.
    cached_stamps: Stamps,
    /// Every file we left there, if known, so that the folder need not be searched.
    left: Option<BTreeSet<SitePath>>,
    /// A lock, held but not read. `None` for a folder that does not exist yet.
    lock: Option<File>,
    /// A lock, held but not read.
    _cache_lock: Option<File>,
}

impl Destination {
    /// Opens an output folder, which need not exist yet; nothing is written before `publish`. If
    /// another build is running, this waits for it, and calls `waiting` once if that takes long.
    ///
    /// # Errors
    /// If the folder cannot be published to.
    pub fn open(
        out: &Path,
        bounds: &ProtectedFolders,
        foreign: Foreign,
        waiting: &dyn Fn(),
    ) -> Result<Destination> {
        let out = refusal::resolve(out)
            .map_err(|err| Diagnostic::io("cannot use the output folder", out, &err))?;
        refusal::check(&out, bounds, std::env::home_dir().as_deref())?;
        let cache_lock = lock_cache(&bounds.cache, waiting);
        let lock = lock_folder(&out, waiting);
        let (marker, traces) = (Marker::read(&out), Traces::load(&bounds.cache, &out));
        if marker.is_none() && traces.outputs.is_empty() && foreign == Foreign::Refuse {
            refusal::check_foreign(&out)?;
        }
        let to = Destination::of(out, &bounds.cache, marker, traces);
        Ok(Destination { lock, _cache_lock: cache_lock, ..to })
    }

    /// A folder with this marker, and what the cache has about it, whether or not the two match.
    fn of(out: PathBuf, cache: &Path, marker: Option<Marker>, traces: Traces) -> Destination {
        let mut owned = marker.clone().unwrap_or_default().owned;
        for (path, output) in &traces.outputs {
            owned.add(path, output.digest);
            if marker.is_none() {
                // Only the marker lists the folders that we created.
                path.ancestors().for_each(|folder| owned.add_folder(&folder));
            }
        }
        let is_settled = marker.as_ref().is_some_and(|it| it.traces == Some(traces.digest()));
        let traces = if is_settled { traces } else { Traces::default() };
        Destination {
            left: is_settled.then(|| traces.outputs.keys().cloned().collect()),
            cached_stamps: traces.stamps.clone(),
            verified: traces.verified(&out),
            cache: cache.to_owned(),
            marker: marker.map(|marker| marker.text()),
            owned,
            out,
            lock: None,
            _cache_lock: None,
        }
    }

    /// The folder, with links resolved.
    pub fn folder(&self) -> &Path {
        &self.out
    }

    /// Outputs of earlier builds that are still in the folder, which `run` need not make.
    pub fn previous(&self) -> &Outputs {
        &self.verified.outputs
    }

    /// Publishes the outputs to the folder. If the report contains an error before the first step,
    /// nothing is changed. If a step fails, every file is old or new, and the next build continues.
    pub fn publish(&self, outputs: &Outputs, blobs: &Blobs, report: &mut Report) -> Published {
        self.publish_to(&Disk::default(), outputs, blobs, report)
    }

    /// Like `publish`, on this disk.
    pub fn publish_to(
        &self,
        disk: &Disk,
        outputs: &Outputs,
        blobs: &Blobs,
        report: &mut Report,
    ) -> Published {
        let reopened = match &self.lock {
            Some(_) => None,
            None => match self.reopen(disk) {
                Ok(reopened) => Some(reopened),
                Err(diagnostic) => {
                    report.push(diagnostic);
                    return Published::default();
                }
            },
        };
        let to = reopened.as_ref().unwrap_or(self);
        match to.plan(outputs, report) {
            Some(plan) => to.perform(&plan, disk, outputs, blobs, report),
            None => Published::default(),
        }
    }

    /// Opens a folder again that did not exist and so was not locked: another build may have
    /// created it first.
    fn reopen(&self, disk: &Disk) -> Result<Destination> {
        disk.make_folders(&self.out)
            .map_err(|err| Diagnostic::io("cannot make the output folder", &self.out, &err))?;
        let lock = lock_folder(&self.out, &|| {});
        let (marker, traces) = (Marker::read(&self.out), Traces::load(&self.cache, &self.out));
        let to = Destination::of(self.out.clone(), &self.cache, marker, traces);
        Ok(Destination { lock, ..to })
    }
}

/// Waits for the lock of a cache. A cache that cannot be locked is not shared.
fn lock_cache(cache: &Path, waiting: &dyn Fn()) -> Option<File> {
    blobs::prepare(cache).ok()?;
    let path = cache.join("lock");
    // Created if it does not exist; anything other than a file is not opened.
    let made = File::options().write(true).create_new(true).open(&path).ok();
    wait_for(made.or_else(|| Some(file::open(&path).ok()?.0))?, waiting)
}

/// Waits for the lock of an output folder, which is the folder itself: a build with another cache
/// may be using it. `None` if it does not exist, or if folders cannot be locked.
fn lock_folder(out: &Path, waiting: &dyn Fn()) -> Option<File> {
    wait_for(File::open(out).ok()?, waiting)
}

fn wait_for(file: File, waiting: &dyn Fn()) -> Option<File> {
    let pause = Duration::from_millis(25);
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => return Some(file),
            Err(TryLockError::Error(_)) => return None,
            Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                sleep(pause);
                waited += pause;
            }
            Err(TryLockError::WouldBlock) => {
                waiting();
                return file.lock().ok().map(|()| file);
            }
        }
    }
}
