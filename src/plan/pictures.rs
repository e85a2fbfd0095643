//! Every picture the site shows: collected, prepared all together, then shown by any page.

use super::resolve;
use super::task::Task;
use crate::diagnostic::{Diagnostic, Report, Result, did_you_mean};
use crate::digest::Digest;
use crate::engine::{Blobs, Fingerprint, Job, Observer};
use crate::load::Config;
use crate::load::picture::{self, Header, Limits};
use crate::load::portrait;
use crate::model::grammar::Shape;
use crate::model::profile::Portrait;
use crate::path::SitePath;
use crate::render::drawing::Inset;
use crate::render::image::{
    Decoder, Loading, Offer, Picture, PictureSpec, PictureView, Request, Workers, make_variants,
};
use crate::render::markdown;
use crate::render::vector;
use crate::source::snapshot::{File, Snapshot};
use crate::span::{Markdown, Span};
use crate::theme::TextPictures;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The displayed width (`sizes`) of a portrait if a theme does not set it.
const PORTRAIT_SIZES: &str = "(min-width: 62rem) 12rem, 8rem";
/// Cache version of picture headers; raised when they are read differently.
const HEADER: &str = "picture-header/2";
/// Cache version of rasterised drawings; raised when they are drawn differently.
const DRAWING: &str = "drawing/1";

/// A picture that content refers to, and how it is to be shown.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    file: SitePath,
    spec: PictureSpec,
    limits: Limits,
}

impl Wanted {
    /// A picture that a file refers to, if it is one of the site's.
    pub(crate) fn named(
        config: &Config,
        text: &TextPictures,
        role: Role,
        picture: &Portrait,
    ) -> Option<Wanted> {
        let (file, images) = (picture.file.clone()?, &config.images);
        let spec = match role {
            Role::Portrait => PictureSpec::portrait(images, picture.focus),
            Role::Crest => PictureSpec::whole(images, &images.avatar),
            Role::Whole => return Some(Wanted::in_text(config, text, file)),
        };
        Some(Wanted { file, spec, limits: Limits::portrait(images.max_megapixels) })
    }

    /// A picture in a text, uncropped.
    pub(crate) fn in_text(config: &Config, text: &TextPictures, file: SitePath) -> Wanted {
        let spec = PictureSpec::whole(&config.images, &text.widths);
        Wanted { file, spec, limits: Limits::new(config.images.max_megapixels) }
    }

    fn key(&self) -> Key {
        (self.file.clone(), Digest::of(&(&self.spec, self.limits.bytes)))
    }
}

type Key = (SitePath, Digest);

/// A place that shows pictures.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PictureUse<'a> {
    /// A field that names one.
    Named(Role, &'a Portrait),
    /// A text that may contain some.
    InText(&'a Markdown, Shape),
}

/// A prepared picture, and the source of its pixels.
#[derive(Clone, Debug)]
struct Ready {
    picture: Picture,
    source: File,
    offer: Offer,
}

/// How a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A square crop around the focus point.
    Portrait,
    /// A guild's crest: uncropped, in any shape.
    Crest,
    /// A picture of a project or at the top of a page: uncropped, as in texts.
    Whole,
}

/// The pictures of a site and the jobs they need.
pub(crate) struct Pictures<'a> {
    snapshot: &'a Snapshot,
    config: &'a Config,
    text: TextPictures,
    blobs: &'a Blobs,
    observer: &'a dyn Observer,
    decoder: Arc<Decoder>,
    ready: BTreeMap<Key, Result<Ready>>,
    planned: Mutex<BTreeMap<SitePath, Task>>,
    remarks: Mutex<Report>,
}

impl<'a> Pictures<'a> {
    /// `text` is how pictures in texts are shown.
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        config: &'a Config,
        text: TextPictures,
        blobs: &'a Blobs,
        observer: &'a dyn Observer,
        decoder: Arc<Decoder>,
    ) -> Self {
        Pictures {
            snapshot,
            config,
            text,
            blobs,
            observer,
            decoder,
            ready: BTreeMap::new(),
            planned: Mutex::default(),
            remarks: Mutex::default(),
        }
    }

    /// Prepares all these pictures at once, on all processors. A picture that was not prepared here
    /// is prepared when it is shown; mistakes are reported then, too.
    pub(crate) fn prepare(&mut self, uses: Vec<PictureUse<'_>>) {
        let wanted = uses.into_par_iter().flat_map_iter(|it| self.wanted(it));
        let wanted: Vec<(Key, Wanted)> = wanted.map(|wanted| (wanted.key(), wanted)).collect();
        let ready = self.readied(wanted.into_iter().collect(), Workers::Pool);
        self.ready.extend(ready);
    }

    fn wanted(&self, shown: PictureUse<'_>) -> Vec<Wanted> {
        match shown {
            PictureUse::Named(role, picture) => {
                Wanted::named(self.config, &self.text, role, picture).into_iter().collect()
            }
            PictureUse::InText(text, shape) => {
                let from = text.origin.as_ref().map(|origin| &origin.file);
                let addresses = markdown::pictures(text, shape).into_iter();
                addresses
                    .filter_map(|address| self.resolve(from, &address))
                    .map(|file| Wanted::in_text(self.config, &self.text, file))
                    .collect()
            }
        }
    }

    fn readied(
        &self,
        wanted: BTreeMap<Key, Wanted>,
        workers: Workers,
    ) -> BTreeMap<Key, Result<Ready>> {
        let inspected: Vec<(Key, Result<Request>)> =
            wanted.into_par_iter().map(|(key, wanted)| (key, self.request(wanted))).collect();
        let requests: Vec<Request> =
            inspected.iter().filter_map(|(_, request)| request.clone().ok()).collect();
        let offers = make_variants(&requests, &self.decoder, self.blobs, self.observer, workers);
        let Some(mut offers) = offers.map(Vec::into_iter) else { return BTreeMap::new() };
        inspected
            .into_iter()
            .map(|(key, request)| {
                let ready = request.and_then(|Request { picture, file: source, .. }| {
                    let offer = offers.next().expect("an offer for each request")?;
                    Ok(Ready { picture, source, offer })
                });
                (key, ready)
            })
            .collect()
    }

    fn request(&self, wanted: Wanted) -> Result<Request> {
        let Wanted { file, spec, limits } = wanted;
        let source = self.source(&file)?;
        let header = self.header(&file, &source, &limits)?;
        // File names are derived from the author's file, never from pixels, which may differ
        // between processors.
        let digest = match self.snapshot.file(file.as_str()) {
            Some(drawing) if is_drawing(&file) => {
                Digest::of(&(DRAWING, drawing.digest.to_string()))
            }
            _ => source.digest,
        };
        Ok(Request { picture: Picture { file, digest, header }, spec, file: source })
    }

    /// A picture that a file refers to at a source position. An invalid one is reported there, and
    /// the page is shown without it.
    pub(crate) fn named(
        &self,
        role: Role,
        picture: &Portrait,
        alt: &str,
        report: &mut Report,
    ) -> Option<PictureView> {
        let wanted = Wanted::named(self.config, &self.text, role, picture)?;
        let alt = picture.alt.as_deref().unwrap_or(alt);
        let sizes = if role == Role::Whole { &self.text.sizes } else { PORTRAIT_SIZES };
        let shown = self.show(wanted, alt, sizes, picture.at.as_ref());
        report.ok(shown.map_err(|broken| broken.at_opt(picture.at.clone())))
    }

    /// A picture in a text, uncropped.
    pub(crate) fn inline(&self, file: &SitePath, alt: &str, title: &str) -> Result<String> {
        let wanted = Wanted::in_text(self.config, &self.text, file.clone());
        let view = self.show(wanted, alt, &self.text.sizes, None)?;
        Ok(view.markup("", title, Loading::Lazy))
    }

    /// A picture to embed in a drawing: the smallest of its sizes on pages that is at least `width`
    /// wide. `None` if it is invalid, which has been reported.
    pub(crate) fn inset(&self, role: Role, picture: &Portrait, width: u32) -> Option<Inset> {
        let file = picture.file.as_ref()?;
        let wanted = Wanted::named(self.config, &self.text, role, picture)?;
        let Ready { source, offer, .. } = self.ready.get(&wanted.key())?.as_ref().ok()?;
        if let Some(source) = self.file(file).filter(|_| is_drawing(file)) {
            return Some(Inset::Drawing { file: file.clone(), source: source.clone() });
        }
        let (variant, decoder) = (offer.at_least(width)?, self.decoder.clone());
        Some(Inset::Picture { variant: Box::new(variant), source: source.clone(), decoder })
    }

    /// The file that a relative address in the text `from` refers to.
    pub(crate) fn resolve(&self, from: Option<&SitePath>, address: &str) -> Option<SitePath> {
        resolve::file(self.snapshot, from, address)
    }

    /// The reason why there is no file at this path although something exists there.
    pub(crate) fn obstacle(&self, path: &SitePath) -> Option<Diagnostic> {
        portrait::obstacle(path.as_str(), path, self.snapshot)
    }

    /// Publishes a file beside content unchanged.
    pub(crate) fn attach(&self, file: &SitePath) -> Option<String> {
        let source = self.snapshot.file(file.as_str())?;
        let inside = file.strip_prefix("content")?;
        let path = SitePath::new(format!("files/{inside}"))?;
        let route = format!("/{path}");
        self.planned.lock().expect("no panic while held").insert(path, Task::Copy(source.clone()));
        Some(route)
    }

    /// The focus point found in each picture that is cropped and has no `focus:`.
    pub(crate) fn focus_points(&self) -> BTreeMap<SitePath, (u16, u16)> {
        let ready = self.ready.values().flatten();
        ready.filter_map(|it| Some((it.picture.file.clone(), it.offer.focus?))).collect()
    }

    /// A file of the snapshot, as the author saved it.
    pub(crate) fn file(&self, file: &SitePath) -> Option<&File> {
        self.snapshot.file(file.as_str())
    }

    /// The jobs of all pictures that were shown. Also reports what authors should know about the
    /// pictures.
    pub(crate) fn into_jobs(self, report: &mut Report) -> Vec<Job<Task>> {
        report.extend(self.remarks.into_inner().expect("no panic while held"));
        let planned = self.planned.into_inner().expect("no panic while held");
        planned.into_iter().map(|(path, task)| Job { path, task }).collect()
    }

    fn show(
        &self,
        wanted: Wanted,
        alt: &str,
        sizes: &str,
        at: Option<&Span>,
    ) -> Result<PictureView> {
        let key = wanted.key();
        let Ready { picture, source, offer } = match self.ready.get(&key) {
            Some(ready) => ready.clone()?,
            None => {
                let mut ready =
                    self.readied(BTreeMap::from([(key.clone(), wanted)]), Workers::Alone);
                ready.remove(&key).unwrap_or_else(|| Err(overtaken()))?
            }
        };
        if !is_drawing(&picture.file) {
            self.remark(&picture, at);
        }
        let base = format!("{}/", self.config.base_path());
        let view = PictureView::new(&offer, alt, sizes, &base)
            .expect("every picture has at least its own size");
        let mut planned = self.planned.lock().expect("no panic while held");
        for variant in offer.variants() {
            planned.entry(variant.path.clone()).or_insert_with(|| Task::Variant {
                variant: Box::new(variant.clone()),
                source: source.clone(),
                decoder: self.decoder.clone(),
            });
        }
        Ok(view)
    }

    /// The picture's file; for an SVG of the site's owner, its rasterised pixels.
    fn source(&self, file: &SitePath) -> Result<File> {
        let Some(source) = self.snapshot.file(file.as_str()) else {
            if let Some(obstacle) = portrait::obstacle(file.as_str(), file, self.snapshot) {
                return Err(obstacle);
            }
            let files = self.snapshot.files().map(|(path, _)| path.as_str());
            let message = format!("there is no picture `{file}`");
            return Err(Diagnostic::error("missing-picture", message)
                .help_opt(did_you_mean(file.as_str(), files)));
        };
        if is_drawing(file) {
            let fingerprint = Fingerprint::new(DRAWING).with("source", source.digest);
            let drawn = self.blobs.obtain(&fingerprint, || vector::draw(file, &source.read()?))?;
            return Ok(File::held(&drawn));
        }
        Ok(source.clone())
    }

    /// The picture's header: read once, then cached by the picture's digest.
    fn header(&self, file: &SitePath, source: &File, limits: &Limits) -> Result<Header> {
        limits.check_len(file, source.len)?;
        let settings = (limits.bytes, limits.megapixels, limits.edge, limits.profile, limits.scans);
        let fingerprint = Fingerprint::new(HEADER)
            .with("source", source.digest)
            .with("limits", Digest::of(&settings));
        let kept = self.blobs.obtain(&fingerprint, || {
            let header = picture::inspect(file, &source.read()?, limits)?;
            Ok(serde_json::to_vec(&header).expect("a header is numbers and words"))
        })?;
        match serde_json::from_slice(&kept) {
            Ok(header) => Ok(header),
            Err(_) => picture::inspect(file, &source.read()?, limits),
        }
    }

    fn remark(&self, picture: &Picture, at: Option<&Span>) {
        let remarks = picture.header.remarks(&picture.file);
        if !remarks.is_empty() {
            let mut report = self.remarks.lock().expect("no panic while held");
            let at = at.cloned().unwrap_or_else(|| Span::file(&picture.file));
            remarks.into_iter().for_each(|it| report.push(it.at(at.clone())));
        }
    }
}

/// Never shown: an abandoned build reports nothing.
fn overtaken() -> Diagnostic {
    Diagnostic::error("io", "something newer is to be built")
}

/// SVG is accepted only from the site's owner, not from content.
pub(crate) fn is_drawing(file: &SitePath) -> bool {
    file.extension().eq_ignore_ascii_case("svg") && file.strip_prefix("content").is_none()
}
