//! Pages and posts: rendered once, then listed wherever they belong.

use super::context::Context;
use super::directory::{Entry, PageKind};
use super::extent::Selection;
use super::link_resolver::LinkResolver;
use super::pictures::{PictureUse, Role};
use super::recorded_query::{RecordedQuery, RecordingResolver, TextSettings};
use super::sheets::Sheets;
use super::views::{PageLink, PageView, PostItem};
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::memo::Table;
use crate::load::Page;
use crate::model::grammar::Shape;
use crate::model::plain::{one_line, shortened};
use crate::model::publish_time::PublishTime;
use crate::model::sheet::{DateText, LinkText, Sheet};
use crate::model::when;
use crate::path::SitePath;
use crate::render::image::PictureView;
use crate::render::markdown::{self, Document};
use crate::span::{Markdown, Span};
use crate::theme::Templates;
use std::sync::Arc;

/// Average reading speed, in words per minute.
const WORDS_PER_MINUTE: usize = 220;

/// A page or a post with its rendered text.
pub(crate) struct Text<'a> {
    pub page: &'a Page,
    pub entry: &'a Entry,
    pub document: Arc<Document>,
    /// The picture at its top.
    pub picture: Option<PictureView>,
    /// The template it asks for, if there is one of this name.
    template: Option<&'a str>,
    in_feed: Option<Arc<str>>,
}

/// A rendered text, and what it depends on.
#[derive(Debug, Default)]
pub(crate) struct RenderedText {
    document: Arc<Document>,
    /// Its HTML for feeds, if that is different.
    in_feed: Option<Arc<str>>,
    report: Report,
    queries: Vec<RecordedQuery>,
}

/// The inputs of a rendered text.
type TextSource = (Markdown, TextSettings);

/// The texts of earlier builds.
pub(super) type TextTable = Table<SitePath, TextSource, RenderedText>;

fn render(body: &Markdown, settings: &TextSettings, resolver: &LinkResolver<'_>) -> RenderedText {
    let mut report = Report::default();
    let mut recording = RecordingResolver::new(resolver);
    let document = Arc::new(markdown::render(body, &recording, &mut report));
    let has_another = settings.is_in_feeds && body.text.contains("component");
    let in_feed = has_another.then(|| {
        recording.in_feed = true;
        markdown::render(body, &recording, &mut Report::default()).html.into()
    });
    RenderedText { document, in_feed, report, queries: recording.into_queries() }
}

impl<'a> Text<'a> {
    /// Renders the wanted texts in parallel and keeps the order. The others are as last rendered.
    pub(crate) fn render_all(
        pages: &'a [Page],
        is_in_feeds: bool,
        selection: &Selection<'_>,
        resolver: &LinkResolver<'a>,
        kept: &TextTable,
        report: &mut Report,
    ) -> Vec<Text<'a>> {
        let settings = TextSettings::new(resolver, is_in_feeds);
        let entry = |page: &'a Page| Some((page, resolver.directory.text(&page.file)?));
        let mut by_file: Vec<(&Page, &Entry)> = pages.iter().filter_map(entry).collect();
        by_file.retain(|(_, entry)| selection.has(entry));
        by_file.sort_by_key(|(page, _)| &page.file);
        let source = |(page, _): (&'a Page, _)| (&page.file, (page.body.clone(), settings.clone()));
        let sources = by_file.into_iter().map(source);
        let is_valid = |it: &RenderedText| it.queries.iter().all(|query| query.is_valid(resolver));
        let make = |_: &SitePath, (body, settings): &TextSource, _: Option<&RenderedText>| {
            render(body, settings, resolver)
        };
        if selection.is_whole() {
            kept.all_if_valid(sources, is_valid, make);
        } else {
            kept.some_if_valid(sources, is_valid, make);
        }
        let text = |(page, entry): (&'a Page, &'a Entry)| {
            let text = kept.last(&page.file).unwrap_or_default();
            report.extend(text.report.clone());
            let top = page.image.as_ref().filter(|_| selection.has(entry));
            let picture = top.and_then(|it| resolver.pictures.named(Role::Whole, it, "", report));
            let (document, in_feed) = (text.document.clone(), text.in_feed.clone());
            let is_selected = selection.has(entry);
            let template =
                is_selected.then(|| template(page, resolver.templates, report)).flatten();
            Text { page, entry, document, picture, template, in_feed }
        };
        pages.iter().filter_map(entry).map(text).collect()
    }

    /// Its HTML with components in their form for feeds.
    pub(crate) fn feed_html(&self) -> &str {
        self.in_feed.as_deref().unwrap_or(&self.document.html)
    }

    /// Reading time in minutes.
    pub(crate) fn minutes(&self) -> usize {
        self.document.words.div_ceil(WORDS_PER_MINUTE).max(1)
    }

    /// Its entry in lists.
    pub(crate) fn item(&self, context: &Context<'_>) -> PostItem {
        PostItem {
            title: self.page.title.clone(),
            url: context.directory.href(&self.entry.route),
            description: self.page.description.clone(),
            date: self.page.date.map(|stamp| stamp_text(stamp, context)),
            minutes: self.minutes(),
            tags: self.page.tags.clone(),
        }
    }

    /// The variable `page` of its own page.
    pub(crate) fn view(&self, context: &Context<'_>) -> PageView {
        let page = self.page;
        let described = page.description.clone();
        let description = described
            .or_else(|| Some(beginning(&self.document.text)).filter(|it| !it.is_empty()))
            .unwrap_or_else(|| {
                let values = [("title", page.title.as_str()), ("site", &context.title)];
                context.edition.wording.page_description.fill(&values)
            });
        let head = context.head(self.entry, &page.title, description);
        let picture = self.picture.as_ref();
        PageView {
            image: picture.and_then(|it| context.preview(it)).or(head.image),
            picture: self.picture.clone(),
            html: self.document.html.clone(),
            toc: if page.toc { self.document.headings.clone() } else { Vec::new() },
            date: page.date.map(|stamp| stamp_text(stamp, context)),
            updated: page.updated.map(|stamp| stamp_text(stamp, context)),
            minutes: self.minutes(),
            tags: page.tags.clone(),
            authors: page.authors.iter().map(|author| self.author(context, author)).collect(),
            edit_url: context.edit_url(&page.file),
            extra: page.extra.clone(),
            ..head
        }
    }

    /// Its authors that have sheets; for a solo site, the only person.
    pub(crate) fn people<'s>(&self, context: &Context<'_>, sheets: &'s Sheets) -> Vec<&'s Sheet> {
        let is_own = self.page.authors.is_empty() && context.site.guild.is_none();
        let only = sheets.values().filter(|_| is_own);
        let authors = self.page.authors.iter().filter_map(|author| sheets.get(author));
        authors.chain(only).map(Arc::as_ref).collect()
    }

    /// The link to it from another post.
    pub(crate) fn link(&self, context: &Context<'_>) -> PageLink {
        PageLink { title: self.page.title.clone(), url: context.directory.href(&self.entry.route) }
    }

    /// The template the page asks for, or the default.
    pub(crate) fn template_or<'t>(&'t self, default: &'t str) -> &'t str {
        self.template.unwrap_or(default)
    }

    fn author(&self, context: &Context<'_>, author: &str) -> LinkText {
        match context.site.profiles.get(author) {
            Some(profile) => LinkText {
                text: profile.name.clone(),
                url: context
                    .directory
                    .find(PageKind::Sheet, author)
                    .map(|sheet| context.directory.href(&sheet.route)),
            },
            None => LinkText { text: author.to_owned(), url: None },
        }
    }
}

/// The template a page asks for, if it exists.
fn template<'a>(page: &'a Page, templates: &Templates, report: &mut Report) -> Option<&'a str> {
    let wanted = page.template.as_deref()?;
    if templates.has(wanted) {
        return Some(wanted);
    }
    report.push(
        Diagnostic::error("unknown-template", format!("there is no template `{wanted}`"))
            .at(page.template_at.clone().unwrap_or_else(|| Span::file(&page.file)))
            .help(match templates.nearest(wanted) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add `templates/{wanted}`, or remove `template:`"),
            }),
    );
    None
}

/// The pictures of a page.
pub(crate) fn pictures(page: &Page) -> impl Iterator<Item = PictureUse<'_>> {
    let top = page.image.iter().map(|it| PictureUse::Named(Role::Whole, it));
    [PictureUse::InText(&page.body, Shape::Page)].into_iter().chain(top)
}

/// The day, for people; for machines also the time, if one was written.
fn stamp_text(stamp: PublishTime, context: &Context<'_>) -> DateText {
    let day = when::date_text(&stamp.day().into(), &context.edition.wording);
    if stamp.is_timed() { DateText { iso: stamp.to_string(), ..day } } else { day }
}

/// Characters of a description that search engines show.
const DESCRIPTION: usize = 160;

/// The beginning of a text, on one line.
pub(crate) fn beginning(text: &str) -> String {
    shortened(&one_line(text), DESCRIPTION)
}
