//! The Markdown dialect: the parser's options, how a single-line field is passed to the parser, and
//! a guard against the parser's panics. Rendered pages and plain text use this one grammar.

use pulldown_cmark::Options;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Listed one by one: `Options::all()` includes some that panic and some that change plain text.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Prefix of a single-line field. It starts a paragraph, so nothing after it can start a block. It
/// ends in a space, so that emphasis after it is parsed as at the start of a line.
pub const LEAD: &str = ". ";

/// Stands for a line break within a single-line field: white space to the parser, but not a new
/// line.
pub const BREAK: char = '\u{c}';

/// How much of Markdown a text may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Everything: the text of a page or a post.
    #[default]
    Page,
    /// A field of a profile, such as a summary: blocks, if it has several lines.
    Field,
    /// A single-line field, such as a highlight: no blocks, so that a leading `#` or `-` is kept as
    /// text.
    Line,
}

impl Shape {
    /// Whether this text is parsed as the inside of a paragraph.
    pub fn is_line(self, text: &str) -> bool {
        match self {
            Shape::Page => false,
            Shape::Field => !text.trim().contains('\n'),
            Shape::Line => true,
        }
    }
}

/// The text as it is passed to the parser. A single-line text is prefixed with [`LEAD`] and
/// otherwise keeps its length, so offsets after the prefix are offsets in the text.
pub fn source(text: &str, shape: Shape) -> Cow<'_, str> {
    if !shape.is_line(text) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(LEAD.len() + text.len());
    line.push_str(LEAD);
    line.extend(text.chars().map(|character| match character {
        '\n' => BREAK,
        '\r' | '\t' | BREAK => ' ',
        _ => character,
    }));
    Cow::Owned(line)
}

/// Runs third-party code that may panic; `None` if it did.
pub fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Whether a line break between these two characters stands for no space: Chinese and Japanese are
/// written without spaces (CSS Text 4, "segment break transformation"; Korean has spaces).
pub fn is_seamless(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_wide) && after.is_some_and(is_wide)
}

/// Han, kana, Bopomofo and Yi, with their punctuation and full-width forms.
fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{312f}' | '\u{3190}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Whether a character is Han or kana. Its pronunciation depends on the language and often on the
/// person, so no table can transliterate it.
pub fn is_read_by_language(character: char) -> bool {
    let is_mark = matches!(character, '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}'
        | '\u{302a}'..='\u{3030}' | '\u{3036}' | '\u{3037}' | '\u{303d}'..='\u{303f}' | '\u{30fb}');
    let is_letter = matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{1b000}'..='\u{1b16f}' | '\u{20000}'..='\u{3fffd}');
    is_letter && !is_mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_stays_inside() {
        assert_eq!(guarded(|| "fine"), Some("fine"));
        assert_eq!(guarded(|| -> u8 { std::panic::panic_any("thrown by this test") }), None);
    }

    #[test]
    fn a_field_is_a_line_until_it_has_two() {
        assert!(Shape::Field.is_line("- 20 %\n") && !Shape::Field.is_line("- a\n- b"));
        assert!(Shape::Line.is_line("- a\n- b") && !Shape::Page.is_line("- 20 %"));
        assert_eq!(source("- a\n\tb", Shape::Line), ". - a\u{c} b");
    }

    #[test]
    fn only_scripts_without_spaces_are_seamless() {
        assert!(is_seamless(Some('日'), Some('本')) && is_seamless(Some('。'), Some('カ')));
        assert!(!is_seamless(Some('a'), Some('本')) && !is_seamless(Some('한'), Some('국')));
        assert!(!is_seamless(None, Some('本')));
    }
}
