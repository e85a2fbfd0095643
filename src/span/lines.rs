//! The lines of a text, counted once, so that a place in it is found without reading it again.

use super::Position;
use std::ops::Range;

/// How many bytes lie between two places whose characters are counted beforehand.
const BLOCK: usize = 512;

/// Where the lines of a text begin, and how many characters stand before every block of it: looking
/// up a place takes the same time in a text of one long line as in one of many short ones. A byte
/// order mark counts as nothing.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Of each block: the characters that begin before it.
    characters: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Reads the text once.
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

    /// The place of a byte; an offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let begin = self.characters_before(self.starts[line - 1]);
        let column = self.characters_before(offset).saturating_sub(begin) + 1;
        Position { line, column }
    }

    /// The bytes of a line, counted from 1, without its break; empty where there is none.
    pub fn line(&self, number: usize) -> Range<usize> {
        let start = self.starts.get(number - 1).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        let has_return = end > start && self.text.as_bytes()[end - 1] == b'\r';
        start..end - usize::from(has_return)
    }

    /// The start of the character in which this byte stands.
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

/// How many characters begin in these bytes.
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
