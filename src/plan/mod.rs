//! Site + theme → plan: every file to write, and the inputs of each. Two jobs for the same path are
//! an error here, also if the paths differ only in case.

mod bare_sheets;
mod cache;
mod cards;
mod clash;
mod content;
mod context;
mod directory;
mod drawings;
mod edition;
mod extent;
mod feeds;
mod files;
mod icons;
mod kind;
mod link_resolver;
mod members;
mod picture_uses;
mod pictures;
mod planned_page;
mod recorded_query;
mod resolve;
mod sections;
mod sheets;
mod site_view;
mod skill_names;
mod survey;
pub mod task;
mod texts;
pub mod views;

use crate::diagnostic::Report;
use crate::engine::{Blobs, Job, Observer};
use crate::load::Site;
use crate::model::when;
use crate::path::SitePath;
use crate::render::image::Decoder;
use crate::source::snapshot::Snapshot;
use crate::theme::{Themes, Var};
use bare_sheets::BareSheets;
pub use cache::Cache;
use cards::Cards;
use clash::JobSet;
use context::Context;
use directory::Directory;
use drawings::{DrawingContext, Mark};
use edition::Edition;
pub use extent::Extent;
use extent::Selection;
pub use kind::sheet::sources as sheet_sources;
use link_resolver::LinkResolver;
pub use picture_uses::shown_elsewhere;
use pictures::Pictures;
use planned_page::PlannedPage;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use task::Task;

/// Everything to write.
#[derive(Debug)]
pub struct Plan {
    /// Ordered by path, each path once.
    pub jobs: Vec<Job<Task>>,
    /// The focus point found in each picture that is cropped and has no `focus:`.
    pub focus_points: FocusPoints,
    /// Where pictures were decoded and encoded.
    pub decoder: Arc<Decoder>,
    /// Whether planning was abandoned for a newer build, so that jobs are missing.
    pub is_cancelled: bool,
}

/// What is planned: the site as declared, with its themes.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The files, for pictures and for files that are copied unchanged.
    pub snapshot: &'a Snapshot,
    /// The content and configuration.
    pub site: &'a Site,
    /// The themes it is rendered with.
    pub themes: &'a Arc<Themes>,
}

/// Plans what is within `extent`. Results already in `cache` are reused; they never change a plan.
pub fn plan(
    subject: Subject<'_>,
    blobs: &Blobs,
    cache: &Cache,
    extent: Extent<'_>,
    report: &mut Report,
    observer: &dyn Observer,
) -> Plan {
    let Subject { snapshot, site, themes } = subject;
    let decoder = Arc::new(Decoder::default());
    let in_texts = themes.named(None).manifest.pictures.clone();
    let pictures =
        Pictures::new(snapshot, &site.config, in_texts, blobs, observer, decoder.clone());
    let planner = Planner { subject, blobs, cache, extent, observer };
    match planner.jobs(pictures, report) {
        Some((jobs, focus_points)) => Plan { jobs, focus_points, decoder, is_cancelled: false },
        None => {
            Plan { jobs: Vec::new(), focus_points: FocusPoints::new(), decoder, is_cancelled: true }
        }
    }
}

/// Points in a picture by its file, in thousandths of width and height.
type FocusPoints = BTreeMap<SitePath, (u16, u16)>;

struct Planner<'a> {
    subject: Subject<'a>,
    blobs: &'a Blobs,
    cache: &'a Cache,
    extent: Extent<'a>,
    observer: &'a dyn Observer,
}

impl Planner<'_> {
    /// Every job; `None` if a newer build is wanted.
    fn jobs(
        &self,
        mut pictures: Pictures<'_>,
        report: &mut Report,
    ) -> Option<(Vec<Job<Task>>, FocusPoints)> {
        let Subject { snapshot, site, themes } = self.subject;
        let bare_sheets =
            bare_sheets::bare_sheets(site, themes, snapshot.today, &self.cache.bare_sheets);
        bare_sheets::report_left_out(site, &bare_sheets, report);
        let names = bare_sheets.values().map(|row| &row.value.skills);
        let skills = skill_names::published_skills(names, &site.ruleset, &self.cache.skills);
        let mut jobs = JobSet::default();
        let mut directories = Vec::new();
        for edition in &Edition::all(&site.config, themes) {
            let kept = &self.cache.of(edition).directory;
            let directory = survey::directory(site, themes, &skills, kept);
            let selection = Selection::new(self.extent, &directory);
            pictures.prepare(kind::pictures(site, &bare_sheets, &selection));
            self.observer.step_finished("pictures");
            self.add_edition(edition, &selection, &bare_sheets, &pictures, &mut jobs, report)?;
            directories.push(directory);
        }
        let focus_points = pictures.focus_points();
        jobs.add_all(pictures.into_jobs(report));
        Some((jobs.finish(&directories, report), focus_points))
    }

    /// Adds the jobs of one edition's selected pages and, in a whole build, of its other files.
    fn add_edition(
        &self,
        edition: &Edition,
        selection: &Selection<'_>,
        bare_sheets: &BareSheets,
        pictures: &Pictures<'_>,
        jobs: &mut JobSet,
        report: &mut Report,
    ) -> Option<()> {
        let directory = selection.directory();
        self.proceed()?;
        let context = self.context(edition, directory);
        let implicit = context.implicit();
        let resolver = LinkResolver {
            config: &context.site.config,
            wording: &context.theme().wording,
            directory,
            is_guild: context.site.guild.is_some(),
            pictures,
            templates: &context.theme().templates,
            bare_sheets,
            implicit: &implicit,
        };
        let cache = self.cache.of(edition);
        let content = kind::render(&context, &resolver, selection, &cache, report);
        self.proceed()?;
        let pages: Vec<PlannedPage<'_>> = selection
            .entries()
            .into_par_iter()
            .filter_map(|entry| {
                self.proceed()?;
                kind::job(&context, &content, entry)
            })
            .collect();
        self.proceed()?;
        if selection.is_whole() {
            let mark = Mark::new(&context, &content.sheets, pictures);
            let drawing = DrawingContext { context: &context, pictures, blobs: self.blobs, mark };
            let cards = Cards::new(&drawing);
            pages.par_iter().for_each(|page| {
                self.proceed().into_iter().for_each(|()| cards.add(page));
            });
            self.proceed()?;
            jobs.add_all(cards.into_jobs(report));
            jobs.add_all(icons::jobs(&drawing, report));
            jobs.add_all(kind::sheet::resumes(&context, &content));
            jobs.add_all(feeds::jobs(&context, &content.posts, self.subject.snapshot.today));
        }
        jobs.add_all(pages.into_iter().map(|page| page.job));
        jobs.add_all(files::theme_jobs(&context));
        if selection.is_whole() {
            jobs.add_all(files::jobs(&context, self.subject.snapshot));
        }
        Some(())
    }

    fn context<'a>(&'a self, edition: &'a Edition, directory: &'a Directory) -> Context<'a> {
        let Subject { snapshot, site, themes } = self.subject;
        let title = site_view::title(site);
        let today = when::date_text(&snapshot.today.into(), &edition.wording);
        Context {
            site_vars: site_view::vars(site, themes, directory, edition, &title),
            edition,
            site,
            themes,
            directory,
            title,
            today: Arc::new(Var::shared(today)),
        }
    }

    /// `None` if this build is overtaken by a newer one, to be abandoned with `?`.
    fn proceed(&self) -> Option<()> {
        (!self.observer.is_cancelled()).then_some(())
    }
}
