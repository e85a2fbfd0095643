//! What the lexer knows of a language.

use super::Class;
use super::quotes::Prefixes;
use std::collections::BTreeMap;

/// Quotation marks and what may stand between them.
#[derive(Debug)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// A backslash takes the next character along.
    pub has_escapes: bool,
    /// Goes on over the end of its line.
    pub has_lines: bool,
    /// What begins and ends code in it: `${` and `}`.
    pub hole: Option<(&'static str, u8)>,
    /// `$name` stands for a value.
    pub has_variables: bool,
}

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
    /// What words are made of besides letters, digits and `_`.
    pub letters: &'static str,
    /// What begins the name of a variable.
    pub sigils: &'static str,
    /// What stands behind a key.
    pub key_sign: Option<u8>,
    /// Capitals begin the names of types.
    pub has_types: bool,
    /// Capitals begin the names of functions as well.
    pub calls_capitals: bool,
    pub has_macros: bool,
    pub has_lifetimes: bool,
    pub has_decorators: bool,
    pub has_directives: bool,
    pub has_sections: bool,
    pub has_regex: bool,
    pub is_shell: bool,
    /// Words are the same in capitals.
    pub ignores_case: bool,
}

impl Grammar {
    /// A language with these keywords, constants and types of its own.
    pub fn of(keywords: &'static str, constants: &'static str, types: &'static str) -> Grammar {
        let lists =
            [(Class::Keyword, keywords), (Class::Constant, constants), (Class::Type, types)];
        let words = lists
            .into_iter()
            .flat_map(|(class, words)| words.split_whitespace().map(move |word| (word, class)));
        Grammar { words: words.collect(), has_types: true, ..Grammar::default() }
    }

    /// And these words.
    pub fn with(mut self, class: Class, words: &'static str) -> Grammar {
        self.words.extend(words.split_whitespace().map(|word| (word, class)));
        self
    }

    /// Behind these keywords stands what they define.
    pub fn defining(mut self, functions: &'static str, types: &'static str) -> Grammar {
        for (class, words) in [(Class::Function, functions), (Class::Type, types)] {
            self.defining.extend(words.split_whitespace().map(|word| (word, class)));
        }
        self
    }

    /// With comments as C has them.
    pub fn like_c(self) -> Grammar {
        Grammar { line_comments: &["//"], block_comment: Some(("/*", "*/")), ..self }
    }

    /// The class of a word that is listed.
    pub fn class_of(&self, word: &str) -> Option<Class> {
        if self.ignores_case {
            return self.words.get(word.to_ascii_lowercase().as_str()).copied();
        }
        self.words.get(word).copied()
    }

    /// The class of what stands behind this keyword.
    pub fn defines(&self, word: &str) -> Option<Class> {
        self.defining.get(word).copied()
    }
}
