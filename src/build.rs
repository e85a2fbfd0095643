//! The whole program as one function: files in, bytes and diagnostics out. `build`, `check` and
//! `serve` all call it; there is no other way to build.

use crate::diagnostic::Report;
use crate::engine::{self, Blobs, Observer, Outputs};
use crate::path::SitePath;
use crate::plan::{self, Subject};
use crate::source::snapshot::Snapshot;
use crate::{load, theme};
use std::collections::BTreeMap;

pub use crate::load::Options;
pub use crate::plan::Extent;

/// The result of a build.
#[derive(Debug)]
pub struct Build {
    /// All diagnostics.
    pub report: Report,
    /// Every output file, which of them were made, and why.
    pub run: engine::Run,
    /// The focus point found in each picture that is cropped and has no `focus:`, in thousandths of
    /// its width and height.
    pub found: BTreeMap<SitePath, (u16, u16)>,
    /// The number of pictures decoded, and of variants encoded.
    pub decoded: (usize, usize),
    /// The loaded site: for `check`, and for summaries.
    pub site: load::Site,
}

/// Memoised results of earlier builds in this process. They save work and never change a byte.
#[derive(Debug, Default)]
pub struct Memory {
    load: load::Memory,
    theme: theme::Memory,
    plan: plan::Cache,
}

/// Builds a site. Reuses what is still valid from `previous` and `blobs`; neither can change a
/// byte.
pub fn build(snapshot: &Snapshot, options: &Options, previous: &Outputs, blobs: &Blobs) -> Build {
    build_observed(snapshot, options, previous, blobs, &())
}

/// Like `build`; `observer` receives the progress.
pub fn build_observed(
    snapshot: &Snapshot,
    options: &Options,
    previous: &Outputs,
    blobs: &Blobs,
    observer: &dyn Observer,
) -> Build {
    let store = Store { previous, blobs, memory: &Memory::default() };
    run(snapshot, options, store, Extent::Whole, observer)
}

/// What earlier builds left.
#[derive(Clone, Copy, Debug)]
pub struct Store<'a> {
    /// Their outputs.
    pub previous: &'a Outputs,
    /// Costly bytes.
    pub blobs: &'a Blobs,
    /// Memoised results.
    pub memory: &'a Memory,
}

/// Like `build_observed`, limited to `extent`.
pub fn run(
    snapshot: &Snapshot,
    options: &Options,
    store: Store<'_>,
    extent: Extent<'_>,
    observer: &dyn Observer,
) -> Build {
    // On a worker thread of the pool: allocators keep freed memory per thread, so another thread
    // would need more memory.
    rayon::scope(|_| {
        let Store { previous, blobs, memory } = store;
        let mut report = Report::default();
        let site = load::site(snapshot, options, &memory.load, &mut report);
        observer.step_finished("load");
        let themes = theme::open(snapshot, &site, &memory.theme, &mut report);
        observer.step_finished("theme");
        let subject = Subject { snapshot, site: &site, themes: &themes };
        let plan = plan::plan(subject, blobs, &memory.plan, extent, &mut report, observer);
        observer.step_finished("plan");
        let mut run = engine::run(&plan.jobs, previous, blobs, &mut report, observer);
        run.is_cancelled |= plan.is_cancelled;
        observer.step_finished("run");
        let decoded = (plan.decoder.decoded(), plan.decoder.encoded());
        let (found, jobs) = (plan.focus_points, plan.jobs);
        // Freeing memory must not delay the result: for 10 000 pages it takes a tenth of a second.
        rayon::spawn(move || drop(jobs));
        Build { report: report.sorted(), run, found, decoded, site }
    })
}
