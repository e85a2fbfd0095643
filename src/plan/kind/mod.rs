//! The kinds of page. Each has its entries in the directory, its pictures and texts, and the job of
//! one entry.

mod hall;
mod not_found;
mod page;
mod post;
pub(super) mod sheet;
mod skill;

use super::bare_sheets::BareSheets;
use super::cache::EditionCache;
use super::content::{self, Content};
use super::context::Context;
use super::directory::{Entry, PageKind};
use super::extent::Selection;
use super::link_resolver::LinkResolver;
use super::pictures::{PictureUse, Role};
use super::planned_page::PlannedPage;
use super::sections::Sections;
use super::texts::{self, Text};
use super::{feeds, members, sheets};
use crate::diagnostic::Report;
use crate::load::{Page, Site};
use crate::model::wording::Wording;
use std::collections::BTreeMap;

/// Every page of a site with these published skills (slug → name).
pub(crate) fn entries(
    site: &Site,
    skills: &BTreeMap<String, String>,
    wording: &Wording,
) -> Vec<Entry> {
    sheet::entries(site)
        .chain(hall::entries(site))
        .chain(page::entries(site))
        .chain(post::entries(site, wording))
        .chain(skill::entries(skills, wording))
        .chain([not_found::entry(wording)])
        .collect()
}

/// The pictures on the selected pages.
pub(crate) fn pictures<'a>(
    site: &'a Site,
    bare_sheets: &'a BareSheets,
    selection: &Selection<'_>,
) -> Vec<PictureUse<'a>> {
    let people = selection.people();
    let is_wanted = |slug: &str| people.as_ref().is_none_or(|people| people.contains(slug));
    let sheets = site.profiles.values().filter(|profile| is_wanted(&profile.slug));
    let sheets = sheets.filter_map(|profile| Some((profile, bare_sheets.get(&profile.slug)?)));
    let sheets = sheets.flat_map(|(profile, row)| sheet::pictures(profile, &row.value));
    let pages = site.pages.iter().chain(&site.posts);
    let pages = pages.filter(|page| selection.has_text(&page.file)).flat_map(texts::pictures);
    sheets.chain(pages).chain(site.guild.iter().flat_map(hall::pictures)).collect()
}

/// Renders what the selected pages show; everything else is as last rendered.
pub(crate) fn render<'a>(
    context: &Context<'a>,
    resolver: &LinkResolver<'a>,
    selection: &Selection<'_>,
    cache: &EditionCache,
    report: &mut Report,
) -> Content<'a> {
    let (site, pictures, bare_sheets) = (context.site, resolver.pictures, resolver.bare_sheets);
    let people = selection.people();
    let people = people.as_ref();
    let portraits =
        sheets::portraits(site, context.themes, people, pictures, &cache.portraits, report);
    let project_pictures = sheets::project_pictures(site, people, pictures, report);
    let sheets = sheets::rendered(bare_sheets, people, resolver, &cache.sheets, report);
    let is_in_feeds = feeds::routes(&site.config).next().is_some();
    let mut render = |pages: &'a [Page], is_in_feeds, kept| {
        Text::render_all(pages, is_in_feeds, selection, resolver, kept, report)
    };
    let pages = render(&site.pages, false, &cache.pages);
    let posts = render(&site.posts, is_in_feeds, &cache.posts);
    let members = members::members(context, bare_sheets, &portraits, &cache.members);
    let shows_skills = selection.has_any(PageKind::Skill) || selection.has_any(PageKind::Skills);
    let skills = shows_skills.then(|| skill::views(context, &sheets, &members));
    let guild = site.guild.as_ref().filter(|_| selection.has_any(PageKind::Hall));
    Content {
        guild_description: guild.and_then(|it| hall::description(it, resolver, report)),
        crest: guild.and_then(|guild| {
            let alt = context.edition.wording.crest_of_name.fill(&[("name", &guild.name)]);
            pictures.named(Role::Crest, guild.crest.as_ref()?, &alt, report)
        }),
        sections: Sections::of(context.directory),
        skills: skills.unwrap_or_default(),
        indices: content::indices([&pages, &posts]),
        sheets,
        members,
        portraits,
        project_pictures,
        pages,
        posts,
    }
}

/// The job of one page.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    match entry.kind {
        PageKind::Sheet => sheet::job(context, content, entry),
        PageKind::Hall => hall::job(context, content, entry),
        PageKind::Page => page::job(context, content, entry),
        PageKind::Post => post::job(context, content, entry),
        PageKind::Posts => post::list_job(context, content, entry),
        PageKind::Skill => skill::job(context, content, entry),
        PageKind::Skills => skill::list_job(context, content, entry),
        PageKind::NotFound => not_found::job(context, entry),
    }
}
