//! The texts on a theme's pages: `i18n/<language>.yaml` of every layer over `i18n/en.yaml`; each
//! text is taken from the nearest layer. The built-in English ones define which there are, and of
//! what kind each is: a text, a list, or a phrase with plural forms.

use super::layers::{Layered, Layers, embedded_source};
use super::missing_texts;
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::model::country;
use crate::model::phrase::places;
use crate::model::plural::CATEGORIES;
use crate::model::wording::{COUNTRY, Wording};
use crate::path::SitePath;
use crate::source::yaml::{self, Node, NodeKind};
use crate::span::Span;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// The language that every theme has texts in.
pub(super) const BASE: &str = "en";

/// Where the built-in texts are.
const BUILT_IN: &str = "themes/codex/i18n/en.yaml";

/// Prefix of the keys that name a rarity of the site's own rules: `rarity_gold`.
const OF_A_RARITY: &str = "rarity_";

/// Texts that English does not need, with others of the same kind that it has.
const OPTIONAL: [(&str, &str); 1] = [("date_months_alone", "date_months")];

/// The built-in texts and the wording that they are.
static ENGLISH: LazyLock<(Map<String, Value>, Wording)> = LazyLock::new(|| {
    let mut words = Map::new();
    let path = SitePath::new(BUILT_IN).expect("sound");
    let text = embedded_source(&path).expect("embedded");
    if let Some(node) = yaml::parse(&path, text, 0, &mut Report::default()) {
        for (key, value) in node.as_map().unwrap_or_default() {
            words.insert(key.name.clone(), value.to_json());
        }
    }
    let wording = Wording::new(BASE, &words).expect("a test reads it");
    (words, wording)
});

/// The built-in wording, in English.
pub fn english() -> &'static Wording {
    &ENGLISH.1
}

/// The texts of a theme in one language.
#[derive(Debug)]
pub(crate) struct Texts {
    /// All texts, by key.
    pub words: Map<String, Value>,
    /// Those that the program itself makes texts with.
    pub wording: Arc<Wording>,
    /// The language requested, if the theme has it; otherwise the base language.
    pub language: String,
}

/// The texts in `language`, as far as they exist: `pt-BR` reads `i18n/pt.yaml` too.
pub(crate) fn read(layers: &Layers, language: &str, report: &mut Report) -> Texts {
    let mut reader =
        Reader { layers, used: missing_texts::used(layers), words: Map::new(), report };
    reader.read(BASE);
    let general = language.split('-').next().unwrap_or(language);
    let has_general = general == BASE || (general != language && reader.read(general));
    let has_own = language != BASE && reader.read(language);
    let language = if has_general || has_own { language } else { BASE };
    let words = reader.words;
    // A copy of the built-in theme may be older than the program.
    let mut all = ENGLISH.0.clone();
    all.extend(words.clone());
    let wording = Wording::new(language, &all).expect("each text is of the built-in one's kind");
    Texts { words, wording: Arc::new(wording), language: language.to_owned() }
}

/// The languages with texts.
pub(crate) fn languages(layers: &Layers) -> Vec<String> {
    let files = layers.union("i18n").into_keys();
    files.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned())).collect()
}

/// Reads the files of a theme one over the other.
struct Reader<'a> {
    layers: &'a Layers,
    /// The words that templates use.
    used: BTreeSet<&'a str>,
    words: Map<String, Value>,
    report: &'a mut Report,
}

impl Reader<'_> {
    /// Adds the texts of every layer in a language; false if none has any.
    fn read(&mut self, language: &str) -> bool {
        let path = format!("i18n/{language}.yaml");
        let files: Vec<&Layered> = self.layers.all(&path).collect();
        files.iter().rev().for_each(|file| self.take(file));
        !files.is_empty()
    }

    /// Adds the texts of a file. A key that neither a layer below nor a template knows is a typo.
    fn take(&mut self, file: &Layered) {
        let Some(text) = file.file.text() else { return };
        let Some(node) = yaml::parse(&file.source, text, 0, self.report) else { return };
        let is_first = self.words.is_empty();
        for (key, value) in node.as_map().unwrap_or_default() {
            let known = known(&self.words, &key.name);
            if known.is_none() && !is_first && !self.is_used(&key.name) {
                self.report.push(
                    unknown(&key.name, &self.words).at(Span::new(&file.source, key.at.clone())),
                );
            }
            match of_kind(&key.name, value, known) {
                Ok(word) => drop(self.words.insert(key.name.clone(), word)),
                Err((wrong, at)) => self.report.push(wrong.at(Span::new(&file.source, at))),
            }
        }
    }

    fn is_used(&self, key: &str) -> bool {
        let is_country = |code: &str| code == code.to_lowercase() && country::name(code).is_some();
        self.used.contains(key)
            || key.starts_with(OF_A_RARITY)
            || key.strip_prefix(COUNTRY).is_some_and(is_country)
    }
}

/// The text of this key in the files below, which says of what kind it is.
fn known<'a>(below: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    let alike = OPTIONAL.iter().find(|(optional, _)| *optional == key);
    let key = alike.map_or(key, |(_, alike)| alike);
    below.get(key).or_else(|| ENGLISH.0.get(key))
}

fn unknown(key: &str, known: &Map<String, Value>) -> Diagnostic {
    Diagnostic::warning("unknown-word", format!("no template uses the word `{key}`"))
        .help_opt(did_you_mean(key, known.keys().map(String::as_str)))
}

/// Why a text cannot be used, and where.
type Wrong = (Diagnostic, Range<usize>);

/// The value of a text, of the kind of the one below. A single text is a phrase with one form.
fn of_kind(key: &str, node: &Node, known: Option<&Value>) -> Result<Value, Wrong> {
    match (&node.kind, known) {
        (NodeKind::List(items), Some(Value::Array(known))) if items.len() == known.len() => {
            list(key, items)
        }
        (NodeKind::List(items), None) => list(key, items),
        (_, Some(Value::Array(known))) => {
            let message = format!("`{key}` is not a list of {} texts", known.len());
            Err(bad(message, "write `[one, two, …]`", node))
        }
        (NodeKind::Map(forms), None | Some(Value::Object(_))) => plural(key, node, forms, known),
        (_, Some(Value::Object(_))) => {
            let other = text(key, node, known)?;
            Ok(Value::Object([("other".to_owned(), other)].into_iter().collect()))
        }
        (..) => text(key, node, known),
    }
}

fn list(key: &str, items: &[Node]) -> Result<Value, Wrong> {
    items.iter().map(|item| text(key, item, None)).collect::<Result<_, _>>().map(Value::Array)
}

fn plural(
    key: &str,
    node: &Node,
    forms: &[(yaml::Key, Node)],
    known: Option<&Value>,
) -> Result<Value, Wrong> {
    let categories = CATEGORIES.join("`, `");
    let mut plural = Map::new();
    for (category, form) in forms {
        if !CATEGORIES.contains(&category.name.as_str()) {
            let wrong =
                Diagnostic::error("bad-word", format!("`{}` is not a plural form", category.name));
            let help = did_you_mean(&category.name, CATEGORIES)
                .unwrap_or_else(|| format!("forms are called `{categories}`"));
            return Err((wrong.help(help), category.at.clone()));
        }
        plural.insert(category.name.clone(), text(key, form, known)?);
    }
    if !plural.contains_key("other") {
        let help = format!("add it: it stands for the numbers without one of `{categories}`");
        return Err(bad(format!("`{key}` has no form `other`"), &help, node));
    }
    Ok(Value::Object(plural))
}

/// A text with no other places for values than the one below has.
fn text(key: &str, node: &Node, known: Option<&Value>) -> Result<Value, Wrong> {
    let Some(text) = node.as_str() else {
        return Err(bad(format!("`{key}` is not text"), "write one `name: text` per line", node));
    };
    let Some(known) = known else { return Ok(Value::from(text)) };
    let offered = places_of(known);
    let stranger = places(text).map(|at| &text[at]).find(|place| !offered.contains(place));
    match stranger {
        None => Ok(Value::from(text)),
        Some(place) => {
            let some: Vec<String> = offered.iter().map(|place| format!("`{place}`")).collect();
            let help = match some.as_slice() {
                [] => "remove it: this word has no values".to_owned(),
                some => format!("available: {}", some.join(", ")),
            };
            Err(bad(format!("nothing is filled in for `{place}` in `{key}`"), &help, node))
        }
    }
}

/// The places for values in a text, or in any of its forms.
fn places_of(known: &Value) -> BTreeSet<&str> {
    match known {
        Value::Object(forms) => forms.values().flat_map(places_of).collect(),
        Value::String(text) => places(text).map(|at| &text[at]).collect(),
        _ => BTreeSet::new(),
    }
}

fn bad(message: String, help: &str, node: &Node) -> Wrong {
    (Diagnostic::error("bad-word", message).help(help), node.at.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::snapshot::Snapshot;
    use jiff::civil::Date;

    /// What is said of a site's own words.
    fn said(words: &str) -> Vec<String> {
        let files = [
            ("i18n/en.yaml", words.as_bytes()),
            ("templates/page.html", b"{{ t.motto }}".as_slice()),
        ];
        let snapshot = Snapshot::of_files(Date::default(), files);
        let mut report = Report::default();
        let layers = Layers::open(&snapshot, "codex", &mut report);
        read(&layers, BASE, &mut report);
        report.iter().map(|it| it.message.clone()).collect()
    }

    #[test]
    fn a_word_is_of_the_kind_of_the_one_below() {
        for (words, message) in [
            ("date_months: [Jan, Feb]", "`date_months` is not a list of 12 texts"),
            ("date_months: Jan", "`date_months` is not a list of 12 texts"),
            ("period: [a, b]", "`period` is not text"),
            ("date_day: '{day} {mnth}'", "nothing is filled in for `{mnth}` in `date_day`"),
            ("count_years: { one: year }", "`count_years` has no form `other`"),
            ("count_years: { ones: year, other: years }", "`ones` is not a plural form"),
            ("mottto: More", "no template uses the word `mottto`"),
            ("country_xx: Nowhere", "no template uses the word `country_xx`"),
        ] {
            assert_eq!(said(words), [message], "{words}");
        }
        for words in [
            "count_years: '{count} y'",
            "count_years: { few: '{count} lata', other: '{count} lat' }",
            "date_months_alone: [a, b, c, d, e, f, g, h, i, j, k, l]",
            "country_de: Deutschland",
            "motto: More",
            "number_thousands: ''",
        ] {
            assert_eq!(said(words), [""; 0], "{words}");
        }
    }

    #[test]
    fn the_built_in_words_are_complete() {
        assert_eq!(english().language, BASE);
    }
}
