//! The whole program as one function: files in, bytes and diagnostics out. `build`, `check` and
//! `serve` call this and nothing else.

use crate::diagnostic::Report;
use crate::engine::{self, Blobs, Observer, Outputs};
use crate::path::SitePath;
use crate::plan::{self, Subject};
use crate::source::snapshot::Snapshot;
use crate::{load, theme};
use std::collections::BTreeMap;

pub use crate::load::Options;
pub use crate::plan::Extent;

/// What a build gives back.
#[derive(Debug)]
pub struct Build {
    /// Everything that is wrong.
    pub report: Report,
    /// Every file of the site, which of them were made, and why.
    pub run: engine::Run,
    /// What was found to matter in each picture that is cropped and says no `focus:`, in thousandths
    /// of its width and height.
    pub found: BTreeMap<SitePath, (u16, u16)>,
    /// How many pictures were decoded, and how many variants of them encoded.
    pub decoded: (usize, usize),
    /// What the author said: for `check`, and for summaries.
    pub site: load::Site,
}

/// What earlier builds of this process worked out: it saves work and never changes a byte.
#[derive(Debug, Default)]
pub struct Memory {
    load: load::Memory,
    theme: theme::Memory,
    plan: plan::Memory,
}

/// Builds a site. Reuses from `previous` and `blobs` what is still right; neither can change a byte.
pub fn build(snapshot: &Snapshot, options: &Options, previous: &Outputs, blobs: &Blobs) -> Build {
    observed(snapshot, options, previous, blobs, &())
}

/// As `build`; `observer` is told how it gets on.
pub fn observed(
    snapshot: &Snapshot,
    options: &Options,
    previous: &Outputs,
    blobs: &Blobs,
    observer: &dyn Observer,
) -> Build {
    let store = Store { previous, blobs, memory: &Memory::default() };
    again(snapshot, options, store, Extent::Whole, observer)
}

/// What earlier builds left behind.
#[derive(Clone, Copy, Debug)]
pub struct Store<'a> {
    /// Their bytes.
    pub previous: &'a Outputs,
    /// What was dear to make.
    pub blobs: &'a Blobs,
    /// What they worked out on the way.
    pub memory: &'a Memory,
}

/// As `observed`, as far as `extent` reaches.
pub fn again(
    snapshot: &Snapshot,
    options: &Options,
    store: Store<'_>,
    extent: Extent<'_>,
    observer: &dyn Observer,
) -> Build {
    // On a worker of the pool, beside the others: what a thread had and gave back, allocators keep for
    // that thread, so that one more of them is so much more memory.
    rayon::scope(|_| {
        let Store { previous, blobs, memory } = store;
        let mut report = Report::default();
        let site = load::again(snapshot, options, &memory.load, &mut report);
        observer.ended("load");
        let themes = theme::again(snapshot, &site, &memory.theme, &mut report);
        observer.ended("theme");
        let subject = Subject { snapshot, site: &site, themes: &themes };
        let plan = plan::again(subject, blobs, &memory.plan, extent, &mut report, observer);
        observer.ended("plan");
        let mut run = engine::run(&plan.jobs, previous, blobs, &mut report, observer);
        run.is_overtaken |= plan.is_overtaken;
        observer.ended("run");
        let decoded = (plan.workshop.decoded(), plan.workshop.encoded());
        let (found, jobs) = (plan.found, plan.jobs);
        // Nobody waits for memory that is given back: of 10 000 pages that takes a tenth of a second.
        rayon::spawn(move || drop(jobs));
        Build { report: report.sorted(), run, found, decoded, site }
    })
}
