//! The description of a language for the lexer.

use super::class::Class;
use super::quotes::{Prefixes, Quote};
use std::collections::BTreeMap;

/// What the lexer knows of a language.
#[derive(Default)]
pub(super) struct Grammar {
    pub words: BTreeMap<&'static str, Class>,
    pub defining: BTreeMap<&'static str, Class>,
    pub line_comments: &'static [&'static str],
    pub block_comment: Option<(&'static str, &'static str)>,
    pub comments_nest: bool,
    pub quotes: &'static [Quote],
    pub prefixes: &'static Prefixes,
    /// Characters of words other than letters, digits and `_`.
    pub letters: &'static str,
    /// Characters that start the name of a variable.
    pub sigils: &'static str,
    /// The character after a key.
    pub key_sign: Option<u8>,
    /// Capitalised names are types.
    pub has_types: bool,
    /// Capitalised names may also be functions.
    pub calls_capitals: bool,
    pub has_macros: bool,
    pub has_lifetimes: bool,
    pub has_decorators: bool,
    pub has_directives: bool,
    pub has_sections: bool,
    pub has_regex: bool,
    pub is_shell: bool,
    /// Keywords are case-insensitive.
    pub ignores_case: bool,
}

impl Grammar {
    /// A language with these keywords, constants and types.
    pub fn of(keywords: &'static str, constants: &'static str, types: &'static str) -> Grammar {
        let lists =
            [(Class::Keyword, keywords), (Class::Constant, constants), (Class::Type, types)];
        let words = lists
            .into_iter()
            .flat_map(|(class, words)| words.split_whitespace().map(move |word| (word, class)));
        Grammar { words: words.collect(), has_types: true, ..Grammar::default() }
    }

    /// Adds words of a class.
    pub fn with(mut self, class: Class, words: &'static str) -> Grammar {
        self.words.extend(words.split_whitespace().map(|word| (word, class)));
        self
    }

    /// Keywords that are followed by the name of the function or type they define.
    pub fn defining(mut self, functions: &'static str, types: &'static str) -> Grammar {
        for (class, words) in [(Class::Function, functions), (Class::Type, types)] {
            self.defining.extend(words.split_whitespace().map(|word| (word, class)));
        }
        self
    }

    /// Adds C's comments.
    pub fn like_c(self) -> Grammar {
        Grammar { line_comments: &["//"], block_comment: Some(("/*", "*/")), ..self }
    }

    /// The class of a listed word.
    pub fn class_of(&self, word: &str) -> Option<Class> {
        if self.ignores_case {
            return self.words.get(word.to_ascii_lowercase().as_str()).copied();
        }
        self.words.get(word).copied()
    }

    /// The class of the name after this keyword.
    pub fn defines(&self, word: &str) -> Option<Class> {
        self.defining.get(word).copied()
    }
}
