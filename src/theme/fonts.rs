//! The fonts for cards and icons: only those in a theme's `fonts/`, so that a card is the same on
//! every machine. Characters without a glyph are replaced or left out.

use super::layers::Layers;
use crate::diagnostic::{Diagnostic, Report};
use crate::digest::Digest;
use crate::model::grammar::is_read_by_language;
use crate::path::SitePath;
use deunicode::deunicode_char;
use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Weight};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The fonts of one theme.
#[derive(Debug)]
pub struct Fonts {
    database: Arc<Database>,
    /// Digest of all font files, by name.
    pub digest: Digest,
    /// Every character with a glyph in some font, sorted.
    covered: Vec<u32>,
}

impl Fonts {
    /// Reads every TTF and OTF file in `fonts/` of the layers, the nearest for each path. If
    /// several fonts have a character, that of a nearer layer is preferred.
    pub(crate) fn open(layers: &Layers, report: &mut Report) -> Fonts {
        let mut database = Database::new();
        let mut digests = BTreeMap::new();
        for (name, layered) in layers.union("fonts") {
            let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
            if matches!(extension.as_str(), "woff" | "woff2") {
                report.push(no_font(&layered.source, "is a web font"));
                continue;
            }
            if !matches!(extension.as_str(), "ttf" | "otf") {
                continue;
            }
            let Some(bytes) = report.ok(layered.file.read()) else { continue };
            if database.load_font_source(Source::Binary(Arc::new(bytes))).is_empty() {
                report.push(no_font(&layered.source, "is not a readable font"));
                continue;
            }
            digests.insert(name, layered.file.digest.to_string());
        }
        let covered = covered(&database);
        Fonts { database: Arc::new(database), digest: Digest::of(&digests), covered }
    }

    /// For `resvg`.
    pub fn database(&self) -> Arc<Database> {
        self.database.clone()
    }

    /// All font families, without duplicates.
    pub fn families(&self) -> Vec<String> {
        let names = self.database.faces().flat_map(|face| &face.families);
        let mut families: Vec<String> = names.map(|(name, _)| name.clone()).collect();
        families.sort();
        families.dedup();
        families
    }

    /// The face closest to this weight, in the first of these families that exists.
    pub fn select(&self, families: &[&str], weight: u16) -> Option<ID> {
        let families: Vec<Family<'_>> = families.iter().map(|name| Family::Name(name)).collect();
        self.database.query(&Query {
            families: &families,
            weight: Weight(weight),
            ..Query::default()
        })
    }

    /// A face not in `tried` that has this character; of several, the one closest in weight to the
    /// first of `tried`.
    pub fn select_for(&self, character: char, tried: &[ID]) -> Option<ID> {
        let wanted = tried.first().and_then(|id| self.database.face(*id));
        let wanted = wanted.map_or(400, |face| face.weight.0);
        self.database
            .faces()
            .filter(|face| !tried.contains(&face.id) && self.has_glyph(face.id, character))
            .min_by_key(|face| face.weight.0.abs_diff(wanted))
            .map(|face| face.id)
    }

    /// The width of each character at font size 1, in this face or, if it has no glyph, in its
    /// fallback face. Kerning is ignored: where it matters, it only makes texts narrower.
    pub(super) fn advances(&self, id: ID, text: &str) -> Vec<f32> {
        let known = self.advances_in(id, text);
        let advance = |(character, advance): (char, Option<f32>)| {
            let other = || self.select_for(character, &[id]);
            let stand_in = |id| self.advances_in(id, character.encode_utf8(&mut [0; 4]))[0];
            advance.or_else(|| other().and_then(stand_in)).unwrap_or(0.5)
        };
        text.chars().zip(known).map(advance).collect()
    }

    fn advances_in(&self, id: ID, text: &str) -> Vec<Option<f32>> {
        self.with_face(id, |font| {
            let (glyphs, metrics) =
                (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
            text.chars().map(|it| metrics.advance_width(glyphs.map(it)?)).collect()
        })
        .unwrap_or_else(|| vec![None; text.chars().count()])
    }

    fn has_glyph(&self, id: ID, character: char) -> bool {
        self.with_face(id, |font| font.charmap().map(character)).flatten().is_some()
    }

    fn with_face<T>(&self, id: ID, read: impl FnOnce(FontRef<'_>) -> T) -> Option<T> {
        let read = |data: &[u8], index| FontRef::from_index(data, index).ok().map(read);
        self.database.with_face_data(id, read).flatten()
    }

    /// Whether every letter of a text has a glyph.
    pub fn has_letters_of(&self, text: &str) -> bool {
        text.nfc().all(|it| !it.is_alphanumeric() || self.covers(it))
    }

    /// Whether a text contains letters that no font has and that cannot be transliterated: Han and
    /// kana.
    pub fn lacks_letters_of(&self, text: &str) -> bool {
        text.nfc().any(|it| is_read_by_language(it) && !self.covers(it))
    }

    /// A text as it can be set in this face. If letters are missing, another face that has them all
    /// is used; if there is none, the text is reduced to this face. Shaping must not mix faces:
    /// some fonts form ligatures and some do not, and the renderer would miscount characters. A
    /// text in Han or kana that no font has is left out whole: the rest of it would have another
    /// meaning.
    pub(super) fn settable(&self, id: ID, text: &str) -> String {
        if self.lacks_letters_of(text) {
            return String::new();
        }
        let text = self.drawable(text);
        let has_all = |id: ID| text.chars().all(|it| it.is_whitespace() || self.has_glyph(id, it));
        if text.is_ascii() || has_all(id) || self.database.faces().any(|face| has_all(face.id)) {
            return text;
        }
        written(&text, |it| it == ' ' || self.has_glyph(id, it))
    }

    /// A text, or a whole SVG document, reduced to what can be drawn: letters without a glyph are
    /// transliterated to Latin; other symbols, control characters and direction marks are removed.
    /// Nothing is added that has a meaning in XML.
    pub fn drawable(&self, text: &str) -> String {
        if text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
            return text.to_owned();
        }
        written(text, |it| it == '\n' || (self.covers(it) && !is_invisible(it)))
    }

    fn covers(&self, character: char) -> bool {
        self.covered.binary_search(&u32::from(character)).is_ok()
    }
}

/// A text in which letters that are not kept are transliterated to Latin, and other characters are
/// removed.
fn written(text: &str, is_kept: impl Fn(char) -> bool) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.nfc() {
        if is_kept(character) {
            written.push(character);
        } else if character.is_whitespace() {
            written.push(' ');
        } else if character.is_alphanumeric() && !is_read_by_language(character) {
            let latin = deunicode_char(character).unwrap_or_default();
            written.extend(latin.chars().filter(|it| it.is_ascii_alphanumeric() || *it == ' '));
        }
    }
    written
}

/// Control characters, and characters that only affect the direction or joining of others.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

fn covered(database: &Database) -> Vec<u32> {
    let mut covered: Vec<u32> = Vec::new();
    for face in database.faces() {
        database.with_face_data(face.id, |data, index| {
            if let Ok(font) = FontRef::from_index(data, index) {
                covered.extend(font.charmap().mappings().map(|(code, _)| code));
            }
        });
    }
    covered.sort_unstable();
    covered.dedup();
    covered
}

fn no_font(file: &SitePath, why: &str) -> Diagnostic {
    Diagnostic::error("bad-font", format!("`{file}` {why}"))
        .in_file(file)
        .help("cards use TTF and OTF files; put web fonts in `static/`")
}
