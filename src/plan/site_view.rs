//! The template variable `site`: title, navigation, feeds, icons.

use super::directory::{Directory, Entry, PageKind};
use super::edition::Edition;
use super::views::{FeedsView, NavView, RarityView, SiteView};
use super::{feeds, icons};
use crate::load::Site;
use crate::model::collation;
use crate::model::wording::Wording;
use crate::theme::{Themes, Var};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The site's title; a solo site without one is named after its person.
pub(crate) fn title(site: &Site) -> String {
    let of_guild = site.guild.as_ref().map(|guild| guild.name.clone());
    let of_person = || site.profiles.values().next().map(|profile| profile.name.clone());
    site.config.title.clone().or(of_guild).or_else(of_person).unwrap_or_else(|| "Questfolio".into())
}

/// The template variable `site`, by the language of the theme's texts.
pub(crate) fn vars(
    site: &Site,
    themes: &Themes,
    directory: &Directory,
    edition: &Edition,
    title: &str,
) -> BTreeMap<String, Arc<Var>> {
    themes
        .iter()
        .map(|theme| {
            let nav = navigation(site, directory, edition, &themes.named(None).wording);
            let view = view(site, directory, title, &theme.language, nav);
            (theme.language.clone(), Arc::new(Var::shared(view)))
        })
        .collect()
}

fn view(
    site: &Site,
    directory: &Directory,
    title: &str,
    language: &str,
    nav: Vec<NavView>,
) -> SiteView {
    let config = &site.config;
    let feed = |route: &str| directory.has_file(route).then(|| directory.href(route));
    SiteView {
        title: title.to_owned(),
        description: config.description.clone(),
        language: language.to_owned(),
        words: config.words,
        rarities: rarities(site),
        base: directory.base().to_owned(),
        home: directory.href("/"),
        is_guild: site.guild.is_some(),
        nav,
        feeds: FeedsView { atom: feed(feeds::ATOM), json: feed(feeds::JSON) },
        icons: icons::view(directory),
        image_hosts: config.markdown.image_hosts.clone(),
        generator: concat!("Questfolio ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

fn rarities(site: &Site) -> Vec<RarityView> {
    let view =
        |word: &String| RarityView { word: word.clone(), shape: site.ruleset.shape_of(word) };
    site.ruleset.rarity.iter().map(view).collect()
}

/// The navigation from `site.yaml`. By default: the hall or the sheet if another page is the front
/// page, top-level pages by weight, posts, skills.
fn navigation(
    site: &Site,
    directory: &Directory,
    edition: &Edition,
    wording: &Wording,
) -> Vec<NavView> {
    let to = |label: &str, entry: &Entry| NavView {
        label: label.to_owned(),
        url: directory.href(&entry.route),
    };
    if !site.config.nav.is_empty() {
        let link = |(label, url): &(String, String)| NavView {
            label: label.clone(),
            url: if url.starts_with('/') { directory.href(url) } else { url.clone() },
        };
        return site.config.nav.iter().map(link).collect();
    }
    let mut nav = Vec::new();
    if directory.at("/").is_some_and(|front| front.kind == PageKind::Page) {
        let hall = directory.only(PageKind::Hall).map(|hall| to(&hall.title, hall));
        let sheet = || directory.only(PageKind::Sheet).map(|sheet| to(&wording.view_sheet, sheet));
        nav.extend(hall.or_else(sheet));
    }
    let pages = directory.of_kind(PageKind::Page).iter();
    let mut pages: Vec<&Entry> =
        pages.filter(|page| !page.slug.is_empty() && !page.slug.contains('/')).collect();
    pages.sort_by_cached_key(|page| {
        (page.weight, collation::key(&page.title, edition.language()), page.slug.as_str())
    });
    nav.extend(pages.into_iter().take(4).map(|page| to(&page.title, page)));
    nav.extend(directory.only(PageKind::Posts).map(|posts| to(&posts.title, posts)));
    let skills = directory.only(PageKind::Skills).filter(|_| site.guild.is_some());
    nav.extend(skills.map(|skills| to(&skills.title, skills)));
    nav
}
