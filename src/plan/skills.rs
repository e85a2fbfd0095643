//! Skill pages: one skill with everyone who has it, and the index of all.

use super::sheets::{Members, Sheets};
use super::stage::Stage;
use super::views::{HolderView, MemberView, PlaceView, SkillGroupView, SkillItem, SkillView};
use crate::model::ruleset::CatalogueSkill;
use crate::model::sheet::SkillLine;
use std::collections::{BTreeMap, BTreeSet};

/// A holder's sheet line beside the member it belongs to.
type Holding<'a> = (&'a MemberView, &'a SkillLine, u16);

/// Every published skill with its holders, the strongest first.
pub(crate) fn views(stage: &Stage<'_>, sheets: &Sheets, members: &Members) -> Vec<SkillView> {
    let mut holdings: BTreeMap<&str, Vec<Holding<'_>>> = BTreeMap::new();
    for member in &members.all {
        let Some(sheet) = sheets.get(&member.row.slug) else { continue };
        for line in sheet.skills.iter().flat_map(|group| &group.skills) {
            holdings.entry(&line.slug).or_default().push((member, line, sheet.class.hue_1));
        }
    }
    let edges = Edges::of(stage, sheets);
    stage
        .routes
        .skills()
        .map(|(slug, name)| {
            let mut held = holdings.remove(slug).unwrap_or_default();
            held.sort_by(|a, b| {
                (b.1.level, &a.0.row.name, &a.0.row.slug).cmp(&(
                    a.1.level,
                    &b.0.row.name,
                    &b.0.row.slug,
                ))
            });
            view(stage, slug, name, &held, &edges)
        })
        .collect()
}

/// The index: skills by category.
pub(crate) fn groups(stage: &Stage<'_>, skills: &[SkillView]) -> Vec<SkillGroupView> {
    let mut groups: BTreeMap<&str, Vec<SkillItem>> = BTreeMap::new();
    for skill in skills {
        let group = skill.category.as_deref().or(skill.axis.as_deref()).unwrap_or("Other");
        groups.entry(group).or_default().push(SkillItem {
            name: skill.name.clone(),
            url: stage.routes.href(&format!("/skills/{}/", skill.slug)),
            best: skill.holders.iter().filter_map(|holder| holder.level).max(),
            max: stage.site.ruleset.skills.max,
            holders: skill.holders.len(),
        });
    }
    groups
        .into_iter()
        .map(|(name, mut skills)| {
            skills.sort_by(|a, b| a.name.cmp(&b.name));
            SkillGroupView { name: name.to_owned(), skills }
        })
        .collect()
}

/// Which skill builds on which, over all sheets and the catalogue, by either end.
#[derive(Default)]
struct Edges<'a> {
    requires: BTreeMap<&'a str, BTreeSet<&'a str>>,
    unlocks: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Edges<'a> {
    fn of(stage: &Stage<'a>, sheets: &'a Sheets) -> Edges<'a> {
        let drawn = sheets
            .values()
            .filter_map(|sheet| sheet.tree.as_ref())
            .flat_map(|tree| &tree.edges)
            .map(|edge| (edge.from.as_str(), edge.to.as_str()));
        let known = stage.site.ruleset.catalogue.iter().flat_map(|skill| {
            let parents = skill.requires.iter().chain(&skill.merges);
            parents.map(|parent| (parent.as_str(), skill.slug.as_str()))
        });
        let mut edges = Edges::default();
        for (from, to) in drawn.chain(known) {
            edges.requires.entry(to).or_default().insert(from);
            edges.unlocks.entry(from).or_default().insert(to);
        }
        edges
    }
}

fn view(
    stage: &Stage<'_>,
    slug: &str,
    name: &str,
    held: &[Holding<'_>],
    edges: &Edges<'_>,
) -> SkillView {
    let ruleset = &stage.site.ruleset;
    let known: Option<&CatalogueSkill> = ruleset.catalogue.iter().find(|it| it.slug == slug);
    let line = held.first().map(|(_, line, _)| *line);
    let axis = line.and_then(|line| line.axis.as_deref());
    let place = |slug: &&str| {
        let (name, route) = (stage.routes.skill_name(slug)?, stage.routes.skill_by_slug(slug)?);
        Some(PlaceView { title: name.to_owned(), url: stage.routes.href(route) })
    };
    let places = |ends: &BTreeMap<&str, BTreeSet<&str>>| {
        ends.get(slug).into_iter().flatten().filter_map(place).collect()
    };
    SkillView {
        name: name.to_owned(),
        slug: slug.to_owned(),
        category: known
            .and_then(|known| known.category.clone())
            .or_else(|| line.and_then(|line| line.category.clone())),
        axis: axis.map(|id| {
            let axis = ruleset.radar.axes.iter().find(|axis| axis.id == id);
            axis.map_or_else(|| id.to_owned(), |axis| axis.name.clone())
        }),
        description: known.and_then(|known| known.description.clone()),
        requires: places(&edges.requires),
        unlocks: places(&edges.unlocks),
        holders: held.iter().map(holder).collect(),
    }
}

fn holder((member, line, hue): &Holding<'_>) -> HolderView {
    HolderView {
        name: member.row.name.clone(),
        url: member.url.clone(),
        picture: member.picture.clone(),
        initials: member.row.initials.clone(),
        hue: *hue,
        level: line.level,
        max: line.max,
        standing: line.standing,
        proof: line.proof.clone(),
        used: line.used.clone(),
        evidence: line.evidence.clone(),
        endorsed: line.endorsed.clone(),
    }
}
