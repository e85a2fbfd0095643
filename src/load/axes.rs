//! The axes of the radar, as `rules.yaml` writes them and other files name them.

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::load::read::Reader;
use crate::model::ruleset::Axis;
use crate::model::slug::is_slug;
use crate::source::yaml::Node;

pub(super) fn axes(read: &mut Reader<'_>, node: &Node) -> Option<Vec<Axis>> {
    let mut axes: Vec<Axis> = Vec::new();
    let items = read.items("axes", node);
    node.as_list()?;
    for item in items {
        let axis = axis(read, item)?;
        if axes.iter().any(|known| known.id == axis.id) {
            let diagnostic =
                Diagnostic::error("duplicate-axis", format!("there are two axes `{}`", axis.id))
                    .at(read.span(item))
                    .help("remove one of them");
            read.report.push(diagnostic);
            continue;
        }
        axes.push(axis);
    }
    if (3..=12).contains(&axes.len()) {
        return Some(axes);
    }
    let message = format!("a radar needs 3 to 12 axes, not {}", axes.len());
    let diagnostic = Diagnostic::error("axis-count", message)
        .at(read.span(node))
        .help("fewer than 3 make no shape, and more than 12 are unreadable");
    read.report.push(diagnostic);
    None
}

/// An id, or `{id, name}`.
fn axis(read: &mut Reader<'_>, node: &Node) -> Option<Axis> {
    let (id_node, name) = match node.as_map() {
        None => (Some(node), None),
        Some(_) => {
            let mut fields = read.fields(node, "an axis");
            let id = fields.required("id", |_, node| Some(node));
            let name = fields.optional_text("name");
            if let Some(abbr) = fields.take("abbr") {
                let reader = fields.reader();
                let diagnostic = Diagnostic::warning("not-read", "`abbr` is not shown anywhere")
                    .at(reader.span(abbr))
                    .help("take it out: names of axes are always written in full");
                reader.report.push(diagnostic);
            }
            fields.finish();
            (id, name)
        }
    };
    let id_node = id_node?;
    let id = read.text("axes", id_node)?;
    if !is_slug(&id) {
        let diagnostic = Diagnostic::error(
            "bad-name",
            format!("`{id}` cannot be the id of an axis"),
        )
        .at(read.span(id_node))
        .help("write lower-case letters, digits and `-`; `{id: …, name: …}` gives it another name");
        read.report.push(diagnostic);
        return None;
    }
    let axis = Axis::of_id(&id);
    Some(Axis { name: name.unwrap_or(axis.name), ..axis })
}

/// The id of an axis that exists on the radar.
pub(super) fn known_axis(
    read: &mut Reader<'_>,
    name: &str,
    node: &Node,
    axes: &[Axis],
) -> Option<String> {
    let id = read.text(name, node)?;
    if axes.iter().any(|axis| axis.id == id) {
        return Some(id);
    }
    let known = || axes.iter().map(|axis| axis.id.as_str());
    let diagnostic = Diagnostic::error("unknown-axis", format!("the radar has no axis `{id}`"))
        .at(read.span(node))
        .help(did_you_mean(&id, known()).unwrap_or_else(|| {
            format!("it has {}", known().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))
        }));
    read.report.push(diagnostic);
    None
}
