//! Makes the bytes of every job, in parallel: reused, restored from the store, or made.

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::{Blobs, Body, Fingerprint, Job, Observer, Output, Outputs, Work};
use crate::path::SitePath;
use crate::span::Span;
use rayon::iter::{
    IntoParallelIterator, IntoParallelRefIterator, ParallelBridge, ParallelIterator,
};
use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The result of a run.
#[derive(Debug, Default)]
pub struct Run {
    /// The bytes of every job. A failed job keeps the output that an earlier build had at its path,
    /// if any, so that `serve` still shows the last good page. A run with errors is never
    /// published.
    pub outputs: Outputs,
    /// How each output was obtained.
    pub provenance: BTreeMap<SitePath, Provenance>,
    /// Whether the run was abandoned for a newer one, so that there are no outputs.
    pub is_cancelled: bool,
}

/// How one output was obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Reused, restored, made, or none of them.
    pub origin: Origin,
    /// The differences from the earlier build, if there was one: `profile changed`.
    pub because: Vec<String>,
}

/// The ways to obtain an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Reused from the earlier build, because its fingerprint is the same.
    Reused,
    /// Read from a blob.
    Restored,
    /// Computed.
    Made,
    /// Not obtained; the report says why.
    Failed,
}

impl Run {
    /// The paths of this origin, in order.
    pub fn paths(&self, origin: Origin) -> impl Iterator<Item = &SitePath> {
        self.provenance.iter().filter(move |(_, it)| it.origin == origin).map(|(path, _)| path)
    }

    /// The number of outputs of this origin.
    pub fn count(&self, origin: Origin) -> usize {
        self.paths(origin).count()
    }
}

/// Makes the output of every job: each task runs at most once, heaviest first. Reuse never changes
/// the bytes. If two jobs have the same path, the first one wins; reporting this is up to the plan.
pub fn run<W: Work>(
    jobs: &[Job<W>],
    previous: &Outputs,
    blobs: &Blobs,
    report: &mut Report,
    observer: &dyn Observer,
) -> Run {
    let prepare = |job| (!observer.is_cancelled()).then(|| prepare(job, previous, blobs));
    let Some(prepared) = jobs.par_iter().map(prepare).collect::<Option<Vec<Prepared<W>>>>() else {
        return Run { is_cancelled: true, ..Run::default() };
    };
    let (first, second) = waves(&prepared);
    let progress = Progress::of(&prepared, &first, blobs, observer);
    let mut results = perform(&prepared, first, blobs, &progress);
    results.extend(perform(&prepared, second, blobs, &progress));
    results.sort_by_key(|(index, _)| *index);

    if results.len() < prepared.len() {
        return Run { is_cancelled: true, ..Run::default() };
    }
    let mut run = Run::default();
    let mut failures = Failures::default();
    for (index, result) in results {
        let Prepared { job, previous, because, .. } = &prepared[index];
        if run.provenance.contains_key(&job.path) {
            continue;
        }
        let (output, origin) = match result {
            Ok((output, origin)) => (Some(output), origin),
            Err(diagnostic) => {
                failures.add(job, diagnostic);
                (previous.cloned(), Origin::Failed)
            }
        };
        run.outputs.extend(output.map(|output| (job.path.clone(), output)));
        run.provenance.insert(job.path.clone(), Provenance { origin, because: because.clone() });
    }
    failures.tell(report);
    run
}

/// Failures, in job order. One mistake in a template fails all of its pages: it is reported once,
/// for the first of them.
struct Failures<'a, W> {
    told: Vec<(&'a Job<W>, Diagnostic, usize)>,
    /// The index in `told`, by position and message.
    known: BTreeMap<(Option<Span>, String), usize>,
}

impl<W> Default for Failures<'_, W> {
    fn default() -> Self {
        Failures { told: Vec::new(), known: BTreeMap::new() }
    }
}

impl<'a, W: Work> Failures<'a, W> {
    fn add(&mut self, job: &'a Job<W>, failure: Diagnostic) {
        let key = (failure.at.clone(), failure.message.clone());
        match self.known.get(&key) {
            Some(index) => self.told[*index].2 += 1,
            None => {
                self.known.insert(key, self.told.len());
                self.told.push((job, failure, 0));
            }
        }
    }

    fn tell(self, report: &mut Report) {
        for (job, failure, others) in self.told {
            report.push(job.task.explain(&job.path, failure, others));
        }
    }
}

/// A job with its fingerprint and the previous output at its path.
struct Prepared<'a, W> {
    job: &'a Job<W>,
    fingerprint: Result<Fingerprint>,
    previous: Option<&'a Output>,
    /// Whether the previous output is up to date.
    is_fresh: bool,
    because: Vec<String>,
}

fn prepare<'a, W: Work>(job: &'a Job<W>, previous: &'a Outputs, blobs: &Blobs) -> Prepared<'a, W> {
    let fingerprint = guarded(&job.path, || Ok(job.task.fingerprint()));
    let previous = previous.get(&job.path);
    let because = match (&fingerprint, previous) {
        (Ok(fingerprint), Some(old)) => fingerprint.differences(&old.fingerprint),
        _ => Vec::new(),
    };
    let is_same = |old: &Output| {
        fingerprint.as_ref().is_ok_and(|it| *it == old.fingerprint) && is_at_hand(old, blobs)
    };
    let is_fresh = previous.is_some_and(is_same);
    Prepared { job, fingerprint, previous, is_fresh, because }
}

/// Progress of the costly tasks whose bytes are not stored yet.
struct Progress<'a> {
    doing: &'static str,
    done: AtomicUsize,
    of: usize,
    observer: &'a dyn Observer,
}

impl<'a> Progress<'a> {
    fn of<W: Work>(
        prepared: &[Prepared<W>],
        indices: &[usize],
        blobs: &Blobs,
        observer: &'a dyn Observer,
    ) -> Progress<'a> {
        let is_to_make = |index: &&usize| {
            let Prepared { job, fingerprint, is_fresh, .. } = &prepared[**index];
            let is_kept = || fingerprint.as_ref().is_ok_and(|it| blobs.keeps(it, 0));
            !is_fresh && job.task.is_costly() && !is_kept()
        };
        let of = indices.iter().filter(is_to_make).count();
        Progress { doing: W::COSTLY, done: AtomicUsize::new(0), of, observer }
    }

    fn made_one(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        self.observer.progress(self.doing, done, Some(self.of.max(done)));
    }
}

/// The jobs to run now, and those to run later because one of the former makes the same costly
/// bytes.
fn waves<W: Work>(prepared: &[Prepared<W>]) -> (Vec<usize>, Vec<usize>) {
    let mut seen = BTreeSet::new();
    (0..prepared.len()).partition(|index| {
        let Prepared { job, fingerprint, .. } = &prepared[*index];
        match fingerprint {
            Ok(fingerprint) if job.task.is_costly() => seen.insert(fingerprint.digest()),
            _ => true,
        }
    })
}

type Outcome = (usize, Result<(Output, Origin)>);

fn perform<W: Work>(
    prepared: &[Prepared<W>],
    indices: Vec<usize>,
    blobs: &Blobs,
    progress: &Progress<'_>,
) -> Vec<Outcome> {
    let weight = |index: &usize| prepared[*index].job.task.weight();
    let (mut heavy, light): (Vec<_>, Vec<_>) =
        indices.into_iter().partition(|index| weight(index) > 0);
    heavy.sort_by_key(|index| (Reverse(weight(index)), *index));
    let output = |index: usize| {
        let job = &prepared[index];
        let is_wanted = !progress.observer.is_cancelled();
        is_wanted.then(|| (index, guarded(&job.job.path, || obtain(job, blobs, progress))))
    };
    // A bridge processes its items in order; a parallel slice would start in the middle.
    let (mut outcomes, rest): (Vec<_>, Vec<_>) = rayon::join(
        || heavy.into_iter().par_bridge().filter_map(output).collect(),
        || light.into_par_iter().filter_map(output).collect(),
    );
    outcomes.extend(rest);
    outcomes
}

fn obtain<W: Work>(
    prepared: &Prepared<W>,
    blobs: &Blobs,
    progress: &Progress<'_>,
) -> Result<(Output, Origin)> {
    let task = &prepared.job.task;
    let fingerprint = prepared.fingerprint.clone()?;
    let fresh = prepared.previous.filter(|_| prepared.is_fresh);
    if let Some(file) = task.copied() {
        return Ok(match fresh {
            Some(old) if matches!(old.body, Body::Published) => (old.clone(), Origin::Reused),
            // The same bytes may be in another file now.
            Some(_) => (Output::copied(fingerprint, file.clone()), Origin::Reused),
            None => (Output::copied(fingerprint, file.clone()), Origin::Made),
        });
    }
    if let Some(old) = fresh {
        if task.is_costly() {
            blobs.touch(&fingerprint);
        }
        return Ok((old.clone(), Origin::Reused));
    }
    if !task.is_costly() {
        return Ok((Output::held(fingerprint, task.make(blobs)?), Origin::Made));
    }
    let blob = blobs.fetch(&fingerprint, || {
        let made = task.make(blobs);
        progress.made_one();
        made
    })?;
    let mut output = Output::held(fingerprint, blob.bytes);
    if blob.is_kept {
        output.body = Body::Blob;
    }
    Ok((output, if blob.was_made { Origin::Made } else { Origin::Restored }))
}

fn is_at_hand(output: &Output, blobs: &Blobs) -> bool {
    match output.body {
        Body::Memory(_) | Body::File(_) | Body::Published => true,
        Body::Blob => blobs.keeps(&output.fingerprint, output.len),
    }
}

/// A panic is a bug of ours: it fails one output and is reported like any other failure.
fn guarded<T>(path: &SitePath, work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let why = panic_text(panic.as_ref());
        Err(Diagnostic::error(
            "task-panicked",
            format!("building `{path}` failed unexpectedly: {why}"),
        )
        .help("this is a bug in questfolio: please report it together with the source of the page"))
    })
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given")
}
