//! Makes offers of requests: every picture is decoded at most once, and the variants of all
//! pictures are encoded in parallel, heaviest first. Anything already in the blob store is skipped.
//!
//! The threads share a queue. A free thread takes an encoding and, only if there is none, the next
//! picture to decode. So there are never more decoded pictures than threads, however many pictures
//! there are, and no thread waits while there is work.

use super::decode_error::Decoded;
use super::decoder::Decoder;
use super::half::Half;
use super::offer::{Choice, Offer, PictureAnalysis, before_analysis};
use super::placeholder::Placeholder;
use super::raw::Raw;
use super::resize::{self, Prepared};
use super::resize_plan::ResizePlan;
use super::spec::{Crop, Picture, PictureSpec, formats};
use super::trial::{Trials, UNTRIED};
use super::variant::Variant;
use super::{crop, focus, small};
use crate::diagnostic::{Diagnostic, Result};
use crate::engine::{Blobs, Fingerprint, Observer};
use crate::load::Format;
use crate::lock::lock;
use crate::source::snapshot::File;
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A picture, and what is wanted of it.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which picture.
    pub picture: Picture,
    /// What is wanted.
    pub spec: PictureSpec,
    /// Its file.
    pub file: File,
}

/// Which threads do the work.
#[derive(Clone, Copy, Debug)]
pub enum Workers {
    /// Every worker of the current thread pool. With separate threads, allocators would keep memory
    /// for each of those too. Since a worker that waits runs other work, the caller must not hold
    /// anything that this work could wait for.
    Pool,
    /// Only the current thread: it never waits for others, whatever it holds.
    Alone,
}

/// The offer for each picture, in the order of the requests. Every variant that is offered is then
/// in `blobs`.
///
/// `None` if the build is obsolete; variants encoded until then are kept.
///
/// # Errors
/// For each picture: `broken-picture` if only decoding shows the damage; errors of reading the
/// file.
pub fn make_variants(
    requests: &[Request],
    decoder: &Decoder,
    blobs: &Blobs,
    observer: &dyn Observer,
    workers: Workers,
) -> Option<Vec<Result<Offer>>> {
    let mut offers: BTreeMap<usize, Result<Offer>> = requests
        .par_iter()
        .enumerate()
        .filter_map(|(index, request)| Some((index, Ok(remembered(request, blobs)?))))
        .collect();
    let mut waiting: Vec<usize> =
        (0..requests.len()).filter(|index| !offers.contains_key(index)).collect();
    waiting.sort_by_key(|index| requests[*index].picture.header.pixels());
    if !waiting.is_empty() {
        let of = waiting.len();
        let queue = WorkQueue {
            requests,
            decoder,
            blobs,
            observer,
            of,
            work: Mutex::default(),
            changed: Condvar::new(),
        };
        lock(&queue.work).waiting = waiting;
        match workers {
            Workers::Pool => drop(rayon::broadcast(|_| queue.work())),
            Workers::Alone => queue.work(),
        }
        offers.append(&mut lock(&queue.work).offers);
    }
    (offers.len() == requests.len()).then(|| offers.into_values().collect())
}

/// The result of an earlier build, if all of it is still there.
fn remembered(request: &Request, blobs: &Blobs) -> Option<Offer> {
    let Request { picture, spec, .. } = request;
    let choice: Choice = recall(blobs, &Choice::fingerprint(picture, spec))?;
    Some(choice.offer(picture, spec))
}

fn recall<T: DeserializeOwned>(blobs: &Blobs, fingerprint: &Fingerprint) -> Option<T> {
    let kept = serde_json::from_slice(&blobs.get(fingerprint)?).ok()?;
    blobs.touch(fingerprint);
    Some(kept)
}

fn keep<T: Serialize>(blobs: &Blobs, fingerprint: &Fingerprint, value: &T) {
    let json = serde_json::to_vec(value).expect("numbers and words are written as JSON");
    // If it cannot be stored, the store reports this itself, once.
    let _ = blobs.obtain(fingerprint, || Ok(json));
}

/// The shared state of the work.
struct WorkQueue<'a> {
    requests: &'a [Request],
    decoder: &'a Decoder,
    blobs: &'a Blobs,
    observer: &'a dyn Observer,
    /// The total number of pictures.
    of: usize,
    work: Mutex<Work>,
    changed: Condvar,
}

#[derive(Default)]
struct Work {
    /// Pictures not started yet, the largest last.
    waiting: Vec<usize>,
    /// Variants of decoded pictures, the heaviest last.
    encodings: Vec<Encoding>,
    /// The number of busy threads, which may still add work.
    busy: usize,
    offers: BTreeMap<usize, Result<Offer>>,
}

enum WorkItem {
    Open(usize),
    Encode(Encoding),
}

/// One variant of a decoded picture.
struct Encoding {
    in_progress: Arc<InProgress>,
    variant: usize,
}

/// A decoded picture whose variants are being encoded.
struct InProgress {
    index: usize,
    analysis: PictureAnalysis,
    tried: Vec<Format>,
    variants: Vec<Variant>,
    prepared: Prepared,
    progress: Mutex<Progress>,
}

struct Progress {
    trials: Trials,
    /// The error of a failed variant.
    failure: Option<Diagnostic>,
}

impl WorkQueue<'_> {
    /// The loop of each thread, until there is no work left.
    fn work(&self) {
        while let Some(step) = self.next() {
            let index = step.index();
            let done = catch_unwind(AssertUnwindSafe(|| match step {
                WorkItem::Open(index) => self.open(index),
                WorkItem::Encode(encoding) => self.encode(&encoding),
            }));
            let outcome = done.unwrap_or_else(|_| {
                // Panics of decoders are caught elsewhere, so this is a bug in an encoder or in our
                // code.
                let file = &self.requests[index].picture.file;
                Outcome::Done(Err(Diagnostic::error(
                    "task-panicked",
                    format!("encoding `{file}` failed unexpectedly"),
                )
                .help("this is a bug in questfolio: please report it together with the picture")))
            });
            self.put(index, outcome);
        }
    }

    fn next(&self) -> Option<WorkItem> {
        let mut work = lock(&self.work);
        loop {
            if self.observer.is_cancelled() {
                work.waiting.clear();
                work.encodings.clear();
            }
            let encoding = work.encodings.pop().map(WorkItem::Encode);
            if let Some(step) = encoding.or_else(|| work.waiting.pop().map(WorkItem::Open)) {
                work.busy += 1;
                return Some(step);
            }
            if work.busy == 0 {
                return None;
            }
            work = self.changed.wait(work).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn put(&self, index: usize, outcome: Outcome) {
        let mut work = lock(&self.work);
        work.busy -= 1;
        match outcome {
            Outcome::More(encodings) => {
                work.encodings.extend(encodings);
                work.encodings.sort_by_key(Encoding::weight);
            }
            Outcome::Waiting => {}
            Outcome::Done(offer) => {
                work.offers.entry(index).or_insert(offer);
                self.observer.progress("preparing pictures", work.offers.len(), Some(self.of));
            }
        }
        self.changed.notify_all();
    }

    /// Decodes a picture, unless all variants are stored and only the choice of variants must be
    /// made again.
    fn open(&self, index: usize) -> Outcome {
        let Request { picture, spec, file } = &self.requests[index];
        let tried = formats(picture, spec);
        let analysis: Option<PictureAnalysis> =
            recall(self.blobs, &PictureAnalysis::fingerprint(picture, spec));
        if let Some(analysis) = &analysis
            && let Some(lens) = self.lens(&analysis.plan(picture, spec), &tried, spec)
        {
            return Outcome::Done(Ok(self.choose(index, analysis.clone(), &tried, &lens)));
        }
        let plan = before_analysis(picture, spec);
        let prepared = self.decoder.decoded_for(&plan, file, |mut raw| {
            let (area, focus) = match &analysis {
                Some(analysis) => (analysis.area, analysis.focus),
                None => part(&mut raw, picture, spec)?,
            };
            let plan = ResizePlan::new(picture, area, &spec.widths);
            Ok((resize::prepare(raw, &plan)?, plan, focus))
        });
        let (prepared, plan, focus) = match prepared {
            Ok(prepared) => prepared,
            Err(broken) => return Outcome::Done(Err(broken)),
        };
        let analysis = analysis.unwrap_or_else(|| {
            let has_preview = Placeholder::has_preview(plan.widest());
            let placeholder = Placeholder::of(&prepared.thumb, has_preview);
            let analysis = PictureAnalysis { area: plan.area, focus, placeholder };
            keep(self.blobs, &PictureAnalysis::fingerprint(picture, spec), &analysis);
            analysis
        });
        let variants = plan.variants(&tried, spec.quality);
        let mut trials = Trials::new(&tried, &plan.sizes);
        let ready = trials.ready();
        let progress = Mutex::new(Progress { trials, failure: None });
        let in_progress = InProgress { index, analysis, tried, variants, prepared, progress };
        Outcome::More(encodings(&Arc::new(in_progress), ready))
    }

    /// The lengths of all variants, if the store has all of them.
    fn lens(&self, plan: &ResizePlan, tried: &[Format], spec: &PictureSpec) -> Option<Vec<usize>> {
        let variants = plan.variants(tried, spec.quality);
        let mut trials = Trials::new(tried, &plan.sizes);
        let mut ready = trials.ready();
        while let Some(index) = ready.pop() {
            trials.made(index, self.blobs.get(&variants[index].fingerprint())?.len());
            ready.extend(trials.ready());
        }
        trials.lens()
    }

    fn encode(&self, encoding: &Encoding) -> Outcome {
        let in_progress = &*encoding.in_progress;
        let variant = &in_progress.variants[encoding.variant];
        let made = self.blobs.obtain(&variant.fingerprint(), || {
            self.decoder.encoded_one();
            variant.encode(in_progress.prepared.size(variant.size()))
        });
        let mut progress = lock(&in_progress.progress);
        let len = made.map(|bytes| bytes.len()).unwrap_or_else(|failure| {
            progress.failure = Some(failure);
            UNTRIED
        });
        progress.trials.made(encoding.variant, len);
        let ready = progress.trials.ready();
        if !ready.is_empty() {
            return Outcome::More(encodings(&encoding.in_progress, ready));
        }
        let Some(lens) = progress.trials.lens() else { return Outcome::Waiting };
        if let Some(failure) = progress.failure.take() {
            return Outcome::Done(Err(failure));
        }
        drop(progress);
        let analysis = in_progress.analysis.clone();
        Outcome::Done(Ok(self.choose(in_progress.index, analysis, &in_progress.tried, &lens)))
    }

    fn choose(
        &self,
        index: usize,
        analysis: PictureAnalysis,
        tried: &[Format],
        lens: &[usize],
    ) -> Offer {
        let Request { picture, spec, .. } = &self.requests[index];
        let choice = Choice::new(analysis, tried, lens);
        keep(self.blobs, &Choice::fingerprint(picture, spec), &choice);
        choice.offer(picture, spec)
    }
}

fn encodings(in_progress: &Arc<InProgress>, variants: Vec<usize>) -> Vec<Encoding> {
    let encoding = |variant| Encoding { in_progress: in_progress.clone(), variant };
    variants.into_iter().map(encoding).collect()
}

enum Outcome {
    /// Further work on the same picture.
    More(Vec<Encoding>),
    /// The picture waits for other variants.
    Waiting,
    /// The picture is done.
    Done(Result<Offer>),
}

impl WorkItem {
    fn index(&self) -> usize {
        match self {
            WorkItem::Open(index) => *index,
            WorkItem::Encode(encoding) => encoding.in_progress.index,
        }
    }
}

impl Encoding {
    /// The approximate cost: pixels, weighted by format.
    fn weight(&self) -> u64 {
        let Variant { width, height, format, .. } = self.in_progress.variants[self.variant];
        let pixel = match format {
            Format::Avif => 8,
            Format::Webp | Format::Png => 2,
            Format::Jpeg => 1,
        };
        u64::from(width) * u64::from(height) * pixel
    }
}

/// The part of the picture to show, and the focus point if it had to be found.
fn part(
    raw: &mut Raw,
    picture: &Picture,
    spec: &PictureSpec,
) -> Decoded<(crop::Area, Option<(u16, u16)>)> {
    let size = picture.header.upright();
    let is_open = spec.crop == Crop::Square { focus: None } && size.0 != size.1;
    let found = if is_open {
        raw.half = raw.half.take().map(Half::kept).transpose()?;
        focus::find(&small::copy(raw, picture.header.orientation))
    } else {
        None
    };
    Ok((crop::area(spec.crop.around(found), size), found))
}
