//! Which part of a site a build plans.

use super::directory::{Directory, Entry, PageKind};
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// Which files of a site to plan.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'a> {
    /// All of them.
    Whole,
    /// Only these pages and what is visible on them, as fast as possible. Everything else is as in
    /// the last build and is not checked.
    Pages(&'a BTreeSet<SitePath>),
}

/// The pages of a directory that a build plans.
pub(crate) struct Selection<'a> {
    /// By route; `None` for all pages.
    entries: Option<BTreeMap<&'a str, &'a Entry>>,
    directory: &'a Directory,
}

impl<'a> Selection<'a> {
    pub(crate) fn new(extent: Extent<'_>, directory: &'a Directory) -> Selection<'a> {
        let entries = match extent {
            Extent::Whole => None,
            Extent::Pages(files) => {
                let entries = files.iter().filter_map(|file| directory.page_in(file));
                Some(entries.map(|entry| (entry.route.as_str(), entry)).collect())
            }
        };
        Selection { entries, directory }
    }

    /// The directory it selects from.
    pub(crate) fn directory(&self) -> &'a Directory {
        self.directory
    }

    /// Whether all pages are planned, and every other file.
    pub(crate) fn is_whole(&self) -> bool {
        self.entries.is_none()
    }

    /// Whether this page is planned.
    pub(crate) fn has(&self, entry: &Entry) -> bool {
        self.entries.as_ref().is_none_or(|entries| entries.contains_key(entry.route.as_str()))
    }

    /// Whether the page made from this Markdown file is planned.
    pub(crate) fn has_text(&self, file: &SitePath) -> bool {
        self.directory.text(file).is_some_and(|entry| self.has(entry))
    }

    /// The pages that are planned.
    pub(crate) fn entries(&self) -> Vec<&'a Entry> {
        match &self.entries {
            None => self.directory.entries().collect(),
            Some(entries) => entries.values().copied().collect(),
        }
    }

    /// Whether a page of this kind is planned.
    pub(crate) fn has_any(&self, kind: PageKind) -> bool {
        self.entries.as_ref().is_none_or(|it| it.values().any(|entry| entry.kind == kind))
    }

    /// The people whose sheets are planned; `None` for all of them.
    pub(crate) fn people(&self) -> Option<BTreeSet<&'a str>> {
        let sheets = self.entries.as_ref()?.values().filter(|it| it.kind == PageKind::Sheet);
        Some(sheets.map(|entry| entry.slug.as_str()).collect())
    }
}

/// The entries with these slugs; all of them if `wanted` is `None`.
pub(super) fn wanted_of<'a, T>(
    all: &'a BTreeMap<String, T>,
    wanted: Option<&'a BTreeSet<&str>>,
) -> Vec<(&'a String, &'a T)> {
    match wanted {
        None => all.iter().collect(),
        Some(wanted) => wanted.iter().filter_map(|slug| all.get_key_value(*slug)).collect(),
    }
}
