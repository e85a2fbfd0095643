//! Reading `site.yaml` key by key.

use super::{
    Cards, Config, Feeds, Format, Html, Images, MarkdownConfig, Quality, Variant, Vocabulary,
};
use crate::diagnostic::{Diagnostic, Report, Result, did_you_mean};
use crate::load::document;
use crate::load::fields::{Fields, not_yet};
use crate::load::read::Reader;
use crate::model::slug::is_slug;
use crate::model::url;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;
use crate::span::Span;
use jiff::tz::TimeZoneDatabase;
use std::collections::BTreeMap;

/// Reads `site.yaml`, or returns the defaults if it does not exist.
pub fn config(snapshot: &Snapshot, report: &mut Report) -> Config {
    let defaults = Config::default();
    let Some((file, node)) = document::yaml(snapshot, "site.yaml", report) else {
        return defaults;
    };
    let mut fields = Fields::new(&node, file, "`site.yaml`", report);
    let theme_at = fields.take("theme").map(|node| fields.reader().span(node));
    let extra = fields.entries("extra");
    let (languages, languages_at) =
        languages(&mut fields).unwrap_or((defaults.languages, Vec::new()));
    let config = Config {
        title: fields.optional_text("title"),
        description: fields.optional_text("description"),
        url: fields.optional("url", site_url),
        theme: fields.optional("theme", name_in_addresses).unwrap_or(defaults.theme),
        words: fields.word("words", &WORDS).unwrap_or(defaults.words),
        languages,
        languages_at,
        timezone: fields.optional("timezone", timezone).unwrap_or(defaults.timezone),
        feeds: feeds(&mut fields).unwrap_or(defaults.feeds),
        api: fields.flag("api"),
        cards: cards(&mut fields).unwrap_or(defaults.cards),
        images: images(&mut fields, &defaults.images).unwrap_or(defaults.images),
        markdown: markdown(&mut fields).unwrap_or(defaults.markdown),
        variants: variants(&mut fields),
        collections: collections(&mut fields),
        nav: fields.optional("nav", nav).unwrap_or_default(),
        edit: fields.optional("edit", edit),
        extra_at: extra
            .iter()
            .map(|(key, _)| (key.name.clone(), fields.reader().key_span(key)))
            .collect(),
        extra_values_at: extra
            .iter()
            .map(|(key, node)| (key.name.clone(), fields.reader().span(node)))
            .collect(),
        extra: extra.iter().map(|(key, node)| (key.name.clone(), node.to_json())).collect(),
        theme_at,
    };
    fields.not_yet("api", "nothing is written to `api/v1`");
    fields.not_yet("cards", "every page has one card, `card.png`, whatever is chosen here");
    fields.not_yet("variants", "the résumé is published once, with all entries");
    fields.not_yet("collections", "no pages are made of the files in these folders");
    for at in config.languages_at.iter().skip(1) {
        let further = not_yet("a second language", "the pages are in the first language only");
        fields.report().push(further.at(at.clone()));
    }
    fields.finish();
    config
}

const WORDS: [(&str, Vocabulary); 2] =
    [("rpg", Vocabulary::Rpg), ("professional", Vocabulary::Professional)];

/// The types that a collection's field may have.
const FIELD_TYPES: [&str; 8] =
    ["string", "text", "markdown", "integer", "number", "boolean", "date", "url"];

fn site_url(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("url", node)?;
    let at = read.span(node);
    read.report.ok(address(&text).map_err(|diagnostic| diagnostic.at(at)))
}

/// The URL of a site, without a trailing slash.
///
/// # Errors
/// `bad-url` for anything but `http` and `https`, or with a query or a fragment.
pub fn address(text: &str) -> Result<String> {
    let is_web = matches!(url::check(text), Ok(url::Kind::Web));
    if is_web && !text.contains(['?', '#']) {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    let message = "`url` must be the full address of the site, with `https://`";
    Err(Diagnostic::error("bad-url", message)
        .help("for example, write `https://ada.github.io/sheet`"))
}

fn name_in_addresses(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("theme", node)?;
    if is_slug(&text) {
        return Some(text);
    }
    let diagnostic =
        Diagnostic::error("bad-name", format!("`{text}` cannot be the name of a theme"))
            .at(read.span(node))
            .help("write the name of its folder: lower-case letters, digits and `-`");
    read.report.push(diagnostic);
    None
}

/// The languages, with their source positions.
fn languages(fields: &mut Fields<'_, '_>) -> Option<(Vec<String>, Vec<Span>)> {
    let at = |read: &mut Reader<'_>, node: &Node| Some((language(read, node)?, read.span(node)));
    let languages = fields.each("languages", at);
    (!languages.is_empty()).then(|| languages.into_iter().unzip())
}

/// A BCP 47 tag in its common form: `en`, `pt-BR`, `zh-Hant-TW`.
fn language(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("languages", node)?;
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let sound = matches!(first.len(), 2 | 3)
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if sound {
        return Some(text);
    }
    let diagnostic = Diagnostic::error("bad-language", format!("`{text}` is not a language tag"))
        .at(read.span(node))
        .help(format!("for example, write `en`, `de` or `pt-BR`{}", underscore_hint(&text)));
    read.report.push(diagnostic);
    None
}

fn underscore_hint(text: &str) -> &'static str {
    if text.contains('_') { ", with `-` and not `_`" } else { "" }
}

/// A name in the IANA database, which is built into this program.
fn timezone(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("timezone", node)?.trim().to_owned();
    let zones = TimeZoneDatabase::bundled();
    let known: Vec<String> = zones.available().map(|name| name.as_str().to_owned()).collect();
    if let Some(name) = known.iter().find(|name| name.eq_ignore_ascii_case(&text)) {
        return Some(name.clone());
    }
    // People know the city, but rarely the region it is listed under.
    let city = |name: &&String| {
        let last = name.rsplit('/').next().unwrap_or_default();
        last.eq_ignore_ascii_case(&text.replace(' ', "_"))
    };
    let help = match known.iter().find(city) {
        Some(name) => Some(format!("did you mean `{name}`?")),
        None => did_you_mean(&text, known.iter().map(String::as_str)),
    };
    let diagnostic = Diagnostic::error("bad-timezone", format!("`{text}` is not a time zone"))
        .at(read.span(node))
        .help(help.unwrap_or("write `UTC` or a name like `Europe/Berlin`".into()));
    read.report.push(diagnostic);
    None
}

fn feeds(fields: &mut Fields<'_, '_>) -> Option<Feeds> {
    let node = fields.take("feeds")?;
    if node.as_bool() == Some(false) {
        return Some(Feeds { atom: false, json: false });
    }
    let words = [("atom", "atom"), ("json", "json")];
    let chosen = fields.reader().each(node, |read, node| read.word("feeds", node, &words));
    Some(Feeds { atom: chosen.contains(&"atom"), json: chosen.contains(&"json") })
}

fn cards(fields: &mut Fields<'_, '_>) -> Option<Cards> {
    let mut cards = fields.map("cards", "`cards`")?;
    let kinds = Cards::KINDS.map(|word| (word, word));
    let looks = Cards::LOOKS.map(|word| (word, word));
    let read = Cards {
        kinds: chosen(&mut cards, "kinds", &kinds),
        looks: chosen(&mut cards, "looks", &looks),
    };
    cards.finish();
    Some(read)
}

/// The chosen words, or all of them if the key is missing.
fn chosen(fields: &mut Fields<'_, '_>, key: &'static str, words: &[(&str, &str)]) -> Vec<String> {
    let Some(node) = fields.take(key) else {
        return words.iter().map(|(word, _)| (*word).to_owned()).collect();
    };
    let mut chosen = fields.reader().each(node, |read, node| read.word(key, node, words));
    chosen.dedup();
    chosen.into_iter().map(str::to_owned).collect()
}

fn images(fields: &mut Fields<'_, '_>, defaults: &Images) -> Option<Images> {
    const FORMATS: [(&str, Format); 4] = [
        ("avif", Format::Avif),
        ("webp", Format::Webp),
        ("jpeg", Format::Jpeg),
        ("png", Format::Png),
    ];
    let mut images = fields.map("images", "`images`")?;
    let mut avatar = images.each("avatar", |read, node| {
        read.integer("avatar", node, 16..=4096).and_then(|width| u32::try_from(width).ok())
    });
    avatar.sort_unstable();
    avatar.dedup();
    let mut formats = images.each("formats", |read, node| read.word("formats", node, &FORMATS));
    formats.dedup();
    let quality = images.optional("quality", |read, node| quality(read, node, defaults.quality));
    let megapixels =
        images.integer("max_megapixels", 1..=400).and_then(|it| u32::try_from(it).ok());
    images.finish();
    Some(Images {
        avatar: if avatar.is_empty() { defaults.avatar.clone() } else { avatar },
        formats: if formats.is_empty() { defaults.formats.clone() } else { formats },
        quality: quality.unwrap_or(defaults.quality),
        max_megapixels: megapixels.unwrap_or(defaults.max_megapixels),
    })
}

/// One number for all formats, or one for each; formats that are not listed keep their default.
fn quality(read: &mut Reader<'_>, node: &Node, default: Quality) -> Option<Quality> {
    if node.as_map().is_none() {
        let all = read.integer("quality", node, 1..=100)?;
        return u8::try_from(all).ok().map(Quality::all);
    }
    let mut formats = read.fields(node, "`quality`");
    let mut of = |format, default| {
        formats.integer(format, 1..=100).and_then(|it| u8::try_from(it).ok()).unwrap_or(default)
    };
    let quality = Quality {
        avif: of("avif", default.avif),
        webp: of("webp", default.webp),
        jpeg: of("jpeg", default.jpeg),
    };
    formats.finish();
    Some(quality)
}

fn markdown(fields: &mut Fields<'_, '_>) -> Option<MarkdownConfig> {
    let mut markdown = fields.map("markdown", "`markdown`")?;
    let words = [("text", Html::Text), ("trusted", Html::Trusted)];
    let read = MarkdownConfig {
        html: markdown.word("html", &words).unwrap_or(Html::Text),
        image_hosts: markdown.each("image_hosts", host),
    };
    markdown.finish();
    Some(read)
}

fn host(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("image_hosts", node)?;
    let is_host = !text.contains(['/', '@']) && url::check(&format!("https://{text}")).is_ok();
    if is_host {
        return Some(text.to_ascii_lowercase());
    }
    let diagnostic = Diagnostic::error("bad-name", format!("`{text}` is not a host name"))
        .at(read.span(node))
        .help("write it without `https://` and path: `img.example.org`");
    read.report.push(diagnostic);
    None
}

fn variants(fields: &mut Fields<'_, '_>) -> BTreeMap<String, Variant> {
    let mut variants = BTreeMap::new();
    for (key, node) in fields.entries("variants") {
        let mut tags = fields.reader().fields(node, "a variant");
        let (include, exclude) = (tags.texts("include"), tags.texts("exclude"));
        tags.finish();
        if is_slug(&key.name) {
            variants.insert(key.name.clone(), Variant { include, exclude });
            continue;
        }
        let message = format!("`{}` cannot be the name of a variant", key.name);
        let diagnostic = Diagnostic::error("bad-name", message)
            .at(fields.reader().key_span(key))
            .help("it is used in addresses: write lower-case letters, digits and `-`");
        fields.report().push(diagnostic);
    }
    variants
}

fn collections(fields: &mut Fields<'_, '_>) -> BTreeMap<String, BTreeMap<String, String>> {
    let words = FIELD_TYPES.map(|word| (word, word));
    let mut collections = BTreeMap::new();
    for (key, node) in fields.entries("collections") {
        let mut collection = fields.reader().fields(node, "a collection");
        let mut types = BTreeMap::new();
        for (field, node) in collection.entries("fields") {
            if let Some(word) = collection.reader().word(&field.name, node, &words) {
                types.insert(field.name.clone(), word.to_owned());
            }
        }
        collection.finish();
        collections.insert(key.name.clone(), types);
    }
    collections
}

/// A map of label → address, or a list of `{label, url}`.
fn nav(read: &mut Reader<'_>, node: &Node) -> Option<Vec<(String, String)>> {
    let mut entries = Vec::new();
    for (label, node) in node.as_map().unwrap_or_default() {
        entries.extend(read.url(&label.name, node).map(|url| (label.name.clone(), url)));
    }
    let items = if node.as_map().is_some() { &[] } else { read.items("nav", node) };
    for item in items {
        let mut fields = read.fields(item, "an entry of `nav`");
        let label = fields.text("label");
        let url = fields.required("url", |read, node| read.url("url", node));
        fields.finish();
        entries.extend(label.zip(url));
    }
    Some(entries)
}

fn edit(read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = read.text("edit", node)?;
    let is_web = matches!(url::check(&text.replace("{path}", "path")), Ok(url::Kind::Web));
    if is_web && text.contains("{path}") {
        return Some(text);
    }
    let diagnostic = Diagnostic::error("bad-url", "`edit` must be an address with `{path}` in it")
        .at(read.span(node))
        .help("for example, write `https://github.com/ada/sheet/edit/main/{path}`");
    read.report.push(diagnostic);
    None
}
