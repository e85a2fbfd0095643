//! Makes untrusted text safe for terminals: invisible characters are written as escapes.

use std::ops::Range;

/// Text for a single line of a message: control characters and those that change the text direction
/// are shown as `\u{…}`; a line break becomes a space.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\t' => shown.push(' '),
            _ if is_hidden(character) => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    shown
}

/// A source text made printable; lines and tabs are kept, and `places` are shifted with their text.
pub(super) fn source(text: &str, places: &mut [Range<usize>]) -> String {
    let kept = |character: char| matches!(character, '\n' | '\t') || !is_hidden(character);
    if text.chars().all(kept) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 64);
    let mut moved: Vec<Range<usize>> = places.to_vec();
    for (offset, character) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        for (place, moved) in places.iter().zip(&mut moved) {
            if place.start == offset {
                moved.start = shown.len();
            }
            if place.end == offset {
                moved.end = shown.len();
            }
        }
        let is_break = character == '\r' && text[offset + 1..].starts_with('\n');
        let is_mark = character == '\u{feff}' && offset == 0;
        if offset == text.len() || is_break || is_mark {
            continue;
        }
        match kept(character) {
            true => shown.push(character),
            false => shown.extend(character.escape_unicode()),
        }
    }
    places.clone_from_slice(&moved);
    shown
}

/// C0, C1, and characters that reorder, join or hide other text.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
