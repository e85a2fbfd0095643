//! Every picture the site shows: looked at once, planned once, shown anywhere.

use super::task::Task;
use crate::diagnostic::{Diagnostic, Report, Result, did_you_mean};
use crate::engine::{Blobs, Job};
use crate::load::Config;
use crate::load::picture::{self, Limits};
use crate::model::profile::Portrait;
use crate::path::SitePath;
use crate::render::image::{self, Ask, Crop, Picture, PictureView, Survey, Workshop};
use crate::source::snapshot::Snapshot;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Widths of pictures in texts; the first that is at least as wide as the column is enough.
const TEXT_WIDTHS: [u32; 3] = [480, 960, 1440];
/// The width of the text column, for browsers that choose a size.
const TEXT_SIZES: &str = "(min-width: 48rem) 42rem, 92vw";

/// The pictures of a site and the jobs they need.
pub(crate) struct Pictures<'a> {
    snapshot: &'a Snapshot,
    config: &'a Config,
    blobs: &'a Blobs,
    workshop: Arc<Workshop>,
    planned: Mutex<BTreeMap<SitePath, Task>>,
}

impl<'a> Pictures<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, config: &'a Config, blobs: &'a Blobs) -> Self {
        let workshop = Arc::new(Workshop::default());
        Pictures { snapshot, config, blobs, workshop, planned: Mutex::new(BTreeMap::new()) }
    }

    /// A square portrait; a picture that is no good is reported at the line that names it, and the
    /// sheet stands without one.
    pub(crate) fn portrait(
        &self,
        portrait: &Portrait,
        alt: &str,
        report: &mut Report,
    ) -> Option<PictureView> {
        let file = portrait.file.as_ref()?;
        let ask = Ask {
            crop: Crop::Square { focus: portrait.focus },
            widths: self.config.images.avatar.clone(),
            formats: self.config.images.formats.clone(),
            quality: self.config.images.quality,
        };
        let alt = portrait.alt.as_deref().unwrap_or(alt);
        report.ok(self.show(file, &ask, alt).map_err(|broken| broken.at_opt(portrait.at.clone())))
    }

    /// A picture in a text, uncropped.
    pub(crate) fn inline(&self, file: &SitePath, alt: &str, title: &str) -> Result<String> {
        if self.snapshot.file(file.as_str()).is_none() {
            let files = self.snapshot.files().map(|(path, _)| path.as_str());
            return Err(Diagnostic::error(
                "missing-picture",
                format!("there is no picture `{file}`"),
            )
            .help_opt(did_you_mean(file.as_str(), files)));
        }
        let ask = Ask {
            crop: Crop::Whole,
            widths: TEXT_WIDTHS.to_vec(),
            formats: self.config.images.formats.clone(),
            quality: self.config.images.quality,
        };
        let view = self.show(file, &ask, alt)?;
        Ok(image::picture_markup(&view, TEXT_SIZES, title))
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

    /// Every job that was asked for.
    pub(crate) fn into_jobs(self) -> Vec<Job<Task>> {
        let planned = self.planned.into_inner().expect("no panic while held");
        planned.into_iter().map(|(path, task)| Job { path, task }).collect()
    }

    fn show(&self, file: &SitePath, ask: &Ask, alt: &str) -> Result<PictureView> {
        let source = self.snapshot.file(file.as_str()).ok_or_else(|| {
            Diagnostic::error("missing-picture", format!("there is no picture `{file}`"))
        })?;
        let limits = Limits { megapixels: self.config.images.max_megapixels, ..Limits::default() };
        let survey = self.survey(file, ask, &limits)?;
        let picture = Picture { file: file.clone(), digest: source.digest, header: survey.header };
        let variants = image::variants(&picture, ask);
        let base = self.config.base_path();
        let view = image::view(&variants, &survey.placeholder, alt, base);
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

    /// Header and placeholder of a picture: read once, kept as a blob by digest and settings.
    fn survey(&self, file: &SitePath, ask: &Ask, limits: &Limits) -> Result<Survey> {
        let source = self.snapshot.file(file.as_str()).expect("looked up by the caller");
        let fingerprint = image::survey_fingerprint(source.digest, &ask.crop, limits);
        let bytes = self.blobs.obtain(&fingerprint, || {
            let bytes = source.read()?;
            let header = picture::inspect(file, &bytes, limits)?;
            image::survey(header, &bytes, &ask.crop, &self.workshop)
        })?;
        image::read_survey(&bytes)
    }
}

