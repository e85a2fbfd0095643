//! One run of a site's pages: in one language, below one prefix.

use crate::load::Config;

/// A run of the site's pages. What depends on the language is keyed by it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edition {
    /// The language of its texts and the order of its lists: `en`, `pt-BR`.
    pub language: String,
    /// The route below which its pages are; empty for the first edition.
    pub prefix: String,
}

impl Edition {
    /// Every edition of a site; at least one.
    pub(crate) fn all(config: &Config) -> Vec<Edition> {
        vec![Edition { language: config.language().to_owned(), prefix: String::new() }]
    }
}
