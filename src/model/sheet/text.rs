//! The pieces that lines of a sheet are made of: prose, dates, periods and links.

use crate::model::grammar::Shape;
use crate::span::Markdown;
use serde::Serialize;

/// Markdown to be rendered. `derive` fills `source`; rendering fills the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Prose {
    /// The source, as written.
    #[serde(skip)]
    pub source: Markdown,
    /// How much of Markdown it may use.
    #[serde(skip)]
    pub shape: Shape,
    /// Rendered, ready for `| safe`.
    pub html: String,
    /// Plain text, for attributes and descriptions.
    pub text: String,
}

impl Prose {
    /// Prose to be rendered: with blocks, if it has several lines.
    pub fn new(source: Markdown) -> Prose {
        Prose { source, shape: Shape::Field, ..Prose::default() }
    }

    /// A single-line field to be rendered.
    pub fn line(source: Markdown) -> Prose {
        Prose { source, shape: Shape::Line, ..Prose::default() }
    }
}

/// A date or a period, formatted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct When {
    /// `Mar 2022`
    pub start: Option<DateText>,
    /// `present` if it is ongoing.
    pub end: Option<DateText>,
    /// Whether it is ongoing.
    pub current: bool,
    /// `Mar 2022 – present`, plain text.
    pub text: String,
    /// `3 years 2 months`; empty if it is not known.
    pub length: String,
}

/// A date for machines and for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DateText {
    /// `2022-03`, for `<time datetime>`.
    pub iso: String,
    /// `Mar 2022`
    pub text: String,
}

/// A name, with a URL if it has one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LinkText {
    /// What is shown.
    pub text: String,
    /// Checked: `https`, `http` or `mailto`.
    pub url: Option<String>,
}
