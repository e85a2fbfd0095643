//! Cycles in a graph that must not have any: what a skill builds on.

use std::collections::{BTreeMap, BTreeSet};

/// The cycles of a graph, each as its names in order, beginning with the least. Not all there are:
/// one for each edge that closes one on the way, so none is left once these are broken up and the
/// rest is looked at again.
pub fn cycles(edges: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for start in edges.keys() {
        if done.contains(start.as_str()) {
            continue;
        }
        // The way from `start` to where we are, each with the number of edges already followed.
        let mut way: Vec<(&str, usize)> = vec![(start, 0)];
        let mut on_way: BTreeSet<&str> = BTreeSet::from([start.as_str()]);
        while let Some((name, followed)) = way.last_mut() {
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

/// `a → b → a`
pub fn written(cycle: &[String]) -> String {
    let names = cycle.iter().chain(cycle.first()).map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(" → ")
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
