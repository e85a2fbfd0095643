//! What pieces of code are made of: keywords, texts, comments and the like, found by reading once from
//! the first byte to the last.
//!
//! Code comes from strangers. Whatever it is, the time it takes is that of its length, no state grows
//! but a list of open brackets, and nothing outside Rust is asked. That is also why there is no parser
//! here: a word is told by its spelling and by what stands right beside it, as in highlight.js.
//!
//! A language is a table ([`languages`]) read by one lexer ([`lexer`]); those that are no sequence of
//! words have lexers of their own.

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

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Of a tag, or before a definition: `#[test]`, `@property`.
    Attribute,
    /// For readers only.
    Comment,
    /// `true`, `None`, `MAX_SIZE`.
    Constant,
    /// A line that a change brings.
    DiffAdd,
    /// A line that a change takes away.
    DiffDelete,
    /// What is called or defined as such.
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
    /// A key, or what stands behind a dot.
    Property,
    /// Brackets and what separates.
    Punctuation,
    /// Text in quotation marks.
    String,
    /// The name of an element.
    Tag,
    /// The heading of a section.
    Title,
    /// What values are of.
    Type,
    /// `$HOME`, `--accent`.
    Variable,
}

impl Class {
    /// As themes write it, behind `hl-`.
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

/// A stretch of code of one class.
pub type Span = (Class, Range<usize>);

/// The stretches of a code that are of a class, in order and apart; `None` for a language that is not
/// known. `language` is what stands behind a fence, in lower case.
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
