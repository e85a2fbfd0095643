//! Editions: each is one run of a site's pages.

use crate::load::Config;
use crate::model::wording::Wording;
use crate::theme::Themes;
use std::sync::Arc;

/// A run of the site's pages, in one language.
#[derive(Clone, Debug)]
pub(crate) struct Edition {
    /// Tells editions apart; caches are kept for each.
    pub key: EditionKey,
    /// The words of the site's own theme in this language.
    pub wording: Arc<Wording>,
}

/// What distinguishes an edition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EditionKey {
    /// The language of its texts and of the order of its lists: `en`, `pt-BR`.
    pub language: String,
    /// The name of another choice of the same content; there are none yet.
    pub variant: Option<String>,
    /// The route below which its pages are; empty for the first edition.
    pub prefix: String,
}

impl Edition {
    /// Every edition of a site; at least one.
    pub(crate) fn all(config: &Config, themes: &Themes) -> Vec<Edition> {
        let language = config.language().to_owned();
        vec![Edition {
            key: EditionKey { language, variant: None, prefix: String::new() },
            wording: themes.named(None).wording.clone(),
        }]
    }

    /// The language of its texts.
    pub(crate) fn language(&self) -> &str {
        &self.key.language
    }
}
