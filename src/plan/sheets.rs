//! Bare sheets → sheets with their prose and pictures.

use super::bare_sheets::{BareSheet, BareSheets};
use super::extent::wanted_of;
use super::link_resolver::LinkResolver;
use super::pictures::{Pictures, Role};
use super::recorded_query::{RecordedQuery, RecordingResolver, TextSettings};
use crate::diagnostic::Report;
use crate::engine::memo::{ByAddress, Table};
use crate::load::Site;
use crate::model::sheet::{Prose, Sheet};
use crate::render::image::PictureView;
use crate::render::markdown;
use crate::theme::Themes;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Every sheet; the prose is rendered for those that were wanted, and the others are bare.
pub(crate) struct Sheets {
    bare_sheets: BareSheets,
    rendered: BTreeMap<String, Arc<Sheet>>,
}

impl Sheets {
    /// The sheet of this slug.
    pub(crate) fn get(&self, slug: &str) -> Option<&Arc<Sheet>> {
        let bare = || self.bare_sheets.get(slug).map(|row| &row.value.sheet);
        self.rendered.get(slug).or_else(bare)
    }

    /// Every sheet, by slug.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Arc<Sheet>> {
        self.bare_sheets
            .iter()
            .map(|(slug, row)| self.rendered.get(slug).unwrap_or(&row.value.sheet))
    }

    /// The number of sheets.
    pub(crate) fn len(&self) -> usize {
        self.bare_sheets.len()
    }
}

/// A sheet with its prose rendered.
#[derive(Debug)]
pub(crate) struct Rendered {
    sheet: Arc<Sheet>,
    report: Report,
    queries: Vec<RecordedQuery>,
}

/// The sheets of earlier builds.
pub(super) type SheetTable = Table<String, (ByAddress<BareSheet>, TextSettings), Rendered>;

/// The portraits as last shown, by slug.
pub(super) type Portraits = Mutex<Arc<BTreeMap<String, PictureView>>>;

/// Every sheet; the prose of those that are `wanted` is rendered, in parallel.
pub(crate) fn rendered(
    bare_sheets: &BareSheets,
    wanted: Option<&BTreeSet<&str>>,
    resolver: &LinkResolver<'_>,
    cache: &SheetTable,
    report: &mut Report,
) -> Sheets {
    let mut sheets = BTreeMap::new();
    let settings = TextSettings::new(resolver, false);
    let source = |bare: &Arc<BareSheet>| (ByAddress(bare.clone()), settings.clone());
    let is_valid = |it: &Rendered| it.queries.iter().all(|query| query.is_valid(resolver));
    let make = |_: &str, (bare, _): &(ByAddress<BareSheet>, TextSettings), _: Option<&Rendered>| {
        render(&bare.0, resolver)
    };
    let mut put = |slug: &str, rendered: &Rendered| {
        report.extend(rendered.report.clone());
        sheets.insert(slug.to_owned(), rendered.sheet.clone());
    };
    match wanted {
        None => {
            let sources = bare_sheets.iter().map(|(slug, row)| (slug.as_str(), source(&row.value)));
            let rows = cache.all_if_valid(sources, is_valid, make);
            rows.iter().for_each(|(slug, row)| put(slug, &row.value));
        }
        Some(wanted) => {
            let sources = wanted
                .iter()
                .filter_map(|slug| Some((*slug, source(&bare_sheets.get(*slug)?.value))));
            let values = cache.some_if_valid(sources, is_valid, make);
            values.iter().for_each(|(slug, value)| put(slug, value));
        }
    }
    Sheets { bare_sheets: bare_sheets.clone(), rendered: sheets }
}

fn render(bare: &BareSheet, resolver: &LinkResolver<'_>) -> Rendered {
    let mut report = Report::default();
    let mut recording = RecordingResolver::new(resolver);
    let mut rendered = bare.prose.iter().enumerate().map(|(index, prose)| {
        recording.scope = format!("t{}-", index + 1);
        let Prose { source, shape, .. } = prose;
        let document = markdown::render_field(source, *shape, &recording, &mut report);
        Prose { source: source.clone(), shape: *shape, html: document.html, text: document.text }
    });
    let mut sheet = (*bare.sheet).clone();
    sheet.prose_mut(&mut |prose| {
        *prose = rendered.next().expect("as many as were taken out");
    });
    drop(rendered);
    Rendered { sheet: Arc::new(sheet), report, queries: recording.into_queries() }
}

/// Every portrait, prepared in parallel; those that are not `wanted` are as last shown.
pub(crate) fn portraits(
    site: &Site,
    themes: &Themes,
    wanted: Option<&BTreeSet<&str>>,
    pictures: &Pictures<'_>,
    kept: &Portraits,
    report: &mut Report,
) -> Arc<BTreeMap<String, PictureView>> {
    let shown: Vec<(&String, Option<PictureView>, Report)> =
        site.profiles
            .par_iter()
            .filter(|(slug, _)| wanted.is_none_or(|wanted| wanted.contains(slug.as_str())))
            .map(|(slug, profile)| {
                let mut report = Report::default();
                let wording = &themes.named(profile.theme.as_deref()).wording;
                let alt = wording.portrait_of.fill(&[("name", &profile.name)]);
                let view = profile.image.as_ref().and_then(|portrait| {
                    pictures.named(Role::Portrait, portrait, &alt, &mut report)
                });
                (slug, view, report)
            })
            .collect();
    let mut last = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let portraits = Arc::make_mut(&mut last);
    portraits.retain(|slug, _| wanted.is_some() && site.profiles.contains_key(slug));
    for (slug, view, found) in shown {
        report.extend(found);
        match view {
            Some(view) => drop(portraits.insert(slug.clone(), view)),
            None => drop(portraits.remove(slug)),
        }
    }
    last.clone()
}

/// The pictures of a profile's projects, by file.
pub(crate) type ProjectPictures = BTreeMap<String, PictureView>;

/// The project pictures of everybody, by profile slug.
pub(crate) fn project_pictures(
    site: &Site,
    wanted: Option<&BTreeSet<&str>>,
    pictures: &Pictures<'_>,
    report: &mut Report,
) -> BTreeMap<String, ProjectPictures> {
    let mut all: BTreeMap<String, ProjectPictures> = BTreeMap::new();
    for (slug, profile) in wanted_of(&site.profiles, wanted) {
        for project in profile.shown_projects() {
            let Some(image) = &project.image else { continue };
            let (Some(file), alt) = (&image.file, project.name.as_deref().unwrap_or_default())
            else {
                continue;
            };
            if let Some(view) = pictures.named(Role::Whole, image, alt, report) {
                all.entry(slug.clone()).or_default().insert(file.to_string(), view);
            }
        }
    }
    all
}
