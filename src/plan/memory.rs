//! The caches that planning keeps from one build to the next.

use super::asked::Manner;
use super::routes::{Routes, file_of};
use super::sheets::{Draft, MemberRow, Members, Rendered};
use super::skill_names::SkillNames;
use super::texts::RenderedText;
use super::views::MemberView;
use crate::digest::Digest;
use crate::engine::memo::{Memo, Same, Table};
use crate::load::Config;
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::render::image::PictureView;
use crate::span::Markdown;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Results of earlier builds, each stored with its inputs.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) drafts: Table<String, DraftSource, Draft>,
    pub(super) skills: Memo<SkillsSource, BTreeMap<String, String>>,
    pub(super) routes: Memo<RoutesSource, Routes>,
    pub(super) places: Memo<PlacesSource, BTreeSet<String>>,
    pub(super) sheets: Table<String, (Same<Draft>, Manner), Rendered>,
    pub(super) pages: Table<SitePath, (Markdown, Manner), RenderedText>,
    pub(super) posts: Table<SitePath, (Markdown, Manner), RenderedText>,
    /// As last shown.
    pub(super) portraits: Mutex<Arc<BTreeMap<String, PictureView>>>,
    pub(super) rows: Table<String, RowSource, MemberRow>,
    pub(super) members: Memo<Vec<Same<MemberView>>, Members>,
}

/// The inputs of a sheet.
pub(super) type DraftSource = (Same<Profile>, Same<Ruleset>, Date, Arc<Wording>);

/// The inputs of the published skills: the names on each sheet, and the catalogue.
pub(super) type SkillsSource = (Vec<Same<SkillNames>>, Same<Ruleset>);

/// The inputs of a member's row in lists: the sheet, the party, the portrait, the URLs, and the
/// language for collation.
pub(super) type RowSource =
    (Same<Draft>, Option<String>, Option<PictureView>, Same<Routes>, String);

/// The inputs of the routes.
#[derive(Debug, PartialEq)]
pub(super) struct RoutesSource {
    pub base: String,
    pub url: Option<String>,
    pub is_guild: bool,
    /// Of all profiles.
    pub slugs: Digest,
    pub skills: Same<BTreeMap<String, String>>,
    /// Files and slugs of pages and of posts.
    pub texts: [Vec<(SitePath, String)>; 2],
    pub drafts: BTreeMap<SitePath, String>,
}

/// The inputs of the set of all URLs.
#[derive(Debug, PartialEq)]
pub(super) struct PlacesSource {
    pub routes: Same<Routes>,
    pub config: Config,
    pub statics: Vec<SitePath>,
    /// URLs of the icons; there is one more if the crest is an SVG.
    pub icons: Vec<String>,
}

/// The entries with these slugs; all of them if `wanted` is `None`.
pub(super) fn wanted_of<'a, T>(
    all: &'a BTreeMap<String, T>,
    wanted: Option<&'a BTreeSet<&str>>,
) -> Vec<(&'a String, &'a T)> {
    match wanted {
        None => all.iter().collect(),
        Some(wanted) => wanted.iter().filter_map(|slug| all.get_key_value(*slug)).collect(),
    }
}

/// Which files of a site to plan.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'a> {
    /// All of them.
    Whole,
    /// Only these pages and what is visible on them, as fast as possible. Everything else is as in
    /// the last build and is not checked.
    Pages(&'a BTreeSet<SitePath>),
}

impl Extent<'_> {
    /// Whether all files are wanted.
    pub fn is_whole(self) -> bool {
        matches!(self, Extent::Whole)
    }

    /// Whether the file at this path is wanted.
    pub fn has(self, path: &SitePath) -> bool {
        match self {
            Extent::Whole => true,
            Extent::Pages(pages) => pages.contains(path),
        }
    }

    /// Whether the page at this route is wanted.
    pub(super) fn shows(self, route: &str) -> bool {
        self.is_whole() || file_of(route).is_some_and(|file| self.has(&file))
    }

    /// Whether any file in this output folder is wanted.
    pub(super) fn reaches(self, folder: &str) -> bool {
        match self {
            Extent::Whole => true,
            Extent::Pages(pages) => pages.iter().any(|page| page.strip_prefix(folder).is_some()),
        }
    }
}
