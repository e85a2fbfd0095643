//! Every picture the site shows: looked at once, planned once, shown anywhere.

use super::task::Task;
use crate::diagnostic::{Diagnostic, Report, Result, did_you_mean};
use crate::digest::Digest;
use crate::engine::{Blobs, Fingerprint, Job, Observer};
use crate::load::picture::{self, Header, Limits};
use crate::load::{Config, Format};
use crate::model::profile::Portrait;
use crate::path::SitePath;
use crate::render::drawing::Inset;
use crate::render::image::{
    Ask, Loading, Picture, PictureView, Placeholder, Preview, Variant, Workshop,
};
use crate::render::{image, vector};
use crate::source::snapshot::{File, Snapshot};
use crate::span::Span;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Widths of pictures in texts; the first that is at least as wide as the column is enough.
const TEXT_WIDTHS: [u32; 3] = [480, 960, 1440];
/// The width of the text column, for browsers that choose a size.
const TEXT_SIZES: &str = "(min-width: 48rem) 42rem, 92vw";
/// How wide a portrait is shown where a theme does not say otherwise.
const PORTRAIT_SIZES: &str = "(min-width: 62rem) 12rem, 8rem";
/// How headers are read.
const HEADER: &str = "picture-header/1";
/// How drawings become pictures.
const DRAWING: &str = "drawing/1";

/// How much of a picture is set into a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// As on the person's page.
    Square,
    /// All of it.
    Own,
}

/// The pictures of a site and the jobs they need.
pub(crate) struct Pictures<'a> {
    snapshot: &'a Snapshot,
    config: &'a Config,
    blobs: &'a Blobs,
    observer: &'a dyn Observer,
    workshop: Arc<Workshop>,
    decoded: AtomicUsize,
    planned: Mutex<BTreeMap<SitePath, Task>>,
    remarks: Mutex<Report>,
}

impl<'a> Pictures<'a> {
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        config: &'a Config,
        blobs: &'a Blobs,
        observer: &'a dyn Observer,
    ) -> Self {
        Pictures {
            snapshot,
            config,
            blobs,
            observer,
            workshop: Arc::new(Workshop::default()),
            decoded: AtomicUsize::new(0),
            planned: Mutex::default(),
            remarks: Mutex::default(),
        }
    }

    /// A square portrait; a picture that is no good is reported at the line that names it, and the
    /// sheet stands without one.
    pub(crate) fn portrait(
        &self,
        portrait: &Portrait,
        alt: &str,
        report: &mut Report,
    ) -> Option<PictureView> {
        let ask = Ask::portrait(&self.config.images, portrait.focus);
        self.named(portrait, &ask, alt, report)
    }

    /// A guild's mark: all of it, whatever its shape.
    pub(crate) fn crest(
        &self,
        crest: &Portrait,
        alt: &str,
        report: &mut Report,
    ) -> Option<PictureView> {
        let images = &self.config.images;
        self.named(crest, &Ask::whole(images, &images.avatar), alt, report)
    }

    /// A picture that a file names at a place.
    fn named(
        &self,
        portrait: &Portrait,
        ask: &Ask,
        alt: &str,
        report: &mut Report,
    ) -> Option<PictureView> {
        let file = portrait.file.as_ref()?;
        let alt = portrait.alt.as_deref().unwrap_or(alt);
        let limits = Limits::portrait(self.config.images.max_megapixels);
        let shown = self.show(file, ask, &limits, alt, PORTRAIT_SIZES, portrait.at.as_ref());
        report.ok(shown.map_err(|broken| broken.at_opt(portrait.at.clone())))
    }

    /// A picture in a text, uncropped.
    pub(crate) fn inline(&self, file: &SitePath, alt: &str, title: &str) -> Result<String> {
        let ask = Ask::whole(&self.config.images, &TEXT_WIDTHS);
        let limits = Limits::new(self.config.images.max_megapixels);
        let view = self.show(file, &ask, &limits, alt, TEXT_SIZES, None)?;
        Ok(view.markup("", title, Loading::Lazy))
    }

    /// A picture to be set into a drawing: of its sizes on pages the least that is this wide, so
    /// that it is decoded once for both. `None` where it is no good, which was reported before.
    pub(crate) fn inset(&self, portrait: &Portrait, shape: Shape, width: u32) -> Option<Inset> {
        let images = &self.config.images;
        let ask = match shape {
            Shape::Square => Ask::portrait(images, portrait.focus),
            Shape::Own => Ask::whole(images, &images.avatar),
        };
        let limits = Limits::portrait(images.max_megapixels);
        let file = portrait.file.as_ref()?;
        let (picture, source) = self.found(file, &limits).ok()?;
        if let Some(source) = self.file(file).filter(|_| is_drawing(file)) {
            return Some(Inset::Drawing { file: file.clone(), source: source.clone() });
        }
        let variants = image::variants(&picture, &Ask { formats: vec![Format::Png], ..ask });
        let is_enough = |variant: &&Variant| variant.width >= width;
        let variant = Box::new(variants.iter().find(is_enough).or(variants.last())?.clone());
        Some(Inset::Picture { variant, source, workshop: self.workshop.clone() })
    }

    /// A file beside content, published as it is.
    pub(crate) fn attach(&self, file: &SitePath) -> Option<String> {
        let source = self.snapshot.file(file.as_str())?;
        let inside = file.strip_prefix("content")?;
        let path = SitePath::new(format!("files/{inside}"))?;
        let route = format!("/{path}");
        self.planned.lock().expect("no panic while held").insert(path, Task::Copy(source.clone()));
        Some(route)
    }

    /// A file as the author left it.
    pub(crate) fn file(&self, file: &SitePath) -> Option<&File> {
        self.snapshot.file(file.as_str())
    }

    /// Every job that was asked for; what authors should know about the pictures is reported.
    pub(crate) fn into_jobs(self, report: &mut Report) -> Vec<Job<Task>> {
        report.extend(self.remarks.into_inner().expect("no panic while held"));
        let planned = self.planned.into_inner().expect("no panic while held");
        planned.into_iter().map(|(path, task)| Job { path, task }).collect()
    }

    fn show(
        &self,
        file: &SitePath,
        ask: &Ask,
        limits: &Limits,
        alt: &str,
        sizes: &str,
        at: Option<&Span>,
    ) -> Result<PictureView> {
        let (picture, source) = self.found(file, limits)?;
        if !is_drawing(file) {
            self.remark(&picture, at);
        }
        let placeholder = self.placeholder(&picture, ask, &source)?;
        let variants = image::variants(&picture, ask);
        let base = format!("{}/", self.config.base_path());
        let view = PictureView::new(&variants, placeholder.as_ref(), alt, sizes, &base)
            .expect("every picture has at least its own size");
        let mut planned = self.planned.lock().expect("no panic while held");
        for variant in variants {
            planned.entry(variant.path.clone()).or_insert_with(|| Task::Variant {
                variant: Box::new(variant),
                source: source.clone(),
                workshop: self.workshop.clone(),
            });
        }
        Ok(view)
    }

    /// A picture whose header was read, and its bytes.
    fn found(&self, file: &SitePath, limits: &Limits) -> Result<(Picture, File)> {
        let source = self.source(file)?;
        let header = self.header(file, &source, limits)?;
        // Names come from what the author wrote, never from pixels, which processors may draw apart.
        let digest = match self.snapshot.file(file.as_str()) {
            Some(drawing) if is_drawing(file) => Digest::of(&(DRAWING, drawing.digest.to_string())),
            _ => source.digest,
        };
        Ok((Picture { file: file.clone(), digest, header }, source))
    }

    /// The picture's file; a drawing of the site's owner as the pixels it stands for.
    fn source(&self, file: &SitePath) -> Result<File> {
        let Some(source) = self.snapshot.file(file.as_str()) else {
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

    /// What the header says: read once, kept by the picture's digest.
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

    fn placeholder(
        &self,
        picture: &Picture,
        ask: &Ask,
        source: &File,
    ) -> Result<Option<Placeholder>> {
        let preview = Preview::new(picture, ask);
        let kept = self.blobs.obtain(&preview.fingerprint(), || {
            let made = preview.make(source, &self.workshop);
            let decoded = self.decoded.fetch_add(1, Ordering::Relaxed) + 1;
            self.observer.progress("looking at pictures", decoded, None);
            made
        })?;
        Ok(Placeholder::read(&kept))
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

/// Only the site's owner may bring drawings along, not content.
pub(crate) fn is_drawing(file: &SitePath) -> bool {
    file.extension().eq_ignore_ascii_case("svg") && file.strip_prefix("content").is_none()
}
