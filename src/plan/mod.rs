//! Site + theme → plan: every file to write, and the inputs of each. Two jobs for the same path are
//! an error here, also if the paths differ only in case.

mod asked;
mod cards;
mod clash;
mod drawings;
mod extras;
mod gather;
mod hall;
mod icons;
mod located;
mod memory;
mod pictures;
mod places;
pub mod routes;
mod sections;
mod sheets;
mod skill_names;
mod skills;
mod stage;
mod surroundings;
pub mod task;
mod texts;
pub mod views;

use crate::diagnostic::{Diagnostic, Report};
use crate::engine::{Blobs, Job, Observer};
use crate::load::{Page, Site};
use crate::model::sheet::Sheet;
use crate::path::SitePath;
use crate::render::image::Workshop;
use crate::source::snapshot::Snapshot;
use crate::span::Span;
use crate::theme::{Themes, Var};
use cards::Cards;
use clash::Planned;
use drawings::{Mark, Studio};
pub use gather::shown_elsewhere;
pub use memory::{Extent, Memory};
use pictures::{Pictures, Role};
use places::Places;
use rayon::prelude::*;
use routes::{Routes, alias_file, page_route, post_route};
use sections::Sections;
use sheets::{Members, ProjectPictures, Sheets};
use stage::Stage;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use surroundings::Around;
use task::Task;
use texts::Text;
use views::{PageView, SkillView};

/// Everything to write.
#[derive(Debug)]
pub struct Plan {
    /// Ordered by path, each path once.
    pub jobs: Vec<Job<Task>>,
    /// The focus point found in each picture that is cropped and has no `focus:`.
    pub found: BTreeMap<SitePath, (u16, u16)>,
    /// Where pictures were decoded and encoded.
    pub workshop: Arc<Workshop>,
    /// Whether planning was abandoned for a newer build, so that jobs are missing.
    pub is_overtaken: bool,
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

/// Plans the whole site.
pub fn plan(
    subject: Subject<'_>,
    blobs: &Blobs,
    report: &mut Report,
    observer: &dyn Observer,
) -> Plan {
    again(subject, blobs, &Memory::default(), Extent::Whole, report, observer)
}

/// Like `plan`, but limited to `extent`. Results already in `memory` are reused.
pub fn again(
    subject: Subject<'_>,
    blobs: &Blobs,
    memory: &Memory,
    extent: Extent<'_>,
    report: &mut Report,
    observer: &dyn Observer,
) -> Plan {
    let Subject { snapshot, site, themes } = subject;
    let drafts = sheets::drafts(site, themes, snapshot.today, memory);
    sheets::tell_left_out(site, &drafts, report);
    let routes = Routes::kept(site, &skill_names::published_skills(site, &drafts, memory), memory);
    let people = people(extent, &routes);
    let in_texts = themes.named(None).manifest.pictures.clone();
    let mut pictures = Pictures::new(snapshot, &site.config, in_texts, blobs, observer);
    pictures.prepare(gather::pictures(site, &drafts, people.as_ref(), extent, &pictures));
    observer.ended("pictures");
    if observer.is_overtaken() {
        return Plan::nothing(&pictures);
    }
    let portraits = sheets::portraits(site, people.as_ref(), &pictures, memory, report);
    let of_projects = sheets::project_pictures(site, people.as_ref(), &pictures, report);
    let places = Places::new(site, themes, &routes, memory);
    let stage = Stage::new(site, themes, &routes, snapshot.today);
    let implicit = stage.implicit();
    let around = Around {
        implicit: &implicit,
        config: &site.config,
        routes: &routes,
        pictures: &pictures,
        templates: &stage.theme().templates,
        drafts: &drafts,
        places: &places,
    };
    let sheets = sheets::rendered(&drafts, people.as_ref(), &around, memory, report);
    let (pages, posts) = (&site.pages, &site.posts);
    let pages =
        Text::render_all(pages, (page_route, false), extent, &around, &memory.pages, report);
    let feeds = site.config.url.is_some() && (site.config.feeds.atom || site.config.feeds.json);
    let posts =
        Text::render_all(posts, (post_route, feeds), extent, &around, &memory.posts, report);
    let members = sheets::members(site, &drafts, &portraits, &routes, memory);
    if observer.is_overtaken() {
        return Plan::nothing(&pictures);
    }
    let mark = Mark::new(&stage, &sheets, &pictures);
    let studio = Studio { stage: &stage, pictures: &pictures, blobs, mark };
    let cards = Cards::new(&studio, extent);
    let mut planned = Planned::default();
    let sheet_job = |slug: &str, sheet: &Arc<Sheet>| {
        // An abandoned build need not be planned to the end.
        let is_wanted = !observer.is_overtaken();
        is_wanted.then(|| sheet_job(&stage, slug, sheet, &members, &of_projects, &posts, &cards))?
    };
    let shown = sheets.rendered().into_par_iter();
    planned.add_all(shown.filter_map(|(slug, sheet)| sheet_job(slug, sheet)).collect::<Vec<_>>());
    planned.add_all(text_jobs(&stage, extent, &pages, &posts, &sheets, &cards, report));
    if observer.is_overtaken() {
        return Plan::nothing(&pictures);
    }
    if extent.reaches("skills") {
        planned.add_all(skill_jobs(&stage, &sheets, &members));
    }
    let hall_route = routes.layout().hall();
    let hall = site.guild.as_ref().filter(|_| extent.shows(hall_route));
    if let Some(guild) = hall {
        let about_guild = hall::description(guild, &around, report);
        let alt = format!("Crest of {}", guild.name);
        let crest = guild.crest.as_ref();
        let crest = crest.and_then(|crest| pictures.named(Role::Crest, crest, &alt, report));
        let job = hall::job(&stage, guild, about_guild, crest, &sheets, &members, &posts);
        let title = (guild.name.as_str(), None);
        job.iter().for_each(|job| cards.add(stage.theme(), hall_route, job, &[], title.clone()));
        planned.add_all(job);
    }
    planned.add_all(assets(themes));
    if observer.is_overtaken() {
        return Plan::nothing(&pictures);
    }
    if extent.is_whole() {
        planned.add_all(cards.into_jobs(report));
        planned.add_all(icons::jobs(&studio, report));
        planned.add_all(error_page(&stage));
        planned.add_all(aliases(&stage, &pages, &posts));
        planned.add_all(extras::jobs(&stage, &portraits, &[&pages, &posts], snapshot.today));
        planned.add_all(static_files(snapshot, site));
    }
    let (found, workshop) = (pictures.found(), pictures.workshop().clone());
    planned.add_all(pictures.into_jobs(report));
    let mut jobs = planned.finish(site, &routes, report);
    // Pictures and stylesheets belong to the requested pages and are kept.
    jobs.retain(|job| extent.has(&job.path) || !matches!(job.task, Task::Page { .. }));
    Plan { jobs, found, workshop, is_overtaken: false }
}

impl Plan {
    /// The empty plan of an abandoned build.
    fn nothing(pictures: &Pictures<'_>) -> Plan {
        let workshop = pictures.workshop().clone();
        Plan { jobs: Vec::new(), found: BTreeMap::new(), workshop, is_overtaken: true }
    }
}

/// The people whose sheets are wanted; `None` for all of them.
fn people<'a>(extent: Extent<'_>, routes: &'a Routes) -> Option<BTreeSet<&'a str>> {
    match extent {
        Extent::Whole => None,
        Extent::Pages(pages) => Some(pages.iter().filter_map(|it| routes.profile_at(it)).collect()),
    }
}

/// A person's page, and its card.
fn sheet_job(
    stage: &Stage<'_>,
    slug: &str,
    sheet: &Arc<Sheet>,
    members: &Members,
    of_projects: &BTreeMap<String, ProjectPictures>,
    posts: &[Text<'_>],
    cards: &Cards<'_>,
) -> Option<Job<Task>> {
    let none = ProjectPictures::new();
    let route = stage.routes.profile(slug)?;
    let of_projects = of_projects.get(slug).unwrap_or(&none);
    let view = sheets::profile_view(stage, slug, sheet, members, of_projects, posts);
    let profile = &stage.site.profiles[slug];
    let theme = stage.themes.named(profile.theme.as_deref());
    let page = extras::sheet_page(stage, route, &view);
    let job =
        stage.page(theme, route, "sheet.html", page, [("profile", Arc::new(Var::new(view)))])?;
    let job = Job { task: job.task.made_from(profile.file.as_ref()), ..job };
    let at = profile.places.get("name").cloned();
    let at = at.or_else(|| profile.file.as_ref().map(Span::file));
    cards.add(theme, route, &job, &[sheet], (&sheet.name, at));
    Some(job)
}

fn text_jobs(
    stage: &Stage<'_>,
    extent: Extent<'_>,
    pages: &[Text<'_>],
    posts: &[Text<'_>],
    sheets: &Sheets,
    cards: &Cards<'_>,
    report: &mut Report,
) -> Vec<Job<Task>> {
    let mut jobs = Vec::new();
    let mut add = |text: &Text<'_>, view: PageView, template: &str| {
        let job = stage.page(stage.theme(), &text.route, template, view, []);
        let file = Some(&text.page.file);
        let job = job.map(|job| Job { task: job.task.made_from(file), ..job });
        let people = text.people(stage, sheets);
        let title = (&*text.page.title, Some(Span::file(&text.page.file)));
        job.iter()
            .for_each(|job| cards.add(stage.theme(), &text.route, job, &people, title.clone()));
        jobs.extend(job);
    };
    let is_wanted = |text: &Text<'_>| extent.shows(&text.route);
    let sections = Sections::of(&stage.site.pages);
    for text in pages.iter().filter(|text| is_wanted(text)) {
        let mut view = text.view(stage, "page");
        sections.add_to(&mut view, text.page, stage);
        let template = template(stage, text.page, "page.html", report);
        add(text, view, &template);
    }
    for (index, text) in posts.iter().enumerate().filter(|(_, text)| is_wanted(text)) {
        let mut view = text.view(stage, "post");
        view.next = index.checked_sub(1).map(|newer| posts[newer].place(stage));
        view.previous = posts.get(index + 1).map(|older| older.place(stage));
        view.json_ld = Some(extras::post_json_ld(stage, text, &view));
        let template = template(stage, text.page, "post.html", report);
        add(text, view, &template);
    }
    if !posts.is_empty() {
        let items: Vec<_> = posts.iter().map(|text| text.item(stage)).collect();
        let words = format!("Posts of {}, newest first.", stage.title);
        let view = stage.head("/posts/", "posts", "Writing", words);
        let posts = ("posts", Arc::new(Var::new(items)));
        jobs.extend(stage.page(stage.theme(), "/posts/", "posts.html", view, [posts]));
    }
    jobs
}

/// The template a page asks for, if it exists; otherwise the default.
fn template(stage: &Stage<'_>, page: &Page, default: &str, report: &mut Report) -> String {
    let Some(wanted) = &page.template else { return default.to_owned() };
    let templates = &stage.theme().templates;
    if templates.has(wanted) {
        return wanted.clone();
    }
    report.push(
        Diagnostic::error("unknown-template", format!("there is no template `{wanted}`"))
            .at(page.template_at.clone().unwrap_or_else(|| Span::file(&page.file)))
            .help(match templates.nearest(wanted) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add `templates/{wanted}`, or remove `template:`"),
            }),
    );
    default.to_owned()
}

fn skill_jobs(stage: &Stage<'_>, sheets: &Sheets, members: &Members) -> Vec<Job<Task>> {
    let skills = skills::views(stage, sheets, members);
    let groups = skills::groups(stage, &skills);
    let is_empty = skills.is_empty();
    let page = |skill: SkillView| {
        let route = format!("/skills/{}/", skill.slug);
        let description = skill.description.clone().unwrap_or_else(|| {
            let names: Vec<&str> =
                skill.holders.iter().take(5).map(|holder| holder.name.as_str()).collect();
            format!("{}: level, evidence and use, by {}.", skill.name, names.join(", "))
        });
        let view = stage.head(&route, "skill", &skill.name, description);
        let skill = ("skill", Arc::new(Var::new(skill)));
        stage.page(stage.theme(), &route, "skill.html", view, [skill])
    };
    let mut jobs: Vec<_> = skills.into_par_iter().filter_map(page).collect();
    if !is_empty {
        let words = format!("Every skill of {}, by field.", stage.title);
        let view = stage.head("/skills/", "skills", "Skills", words);
        let groups = ("skills", Arc::new(Var::new(groups)));
        jobs.extend(stage.page(stage.theme(), "/skills/", "skills.html", view, [groups]));
    }
    jobs
}

fn error_page(stage: &Stage<'_>) -> Option<Job<Task>> {
    let words = "There is no page at this address.".to_owned();
    let view = PageView { canonical: None, ..stage.head("/404.html", "404", "Not found", words) };
    stage.page(stage.theme(), "/404.html", "404.html", view, [])
}

/// Pages that redirect from old addresses to the current one.
fn aliases(stage: &Stage<'_>, pages: &[Text<'_>], posts: &[Text<'_>]) -> Vec<Job<Task>> {
    let mut jobs = Vec::new();
    for text in pages.iter().chain(posts) {
        for alias in &text.page.aliases {
            let lead = extras::redirect(stage, &text.route, &text.page.title);
            jobs.extend(alias_file(alias).map(|path| Job { path, task: Task::Text(lead) }));
        }
    }
    jobs
}

fn static_files(snapshot: &Snapshot, site: &Site) -> Vec<Job<Task>> {
    let job = |path: &SitePath| {
        let file = snapshot.file(path.as_str())?;
        let path = SitePath::new(path.strip_prefix("static")?)?;
        Some(Job { path, task: Task::Copy(file.clone()) })
    };
    site.statics.iter().filter_map(job).collect()
}

fn assets(themes: &Themes) -> Vec<Job<Task>> {
    themes
        .iter()
        .flat_map(|theme| theme.assets.iter())
        .map(|asset| Job { path: asset.path.clone(), task: Task::Copy(asset.file.clone()) })
        .collect()
}
