//! Brings outputs to a folder: only what differs is written, only what we made is removed.
//!
//! What is to be done is a list of steps first, and performed afterwards. Every file is old or
//! new, never half; assets are there before the pages that name them; and whatever prefix of the
//! list an interrupted build got through, the next build completes it.

pub mod marker;
mod perform;
mod refusal;
mod steps;
pub mod tree;
pub mod whole;

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::traces::Traces;
use crate::engine::{Blobs, Outputs, blobs};
use crate::path::SitePath;
use marker::{Marker, Seals};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;
pub use steps::{Plan, Step};
use tree::Tree;

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
}

/// An output folder that may be published to. While it lives, no other build of the same cache
/// publishes.
#[derive(Debug)]
pub struct Destination {
    /// The folder, links resolved.
    out: PathBuf,
    cache: PathBuf,
    /// What the folder's marker says, byte for byte.
    marker: Option<String>,
    /// What is ours.
    seals: Seals,
    /// What is there, and what it was made from.
    traces: Traces,
    /// Whether the traces describe the folder as a whole, so that it need not be searched.
    is_settled: bool,
    /// Held, not read.
    _lock: Option<File>,
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
        let lock = lock(&bounds.cache, waiting);
        let marker = Marker::read(&out);
        let traces = Traces::load(&bounds.cache, &out);
        let is_ours = marker.is_some() || !traces.outputs.is_empty();
        if !is_ours && foreign == Foreign::Refuse {
            refusal::check_foreign(&out)?;
        }
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
        Ok(Destination {
            traces,
            cache: bounds.cache.clone(),
            marker: marker.map(|marker| marker.text()),
            seals,
            is_settled,
            out,
            _lock: lock,
        })
    }

    /// The folder, links resolved.
    pub fn folder(&self) -> &Path {
        &self.out
    }

    /// What earlier builds left in the folder and is still there: what `run` need not make.
    pub fn previous(&self) -> Outputs {
        self.traces.clone().believed(&mut Tree::new(&self.out)).outputs
    }

    /// Brings the outputs to the folder. Nothing is changed if the report gains an error before
    /// the first step; if a step fails, every file is old or new and the next build goes on.
    pub fn publish(&self, outputs: &Outputs, blobs: &Blobs, report: &mut Report) -> Published {
        match self.plan(outputs, report) {
            Some(plan) => self.perform(&plan, &plan.steps, outputs, blobs, report),
            None => Published::default(),
        }
    }
}

/// Waits for the lock. A cache that cannot be locked is a cache nobody shares.
fn lock(cache: &Path, waiting: &dyn Fn()) -> Option<File> {
    blobs::prepare(cache).ok()?;
    let path = cache.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(path).ok()?;
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
