//! Where something stands in what the author wrote: a file and a range of its bytes.

mod lines;

use crate::path::SitePath;
pub use lines::Lines;
use std::ops::Range;

/// A stretch of a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file, relative to the site's root.
    pub file: SitePath,
    /// First byte of the stretch.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
}

impl Span {
    /// The stretch `range` of `file`.
    pub fn new(file: &SitePath, range: Range<usize>) -> Span {
        Span { file: file.clone(), start: range.start, end: range.end.max(range.start) }
    }

    /// The file as a whole, when nothing inside it is to blame.
    pub fn file(file: &SitePath) -> Span {
        Span::new(file, 0..0)
    }

    /// The bytes it covers.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place in a text as editors count it: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Markdown as the author wrote it, with its place for the messages about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    /// The text.
    pub text: String,
    /// Where it stands; `None` for text nobody wrote.
    pub origin: Option<Span>,
    /// Whether `text` is byte for byte what stands at `origin`, so that places inside it can be
    /// told; a folded or quoted YAML scalar is not.
    pub verbatim: bool,
}

impl Markdown {
    /// Text without a place.
    pub fn new(text: impl Into<String>) -> Markdown {
        Markdown { text: text.into(), origin: None, verbatim: false }
    }

    /// The place of `range` inside the text: exact where that can be told, else all of it.
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
