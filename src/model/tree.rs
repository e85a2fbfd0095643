//! The skill tree: layers from the roots to the skills that require them; a skill may have several
//! parents (VISUAL.md §6.2). `load` refuses cycles; here they only must not cause an endless loop.

use crate::model::catalogue::Known;
use crate::model::number::coordinate;
use crate::model::profile::Profile;
use crate::model::ruleset::{CatalogueSkill, Ruleset};
use crate::model::sheet::{Tree, TreeEdge, TreeNode};
use crate::model::skills::lacking;
use std::collections::{BTreeMap, BTreeSet};

/// Width of a node, in percent of the board.
const NODE: f64 = 16.4;
/// Minimum distance of a node's centre from the top and the bottom of the board, in percent.
const EDGE: f64 = 10.0;
/// The largest tree that fits the wide board.
const MOST_TIERS: usize = 6;
const MOST_ROWS: usize = 8;

/// A skill before layout.
struct Node<'a> {
    name: &'a str,
    slug: &'a str,
    level: Option<u32>,
    rarity: Option<&'a str>,
    learned: bool,
    /// Indices of the skills it requires, in the order written.
    parents: Vec<usize>,
}

/// The tree of a profile's published skills and of the skills they require according to the
/// catalogue. Skills without an edge are left out. `None` if no skill has one.
pub fn tree(profile: &Profile, rules: &Ruleset) -> Option<Tree> {
    let mut nodes = connected(gather(profile, rules));
    if nodes.is_empty() {
        return None;
    }
    let tiers = layers(&mut nodes);
    let (rows, count) = arrange(&nodes, &tiers);
    let last = tiers.iter().copied().max().unwrap_or(0);
    let place = |index: usize| {
        let x = tiers[index] as f64 * (100.0 - NODE) / last.max(1) as f64;
        let span = count.saturating_sub(1);
        let y = match span {
            0 => 50.0,
            _ => EDGE + rows[index] * (100.0 - 2.0 * EDGE) / span as f64,
        };
        (x, y)
    };
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|a, b| {
        tiers[*a].cmp(&tiers[*b]).then(rows[*a].total_cmp(&rows[*b])).then(a.cmp(b))
    });
    Some(Tree {
        nodes: order
            .iter()
            .map(|index| line(&nodes, *index, tiers[*index], place(*index), rules))
            .collect(),
        edges: order.iter().flat_map(|index| edges(&nodes, *index, &place)).collect(),
        tiers: last + 1,
        rows: count,
        wide: last < MOST_TIERS && count <= MOST_ROWS,
    })
}

impl<'a> Node<'a> {
    /// A skill from the catalogue.
    fn of(entry: &'a CatalogueSkill) -> Node<'a> {
        Node {
            name: &entry.name,
            slug: &entry.slug,
            level: None,
            rarity: entry.rarity.as_deref(),
            learned: false,
            parents: Vec::new(),
        }
    }
}

fn builds_on(entry: &CatalogueSkill) -> Vec<&str> {
    entry.requires.iter().chain(&entry.merges).map(String::as_str).collect()
}

/// Every published skill, the keywords found in the catalogue, then everything these require.
fn gather<'a>(profile: &'a Profile, rules: &'a Ruleset) -> Vec<Node<'a>> {
    let hidden: BTreeSet<&str> =
        profile.skills.iter().filter(|skill| skill.private).map(|skill| &*skill.slug).collect();
    let mut nodes: Vec<Node<'a>> = Vec::new();
    let mut wanted: Vec<Vec<&'a str>> = Vec::new();
    let mut known: BTreeMap<&'a str, usize> = BTreeMap::new();
    for skill in Known::all(profile, rules) {
        let (requires, merges) = (skill.requires(), skill.merges());
        let unlocked = !merges.is_empty() && lacking(skill, profile, rules).is_empty();
        let slug = skill.skill.slug.as_str();
        if known.insert(slug, nodes.len()).is_some() {
            continue;
        }
        wanted.push(requires.into_iter().chain(merges).collect());
        nodes.push(Node {
            name: &skill.skill.name,
            slug,
            level: skill.skill.level,
            rarity: skill.rarity(),
            learned: skill.skill.level.is_some_and(|level| level > 0) || unlocked,
            parents: Vec::new(),
        });
    }
    for skill in Known::all(profile, rules) {
        let learned = skill.skill.level != Some(0);
        let words = skill.skill.keywords.iter().filter_map(|word| rules.entry_named(word.trim()));
        for entry in words.filter(|entry| !hidden.contains(entry.slug.as_str())) {
            if !known.contains_key(entry.slug.as_str()) {
                known.insert(&entry.slug, nodes.len());
                wanted.push(builds_on(entry));
                nodes.push(Node { learned, ..Node::of(entry) });
            }
        }
    }
    let mut next = 0;
    while next < nodes.len() {
        for slug in std::mem::take(&mut wanted[next]) {
            let entry = rules.entry(slug).filter(|_| !hidden.contains(slug));
            let parent = known.get(slug).copied().or_else(|| {
                let entry = entry?;
                known.insert(slug, nodes.len());
                wanted.push(builds_on(entry));
                nodes.push(Node::of(entry));
                Some(nodes.len() - 1)
            });
            if let Some(parent) = parent
                && parent != next
                && !nodes[next].parents.contains(&parent)
            {
                nodes[next].parents.push(parent);
            }
        }
        next += 1;
    }
    nodes
}

/// Only the nodes with an edge, in the same order.
fn connected(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut touched = vec![false; nodes.len()];
    for (index, node) in nodes.iter().enumerate() {
        for parent in &node.parents {
            (touched[index], touched[*parent]) = (true, true);
        }
    }
    let mut place = 0;
    let renumbered: Vec<usize> = touched
        .iter()
        .map(|kept| {
            place += usize::from(*kept);
            place.saturating_sub(1)
        })
        .collect();
    let kept = nodes.into_iter().zip(touched).filter(|(_, touched)| *touched);
    let moved = kept.map(|(node, _)| Node {
        parents: node.parents.iter().map(|parent| renumbered[*parent]).collect(),
        ..node
    });
    moved.collect()
}

/// The tier of each node: the length of its longest path from a root. In a cycle, the edge back to
/// its first node is dropped.
fn layers(nodes: &mut [Node<'_>]) -> Vec<usize> {
    let mut tiers: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut open: Vec<usize> = (0..nodes.len()).collect();
    while !open.is_empty() {
        let ready = |index: &usize| nodes[*index].parents.iter().all(|p| tiers[*p].is_some());
        let mut now: Vec<usize> = open.iter().copied().filter(ready).collect();
        if now.is_empty() {
            let first = open[0];
            nodes[first].parents.retain(|parent| tiers[*parent].is_some());
            now.push(first);
        }
        for index in &now {
            let below = nodes[*index].parents.iter().filter_map(|parent| tiers[*parent]).max();
            tiers[*index] = Some(below.map_or(0, |tier| tier + 1));
        }
        open.retain(|index| tiers[*index].is_none());
    }
    tiers.into_iter().flatten().collect()
}

/// The row of each node, and the number of rows. Roots are spread over the board in order; each
/// later node is centred on its parents; neighbours are at least one row apart.
fn arrange(nodes: &[Node<'_>], tiers: &[usize]) -> (Vec<f64>, usize) {
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for (index, tier) in tiers.iter().enumerate() {
        columns.resize(columns.len().max(tier + 1), Vec::new());
        columns[*tier].push(index);
    }
    let count = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = vec![0.0_f64; nodes.len()];
    for (tier, column) in columns.iter().enumerate() {
        let wish = |place: usize, index: usize| {
            let parents = &nodes[index].parents;
            if tier == 0 {
                let step = (count - 1) as f64 / (column.len() - 1).max(1) as f64;
                return if column.len() == 1 {
                    (count - 1) as f64 / 2.0
                } else {
                    place as f64 * step
                };
            }
            parents.iter().map(|parent| rows[*parent]).sum::<f64>() / parents.len().max(1) as f64
        };
        let mut wishes: Vec<(f64, usize)> =
            column.iter().enumerate().map(|(place, index)| (wish(place, *index), *index)).collect();
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (row, index) in spread(&wishes, count) {
            rows[index] = row;
        }
    }
    (rows, count)
}

/// Rows as close as possible to the wanted ones, at least one apart and inside the board: one pass
/// down the column, then one back up from its end.
fn spread(wishes: &[(f64, usize)], count: usize) -> Vec<(f64, usize)> {
    let mut least = 0.0_f64;
    let mut rows: Vec<(f64, usize)> = Vec::with_capacity(wishes.len());
    for (wish, index) in wishes {
        let row = wish.max(least);
        least = row + 1.0;
        rows.push((row, *index));
    }
    let mut most = count.saturating_sub(1) as f64;
    for (row, _) in rows.iter_mut().rev() {
        *row = row.min(most);
        most = *row - 1.0;
    }
    rows
}

fn line(
    nodes: &[Node<'_>],
    index: usize,
    tier: usize,
    (x, y): (f64, f64),
    rules: &Ruleset,
) -> TreeNode {
    let node = &nodes[index];
    TreeNode {
        name: node.name.to_owned(),
        slug: node.slug.to_owned(),
        level: node.level,
        rarity: node.rarity.map(str::to_owned),
        shape: node.rarity.map(|word| rules.shape_of(word)),
        learned: node.learned,
        requires: node.parents.iter().map(|parent| nodes[*parent].name.to_owned()).collect(),
        tier,
        x: format!("{}%", coordinate(x)),
        y: format!("{}%", coordinate(y)),
    }
}

fn edges(nodes: &[Node<'_>], index: usize, place: &dyn Fn(usize) -> (f64, f64)) -> Vec<TreeEdge> {
    let to = &nodes[index];
    let edge = |parent: &usize| {
        let from = &nodes[*parent];
        let ((x1, y1), (x2, y2)) = (place(*parent), place(index));
        let middle = coordinate((x1 + NODE + x2) / 2.0);
        let [x1, y1, x2, y2] = [x1 + NODE, y1, x2, y2].map(coordinate);
        TreeEdge {
            from: from.slug.to_owned(),
            to: to.slug.to_owned(),
            d: format!("M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}"),
            learned: from.learned && to.learned,
        }
    };
    to.parents.iter().map(edge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::Skill;
    use crate::model::sample;
    use proptest::prelude::*;

    fn grown(edges: &[(&str, &[&str])]) -> Option<Tree> {
        let skill = |(name, requires): &(&str, &[&str])| Skill {
            requires: requires.iter().map(|slug| slug.to_lowercase()).collect(),
            ..sample::skill(name, 1)
        };
        let skills = edges.iter().map(skill).collect();
        tree(&Profile { skills, ..Profile::default() }, &sample::ruleset())
    }

    fn places(tree: &Tree) -> Vec<(&str, usize, &str, &str)> {
        tree.nodes.iter().map(|node| (&*node.slug, node.tier, &*node.x, &*node.y)).collect()
    }

    #[test]
    fn several_parents_meet_in_the_middle() {
        let tree = grown(&[("A", &[]), ("B", &[]), ("C", &["A", "B"]), ("Alone", &[])]).unwrap();
        let expected = [("a", 0, "0%", "10%"), ("b", 0, "0%", "90%"), ("c", 1, "83.6%", "50%")];
        assert_eq!(places(&tree), expected);
        assert_eq!(tree.edges[0].d, "M16.4 10C50 10 50 50 83.6 50");
        assert_eq!((tree.tiers, tree.rows, tree.wide), (2, 2, true));
        assert_eq!(tree.nodes[2].requires, ["A", "B"]);
    }

    #[test]
    fn a_tier_is_the_longest_way_from_a_root() {
        let tree = grown(&[("A", &[]), ("B", &["A"]), ("C", &["A", "B"])]).unwrap();
        let tiers: Vec<_> = tree.nodes.iter().map(|node| (&*node.slug, node.tier)).collect();
        assert_eq!(tiers, [("a", 0), ("b", 1), ("c", 2)]);
    }

    #[test]
    fn what_the_catalogue_asks_for_is_there_but_not_learned() {
        let tree = grown(&[("Kubernetes", &[])]).unwrap();
        let learned: Vec<_> = tree.nodes.iter().map(|node| (&*node.slug, node.learned)).collect();
        assert_eq!(learned, [("docker", false), ("kubernetes", true)]);
        assert!(!tree.edges[0].learned);
    }

    #[test]
    fn private_skills_are_not_roots_either() {
        let skills = vec![
            sample::skill("Kubernetes", 4),
            Skill { private: true, ..sample::skill("Docker", 9) },
        ];
        assert_eq!(tree(&Profile { skills, ..Profile::default() }, &sample::ruleset()), None);
    }

    #[test]
    fn without_edges_there_is_no_tree() {
        assert_eq!(grown(&[("A", &[]), ("B", &["nowhere"])]), None);
    }

    #[test]
    fn circles_come_to_an_end() {
        assert!(
            grown(&[("A", &["B"]), ("B", &["C"]), ("C", &["A"]), ("D", &["D", "A"])]).is_some()
        );
    }

    proptest! {
        #[test]
        fn nodes_keep_apart_and_inside(edges in proptest::collection::vec((0_usize..20, 0_usize..20), 1..60)) {
            let names: Vec<String> = (0..20).map(|index| format!("s{index}")).collect();
            let skills = names.iter().enumerate().map(|(index, name)| {
                let parents = edges.iter().filter(|(from, to)| *to == index && from < to);
                let requires = parents.map(|(from, _)| names[*from].clone()).collect();
                Skill { requires, ..sample::skill(name, 1) }
            });
            let profile = Profile { skills: skills.collect(), ..Profile::default() };
            let Some(tree) = tree(&profile, &sample::ruleset()) else { return Ok(()) };
            let number = |text: &str| text.trim_end_matches('%').parse::<f64>().unwrap();
            let least = 80.0 / (tree.rows.max(2) - 1) as f64 - 0.02;
            for pair in tree.nodes.windows(2) {
                let (one, other) = (&pair[0], &pair[1]);
                prop_assert!((10.0..=90.0).contains(&number(&one.y)));
                prop_assert!(one.tier != other.tier || number(&other.y) - number(&one.y) >= least);
            }
            for edge in &tree.edges {
                let tier = |slug: &str| tree.nodes.iter().find(|node| node.slug == slug).unwrap().tier;
                prop_assert!(tier(&edge.from) < tier(&edge.to));
            }
        }
    }
}
