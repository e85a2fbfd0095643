//! The classes of pieces of code.

use std::ops::Range;

/// The class of a piece of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// In a tag, or before a definition: `#[test]`, `@property`.
    Attribute,
    /// A comment.
    Comment,
    /// `true`, `None`, `MAX_SIZE`.
    Constant,
    /// A line added by a diff.
    DiffAdd,
    /// A line deleted by a diff.
    DiffDelete,
    /// The name of a function, where it is called or defined.
    Function,
    /// `if`, `fn`, `return`.
    Keyword,
    /// Lifetimes, anchors.
    Label,
    /// `println!`, `#include`.
    Macro,
    /// `42`, `0xff`, `1.5em`.
    Number,
    /// `+`, `=>`.
    Operator,
    /// A key, or a name after a dot.
    Property,
    /// Brackets and separators.
    Punctuation,
    /// A string literal.
    String,
    /// The name of an element.
    Tag,
    /// A section heading.
    Title,
    /// A type.
    Type,
    /// `$HOME`, `--accent`.
    Variable,
}

impl Class {
    /// The name used by themes, after `hl-`.
    pub fn name(self) -> &'static str {
        match self {
            Class::Attribute => "attribute",
            Class::Comment => "comment",
            Class::Constant => "constant",
            Class::DiffAdd => "diff-add",
            Class::DiffDelete => "diff-delete",
            Class::Function => "function",
            Class::Keyword => "keyword",
            Class::Label => "label",
            Class::Macro => "macro",
            Class::Number => "number",
            Class::Operator => "operator",
            Class::Property => "property",
            Class::Punctuation => "punctuation",
            Class::String => "string",
            Class::Tag => "tag",
            Class::Title => "title",
            Class::Type => "type",
            Class::Variable => "variable",
        }
    }
}

/// A classified byte range of code.
pub type Span = (Class, Range<usize>);
