//! Profiles → sheets with everything that depends on more than the profile: URLs, pictures, posts,
//! the guild.

use super::asked::{Asked, Listening, Manner};
use super::memory::{DraftSource, Memory, wanted_of};
use super::pictures::{Pictures, Role};
use super::routes::Routes;
use super::skill_names::{SkillNames, skill_urls};
use super::stage::Stage;
use super::surroundings::Around;
use super::texts::Text;
use super::views::{BareView, MemberView, PlaceView, ProfileView};
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::memo::{Rows, Same, unless_equal};
use crate::load::Site;
use crate::model::collation;
use crate::model::columns::columns;
use crate::model::derive;
use crate::model::link;
use crate::model::profile::Profile;
use crate::model::roster;
use crate::model::sheet::{LinkText, Prose, Sheet};
use crate::render::image::PictureView;
use crate::render::markdown;
use crate::theme::Themes;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

/// Every sheet; the prose is rendered for those that were wanted, and the others are drafts.
pub(crate) struct Sheets {
    drafts: Drafts,
    rendered: BTreeMap<String, Arc<Sheet>>,
}

impl Sheets {
    /// The sheet of this slug.
    pub(crate) fn get(&self, slug: &str) -> Option<&Arc<Sheet>> {
        let draft = || self.drafts.get(slug).map(|row| &row.value.bare);
        self.rendered.get(slug).or_else(draft)
    }

    /// Every sheet, by slug.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Arc<Sheet>> {
        self.drafts.iter().map(|(slug, row)| self.rendered.get(slug).unwrap_or(&row.value.bare))
    }

    /// The number of sheets.
    pub(crate) fn len(&self) -> usize {
        self.drafts.len()
    }

    /// The sheets whose prose is rendered, by slug.
    pub(crate) fn rendered(&self) -> &BTreeMap<String, Arc<Sheet>> {
        &self.rendered
    }
}

/// A sheet whose prose is not rendered yet, as components in texts may show it.
#[derive(Debug)]
pub(crate) struct Draft {
    pub bare: Arc<Sheet>,
    /// The prose taken out of the sheet, in the order of `Sheet::prose_mut`.
    pub prose: Vec<Prose>,
    pub skills: Arc<SkillNames>,
}

/// Drafts by slug.
pub(crate) type Drafts = Arc<Rows<String, DraftSource, Draft>>;

/// Every profile's draft, in the words of the theme it is shown in.
pub(crate) fn drafts(site: &Site, themes: &Themes, today: Date, memory: &Memory) -> Drafts {
    let source = |profile: &Arc<Profile>| {
        let wording = themes.named(profile.theme.as_deref()).wording.clone();
        (Same(profile.clone()), Same(site.ruleset.clone()), today, wording)
    };
    let sources = site.profiles.iter().map(|(slug, it)| (slug.as_str(), source(it)));
    memory.drafts.all(sources, |_, (profile, ruleset, today, wording), old| {
        let mut bare = derive::sheet(&profile.0, &ruleset.0, *today, wording);
        let mut prose = Vec::new();
        bare.prose_mut(&mut |it| prose.push(std::mem::take(it)));
        let skills = unless_equal(SkillNames::of(&bare), old.map(|old| &old.skills));
        Draft { bare: Arc::new(bare), prose, skills }
    })
}

/// Reports what sheets leave out on paper because their profiles limit the number of pages.
pub(crate) fn tell_left_out(site: &Site, drafts: &Drafts, report: &mut Report) {
    for (slug, row) in drafts.iter() {
        let Some(left_out) = &row.value.bare.left_out else { continue };
        let profile = site.profiles.get(slug);
        let at = profile.and_then(|profile| profile.places.get("paper").cloned());
        report.push(
            Diagnostic::warning("left-out-on-paper", left_out.as_str())
                .at_opt(at)
                .help("ask for more pages, or leave `paper` out: then everything is printed"),
        );
    }
}

/// A sheet with its prose rendered.
#[derive(Debug)]
pub(crate) struct Rendered {
    sheet: Arc<Sheet>,
    report: Report,
    asked: Vec<Asked>,
}

/// Every sheet; the prose of those that are `wanted` is rendered, in parallel.
pub(crate) fn rendered(
    drafts: &Drafts,
    wanted: Option<&BTreeSet<&str>>,
    around: &Around<'_>,
    memory: &Memory,
    report: &mut Report,
) -> Sheets {
    let mut sheets = BTreeMap::new();
    let manner = Manner::new(around.config, around.routes.is_guild());
    let source = |draft: &Arc<Draft>| (Same(draft.clone()), manner.clone());
    let holds = |it: &Rendered| it.asked.iter().all(|asked| asked.still_holds(around));
    let make = |_: &str, (draft, _): &(Same<Draft>, Manner), _: Option<&Rendered>| {
        render(&draft.0, around)
    };
    let mut put = |slug: &str, rendered: &Rendered| {
        report.extend(rendered.report.clone());
        sheets.insert(slug.to_owned(), rendered.sheet.clone());
    };
    match wanted {
        None => {
            let sources = drafts.iter().map(|(slug, row)| (slug.as_str(), source(&row.value)));
            let rows = memory.sheets.all_that_hold(sources, holds, make);
            rows.iter().for_each(|(slug, row)| put(slug, &row.value));
        }
        Some(wanted) => {
            let sources =
                wanted.iter().filter_map(|slug| Some((*slug, source(&drafts.get(*slug)?.value))));
            let values = memory.sheets.some_that_hold(sources, holds, make);
            values.iter().for_each(|(slug, value)| put(slug, value));
        }
    }
    Sheets { drafts: drafts.clone(), rendered: sheets }
}

fn render(draft: &Draft, around: &Around<'_>) -> Rendered {
    let mut report = Report::default();
    let mut around = Listening::new(around);
    let mut rendered = draft.prose.iter().enumerate().map(|(index, prose)| {
        around.scope = format!("t{}-", index + 1);
        let Prose { source, shape, .. } = prose;
        let document = markdown::render_field(source, *shape, &around, &mut report);
        Prose { source: source.clone(), shape: *shape, html: document.html, text: document.text }
    });
    let mut sheet = (*draft.bare).clone();
    sheet.prose_mut(&mut |prose| {
        *prose = rendered.next().expect("as many as were taken out");
    });
    drop(rendered);
    Rendered { sheet: Arc::new(sheet), report, asked: around.into_asked() }
}

/// Every portrait, prepared in parallel; those that are not `wanted` are as last shown.
pub(crate) fn portraits(
    site: &Site,
    wanted: Option<&BTreeSet<&str>>,
    pictures: &Pictures<'_>,
    memory: &Memory,
    report: &mut Report,
) -> Arc<BTreeMap<String, PictureView>> {
    let shown: Vec<(&String, Option<PictureView>, Report)> =
        site.profiles
            .par_iter()
            .filter(|(slug, _)| wanted.is_none_or(|wanted| wanted.contains(slug.as_str())))
            .map(|(slug, profile)| {
                let mut report = Report::default();
                let alt = format!("Portrait of {}", profile.name);
                let view = profile.image.as_ref().and_then(|portrait| {
                    pictures.named(Role::Portrait, portrait, &alt, &mut report)
                });
                (slug, view, report)
            })
            .collect();
    let mut last = memory.portraits.lock().unwrap_or_else(PoisonError::into_inner);
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

/// A member in lists, with its sort key.
#[derive(Debug)]
pub(crate) struct MemberRow {
    view: Arc<MemberView>,
    sorted_by: String,
}

/// Every member in short form, by name.
pub(crate) fn members(
    site: &Site,
    drafts: &Drafts,
    portraits: &BTreeMap<String, PictureView>,
    routes: &Arc<Routes>,
    memory: &Memory,
) -> Arc<Members> {
    let parties = parties(site);
    let language = &site.config.languages[0];
    let source = |slug: &str, draft: &Arc<Draft>| {
        let party = parties.get(slug).map(|party| (*party).to_owned());
        let picture = portraits.get(slug).cloned();
        (Same(draft.clone()), party, picture, Same(routes.clone()), language.clone())
    };
    let sources = drafts.iter().map(|(slug, row)| (slug.as_str(), source(slug, &row.value)));
    let rows = memory.rows.all(sources, |slug, (draft, party, picture, routes, language), old| {
        let row = roster::row(&draft.0.bare, party.clone());
        let sorted_by = collation::key(&row.name, language);
        let url = routes.0.profile(slug).map(|route| routes.0.href(route)).unwrap_or_default();
        let view = MemberView { url, picture: picture.clone(), row };
        MemberRow { view: unless_equal(view, old.map(|old| &old.view)), sorted_by }
    });
    let mut sorted: Vec<&MemberRow> = rows.values().map(|row| &*row.value).collect();
    // Equal names stay ordered by slug, as the sort is stable.
    sorted.sort_by(|a, b| a.sorted_by.cmp(&b.sorted_by));
    let views = sorted.iter().map(|row| Same(row.view.clone())).collect();
    memory.members.get(views, || Members::new(sorted.iter().map(|row| row.view.clone())))
}

/// Member → the party named in the profile, or else the first in `guild.yaml` that lists them.
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
#[derive(Debug)]
pub(crate) struct Members {
    /// Ordered by name.
    pub all: Vec<Arc<MemberView>>,
    /// Index in `all`, by slug.
    places: BTreeMap<String, usize>,
    /// Indices in `all` of a party's members, by party name.
    parties: BTreeMap<String, Vec<usize>>,
}

impl Members {
    fn new(views: impl Iterator<Item = Arc<MemberView>>) -> Members {
        let all: Vec<Arc<MemberView>> = views.collect();
        let places = all.iter().enumerate().map(|(index, it)| (it.row.slug.clone(), index));
        let mut parties: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, member) in all.iter().enumerate() {
            if let Some(party) = &member.row.party {
                parties.entry(party.clone()).or_default().push(index);
            }
        }
        Members { places: places.collect(), parties, all }
    }

    fn get(&self, slug: &str) -> Option<&Arc<MemberView>> {
        self.places.get(slug).map(|index| &self.all[*index])
    }

    /// Other members of the same party, at most six.
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
    let companions = members.companions(slug, party.as_deref());
    // A companion's portrait is two lines high.
    let team = if is_guild { 2 + companions.len() * 2 } else { 0 };
    ProfileView {
        columns: columns(sheet, team, profile.following.len()),
        page_url: routes.profile(slug).map(|route| routes.href(route)).unwrap_or_default(),
        resume_url: routes.href(&routes.layout().resume(&profile.slug)),
        picture: own.and_then(|member| member.picture.clone()),
        pictures: pictures.clone(),
        guild: stage.site.guild.as_ref().map(|guild| PlaceView {
            title: guild.name.clone(),
            url: routes.href(routes.layout().hall()),
        }),
        posts: posts.iter().filter(by_them).take(6).map(|text| text.item(stage)).collect(),
        skill_urls: skill_urls(sheet, routes),
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

/// A sheet as components in texts get it, before its prose is rendered.
pub(crate) fn bare_view(sheet: &Arc<Sheet>, routes: &Routes) -> BareView {
    BareView { sheet: sheet.clone(), skill_urls: skill_urls(sheet, routes) }
}
