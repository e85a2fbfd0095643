//! An exported résumé keeps in `meta.questfolio.written` the original values that were normalised
//! for other tools. Importing it restores them.

use crate::source::yaml::{Key, Node, NodeKind};
use std::borrow::Cow;

/// The profile with its original values restored.
pub(super) fn restored(root: &Node) -> Cow<'_, Node> {
    let own = root.get("meta").and_then(|meta| meta.get("questfolio"));
    let written = own.and_then(|own| own.get("written")).and_then(Node::as_map);
    let image = own.and_then(|own| own.get("image")).and_then(|image| image.get("src"));
    let places = written.unwrap_or_default().iter().map(|(key, value)| (key.name.as_str(), value));
    let places: Vec<(&str, &Node)> =
        places.chain(image.map(|image| ("/basics/image", image))).collect();
    if places.is_empty() {
        return Cow::Borrowed(root);
    }
    let mut root = root.clone();
    for (place, value) in places {
        let mut steps: Vec<&str> = place.split('/').skip(1).collect();
        let Some(last) = steps.pop() else { continue };
        put(&mut root, &steps, last, value);
    }
    Cow::Owned(root)
}

/// Whether its texts are those of a profile in YAML or Markdown, where single line breaks are
/// spaces.
pub(super) fn is_markdown(root: &Node) -> bool {
    let own = root.get("meta").and_then(|meta| meta.get("questfolio"));
    own.and_then(|own| own.get("markdown")).and_then(Node::as_bool) == Some(true)
}

/// Sets a key of the map at the path `steps`, if that exists.
fn put(root: &mut Node, steps: &[&str], last: &str, value: &Node) {
    let mut node = root;
    for step in steps {
        let next = match &mut node.kind {
            NodeKind::Map(entries) => {
                entries.iter_mut().find(|(key, _)| key.name == *step).map(|(_, value)| value)
            }
            NodeKind::List(items) => {
                step.parse().ok().and_then(|index: usize| items.get_mut(index))
            }
            NodeKind::Scalar { .. } => None,
        };
        match next {
            Some(next) => node = next,
            None => return,
        }
    }
    let NodeKind::Map(entries) = &mut node.kind else { return };
    match entries.iter_mut().find(|(key, _)| key.name == last) {
        Some((_, old)) => *old = value.clone(),
        None => {
            let key = Key { name: last.to_owned(), at: value.at.clone() };
            entries.push((key, value.clone()));
        }
    }
}
