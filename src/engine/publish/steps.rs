//! What is to be done to a folder, as a list: compared, ordered, not yet performed.
#![expect(clippy::disallowed_methods, reason = "edge: reads the output folder")]

use crate::diagnostic::{Diagnostic, Report};
use crate::digest::Digest;
use crate::engine::publish::Destination;
use crate::engine::publish::marker::{MARKER, Marker, Seals};
use crate::engine::publish::tree::{Kind, Look, Tree};
use crate::engine::traces::Traces;
use crate::engine::{Body, Output, Outputs};
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Mark the folder as changing: both what is there and what will be is ours, and no traces
    /// describe it.
    Unsettle,
    /// Take away a link that stands where a folder must be; what it leads to is not touched.
    Unlink(SitePath),
    /// Put the new bytes at this path.
    Write(SitePath),
    /// Remove what we made, and the folders we made for it, if they are empty now.
    Remove(SitePath),
    /// Keep the traces, and mark the folder as they describe it.
    Settle,
}

/// The steps, and what will be known once they are done.
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
    /// Compares the outputs with the folder. `None`, and the report says why, where a file that is
    /// not ours is in the way.
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

/// What the comparison found.
#[derive(Default)]
struct Found {
    links: BTreeSet<SitePath>,
    writes: Vec<SitePath>,
    /// To be removed before anything is written, since they are in the way.
    obstacles: BTreeSet<SitePath>,
    removals: BTreeSet<SitePath>,
    /// Somebody else's file with exactly the bytes we would write: it stays theirs.
    unclaimed: BTreeSet<SitePath>,
    foreign: BTreeMap<SitePath, &'static str>,
    warnings: Vec<Diagnostic>,
    /// Where a file must be and a folder is.
    folders_in_the_way: Vec<SitePath>,
    /// Our own files where a folder must be.
    files_in_the_way: BTreeSet<SitePath>,
}

impl Found {
    fn compare(&mut self, path: &SitePath, output: &Output, to: &Destination, tree: &mut Tree) {
        match tree.look(path) {
            Look::At(Kind::File(_)) if matches!(output.body, Body::Published) => {}
            Look::At(Kind::File(len)) => self.compare_file(path, output, len, to),
            Look::At(Kind::Nothing) => self.writes.push(path.clone()),
            Look::At(Kind::Link) => {
                self.warnings.push(replaced_link(path));
                self.writes.push(path.clone());
            }
            Look::At(Kind::Folder) => {
                self.folders_in_the_way.push(path.clone());
                self.writes.push(path.clone());
            }
            Look::At(Kind::Other) => {
                self.foreign.insert(path.clone(), "is not a file");
            }
            Look::Blocked(parent, Kind::Link) => {
                if self.links.insert(parent.clone()) {
                    self.warnings.push(replaced_link(&parent));
                }
                self.writes.push(path.clone());
            }
            Look::Blocked(parent, _) if to.seals.own(&parent) => {
                self.files_in_the_way.insert(parent);
                self.writes.push(path.clone());
            }
            Look::Blocked(parent, _) => {
                self.foreign.insert(parent, "is a file where a folder must be");
            }
        }
    }

    fn compare_file(&mut self, path: &SitePath, output: &Output, len: u64, to: &Destination) {
        let is_ours = to.seals.own(path);
        let is_equal = len == output.len
            && std::fs::read(path.below(&to.out))
                .is_ok_and(|bytes| Digest::of_bytes(&bytes) == output.digest);
        match (is_equal, is_ours) {
            (true, true) => {}
            (true, false) => {
                self.unclaimed.insert(path.clone());
            }
            (false, true) => self.writes.push(path.clone()),
            (false, false) => {
                self.foreign.insert(path.clone(), "was not made by questfolio");
            }
        }
    }

    /// What we once made and nobody asks for any more. Settled traces name it; else it is searched.
    fn find_removals(&mut self, outputs: &Outputs, to: &Destination, tree: &mut Tree) {
        let candidates: Vec<SitePath> =
            if to.is_settled { to.traces.outputs.keys().cloned().collect() } else { tree.files() };
        for path in candidates {
            if outputs.contains_key(&path) || path.as_str() == MARKER || !to.seals.own(&path) {
                continue;
            }
            let Look::At(Kind::File(_)) = tree.look(&path) else { continue };
            let bytes = std::fs::read(path.below(&to.out)).unwrap_or_default();
            if to.seals.made(&path, &bytes) {
                self.removals.insert(path);
            } else if self.files_in_the_way.contains(&path) {
                self.foreign.insert(path, "was changed, and is a file where a folder must be");
            } else {
                self.warnings.push(kept_file(&path));
            }
        }
    }

    /// Some removals cannot wait for the writes: a file where a folder must be, what fills a folder
    /// where a file must be, and a name that some file systems take for a new one.
    fn clear_the_way(&mut self, outputs: &Outputs, to: &Destination, tree: &mut Tree) {
        if self.removals.is_empty() && self.folders_in_the_way.is_empty() {
            return;
        }
        let names: BTreeSet<String> = outputs.keys().map(SitePath::folded).collect();
        for path in &self.removals {
            let fills_a_folder =
                self.folders_in_the_way.iter().any(|it| path.strip_prefix(it.as_str()).is_some());
            if fills_a_folder
                || self.files_in_the_way.contains(path)
                || names.contains(&path.folded())
            {
                self.obstacles.insert(path.clone());
            }
        }
        for folder in &self.folders_in_the_way {
            let stays = tree.files().into_iter().any(|path| {
                path.strip_prefix(folder.as_str()).is_some() && !self.obstacles.contains(&path)
            });
            if stays || !to.seals.own_folder(folder) {
                self.foreign.insert(folder.clone(), "is a folder that contains other files");
            }
        }
        self.removals.retain(|path| !self.obstacles.contains(path));
    }

    fn into_plan(mut self, outputs: &Outputs, to: &Destination) -> Plan {
        let claimed = || outputs.iter().filter(|(path, _)| !self.unclaimed.contains(*path));
        let traces = Traces::of(claimed());
        let mut seals = Seals::default();
        for (path, output) in claimed() {
            seals.add(path, output.digest);
        }
        self.seal_folders(outputs, to, &mut seals);
        let settled = Marker { traces: Some(traces.digest()), seals };
        let mut changing = Marker { traces: None, seals: to.seals.clone() };
        changing.seals.extend(&settled.seals);

        let mut steps = Vec::new();
        self.writes.sort_by_key(|path| (rank(path), path.clone()));
        let mut removals: Vec<SitePath> = self.removals.into_iter().collect();
        removals.sort_by_key(|path| (std::cmp::Reverse(rank(path)), path.clone()));
        steps.extend(self.links.into_iter().map(Step::Unlink));
        steps.extend(self.obstacles.into_iter().map(Step::Remove));
        steps.extend(self.writes.into_iter().map(Step::Write));
        steps.extend(removals.into_iter().map(Step::Remove));
        let is_known = to.is_settled && to.marker.as_deref() == Some(&settled.text());
        if !steps.is_empty() {
            steps.insert(0, Step::Unsettle);
        }
        if !steps.is_empty() || !is_known {
            steps.push(Step::Settle);
        }
        Plan { steps, changing, settled, traces }
    }

    /// Folders that we made earlier, or are about to make.
    fn seal_folders(&self, outputs: &Outputs, to: &Destination, seals: &mut Seals) {
        let mut tree = Tree::new(&to.out);
        let mut seen = BTreeSet::new();
        let folders = outputs.keys().flat_map(SitePath::ancestors);
        for folder in folders.filter(|folder| seen.insert(folder.clone())) {
            if to.seals.own_folder(&folder) || tree.look(&folder) != Look::At(Kind::Folder) {
                seals.add_folder(&folder);
            }
        }
    }
}

/// Pages come after what they show, and lists of pages after the pages.
fn rank(path: &SitePath) -> u8 {
    match path.extension() {
        "html" => 1,
        "xml" => 2,
        _ => 0,
    }
}

fn foreign_file(path: &SitePath, why: &str) -> Diagnostic {
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
