//! Markdown, rendered.

use serde::Serialize;

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, plain.
    pub text: String,
}

/// Markdown, rendered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Ready for `| safe`.
    pub html: String,
    /// Its prose without markup, a line for each block.
    pub text: String,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Words of the text.
    pub words: usize,
}
