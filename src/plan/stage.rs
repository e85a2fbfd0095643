//! The context that planning any kind of page needs.

use super::routes::{Routes, file_of};
use super::task::Task;
use super::views::{FeedsView, ImageView, NavView, PageView, RarityView, SiteView};
use super::{cards, icons};
use crate::engine::Job;
use crate::load::{Page, Site};
use crate::model::collation;
use crate::model::when;
use crate::path::SitePath;
use crate::render::json_ld;
use crate::theme::{Theme, Themes, Var, Vars};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The site with everything that is the same for all its pages.
pub(crate) struct Stage<'a> {
    pub site: &'a Site,
    pub themes: &'a Themes,
    pub routes: &'a Routes,
    pub title: String,
    /// The template variable `site`, by the language of the theme's texts.
    site_vars: BTreeMap<String, Arc<Var>>,
    pub today_var: Arc<Var>,
}

impl<'a> Stage<'a> {
    /// The sort key of a name in the site's language.
    pub(crate) fn name_key(&self, name: &str) -> String {
        collation::key(name, &self.site.config.languages[0])
    }

    pub(crate) fn new(
        site: &'a Site,
        themes: &'a Themes,
        routes: &'a Routes,
        today: Date,
    ) -> Stage<'a> {
        let title = title(site);
        let wording = &themes.named(None).wording;
        let view = |theme: &Arc<Theme>| {
            let view = site_view(site, routes, &title, &theme.language);
            (theme.language.clone(), Arc::new(Var::shared(view)))
        };
        Stage {
            site,
            themes,
            routes,
            site_vars: themes.iter().map(view).collect(),
            title,
            today_var: Arc::new(Var::shared(when::date_text(&today.into(), wording))),
        }
    }

    /// The part of `page` that all kinds of page share.
    pub(crate) fn head(
        &self,
        route: &str,
        kind: &'static str,
        title: &str,
        description: String,
    ) -> PageView {
        let full_title = if title == self.title {
            title.to_owned()
        } else {
            format!("{title} · {}", self.title)
        };
        PageView {
            kind,
            title: title.to_owned(),
            full_title,
            description,
            url: self.routes.href(route),
            canonical: self.routes.absolute(route),
            image: self.preview(route, kind, title),
            json_ld: (kind != "404").then(|| self.trail(route, title)),
            ..PageView::default()
        }
    }

    /// The preview picture of a page: its own card, or the front page's.
    fn preview(&self, route: &str, kind: &str, title: &str) -> Option<ImageView> {
        match kind {
            "404" => None,
            "sheet" | "hall" | "page" | "post" => cards::preview(self.routes, route, title),
            _ => cards::preview(self.routes, "/", &self.title),
        }
    }

    /// Linked data of a page that is neither a person nor a post: breadcrumbs.
    fn trail(&self, route: &str, title: &str) -> String {
        let section = match route.split('/').nth(1) {
            Some("skills") if route != "/skills/" => Some(("Skills", "/skills/")),
            Some("posts") if route != "/posts/" => Some(("Writing", "/posts/")),
            _ => None,
        };
        let home = (self.title.as_str(), "/");
        let steps = [Some(home), section, Some((title, route)).filter(|_| route != "/")];
        let full =
            |route: &str| self.routes.absolute(route).unwrap_or_else(|| self.routes.href(route));
        let steps = steps.into_iter().flatten();
        let steps: Vec<(String, String)> =
            steps.map(|(name, route)| (name.to_owned(), full(route))).collect();
        json_ld::breadcrumbs(&steps)
    }

    /// A page in the site's theme, or in the profile's own.
    pub(crate) fn page(
        &self,
        theme: &Arc<Theme>,
        route: &str,
        template: &str,
        page: PageView,
        more: impl IntoIterator<Item = (&'static str, Arc<Var>)>,
    ) -> Option<Job<Task>> {
        let mut vars: Vars = [
            ("site", self.site_vars[&theme.language].clone()),
            ("today", self.today_var.clone()),
            ("theme", theme.options.clone()),
            ("t", theme.words.clone()),
            ("page", Arc::new(Var::new(page))),
        ]
        .into();
        vars.extend(more);
        let templates = theme.templates.clone();
        let task = Task::Page { templates, template: template.to_owned(), vars, origin: None };
        Some(Job { path: file_of(route)?, task })
    }

    /// Variables that are the same on every page of the site's theme.
    pub(crate) fn implicit(&self) -> Vars {
        let theme = self.theme();
        [
            ("site", self.site_vars[&theme.language].clone()),
            ("today", self.today_var.clone()),
            ("theme", theme.options.clone()),
            ("t", theme.words.clone()),
        ]
        .into()
    }

    /// The site's own theme.
    pub(crate) fn theme(&self) -> &Arc<Theme> {
        self.themes.named(None)
    }

    /// The URL at which the source of a page can be edited.
    pub(crate) fn edit_url(&self, file: &SitePath) -> Option<String> {
        self.site.config.edit.as_ref().map(|pattern| pattern.replace("{path}", file.as_str()))
    }
}

/// The site's title; a solo site without one is named after its person.
fn title(site: &Site) -> String {
    let of_guild = site.guild.as_ref().map(|guild| guild.name.clone());
    let of_person = || site.profiles.values().next().map(|profile| profile.name.clone());
    site.config.title.clone().or(of_guild).or_else(of_person).unwrap_or_else(|| "Questfolio".into())
}

fn site_view(site: &Site, routes: &Routes, title: &str, language: &str) -> SiteView {
    let config = &site.config;
    let feed = |on: bool, route: &str| (on && config.url.is_some()).then(|| routes.href(route));
    SiteView {
        title: title.to_owned(),
        description: config.description.clone(),
        language: language.to_owned(),
        words: config.words,
        rarities: rarities(site),
        base: routes.base().to_owned(),
        home: routes.href("/"),
        is_guild: site.guild.is_some(),
        nav: navigation(site, routes),
        feeds: FeedsView {
            atom: feed(config.feeds.atom, "/feed.xml"),
            json: feed(config.feeds.json, "/feed.json"),
        },
        icons: icons::view(site, routes),
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
fn navigation(site: &Site, routes: &Routes) -> Vec<NavView> {
    if !site.config.nav.is_empty() {
        let link = |(label, url): &(String, String)| NavView {
            label: label.clone(),
            url: if url.starts_with('/') { routes.href(url) } else { url.clone() },
        };
        return site.config.nav.iter().map(link).collect();
    }
    let mut nav = Vec::new();
    let layout = routes.layout();
    if layout.has_front {
        let name = site.guild.as_ref().map_or("Sheet", |guild| &guild.name);
        let only = site.profiles.keys().next().map(|slug| layout.profile(slug));
        let route = if layout.is_guild { Some(layout.hall().to_owned()) } else { only };
        nav.extend(route.map(|route| (name, route)));
    }
    let is_listed = |page: &&Page| !page.is_front() && !page.slug.contains('/');
    let mut pages: Vec<_> = site.pages.iter().filter(is_listed).collect();
    let language = &site.config.languages[0];
    pages.sort_by_cached_key(|page| (page.weight, collation::key(&page.title, language)));
    let pages =
        pages.into_iter().take(4).map(|page| (page.title.as_str(), format!("/{}/", page.slug)));
    nav.extend(pages);
    if !site.posts.is_empty() {
        nav.push(("Writing", "/posts/".to_owned()));
    }
    if site.guild.is_some() && routes.skills().next().is_some() {
        nav.push(("Skills", "/skills/".to_owned()));
    }
    nav.into_iter()
        .map(|(label, route)| NavView { label: label.to_owned(), url: routes.href(&route) })
        .collect()
}
