//! Everything that planning keeps from one build to the next.

use super::bare_sheets::BareSheetTable;
use super::directory::{Directory, DirectorySource};
use super::edition::{Edition, EditionKey};
use super::members::MemberTables;
use super::sheets::{Portraits, SheetTable};
use super::skill_names::SkillsSource;
use super::texts::TextTable;
use crate::engine::memo::Memo;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Results of earlier builds, each stored with its inputs.
#[derive(Debug, Default)]
pub struct Cache {
    pub(super) bare_sheets: BareSheetTable,
    pub(super) skills: Memo<SkillsSource, BTreeMap<String, String>>,
    editions: Mutex<BTreeMap<EditionKey, Arc<EditionCache>>>,
}

/// What depends on the edition.
#[derive(Debug, Default)]
pub(super) struct EditionCache {
    pub directory: Memo<DirectorySource, Directory>,
    pub sheets: SheetTable,
    pub pages: TextTable,
    pub posts: TextTable,
    pub portraits: Portraits,
    pub members: MemberTables,
}

impl Cache {
    /// The cache of one edition.
    pub(super) fn of(&self, edition: &Edition) -> Arc<EditionCache> {
        let mut editions = self.editions.lock().unwrap_or_else(PoisonError::into_inner);
        editions.entry(edition.key.clone()).or_default().clone()
    }
}
