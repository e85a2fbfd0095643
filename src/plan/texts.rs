//! Pages and posts: rendered once, then listed wherever they belong.

use super::asked::{Asked, Listening, Manner};
use super::extras;
use super::memory::Extent;
use super::pictures::Role;
use super::sheets::Sheets;
use super::stage::Stage;
use super::surroundings::Around;
use super::views::{PageView, PlaceView, PostItem};
use crate::diagnostic::Report;
use crate::engine::memo::Table;
use crate::load::Page;
use crate::model::plain::{one_line, shortened};
use crate::model::sheet::{DateText, LinkText, Sheet};
use crate::model::stamp::Stamp;
use crate::model::when;
use crate::path::SitePath;
use crate::render::image::PictureView;
use crate::render::markdown::{self, Document};
use crate::span::Markdown;
use std::sync::Arc;

/// Average reading speed, in words per minute.
const WORDS_PER_MINUTE: usize = 220;

/// A page or a post with its rendered text.
pub(crate) struct Text<'a> {
    pub page: &'a Page,
    pub document: Arc<Document>,
    /// The picture at its top.
    pub picture: Option<PictureView>,
    in_feed: Option<Arc<str>>,
    pub route: String,
}

/// A rendered text, and what it depends on.
#[derive(Debug, Default)]
pub(crate) struct RenderedText {
    document: Arc<Document>,
    /// Its HTML for feeds, if that is different.
    in_feed: Option<Arc<str>>,
    report: Report,
    asked: Vec<Asked>,
}

impl<'a> Text<'a> {
    /// Renders the wanted texts in parallel and keeps the order. The others are as last rendered.
    pub(crate) fn render_all(
        pages: &'a [Page],
        (route, feeds): (impl Fn(&Page) -> String, bool),
        extent: Extent<'_>,
        around: &Around<'_>,
        kept: &Table<SitePath, (Markdown, Manner), RenderedText>,
        report: &mut Report,
    ) -> Vec<Text<'a>> {
        let mut manner = Manner::new(around.config, around.routes.is_guild());
        manner.feeds = feeds;
        let mut by_file: Vec<&Page> = pages.iter().collect();
        by_file.sort_by_key(|page| &page.file);
        let is_wanted = |page: &&Page| extent.shows(&route(page));
        let source = |page: &'a Page| (&page.file, (page.body.clone(), manner.clone()));
        let sources = by_file.into_iter().filter(is_wanted).map(source);
        let holds = |it: &RenderedText| it.asked.iter().all(|asked| asked.still_holds(around));
        let make = |_: &SitePath, (body, manner): &(Markdown, Manner), _: Option<&RenderedText>| {
            let mut report = Report::default();
            let mut around = Listening::new(around);
            let document = Arc::new(markdown::render(body, &around, &mut report));
            let has_another = manner.feeds && body.text.contains("component");
            let in_feed = has_another.then(|| {
                around.in_feed = true;
                markdown::render(body, &around, &mut Report::default()).html.into()
            });
            RenderedText { document, in_feed, report, asked: around.into_asked() }
        };
        if extent.is_whole() {
            kept.all_that_hold(sources, holds, make);
        } else {
            kept.some_that_hold(sources, holds, make);
        }
        let text = |page: &'a Page| {
            let text = kept.last(&page.file).unwrap_or_default();
            report.extend(text.report.clone());
            let route = route(page);
            let top = page.image.as_ref().filter(|_| extent.shows(&route));
            let named = |it| around.pictures.named(Role::Whole, it, "", report);
            let (document, in_feed) = (text.document.clone(), text.in_feed.clone());
            Text { page, document, picture: top.and_then(named), in_feed, route }
        };
        pages.iter().map(text).collect()
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
    pub(crate) fn item(&self, stage: &Stage<'_>) -> PostItem {
        PostItem {
            title: self.page.title.clone(),
            url: stage.routes.href(&self.route),
            description: self.page.description.clone(),
            date: self.page.date.map(|stamp| stamp_text(stamp, stage)),
            minutes: self.minutes(),
            tags: self.page.tags.clone(),
        }
    }

    /// The variable `page` of its own page.
    pub(crate) fn view(&self, stage: &Stage<'_>, kind: &'static str) -> PageView {
        let page = self.page;
        let described = page.description.clone();
        let description = described
            .or_else(|| Some(beginning(&self.document.text)).filter(|it| !it.is_empty()))
            .unwrap_or_else(|| format!("{}, a page of {}.", page.title, stage.title));
        let head = stage.head(&self.route, kind, &page.title, description);
        let picture = self.picture.as_ref();
        PageView {
            image: picture.and_then(|it| extras::preview(stage.routes, it)).or(head.image),
            picture: self.picture.clone(),
            html: self.document.html.clone(),
            toc: if page.toc { self.document.headings.clone() } else { Vec::new() },
            date: page.date.map(|stamp| stamp_text(stamp, stage)),
            updated: page.updated.map(|stamp| stamp_text(stamp, stage)),
            minutes: self.minutes(),
            tags: page.tags.clone(),
            authors: page.authors.iter().map(|author| self.author(stage, author)).collect(),
            edit_url: stage.edit_url(&page.file),
            extra: page.extra.clone(),
            ..head
        }
    }

    /// Its authors that have sheets; for a solo site, the only person.
    pub(crate) fn people<'s>(&self, stage: &Stage<'_>, sheets: &'s Sheets) -> Vec<&'s Sheet> {
        let is_own = self.page.authors.is_empty() && stage.site.guild.is_none();
        let only = sheets.values().filter(|_| is_own);
        let authors = self.page.authors.iter().filter_map(|author| sheets.get(author));
        authors.chain(only).map(Arc::as_ref).collect()
    }

    /// Its entry as a neighbour of another post.
    pub(crate) fn place(&self, stage: &Stage<'_>) -> PlaceView {
        PlaceView { title: self.page.title.clone(), url: stage.routes.href(&self.route) }
    }

    fn author(&self, stage: &Stage<'_>, author: &str) -> LinkText {
        match stage.site.profiles.get(author) {
            Some(profile) => LinkText {
                text: profile.name.clone(),
                url: stage.routes.profile(author).map(|route| stage.routes.href(route)),
            },
            None => LinkText { text: author.to_owned(), url: None },
        }
    }
}

/// The day, for people; for machines also the time, if one was written.
fn stamp_text(stamp: Stamp, stage: &Stage<'_>) -> DateText {
    let day = when::date_text(&stamp.day().into(), &stage.theme().wording);
    if stamp.is_timed() { DateText { iso: stamp.to_string(), ..day } } else { day }
}

/// Characters of a description that search engines show.
const DESCRIPTION: usize = 160;

/// The beginning of a text, on one line.
pub(crate) fn beginning(text: &str) -> String {
    shortened(&one_line(text), DESCRIPTION)
}
