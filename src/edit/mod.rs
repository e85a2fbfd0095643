//! One value of a profile, changed from the page that shows it: the file's text and the new value in,
//! the new text out. Only the bytes of that value differ; comments, order and style of writing stay.
//!
//! Nothing is taken on trust: the new text is read again as a build would read it, and an edit that
//! changed anything else, or that says something else than was meant, is refused.

mod place;
mod portrait;
mod reading;
mod text;

use crate::diagnostic::Diagnostic;
use crate::load::{Config, Site};
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::plan::routes::{Layout, file_of};
use crate::plan::shown_elsewhere;
use crate::span::Span;
use place::Place;
pub use portrait::{Hanging, Lies};
use reading::Reading;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An edit that cannot be made: every reason.
pub type Result<T> = std::result::Result<T, Vec<Diagnostic>>;

/// The pages of a site that are somebody's sheet, and what their files are read by.
#[derive(Clone, Debug)]
pub struct Sheets {
    /// The profile's file of each page.
    pub files: BTreeMap<SitePath, SitePath>,
    /// Pictures that something else shows than the profile whose portrait they are.
    pub shown_elsewhere: BTreeSet<String>,
    /// The rules of the site.
    pub ruleset: Arc<Ruleset>,
    /// Most pixels a picture may have, in millions.
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

/// What of a profile can be changed from its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// `name`
    Name,
    /// `label`
    Label,
    /// The level of the skill of this slug.
    Level(String),
}

/// A value to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which one.
    pub field: Field,
    /// What the page shows; nothing where it shows none.
    pub was: String,
    /// What it is to be.
    pub value: String,
}

impl Sheets {
    /// The sheets of a site.
    pub fn of(site: &Site) -> Sheets {
        let layout = Layout::of(site);
        let page = |slug: &String| file_of(&layout.profile(slug));
        let files = site
            .profiles
            .iter()
            .filter_map(|(slug, profile)| Some((page(slug)?, profile.file.clone()?)));
        Sheets {
            files: files.collect(),
            shown_elsewhere: shown_elsewhere(site),
            ruleset: site.ruleset.clone(),
            max_megapixels: site.config.images.max_megapixels,
        }
    }

    /// The text of a profile's file with one value changed.
    ///
    /// # Errors
    /// `changed-since` where the file says something else than the page shows; `cannot-edit` where
    /// the value is written in a way that is left to its author; what the new value is wrong by.
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

    /// The first spelling that reads back as what was meant, with all else as it was. `beside` are
    /// the files that lie beside the profile then. The error is what is wrong with the value, if
    /// that is what it fails by.
    fn first_that_reads_back(
        &self,
        before: &Reading<'_>,
        place: &Place,
        spellings: &[String],
        beside: &[SitePath],
        is_meant: &dyn Fn(&Reading<'_>) -> bool,
    ) -> std::result::Result<String, Option<Vec<Diagnostic>>> {
        let here = |it: Diagnostic| Diagnostic {
            // The file still is what it was.
            at: Some(Span::new(before.file, place.at.clone())),
            related: Vec::new(),
            ..it
        };
        let mut wrong = None;
        for spelling in spellings {
            let text = place.filled(before.text, spelling);
            let after = match Reading::of(before.file, &text, beside, &self.ruleset) {
                Ok(after) => after,
                // No spelling helps against what no text may hold.
                Err(mistakes) if mistakes.iter().any(|it| it.code == "control-character") => {
                    return Err(Some(mistakes.into_iter().map(here).collect()));
                }
                Err(_) => continue,
            };
            if !place::is_same_but(&before.root, &after.root, &place.path) {
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

/// Pages fold white space.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
