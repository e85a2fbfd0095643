//! Source positions: a file and a byte range.

mod lines;

use crate::path::SitePath;
pub use lines::Lines;
use std::ops::Range;

/// A byte range in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file, relative to the site's root.
    pub file: SitePath,
    /// Byte offset of the start.
    pub start: usize,
    /// Byte offset of the end, exclusive.
    pub end: usize,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: &SitePath, range: Range<usize>) -> Span {
        Span { file: file.clone(), start: range.start, end: range.end.max(range.start) }
    }

    /// The file as a whole, if no particular part of it is meant.
    pub fn file(file: &SitePath) -> Span {
        Span::new(file, 0..0)
    }

    /// Its byte range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A position as editors count it: line and column from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Markdown as the author wrote it, with its source position for messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    /// The text.
    pub text: String,
    /// Its source position; `None` for generated text.
    pub origin: Option<Span>,
    /// Whether `text` is byte for byte what is at `origin`, so that offsets can be mapped. A folded
    /// or quoted YAML scalar is not.
    pub verbatim: bool,
}

impl Markdown {
    /// Text without a source position.
    pub fn new(text: impl Into<String>) -> Markdown {
        Markdown { text: text.into(), origin: None, verbatim: false }
    }

    /// The source position of `range` in the text: exact if offsets can be mapped, otherwise the
    /// position of the whole text.
    pub fn span(&self, range: Range<usize>) -> Option<Span> {
        let origin = self.origin.as_ref()?;
        if !self.verbatim {
            return Some(origin.clone());
        }
        Some(Span::new(&origin.file, origin.start + range.start..origin.start + range.end))
    }
}

impl serde::Serialize for Markdown {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
