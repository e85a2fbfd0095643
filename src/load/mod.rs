//! Snapshot → Site: what the author said, with every name resolved and every mistake reported.

mod dates;
pub mod fields;
pub mod read;
pub mod url;
pub mod picture;

use crate::model::profile::{Portrait, Profile};
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What the author said, resolved: no defaults left open, no names left to look up.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// `site.yaml`
    pub config: Config,
    /// `guild.yaml`, whose presence makes the site a guild.
    pub guild: Option<Guild>,
    /// `rules.yaml`, `content/skills.yaml`, `content/classes.yaml`.
    pub ruleset: Ruleset,
    /// Profiles by slug. A solo site has exactly one.
    pub profiles: BTreeMap<String, Profile>,
    /// `content/pages`
    pub pages: Vec<Page>,
    /// `content/posts`, newest first.
    pub posts: Vec<Page>,
    /// Files below `static/`, and files beside content that something refers to.
    pub statics: Vec<SitePath>,
}

/// `site.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Config {
    /// Title; a solo site's default is the person's name.
    pub title: Option<String>,
    /// A sentence about the site.
    pub description: Option<String>,
    /// Where it will be published, without a slash at the end; `None` until it is known (then
    /// addresses are relative to the root and nothing absolute is written).
    pub url: Option<String>,
    /// Name of the theme.
    pub theme: String,
    /// `rpg` or `professional`.
    pub words: Words,
    /// BCP 47; the first is the default.
    pub languages: Vec<String>,
    /// IANA name; dates of posts with a time are shown in it.
    pub timezone: String,
    /// Feeds to write.
    pub feeds: Feeds,
    /// Whether `api/v1` is written.
    pub api: bool,
    /// Cards to draw.
    pub cards: Cards,
    /// Pictures.
    pub images: Images,
    /// How Markdown is treated.
    pub markdown: MarkdownConfig,
    /// Variants of the résumé by name.
    pub variants: BTreeMap<String, Variant>,
    /// Collections by name: field → type.
    pub collections: BTreeMap<String, BTreeMap<String, String>>,
    /// The navigation: label and address; empty means the theme's own.
    pub nav: Vec<(String, String)>,
    /// Link to the source of a page: `https://github.com/o/r/edit/main/{path}`.
    pub edit: Option<String>,
    /// The theme's own settings, as YAML gave them; checked against its `theme.yaml`.
    pub extra: Map<String, Value>,
    /// Where each key of `extra` stands.
    #[serde(skip)]
    pub extra_at: BTreeMap<String, Span>,
    /// Where `theme` stands.
    #[serde(skip)]
    pub theme_at: Option<Span>,
}

impl Config {
    /// The path of `url`: what every address on the site begins with. Empty for a site at the root
    /// of its host.
    pub fn base_path(&self) -> &str {
        let Some(url) = &self.url else { return "" };
        let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        host.find('/').map_or("", |slash| &host[slash..])
    }
}

/// The words on the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Words {
    Rpg,
    Professional,
}

/// Feeds to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Feeds {
    pub atom: bool,
    pub json: bool,
}

/// Cards to draw (read and kept here).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Cards {
    pub kinds: Vec<String>,
    pub looks: Vec<String>,
}

/// Pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Images {
    /// Widths of an avatar, rising.
    pub avatar: Vec<u32>,
    /// Formats, the best first.
    pub formats: Vec<Format>,
    /// 1 to 100.
    pub quality: u8,
    /// Most pixels a source picture may have, in millions.
    pub max_megapixels: u32,
}

/// A format pictures are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Format {
    Avif,
    Webp,
    Jpeg,
    Png,
}

/// Raw HTML in Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Html {
    /// Shown as text, with a warning at its place.
    Text,
    /// Passed through as it stands: for a site whose content is all the owner's own.
    Trusted,
}

/// How Markdown is treated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkdownConfig {
    /// Raw HTML: shown as text, or passed through as it stands.
    pub html: Html,
    /// Hosts whose pictures may be shown.
    pub image_hosts: Vec<String>,
}

/// A variant of the résumé.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Variant {
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}

/// `guild.yaml`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Guild {
    /// Ferris Forge
    pub name: String,
    /// A sentence or two.
    pub description: Option<Markdown>,
    /// Slug of a member.
    pub founder: Option<String>,
    /// Its mark.
    pub crest: Option<Portrait>,
    /// Least level to join.
    pub join_level: Option<u32>,
    /// Party → slugs of members.
    pub parties: BTreeMap<String, Vec<String>>,
    /// Seasons.
    pub seasons: Vec<Season>,
    /// Who is ranked by what.
    pub leaderboard: Leaderboard,
}

/// A season.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Season {
    pub name: String,
    pub start: Date,
    pub end: Date,
}

/// Who is ranked by what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaderboard {
    /// `xp`, `quests` or `badges`.
    pub by: String,
    /// How many are shown.
    pub top: u32,
    /// `opt-in`, `everyone` or `parties`.
    pub show: String,
}

/// A page or a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// The file.
    pub file: SitePath,
    /// Address below `/` (pages) or `/posts/` (posts), without slashes at the ends: `manual/themes`.
    pub slug: String,
    /// From the front matter, or the first heading.
    pub title: String,
    /// For descriptions and lists.
    pub description: Option<String>,
    /// From the front matter or the file's name.
    pub date: Option<Date>,
    /// When it was last changed.
    pub updated: Option<Date>,
    /// Slugs of members, or names.
    pub authors: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Template of its own.
    pub template: Option<String>,
    /// Earlier addresses.
    pub aliases: Vec<String>,
    /// Place among its siblings: the lower the earlier.
    pub weight: i64,
    /// Only built with `--drafts`.
    pub draft: bool,
    /// Whether a table of contents is shown.
    pub toc: bool,
    /// A picture for the top and for previews.
    pub image: Option<Portrait>,
    /// The theme's own keys.
    pub extra: Map<String, Value>,
    /// The text.
    pub body: Markdown,
}
