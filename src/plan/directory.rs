//! The directory of a site: everything it publishes, by address. Links, cards, the sitemap,
//! breadcrumbs, the navigation and clashes all ask it; nothing else knows which pages exist.

use crate::digest::Digest;
use crate::engine::memo::ByAddress;
use crate::load::{Config, Page};
use crate::path::{SitePath, percent_decoded, percent_encoded};
use crate::span::Span;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What a page shows; pages of one kind share a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PageKind {
    /// A person.
    Sheet,
    /// The guild.
    Hall,
    /// A Markdown file of `content/pages`.
    Page,
    /// A Markdown file of `content/posts`.
    Post,
    /// The list of posts.
    Posts,
    /// A skill and those who have it.
    Skill,
    /// The list of skills.
    Skills,
    /// The answer to addresses where there is no page.
    NotFound,
}

/// The number of kinds.
const KINDS: usize = PageKind::NotFound as usize + 1;

impl PageKind {
    /// The value of `page.kind` in templates.
    pub(crate) fn name(self) -> &'static str {
        match self {
            PageKind::Sheet => "sheet",
            PageKind::Hall => "hall",
            PageKind::Page => "page",
            PageKind::Post => "post",
            PageKind::Posts => "posts",
            PageKind::Skill => "skill",
            PageKind::Skills => "skills",
            PageKind::NotFound => "404",
        }
    }

    /// Whether the page is made from a Markdown file.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, PageKind::Page | PageKind::Post)
    }
}

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What it shows.
    pub kind: PageKind,
    /// Distinguishes pages of one kind; empty for lists.
    pub slug: String,
    /// The address relative to the site's root, with a slash at the start and, unless it names a
    /// file, at the end.
    pub route: String,
    pub title: String,
    /// The file it is made from.
    pub source: Option<Span>,
    /// Sort weight among its siblings, lowest first.
    pub weight: i64,
    /// The day of the last change, if known.
    pub updated: Option<Date>,
    /// The route of the list that it is in.
    pub section: Option<&'static str>,
    /// Whether it has a picture for previews of its own.
    pub has_card: bool,
    pub in_sitemap: bool,
}

impl Entry {
    /// A page without a source, a date or a list.
    pub(crate) fn new(kind: PageKind, slug: &str, route: String, title: &str) -> Entry {
        Entry {
            kind,
            slug: slug.to_owned(),
            route,
            title: title.to_owned(),
            source: None,
            weight: 0,
            updated: None,
            section: None,
            has_card: matches!(kind, PageKind::Sheet | PageKind::Hall) || kind.is_text(),
            in_sitemap: kind != PageKind::NotFound,
        }
    }

    /// A page made from a Markdown file.
    pub(crate) fn of_text(kind: PageKind, page: &Page, route: String) -> Entry {
        Entry {
            source: Some(Span::file(&page.file)),
            weight: page.weight,
            updated: page.updated.or(page.date).map(|stamp| stamp.day()),
            ..Entry::new(kind, &page.slug, route, &page.title)
        }
    }

    /// The route of its card, if it has one.
    pub(crate) fn card(&self) -> Option<String> {
        self.has_card.then(|| format!("{}{CARD}", self.route))
    }
}

/// The name of a card, beside the page it belongs to.
const CARD: &str = "card.png";

/// Where a published file that is not a page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileKind {
    /// `resume.json` of a profile.
    Resume,
    /// Made by Questfolio from several files.
    Generated,
    /// Copied from a theme.
    Theme,
    /// Copied from `static/`.
    Static,
    /// The page at an earlier address, which leads to the present one.
    Redirect,
}

/// A published file other than a page.
#[derive(Clone, Debug)]
pub(crate) struct FileEntry {
    pub kind: FileKind,
    pub route: String,
    /// The file, or the line of a file, that asks for it.
    pub source: Option<Span>,
}

/// What a published file is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SourceKind {
    Profile,
    Text,
    Static,
    Alias,
}

/// The inputs of a directory.
#[derive(Debug, PartialEq)]
pub(super) struct DirectorySource {
    pub config: Config,
    /// Slug → name of each published skill.
    pub skills: ByAddress<BTreeMap<String, String>>,
    pub statics: Vec<SitePath>,
    pub drafts: BTreeMap<SitePath, String>,
    /// Of what profiles, texts, the guild and the themes add.
    pub others: Digest,
}

/// Every page and every other file of a site.
#[derive(Debug)]
pub(crate) struct Directory {
    /// Path of the site below its host: empty, or `/repo`.
    base: String,
    /// Absolute URL of the site, without a slash at the end.
    url: Option<String>,
    /// Ordered by kind and slug.
    entries: Vec<Entry>,
    /// The index in `entries` at which each kind starts, and their end.
    starts: [usize; KINDS + 1],
    /// Indices in `entries`, by route.
    by_route: Vec<usize>,
    /// Indices in `entries` of pages made from Markdown, by file.
    by_file: BTreeMap<SitePath, usize>,
    /// Ordered by route.
    files: Vec<FileEntry>,
    /// Files left out as drafts, with the routes they will have.
    drafts: BTreeMap<SitePath, String>,
}

impl Directory {
    /// The directory of these pages and files. Cards need an absolute URL.
    pub(crate) fn new(
        config: &Config,
        mut entries: Vec<Entry>,
        mut files: Vec<FileEntry>,
        drafts: BTreeMap<SitePath, String>,
    ) -> Directory {
        if config.url.is_none() {
            entries.iter_mut().for_each(|entry| entry.has_card = false);
        }
        entries.sort_by(|a, b| (a.kind, &a.slug).cmp(&(b.kind, &b.slug)));
        files.sort_by(|a, b| a.route.cmp(&b.route));
        let mut by_route: Vec<usize> = (0..entries.len()).collect();
        by_route.sort_by_key(|index| &entries[*index].route);
        let texts = entries.iter().enumerate().filter(|(_, entry)| entry.kind.is_text());
        let by_file =
            texts.filter_map(|(index, entry)| Some((entry.source.as_ref()?.file.clone(), index)));
        let start = |kind| entries.partition_point(|entry| (entry.kind as usize) < kind);
        Directory {
            starts: std::array::from_fn(start),
            base: config.base_path().to_owned(),
            url: config.url.clone(),
            by_file: by_file.collect(),
            by_route,
            entries,
            files,
            drafts,
        }
    }

    /// Every page, ordered by route.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.by_route.iter().map(|index| &self.entries[*index])
    }

    /// The pages of one kind, ordered by slug.
    pub(crate) fn of_kind(&self, kind: PageKind) -> &[Entry] {
        let index = kind as usize;
        &self.entries[self.starts[index]..self.starts[index + 1]]
    }

    /// The only page of a kind.
    pub(crate) fn only(&self, kind: PageKind) -> Option<&Entry> {
        self.of_kind(kind).first()
    }

    /// The page of this kind and slug.
    pub(crate) fn find(&self, kind: PageKind, slug: &str) -> Option<&Entry> {
        let of_kind = self.of_kind(kind);
        let index = of_kind.binary_search_by(|entry| entry.slug.as_str().cmp(slug)).ok()?;
        of_kind.get(index)
    }

    /// The page at a route.
    pub(crate) fn at(&self, route: &str) -> Option<&Entry> {
        self.all_at(route).next()
    }

    fn all_at(&self, route: &str) -> impl Iterator<Item = &Entry> {
        let start = self.by_route.partition_point(|it| self.entries[*it].route.as_str() < route);
        let rest = self.by_route[start..].iter().map(|index| &self.entries[*index]);
        rest.take_while(move |entry| entry.route == route)
    }

    fn files_at(&self, route: &str) -> impl Iterator<Item = &FileEntry> {
        let start = self.files.partition_point(|file| file.route.as_str() < route);
        self.files[start..].iter().take_while(move |file| file.route == route)
    }

    /// The page in this output file.
    pub(crate) fn page_in(&self, file: &SitePath) -> Option<&Entry> {
        self.at(&route_of(file))
    }

    /// The page made from this Markdown file.
    pub(crate) fn text(&self, file: &SitePath) -> Option<&Entry> {
        self.by_file.get(file).map(|index| &self.entries[*index])
    }

    /// Every Markdown file that becomes a page.
    pub(crate) fn text_files(&self) -> impl Iterator<Item = &SitePath> {
        self.by_file.keys()
    }

    /// Whether this file, or the page to be published at this route, is a draft.
    pub(crate) fn is_draft(&self, file: Option<&SitePath>, route: &str) -> bool {
        self.drafts.iter().any(|(draft, at)| Some(draft) == file || at == route)
    }

    /// Whether there is a file other than a page at this route.
    pub(crate) fn has_file(&self, route: &str) -> bool {
        self.files_at(route).next().is_some()
    }

    /// The published spelling of an address that a link may point to: file names may be
    /// percent-encoded or in another Unicode normal form.
    pub(crate) fn published(&self, address: &str) -> Option<String> {
        if self.has(address) {
            return Some(address.to_owned());
        }
        let plain = percent_decoded(address)?;
        let spellings = [plain.nfc().collect(), plain.nfd().collect(), plain];
        spellings.into_iter().find(|it: &String| self.has(it))
    }

    fn has(&self, address: &str) -> bool {
        let owner = address.strip_suffix(CARD).and_then(|route| self.at(route));
        self.at(address).is_some()
            || owner.is_some_and(|entry| entry.has_card)
            || self.files_at(address).any(|file| file.kind != FileKind::Redirect)
    }

    /// Every address that a link may point to, those of pages first.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        let pages = self.entries().map(|entry| entry.route.as_str());
        let files = self.files.iter().filter(|file| file.kind != FileKind::Redirect);
        pages.chain(files.map(|file| file.route.as_str()))
    }

    /// Every file, or line of a file, that is published at one of these paths.
    pub(crate) fn sources(&self, paths: &[&SitePath]) -> Vec<(Span, SourceKind)> {
        let mut sources: Vec<(SourceKind, &Span)> = Vec::new();
        for path in paths {
            for route in BTreeSet::from([route_of(path), format!("/{path}")]) {
                let pages = self.all_at(&route).filter_map(|entry| {
                    let kind = match entry.kind {
                        PageKind::Sheet => SourceKind::Profile,
                        PageKind::Page | PageKind::Post => SourceKind::Text,
                        _ => return None,
                    };
                    Some((kind, entry.source.as_ref()?))
                });
                let files = self.files_at(&route).filter_map(|file| {
                    let kind = match file.kind {
                        FileKind::Resume => SourceKind::Profile,
                        FileKind::Static => SourceKind::Static,
                        FileKind::Redirect => SourceKind::Alias,
                        FileKind::Generated | FileKind::Theme => return None,
                    };
                    Some((kind, file.source.as_ref()?))
                });
                sources.extend(pages.chain(files));
            }
        }
        sources.sort_by_key(|(kind, _)| *kind);
        sources.dedup();
        sources.into_iter().map(|(kind, span)| (span.clone(), kind)).collect()
    }

    /// The URL of a route as pages refer to it: with the base path.
    pub(crate) fn href(&self, route: &str) -> String {
        format!("{}{}", self.base, percent_encoded(route))
    }

    /// The absolute URL of a route; `None` for a site without a configured URL.
    pub(crate) fn absolute(&self, route: &str) -> Option<String> {
        self.url.as_ref().map(|url| format!("{url}{}", percent_encoded(route)))
    }

    /// The absolute URL of a route; without a configured URL, as pages refer to it.
    pub(crate) fn full(&self, route: &str) -> String {
        self.absolute(route).unwrap_or_else(|| self.href(route))
    }

    /// The path of the site below its host: empty, or `/repo`.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }
}

/// The output file of a route: `/skills/rust/` → `skills/rust/index.html`, `/404.html` →
/// `404.html`. `None` if the route is not a valid path.
pub(crate) fn file_of(route: &str) -> Option<SitePath> {
    let path = route.strip_prefix('/')?;
    if path.is_empty() || path.ends_with('/') {
        return SitePath::new(format!("{path}index.html"));
    }
    SitePath::new(path)
}

/// The route of an output file: `skills/rust/index.html` → `/skills/rust/`.
fn route_of(file: &SitePath) -> String {
    match file.as_str().strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_become_files_and_files_routes() {
        let file = |route| file_of(route).map(|path| path.to_string());
        assert_eq!(file("/").as_deref(), Some("index.html"));
        assert_eq!(file("/skills/rust/").as_deref(), Some("skills/rust/index.html"));
        assert_eq!(file("/404.html").as_deref(), Some("404.html"));
        assert_eq!(file("/../x/"), None);
        for route in ["/", "/skills/rust/", "/404.html", "/my-index.html"] {
            assert_eq!(route_of(&file_of(route).unwrap()), route);
        }
    }
}
