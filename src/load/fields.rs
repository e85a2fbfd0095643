//! Takes the keys of a YAML map one by one; keys that were not taken are reported with a
//! suggestion.

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::read::Reader;
use crate::model::date::DateOrText;
use crate::model::profile::Extra;
use crate::path::SitePath;
use crate::source::yaml::{Key, Node};
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// The maximum number of keys listed in a message.
const MOST_SHOWN: usize = 12;

/// The warning for a setting that is accepted but has no effect in this version; `instead` says
/// what happens.
pub(super) fn not_yet(what: &str, instead: &str) -> Diagnostic {
    Diagnostic::warning("not-yet", format!("{what} has no effect yet"))
        .label(instead)
        .help("this version only checks how it is written; take it out until a later one uses it")
}

/// A map whose known keys are exactly those that are taken, so there is no separate list of them.
pub struct Fields<'n, 'r> {
    node: &'n Node,
    what: &'n str,
    entries: &'n [(Key, Node)],
    read: Reader<'r>,
    asked: Vec<&'static str>,
    renamed: &'static [(&'static str, &'static str)],
}

impl<'n, 'r> Fields<'n, 'r> {
    /// The keys of `node`. `what` completes "there is no key `x` in …": `a skill`. Anything but a
    /// map (or null) is reported; missing keys are then not reported.
    pub fn new(
        node: &'n Node,
        file: &'r SitePath,
        what: &'n str,
        report: &'r mut Report,
    ) -> Fields<'n, 'r> {
        let mut read = Reader::new(file, report);
        if node.as_map().is_none() && !node.is_null() {
            read.wrong_subject(what, "a map", node, Some("write `key: value` lines".into()));
        }
        let entries = node.as_map().unwrap_or_default();
        Fields { node, what, entries, read, asked: Vec::new(), renamed: &[] }
    }

    /// Key names of earlier versions of JSON Resume, with their current names, for messages.
    pub fn renamed(mut self, renamed: &'static [(&'static str, &'static str)]) -> Self {
        self.renamed = renamed;
        self
    }

    /// A reader for values of this map's file.
    pub fn reader(&mut self) -> &mut Reader<'r> {
        &mut self.read
    }

    /// The report that mistakes are added to.
    pub fn report(&mut self) -> &mut Report {
        self.read.report
    }

    /// The file.
    pub fn file(&self) -> &SitePath {
        self.read.file
    }

    /// The source position of the whole map.
    pub fn span(&self) -> Span {
        self.read.span(self.node)
    }

    /// Whether the value is a map.
    pub fn is_map(&self) -> bool {
        self.node.as_map().is_some()
    }

    /// The value of a key, if it is written; null counts as not written.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.take_entry(key).map(|(_, value)| value)
    }

    /// A key and its value.
    pub fn take_entry(&mut self, key: &'static str) -> Option<(&'n Key, &'n Node)> {
        self.asked.push(key);
        let (key, value) = self.entries.iter().find(|(known, _)| known.name == key)?;
        (!value.is_null()).then_some((key, value))
    }

    /// The value of a key that has a long and a short name (`startDate`, `start`); using both is a
    /// mistake.
    pub fn take_either(&mut self, long: &'static str, short: &'static str) -> Option<&'n Node> {
        match (self.take_entry(long), self.take_entry(short)) {
            (Some((first, value)), Some((second, _))) => {
                let message = format!("`{long}` and `{short}` are two names of one key");
                let diagnostic = Diagnostic::error("two-names", message)
                    .at(self.read.key_span(second))
                    .related(self.read.key_span(first), "also written here")
                    .help("keep one of the two");
                self.read.report.push(diagnostic);
                Some(value)
            }
            (long, short) => long.or(short).map(|(_, value)| value),
        }
    }

    /// Reports that a key is missing, unless the value is not a map, which has already been
    /// reported.
    pub fn report_missing(&mut self, key: &str) {
        if !self.is_map() && !self.node.is_null() {
            return;
        }
        let start = self.node.at.start;
        let at = self.entries.first().map_or(start..start, |(key, _)| key.at.clone());
        let diagnostic =
            Diagnostic::error("missing-key", format!("`{key}` is missing in {}", self.what))
                .at(Span::new(self.read.file, at))
                .help(format!("add `{key}:`"));
        self.read.report.push(diagnostic);
    }

    /// The value of a key, parsed by `read`.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader<'r>, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.take(key)?;
        read(&mut self.read, node)
    }

    /// Like `optional`, but a missing key is reported.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Reader<'r>, &'n Node) -> Option<T>,
    ) -> Option<T> {
        match self.take(key) {
            Some(node) => read(&mut self.read, node),
            None => {
                self.report_missing(key);
                None
            }
        }
    }

    /// A text that is required and must not be blank.
    pub fn text(&mut self, key: &'static str) -> Option<String> {
        let text = self.required(key, |read, node| read.text(key, node))?;
        if text.trim().is_empty() {
            self.report_missing(key);
            return None;
        }
        Some(text.trim().to_owned())
    }

    /// A text; `None` if it is blank.
    pub fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let text = self.optional(key, |read, node| read.text(key, node))?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A whole number within a range.
    pub fn integer(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        self.optional(key, |read, node| read.integer(key, node, range))
    }

    /// `true` or `false`; `false` if missing.
    pub fn flag(&mut self, key: &'static str) -> bool {
        self.optional_flag(key).unwrap_or(false)
    }

    /// `true` or `false`.
    pub fn optional_flag(&mut self, key: &'static str) -> Option<bool> {
        self.optional(key, |read, node| read.flag(key, node))
    }

    /// A full date.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        self.optional(key, |read, node| read.date(key, node))
    }

    /// A year, a month or a full date; `None` if the text is blank.
    pub fn partial_date(&mut self, key: &'static str) -> Option<DateOrText> {
        self.optional(key, |read, node| read.partial_date(key, node))
    }

    /// An address; `None` if it is blank.
    pub fn url(&mut self, key: &'static str) -> Option<String> {
        self.optional(key, |read, node| read.url(key, node))
    }

    /// A list of texts; a single text is a list of one.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let node = self.take(key);
        node.map(|node| self.read.texts(key, node)).unwrap_or_default()
    }

    /// Every item of a list, parsed by `read`; a single value is a list of one.
    pub fn each<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&mut Reader<'r>, &Node) -> Option<T>,
    ) -> Vec<T> {
        let node = self.take(key);
        node.map(|node| self.read.each(node, read)).unwrap_or_default()
    }

    /// One of the given words.
    pub fn word<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        self.optional(key, |read, node| read.word(key, node, words))
    }

    /// Markdown; `None` if the text is blank.
    pub fn markdown(&mut self, key: &'static str) -> Option<Markdown> {
        self.optional(key, |read, node| read.markdown(key, node))
    }

    /// Several Markdown texts, each with its source position.
    pub fn markdowns(&mut self, key: &'static str) -> Vec<Markdown> {
        self.each(key, |read, node| read.markdown(key, node))
    }

    /// The map at a key, as `Fields`.
    pub fn map(&mut self, key: &'static str, what: &'n str) -> Option<Fields<'n, '_>> {
        let node = self.take(key)?;
        Some(Fields::new(node, self.read.file, what, self.read.report))
    }

    /// The entries of the map at a key whose own keys are chosen by the author.
    pub fn entries(&mut self, key: &'static str) -> &'n [(Key, Node)] {
        let node = self.take(key);
        node.map(|node| self.read.entries(key, node)).unwrap_or_default()
    }

    /// Warns of a key that is accepted but has no effect, because its feature does not exist yet.
    /// The value `false` gives no warning.
    pub fn not_yet(&mut self, key: &'static str, instead: &str) {
        let Some((key, value)) = self.take_entry(key) else { return };
        if value.as_bool() != Some(false) {
            let at = self.read.key_span(key);
            self.read.report.push(not_yet(&format!("`{}`", key.name), instead).at(at));
        }
    }

    /// Reports every key that was not taken as a mistake.
    pub fn finish(mut self) {
        for (key, _) in self.unasked() {
            let diagnostic = Diagnostic::error("unknown-key", self.unknown(key))
                .at(self.read.key_span(key))
                .help_opt(self.meant(key).or_else(|| self.known()));
            self.read.report.push(diagnostic);
        }
    }

    /// Returns every key that was not taken, with a warning for each.
    pub fn finish_keeping(mut self) -> Extra {
        let mut extra = Extra::new();
        for (key, value) in self.unasked() {
            let diagnostic = match key.name.as_str() {
                // Nobody writes this to have something published.
                "private" => Diagnostic::error("unknown-key", self.unknown(key))
                    .help("take out what nobody may see: the rest of it would be published"),
                _ => Diagnostic::warning("unknown-key", self.unknown(key))
                    .help(self.meant(key).unwrap_or("it is kept unchanged".into())),
            };
            self.read.report.push(diagnostic.at(self.read.key_span(key)));
            extra.insert(key.name.clone(), value.to_json());
        }
        extra
    }

    fn unasked(&self) -> Vec<&'n (Key, Node)> {
        let asked = |key: &Key| self.asked.contains(&key.name.as_str());
        self.entries.iter().filter(|(key, _)| !asked(key)).collect()
    }

    fn unknown(&self, key: &Key) -> String {
        format!("there is no key `{}` in {}", key.name, self.what)
    }

    /// A list of the known keys, if it is short enough to read.
    fn known(&self) -> Option<String> {
        let keys: Vec<String> = self.asked.iter().map(|key| format!("`{key}`")).collect();
        match keys.as_slice() {
            [] => None,
            [only] => Some(format!("write {only}")),
            some if some.len() <= MOST_SHOWN => Some(format!("write one of {}", some.join(", "))),
            _ => None,
        }
    }

    fn meant(&mut self, key: &Key) -> Option<String> {
        let now = self.renamed.iter().find(|(old, _)| *old == key.name);
        now.map(|(old, new)| format!("`{old}` is called `{new}` here"))
            .or_else(|| did_you_mean(&key.name, self.asked.iter().copied()))
    }
}

impl Reader<'_> {
    /// The keys of a map, to be taken one by one. `what` completes "there is no key `x` in …".
    pub fn fields<'n>(&mut self, node: &'n Node, what: &'n str) -> Fields<'n, '_> {
        Fields::new(node, self.file, what, self.report)
    }
}

#[cfg(test)]
mod tests;
