//! An index of the lines of a text, built once, so that a position is found without scanning the
//! text again.

use super::Position;
use std::ops::Range;

/// The distance, in bytes, between indexed offsets.
const BLOCK: usize = 512;

/// The start of every line, and the number of characters before every block, so that looking up a
/// position is as fast in one long line as in many short ones. A byte order mark is not counted.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// For each block: the number of characters that start before it.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Builds the index.
    pub fn of(text: &'a str) -> Lines<'a> {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let starts = std::iter::once(mark).chain(breaks.map(|(offset, _)| offset + 1)).collect();
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(characters[characters.len() - 1] + begun(block));
        }
        Lines { text, starts, characters }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The position of a byte offset; an offset past the end is treated as the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let begin = self.characters_before(self.starts[line - 1]);
        let column = self.characters_before(offset).saturating_sub(begin) + 1;
        Position { line, column }
    }

    /// The byte range of a line, numbered from 1, without its line break; empty if there is no such
    /// line.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = self.starts.get(number - 1).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        let has_return = end > start && self.text.as_bytes()[end - 1] == b'\r';
        start..end - usize::from(has_return)
    }

    /// The start of the character that contains this byte.
    pub fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + begun(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// The number of characters that start in these bytes.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\näöü: 1\n";
        let lines = Lines::of(text);
        let column = text.find(':').unwrap();
        assert_eq!(lines.position(column), Position { line: 2, column: 4 });
        assert_eq!(lines.position(999).line, 3);
        assert_eq!(lines.position(3), Position { line: 2, column: 1 });
        assert_eq!(lines.line(2), 2..text.len() - 1);
        assert_eq!(Lines::of("a\r\nb").line(1), 0..1);
        assert_eq!(Lines::of("").line(1), 0..0);
        let marked = Lines::of("\u{feff}ab");
        assert_eq!(marked.position(4), Position { line: 1, column: 2 });
        assert_eq!(marked.position(0), Position { line: 1, column: 1 });
    }

    proptest! {
        #[test]
        fn a_place_is_that_of_counting_from_the_start(
            text in "([a-cäß€🦀]{0,300}\n?){0,12}",
            offset in 0usize..4000,
        ) {
            let lines = Lines::of(&text);
            let offset = lines.floor(offset);
            let before = &text[..offset];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            prop_assert_eq!(lines.position(offset), Position { line, column });
            prop_assert_eq!(Some(&text[lines.line(line)]), text.split('\n').nth(line - 1));
        }
    }
}
