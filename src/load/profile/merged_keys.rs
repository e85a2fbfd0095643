//! The three places of a profile's keys — the top level, `basics:` and `meta.questfolio` — merged
//! into one map.

use super::keys::RENAMED;
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Report};
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::profile::Extra;
use crate::source::yaml::{Key, Node, NodeKind};

/// Keys of JSON Resume's `basics`.
pub(super) const BASICS: [&str; 9] =
    ["name", "label", "image", "email", "phone", "url", "summary", "location", "profiles"];

/// Keys of `meta.questfolio` that extend a key from elsewhere.
const MORE: [(&str, &str); 4] = [
    ("image", "meta.questfolio.image"),
    ("skills", "meta.questfolio.skills"),
    ("work", "meta.questfolio.work"),
    ("volunteer", "meta.questfolio.volunteer"),
];

/// A profile's keys, merged.
pub(super) struct MergedKeys {
    /// All keys in one map.
    pub(super) node: Node,
    /// JSON Resume's `meta`, without our part.
    pub(super) meta: Extra,
    /// Top-level keys that are ignored because they are present elsewhere too.
    pub(super) shadowed: Vec<String>,
    /// The unknown keys of `basics:`.
    rest: Node,
}

impl MergedKeys {
    pub(super) fn of(scope: &Scope<'_>, root: &Node, report: &mut Report) -> MergedKeys {
        let read = &mut Reader::new(scope.file, report);
        let mut top = root.as_map().unwrap_or_default().to_vec();
        let basics = extract(&mut top, "basics").filter(|it| is_map(read, "basics", it));
        let meta = extract(&mut top, "meta").filter(|it| is_map(read, "meta", it));
        type Entries = Vec<(Key, Node)>;
        let (known, rest): (Entries, Entries) =
            entries(basics).into_iter().partition(|(key, _)| is_basic(scope, key));
        let (own, meta): (Entries, Entries) = entries(meta)
            .into_iter()
            .partition(|(key, value)| key.name == "questfolio" && value.as_map().is_some());
        let own = own.into_iter().flat_map(|(_, value)| entries(Some(value))).filter_map(renamed);
        let mut shadowed = Vec::new();
        for (key, value) in known.into_iter().chain(own) {
            shadowed.extend(add(read, &mut top, key, value));
        }
        let map = |entries| Node { at: root.at.clone(), kind: NodeKind::Map(entries) };
        MergedKeys {
            node: map(top),
            shadowed,
            meta: meta.into_iter().map(|(key, value)| (key.name, value.to_json())).collect(),
            rest: map(rest),
        }
    }

    /// The unknown keys of `basics:`, reported as warnings.
    pub(super) fn basics_extra(&self, scope: &Scope<'_>, report: &mut Report) -> Extra {
        let mut fields = Fields::new(&self.rest, scope.file, "`basics`", report).renamed(RENAMED);
        for key in BASICS {
            fields.take(key);
        }
        fields.finish_keeping()
    }
}

fn extract(entries: &mut Vec<(Key, Node)>, name: &str) -> Option<Node> {
    let index = entries.iter().position(|(key, _)| key.name == name)?;
    Some(entries.remove(index).1)
}

fn is_map(read: &mut Reader<'_>, name: &str, node: &Node) -> bool {
    read.entries(name, node);
    node.as_map().is_some()
}

fn entries(node: Option<Node>) -> Vec<(Key, Node)> {
    match node.map(|node| node.kind) {
        Some(NodeKind::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

fn is_basic(scope: &Scope<'_>, key: &Key) -> bool {
    let older = ["picture", "website"].contains(&key.name.as_str());
    BASICS.contains(&key.name.as_str()) || (scope.is_foreign && older)
}

/// The key under which a value of `meta.questfolio` is read. Computed values are dropped, since
/// they are computed again, and so are notes on how the rest was written; a value that extends
/// another key gets a name of its own.
fn renamed((mut key, value): (Key, Node)) -> Option<(Key, Node)> {
    if let Some((_, longer)) = MORE.iter().find(|(short, _)| *short == key.name) {
        key.name = (*longer).to_owned();
    }
    (!["computed", "markdown", "written"].contains(&key.name.as_str())).then_some((key, value))
}

/// Adds a key, or replaces an existing one and returns its name.
fn add(read: &mut Reader<'_>, top: &mut Vec<(Key, Node)>, key: Key, value: Node) -> Option<String> {
    let Some(index) = top.iter().position(|(other, _)| other.name == key.name) else {
        top.push((key, value));
        return None;
    };
    let message = format!("`{}` is written twice", key.name);
    let diagnostic = Diagnostic::error("given-twice", message)
        .at(read.key_span(&top[index].0))
        .related(read.key_span(&key), "also written here")
        .help("keep one of the two");
    read.report.push(diagnostic);
    let name = key.name.clone();
    top[index] = (key, value);
    Some(name)
}
