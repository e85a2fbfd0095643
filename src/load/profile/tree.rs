//! The edges of the skill tree: `requires` and `merges`. They must refer to existing skills and
//! form no cycle.

use super::scope::{Known, Scope};
use super::skill_draft::SkillDraft;
use crate::diagnostic::Diagnostic;
use crate::load::cycle;
use crate::load::read::Reader;
use crate::source::yaml::Node;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Slug of a skill → slugs of the skills it requires, with source positions for those in the
/// profile.
type Edges = BTreeMap<String, Vec<(String, Option<Span>)>>;

/// Reads the edges of every skill; edges that close a cycle are reported and left out.
pub(super) fn connect(
    scope: &Scope<'_>,
    read: &mut Reader<'_>,
    known: &Known,
    drafts: &mut [SkillDraft<'_>],
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

/// Removes one edge from every cycle, preferably one written in the profile, and reports the first.
/// A cycle within the catalogue is not the profile's mistake and is ignored.
fn break_circles(
    read: &mut Reader<'_>,
    known: &Known,
    edges: &mut Edges,
    drafts: &mut [SkillDraft<'_>],
) {
    let mut told = 0;
    loop {
        let circles = cycle::cycles(&bare(edges));
        if circles.is_empty() {
            return;
        }
        let written: Vec<_> = circles.iter().map(|circle| written(edges, circle)).collect();
        for (circle, written) in circles.iter().zip(written) {
            let Some(written) = written else {
                let next = &circle[1 % circle.len()];
                edges.entry(circle[0].clone()).or_default().retain(|(slug, _)| slug != next);
                continue;
            };
            if told < cycle::MOST {
                report(read, known, circle, &written);
                told += 1;
            }
            let (from, to) = written[0].0;
            edges
                .entry(from.to_owned())
                .or_default()
                .retain(|(slug, at)| slug != to || at.is_none());
            for draft in drafts.iter_mut().filter(|draft| draft.skill.slug == from) {
                draft.skill.requires.retain(|slug| slug != to);
                draft.skill.merges.retain(|slug| slug != to);
            }
        }
    }
}

fn bare(edges: &Edges) -> BTreeMap<String, Vec<String>> {
    let slugs =
        |targets: &[(String, Option<Span>)]| targets.iter().map(|(slug, _)| slug.clone()).collect();
    edges.iter().map(|(from, targets)| (from.clone(), slugs(targets))).collect()
}

/// Adds the catalogue's edges of all skills reachable from the profile's: only these can be in a
/// cycle with them.
fn add_catalogue(scope: &Scope<'_>, edges: &mut Edges) {
    let own = edges.values().flatten().map(|(slug, _)| slug.clone());
    let mut ahead: Vec<String> = own.collect();
    let mut seen = BTreeSet::new();
    while let Some(slug) = ahead.pop() {
        let known = scope.ruleset.entry(&slug);
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
            let message = format!("`{key}` names `{name}`, which is not a skill of this profile");
            let help = known.nearest(&name).map(|near| format!("did you mean `{near}`?"));
            let diagnostic = Diagnostic::error("unknown-skill", message)
                .at(read.span(node))
                .help(help.unwrap_or(format!("add it to `skills:` as `{name}:` with a level")));
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

/// An edge of a cycle, with its source position in the profile.
type ProfileEdge<'a> = ((&'a str, &'a str), Span);

/// The edges of a cycle that the profile wrote, in source order; `None` if it wrote none of the
/// remaining ones.
fn written<'a>(edges: &Edges, circle: &'a [String]) -> Option<Vec<ProfileEdge<'a>>> {
    let pairs = (0..circle.len())
        .map(|index| (circle[index].as_str(), circle[(index + 1) % circle.len()].as_str()));
    let place = |(from, to): (&str, &str)| {
        let mut targets = edges.get(from)?.iter().filter(|(slug, _)| slug == to);
        targets.find_map(|(_, at)| at.clone())
    };
    let mut written: Vec<ProfileEdge<'_>> =
        pairs.filter_map(|pair| Some((pair, place(pair)?))).collect();
    written.sort_by(|a, b| a.1.cmp(&b.1));
    Some(written).filter(|written| !written.is_empty())
}

/// Reports the whole cycle at the first of its edges in the profile.
fn report(read: &mut Reader<'_>, known: &Known, circle: &[String], written: &[ProfileEdge<'_>]) {
    let [((from, _), at), others @ ..] = written else { return };
    let start = circle.iter().position(|slug| slug == from).unwrap_or_default();
    let name = |slug| known.get(slug).map_or(slug, |(_, name)| name);
    let round = circle[start..].iter().chain(&circle[..start]);
    let said: Vec<&str> = round.map(|slug| name(slug.as_str())).collect();
    let message = match circle.len() {
        1 => format!("`{}` builds on itself", said[0]),
        _ => format!("skills build on each other in a circle: {}", cycle::written(&said)),
    };
    let mut diagnostic =
        Diagnostic::error("skill-cycle", message).at(at.clone()).help("remove one of these edges");
    for ((from, to), at) in others.iter().filter(|it| it.1 != *at).take(cycle::MOST) {
        let text = format!("`{}` builds on `{}`", name(from), name(to));
        diagnostic = diagnostic.related(at.clone(), text);
    }
    read.report.push(diagnostic);
}
