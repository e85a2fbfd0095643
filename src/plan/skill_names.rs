//! Which skills get a page: those listed on sheets, those in skill trees, and keywords about which
//! there is more to show.

use super::directory::{Directory, PageKind};
use crate::engine::memo::{ByAddress, Memo};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::Sheet;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The skills a sheet names: slug and name.
#[derive(Debug, PartialEq)]
pub(crate) struct SkillNames {
    /// Skills the person lists.
    own: Vec<(String, String)>,
    /// Skills in the person's tree.
    drawn: Vec<(String, String)>,
    /// Keywords (slug, name), and whether a use of the keyword is known.
    keywords: Vec<(String, String, bool)>,
}

impl SkillNames {
    pub(super) fn of(sheet: &Sheet) -> SkillNames {
        let lines = sheet.skills.iter().flat_map(|group| &group.skills);
        let nodes = sheet.tree.iter().flat_map(|tree| &tree.nodes);
        let words = lines.clone().flat_map(|line| &line.keywords);
        let words = words.filter(|word| !word.slug.is_empty());
        let words = words.map(|it| (it.slug.clone(), it.name.clone(), !it.used.is_empty()));
        SkillNames {
            keywords: words.collect(),
            own: lines.map(|line| (line.slug.clone(), line.name.clone())).collect(),
            drawn: nodes.map(|node| (node.slug.clone(), node.name.clone())).collect(),
        }
    }
}

/// The inputs of the published skills: the names on each sheet, and the catalogue.
pub(super) type SkillsSource = (Vec<ByAddress<SkillNames>>, ByAddress<Ruleset>);

/// Every skill that is on a sheet or is required by such a skill: slug → name. A keyword is
/// included only if there is more to show than that somebody lists it.
pub(crate) fn published_skills<'a>(
    names: impl Iterator<Item = &'a Arc<SkillNames>>,
    ruleset: &Arc<Ruleset>,
    cache: &Memo<SkillsSource, BTreeMap<String, String>>,
) -> Arc<BTreeMap<String, String>> {
    let names: Vec<_> = names.cloned().map(ByAddress).collect();
    cache.get((names.clone(), ByAddress(ruleset.clone())), || {
        let names = || names.iter().map(|names| &*names.0);
        let mut skills: BTreeMap<String, String> =
            names().flat_map(|names| names.own.iter().cloned()).collect();
        for (slug, name) in names().flat_map(|names| &names.drawn) {
            skills.entry(slug.clone()).or_insert_with(|| name.clone());
        }
        for (slug, name) in keywords_with_a_page(names(), ruleset) {
            skills.entry(slug.to_owned()).or_insert_with(|| name.to_owned());
        }
        for known in ruleset.catalogue.iter() {
            if let Some(name) = skills.get_mut(&known.slug) {
                name.clone_from(&known.name);
            }
        }
        skills
    })
}

/// Keywords that work or a project names, that the catalogue describes, or that several people
/// have.
fn keywords_with_a_page<'a>(
    names: impl Iterator<Item = &'a SkillNames>,
    ruleset: &'a Ruleset,
) -> BTreeMap<&'a str, &'a str> {
    let described = ruleset.catalogue.iter().filter(|known| known.description.is_some());
    let described: BTreeSet<&str> = described.map(|known| known.slug.as_str()).collect();
    let mut chosen = BTreeMap::new();
    let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
    for (person, names) in names.enumerate() {
        for (slug, name, used) in &names.keywords {
            let first = *listed.entry(slug).or_insert(person);
            if *used || first != person || described.contains(slug.as_str()) {
                chosen.entry(slug.as_str()).or_insert(name.as_str());
            }
        }
    }
    chosen
}

/// The URL of every skill the sheet names.
pub(super) fn skill_urls(sheet: &Sheet, directory: &Directory) -> BTreeMap<String, String> {
    let lines = sheet.skills.iter().flat_map(|group| &group.skills).map(|line| &line.slug);
    let nodes = sheet.tree.iter().flat_map(|tree| &tree.nodes).map(|node| &node.slug);
    let positions = sheet.work.iter().chain(&sheet.volunteer).flat_map(|line| &line.positions);
    let used = positions
        .flat_map(|position| &position.skills)
        .chain(sheet.projects.iter().flat_map(|project| &project.skills))
        .map(|(_, slug)| slug);
    let listed = sheet.skills.iter().flat_map(|group| &group.skills);
    let words = listed.flat_map(|line| &line.keywords).map(|word| &word.slug);
    lines
        .chain(words)
        .chain(nodes)
        .chain(used)
        .filter_map(|slug| {
            let skill = directory.find(PageKind::Skill, slug)?;
            Some((slug.clone(), directory.href(&skill.route)))
        })
        .collect()
}
