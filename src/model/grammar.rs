//! Which Markdown is read: the parser's options, what a field of one line is to the parser, and the
//! guard around it. Pages and plain words are read by this one grammar.

use pulldown_cmark::Options;
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Named one by one: `Options::all()` holds some that panic and some that spoil plain text.
pub const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// Stands before a field of one line: a paragraph has begun, and nothing in it begins a block. It
/// ends in a space, so that emphasis after it is read as at the beginning of a line.
pub const LEAD: &str = ". ";

/// Stands for a line break within a field of one line: white space to the parser, and no new line.
pub const BREAK: char = '\u{c}';

/// How much of Markdown a text may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// All of it: the text of a page or a post.
    #[default]
    Page,
    /// A field of a profile, such as a summary: blocks, where it has several lines.
    Field,
    /// A field of one line, such as a highlight: no blocks, so that it loses no sign at its
    /// beginning.
    Line,
}

impl Shape {
    /// Whether this text is read as the inside of a paragraph.
    pub fn is_line(self, text: &str) -> bool {
        match self {
            Shape::Page => false,
            Shape::Field => !text.trim().contains('\n'),
            Shape::Line => true,
        }
    }
}

/// The text as the parser is handed it. A line is as long as what was written, behind its
/// [`LEAD`]: places in it are places in the text.
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

/// Runs foreign code that may panic; `None` where it did.
pub fn guarded<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

/// Whether no space stands between two lines that end and begin so: Chinese and Japanese are
/// written without any (CSS Text 4, «segment break transformation»; Korean has spaces).
pub fn is_seamless(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_wide) && after.is_some_and(is_wide)
}

/// Han, kana, Bopomofo and Yi, their punctuation and their full-width forms.
fn is_wide(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{312f}' | '\u{3190}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff9f}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1b000}'..='\u{1b16f}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Whether a character is of Han or kana: how it is read, no table tells that does not know the
/// language and often the person.
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
