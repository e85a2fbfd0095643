//! A position in code that only moves forward, and the spans found before it.

use super::class::{Class, Span};

/// Reads code byte by byte. It only stops before an ASCII byte or at the end, so that no character
/// is split.
pub(super) struct Scanner<'a> {
    pub text: &'a str,
    /// Byte offset of the next byte.
    pub at: usize,
    pub spans: Vec<Span>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, spans: Vec::new() }
    }

    /// The byte `ahead` of the next one; 0 past the end.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn starts_with(&self, part: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(part.as_bytes())
    }

    /// Whether only white space precedes this position on its line.
    pub fn is_line_start(&self) -> bool {
        let mut before = self.text.as_bytes()[..self.at].iter().rev();
        // With more white space than this, it does not look like the start of a line.
        let first = before.by_ref().take(MOST_INDENT).find(|byte| !matches!(byte, b' ' | b'\t'));
        first.is_none_or(|byte| *byte == b'\n')
    }

    /// Advances by one character.
    pub fn step(&mut self) {
        self.at += 1;
        while self.at < self.text.len() && !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.at = self.at.min(self.text.len());
    }

    pub fn skip_while(&mut self, mut is_in: impl FnMut(u8) -> bool) {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !is_in(*byte)).unwrap_or(rest.len());
    }

    pub fn skip_spaces(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Advances to the end of the line, before the line break.
    pub fn skip_line(&mut self) {
        self.skip_while(|byte| byte != b'\n');
    }

    /// Advances past the next `part`, or to the end.
    pub fn skip_past(&mut self, part: &str) {
        let found = self.text[self.at..].find(part);
        self.at = found.map_or(self.text.len(), |found| self.at + found + part.len());
    }

    /// The next byte that is not white space.
    pub fn next_visible(&self) -> u8 {
        let rest = self.text.as_bytes()[self.at..].iter();
        rest.copied().find(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(0)
    }

    /// Adds a span from `start` to here; it is merged with an adjacent span of the same class.
    pub fn push(&mut self, class: Class, start: usize) {
        if start >= self.at {
            return;
        }
        match self.spans.last_mut() {
            Some((last, range)) if *last == class && range.end == start => range.end = self.at,
            _ => self.spans.push((class, start..self.at)),
        }
    }

    /// Adds a span of this many ASCII bytes and advances past it.
    pub fn take(&mut self, class: Class, length: usize) {
        let start = self.at;
        self.at = (start + length).min(self.text.len());
        self.push(class, start);
    }

    /// Whether the byte may be part of a word.
    pub fn is_word(byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
    }
}

/// How far back to search for the start of a line, in bytes.
const MOST_INDENT: usize = 200;
