//! Collects jobs by path, each path once. If two jobs want the same path, or paths that differ only
//! in case, it reports which of the author's files they come from.

use super::routes::{Routes, alias_file, file_of};
use super::task::Task;
use crate::diagnostic::{Diagnostic, Report};
use crate::engine::Job;
use crate::load::Site;
use crate::path::SitePath;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Jobs by path, and the paths that were requested more than once.
#[derive(Default)]
pub(super) struct Planned {
    jobs: BTreeMap<SitePath, Job<Task>>,
    clashes: BTreeSet<SitePath>,
}

impl Planned {
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
        site: &Site,
        routes: &Routes,
        report: &mut Report,
    ) -> Vec<Job<Task>> {
        let mut unexplained = Vec::new();
        let mut found = Vec::new();
        for path in &self.clashes {
            found.push(twice(path, origins(&[path], site, routes)));
        }
        let mut folded: BTreeMap<String, &SitePath> = BTreeMap::new();
        for path in self.jobs.keys() {
            if let Some(other) = folded.insert(path.folded(), path) {
                let origins = origins(&[other, path], site, routes);
                let list = if origins.is_empty() { &mut unexplained } else { &mut found };
                list.push(nearly_twice(other, path, origins));
            }
        }
        for path in self.jobs.keys() {
            let mut folders = path.ancestors();
            if let Some(file) = folders.find_map(|folder| folded.get(&folder.folded())) {
                found.push(file_and_folder(file, path, origins(&[file, path], site, routes)));
            }
        }
        // Files of a theme are also published under other names; reporting the original clash is
        // enough.
        let told = if found.is_empty() { unexplained } else { found };
        told.into_iter().for_each(|diagnostic| report.push(diagnostic));
        self.jobs.into_values().collect()
    }
}

/// The source of an output file: its source position, and a description.
type Origin = (Span, &'static str);

fn twice(path: &SitePath, mut origins: Vec<Origin>) -> Diagnostic {
    let message = match origins.len() {
        1 => format!("questfolio writes `{path}` itself, and this would be published there too"),
        _ => format!("two files would be published as `{path}`"),
    };
    let is_alias = |origin: &Origin| origin.1 == ALIAS;
    let help = match origins.as_slice() {
        [.., (_, STATIC)] => "rename one of them, or remove it from `static/`",
        [.., _] if origins.len() > 1 && origins.iter().all(is_alias) => "remove one of the two",
        [.., (_, ALIAS)] => "remove the alias: there is a page at this address",
        [_] => "give it another `slug:` in its front matter",
        _ => "give one of them another `slug:` in its front matter",
    };
    located(message, &mut origins).help(help)
}

fn nearly_twice(first: &SitePath, second: &SitePath, mut origins: Vec<Origin>) -> Diagnostic {
    let message = format!("`{first}` and `{second}` are the same file on Windows and macOS");
    located(message, &mut origins).help("rename one of them")
}

fn file_and_folder(file: &SitePath, path: &SitePath, mut origins: Vec<Origin>) -> Diagnostic {
    let message = format!("`{file}` cannot be a file: `{path}` needs a folder of this name");
    located(message, &mut origins).help("rename one of them")
}

fn located(message: String, origins: &mut Vec<Origin>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("two-pages-one-path", message);
    if let Some((at, what)) = origins.pop() {
        diagnostic = diagnostic.at(at).label(what);
    }
    for (at, what) in origins.drain(..) {
        diagnostic = diagnostic.related(at, what);
    }
    diagnostic
}

const STATIC: &str = "copied unchanged";
const ALIAS: &str = "an alias of this page";

/// Every file, or line of a file, that is published at one of these paths.
fn origins(paths: &[&SitePath], site: &Site, routes: &Routes) -> Vec<Origin> {
    let wanted = |path: Option<SitePath>| path.is_some_and(|path| paths.contains(&&path));
    let mut origins = Vec::new();
    for profile in site.profiles.values() {
        let own = routes.profile(&profile.slug).and_then(file_of);
        let resume = file_of(&routes.layout().resume(&profile.slug));
        let file = profile.file.as_ref().filter(|_| wanted(own) || wanted(resume));
        origins.extend(file.map(|file| (Span::file(file), "the sheet of this profile")));
    }
    let texts = || site.pages.iter().chain(&site.posts);
    let pages = texts().filter(|page| wanted(routes.page(&page.file).and_then(file_of)));
    origins.extend(pages.map(|page| (Span::file(&page.file), "the page made from this")));
    let inside = |path: &SitePath| path.strip_prefix("static").and_then(SitePath::new);
    let statics = site.statics.iter().filter(|path| wanted(inside(path)));
    origins.extend(statics.map(|path| (Span::file(path), STATIC)));
    for page in texts() {
        let aliases = page.aliases.iter().zip(&page.aliases_at);
        let aliases = aliases.filter(|(alias, _)| wanted(alias_file(alias)));
        origins.extend(aliases.map(|(_, at)| (at.clone(), ALIAS)));
    }
    origins
}
