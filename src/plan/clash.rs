//! Collects jobs by path, each path once. If two jobs want the same path, or paths that differ only
//! in case, it reports which of the author's files they come from.

use super::directory::{Directory, SourceKind};
use super::task::Task;
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::Job;
use crate::path::SitePath;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Jobs by path, and the paths that were requested more than once.
#[derive(Default)]
pub(super) struct JobSet {
    jobs: BTreeMap<SitePath, Job<Task>>,
    clashes: BTreeSet<SitePath>,
}

impl JobSet {
    pub(super) fn add_all(&mut self, jobs: impl IntoIterator<Item = Job<Task>>) {
        for job in jobs {
            if self.jobs.contains_key(&job.path) {
                self.clashes.insert(job.path);
            } else {
                self.jobs.insert(job.path.clone(), job);
            }
        }
    }

    pub(super) fn finish(
        self,
        directories: &[Arc<Directory>],
        report: &mut Report,
    ) -> Vec<Job<Task>> {
        let sources = |paths: &[&SitePath]| -> Vec<Source> {
            directories.iter().flat_map(|directory| directory.sources(paths)).collect()
        };
        let mut unexplained = Vec::new();
        let mut found = Vec::new();
        for path in &self.clashes {
            found.push(twice(path, sources(&[path])));
        }
        let mut folded: BTreeMap<String, &SitePath> = BTreeMap::new();
        for path in self.jobs.keys() {
            if let Some(other) = folded.insert(path.folded(), path) {
                let sources = sources(&[other, path]);
                let list = if sources.is_empty() { &mut unexplained } else { &mut found };
                list.push(nearly_twice(other, path, sources));
            }
        }
        for path in self.jobs.keys() {
            let mut folders = path.ancestors();
            if let Some(file) = folders.find_map(|folder| folded.get(&folder.folded())) {
                found.push(file_and_folder(file, path, sources(&[file, path])));
            }
        }
        // Files of a theme are also published under other names; reporting the original clash is
        // enough.
        let told = if found.is_empty() { unexplained } else { found };
        told.into_iter().for_each(|diagnostic| report.push(diagnostic));
        self.jobs.into_values().collect()
    }
}

/// A source position, and what is there.
type Source = (Span, SourceKind);

fn twice(path: &SitePath, mut sources: Vec<Source>) -> Diagnostic {
    let message = match sources.len() {
        1 => format!("questfolio writes `{path}` itself, and this would be published there too"),
        _ => format!("two files would be published as `{path}`"),
    };
    let is_alias = |source: &Source| source.1 == SourceKind::Alias;
    let help = match sources.as_slice() {
        [.., (_, SourceKind::Static)] => "rename one of them, or remove it from `static/`",
        [.., _] if sources.len() > 1 && sources.iter().all(is_alias) => "remove one of the two",
        [.., (_, SourceKind::Alias)] => "remove the alias: there is a page at this address",
        [_] => "give it another `slug:` in its front matter",
        _ => "give one of them another `slug:` in its front matter",
    };
    two_pages(message, &mut sources).help(help)
}

fn nearly_twice(first: &SitePath, second: &SitePath, mut sources: Vec<Source>) -> Diagnostic {
    let message = format!("`{first}` and `{second}` are the same file on Windows and macOS");
    two_pages(message, &mut sources).help("rename one of them")
}

fn file_and_folder(file: &SitePath, path: &SitePath, mut sources: Vec<Source>) -> Diagnostic {
    let message = format!("`{file}` cannot be a file: `{path}` needs a folder of this name");
    two_pages(message, &mut sources).help("rename one of them")
}

fn two_pages(message: String, sources: &mut Vec<Source>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("two-pages-one-path", message);
    if let Some((at, what)) = sources.pop() {
        diagnostic = diagnostic.at(at).label(description(what));
    }
    for (at, what) in sources.drain(..) {
        diagnostic = diagnostic.related(at, description(what));
    }
    diagnostic
}

fn description(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Profile => "the sheet of this profile",
        SourceKind::Text => "the page made from this",
        SourceKind::Static => "copied unchanged",
        SourceKind::Alias => "an alias of this page",
    }
}
