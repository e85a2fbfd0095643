//! Path and URL of everything, defined once: where an output file is written and how pages refer to
//! it.

use super::memory::{Memory, RoutesSource};
use crate::digest::Digest;
use crate::engine::memo::Same;
use crate::load::{Page, Site, Sort};
use crate::path::{SitePath, percent_encoded};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The addresses of sheets and of the guild's hall. A front page of the author's own takes the
/// address `/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether several people share the site.
    pub is_guild: bool,
    /// Whether the site has a `content/pages/index.md`.
    pub has_front: bool,
}

impl Layout {
    /// The layout of a site.
    pub fn of(site: &Site) -> Layout {
        let has_front = site.pages.iter().any(Page::is_front);
        Layout { is_guild: site.guild.is_some(), has_front }
    }

    /// The route of a profile's sheet.
    pub fn profile(self, slug: &str) -> String {
        match self {
            Layout { is_guild: true, .. } => format!("/profiles/{slug}/"),
            Layout { has_front: true, .. } => "/sheet/".to_owned(),
            _ => "/".to_owned(),
        }
    }

    /// The route of a guild's hall.
    pub fn hall(self) -> &'static str {
        if self.has_front { "/guild/" } else { "/" }
    }

    /// The route of a profile's `resume.json`.
    pub fn resume(self, slug: &str) -> String {
        format!("{}resume.json", self.profile(slug))
    }
}

/// The routes of a site. A route is relative to the site's root; it starts with a slash, and that
/// of a page ends with one.
#[derive(Debug)]
pub struct Routes {
    base: String,
    url: Option<String>,
    layout: Layout,
    profiles: BTreeMap<String, String>,
    skills: BTreeMap<String, (String, String)>,
    pages: BTreeMap<SitePath, String>,
    texts: BTreeSet<String>,
    drafts: BTreeMap<SitePath, String>,
}

impl Routes {
    /// The routes of a site with these published skills (slug → name).
    pub fn new(site: &Site, skills: &BTreeMap<String, String>) -> Routes {
        let layout = Layout::of(site);
        let profiles =
            site.profiles.keys().map(|slug| (slug.clone(), layout.profile(slug))).collect();
        let pages: BTreeMap<SitePath, String> = site
            .pages
            .iter()
            .map(|page| (page.file.clone(), page_route(page)))
            .chain(site.posts.iter().map(|post| (post.file.clone(), post_route(post))))
            .collect();
        let skills = skills
            .iter()
            .map(|(slug, name)| (slug.clone(), (name.clone(), format!("/skills/{slug}/"))))
            .collect();
        Routes {
            base: site.config.base_path().to_owned(),
            url: site.config.url.clone(),
            layout,
            profiles,
            skills,
            texts: pages.values().cloned().collect(),
            drafts: site.drafts.clone(),
            pages,
        }
    }

    /// The routes of the previous build, if their inputs are unchanged.
    pub(super) fn kept(
        site: &Site,
        skills: &Arc<BTreeMap<String, String>>,
        memory: &Memory,
    ) -> Arc<Routes> {
        let slugs: String = site.profiles.keys().flat_map(|slug| [slug, "\n"]).collect();
        let of = |page: &Page| (page.file.clone(), page.slug.clone());
        let source = RoutesSource {
            base: site.config.base_path().to_owned(),
            url: site.config.url.clone(),
            is_guild: site.guild.is_some(),
            slugs: Digest::of_bytes(slugs.as_bytes()),
            skills: Same(skills.clone()),
            texts: [&site.pages, &site.posts].map(|texts| texts.iter().map(of).collect()),
            drafts: site.drafts.clone(),
        };
        memory.routes.get(source, || Routes::new(site, skills))
    }

    /// The profile whose sheet is in this output file.
    pub(super) fn profile_at(&self, file: &SitePath) -> Option<&str> {
        let slug = match self.layout.is_guild {
            true => file.strip_prefix("profiles")?.strip_suffix("/index.html")?,
            false => {
                let only = self.profile_slugs().next()?;
                return (file_of(&self.layout.profile(only)).as_ref() == Some(file))
                    .then_some(only);
            }
        };
        self.profiles.get_key_value(slug).map(|(slug, _)| slug.as_str())
    }

    /// A profile's route.
    pub fn profile(&self, slug: &str) -> Option<&str> {
        self.profiles.get(slug).map(String::as_str)
    }

    /// The slugs of all profiles.
    pub fn profile_slugs(&self) -> impl Iterator<Item = &str> {
        self.profiles.keys().map(String::as_str)
    }

    /// A skill's route, by slug or by name.
    pub fn skill(&self, name: &str) -> Option<&str> {
        self.skill_by_slug(&crate::model::slug::slugify(name)?)
    }

    /// A skill's route, by slug.
    pub fn skill_by_slug(&self, slug: &str) -> Option<&str> {
        self.skills.get(slug).map(|(_, route)| route.as_str())
    }

    /// A skill's name.
    pub fn skill_name(&self, slug: &str) -> Option<&str> {
        self.skills.get(slug).map(|(name, _)| name.as_str())
    }

    /// All skills: slug and name.
    pub fn skills(&self) -> impl Iterator<Item = (&str, &str)> {
        self.skills.iter().map(|(slug, (name, _))| (slug.as_str(), name.as_str()))
    }

    /// The names of all skills.
    pub fn skill_names(&self) -> impl Iterator<Item = &str> {
        self.skills.values().map(|(name, _)| name.as_str())
    }

    /// The route of the page made from a Markdown file.
    pub fn page(&self, file: &SitePath) -> Option<&str> {
        self.pages.get(file).map(String::as_str)
    }

    /// Whether a route is that of a page made from Markdown.
    pub fn is_text(&self, route: &str) -> bool {
        self.texts.contains(route)
    }

    /// Whether this file, or the page published at this address, is a draft.
    pub fn is_draft(&self, file: Option<&SitePath>, address: &str) -> bool {
        let is_it = |(draft, at): (&SitePath, &String)| Some(draft) == file || at == address;
        self.drafts.iter().any(is_it)
    }

    /// Every Markdown file that becomes a page.
    pub fn page_files(&self) -> impl Iterator<Item = &SitePath> {
        self.pages.keys()
    }

    /// The URL of a route as pages refer to it: with the base path.
    pub fn href(&self, route: &str) -> String {
        format!("{}{}", self.base, percent_encoded(route))
    }

    /// The absolute URL of a route; `None` for a site without a configured address.
    pub fn absolute(&self, route: &str) -> Option<String> {
        self.url.as_ref().map(|url| format!("{url}{}", percent_encoded(route)))
    }

    /// Whether several people share the site.
    pub fn is_guild(&self) -> bool {
        self.layout.is_guild
    }

    /// The layout these routes were made with.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Every route.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let skills = self.skills.values().map(|(_, route)| route.as_str());
        let pages = self.pages.values().map(String::as_str);
        let hall = self.layout.is_guild.then(|| self.layout.hall());
        self.profiles.values().map(String::as_str).chain(hall).chain(skills).chain(pages)
    }

    /// The base path: empty, or `/repo`.
    pub fn base(&self) -> &str {
        &self.base
    }
}

/// The output file of a route: `/skills/rust/` → `skills/rust/index.html`, `/404.html` →
/// `404.html`. `None` if the route is not a valid path.
pub fn file_of(route: &str) -> Option<SitePath> {
    let path = route.strip_prefix('/')?;
    if path.is_empty() || path.ends_with('/') {
        return SitePath::new(format!("{path}index.html"));
    }
    SitePath::new(path)
}

/// The output file of the page that redirects from an old address.
pub(super) fn alias_file(alias: &str) -> Option<SitePath> {
    let route = format!("/{}", alias.trim_matches('/'));
    file_of(&if route.ends_with(".html") { route } else { format!("{route}/") })
}

pub(super) fn page_route(page: &Page) -> String {
    if page.is_front() { "/".to_owned() } else { Sort::Page.address(&page.slug) }
}

pub(super) fn post_route(post: &Page) -> String {
    Sort::Post.address(&post.slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_become_files() {
        let file = |route| file_of(route).map(|path| path.to_string());
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/skills/rust/").as_deref(), Some("skills/rust/index.html"));
        assert_eq!(file("/404.html").as_deref(), Some("404.html"));
        assert_eq!(file("/../x/"), None);
    }
}
