//! `content/classes.yaml`: classes that replace the built-in ones.

use crate::diagnostic::{Diagnostic, Report};
use crate::load::read::Reader;
use crate::load::{axes, catalogue, document};
use crate::model::class::hue_of;
use crate::model::ruleset::{Class, Ruleset};
use crate::model::slug::slugify;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::{Key, Node};
use crate::span::Span;
use std::collections::BTreeMap;

/// Reads the classes, if the file exists.
pub(super) fn classes(snapshot: &Snapshot, rules: &mut Ruleset, report: &mut Report) {
    let mut classes: Vec<Class> = Vec::new();
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for path in catalogue::files(snapshot, "classes") {
        let Some((file, node)) = document::yaml(snapshot, path.as_str(), report) else { continue };
        let mut read = Reader::new(file, report);
        for (key, node) in read.entries("classes", &node) {
            let Some(class) = class(&mut read, key, node, rules) else { continue };
            let place = read.key_span(key);
            if let Some(first) = places.insert(class.id.clone(), place.clone()) {
                let message = format!("there are two classes with the id `{}`", class.id);
                let diagnostic = Diagnostic::error("duplicate-class", message)
                    .at(place)
                    .related(first, "first written here")
                    .help("rename one of them");
                read.report.push(diagnostic);
                continue;
            }
            classes.push(class);
        }
    }
    if !classes.is_empty() {
        rules.classes = classes;
    }
}

fn class(read: &mut Reader<'_>, key: &Key, node: &Node, rules: &Ruleset) -> Option<Class> {
    let mut fields = read.fields(node, "a class");
    let class = Class {
        id: slugify(&key.name).unwrap_or_default(),
        name: key.name.clone(),
        role: fields.optional_text("role").unwrap_or_else(|| key.name.clone()),
        hue: hue(fields.integer("hue", 0..=359), &key.name),
        axes: fields
            .each("axes", |read, node| axes::known_axis(read, "axes", node, &rules.radar.axes)),
        emblem: fields.optional_text("emblem"),
        description: fields.optional_text("description"),
    };
    fields.finish();
    if class.id.is_empty() {
        let message = format!("`{}` cannot be the name of a class", key.name);
        let diagnostic = Diagnostic::error("bad-name", message)
            .at(read.key_span(key))
            .help("a name needs letters or digits");
        read.report.push(diagnostic);
        return None;
    }
    Some(class)
}

/// The hue as written, or one computed from the name.
fn hue(written: Option<i64>, name: &str) -> u16 {
    written.and_then(|hue| u16::try_from(hue).ok()).unwrap_or_else(|| hue_of(name))
}
