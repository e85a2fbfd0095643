//! Classifies parts of code (keywords, strings, comments and the like) in one pass from the first
//! byte to the last.
//!
//! Code is untrusted. For any input, the time is linear in its length, no state grows except a list
//! of open brackets, and no code other than Rust runs. That is also why there is no parser: a word
//! is classified by its spelling and its immediate neighbours, as in highlight.js.
//!
//! A language is a table ([`languages`]) for one common lexer ([`lexer`]); languages that are not
//! sequences of words have lexers of their own.

mod class;
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

pub use class::{Class, Span};
use scanner::Scanner;

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
