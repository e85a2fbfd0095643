//! The order of changes to a folder, so that at any moment every page that a page links to exists.

use crate::engine::publish::step::Step;
use crate::path::SitePath;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The changes, in no order yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    /// Links in places where a folder is needed.
    links: BTreeSet<SitePath>,
    /// Paths without a file so far.
    new: BTreeSet<SitePath>,
    /// Paths whose bytes change.
    changed: BTreeSet<SitePath>,
    /// Paths where a folder is replaced by a file.
    replacing: BTreeSet<SitePath>,
    /// Folders at and below those paths.
    cleared: BTreeSet<SitePath>,
    /// Files to remove before anything is written.
    obstacles: BTreeSet<SitePath>,
    removed: BTreeSet<SitePath>,
    empty: BTreeSet<SitePath>,
}

impl Changes {
    pub(super) fn add(&mut self, path: &SitePath) {
        self.new.insert(path.clone());
    }

    pub(super) fn change(&mut self, path: &SitePath) {
        self.changed.insert(path.clone());
    }

    pub(super) fn add_in_place_of_folder(&mut self, path: &SitePath) {
        self.replacing.insert(path.clone());
    }

    pub(super) fn folders_in_the_way(&self) -> impl Iterator<Item = &SitePath> {
        self.replacing.iter()
    }

    pub(super) fn clear_folder(&mut self, path: &SitePath) {
        self.cleared.insert(path.clone());
    }

    /// Returns whether it was added.
    pub(super) fn unlink(&mut self, path: &SitePath) -> bool {
        self.links.insert(path.clone())
    }

    pub(super) fn remove(&mut self, path: &SitePath) {
        self.removed.insert(path.clone());
    }

    /// Marks a file that is to be removed as one to remove before anything is written.
    pub(super) fn remove_at_once(&mut self, path: &SitePath) {
        self.obstacles.extend(self.removed.take(path));
    }

    pub(super) fn removals(&self) -> impl Iterator<Item = &SitePath> {
        self.removed.iter()
    }

    pub(super) fn is_removed(&self, path: &SitePath) -> bool {
        self.removed.contains(path) || self.obstacles.contains(path)
    }

    pub(super) fn remove_folder(&mut self, path: &SitePath) {
        self.empty.insert(path.clone());
    }
}

/// The kind of a file: files refer to files of earlier kinds and of their own; pages also link to
/// feeds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FileKind {
    /// Refers to nothing: pictures, fonts, text.
    Leaf,
    /// Refers to leaves: styles, scripts, data.
    Asset,
    Page,
    /// A list of pages, to which pages link as well.
    Feed,
}

fn kind(path: &SitePath) -> FileKind {
    match path.extension() {
        "html" | "htm" => FileKind::Page,
        "xml" => FileKind::Feed,
        "css" | "js" | "mjs" | "json" | "svg" | "webmanifest" => FileKind::Asset,
        _ => FileKind::Leaf,
    }
}

/// Whether it is part of cyclic links: pages link to pages and to feeds, and feeds link to pages.
fn is_linked(path: &SitePath) -> bool {
    kind(path) >= FileKind::Page
}

/// The steps, in order; empty if there is nothing to change.
pub(super) fn steps(changes: Changes) -> Vec<Step> {
    let Changes { links, new, changed, replacing, cleared, obstacles, removed, empty } = changes;
    let mut steps: Vec<Step> = [&new, &changed, &replacing]
        .into_iter()
        .flatten()
        .cloned()
        .map(Step::WriteTemporary)
        .collect();
    let count =
        |paths: [&BTreeSet<SitePath>; 5]| paths.into_iter().map(BTreeSet::len).sum::<usize>();
    if steps.is_empty() && count([&links, &obstacles, &removed, &empty, &cleared]) == 0 {
        return steps;
    }
    steps.push(Step::MarkChanging);
    steps.extend(links.into_iter().map(Step::Unlink));
    steps.extend(obstacles.into_iter().map(Step::Remove));
    steps.extend(blanks(&new));
    steps.extend(in_order(&new, &changed).into_iter().map(Step::Write));
    // From here on, only files to be removed refer to files to be removed.
    steps.extend(blanks(&removed));
    steps.extend(sorted(removed, |path| Reverse(kind(path))).into_iter().map(Step::Remove));
    // A folder's contents sort after it.
    steps.extend(cleared.iter().rev().cloned().map(Step::RemoveFolder));
    steps.extend(replacing.into_iter().map(Step::Write));
    let empty = empty.into_iter().rev().filter(|folder| !cleared.contains(folder));
    steps.extend(empty.map(Step::RemoveFolder));
    steps
}

/// Steps that make pages blank for a moment, because they are added or removed together with
/// others.
fn blanks(paths: &BTreeSet<SitePath>) -> Vec<Step> {
    let linked: Vec<&SitePath> = paths.iter().filter(|path| is_linked(path)).collect();
    let pages = linked.iter().filter(|path| kind(path) == FileKind::Page);
    match linked.len() {
        0 | 1 => Vec::new(),
        _ => pages.map(|path| Step::Blank((*path).clone())).collect(),
    }
}

/// The order of writes: leaves and assets; new feeds, to which new pages link while they are blank;
/// then new pages, pages that link to them, and feeds that existed before. Deeper pages come first,
/// because the front page is seen most and links to most.
fn in_order(new: &BTreeSet<SitePath>, changed: &BTreeSet<SitePath>) -> Vec<SitePath> {
    let rank = |path: &SitePath| match (kind(path), new.contains(path)) {
        (FileKind::Leaf, _) => 0,
        (FileKind::Asset, _) => 1,
        (FileKind::Feed, true) => 2,
        (FileKind::Page, true) => 3,
        (FileKind::Page, false) => 4,
        (FileKind::Feed, false) => 5,
    };
    let depth = |path: &SitePath| path.ancestors().count();
    sorted(new.iter().chain(changed).cloned(), |path| (rank(path), Reverse(depth(path))))
}

fn sorted<K: Ord>(
    paths: impl IntoIterator<Item = SitePath>,
    key: impl Fn(&SitePath) -> K,
) -> Vec<SitePath> {
    let mut paths: Vec<SitePath> = paths.into_iter().collect();
    paths.sort_by_cached_key(|path| (key(path), path.clone()));
    paths
}
