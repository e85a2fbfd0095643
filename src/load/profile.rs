//! One person's profile: `content/profile.yaml`, `content/profiles/ada.yaml`, or a folder with
//! `profile.yaml`, `about.md` and `avatar.jpg`; as YAML, as Markdown or as any `resume.json`.

mod basics;
mod keep;
mod keys;
mod ledger;
mod lines;
mod merged_keys;
mod scope;
mod sections;
mod skill_draft;
mod skills;
mod tree;
mod work;
mod written;

use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::load::document;
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;
use crate::span::{Markdown, Span};
use keys::{ProfileKeys, RENAMED};
use merged_keys::MergedKeys;
use scope::{Known, Names, Scope};
use std::sync::Arc;

/// Keys whose source positions are kept: see `Profile::places`.
const PLACES: [&str; 6] = ["theme", "paper", "email", "phone", "location", "references"];

/// Reads the profile in the file at `path`. Invalid values are reported and left out, and the rest
/// is kept; `None` if there is no map to read. A `.json` file may come from another tool: its
/// mistakes are only warnings, and unknown content is kept unchanged.
pub fn profile(
    snapshot: &Snapshot,
    path: &SitePath,
    ruleset: &Ruleset,
    report: &mut Report,
) -> Option<Profile> {
    ProfileReader::new(snapshot, ruleset).read(path, report)
}

/// Reads the profiles of a site; what they share is prepared once.
pub(super) struct ProfileReader<'a> {
    snapshot: &'a Snapshot,
    ruleset: &'a Ruleset,
    catalogue: Arc<Names>,
}

impl<'a> ProfileReader<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, ruleset: &'a Ruleset) -> ProfileReader<'a> {
        ProfileReader { snapshot, ruleset, catalogue: Known::catalogue(ruleset) }
    }

    /// Like [`profile`].
    pub(super) fn read(&self, path: &SitePath, report: &mut Report) -> Option<Profile> {
        let ProfileReader { snapshot, ruleset, catalogue } = self;
        let is_foreign = path.extension() == "json";
        let (root, body) = match path.extension() {
            "md" => {
                let (_, root, body) = document::markdown(snapshot, path.as_str(), report)?;
                (root, Some(body).filter(|body| !body.text.trim().is_empty()))
            }
            _ => (document::yaml(snapshot, path.as_str(), report)?.1, None),
        };
        let scope = Scope { snapshot, file: path, ruleset, catalogue, is_foreign };
        if is_foreign && root.as_map().is_none() {
            report.push(nothing(&scope, &root));
            return None;
        }
        let mut found = Report::default();
        let profile = read(&scope, &root, body, &mut found);
        report.extend(if is_foreign { lenient(found) } else { found });
        let mut profile = profile?;
        if profile.name.is_empty() {
            if is_foreign {
                report.push(nameless(&scope, &root));
            }
            profile.name = profile.slug.clone();
        }
        Some(profile)
    }
}

/// The diagnostic for a JSON file that contains no profile.
fn nothing(scope: &Scope<'_>, root: &Node) -> Diagnostic {
    let message = match root.is_null() {
        true => "there is no profile in this file",
        false => "a profile must be a map, and this is none",
    };
    let diagnostic = Diagnostic::error("wrong-kind", message);
    let place = match root.at.is_empty() {
        true => diagnostic.in_file(scope.file),
        false => diagnostic.at(Span::new(scope.file, root.at.clone())),
    };
    place.help("write at least `{\"basics\": {\"name\": \"…\"}}`")
}

/// The diagnostic for a profile without a name: nobody wants a sheet titled with its file name.
fn nameless(scope: &Scope<'_>, root: &Node) -> Diagnostic {
    let basics = root.get("basics").filter(|it| it.as_map().is_some());
    let at = match basics.and_then(|it| it.get("name")).or(root.get("name")).or(basics) {
        Some(node) => node.at.clone(),
        None => root.at.start..root.at.start + 1,
    };
    Diagnostic::error("missing-key", "`name` is missing in a profile")
        .at(Span::new(scope.file, at))
        .help("write `\"basics\": {\"name\": \"…\"}`")
}

/// Turns errors into warnings: in another tool's résumé, the only consequence of a mistake is that
/// the value is not shown.
fn lenient(report: Report) -> Report {
    let warning = |it: &Diagnostic| Diagnostic { severity: Severity::Warning, ..it.clone() };
    report.iter().map(warning).collect()
}

fn read(
    scope: &Scope<'_>,
    root: &Node,
    body: Option<Markdown>,
    report: &mut Report,
) -> Option<Profile> {
    if root.as_map().is_none() && !root.is_null() {
        let help = "write `name: …` on the first line".to_owned();
        Reader::new(scope.file, report).wrong_kind("a profile", "a map", root, Some(help));
        return None;
    }
    let slug = slug(scope, root, report)?;
    let wraps = !scope.is_foreign || written::is_markdown(root);
    let restored = written::restored(root);
    let mut with_lines = restored.clone();
    if !wraps {
        lines::keep(with_lines.to_mut());
    }
    let merged = MergedKeys::of(scope, &with_lines, report);
    let mut top = ProfileKeys {
        fields: Fields::new(&merged.node, scope.file, "a profile", report).renamed(RENAMED),
        is_foreign: scope.is_foreign,
        refused: Vec::new(),
    };
    let mut profile = Profile { slug, file: Some(scope.file.clone()), wraps, ..Profile::default() };
    profile.places = PLACES
        .into_iter()
        .filter_map(|key| Some((key, Span::new(scope.file, merged.node.get(key)?.at.clone()))))
        .collect();
    basics::read(scope, &mut top, &mut profile);
    let known = skills::read(scope, &mut top, &mut profile);
    ledger::read(scope, &known, &mut top, &mut profile);
    work::read(scope, &known, &mut top, &mut profile);
    sections::read(scope, &known, &mut top, &mut profile);
    profile.mentioned = known.into_mentioned();
    profile.meta = merged.meta.clone();
    let schema = top.fields.take("$schema").map(|node| ("$schema".to_owned(), node.to_json()));
    let refused = std::mem::take(&mut top.refused).into_iter().map(str::to_owned);
    let refused: Vec<String> = refused.chain(merged.shadowed.iter().cloned()).collect();
    profile.extra = schema.into_iter().chain(top.fields.finish_keeping()).collect();
    profile.basics_extra = merged.basics_extra(scope, report);
    backstory(scope, body, &mut profile, report);
    if scope.is_foreign {
        keep::what_differs(&mut profile, &restored.to_json(), &refused, &scope.ruleset.skills);
    }
    Some(profile)
}

/// The slug: that of the file or folder; for a solo profile, that of the person's name.
fn slug(scope: &Scope<'_>, root: &Node, report: &mut Report) -> Option<String> {
    let folder = scope.file.parent();
    let name = match (scope.file.stem(), folder.as_ref().map(SitePath::file_name)) {
        ("profile", Some("content") | None) => {
            let basics = root.get("basics").unwrap_or(root);
            let name = basics.get("name").and_then(Node::as_str).and_then(slugify);
            return Some(name.unwrap_or_else(|| "profile".to_owned()));
        }
        ("profile", Some(folder)) => folder,
        (stem, _) => stem,
    };
    let slug = slugify(name);
    if slug.is_none() {
        let message = format!("no address can be made from `{name}`");
        report.push(
            Diagnostic::error("no-address", message)
                .in_file(scope.file)
                .help("give it a name with letters or digits"),
        );
    }
    slug
}

/// `about.md` in the profile's folder, or the text below the front matter.
fn backstory(
    scope: &Scope<'_>,
    body: Option<Markdown>,
    profile: &mut Profile,
    report: &mut Report,
) {
    let beside = scope.beside("about.md");
    let about = beside.and_then(|path| document::markdown(scope.snapshot, path.as_str(), report));
    let about = about.map(|(_, _, text)| text).filter(|text| !text.text.trim().is_empty());
    let mut written = [body, about, profile.about.take()].into_iter().flatten();
    profile.about = written.next();
    if let (Some(first), Some(second)) = (&profile.about, written.next()) {
        let mut diagnostic = Diagnostic::error("two-backstories", "there are two backstories")
            .at_opt(second.origin)
            .help("keep one of the two");
        if let Some(origin) = &first.origin {
            diagnostic = diagnostic.related(origin.clone(), "the other one");
        }
        report.push(diagnostic);
    }
}

#[cfg(test)]
mod tests;
