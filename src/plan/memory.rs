//! Everything that planning keeps from one build to the next.

use super::directory::{Directory, DirectorySource};
use super::drafts::DraftTable;
use super::edition::Edition;
use super::members::MemberTables;
use super::sheets::{Portraits, SheetTable};
use super::skill_names::SkillsSource;
use super::texts::TextTable;
use crate::engine::memo::Memo;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Results of earlier builds, each stored with its inputs.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) drafts: DraftTable,
    pub(super) skills: Memo<SkillsSource, BTreeMap<String, String>>,
    editions: Mutex<BTreeMap<Edition, Arc<EditionMemory>>>,
}

/// What depends on the edition.
#[derive(Debug, Default)]
pub(super) struct EditionMemory {
    pub directory: Memo<DirectorySource, Directory>,
    pub sheets: SheetTable,
    pub pages: TextTable,
    pub posts: TextTable,
    pub portraits: Portraits,
    pub members: MemberTables,
}

impl Memory {
    /// The memory of one edition.
    pub(super) fn of(&self, edition: &Edition) -> Arc<EditionMemory> {
        let mut editions = self.editions.lock().unwrap_or_else(PoisonError::into_inner);
        editions.entry(edition.clone()).or_default().clone()
    }
}
