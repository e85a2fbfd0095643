//! The position of a value in a file's text, or where it would be inserted.

use super::text::{key, newline};
use crate::source::yaml::{Key, Node, NodeKind};
use std::ops::Range;

/// One step of a path through maps and lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PathSegment {
    /// The value of a key.
    Key(String),
    /// The item at an index.
    Item(usize),
}

/// The bytes to replace, and the text to add around the new value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replacement {
    /// The path to the value from the root of the file.
    pub(super) path: Vec<PathSegment>,
    /// The byte range to replace; empty for an insertion.
    pub(super) at: Range<usize>,
    before: String,
    after: String,
}

impl Replacement {
    /// The value of an existing key, if it is a scalar. `path` is the path of the map.
    pub(super) fn written(
        text: &str,
        path: &[PathSegment],
        (name, node): &(Key, Node),
    ) -> Option<Replacement> {
        node.as_str()?;
        let raw = text.get(node.at.clone())?;
        let (at, before) = match raw.is_empty() {
            false => (node.at.clone(), ""),
            true => {
                let colon = text.get(name.at.end..)?.find(|it: char| !it.is_whitespace())?;
                let end = name.at.end + colon;
                (text[end..].starts_with(':').then_some(end + 1..end + 1)?, " ")
            }
        };
        let path = [path, &[PathSegment::Key(name.name.clone())]].concat();
        Some(Replacement { path, at, before: before.to_owned(), after: String::new() })
    }

    /// The place of a key that a map does not have yet: after the key `behind`, or before all
    /// others.
    pub(super) fn missing(
        text: &str,
        path: &[PathSegment],
        map: &Node,
        name: &str,
        behind: Option<&str>,
        is_json: bool,
    ) -> Option<Replacement> {
        let entries = map.as_map()?;
        let neighbour = behind.and_then(|it| entries.iter().find(|(key, _)| key.name == it));
        let path = [path, &[PathSegment::Key(name.to_owned())]].concat();
        let key = key(name, is_json);
        let place = |at: usize, before: String, after: String| {
            Some(Replacement { path, at: at..at, before, after })
        };
        let begin = map.at.start;
        if text.get(begin..)?.starts_with('{') {
            let first = entries.first().map_or(begin + 1, |(key, _)| key.at.start);
            let space = text.get(begin + 1..first)?;
            let space = if space.trim().is_empty() { space } else { " " };
            let apart = if space.is_empty() { " " } else { space };
            return match neighbour {
                Some((_, value)) if !value.at.is_empty() => {
                    place(value.at.end, format!(",{apart}{key}"), String::new())
                }
                _ if entries.is_empty() => place(begin + 1, key, String::new()),
                _ => {
                    let comma = if space.is_empty() { ", " } else { "," };
                    place(begin + 1, format!("{space}{key}"), comma.to_owned())
                }
            };
        }
        let beside = neighbour.or(entries.first())?;
        let line = text.get(..beside.0.at.start)?.rfind('\n').map_or(0, |it| it + 1);
        let margin = text[line..beside.0.at.start].trim_start_matches('\u{feff}');
        let indent = " ".repeat(margin.chars().count());
        let newline = newline(text);
        if neighbour.is_none() {
            return place(beside.0.at.start, key, format!("{newline}{indent}"));
        }
        let end = beside.0.at.end.max(beside.1.at.end);
        match text.get(end..)?.find('\n') {
            Some(rest) => place(end + rest + 1, format!("{indent}{key}"), newline.to_owned()),
            None => place(text.len(), format!("{newline}{indent}{key}"), String::new()),
        }
    }

    /// A value that replaces another one, with text added around it.
    pub(super) fn around(
        path: Vec<PathSegment>,
        at: Range<usize>,
        before: String,
        after: &str,
    ) -> Replacement {
        Replacement { path, at, before, after: after.to_owned() }
    }

    /// The text at this place.
    pub(super) fn old<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.at.clone()).unwrap_or_default()
    }

    /// The text with the value inserted.
    pub(super) fn filled(&self, text: &str, value: &str) -> String {
        let Range { start, end } = self.at;
        [&text[..start], &self.before, value, &self.after, &text[end..]].concat()
    }
}

/// Whether two trees are equal except for the value at a path, which may be missing in either.
pub(super) fn is_same_but(one: &Node, other: &Node, path: &[PathSegment]) -> bool {
    is_same(one, other, Some(path))
}

fn is_same(one: &Node, other: &Node, path: Option<&[PathSegment]>) -> bool {
    let (step, rest) = match path {
        None => (None, None),
        Some([]) => return true,
        Some([step, rest @ ..]) => (Some(step), Some(rest)),
    };
    match (&one.kind, &other.kind) {
        (NodeKind::Map(one), NodeKind::Map(other)) => {
            let is_it = |key: &Key| step == Some(&PathSegment::Key(key.name.clone()));
            let is_kept = |(key, _): &&(Key, Node)| !(is_it(key) && rest == Some(&[]));
            let (one, other) = (one.iter().filter(is_kept), other.iter().filter(is_kept));
            one.clone().count() == other.clone().count()
                && one.zip(other).all(|((key, one), (name, other))| {
                    key.name == name.name && is_same(one, other, rest.filter(|_| is_it(key)))
                })
        }
        (NodeKind::List(one), NodeKind::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).enumerate().all(|(index, (one, other))| {
                    let is_it = step == Some(&PathSegment::Item(index));
                    is_same(one, other, rest.filter(|_| is_it))
                })
        }
        (
            NodeKind::Scalar { text, plain, .. },
            NodeKind::Scalar { text: it, plain: is_plain, .. },
        ) => (text, plain) == (it, is_plain),
        _ => false,
    }
}
