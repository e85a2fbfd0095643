//! A place in a code, moving forward only, and what was found before it.

use super::{Class, Span};

/// Reads a code byte by byte. Every stop is before an ASCII byte or at an end, so that no letter is
/// ever cut in two.
pub(super) struct Scanner<'a> {
    pub text: &'a str,
    /// The next byte.
    pub at: usize,
    pub spans: Vec<Span>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, spans: Vec::new() }
    }

    /// The byte `ahead` of the next one; 0 behind the end.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.text.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    pub fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    pub fn starts_with(&self, part: &str) -> bool {
        self.text.as_bytes()[self.at..].starts_with(part.as_bytes())
    }

    /// Whether nothing but space stands before this place in its line.
    pub fn is_line_start(&self) -> bool {
        let mut before = self.text.as_bytes()[..self.at].iter().rev();
        // Further in it is no beginning that anybody would see.
        let first = before.by_ref().take(MOST_INDENT).find(|byte| !matches!(byte, b' ' | b'\t'));
        first.is_none_or(|byte| *byte == b'\n')
    }

    /// Goes on by one character.
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

    /// Goes to the end of the line, before its break.
    pub fn skip_line(&mut self) {
        self.skip_while(|byte| byte != b'\n');
    }

    /// Goes behind the next `part`, or to the end.
    pub fn skip_past(&mut self, part: &str) {
        let found = self.text[self.at..].find(part);
        self.at = found.map_or(self.text.len(), |found| self.at + found + part.len());
    }

    /// The first byte from here on that is no space.
    pub fn next_visible(&self) -> u8 {
        let rest = self.text.as_bytes()[self.at..].iter();
        rest.copied().find(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(0)
    }

    /// From `start` to here it is of this class; a neighbour of the same class is one with it.
    pub fn push(&mut self, class: Class, start: usize) {
        if start >= self.at {
            return;
        }
        match self.spans.last_mut() {
            Some((last, range)) if *last == class && range.end == start => range.end = self.at,
            _ => self.spans.push((class, start..self.at)),
        }
    }

    /// Goes on by this many ASCII bytes, which are of this class.
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

/// How far back the beginning of a line is looked for.
const MOST_INDENT: usize = 200;
