//! Finds cycles in a graph that must be acyclic: the skills that a skill requires.

use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of cycles found at once: more would not help an author.
pub const MOST: usize = 20;

/// The number of names shown at the start of a long cycle.
const SHOWN: usize = 8;

/// Cycles of a graph, each as its names in order, starting with the smallest. Not every cycle is
/// found, but one for each back edge of the search; once these are broken and the graph is searched
/// again, none is left. At most `MOST` are found, because each may be as long as the graph.
pub fn cycles(edges: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start.as_str()) {
            continue;
        }
        if found.len() == MOST {
            break;
        }
        // The path from `start` to the current node; each node with the number of edges already
        // followed.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way: BTreeSet<&str> = BTreeSet::from([start.as_str()]);
        while let Some((name, followed)) = way.last_mut().filter(|_| found.len() < MOST) {
            let (name, next) = (*name, edges.get(*name).and_then(|all| all.get(*followed)));
            *followed += 1;
            match next {
                None => {
                    way.pop();
                    on_way.remove(name);
                    done.insert(name);
                }
                Some(next) if on_way.contains(next.as_str()) => {
                    let begin = way.iter().position(|(it, _)| it == next).unwrap_or_default();
                    found.insert(from_least(way[begin..].iter().map(|(it, _)| *it).collect()));
                }
                Some(next) if done.contains(next.as_str()) => {}
                Some(next) => {
                    way.push((next, 0));
                    on_way.insert(next);
                }
            }
        }
    }
    found.into_iter().collect()
}

fn from_least(mut cycle: Vec<&str>) -> Vec<String> {
    let least = cycle.iter().enumerate().min_by_key(|(_, name)| **name);
    let least = least.map_or(0, |(index, _)| index);
    cycle.rotate_left(least);
    cycle.into_iter().map(str::to_owned).collect()
}

/// `a → b → a`; a long cycle is cut in the middle: `a → … 12 more … → a`.
pub fn written<T: std::fmt::Display>(cycle: &[T]) -> String {
    let name = |name: &T| format!("`{name}`");
    let mut names: Vec<String> = cycle.iter().take(SHOWN).map(name).collect();
    if cycle.len() > SHOWN {
        names.push(format!("… {} more …", cycle.len() - SHOWN));
    }
    names.extend(cycle.first().map(name));
    names.join(" → ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(edges: &[(&str, &str)]) -> Vec<String> {
        let mut graph: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (from, to) in edges {
            graph.entry((*from).to_owned()).or_default().push((*to).to_owned());
        }
        cycles(&graph).iter().map(|cycle| written(cycle)).collect()
    }

    #[test]
    fn a_cycle_is_shown_whole_and_once() {
        assert_eq!(
            found(&[("b", "c"), ("c", "a"), ("a", "b"), ("x", "b")]),
            ["`a` → `b` → `c` → `a`"]
        );
        assert_eq!(found(&[("a", "a")]), ["`a` → `a`"]);
        assert_eq!(found(&[("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]).len(), 2);
    }

    #[test]
    fn a_long_cycle_is_cut() {
        let names: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let shown = "`0` → `1` → `2` → `3` → `4` → `5` → `6` → `7` → … 12 more … → `0`";
        assert_eq!(written(&names), shown);
        let pairs: Vec<(String, String)> = (0..50)
            .flat_map(|n| [(format!("a{n}"), format!("b{n}")), (format!("b{n}"), format!("a{n}"))])
            .collect();
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(found(&pairs).len(), MOST);
    }

    #[test]
    fn several_ways_to_one_place_are_no_cycle() {
        assert_eq!(found(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]), [""; 0]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: BTreeMap<String, Vec<String>> =
            (0..30_000).map(|n| (n.to_string(), vec![(n + 1).to_string()])).collect();
        assert_eq!(cycles(&edges), Vec::<Vec<String>>::new());
    }
}
