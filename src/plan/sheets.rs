//! Profiles → sheets with everything that depends on more than the profile: addresses, pictures,
//! posts, the guild.

use super::pictures::{Pictures, Role};
use super::routes::{Routes, resume_route};
use super::stage::Stage;
use super::surroundings::Around;
use super::texts::Text;
use super::views::{BareView, MemberView, PlaceView, ProfileView};
use crate::diagnostic::Report;
use crate::load::Site;
use crate::model::derive;
use crate::model::roster::{self, Row};
use crate::model::sheet::{Prose, Sheet};
use crate::render::image::PictureView;
use crate::render::markdown;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Sheets by slug.
pub(crate) type Sheets = BTreeMap<String, Arc<Sheet>>;

/// Every profile's sheet, not yet rendered.
pub(crate) fn derive_all(site: &Site, today: Date) -> Sheets {
    let derive = |profile| Arc::new(derive::sheet(profile, &site.ruleset, today));
    site.profiles.par_iter().map(|(slug, profile)| (slug.clone(), derive(profile))).collect()
}

/// Every skill that is on some sheet or that such a skill builds on: slug → name.
pub(crate) fn published_skills(site: &Site, sheets: &Sheets) -> BTreeMap<String, String> {
    let lines = sheets.values().flat_map(|sheet| &sheet.skills).flat_map(|group| &group.skills);
    let mut skills: BTreeMap<String, String> =
        lines.map(|line| (line.slug.clone(), line.name.clone())).collect();
    for node in sheets.values().filter_map(|sheet| sheet.tree.as_ref()).flat_map(|tree| &tree.nodes)
    {
        skills.entry(node.slug.clone()).or_insert_with(|| node.name.clone());
    }
    for known in &site.ruleset.catalogue {
        if let Some(name) = skills.get_mut(&known.slug) {
            name.clone_from(&known.name);
        }
    }
    skills
}

/// Takes all prose out of the sheets, to be rendered while texts may show the sheets without it.
pub(crate) fn take_prose(sheets: &mut Sheets) -> Vec<Vec<Prose>> {
    sheets
        .par_iter_mut()
        .map(|(_, sheet)| {
            let mut taken = Vec::new();
            Arc::make_mut(sheet).prose_mut(&mut |prose| taken.push(std::mem::take(prose)));
            taken
        })
        .collect()
}

/// Renders the prose of each sheet, in parallel.
pub(crate) fn render_prose(all: &mut [Vec<Prose>], around: &Around<'_>, report: &mut Report) {
    let render = |of_sheet: &mut Vec<Prose>| {
        let mut report = Report::default();
        let mut around = around.clone();
        for (index, prose) in of_sheet.iter_mut().enumerate() {
            around.scope = format!("t{}-", index + 1);
            let rendered = markdown::render_inline(&prose.source, &around, &mut report);
            prose.html = rendered.html;
            prose.text = rendered.text;
        }
        report
    };
    let found: Vec<Report> = all.par_iter_mut().map(render).collect();
    found.into_iter().for_each(|found| report.extend(found));
}

/// Puts back what `take_prose` took.
pub(crate) fn put_prose(sheets: &mut Sheets, all: Vec<Vec<Prose>>) {
    for (sheet, taken) in sheets.values_mut().zip(all) {
        let mut taken = taken.into_iter();
        let mut put = |prose: &mut Prose| *prose = taken.next().expect("as many as were taken");
        Arc::make_mut(sheet).prose_mut(&mut put);
    }
}

/// Every portrait, in parallel.
pub(crate) fn portraits(
    site: &Site,
    pictures: &Pictures<'_>,
    report: &mut Report,
) -> BTreeMap<String, PictureView> {
    let shown: Vec<(Option<(String, PictureView)>, Report)> = site
        .profiles
        .par_iter()
        .map(|(slug, profile)| {
            let mut report = Report::default();
            let alt = format!("Portrait of {}", profile.name);
            let view = profile
                .image
                .as_ref()
                .and_then(|portrait| pictures.named(Role::Portrait, portrait, &alt, &mut report))
                .map(|view| (slug.clone(), view));
            (view, report)
        })
        .collect();
    shown
        .into_iter()
        .filter_map(|(view, found)| {
            report.extend(found);
            view
        })
        .collect()
}

/// The pictures of a profile's projects, by their files.
pub(crate) type ProjectPictures = BTreeMap<String, PictureView>;

/// The pictures of everybody's projects, by their slugs.
pub(crate) fn project_pictures(
    site: &Site,
    pictures: &Pictures<'_>,
    report: &mut Report,
) -> BTreeMap<String, ProjectPictures> {
    let mut all: BTreeMap<String, ProjectPictures> = BTreeMap::new();
    for (slug, profile) in &site.profiles {
        for project in profile.shown_projects() {
            let Some(image) = &project.image else { continue };
            let (Some(file), alt) = (&image.file, project.name.as_deref().unwrap_or_default())
            else {
                continue;
            };
            if let Some(view) = pictures.named(Role::Project, image, alt, report) {
                all.entry(slug.clone()).or_default().insert(file.to_string(), view);
            }
        }
    }
    all
}

/// Every member in short form, by name.
pub(crate) fn members(
    site: &Site,
    sheets: &Sheets,
    portraits: &BTreeMap<String, PictureView>,
    routes: &Routes,
) -> Members {
    let parties = parties(site);
    let party = |slug: &str| parties.get(slug).map(|party| (*party).to_owned());
    let rows = roster::rows(sheets.values().map(Arc::as_ref), &party);
    let member = |row: Row| MemberView {
        url: routes.profile(&row.slug).map(|route| routes.href(route)).unwrap_or_default(),
        picture: portraits.get(&row.slug).cloned(),
        row,
    };
    let mut members = Members::default();
    for (index, member) in rows.into_iter().map(member).enumerate() {
        members.places.insert(member.row.slug.clone(), index);
        if let Some(party) = &member.row.party {
            members.parties.entry(party.clone()).or_default().push(index);
        }
        members.all.push(Arc::new(member));
    }
    members
}

/// Member → the party they name, or the first of `guild.yaml` that holds them.
fn parties(site: &Site) -> BTreeMap<&str, &str> {
    let mut parties = BTreeMap::new();
    for (slug, profile) in &site.profiles {
        parties.extend(profile.party.as_deref().map(|party| (slug.as_str(), party)));
    }
    for (party, members) in site.guild.iter().flat_map(|guild| &guild.parties) {
        for member in members {
            parties.entry(member.as_str()).or_insert(party.as_str());
        }
    }
    parties
}

/// The members of a site in short form.
#[derive(Default)]
pub(crate) struct Members {
    /// By name.
    pub all: Vec<Arc<MemberView>>,
    /// Where in `all` a member is, by slug.
    places: BTreeMap<String, usize>,
    /// Where in `all` the members of a party are, by its name.
    parties: BTreeMap<String, Vec<usize>>,
}

impl Members {
    fn get(&self, slug: &str) -> Option<&Arc<MemberView>> {
        self.places.get(slug).map(|index| &self.all[*index])
    }

    /// Others of the same party, at most six.
    fn companions(&self, slug: &str, party: Option<&str>) -> Vec<Arc<MemberView>> {
        let members = party.and_then(|party| self.parties.get(party));
        let members = members.into_iter().flatten().map(|index| &self.all[*index]);
        members.filter(|member| member.row.slug != slug).take(6).cloned().collect()
    }
}

/// The variable `profile` of a sheet's page.
pub(crate) fn profile_view(
    stage: &Stage<'_>,
    slug: &str,
    sheet: &Arc<Sheet>,
    members: &Members,
    pictures: &ProjectPictures,
    posts: &[Text<'_>],
) -> ProfileView {
    let routes = stage.routes;
    let profile = &stage.site.profiles[slug];
    let is_guild = stage.site.guild.is_some();
    let own = members.get(slug);
    let party = own.and_then(|member| member.row.party.clone());
    let by_them = |text: &&Text<'_>| {
        (!is_guild && text.page.authors.is_empty()) || text.page.authors.iter().any(|it| it == slug)
    };
    ProfileView {
        page_url: routes.profile(slug).map(|route| routes.href(route)).unwrap_or_default(),
        resume_url: routes.href(&resume_route(profile, is_guild)),
        picture: own.and_then(|member| member.picture.clone()),
        pictures: pictures.clone(),
        guild: stage
            .site
            .guild
            .as_ref()
            .map(|guild| PlaceView { title: guild.name.clone(), url: routes.href("/") }),
        posts: posts.iter().filter(by_them).take(6).map(|text| text.item(stage)).collect(),
        skill_urls: skill_urls(sheet, routes),
        companions: members.companions(slug, party.as_deref()),
        party,
        sheet: sheet.clone(),
    }
}

/// A sheet as components in texts get it, before its prose is rendered.
pub(crate) fn bare_view(sheet: &Arc<Sheet>, routes: &Routes) -> BareView {
    BareView { sheet: sheet.clone(), skill_urls: skill_urls(sheet, routes) }
}

/// The address of every skill the sheet names.
fn skill_urls(sheet: &Sheet, routes: &Routes) -> BTreeMap<String, String> {
    let lines = sheet.skills.iter().flat_map(|group| &group.skills).map(|line| &line.slug);
    let nodes = sheet.tree.iter().flat_map(|tree| &tree.nodes).map(|node| &node.slug);
    let positions = sheet.work.iter().chain(&sheet.volunteer).flat_map(|line| &line.positions);
    let used = positions
        .flat_map(|position| &position.skills)
        .chain(sheet.projects.iter().flat_map(|project| &project.skills))
        .map(|(_, slug)| slug);
    lines
        .chain(nodes)
        .chain(used)
        .filter_map(|slug| Some((slug.clone(), routes.href(routes.skill_by_slug(slug)?))))
        .collect()
}
