//! The sections of JSON Resume other than work.

use crate::model::date::DateOrText;
use crate::model::profile::{Extra, Portrait};
use crate::span::Markdown;
use serde::Serialize;

/// JSON Resume's `education`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Education {
    pub institution: Option<String>,
    pub url: Option<String>,
    pub area: Option<String>,
    pub study_type: Option<String>,
    pub start: Option<DateOrText>,
    pub end: Option<DateOrText>,
    pub score: Option<String>,
    pub courses: Vec<String>,
    pub tags: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `awards`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Award {
    pub title: Option<String>,
    pub date: Option<DateOrText>,
    pub awarder: Option<String>,
    pub summary: Option<Markdown>,
    pub url: Option<String>,
    pub tags: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `certificates`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Certificate {
    pub name: Option<String>,
    pub date: Option<DateOrText>,
    pub url: Option<String>,
    pub issuer: Option<String>,
    pub tags: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `publications`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Publication {
    pub name: Option<String>,
    pub publisher: Option<String>,
    pub date: Option<DateOrText>,
    pub url: Option<String>,
    pub summary: Option<Markdown>,
    pub tags: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `languages`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Language {
    pub language: Option<String>,
    pub fluency: Option<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `interests`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Interest {
    pub name: Option<String>,
    pub keywords: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `references`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Reference {
    pub name: Option<String>,
    pub reference: Option<Markdown>,
    pub private: bool,
    pub extra: Extra,
}

/// JSON Resume's `projects`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields, `skills` and `image`")]
pub struct Project {
    pub name: Option<String>,
    pub description: Option<Markdown>,
    pub highlights: Vec<Markdown>,
    pub keywords: Vec<String>,
    pub start: Option<DateOrText>,
    pub end: Option<DateOrText>,
    pub url: Option<String>,
    pub roles: Vec<String>,
    pub entity: Option<String>,
    pub kind: Option<String>,
    pub image: Option<Portrait>,
    pub skills: Vec<String>,
    pub rarity: Option<String>,
    pub tags: Vec<String>,
    pub private: bool,
    pub extra: Extra,
}
