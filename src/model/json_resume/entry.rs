//! One JSON object of a résumé: known keys in their order, then the unknown ones.

use crate::model::date::DateOrText;
use crate::model::profile::Extra;
use crate::span::Markdown;
use serde_json::{Map, Value};

/// Key names of earlier versions of JSON Resume, with their current names.
const OLD_NAMES: [(&str, &str); 4] =
    [("name", "company"), ("image", "picture"), ("url", "website"), ("score", "gpa")];

/// Who the export is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The person themselves: includes everything.
    Owner,
    /// The public: excludes private fields that are not under `publish:`, entries with `private:
    /// true`, and every mention of a private skill.
    Public,
}

/// A JSON object under construction.
pub(super) struct Entry {
    audience: Audience,
    known: Vec<(&'static str, Option<Value>)>,
}

impl Entry {
    pub(super) fn new(audience: Audience) -> Entry {
        Entry { audience, known: Vec::new() }
    }

    /// Adds a known key, if it has a value. The standard requires absolute URLs: one relative to
    /// the site is useless to a reader elsewhere.
    pub(super) fn put(&mut self, key: &'static str, value: Option<Value>) {
        let fit = |value: &Value| {
            key != "url" || self.audience == Audience::Owner || is_whole(value.as_str())
        };
        let value = value.filter(fit);
        self.known.push((key, value));
    }

    /// The object, with the unknown keys after the known ones. If a known key is in `extra`, its
    /// value could not be parsed: its owner gets it back unchanged, and nobody else sees it,
    /// because it may be private.
    pub(super) fn with_extra(self, extra: &Extra) -> Map<String, Value> {
        let owner = self.audience == Audience::Owner;
        let mut object = Map::new();
        let known: Vec<&str> = self.known.iter().map(|(key, _)| *key).collect();
        for (key, value) in self.known {
            let kept = extra.get(key).filter(|_| owner).cloned();
            let value = kept.or_else(|| value.filter(|it| !under_old_name(key, it, extra)));
            if let Some(value) = value {
                object.insert(key.to_owned(), value);
            }
        }
        for (key, value) in extra.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            object.insert(key.clone(), value.clone());
        }
        object
    }
}

fn is_whole(address: Option<&str>) -> bool {
    let head = address.and_then(|address| address.split(['/', '?', '#']).next());
    head.is_some_and(|head| head.contains(':'))
}

/// Whether the value was written under a key of an earlier version of JSON Resume.
fn under_old_name(key: &str, value: &Value, extra: &Extra) -> bool {
    OLD_NAMES.iter().any(|(new, old)| *new == key && extra.get(*old) == Some(value))
}

pub(super) fn text(text: &Option<String>) -> Option<Value> {
    text.as_deref().map(Value::from)
}

pub(super) fn prose(markdown: &Option<Markdown>) -> Option<Value> {
    markdown.as_ref().map(|it| Value::from(it.text.as_str()))
}

pub(super) fn date(date: &Option<DateOrText>) -> Option<Value> {
    date.as_ref().map(|date| Value::from(date.to_string()))
}

/// A list; `None` if it is empty.
pub(super) fn list<T: Into<Value>>(items: impl IntoIterator<Item = T>) -> Option<Value> {
    let items: Vec<Value> = items.into_iter().map(Into::into).collect();
    (!items.is_empty()).then_some(Value::Array(items))
}

pub(super) fn texts(items: &[String]) -> Option<Value> {
    list(items.iter().map(String::as_str))
}

pub(super) fn proses(items: &[Markdown]) -> Option<Value> {
    list(items.iter().map(|it| it.text.as_str()))
}

/// `true`, or `None`.
pub(super) fn flag(set: bool) -> Option<Value> {
    set.then_some(Value::Bool(true))
}
