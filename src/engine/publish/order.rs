//! In which order a folder is changed, so that whoever looks meanwhile finds every page that a page
//! leads to.

use crate::engine::publish::steps::Step;
use crate::path::SitePath;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// What is to be changed, in no order yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    /// Links where a folder must be.
    links: BTreeSet<SitePath>,
    /// Paths at which there is no file so far.
    new: BTreeSet<SitePath>,
    /// Paths with other bytes so far.
    changed: BTreeSet<SitePath>,
    /// Paths at which there is a folder so far.
    replacing: BTreeSet<SitePath>,
    /// Folders at those paths and in them.
    cleared: BTreeSet<SitePath>,
    /// To be removed before anything is written.
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

    /// Whether that was not known yet.
    pub(super) fn unlink(&mut self, path: &SitePath) -> bool {
        self.links.insert(path.clone())
    }

    pub(super) fn remove(&mut self, path: &SitePath) {
        self.removed.insert(path.clone());
    }

    /// Of what is to be removed, this before anything is written.
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

/// What a file is to others: a later kind leads to files of the earlier ones, and of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Leads nowhere: pictures, fonts, text.
    Leaf,
    /// Leads to leaves: styles, scripts, data.
    Asset,
    Page,
    /// A list of pages, which pages lead to as well.
    Feed,
}

fn kind(path: &SitePath) -> Kind {
    match path.extension() {
        "html" | "htm" => Kind::Page,
        "xml" => Kind::Feed,
        "css" | "js" | "mjs" | "json" | "svg" | "webmanifest" => Kind::Asset,
        _ => Kind::Leaf,
    }
}

/// Pages lead to pages and to feeds, and feeds to pages.
fn is_linked(path: &SitePath) -> bool {
    kind(path) >= Kind::Page
}

/// The steps, in order; none where there is nothing to change.
pub(super) fn steps(changes: Changes) -> Vec<Step> {
    let Changes { links, new, changed, replacing, cleared, obstacles, removed, empty } = changes;
    let mut steps: Vec<Step> =
        [&new, &changed, &replacing].into_iter().flatten().cloned().map(Step::Stage).collect();
    let count =
        |paths: [&BTreeSet<SitePath>; 5]| paths.into_iter().map(BTreeSet::len).sum::<usize>();
    if steps.is_empty() && count([&links, &obstacles, &removed, &empty, &cleared]) == 0 {
        return steps;
    }
    steps.push(Step::Unsettle);
    steps.extend(links.into_iter().map(Step::Unlink));
    steps.extend(obstacles.into_iter().map(Step::Remove));
    steps.extend(blanks(&new));
    steps.extend(in_order(&new, &changed).into_iter().map(Step::Write));
    // From here on nothing leads to what goes but what goes itself.
    steps.extend(blanks(&removed));
    steps.extend(sorted(removed, |path| Reverse(kind(path))).into_iter().map(Step::Remove));
    // What lies in a folder comes after it in order.
    steps.extend(cleared.iter().rev().cloned().map(Step::RemoveFolder));
    steps.extend(replacing.into_iter().map(Step::Write));
    let empty = empty.into_iter().rev().filter(|folder| !cleared.contains(folder));
    steps.extend(empty.map(Step::RemoveFolder));
    steps
}

/// Pages that are to be blank for a moment, since they come or go together with others.
fn blanks(paths: &BTreeSet<SitePath>) -> Vec<Step> {
    let linked: Vec<&SitePath> = paths.iter().filter(|path| is_linked(path)).collect();
    let pages = linked.iter().filter(|path| kind(path) == Kind::Page);
    match linked.len() {
        0 | 1 => Vec::new(),
        _ => pages.map(|path| Step::Blank((*path).clone())).collect(),
    }
}

/// Leaves and assets; then new feeds, which new pages lead to while they are blank; then new pages,
/// those that lead to them, and feeds that are read already. Of pages the deep ones come first: the
/// front page is seen most, and leads to most.
fn in_order(new: &BTreeSet<SitePath>, changed: &BTreeSet<SitePath>) -> Vec<SitePath> {
    let rank = |path: &SitePath| match (kind(path), new.contains(path)) {
        (Kind::Leaf, _) => 0,
        (Kind::Asset, _) => 1,
        (Kind::Feed, true) => 2,
        (Kind::Page, true) => 3,
        (Kind::Page, false) => 4,
        (Kind::Feed, false) => 5,
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
