//! Brings outputs to a folder: only what differs is written, only what we made is removed.
//!
//! What is to be done is a list of steps first, and performed afterwards. What holds whenever a build
//! is cut off, between any two operations on the disk (`tests/publish_cut.rs`):
//!
//! - Every file is old or new, never half. All bytes are written aside before the first of them is
//!   seen, so a full disk changes nothing.
//! - No page leads to a page that is not there. What is linked is published before what links to it,
//!   and what is gone goes last. Pages that are new and link each other have no such order; nor have
//!   those that go: each is a page without links for a moment ([`BLANK`]).
//! - What a page shows is there before it. Only where a folder gives way to a file of its name, or a
//!   file to a folder, can a link to that very file lead nowhere.
//! - The next build makes the folder what a build from nothing makes it, and leaves nothing of the
//!   one that was cut off.

pub mod disk;
pub mod marker;
mod order;
mod perform;
mod refusal;
mod steps;
pub mod tree;
pub mod whole;

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::traces::{Stamps, Traces};
use crate::engine::{Blobs, Outputs, blobs};
use crate::file;
use crate::path::SitePath;
use disk::Disk;
use marker::{Marker, Seals};
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
pub use steps::{Plan, Step};

/// What stands at the address of a page while pages that link each other come or go.
pub const BLANK: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n\
    <meta name=\"robots\" content=\"noindex\">\n<title>Being published</title>\n\
    <p>This page is being published. Please reload it in a moment.</p>\n";

/// The folder for files that are not whole yet. It is ours, and there only while we publish.
const TEMPORARY: &str = ".questfolio-tmp";

/// How long a second build waits for the first one before it says so.
const PATIENCE: Duration = Duration::from_secs(1);

/// Which folders are the author's, and so never an output.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// The site's root.
    pub root: PathBuf,
    /// Folders with what the author wrote: `content`, `templates`, …
    pub sources: Vec<PathBuf>,
    /// The cache folder.
    pub cache: PathBuf,
}

/// What to do with a folder that holds files we did not make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Leave it alone.
    Refuse,
    /// Write beside them, never over them (`--adopt`).
    Adopt,
}

/// What a publish changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Paths whose bytes are new.
    pub written: Vec<SitePath>,
    /// Paths that are gone.
    pub removed: Vec<SitePath>,
    /// Whether anything that visitors see was changed, be it only in part.
    pub has_begun: bool,
}

/// An output folder that may be published to. While it lives, no other build publishes to it, and
/// none of the same cache publishes at all.
#[derive(Debug)]
pub struct Destination {
    /// The folder, links resolved.
    out: PathBuf,
    cache: PathBuf,
    /// What the folder's marker says, byte for byte.
    marker: Option<String>,
    /// What is ours.
    seals: Seals,
    /// What is there as we left it, and what it was made from.
    believed: Traces,
    /// What the cache keeps of how the files looked.
    remembered: Stamps,
    /// Every file we left there, where that is known, so that the folder need not be searched.
    left: Option<BTreeSet<SitePath>>,
    /// Held, not read. There is none for a folder that is not there yet.
    lock: Option<File>,
    /// Held, not read.
    _cache_lock: Option<File>,
}

impl Destination {
    /// Opens an output folder, which need not exist yet; nothing is written before `publish`.
    /// Another build at work is waited for, and `waiting` called once if that takes long.
    ///
    /// # Errors
    /// When the folder is no place to publish to.
    pub fn open(
        out: &Path,
        bounds: &Bounds,
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

    /// A folder with this marker, and what the cache keeps about it, whether that fits or not.
    fn of(out: PathBuf, cache: &Path, marker: Option<Marker>, traces: Traces) -> Destination {
        let mut seals = marker.clone().unwrap_or_default().seals;
        for (path, output) in &traces.outputs {
            seals.add(path, output.digest);
            if marker.is_none() {
                // Which folders we made stood in the marker only.
                path.ancestors().for_each(|folder| seals.add_folder(&folder));
            }
        }
        let is_settled = marker.as_ref().is_some_and(|it| it.traces == Some(traces.digest()));
        let traces = if is_settled { traces } else { Traces::default() };
        Destination {
            left: is_settled.then(|| traces.outputs.keys().cloned().collect()),
            remembered: traces.stamps.clone(),
            believed: traces.believed(&out),
            cache: cache.to_owned(),
            marker: marker.map(|marker| marker.text()),
            seals,
            out,
            lock: None,
            _cache_lock: None,
        }
    }

    /// The folder, links resolved.
    pub fn folder(&self) -> &Path {
        &self.out
    }

    /// What earlier builds left in the folder and is still there: what `run` need not make.
    pub fn previous(&self) -> &Outputs {
        &self.believed.outputs
    }

    /// Brings the outputs to the folder. Nothing is changed if the report gains an error before
    /// the first step; if a step fails, every file is old or new and the next build goes on.
    pub fn publish(&self, outputs: &Outputs, blobs: &Blobs, report: &mut Report) -> Published {
        self.publish_to(&Disk::default(), outputs, blobs, report)
    }

    /// As `publish`, by way of this disk.
    pub fn publish_to(
        &self,
        disk: &Disk,
        outputs: &Outputs,
        blobs: &Blobs,
        report: &mut Report,
    ) -> Published {
        let arrived = match &self.lock {
            Some(_) => None,
            None => match self.arrive(disk) {
                Ok(arrived) => Some(arrived),
                Err(diagnostic) => {
                    report.push(diagnostic);
                    return Published::default();
                }
            },
        };
        let to = arrived.as_ref().unwrap_or(self);
        match to.plan(outputs, report) {
            Some(plan) => to.perform(&plan, disk, outputs, blobs, report),
            None => Published::default(),
        }
    }

    /// The same folder, which was not there to be locked, looked at once more: another build may have
    /// been faster to make it.
    fn arrive(&self, disk: &Disk) -> Result<Destination> {
        disk.make_folders(&self.out)
            .map_err(|err| Diagnostic::io("cannot make the output folder", &self.out, &err))?;
        let lock = lock_folder(&self.out, &|| {});
        let (marker, traces) = (Marker::read(&self.out), Traces::load(&self.cache, &self.out));
        let to = Destination::of(self.out.clone(), &self.cache, marker, traces);
        Ok(Destination { lock, ..to })
    }
}

/// Waits for the lock of a cache. One that cannot be locked is one that nobody shares.
fn lock_cache(cache: &Path, waiting: &dyn Fn()) -> Option<File> {
    blobs::prepare(cache).ok()?;
    let path = cache.join("lock");
    // Made if it is not there; what is there and is no file is not opened.
    let made = File::options().write(true).create_new(true).open(&path).ok();
    wait_for(made.or_else(|| Some(file::open(&path).ok()?.0))?, waiting)
}

/// Waits for the lock of an output folder, which is the folder itself: a build with another cache
/// may be at work there. `None` for one that is not there, and where folders have no locks.
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
