//! What planning any page needs to know of its site.

use super::directory::{Directory, Entry, PageKind, file_of};
use super::edition::Edition;
use super::task::Task;
use super::views::{ImageView, PageView};
use crate::engine::Job;
use crate::load::Site;
use crate::model::collation;
use crate::path::SitePath;
use crate::render::drawing::CARD;
use crate::render::image::PictureView;
use crate::render::json_ld;
use crate::theme::{Theme, Themes, Var, Vars};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site with everything that is the same for all pages of one edition.
pub(crate) struct Context<'a> {
    pub edition: &'a Edition,
    pub site: &'a Site,
    pub themes: &'a Themes,
    pub directory: &'a Directory,
    /// The site's title.
    pub title: String,
    /// The template variable `site`, by the language of the theme's texts.
    pub site_vars: BTreeMap<String, Arc<Var>>,
    /// The template variable `today`.
    pub today: Arc<Var>,
}

impl Context<'_> {
    /// The sort key of a name in the edition's language.
    pub(crate) fn name_key(&self, name: &str) -> String {
        collation::key(name, self.edition.language())
    }

    /// The part of `page` that all kinds of page share. `title` is the entry's, or another.
    pub(crate) fn head(&self, entry: &Entry, title: &str, description: String) -> PageView {
        let full_title = if title == self.title {
            title.to_owned()
        } else {
            format!("{title} · {}", self.title)
        };
        let is_found = entry.kind != PageKind::NotFound;
        PageView {
            kind: entry.kind.name(),
            title: title.to_owned(),
            full_title,
            description,
            url: self.directory.href(&entry.route),
            canonical: self.directory.absolute(&entry.route).filter(|_| is_found),
            image: is_found.then(|| self.card(entry, title)).flatten(),
            json_ld: is_found.then(|| self.breadcrumbs(entry, title)),
            ..PageView::default()
        }
    }

    /// The preview picture of a page: its own card, or the front page's.
    fn card(&self, entry: &Entry, title: &str) -> Option<ImageView> {
        let own = entry.card().map(|card| (card, title));
        let front = || Some((self.directory.at("/")?.card()?, self.title.as_str()));
        let (card, alt) = own.or_else(front)?;
        Some(ImageView {
            url: self.directory.absolute(&card)?,
            width: CARD.0,
            height: CARD.1,
            mime: "image/png".to_owned(),
            alt: alt.to_owned(),
        })
    }

    /// A picture as the preview of a page: needs an absolute URL and a format that all sites can
    /// read.
    pub(crate) fn preview(&self, picture: &PictureView) -> Option<ImageView> {
        let route = picture.src.strip_prefix(self.directory.base())?;
        Some(ImageView {
            url: self.directory.absolute(route)?,
            width: picture.src_width,
            height: picture.src_height,
            mime: mime(&picture.src).to_owned(),
            alt: picture.alt.clone(),
        })
    }

    /// Linked data of a page that is neither a person nor a post.
    fn breadcrumbs(&self, entry: &Entry, title: &str) -> String {
        let section = entry.section.and_then(|route| self.directory.at(route));
        let section = section.map(|section| (section.title.as_str(), section.route.as_str()));
        let own = (entry.route != "/").then_some((title, entry.route.as_str()));
        let steps: Vec<(String, String)> = [Some((self.title.as_str(), "/")), section, own]
            .into_iter()
            .flatten()
            .map(|(name, route)| (name.to_owned(), self.directory.full(route)))
            .collect();
        json_ld::breadcrumbs(&steps)
    }

    /// The job of a page in the site's theme, or in the profile's own.
    pub(crate) fn page(
        &self,
        theme: &Arc<Theme>,
        entry: &Entry,
        template: &str,
        page: PageView,
        more: impl IntoIterator<Item = (&'static str, Arc<Var>)>,
    ) -> Option<Job<Task>> {
        let mut vars = self.theme_vars(theme);
        vars.insert("page", Arc::new(Var::new(page)));
        vars.extend(more);
        let templates = theme.templates.clone();
        let origin = entry.source.as_ref().map(|source| source.file.clone());
        let task = Task::Page { templates, template: template.to_owned(), vars, origin };
        Some(Job { path: file_of(&entry.route)?, task })
    }

    /// Variables that are the same on every page of the site's theme.
    pub(crate) fn implicit(&self) -> Vars {
        self.theme_vars(self.theme())
    }

    fn theme_vars(&self, theme: &Theme) -> Vars {
        [
            ("site", self.site_vars[&theme.language].clone()),
            ("today", self.today.clone()),
            ("theme", theme.options.clone()),
            ("t", theme.words.clone()),
        ]
        .into()
    }

    /// The site's own theme.
    pub(crate) fn theme(&self) -> &Arc<Theme> {
        self.themes.named(None)
    }

    /// The URL at which a source file can be edited.
    pub(crate) fn edit_url(&self, file: &SitePath) -> Option<String> {
        self.site.config.edit.as_ref().map(|pattern| pattern.replace("{path}", file.as_str()))
    }
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        _ => "image/jpeg",
    }
}
