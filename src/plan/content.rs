//! What the pages of an edition show, rendered.

use super::directory::Entry;
use super::members::Members;
use super::sections::Sections;
use super::sheets::{ProjectPictures, Sheets};
use super::texts::Text;
use super::views::SkillView;
use crate::model::sheet::Prose;
use crate::path::SitePath;
use crate::render::image::PictureView;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What pages show, apart from what is the same for all of them.
pub(crate) struct Content<'a> {
    pub sheets: Sheets,
    pub members: Arc<Members>,
    /// By slug.
    pub portraits: Arc<BTreeMap<String, PictureView>>,
    /// By slug.
    pub project_pictures: BTreeMap<String, ProjectPictures>,
    pub pages: Vec<Text<'a>>,
    /// Newest first.
    pub posts: Vec<Text<'a>>,
    pub sections: Sections<'a>,
    /// By slug; empty if no page of a skill is planned.
    pub skills: BTreeMap<String, Arc<SkillView>>,
    pub guild_description: Option<Prose>,
    pub crest: Option<PictureView>,
    /// Indices in `pages` and `posts`, by file.
    pub indices: BTreeMap<&'a SitePath, usize>,
}

/// The index of each text, by file.
pub(crate) fn indices<'a>(texts: [&[Text<'a>]; 2]) -> BTreeMap<&'a SitePath, usize> {
    let indexed = texts.into_iter().flat_map(|texts| texts.iter().enumerate());
    indexed.map(|(index, text)| (&text.page.file, index)).collect()
}

impl<'a> Content<'a> {
    /// The index of an entry in `pages` or `posts`.
    fn index(&self, entry: &Entry) -> Option<usize> {
        self.indices.get(&entry.source.as_ref()?.file).copied()
    }

    /// The text of a page.
    pub(crate) fn page(&self, entry: &Entry) -> Option<&Text<'a>> {
        self.pages.get(self.index(entry)?)
    }

    /// The index of a post in `posts`.
    pub(crate) fn post_index(&self, entry: &Entry) -> Option<usize> {
        self.index(entry)
    }
}
