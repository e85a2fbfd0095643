//! `site.yaml`: what the whole site is like, with a default for every key.

mod read;

use crate::span::Span;
use jiff::tz::{TimeZone, TimeZoneDatabase};
pub use read::{address, config};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

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
    /// Where each of them stands, if they are written.
    #[serde(skip)]
    pub languages_at: Vec<Span>,
    /// IANA name: posts are dated in it.
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
    /// Where each value of `extra` stands.
    #[serde(skip)]
    pub extra_values_at: BTreeMap<String, Span>,
    /// Where `theme` stands.
    #[serde(skip)]
    pub theme_at: Option<Span>,
}

impl Config {
    /// The time zone, of the database in this program: the same on every machine.
    pub fn zone(&self) -> TimeZone {
        TimeZoneDatabase::bundled().get(&self.timezone).unwrap_or(TimeZone::UTC)
    }

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
    /// How good each format is to look.
    pub quality: Quality,
    /// Most pixels a source picture may have, in millions.
    pub max_megapixels: u32,
}

/// How good pictures are to look, 1 to 100 for each format that loses something. The scale is that of
/// JPEG and WebP; an encoder with another one is given what looks the same on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Quality {
    pub avif: u8,
    pub webp: u8,
    pub jpeg: u8,
}

impl Quality {
    /// The same for every format.
    pub fn all(quality: u8) -> Quality {
        Quality { avif: quality, webp: quality, jpeg: quality }
    }

    /// A format's; what loses nothing is always 100.
    pub fn of(self, format: Format) -> u8 {
        match format {
            Format::Avif => self.avif,
            Format::Webp => self.webp,
            Format::Jpeg => self.jpeg,
            Format::Png => 100,
        }
    }
}

/// A format pictures are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

impl Default for Config {
    fn default() -> Config {
        Config {
            title: None,
            description: None,
            url: None,
            theme: "codex".to_owned(),
            words: Words::Rpg,
            languages: vec!["en".to_owned()],
            languages_at: Vec::new(),
            timezone: "UTC".to_owned(),
            feeds: Feeds { atom: true, json: true },
            api: false,
            cards: Cards {
                kinds: Cards::KINDS.map(str::to_owned).into(),
                looks: Cards::LOOKS.map(str::to_owned).into(),
            },
            images: Images {
                avatar: vec![96, 192, 384, 768],
                formats: vec![Format::Avif, Format::Webp, Format::Jpeg],
                quality: Quality::all(80),
                max_megapixels: 40,
            },
            markdown: MarkdownConfig { html: Html::Text, image_hosts: Vec::new() },
            variants: BTreeMap::new(),
            collections: BTreeMap::new(),
            nav: Vec::new(),
            edit: None,
            extra: Map::new(),
            extra_at: BTreeMap::new(),
            extra_values_at: BTreeMap::new(),
            theme_at: None,
        }
    }
}

impl Cards {
    const KINDS: [&str; 6] = ["sheet", "radar", "level", "streak", "badges", "skills"];
    const LOOKS: [&str; 3] = ["light", "dark", "auto"];
}
