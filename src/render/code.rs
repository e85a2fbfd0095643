//! Classifies parts of code (keywords, strings, comments and the like) in one pass from the first
//! byte to the last.
//!
//! Code is untrusted. For any input, the time is linear in its length, no state grows except a list
//! of open brackets, and no code other than Rust runs. That is also why there is no parser: a word
//! is classified by its spelling and its immediate neighbours, as in highlight.js.
//!
//! A language is a table ([`languages`]) for one common lexer ([`lexer`]); languages that are not
//! sequences of words have lexers of their own.

mod css;
mod diff;
mod grammar;
mod languages;
mod lexer;
mod markup;
mod quotes;
mod scanner;
#[cfg(test)]
mod tests;
mod yaml;

use scanner::Scanner;
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

/// The classified spans of a piece of code, in order and without overlaps; `None` for an unknown
/// language. `language` is the name after the code fence, in lower case.
pub fn spans(language: &str, code: &str) -> Option<Vec<Span>> {
    let mut scanner = Scanner::new(code);
    match language {
        "html" | "htm" | "xml" | "svg" | "xhtml" => markup::lex(&mut scanner),
        "css" => css::lex(&mut scanner),
        "yaml" | "yml" => yaml::lex(&mut scanner),
        "diff" | "patch" => diff::lex(&mut scanner),
        "console" | "shell-session" | "shellsession" => lexer::lex_session(&mut scanner),
        _ => lexer::lex(&mut scanner, languages::named(language)?),
    }
    Some(scanner.spans)
}
