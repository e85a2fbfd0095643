//! The words on a theme's pages: `i18n/<language>.yaml` of every layer over `i18n/en.yaml`, the
//! nearest winning word by word.

use super::layers::{Layered, Layers};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::source::yaml;
use crate::span::Span;
use serde_json::{Map, Value};

/// The language every theme has words in.
const BASE: &str = "en";

/// Every word by its name.
pub(crate) fn read(layers: &Layers, language: &str, report: &mut Report) -> Map<String, Value> {
    let mut words = Map::new();
    let base = format!("i18n/{BASE}.yaml");
    let own = format!("i18n/{language}.yaml");
    let files: Vec<&Layered> = if language == BASE {
        layers.all(&base).rev().collect()
    } else {
        layers.all(&base).rev().chain(layers.all(&own).rev()).collect()
    };
    for (index, layered) in files.into_iter().enumerate() {
        let known = (index > 0).then(|| words.clone());
        take(layered, known.as_ref(), &mut words, report);
    }
    words
}

/// Adds a file's words; one that nothing below has is a slip of the pen.
fn take(
    layered: &Layered,
    known: Option<&Map<String, Value>>,
    words: &mut Map<String, Value>,
    report: &mut Report,
) {
    let Some(text) = layered.file.text() else { return };
    let Some(node) = yaml::parse(&layered.source, text, 0, report) else { return };
    for (key, value) in node.as_map().unwrap_or_default() {
        let Some(word) = value.as_str() else {
            report.push(
                Diagnostic::error("bad-word", format!("`{}` is no text", key.name))
                    .at(Span::new(&layered.source, value.at.clone()))
                    .help("a file of words has one `name: text` a line"),
            );
            continue;
        };
        if let Some(known) = known
            && !known.contains_key(&key.name)
        {
            report.push(
                Diagnostic::warning(
                    "unknown-word",
                    format!("no page prints the word `{}`", key.name),
                )
                .at(Span::new(&layered.source, key.at.clone()))
                .help_opt(did_you_mean(&key.name, known.keys().map(String::as_str))),
            );
        }
        words.insert(key.name.clone(), Value::from(word));
    }
}
