//! The edges of the skill tree: `requires` and `merges`, to skills there are, without a circle.

use super::scope::{Known, Scope};
use super::skills::Draft;
use crate::diagnostic::Diagnostic;
use crate::load::cycle;
use crate::load::read::Reader;
use crate::source::yaml::Node;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Slug of a skill → slugs of those it builds on, with their places if the profile wrote them.
type Edges = BTreeMap<String, Vec<(String, Option<Span>)>>;

/// Reads the edges of every skill; those that close a circle are reported, and left out.
pub(super) fn connect(
    scope: &Scope<'_>,
    read: &mut Reader<'_>,
    known: &Known,
    drafts: &mut [Draft<'_>],
) {
    let mut edges = Edges::new();
    for draft in drafts.iter_mut() {
        let requires = targets(read, known, "requires", draft.requires);
        let merges = targets(read, known, "merges", draft.merges);
        draft.skill.requires = slugs(&requires);
        draft.skill.merges = slugs(&merges);
        let own = requires.into_iter().chain(merges).map(|(slug, at)| (slug, Some(at)));
        edges.entry(draft.skill.slug.clone()).or_default().extend(own);
    }
    add_catalogue(scope, &mut edges);
    break_circles(read, known, &mut edges, drafts);
}

/// Takes an edge of the profile out of every circle; a circle of the catalogue is not its fault.
fn break_circles(
    read: &mut Reader<'_>,
    known: &Known,
    edges: &mut Edges,
    drafts: &mut [Draft<'_>],
) {
    loop {
        let circles = cycle::cycles(&bare(edges));
        let said = circles.iter().filter_map(|circle| report(read, known, edges, circle));
        let broken: Vec<(String, String)> = said.collect();
        if broken.is_empty() {
            return;
        }
        for (from, to) in broken {
            if let Some(targets) = edges.get_mut(&from) {
                targets.retain(|(slug, at)| *slug != to || at.is_none());
            }
            for draft in drafts.iter_mut().filter(|draft| draft.skill.slug == from) {
                draft.skill.requires.retain(|slug| *slug != to);
                draft.skill.merges.retain(|slug| *slug != to);
            }
        }
    }
}

fn bare(edges: &Edges) -> BTreeMap<String, Vec<String>> {
    let slugs =
        |targets: &[(String, Option<Span>)]| targets.iter().map(|(slug, _)| slug.clone()).collect();
    edges.iter().map(|(from, targets)| (from.clone(), slugs(targets))).collect()
}

/// Adds the catalogue's edges of every skill that one of the profile's leads to: no other can be
/// part of a circle with them.
fn add_catalogue(scope: &Scope<'_>, edges: &mut Edges) {
    let own = edges.values().flatten().map(|(slug, _)| slug.clone());
    let mut ahead: Vec<String> = own.collect();
    let mut seen = BTreeSet::new();
    while let Some(slug) = ahead.pop() {
        let known = scope.ruleset.catalogue.iter().find(|skill| skill.slug == slug);
        let Some(skill) = known.filter(|_| seen.insert(slug.clone())) else { continue };
        let targets = skill.requires.iter().chain(&skill.merges);
        ahead.extend(targets.clone().cloned());
        let targets = targets.map(|target| (target.clone(), None));
        edges.entry(slug).or_default().splice(0..0, targets);
    }
}

fn targets(
    read: &mut Reader<'_>,
    known: &Known,
    key: &str,
    node: Option<&Node>,
) -> Vec<(String, Span)> {
    let Some(node) = node else { return Vec::new() };
    let mut targets: Vec<(String, Span)> = Vec::new();
    read.each(node, |read, node| {
        let name = read.text(key, node)?;
        let Some((slug, _)) = known.get(&name) else {
            let message = format!("`{key}` names `{name}`, and there is no such skill");
            let help = crate::diagnostic::did_you_mean(&name, known.all());
            let diagnostic = Diagnostic::error("unknown-skill", message)
                .at(read.span(node))
                .help(help.unwrap_or(format!("declare it: `{name}:` with a level")));
            read.report.push(diagnostic);
            return None;
        };
        if !targets.iter().any(|(other, _)| other == slug) {
            targets.push((slug.to_owned(), read.span(node)));
        }
        Some(())
    });
    targets
}

fn slugs(targets: &[(String, Span)]) -> Vec<String> {
    targets.iter().map(|(slug, _)| slug.clone()).collect()
}

/// Says the whole circle at the first edge of it that the profile wrote; gives back that edge.
fn report(
    read: &mut Reader<'_>,
    known: &Known,
    edges: &Edges,
    circle: &[String],
) -> Option<(String, String)> {
    let pairs = (0..circle.len())
        .map(|index| (circle[index].as_str(), circle[(index + 1) % circle.len()].as_str()));
    let place = |(from, to): (&str, &str)| {
        let mut targets = edges.get(from)?.iter().filter(|(slug, _)| slug == to);
        targets.find_map(|(_, at)| at.clone())
    };
    let written: Vec<((&str, &str), Span)> =
        pairs.filter_map(|pair| Some((pair, place(pair)?))).collect();
    let ((from, to), at) = written.iter().min_by(|a, b| a.1.cmp(&b.1))?;
    let start = circle.iter().position(|slug| slug == from)?;
    let round = (0..=circle.len()).map(|index| circle[(start + index) % circle.len()].as_str());
    let name = |slug| known.get(slug).map_or(slug, |(_, name)| name);
    let said: Vec<String> = round.map(|slug| format!("`{}`", name(slug))).collect();
    let message = format!("a skill builds on itself: {}", said.join(" → "));
    let mut diagnostic = Diagnostic::error("skill-cycle", message)
        .at(at.clone())
        .help("take out one of these edges");
    for ((from, to), at) in written.iter().filter(|it| it.1 != *at) {
        let text = format!("`{}` builds on `{}`", name(from), name(to));
        diagnostic = diagnostic.related(at.clone(), text);
    }
    read.report.push(diagnostic);
    Some(((*from).to_owned(), (*to).to_owned()))
}
