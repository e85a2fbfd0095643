//! Sheets: the page and the `resume.json` of each person.

use super::super::bare_sheets::BareSheet;
use super::super::content::Content;
use super::super::context::Context;
use super::super::directory::{Entry, FileEntry, FileKind, PageKind, file_of};
use super::super::members::Members;
use super::super::pictures::{PictureUse, Role};
use super::super::planned_page::PlannedPage;
use super::super::skill_names::skill_urls;
use super::super::task::Task;
use super::super::texts::Text;
use super::super::views::{PageLink, PageView, ProfileView};
use crate::engine::Job;
use crate::load::{Page, Site, Vocabulary};
use crate::model::columns::columns;
use crate::model::json_resume::published;
use crate::model::link;
use crate::model::profile::Profile;
use crate::model::sheet::{LinkText, Sheet};
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::render::json_ld::{self, Person};
use crate::span::Span;
use crate::theme::Var;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The page of each person.
pub(crate) fn entries(site: &Site) -> impl Iterator<Item = Entry> {
    let has_front = site.pages.iter().any(Page::is_front);
    site.profiles.values().map(move |profile| {
        let route = match (&site.guild, has_front) {
            (Some(_), _) => format!("/profiles/{}/", profile.slug),
            (None, true) => "/sheet/".to_owned(),
            (None, false) => "/".to_owned(),
        };
        let source = profile.file.as_ref().map(Span::file);
        Entry { source, ..Entry::new(PageKind::Sheet, &profile.slug, route, &profile.name) }
    })
}

/// The `resume.json` of each person.
pub(crate) fn files(site: &Site) -> impl Iterator<Item = FileEntry> {
    entries(site).map(|entry| FileEntry {
        kind: FileKind::Resume,
        route: resume(&entry.route),
        source: entry.source,
    })
}

/// The file of each sheet's page, with the profile's own file.
pub fn sources(site: &Site) -> BTreeMap<SitePath, SitePath> {
    let source = |entry: Entry| Some((file_of(&entry.route)?, entry.source?.file));
    entries(site).filter_map(source).collect()
}

fn resume(route: &str) -> String {
    format!("{route}resume.json")
}

/// The pictures on a person's sheet.
pub(crate) fn pictures<'a>(
    profile: &'a Profile,
    bare: &'a BareSheet,
) -> impl Iterator<Item = PictureUse<'a>> {
    let portrait = profile.image.iter().map(|it| PictureUse::Named(Role::Portrait, it));
    let projects = profile.shown_projects().filter_map(|project| project.image.as_ref());
    let projects = projects.map(|it| PictureUse::Named(Role::Whole, it));
    let prose = bare.prose.iter().map(|it| PictureUse::InText(&it.source, it.shape));
    portrait.chain(projects).chain(prose)
}

/// A person's page.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let sheet = content.sheets.get(&entry.slug)?;
    let profile = &context.site.profiles[&entry.slug];
    let theme = context.themes.named(profile.theme.as_deref());
    let view = profile_view(context, sheet, content, entry);
    let page = page_view(context, entry, &view);
    let profile_var = ("profile", Arc::new(Var::new(view)));
    Some(PlannedPage {
        entry,
        theme,
        job: context.page(theme, entry, "sheet.html", page, [profile_var])?,
        people: vec![&**sheet],
        title_at: profile.places.get("name").or(entry.source.as_ref()).cloned(),
    })
}

/// The `resume.json` of everybody.
pub(crate) fn resumes(context: &Context<'_>, content: &Content<'_>) -> Vec<Job<Task>> {
    let resume_job = |entry: &Entry| {
        let profile = &context.site.profiles[&entry.slug];
        let portrait = content.portraits.get(&entry.slug);
        let image = portrait.and_then(|it| context.preview(it)).map(|image| image.url);
        let resume_json = published(profile, &context.site.ruleset.skills, image.as_deref());
        let json = serde_json::to_string_pretty(&resume_json).expect("JSON is written as JSON");
        Some(Job { path: file_of(&resume(&entry.route))?, task: Task::Text(json + "\n") })
    };
    let sheets = context.directory.of_kind(PageKind::Sheet);
    sheets.par_iter().filter_map(resume_job).collect()
}

/// The variable `profile` of a sheet's page.
fn profile_view(
    context: &Context<'_>,
    sheet: &Arc<Sheet>,
    content: &Content<'_>,
    entry: &Entry,
) -> ProfileView {
    let (directory, members) = (context.directory, &content.members);
    let slug = &entry.slug;
    let profile = &context.site.profiles[slug];
    let is_guild = context.site.guild.is_some();
    let own = members.get(slug);
    let party = own.and_then(|member| member.row.party.clone());
    let by_them = |text: &&Text<'_>| {
        (!is_guild && text.page.authors.is_empty()) || text.page.authors.iter().any(|it| it == slug)
    };
    let companions = members.companions(slug, party.as_deref());
    // A companion's portrait is two lines high.
    let team = if is_guild { 2 + companions.len() * 2 } else { 0 };
    ProfileView {
        columns: columns(sheet, team, profile.following.len()),
        page_url: directory.href(&entry.route),
        resume_url: directory.href(&resume(&entry.route)),
        picture: own.and_then(|member| member.picture.clone()),
        pictures: content.project_pictures.get(slug).cloned().unwrap_or_default(),
        guild: directory
            .only(PageKind::Hall)
            .map(|hall| PageLink { title: hall.title.clone(), url: directory.href(&hall.route) }),
        posts: content
            .posts
            .iter()
            .filter(by_them)
            .take(6)
            .map(|text| text.item(context))
            .collect(),
        skill_urls: skill_urls(sheet, directory),
        following: following(profile, members),
        companions,
        party,
        sheet: sheet.clone(),
    }
}

/// The people somebody follows: members by name, others by URL.
fn following(profile: &Profile, members: &Members) -> Vec<LinkText> {
    let one = |written: &String| match members.get(written) {
        Some(member) => LinkText { text: member.row.name.clone(), url: Some(member.url.clone()) },
        None => LinkText { text: link::spoken(written), url: link::safe(written) },
    };
    profile.following.iter().map(one).collect()
}

/// The variable `page` of a sheet.
fn page_view(context: &Context<'_>, entry: &Entry, view: &ProfileView) -> PageView {
    let sheet = &view.sheet;
    let mut page = context.head(entry, &sheet.name, sheet.description.clone());
    if let (false, Some(label)) = (context.site.guild.is_some(), &sheet.label) {
        page.full_title = format!("{} · {label}", sheet.name);
    }
    if let Some(image) = &mut page.image {
        image.alt = card_alt(sheet, context.site.config.words, &context.edition.wording);
    }
    page.edit_url = entry.source.as_ref().and_then(|source| context.edit_url(&source.file));
    page.json_ld = Some(json_ld::profile_page(&person(context, entry, view)));
    page
}

fn person(context: &Context<'_>, entry: &Entry, view: &ProfileView) -> Person {
    let sheet = &view.sheet;
    let current = sheet.work.iter().find(|line| line.when.current);
    let skills = || sheet.skills.iter().flat_map(|group| &group.skills);
    let keywords = skills().flat_map(|line| &line.keywords).map(|word| &word.name);
    let known = skills().map(|line| &line.name).chain(keywords);
    let place = &sheet.address;
    Person {
        page_url: context.directory.full(&entry.route),
        name: sheet.name.clone(),
        job_title: sheet.label.clone(),
        description: sheet.description.clone(),
        image: view.picture.as_ref().and_then(|it| context.preview(it)).map(|it| it.url),
        url: sheet.url.clone(),
        email: sheet.email.clone(),
        locality: place.city.clone(),
        region: place.region.clone(),
        country: place.country_code.clone(),
        same_as: sheet.accounts.iter().filter_map(|account| account.url.clone()).collect(),
        knows_about: known.take(40).cloned().collect(),
        knows_language: sheet.languages.iter().map(|line| line.language.clone()).collect(),
        works_for: current.map(|line| line.name.clone()),
        alumni_of: sheet.education.iter().map(|line| line.institution.clone()).collect(),
        awards: sheet
            .honours
            .iter()
            .filter(|line| line.kind == "award")
            .map(|line| line.name.clone())
            .collect(),
        member_of: context
            .directory
            .only(PageKind::Hall)
            .map(|hall| (hall.title.clone(), context.directory.full(&hall.route))),
    }
}

/// Alt text of a sheet's card, one line.
fn card_alt(sheet: &Sheet, words: Vocabulary, wording: &Wording) -> String {
    let level = sheet.level.number.to_string();
    let game = wording.level_and_class.fill(&[("level", &level), ("class", &sheet.class.text)]);
    let game = (words == Vocabulary::Rpg).then_some(game.trim());
    let parts = [Some(sheet.name.as_str()), sheet.label.as_deref(), game];
    wording.joined(parts.into_iter().flatten())
}
