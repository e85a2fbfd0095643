//! Snapshot → site: loads the content, resolves every name and reports every mistake.

mod axes;
mod catalogue;
mod classes;
mod config;
pub mod cycle;
mod dates;
pub mod document;
pub mod fields;
mod guild;
mod heading;
mod member_files;
mod members;
mod memory;
mod misnamed;
mod page;
pub mod picture;
pub mod portrait;
mod profile;
pub mod read;
mod rule_test;
mod ruleset;
pub mod schema;

use crate::diagnostic::Report;
use crate::model::collation;
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
pub use config::{
    Cards, Config, Feeds, Format, Html, Images, MarkdownConfig, Quality, Variant, Vocabulary,
    address, config,
};
pub use guild::{Guild, Leaderboard, Season};
use jiff::tz::TimeZone;
pub use memory::Memory;
pub use page::{Collection, Page, page};
pub use profile::profile;
use rayon::prelude::*;
pub use ruleset::ruleset;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The author's content, resolved: with all defaults applied and all names looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// `site.yaml`
    pub config: Config,
    /// `guild.yaml`; if present, the site is a guild.
    pub guild: Option<Guild>,
    /// `rules.yaml`, `content/skills.yaml`, `content/classes.yaml`.
    pub ruleset: Arc<Ruleset>,
    /// Profiles by slug. A solo site has exactly one.
    pub profiles: BTreeMap<String, Arc<Profile>>,
    /// `content/pages`
    pub pages: Vec<Page>,
    /// `content/posts`, newest first.
    pub posts: Vec<Page>,
    /// Pages and posts left out as drafts: their files, and the addresses they will have.
    pub drafts: BTreeMap<SitePath, String>,
    /// Files in `static/`, and files beside content that something refers to.
    pub statics: Vec<SitePath>,
}

impl Site {
    /// Whether `static/` has a file for this output path.
    pub fn has_static(&self, path: &SitePath) -> bool {
        self.statics.iter().any(|it| it.strip_prefix("static") == Some(path.as_str()))
    }
}

/// Options for loading a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether to include drafts.
    pub drafts: bool,
    /// The site's URL, in place of the one in `site.yaml`.
    pub url: Option<String>,
}

/// Loads a whole site; results that are already in `memory` are reused. Invalid parts are reported
/// and then left out or replaced by their default; everything else is loaded, so that one run
/// reports every mistake.
pub fn site(snapshot: &Snapshot, options: &Options, memory: &Memory, report: &mut Report) -> Site {
    let mut config = config(snapshot, report);
    if let Some(url) = &options.url {
        config.url = report.ok(config::address(url)).or(config.url);
    }
    memory.misnamed(snapshot, report);
    let ruleset = memory.ruleset(snapshot, report);
    let guild = guild::guild(snapshot, report);
    let is_guild = snapshot.file("guild.yaml").is_some();
    let members = members::members(snapshot, &config, is_guild, &ruleset, memory, report);
    if let Some(guild) = &guild {
        guild.check(&members.slugs, report);
    }
    let zone = config.zone();
    let mut drafts = BTreeMap::new();
    let mut pages = self::pages(snapshot, Collection::Pages, &zone, options, &mut drafts, report);
    let mut posts = self::pages(snapshot, Collection::Posts, &zone, options, &mut drafts, report);
    members::check_authors(is_guild, &members.slugs, pages.iter().chain(&posts), report);
    let by_title = |page: &Page| {
        (page.weight, collation::key(&page.title, config.language()), page.slug.clone())
    };
    pages.sort_by_cached_key(by_title);
    posts.sort_by(|a, b| (b.date, &a.slug).cmp(&(a.date, &b.slug)));
    Site {
        config,
        guild: guild.map(|read| read.guild),
        ruleset,
        profiles: members.profiles,
        pages,
        posts,
        drafts,
        statics: snapshot.below("static").map(|(path, _)| path.clone()).collect(),
    }
}

/// Every page or post, each with a unique address. Drafts are included only if wanted.
fn pages(
    snapshot: &Snapshot,
    collection: Collection,
    zone: &TimeZone,
    options: &Options,
    drafts: &mut BTreeMap<SitePath, String>,
    report: &mut Report,
) -> Vec<Page> {
    let files: Vec<&SitePath> = snapshot
        .below(collection.folder())
        .map(|(path, _)| path)
        .filter(|path| path.extension() == "md")
        .collect();
    let read: Vec<(Option<Page>, Report)> = files
        .par_iter()
        .map(|path| {
            let mut report = Report::default();
            (page(snapshot, path, collection, zone, &mut report), report)
        })
        .collect();
    let mut pages: BTreeMap<String, Page> = BTreeMap::new();
    for (page, its_report) in read {
        report.extend(its_report);
        let Some(page) = page else { continue };
        if page.draft && !options.drafts {
            drafts.insert(page.file, collection.address(&page.slug));
            continue;
        }
        match pages.get(&page.slug) {
            Some(first) => report.push(page::duplicate(&page, first)),
            None => {
                pages.insert(page.slug.clone(), page);
            }
        }
    }
    pages.into_values().collect()
}
