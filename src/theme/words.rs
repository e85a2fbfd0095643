//! The texts on a theme's pages: `i18n/<language>.yaml` of every layer over `i18n/en.yaml`; each
//! text is taken from the nearest layer.

use super::layers::{Layered, Layers};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::source::yaml;
use crate::span::Span;
use serde_json::{Map, Value};

/// The language that every theme has texts in.
pub(super) const BASE: &str = "en";

/// Prefix of the keys that name a rarity of the site's own rules: `rarity_gold`.
const OF_A_RARITY: &str = "rarity_";

/// The texts of a theme in one language.
#[derive(Debug)]
pub(crate) struct Words {
    /// All texts, by key.
    pub words: Map<String, Value>,
    /// The language requested, if the theme has it; otherwise the base language.
    pub language: String,
}

/// The texts in `language`, as far as they exist: `pt-BR` reads `i18n/pt.yaml` too.
pub(crate) fn read(layers: &Layers, language: &str, report: &mut Report) -> Words {
    let mut words = Map::new();
    let mut read = |tag: &str| {
        let path = format!("i18n/{tag}.yaml");
        let mut is_there = false;
        for layered in layers.all(&path).rev() {
            let known = (!words.is_empty()).then(|| words.clone());
            take(layered, known.as_ref(), &mut words, report);
            is_there = true;
        }
        is_there
    };
    read(BASE);
    let general = language.split('-').next().unwrap_or(language);
    let has_general = general == BASE || (general != language && read(general));
    let has_own = language != BASE && read(language);
    let language = if has_general || has_own { language } else { BASE };
    Words { words, language: language.to_owned() }
}

/// The languages with texts.
pub(crate) fn languages(layers: &Layers) -> Vec<String> {
    let files = layers.union("i18n").into_keys();
    files.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned())).collect()
}

/// Adds the texts of a file; a key that no layer below has is a typo.
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
                Diagnostic::error("bad-word", format!("`{}` is not text", key.name))
                    .at(Span::new(&layered.source, value.at.clone()))
                    .help("write one `name: text` per line"),
            );
            continue;
        };
        if let Some(known) = known
            && !known.contains_key(&key.name)
            && !key.name.starts_with(OF_A_RARITY)
        {
            report.push(
                Diagnostic::warning(
                    "unknown-word",
                    format!("no template uses the word `{}`", key.name),
                )
                .at(Span::new(&layered.source, key.at.clone()))
                .help_opt(did_you_mean(&key.name, known.keys().map(String::as_str))),
            );
        }
        words.insert(key.name.clone(), Value::from(word));
    }
}
