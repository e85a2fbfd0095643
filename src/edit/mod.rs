//! Edits one value of a profile from the page that shows it: takes the file's text and the new
//! value, returns the new text. Only the bytes of that value change; comments, order and style are
//! kept.
//!
//! Every edit is verified: the new text is parsed as in a build, and an edit that changed anything
//! else, or that gave another value, is refused.

mod change;
mod portrait;
mod reading;
mod replacement;
mod text;

use crate::diagnostic::Diagnostic;
use crate::load::{Config, Site};
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::plan::{sheet_sources, shown_elsewhere};
use crate::span::Span;
use change::normal;
pub use change::{Change, Field, Result};
pub use portrait::{FileState, PortraitEdit};
use reading::Reading;
use replacement::Replacement;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The pages of a site that are sheets, and what is needed to parse their files.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// Page → the profile's file.
    pub files: BTreeMap<SitePath, SitePath>,
    /// Pictures shown anywhere but as the portrait of their own profile.
    pub shown_elsewhere: BTreeSet<String>,
    /// The rules of the site.
    pub ruleset: Arc<Ruleset>,
    /// The maximum number of pixels of a picture, in millions.
    pub max_megapixels: u32,
}

impl Default for Sheets {
    fn default() -> Sheets {
        let max_megapixels = Config::default().images.max_megapixels;
        Sheets {
            files: BTreeMap::new(),
            shown_elsewhere: BTreeSet::new(),
            ruleset: Arc::default(),
            max_megapixels,
        }
    }
}

impl Sheets {
    /// The sheets of a site.
    pub fn of(site: &Site) -> Sheets {
        Sheets {
            files: sheet_sources(site),
            shown_elsewhere: shown_elsewhere(site),
            ruleset: site.ruleset.clone(),
            max_megapixels: site.config.images.max_megapixels,
        }
    }

    /// The text of a profile's file with one value changed.
    ///
    /// # Errors
    /// `changed-since` if the file's value is not the one on the page; `cannot-edit` if the value
    /// is written in a form that only its author can change; the diagnostics of an invalid new
    /// value.
    pub fn edited(&self, file: &SitePath, text: &str, change: &Change) -> Result<String> {
        let value = change.value.trim();
        let before = Reading::of(file, text, &[], &self.ruleset)?;
        let shown = before.shown(&change.field);
        if normal(&shown) != normal(&change.was) {
            return Err(vec![changed_since(file, change, &shown)]);
        }
        if shown == value {
            return Ok(text.to_owned());
        }
        let place = before.place(&change.field).ok_or_else(|| vec![before.cannot_edit(change)])?;
        let is_number = matches!(change.field, Field::Level(_))
            && !value.is_empty()
            && value.bytes().all(|byte| byte.is_ascii_digit());
        let spellings = match is_number {
            true => vec![value.to_owned()],
            false => text::spellings(value, place.old(text), before.is_json),
        };
        let is_meant = |after: &Reading<'_>| after.says(&change.field, value);
        self.first_that_reads_back(&before, &place, &spellings, &[], &is_meant)
            .map_err(|wrong| wrong.unwrap_or_else(|| vec![before.cannot_edit(change)]))
    }

    /// The first spelling that parses back as the wanted value and leaves all else unchanged.
    /// `beside` are the files beside the profile after the edit. The error is the diagnostics of
    /// the value, if they are the reason for the failure.
    fn first_that_reads_back(
        &self,
        before: &Reading<'_>,
        place: &Replacement,
        spellings: &[String],
        beside: &[SitePath],
        is_meant: &dyn Fn(&Reading<'_>) -> bool,
    ) -> std::result::Result<String, Option<Vec<Diagnostic>>> {
        let here = |it: Diagnostic| Diagnostic {
            // The diagnostic refers to the unchanged file.
            at: Some(Span::new(before.file, place.at.clone())),
            related: Vec::new(),
            ..it
        };
        let mut wrong = None;
        for spelling in spellings {
            let text = place.filled(before.text, spelling);
            let after = match Reading::of(before.file, &text, beside, &self.ruleset) {
                Ok(after) => after,
                // No spelling makes a character valid that texts must not contain.
                Err(mistakes) if mistakes.iter().any(|it| it.code == "control-character") => {
                    return Err(Some(mistakes.into_iter().map(here).collect()));
                }
                Err(_) => continue,
            };
            if !replacement::is_same_but(&before.root, &after.root, &place.path) {
                continue;
            }
            let mistakes = after.mistakes_beyond(before);
            if mistakes.is_empty() && is_meant(&after) {
                return Ok(text);
            }
            wrong = Some(mistakes.into_iter().map(here).collect::<Vec<_>>());
        }
        Err(wrong.filter(|wrong| !wrong.is_empty()))
    }
}

fn changed_since(file: &SitePath, change: &Change, shown: &str) -> Diagnostic {
    let said = |text: &str| if text.is_empty() { "nothing".into() } else { format!("`{text}`") };
    let message =
        format!("`{file}` now says {}, but the page showed {}", said(shown), said(&change.was));
    Diagnostic::error("changed-since", message)
        .in_file(file)
        .help("wait until the page has updated, and try again")
}

#[cfg(test)]
mod tests;
