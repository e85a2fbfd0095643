//! `fit(…)` for drawing templates: the largest font size at which a text fits its box, and its line
//! breaks.

use super::fonts::Fonts;
use serde::Serialize;
use tera::{Error, Kwargs, TeraResult};

/// Characters that are measured; no box holds more.
const LONGEST: usize = 400;

/// A text fitted into its box.
#[derive(Debug, PartialEq, Serialize)]
pub(super) struct Fitted {
    /// Font size.
    pub size: f32,
    /// Lines; never empty, but the only line may be.
    pub lines: Vec<String>,
    /// Width of the widest line.
    pub width: f64,
    /// Letter spacing at this size.
    pub spacing: f64,
    /// Whether the text was shortened and ends in `…`.
    pub cut: bool,
}

/// The request: a font face, sizes and a box.
struct Fit<'a> {
    fonts: &'a Fonts,
    id: resvg::usvg::fontdb::ID,
    /// Letter spacing, as a fraction of the font size.
    spacing: f32,
    width: f32,
    lines: usize,
}

/// `fit(text=…, font=…, weight=400, size=…, least=…, width=…, lines=1, spacing=0)`.
pub(super) fn fit(fonts: &Fonts, args: &Kwargs) -> TeraResult<Fitted> {
    let text: &str = args.must_get("text")?;
    let family: &str = args.must_get("font")?;
    let weight = args.get::<u32>("weight")?.and_then(|it| u16::try_from(it).ok()).unwrap_or(400);
    let size = args.must_get::<f64>("size")? as f32;
    let least = args.get::<f64>("least")?.map_or(size, |it| it as f32).clamp(1.0, size.max(1.0));
    let missing = || Error::message(format!("there is no font `{family}` in `fonts/`"));
    let fit = Fit {
        fonts,
        id: fonts.select(&[family], weight).ok_or_else(missing)?,
        spacing: args.get::<f64>("spacing")?.unwrap_or_default() as f32,
        width: args.must_get::<f64>("width")? as f32,
        lines: args.get::<u32>("lines")?.map_or(1, |it| it.max(1) as usize),
    };
    Ok(fit.text(text, size, least))
}

impl Fit<'_> {
    fn text(&self, text: &str, size: f32, least: f32) -> Fitted {
        let text: String = self.fonts.settable(self.id, text).chars().take(LONGEST).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let glyphs = self.glyphs(&text);
        let mut tried = size;
        while tried > least {
            if let Some(lines) = wrap(&glyphs, self.width / tried, self.lines, false) {
                return self.fitted(tried, lines, false);
            }
            tried -= 1.0;
        }
        let room = self.width / least;
        if let Some(lines) = wrap(&glyphs, room, self.lines, true) {
            return self.fitted(least, lines, false);
        }
        let mut lines = wrap(&glyphs, room, usize::MAX, true).unwrap_or_default();
        lines.truncate(self.lines);
        if let Some(last) = lines.last_mut() {
            self.shorten(last, room);
        }
        self.fitted(least, lines, true)
    }

    /// Every character with its width at font size 1.
    fn glyphs(&self, text: &str) -> Vec<(char, f32)> {
        let advances = self.fonts.advances(self.id, text);
        text.chars().zip(advances).map(|(it, width)| (it, width + self.spacing)).collect()
    }

    /// Ends a line with `…`, removing letters until it fits.
    fn shorten(&self, line: &mut Vec<(char, f32)>, room: f32) {
        let dots = self.glyphs("…");
        let dots_width = width(&dots);
        while !line.is_empty()
            && (width(line) + dots_width > room
                || line.last().is_some_and(|it| !it.0.is_alphanumeric()))
        {
            line.pop();
        }
        line.extend(dots);
    }

    fn fitted(&self, size: f32, lines: Vec<Vec<(char, f32)>>, cut: bool) -> Fitted {
        let widest = lines.iter().map(|line| width(line)).fold(0.0, f32::max);
        let mut lines: Vec<String> =
            lines.into_iter().map(|line| line.into_iter().map(|(it, _)| it).collect()).collect();
        if lines.is_empty() {
            lines.push(String::new());
        }
        let hundredths = |length: f32| (f64::from(length) * 100.0).round() / 100.0;
        Fitted {
            size,
            lines,
            width: hundredths(widest * size),
            spacing: hundredths(self.spacing * size),
            cut,
        }
    }
}

fn width(glyphs: &[(char, f32)]) -> f32 {
    glyphs.iter().map(|(_, width)| width).sum()
}

/// Breaks lines after spaces and hyphens, next to ideographs and, with `anywhere`, also within
/// words wider than a line. `None` if that takes too many lines.
fn wrap(
    glyphs: &[(char, f32)],
    room: f32,
    most: usize,
    anywhere: bool,
) -> Option<Vec<Vec<(char, f32)>>> {
    let mut lines: Vec<Vec<(char, f32)>> = vec![Vec::new()];
    let mut used = 0.0;
    for piece in pieces(glyphs) {
        let solid = trimmed(piece);
        if used + width(solid) > room && used > 0.0 {
            lines.push(Vec::new());
            used = 0.0;
        }
        if width(solid) > room && !anywhere {
            return None;
        }
        for glyph in piece {
            if used + glyph.1 > room && used > 0.0 && glyph.0 != ' ' {
                lines.push(Vec::new());
                used = 0.0;
            }
            lines.last_mut().expect("begun with one").push(*glyph);
            used += glyph.1;
        }
        if lines.len() > most {
            return None;
        }
    }
    for line in &mut lines {
        let solid = trimmed(line).len();
        line.truncate(solid);
    }
    Some(lines)
}

/// The piece without a trailing space.
fn trimmed(piece: &[(char, f32)]) -> &[(char, f32)] {
    let end = piece.iter().rposition(|(it, _)| *it != ' ').map_or(0, |last| last + 1);
    &piece[..end]
}

/// Pieces that must not be broken.
fn pieces(glyphs: &[(char, f32)]) -> impl Iterator<Item = &[(char, f32)]> {
    let is_wide = |it: char| matches!(u32::from(it), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x2_0000..=0x3_ffff);
    glyphs.chunk_by(move |(before, _), (after, _)| {
        !(matches!(before, ' ' | '-' | '/') || is_wide(*before) || is_wide(*after)) || *after == ' '
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, room: f32, most: usize, anywhere: bool) -> Option<Vec<String>> {
        let glyphs: Vec<(char, f32)> = text.chars().map(|it| (it, 1.0)).collect();
        let lines = wrap(&glyphs, room, most, anywhere)?;
        Some(lines.into_iter().map(|line| line.into_iter().map(|it| it.0).collect()).collect())
    }

    #[test]
    fn lines_break_after_spaces_and_hyphens_and_keep_within_their_room() {
        assert_eq!(wrapped("Ada Okafor", 10.0, 1, false).unwrap(), ["Ada Okafor"]);
        assert_eq!(wrapped("Ada Okafor", 9.0, 1, false), None);
        assert_eq!(wrapped("Ada Okafor", 6.0, 2, false).unwrap(), ["Ada", "Okafor"]);
        assert_eq!(wrapped("Anna-Lena Weiß", 7.0, 3, false).unwrap(), ["Anna-", "Lena", "Weiß"]);
    }

    #[test]
    fn only_the_last_resort_breaks_words() {
        assert_eq!(wrapped("Featherstone", 5.0, 9, false), None);
        assert_eq!(wrapped("Featherstone", 5.0, 9, true).unwrap(), ["Feath", "ersto", "ne"]);
        assert_eq!(wrapped("山田太郎です", 4.0, 2, false).unwrap(), ["山田太郎", "です"]);
        assert_eq!(wrapped("", 4.0, 2, false).unwrap(), [""]);
    }
}
