//! Checks that a theme has the texts its templates use. Otherwise only the page that prints a
//! missing text would fail.

use super::layers::{Layered, Layers};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::span::Span;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::ops::Range;

/// Reports every `t.word`, `t["word"]` and `t | get(key="word")` without a text, at its source
/// position.
pub(crate) fn check(layers: &Layers, words: &Map<String, Value>, report: &mut Report) {
    for layer in layers.iter() {
        for (_, file) in layer.below("templates") {
            let text = file.file.text().unwrap_or_default();
            for at in asked(text) {
                let word = &text[at.clone()];
                if !words.contains_key(word) {
                    report.push(missing(file, word, at, words));
                }
            }
        }
    }
}

/// Every word that a template uses.
pub(super) fn used(layers: &Layers) -> BTreeSet<&str> {
    let files = layers.iter().flat_map(|layer| layer.below("templates"));
    let texts = files.filter_map(|(_, file)| file.file.text());
    texts.flat_map(|text| asked(text).into_iter().map(move |at| &text[at])).collect()
}

fn missing(file: &Layered, word: &str, at: Range<usize>, words: &Map<String, Value>) -> Diagnostic {
    let folder = file.source.as_str().split("templates/").next().unwrap_or_default();
    let help = did_you_mean(word, words.keys().map(String::as_str))
        .unwrap_or_else(|| format!("add `{word}: …` to `{folder}i18n/en.yaml`"));
    Diagnostic::error("missing-word", format!("there is no word `{word}` in `i18n/`"))
        .at(Span::new(&file.source, at))
        .label("every page that prints it would fail")
        .help(help)
}

/// The byte ranges of the keys that a template uses. Under `if`, `or`, `is` or `default`, a key may
/// be missing.
fn asked(text: &str) -> Vec<Range<usize>> {
    const ANOTHER_T: [&str; 6] = [" t in ", "set t =", "set_global t =", "(t:", " t:", ",t:"];
    if ANOTHER_T.iter().any(|it| text.contains(it)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    while let Some(open) = text[start..].find(['{']).map(|at| start + at) {
        let rest = &text[open..];
        if rest.starts_with("{#") {
            start = rest.find("#}").map_or(text.len(), |end| open + end + 2);
        } else if let Some(inside) = rest.strip_prefix("{%").map(str::trim_start)
            && inside.trim_start_matches('-').trim_start().starts_with("raw")
        {
            start = rest.find("endraw").map_or(text.len(), |end| open + end);
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let end = open + 2 + end_of_code(&rest[2..]);
            found.extend(asked_in_code(text, open + 2..end));
            start = end;
        } else {
            start = open + 1;
        }
    }
    found
}

/// The byte offset at which a tag or an output ends, ignoring string literals in it.
fn end_of_code(code: &str) -> usize {
    let end = outside_quotes(code)
        .find(|(_, before, letter)| *letter == '}' && matches!(before, '}' | '%'));
    end.map_or(code.len(), |(at, ..)| at + 1)
}

fn asked_in_code(text: &str, code: Range<usize>) -> Vec<Range<usize>> {
    let inside = &text[code.clone()];
    let condition = inside.trim_start_matches(['-', ' ', '\n']);
    if condition.starts_with("if ") || condition.starts_with("elif ") {
        return Vec::new();
    }
    let is_t = |before: char, letter: char| {
        letter == 't' && !is_in_name(before) && !matches!(before, '.' | '@')
    };
    outside_quotes(inside)
        .filter(|(_, before, letter)| is_t(*before, *letter))
        .filter_map(|(at, ..)| word_after(&text[..code.end], code.start + at + 1))
        .collect()
}

/// The characters of code outside string literals: the byte offset, the character before, and the
/// character.
fn outside_quotes(code: &str) -> impl Iterator<Item = (usize, char, char)> {
    let mut quote = None;
    let mut before = ' ';
    code.char_indices().filter_map(move |(at, letter)| {
        let last = std::mem::replace(&mut before, letter);
        match quote {
            Some(open) => {
                quote = Some(open).filter(|open| *open != letter);
                None
            }
            None if matches!(letter, '"' | '\'' | '`') => {
                quote = Some(letter);
                None
            }
            None => Some((at, last, letter)),
        }
    })
}

/// The key after a `t` that ends at `start`.
fn word_after(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = &text[start..];
    let name_at = |lead: &str| rest.starts_with(lead).then(|| start + lead.len());
    let quoted = ["[\"", "['", " | get(key=\"", " | get(key='"].into_iter().find_map(name_at);
    let at = name_at(".").or_else(|| name_at("?.")).or(quoted)?;
    let len = text[at..].find(|letter: char| !is_in_name(letter)).unwrap_or(text.len() - at);
    let mut after = &text[at + len..];
    if quoted.is_some() {
        // Anything else that follows makes it a different key, or gives a default.
        after = after.strip_prefix(['"', '\''])?.strip_prefix([']', ')'])?;
    }
    let after = after.trim_start();
    let only_tried = ["| default", "or ", "is ", "?"];
    let is_asked = len > 0 && !only_tried.iter().any(|it| after.starts_with(it));
    is_asked.then_some(at..at + len)
}

fn is_in_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        asked(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn words_are_found_where_templates_ask_for_them() {
        assert_eq!(words("{{ t.a }}{%- set x = t[\"b\"] -%}{{ t['c'] }}"), ["a", "b", "c"]);
        assert_eq!(words("{{ <heading text={t.a} flavour={t.b} /> }} t.c"), ["a", "b"]);
        assert_eq!(words("{{ t | get(key=\"a\") }}{{ t | get(key=kind) }}"), ["a"]);
        assert_eq!(
            words("{{ (t.a if rpg else t.b) | replace(from=\"}}\", to=t.c) }}"),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn what_is_no_word_or_only_tried_is_let_be() {
        for text in [
            "{# {{ t.a }} #}",
            "{% raw %}{{ t.a }}{% endraw %}",
            "{{ x.t.a }}{{ \"t.a\" }}{{ cat.a }}{{ at.a }}",
            "{{ t.a | default(value=\"x\") }}{{ t.a or \"x\" }}{{ t | get(key=\"a\", default=\"\") }}",
            "{{ t | get(key=\"a_\" ~ kind) }}{{ t[\"a_\" ~ kind] }}",
            "{% if t.a %}{% endif %}",
            "{% for t in page.tags %}{{ t.name }}{% endfor %}",
            "{% component a(t: map) %}{{ t.name }}{% endcomponent a %}",
            "t.a",
        ] {
            assert_eq!(words(text), [""; 0], "{text}");
        }
    }
}
