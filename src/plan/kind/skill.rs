//! Skill pages: one for each skill with everyone who has it, and the list of all skills.

use super::super::content::Content;
use super::super::context::Context;
use super::super::directory::{Entry, PageKind};
use super::super::members::Members;
use super::super::planned_page::PlannedPage;
use super::super::sheets::Sheets;
use super::super::views::{HolderView, MemberView, PageLink, SkillGroupView, SkillItem, SkillView};
use crate::model::ruleset::CatalogueSkill;
use crate::model::sheet::{KeywordLine, LinkText, Sheet, SkillLine, Standing};
use crate::model::wording::Wording;
use crate::theme::Var;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The route of the list.
const LIST: &str = "/skills/";

/// A page for each of these skills (slug → name), and the list if there are any.
pub(crate) fn entries(
    skills: &BTreeMap<String, String>,
    wording: &Wording,
) -> impl Iterator<Item = Entry> {
    let list = Entry::new(PageKind::Skills, "", LIST.to_owned(), &wording.skills);
    let skill = |(slug, name): (&String, &String)| Entry {
        section: Some(LIST),
        ..Entry::new(PageKind::Skill, slug, route(slug), name)
    };
    skills.iter().map(skill).chain((!skills.is_empty()).then_some(list))
}

fn route(slug: &str) -> String {
    format!("{LIST}{slug}/")
}

/// The page of a skill.
pub(crate) fn job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let skill = content.skills.get(&entry.slug)?;
    let description = skill.description.clone().unwrap_or_else(|| {
        let names: Vec<&str> =
            skill.holders.iter().take(5).map(|holder| holder.name.as_str()).collect();
        let wording = &context.edition.wording;
        let people = wording.list(&names);
        wording.skill_description.fill(&[("skill", &skill.name), ("people", &people)])
    });
    let page = context.head(entry, &entry.title, description);
    let skill_var = ("skill", Arc::new(Var::new(skill.clone())));
    let job = context.page(context.theme(), entry, "skill.html", page, [skill_var])?;
    Some(PlannedPage::new(context, entry, job))
}

/// The list of all skills.
pub(crate) fn list_job<'a>(
    context: &Context<'a>,
    content: &'a Content<'_>,
    entry: &'a Entry,
) -> Option<PlannedPage<'a>> {
    let description = context.edition.wording.skills_description.fill(&[("site", &context.title)]);
    let page = context.head(entry, &entry.title, description);
    let skills_var = ("skills", Arc::new(Var::new(groups(context, content))));
    let job = context.page(context.theme(), entry, "skills.html", page, [skills_var])?;
    Some(PlannedPage::new(context, entry, job))
}

/// A skill on the sheet of a person who has it.
struct Holding<'a> {
    member: &'a MemberView,
    hue: u16,
    /// The skill, or the first skill that lists it as a keyword.
    line: &'a SkillLine,
    keyword: Option<&'a KeywordLine>,
    part_of: Vec<&'a SkillLine>,
}

impl Holding<'_> {
    fn level(&self) -> Option<u32> {
        self.line.level.filter(|_| self.keyword.is_none())
    }
}

/// Every published skill by slug, with the people who have it, highest level first.
pub(crate) fn views(
    context: &Context<'_>,
    sheets: &Sheets,
    members: &Members,
) -> BTreeMap<String, Arc<SkillView>> {
    let mut holdings: BTreeMap<&str, Vec<Holding<'_>>> = BTreeMap::new();
    for member in &members.all {
        let Some(sheet) = sheets.get(&member.row.slug) else { continue };
        add_holdings(&mut holdings, member, sheet);
    }
    let edges = Edges::of(context, sheets);
    let skills = context.directory.of_kind(PageKind::Skill).iter();
    skills
        .map(|entry| {
            let mut held = holdings.remove(entry.slug.as_str()).unwrap_or_default();
            held.sort_by_cached_key(|it| {
                let row = &it.member.row;
                (Reverse(it.level()), context.name_key(&row.name), row.slug.clone())
            });
            let view = view(context, &entry.slug, &entry.title, &held, &edges);
            (entry.slug.clone(), Arc::new(view))
        })
        .collect()
}

/// Adds the skills of one member, and the keywords that are not listed as skills themselves.
fn add_holdings<'a>(
    holdings: &mut BTreeMap<&'a str, Vec<Holding<'a>>>,
    member: &'a MemberView,
    sheet: &'a Sheet,
) {
    let hue = sheet.class.hue_1;
    let lines = || sheet.skills.iter().flat_map(|group| &group.skills);
    for line in lines() {
        let holding = Holding { member, hue, line, keyword: None, part_of: Vec::new() };
        holdings.entry(&line.slug).or_default().push(holding);
    }
    let words = lines().flat_map(|line| line.keywords.iter().map(move |word| (line, word)));
    for (line, word) in words.filter(|(_, word)| !word.slug.is_empty()) {
        let held = holdings.entry(&word.slug).or_default();
        match held.last_mut().filter(|last| last.member.row.slug == member.row.slug) {
            Some(own) if own.keyword.is_none() => {}
            Some(known) => known.part_of.push(line),
            None => {
                held.push(Holding { member, hue, line, keyword: Some(word), part_of: vec![line] })
            }
        }
    }
}

/// The index: skills by category.
fn groups(context: &Context<'_>, content: &Content<'_>) -> Vec<SkillGroupView> {
    let other = context.edition.wording.skill_group_other.as_str();
    let mut groups: BTreeMap<&str, Vec<SkillItem>> = BTreeMap::new();
    for skill in content.skills.values() {
        let group = skill.category.as_deref().or(skill.axis.as_deref()).unwrap_or(other);
        groups.entry(group).or_default().push(SkillItem {
            name: skill.name.clone(),
            url: context.directory.href(&route(&skill.slug)),
            best: skill.holders.iter().filter_map(|holder| holder.level).max(),
            max: context.site.ruleset.skills.max,
            holders: skill.holders.len(),
        });
    }
    let mut groups: Vec<SkillGroupView> = groups
        .into_iter()
        .map(|(name, mut skills)| {
            skills.sort_by_cached_key(|skill| context.name_key(&skill.name));
            SkillGroupView { name: name.to_owned(), skills }
        })
        .collect();
    groups.sort_by_cached_key(|group| context.name_key(&group.name));
    groups
}

/// Which skill requires which, across all sheets and the catalogue, indexed in both directions.
#[derive(Default)]
struct Edges<'a> {
    requires: BTreeMap<&'a str, BTreeSet<&'a str>>,
    unlocks: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Edges<'a> {
    fn of(context: &Context<'a>, sheets: &'a Sheets) -> Edges<'a> {
        let drawn = sheets
            .values()
            .filter_map(|sheet| sheet.tree.as_ref())
            .flat_map(|tree| &tree.edges)
            .map(|edge| (edge.from.as_str(), edge.to.as_str()));
        let known = context.site.ruleset.catalogue.iter().flat_map(|skill| {
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
    context: &Context<'_>,
    slug: &str,
    name: &str,
    held: &[Holding<'_>],
    edges: &Edges<'_>,
) -> SkillView {
    let ruleset = &context.site.ruleset;
    let known: Option<&CatalogueSkill> = ruleset.entry(slug);
    let line = held.first().map(|holding| holding.line);
    let axis = line.and_then(|line| line.axis.as_deref());
    let place = |slug: &&str| {
        let skill = context.directory.find(PageKind::Skill, slug)?;
        Some(PageLink { title: skill.title.clone(), url: context.directory.href(&skill.route) })
    };
    let places = |ends: &BTreeMap<&str, BTreeSet<&str>>| {
        let mut places: Vec<PageLink> =
            ends.get(slug).into_iter().flatten().filter_map(place).collect();
        places.sort_by_cached_key(|place| context.name_key(&place.title));
        places
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
        icon: known.and_then(|known| known.icon.clone()),
        requires: places(&edges.requires),
        unlocks: places(&edges.unlocks),
        holders: held.iter().map(|holding| holder(context, holding)).collect(),
    }
}

fn holder(context: &Context<'_>, holding: &Holding<'_>) -> HolderView {
    let Holding { member, hue, line, keyword, part_of } = holding;
    let url = |slug: &str| {
        let skill = context.directory.find(PageKind::Skill, slug)?;
        Some(context.directory.href(&skill.route))
    };
    let mut view = HolderView {
        name: member.row.name.clone(),
        url: member.url.clone(),
        picture: member.picture.clone(),
        initials: member.row.initials.clone(),
        hue: *hue,
        level: holding.level(),
        max: line.max,
        standing: Standing::Declared,
        proof: String::new(),
        word: None,
        last_used: None,
        xp: None,
        used: Vec::new(),
        evidence: Vec::new(),
        endorsed: Vec::new(),
        keywords: Vec::new(),
        part_of: Vec::new(),
    };
    match keyword {
        None => {
            view.standing = line.standing;
            view.proof.clone_from(&line.proof);
            view.word.clone_from(&line.word);
            view.last_used.clone_from(&line.last_used);
            view.xp.clone_from(&line.xp);
            view.used.clone_from(&line.used);
            view.evidence.clone_from(&line.evidence);
            view.endorsed.clone_from(&line.endorsed);
            let word = |it: &KeywordLine| LinkText { text: it.name.clone(), url: url(&it.slug) };
            view.keywords = line.keywords.iter().map(word).collect();
        }
        Some(word) => {
            view.proof.clone_from(&word.proof);
            view.used.clone_from(&word.used);
            let place = |line: &&SkillLine| {
                Some(PageLink { title: line.name.clone(), url: url(&line.slug)? })
            };
            view.part_of = part_of.iter().filter_map(place).collect();
        }
    }
    view
}
