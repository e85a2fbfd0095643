//! `site.yaml`: settings of the whole site, each with a default.

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
    /// A sentence describing the site.
    pub description: Option<String>,
    /// The URL where it will be published, without a trailing slash. `None` if not configured: then
    /// links are relative to the root, and nothing that needs an absolute URL is written.
    pub url: Option<String>,
    /// Name of the theme.
    pub theme: String,
    /// `rpg` or `professional`.
    pub words: Vocabulary,
    /// BCP 47 tags; the first is the default.
    pub languages: Vec<String>,
    /// The source positions of the languages, if they are written.
    #[serde(skip)]
    pub languages_at: Vec<Span>,
    /// IANA name; posts are dated in this time zone.
    pub timezone: String,
    /// Feeds to write.
    pub feeds: Feeds,
    /// Whether `api/v1` is written.
    pub api: bool,
    /// Cards to draw.
    pub cards: Cards,
    /// Pictures.
    pub images: Images,
    /// How Markdown is rendered.
    pub markdown: MarkdownConfig,
    /// Variants of the résumé by name.
    pub variants: BTreeMap<String, Variant>,
    /// Collections by name: field → type.
    pub collections: BTreeMap<String, BTreeMap<String, String>>,
    /// The navigation: labels and addresses; empty for the default navigation.
    pub nav: Vec<(String, String)>,
    /// URL pattern for editing the source of a page: `https://github.com/o/r/edit/main/{path}`.
    pub edit: Option<String>,
    /// The theme's own settings, as in the YAML; checked against its `theme.yaml`.
    pub extra: Map<String, Value>,
    /// The source position of each key of `extra`.
    #[serde(skip)]
    pub extra_at: BTreeMap<String, Span>,
    /// The source position of each value of `extra`.
    #[serde(skip)]
    pub extra_values_at: BTreeMap<String, Span>,
    /// The source position of `theme`.
    #[serde(skip)]
    pub theme_at: Option<Span>,
}

impl Config {
    /// The language of the site's texts: the first of its languages, of which there is always one.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The time zone, from the database built into this program, so that it is the same on every
    /// machine.
    pub fn zone(&self) -> TimeZone {
        TimeZoneDatabase::bundled().get(&self.timezone).unwrap_or(TimeZone::UTC)
    }

    /// The path of `url`, which every URL on the site starts with. Empty for a site at the root of
    /// its host.
    pub fn base_path(&self) -> &str {
        let Some(url) = &self.url else { return "" };
        let host = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        host.find('/').map_or("", |slash| &host[slash..])
    }
}

/// The vocabulary used on the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Vocabulary {
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

/// Cards to draw (the setting is parsed and kept here).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct Cards {
    pub kinds: Vec<String>,
    pub looks: Vec<String>,
}

/// Pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Images {
    /// Widths of an avatar in pixels, ascending.
    pub avatar: Vec<u32>,
    /// Formats, best first.
    pub formats: Vec<Format>,
    /// The visual quality of each format.
    pub quality: Quality,
    /// The maximum number of pixels of an original picture, in millions.
    pub max_megapixels: u32,
}

/// Visual quality of pictures, 1 to 100 for each lossy format. The scale is that of JPEG and WebP;
/// for an encoder with a different scale it is converted to the value that looks the same.
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

    /// The quality of a format; a lossless format is always 100.
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
    /// Shown as text, with a warning at its source position.
    Text,
    /// Passed through unchanged: for a site whose content is all written by its owner.
    Trusted,
}

/// How Markdown is rendered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MarkdownConfig {
    /// Raw HTML: shown as text, or passed through unchanged.
    pub html: Html,
    /// Hosts from which pictures may be shown.
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
            words: Vocabulary::Rpg,
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
