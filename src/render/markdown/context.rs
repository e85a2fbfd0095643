//! The shared context of the passes.

use super::resolver::Resolver;
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::span::Markdown;
use std::ops::Range;

/// What every pass may ask, and where it reports.
pub(super) struct Context<'a> {
    pub(super) md: &'a Markdown,
    pub(super) resolver: &'a dyn Resolver,
    pub(super) report: &'a mut Report,
}

impl Context<'_> {
    /// Adds a diagnostic; if it has no source position, it gets that of `range`.
    pub(super) fn push(&mut self, diagnostic: Diagnostic, range: &Range<usize>) {
        let at = diagnostic.at.clone().or_else(|| self.md.span(range.clone()));
        self.report.push(diagnostic.at_opt(at));
    }

    /// The file of the text.
    pub(super) fn file(&self) -> Option<&SitePath> {
        self.md.origin.as_ref().map(|origin| &origin.file)
    }
}
