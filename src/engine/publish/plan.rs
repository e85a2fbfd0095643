//! The changes to a folder as a list of steps: compared and ordered, but not performed yet.
//!
//! Edge: reads the output folder.

use crate::diagnostic::{Diagnostic, Report};
use crate::engine::publish::Destination;
use crate::engine::publish::marker::{Content, MARKER, Marker, OwnedFiles};
use crate::engine::publish::order::{self, Changes};
use crate::engine::publish::step::Step;
use crate::engine::publish::tree::{EntryKind, Lookup, Tree};
use crate::engine::traces::{Stamps, Traces, stamp_of};
use crate::engine::{Body, Output, Outputs};
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// The steps, and the markers during and after them.
#[derive(Debug)]
pub struct Plan {
    /// In order.
    pub steps: Vec<Step>,
    /// The marker while the steps are performed.
    pub(super) changing: Marker,
    /// The marker after them.
    pub(super) settled: Marker,
    pub(super) traces: Traces,
}

impl Destination {
    /// Compares the outputs with the folder. `None` if a foreign file is in the way, which is
    /// reported.
    pub fn plan(&self, outputs: &Outputs, report: &mut Report) -> Option<Plan> {
        let mut found = Found::default();
        let mut tree = Tree::new(&self.out);
        for (path, output) in outputs {
            found.compare(path, output, self, &mut tree);
        }
        found.find_removals(outputs, self, &mut tree);
        found.clear_the_way(outputs, self, &mut tree);
        let is_clear = found.foreign.is_empty();
        for (path, why) in &found.foreign {
            report.push(foreign_file(path, why));
        }
        for diagnostic in std::mem::take(&mut found.warnings) {
            report.push(diagnostic);
        }
        is_clear.then(|| found.into_plan(outputs, self))
    }
}

/// The result of the comparison.
#[derive(Default)]
struct Found {
    changes: Changes,
    /// Stamps of files that are up to date.
    stamps: Stamps,
    /// Foreign files with exactly the bytes we would write: they stay foreign.
    unclaimed: BTreeSet<SitePath>,
    foreign: BTreeMap<SitePath, &'static str>,
    warnings: Vec<Diagnostic>,
    /// Our own files where a folder is needed.
    files_in_the_way: BTreeSet<SitePath>,
}

impl Found {
    fn compare(&mut self, path: &SitePath, output: &Output, to: &Destination, tree: &mut Tree) {
        match tree.lookup(path) {
            Lookup::At(EntryKind::File(..)) if matches!(output.body, Body::Published) => {
                let stamp = to.verified.stamps.get(path);
                self.stamps.extend(stamp.map(|stamp| (path.clone(), *stamp)));
            }
            Lookup::At(EntryKind::File(len, _)) => self.compare_file(path, output, len, to),
            Lookup::At(EntryKind::Nothing) => self.changes.add(path),
            Lookup::At(EntryKind::Link) => {
                self.warnings.push(replaced_link(path));
                self.changes.add(path);
            }
            Lookup::At(EntryKind::Folder) => self.changes.add_in_place_of_folder(path),
            Lookup::At(EntryKind::Other) => {
                self.foreign.insert(path.clone(), "is not a file");
            }
            Lookup::Blocked(parent, EntryKind::Link) => {
                if self.changes.unlink(&parent) {
                    self.warnings.push(replaced_link(&parent));
                }
                self.changes.add(path);
            }
            Lookup::Blocked(parent, _) if to.owned.has_file(&parent) => {
                self.files_in_the_way.insert(parent);
                self.changes.add(path);
            }
            Lookup::Blocked(parent, _) => {
                self.foreign.insert(parent, "is a file where a folder must be");
            }
        }
    }

    fn compare_file(&mut self, path: &SitePath, output: &Output, len: u64, to: &Destination) {
        let is_ours = to.owned.has_file(path);
        let held =
            (len == output.len).then(|| stamp_of(&path.below(&to.out), output.digest)).flatten();
        match (held, is_ours) {
            (Some(stamp), true) => self.stamps.extend(stamp.map(|stamp| (path.clone(), stamp))),
            (Some(_), false) => {
                self.unclaimed.insert(path.clone());
            }
            (None, true) => self.changes.change(path),
            (None, false) => {
                self.foreign.insert(path.clone(), "was not made by questfolio");
            }
        }
    }

    /// Finds files that we made and that are no longer wanted: listed in the traces, or else found
    /// by searching the folder.
    fn find_removals(&mut self, outputs: &Outputs, to: &Destination, tree: &mut Tree) {
        let is_gone = |path: &SitePath| !outputs.contains_key(path);
        let (files, folders): (Vec<SitePath>, Vec<SitePath>) = match &to.left {
            Some(left) => {
                let files: Vec<SitePath> = left.iter().filter(|it| is_gone(it)).cloned().collect();
                let folders: BTreeSet<SitePath> =
                    files.iter().flat_map(SitePath::ancestors).collect();
                (files, folders.into_iter().collect())
            }
            None => tree.files_and_folders(),
        };
        for path in files {
            if !is_gone(&path) || path.as_str() == MARKER || !to.owned.has_file(&path) {
                continue;
            }
            let Lookup::At(EntryKind::File(..)) = tree.lookup(&path) else { continue };
            if Content::of_file(&path.below(&to.out))
                .is_ok_and(|it| to.owned.is_unchanged(&path, it))
            {
                self.changes.remove(&path);
            } else if self.files_in_the_way.contains(&path) {
                self.foreign.insert(path, "was changed, and is a file where a folder must be");
            } else {
                self.warnings.push(kept_file(&path));
            }
        }
        let is_there = |folder: &SitePath| {
            to.owned.has_folder(folder) && tree.lookup(folder) == Lookup::At(EntryKind::Folder)
        };
        let folders: Vec<SitePath> = folders.into_iter().filter(is_there).collect();
        self.find_empty_folders(folders, outputs);
    }

    /// Those of these folders that contain no output.
    fn find_empty_folders(&mut self, folders: Vec<SitePath>, outputs: &Outputs) {
        if folders.is_empty() {
            return;
        }
        let needed: BTreeSet<SitePath> = outputs.keys().flat_map(SitePath::ancestors).collect();
        for folder in folders {
            if !needed.contains(&folder) && !outputs.contains_key(&folder) {
                self.changes.remove_folder(&folder);
            }
        }
    }

    /// Some removals cannot wait for the writes: a file where a folder is needed, and a name that
    /// the file system treats as equal to a new one. A folder where a file is needed is emptied
    /// before that file is written.
    fn clear_the_way(&mut self, outputs: &Outputs, to: &Destination, tree: &mut Tree) {
        for path in &self.files_in_the_way {
            self.changes.remove_at_once(path);
        }
        let removals: Vec<SitePath> = self.changes.removals().cloned().collect();
        if !removals.is_empty() {
            let names: BTreeMap<String, &SitePath> =
                outputs.keys().map(|path| (path.folded(), path)).collect();
            for path in removals {
                let twin = names.get(&path.folded());
                if twin.is_some_and(|twin| tree.is_same(&path, twin)) {
                    self.changes.remove_at_once(&path);
                }
            }
        }
        let folders: Vec<SitePath> = self.changes.folders_in_the_way().cloned().collect();
        for folder in folders {
            self.clear_folder(&folder, to, tree);
        }
    }

    fn clear_folder(&mut self, folder: &SitePath, to: &Destination, tree: &Tree) {
        let mut inner = vec![(Some(folder.clone()), true)];
        inner.extend(tree.below(folder));
        let mut foreign = None;
        for (path, is_folder) in inner {
            match path {
                Some(path) if is_folder && to.owned.has_folder(&path) => {
                    self.changes.clear_folder(&path);
                }
                Some(path) if !is_folder && self.changes.is_removed(&path) => {}
                _ if is_folder => {
                    foreign = foreign.or(Some("is a folder that questfolio did not make"))
                }
                _ => foreign = Some("is a folder that contains other files"),
            }
        }
        self.foreign.extend(foreign.map(|why| (folder.clone(), why)));
    }

    fn into_plan(self, outputs: &Outputs, to: &Destination) -> Plan {
        let claimed = || outputs.iter().filter(|(path, _)| !self.unclaimed.contains(*path));
        let mut traces = Traces::of(claimed());
        traces.stamps = self.stamps.clone();
        let mut owned = OwnedFiles::default();
        for (path, output) in claimed() {
            owned.add(path, output.digest);
        }
        add_folders(outputs, to, &mut owned);
        let settled = Marker { traces: Some(traces.digest()), owned };
        let mut changing = Marker { traces: None, owned: to.owned.clone() };
        changing.owned.extend(&settled.owned);

        let mut steps = order::steps(self.changes);
        let is_known = to.left.is_some() && to.marker.as_deref() == Some(&settled.text());
        let is_changed = !steps.is_empty() || !is_known;
        if is_changed || traces.stamps != to.cached_stamps {
            steps.push(Step::SaveTraces);
        }
        if is_changed {
            steps.push(Step::MarkStable);
        }
        Plan { steps, changing, settled, traces }
    }
}

/// Adds the folders that we created earlier, or are about to create.
fn add_folders(outputs: &Outputs, to: &Destination, owned: &mut OwnedFiles) {
    let mut tree = Tree::new(&to.out);
    let mut seen = BTreeSet::new();
    let folders = outputs.keys().flat_map(SitePath::ancestors);
    for folder in folders.filter(|folder| seen.insert(folder.clone())) {
        if to.owned.has_folder(&folder) || tree.lookup(&folder) != Lookup::At(EntryKind::Folder) {
            owned.add_folder(&folder);
        }
    }
}

pub(super) fn foreign_file(path: &SitePath, why: &str) -> Diagnostic {
    let message = format!("cannot replace `{path}` in the output folder: it {why}");
    Diagnostic::error("foreign-file", message)
        .help("move it away, or give the page another address")
}

fn replaced_link(path: &SitePath) -> Diagnostic {
    let message = format!("`{path}` in the output folder was a link and has been replaced");
    Diagnostic::warning("replaced-link", message).help("the file it pointed to is unchanged")
}

fn kept_file(path: &SitePath) -> Diagnostic {
    let message = format!(
        "`{path}` in the output folder is no longer part of the site, but something else changed it, so it is kept"
    );
    Diagnostic::warning("changed-output", message).help("delete it if it is not needed")
}
