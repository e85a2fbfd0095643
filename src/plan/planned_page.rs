//! A page to write, and what its card shows.

use super::context::Context;
use super::directory::Entry;
use super::task::Task;
use crate::engine::Job;
use crate::model::sheet::Sheet;
use crate::span::Span;
use crate::theme::Theme;
use std::sync::Arc;

/// A page to write, and what its card shows.
pub(crate) struct PlannedPage<'a> {
    pub entry: &'a Entry,
    pub theme: &'a Arc<Theme>,
    pub job: Job<Task>,
    /// The person it is about, or its authors.
    pub people: Vec<&'a Sheet>,
    /// Where its title is written.
    pub title_at: Option<Span>,
}

impl<'a> PlannedPage<'a> {
    /// A page in the site's theme, about nobody.
    pub(super) fn new(context: &Context<'a>, entry: &'a Entry, job: Job<Task>) -> PlannedPage<'a> {
        let title_at = entry.source.clone();
        PlannedPage { entry, theme: context.themes.named(None), job, people: Vec::new(), title_at }
    }
}
