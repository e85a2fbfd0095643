//! Pages and posts: rendered once, listed wherever they belong.

use super::sheets::Sheets;
use super::stage::{Stage, date_text};
use super::views::{PageView, PlaceView, PostItem};
use crate::diagnostic::Report;
use crate::load::Page;
use crate::model::plain::shortened;
use crate::model::sheet::{LinkText, Sheet};
use crate::render::markdown::{self, Document, Surroundings};
use rayon::prelude::*;
use std::sync::Arc;

/// Words people read in a minute.
const WORDS_PER_MINUTE: usize = 220;

/// A page or a post with its text rendered.
pub(crate) struct Text<'a> {
    pub page: &'a Page,
    pub document: Document,
    pub route: String,
}

impl<'a> Text<'a> {
    /// Renders all of these, in parallel; the order stays.
    pub(crate) fn render_all(
        pages: &'a [Page],
        route: impl Fn(&Page) -> String + Sync,
        around: &dyn Surroundings,
        report: &mut Report,
    ) -> Vec<Text<'a>> {
        let rendered: Vec<(Text<'a>, Report)> = pages
            .par_iter()
            .map(|page| {
                let mut report = Report::default();
                let document = markdown::render(&page.body, around, &mut report);
                (Text { page, document, route: route(page) }, report)
            })
            .collect();
        rendered
            .into_iter()
            .map(|(text, found)| {
                report.extend(found);
                text
            })
            .collect()
    }

    /// Minutes it takes to read.
    pub(crate) fn minutes(&self) -> usize {
        self.document.words.div_ceil(WORDS_PER_MINUTE).max(1)
    }

    /// What lists show of it.
    pub(crate) fn item(&self, stage: &Stage<'_>) -> PostItem {
        PostItem {
            title: self.page.title.clone(),
            url: stage.routes.href(&self.route),
            description: self.page.description.clone(),
            date: self.page.date.map(date_text),
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
        PageView {
            html: self.document.html.clone(),
            toc: if page.toc { self.document.headings.clone() } else { Vec::new() },
            date: page.date.map(date_text),
            updated: page.updated.map(date_text),
            minutes: self.minutes(),
            tags: page.tags.clone(),
            authors: page.authors.iter().map(|author| self.author(stage, author)).collect(),
            edit_url: stage.edit_url(&page.file),
            extra: page.extra.clone(),
            ..stage.head(&self.route, kind, &page.title, description)
        }
    }

    /// Its authors as far as they have sheets; of a solo site's post the only person.
    pub(crate) fn people<'s>(&self, stage: &Stage<'_>, sheets: &'s Sheets) -> Vec<&'s Sheet> {
        let is_own = self.page.authors.is_empty() && stage.site.guild.is_none();
        let only = sheets.values().filter(|_| is_own);
        let authors = self.page.authors.iter().filter_map(|author| sheets.get(author));
        authors.chain(only).map(Arc::as_ref).collect()
    }

    /// As a neighbour of another post.
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

/// Characters a search engine shows of a description.
const DESCRIPTION: usize = 160;

/// The beginning of a text on one line.
pub(crate) fn beginning(text: &str) -> String {
    shortened(&text.split_whitespace().collect::<Vec<_>>().join(" "), DESCRIPTION)
}
