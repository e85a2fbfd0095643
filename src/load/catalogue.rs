//! `content/skills.yaml`: the catalogue of skills, and which skills each of them requires.

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::read::Reader;
use crate::load::{axes, cycle, document};
use crate::model::ruleset::{CatalogueSkill, Ruleset};
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::{Key, Node};
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The files of a plural name, which may be one file or a folder of files: `skills.yaml`,
/// `skills/*.yaml`.
pub(super) fn files(snapshot: &Snapshot, plural: &str) -> Vec<SitePath> {
    let folder = format!("content/{plural}");
    let one = snapshot.entry(&format!("{folder}.yaml")).map(|(path, _)| path);
    let several = snapshot.below(&folder).map(|(path, _)| path);
    one.into_iter().chain(several.filter(|it| it.extension() == "yaml")).cloned().collect()
}

/// Slug of each name → the skill it belongs to, and its source position (`None` for built-in
/// skills).
type Names = BTreeMap<String, (String, Option<Span>)>;

/// A skill whose edges are still names, with their source positions.
struct Unresolved {
    skill: CatalogueSkill,
    edges: Vec<Edge>,
}

struct Edge {
    name: String,
    at: Span,
    merges: bool,
}

/// Reads the catalogue on top of the built-in one: a skill that is written replaces the built-in
/// definition.
pub(super) fn catalogue(snapshot: &Snapshot, rules: &mut Ruleset, report: &mut Report) {
    let mut drafts: Vec<Unresolved> = Vec::new();
    let mut names: Names = BTreeMap::new();
    for path in files(snapshot, "skills") {
        let Some((file, node)) = document::yaml(snapshot, path.as_str(), report) else { continue };
        let mut read = Reader::new(file, report);
        for (key, node) in read.entries("skills", &node) {
            let draft = draft(&mut read, key, node, rules);
            drafts.extend(draft.filter(|draft| claim(&mut read, key, draft, &mut names)));
        }
    }
    let is_free = |name: &String| slugify(name).is_none_or(|slug| !names.contains_key(&slug));
    let mut built_in = rules.catalogue.to_vec();
    built_in.retain(|skill| is_free(&skill.name));
    built_in.iter_mut().for_each(|skill| skill.aliases.retain(is_free));
    for skill in &built_in {
        for name in std::iter::once(&skill.name).chain(&skill.aliases) {
            names.insert(slugify(name).unwrap_or_default(), (skill.slug.clone(), None));
        }
    }
    let edges = resolve(&mut drafts, &names, report);
    refuse_cycles(&edges, report);
    let own = drafts.into_iter().map(|draft| draft.skill);
    rules.catalogue = own.chain(built_in).collect::<Vec<_>>().into();
}

/// `Rust: {category: …}`, or only the category.
fn draft(read: &mut Reader<'_>, key: &Key, node: &Node, rules: &Ruleset) -> Option<Unresolved> {
    let Some(slug) = slugify(&key.name) else {
        let message = format!("`{}` cannot be the name of a skill", key.name);
        let diagnostic = Diagnostic::error("bad-name", message)
            .at(read.key_span(key))
            .help("a name needs letters or digits");
        read.report.push(diagnostic);
        return None;
    };
    let mut skill = CatalogueSkill { name: key.name.clone(), slug, ..CatalogueSkill::default() };
    let mut edges = Vec::new();
    if node.as_str().is_some() && !node.is_null() {
        skill.category = read.text(&key.name, node);
        return Some(Unresolved { skill, edges });
    }
    let words: Vec<(&str, &str)> =
        rules.rarity.iter().map(|word| (word.as_str(), word.as_str())).collect();
    let mut fields = read.fields(node, "a skill of the catalogue");
    skill.aliases = fields.texts("aliases");
    skill.category = fields.optional_text("category");
    skill.axis = fields
        .optional("axis", |read, node| axes::known_axis(read, "axis", node, &rules.radar.axes));
    edges.extend(fields.each("requires", |read, node| edge(read, node, false)));
    edges.extend(fields.each("merges", |read, node| edge(read, node, true)));
    skill.at = fields
        .integer("at", 1..=i64::from(rules.skills.max))
        .and_then(|level| u32::try_from(level).ok());
    skill.rarity = fields.word("rarity", &words).map(str::to_owned);
    skill.icon = fields.optional_text("icon");
    skill.description = fields.optional_text("description");
    fields.finish();
    Some(Unresolved { skill, edges })
}

fn edge(read: &mut Reader<'_>, node: &Node, merges: bool) -> Option<Edge> {
    let name = read.text(if merges { "merges" } else { "requires" }, node)?;
    Some(Edge { name, at: read.span(node), merges })
}

/// Registers the names of a skill; `false` if its main name already belongs to another skill.
fn claim(read: &mut Reader<'_>, key: &Key, draft: &Unresolved, names: &mut Names) -> bool {
    let at = read.key_span(key);
    for name in std::iter::once(&draft.skill.name).chain(&draft.skill.aliases) {
        let Some(slug) = slugify(name) else { continue };
        match names.get(&slug) {
            Some((owner, _)) if *owner == draft.skill.slug => {}
            Some((_, first)) => {
                let message = format!("two skills are called `{name}`");
                let mut diagnostic = Diagnostic::error("duplicate-skill", message)
                    .at(at.clone())
                    .help("merge them, or rename one");
                let first = first.clone().map(|at| (at, "first written here".to_owned()));
                diagnostic.related.extend(first);
                read.report.push(diagnostic);
                if slug == draft.skill.slug {
                    return false;
                }
            }
            None => {
                names.insert(slug, (draft.skill.slug.clone(), Some(at.clone())));
            }
        }
    }
    true
}

/// Resolves the names of edges to slugs. Returns the graph of required skills, with source
/// positions.
fn resolve(
    drafts: &mut [Unresolved],
    names: &Names,
    report: &mut Report,
) -> BTreeMap<String, Vec<(String, Span)>> {
    let known: BTreeSet<String> = drafts.iter().map(|draft| draft.skill.name.clone()).collect();
    let mut graph: BTreeMap<String, Vec<(String, Span)>> = BTreeMap::new();
    for draft in drafts {
        for edge in draft.edges.drain(..) {
            let slug = slugify(&edge.name).unwrap_or_default();
            let Some((target, _)) = names.get(&slug) else {
                let message = format!("the catalogue has no skill called `{}`", edge.name);
                let help = did_you_mean(&edge.name, known.iter().map(String::as_str));
                let diagnostic = Diagnostic::error("unknown-skill", message)
                    .at(edge.at)
                    .help(help.unwrap_or("add it to `content/skills.yaml`".into()));
                report.push(diagnostic);
                continue;
            };
            let list =
                if edge.merges { &mut draft.skill.merges } else { &mut draft.skill.requires };
            if !list.contains(target) {
                list.push(target.clone());
            }
            graph.entry(draft.skill.slug.clone()).or_default().push((target.clone(), edge.at));
        }
    }
    graph
}

fn refuse_cycles(graph: &BTreeMap<String, Vec<(String, Span)>>, report: &mut Report) {
    let plain =
        |targets: &Vec<(String, Span)>| targets.iter().map(|(slug, _)| slug.clone()).collect();
    let edges = graph.iter().map(|(from, targets)| (from.clone(), plain(targets))).collect();
    for cycle in cycle::cycles(&edges) {
        let place = |index: usize| {
            let next = &cycle[(index + 1) % cycle.len()];
            let targets = graph.get(&cycle[index])?;
            targets.iter().find(|(slug, _)| slug == next).map(|(_, at)| at.clone())
        };
        let message = format!("a skill builds on itself: {}", cycle::written(&cycle));
        let mut diagnostic =
            Diagnostic::error("skill-cycle", message).at_opt(place(0)).help("remove one of these");
        for index in 1..cycle.len().min(cycle::MOST) {
            diagnostic.related.extend(place(index).map(|at| (at, "and this".to_owned())));
        }
        report.push(diagnostic);
    }
}
