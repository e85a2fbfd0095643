//! `content/pages` and `content/posts`: Markdown with front matter.

use crate::diagnostic::{Diagnostic, Report};
use crate::load::fields::Fields;
use crate::load::portrait;
use crate::load::read::Reader;
use crate::load::{document, heading};
use crate::model::date::PartialDate;
use crate::model::profile::Portrait;
use crate::model::publish_time::{DateOrTime, PublishTime};
use crate::model::slug::{self, is_slug, slugify};
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;
use crate::span::{Markdown, Span};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value};

/// The maximum number of aliases of one page.
const MAX_ALIASES: usize = 100;

/// Whether a file is a page or a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// Below `content/pages`.
    Pages,
    /// Below `content/posts`; has a date.
    Posts,
}

impl Collection {
    /// The folder of its files.
    pub fn folder(self) -> &'static str {
        match self {
            Collection::Pages => "content/pages",
            Collection::Posts => "content/posts",
        }
    }

    /// The address at which a page with this slug is published.
    pub fn address(self, slug: &str) -> String {
        match self {
            Collection::Pages => format!("/{slug}/"),
            Collection::Posts => format!("/posts/{slug}/"),
        }
    }
}

/// A page or a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// The file.
    pub file: SitePath,
    /// The address below `/` (pages) or `/posts/` (posts), without leading and trailing slashes:
    /// `manual/themes`. Empty for the front page, `content/pages/index.md`.
    pub slug: String,
    /// From the front matter, or the first heading.
    pub title: String,
    /// For descriptions and lists.
    pub description: Option<String>,
    /// From the front matter or the file's name.
    pub date: Option<PublishTime>,
    /// When it was last changed.
    pub updated: Option<PublishTime>,
    /// Slugs of members, or names.
    pub authors: Vec<String>,
    /// The source position of each author.
    #[serde(skip)]
    pub authors_at: Vec<Span>,
    /// Tags.
    pub tags: Vec<String>,
    /// The page's own template.
    pub template: Option<String>,
    /// The source position of the template.
    #[serde(skip)]
    pub template_at: Option<Span>,
    /// Old addresses, which redirect to the page.
    pub aliases: Vec<String>,
    /// The source position of each alias.
    #[serde(skip)]
    pub aliases_at: Vec<Span>,
    /// Sort weight among its siblings, lowest first.
    pub weight: i64,
    /// Only built with `--drafts`.
    pub draft: bool,
    /// Whether a table of contents is shown.
    pub toc: bool,
    /// A picture for the top of the page and for previews.
    pub image: Option<Portrait>,
    /// The theme's own keys.
    pub extra: Map<String, Value>,
    /// The text.
    pub body: Markdown,
}

impl Page {
    /// Whether it is the front page: `content/pages/index.md`.
    pub fn is_front(&self) -> bool {
        self.slug.is_empty()
    }
}

/// Reads one Markdown file; `None` if it cannot be a page, which has been reported. Dates are in
/// `zone`.
pub fn page(
    snapshot: &Snapshot,
    path: &SitePath,
    collection: Collection,
    zone: &TimeZone,
    report: &mut Report,
) -> Option<Page> {
    let (file, front, body) = document::markdown(snapshot, path.as_str(), report)?;
    let (date_in_name, slug_in_name) = address(file, collection);
    let mut fields = Fields::new(&front, file, "the front matter", report);
    let has_title = fields.take("title").is_some();
    let title = fields.optional_text("title");
    let slug = fields.optional("slug", slug).or(slug_in_name);
    let date = fields.optional("date", |read, node| read.day("date", node));
    let updated = fields.optional("updated", |read, node| read.day("updated", node));
    let stamp = |written: DateOrTime| PublishTime::new(written, zone);
    let authors = fields.take_either("authors", "author");
    let author = |read: &mut Reader<'_>, node: &Node| {
        let text = read.text("authors", node).filter(|text| !text.trim().is_empty())?;
        Some((text, read.span(node)))
    };
    let authors = authors.map(|node| fields.reader().each(node, author)).unwrap_or_default();
    let (authors, authors_at) = authors.into_iter().unzip();
    let mut aliases = fields.each("aliases", alias);
    refuse_crowd(&mut aliases, fields.report());
    let (aliases, aliases_at) = aliases.into_iter().unzip();
    let mut page = Page {
        file: file.clone(),
        slug: String::new(),
        title: String::new(),
        description: fields.optional_text("description"),
        date: date.or(date_in_name.map(DateOrTime::Date)).and_then(stamp),
        updated: updated.and_then(stamp),
        authors,
        authors_at,
        tags: fields.texts("tags"),
        template_at: None,
        template: None,
        aliases,
        aliases_at,
        weight: fields.integer("weight", -1_000_000..=1_000_000).unwrap_or(0),
        draft: fields.flag("draft"),
        toc: fields.flag("toc"),
        image: fields
            .optional("image", |read, node| portrait::whole(read, "image", node, snapshot)),
        extra: extra(&mut fields),
        body,
    };
    if let Some((name, at)) = fields.optional("template", template) {
        page.template = Some(name);
        page.template_at = Some(at);
    }
    if collection == Collection::Posts
        && let Some((key, _)) = fields.take_entry("weight")
    {
        let reader = fields.reader();
        let message = "`weight` has no effect on a post: posts stand in the order of their dates";
        let diagnostic = Diagnostic::warning("not-read", message).at(reader.key_span(key));
        reader.report.push(diagnostic.help("take it out"));
    }
    page.extra.extend(fields.finish_keeping());
    if title.is_none() && has_title {
        return None;
    }
    entitle(&mut page, title, report)?;
    page.slug = report.ok(slug.ok_or_else(|| nameless(file)))?;
    if collection == Collection::Posts && page.date.is_none() {
        let diagnostic = Diagnostic::error("post-without-date", "a post needs a date")
            .in_file(file)
            .help("add `date: 2026-03-20` to the front matter, or put it in the file name: `2026-03-20-hello.md`");
        report.push(diagnostic);
        return None;
    }
    Some(page)
}

/// The date and the slug given by a file's path: `2026-03-20-hello.md`, `hello/index.md`. The slug
/// of the front page, `content/pages/index.md`, is empty.
fn address(file: &SitePath, collection: Collection) -> (Option<PartialDate>, Option<String>) {
    let below = file.strip_prefix(collection.folder()).unwrap_or(file.as_str());
    let mut segments: Vec<&str> = below.split('/').collect();
    segments.pop();
    if file.stem() != "index" {
        segments.push(file.stem());
    }
    let mut date = None;
    if let Some(last) = segments.last_mut()
        && let (Some(day), Some(rest)) = (last.get(..10), last.get(11..))
        && last.as_bytes()[10] == b'-'
        && let Some(found) = PartialDate::parse(day)
    {
        date = Some(found);
        *last = rest;
    }
    let slugs: Option<Vec<String>> = segments.iter().map(|segment| slugify(segment)).collect();
    let is_named = |slugs: &Vec<String>| collection == Collection::Pages || !slugs.is_empty();
    (date, slugs.filter(is_named).map(|slugs| slugs.join("/")))
}

fn nameless(file: &SitePath) -> Diagnostic {
    Diagnostic::error(
        "bad-slug",
        format!("no address can be made from the name `{}`", file.file_name()),
    )
    .in_file(file)
    .help("add `slug:` to its front matter: lower-case letters, digits and `-`")
}

fn slug(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("slug", node)?;
    let text = text.trim_matches('/');
    if !text.is_empty() && text.split('/').all(is_slug) {
        return Some(text.to_owned());
    }
    let better: Option<Vec<String>> = text.split('/').map(slugify).collect();
    let diagnostic =
        Diagnostic::error("bad-slug", format!("`{text}` cannot be part of an address"))
            .at(read.span(node))
            .help(match better {
                Some(better) => format!("write `{}`", better.join("/")),
                None => "write lower-case letters, digits and `-`".to_owned(),
            });
    read.report.push(diagnostic);
    None
}

fn template(read: &mut Reader<'_>, node: &Node) -> Option<(String, Span)> {
    let text = read.text("template", node)?;
    if SitePath::new(&*text).is_some() {
        return Some((text, read.span(node)));
    }
    let diagnostic =
        Diagnostic::error("bad-name", format!("`{text}` cannot be the name of a template"))
            .at(read.span(node))
            .help("write the name of a file in `templates/`: `wide.html`");
    read.report.push(diagnostic);
    None
}

/// An address on this site, without leading and trailing slashes.
fn alias(read: &mut Reader<'_>, node: &Node) -> Option<(String, Span)> {
    let text = read.text("aliases", node)?;
    let path = text.trim_matches('/');
    let plain = path.split('/').all(is_old_segment) && SitePath::new(path).is_some();
    if plain && text.starts_with('/') && !text.starts_with("//") {
        return Some((path.to_owned(), read.span(node)));
    }
    let diagnostic =
        Diagnostic::error("bad-alias", format!("`{text}` is not an address on this site"))
            .at(read.span(node))
            .help("write its path, beginning with a slash: `/old/address/`");
    read.report.push(diagnostic);
    None
}

/// Limits the number of aliases, because each one is an output file.
fn refuse_crowd(aliases: &mut Vec<(String, Span)>, report: &mut Report) {
    if let Some((_, first)) = aliases.get(MAX_ALIASES) {
        let message = format!(
            "a page can have at most {MAX_ALIASES} aliases, and this one has {}",
            aliases.len()
        );
        let diagnostic = Diagnostic::error("too-many-aliases", message)
            .at(first.clone())
            .label("the first one over the limit")
            .help("keep the ones that are still linked to");
        report.push(diagnostic);
    }
    aliases.truncate(MAX_ALIASES);
}

/// Whether this may be a segment of an old address: not hidden, and accepted by every file system.
fn is_old_segment(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default();
    let plain = |it: char| it.is_alphanumeric() || "-_.~,+@!".contains(it);
    !stem.is_empty()
        && !segment.ends_with('.')
        && segment.chars().all(plain)
        && !slug::is_device(stem)
}

fn extra(fields: &mut Fields<'_, '_>) -> Map<String, Value> {
    fields.entries("extra").iter().map(|(key, node)| (key.name.clone(), node.to_json())).collect()
}

/// The title from the front matter, or else the first heading. A heading at the start is removed
/// from the text, because the template shows the title.
fn entitle(page: &mut Page, title: Option<String>, report: &mut Report) -> Option<()> {
    if let Some(title) = title {
        page.title = title;
        return Some(());
    }
    let Some(heading) = heading::first(&page.body.text) else {
        let diagnostic = Diagnostic::error("missing-title", "this page has no title")
            .in_file(&page.file)
            .help("add `title:` to the front matter, or start the text with `# A heading`");
        report.push(diagnostic);
        return None;
    };
    page.title = heading.text;
    if heading.opens {
        page.body = rest_of(&page.body, heading.end);
    }
    Some(())
}

fn rest_of(body: &Markdown, from: usize) -> Markdown {
    let text = body.text[from..].to_owned();
    let origin =
        body.origin.as_ref().map(|span| Span::new(&span.file, span.start + from..span.end));
    Markdown { text, origin, verbatim: body.verbatim }
}

/// The diagnostic for two files with the same address.
pub(super) fn duplicate(page: &Page, first: &Page) -> Diagnostic {
    Diagnostic::error("duplicate-page", format!("two files have the address `{}`", page.slug))
        .in_file(&page.file)
        .related(Span::file(&first.file), "the other one")
        .help("rename one of them, or add `slug:` to its front matter")
}
