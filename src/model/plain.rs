//! Text without its markup, for places that take plain text: descriptions, previews and lists of
//! uses.

use crate::model::grammar::{BREAK, LEAD, OPTIONS, Shape, guarded, is_seamless, source};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The prose of a Markdown text, on one line.
pub fn plain(markdown: &str, shape: Shape) -> String {
    let source = source(markdown, shape);
    let words = guarded(|| prose(Parser::new_ext(&source, OPTIONS)));
    let words = words.unwrap_or_else(|| markdown.to_owned());
    let is_line = shape.is_line(markdown);
    one_line(words.strip_prefix(LEAD.trim_end()).filter(|_| is_line).unwrap_or(&words))
}

/// The words of a text, separated by single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The readable prose of a text, one line per block: its paragraphs and list items. Headings,
/// tables, code, arguments of components, pictures, footnotes and HTML are left out.
pub fn prose<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut words = Words::default();
    let mut hidden = 0usize;
    for event in events {
        match event {
            Event::Start(tag) if is_no_prose(&tag.to_end()) => hidden += 1,
            Event::End(tag) if is_no_prose(&tag) => {
                hidden = hidden.saturating_sub(1);
                words.gap(if tag == TagEnd::Image { Gap::None } else { Gap::Block });
            }
            _ if hidden > 0 => {}
            Event::Text(part) | Event::Code(part) => words.push(&part),
            Event::SoftBreak | Event::HardBreak => words.gap(Gap::Line),
            Event::End(TagEnd::Item) => words.gap(Gap::Item),
            Event::End(TagEnd::List(_)) => words.gap(Gap::List),
            Event::Start(tag) if is_block(&tag) => words.gap(Gap::Block),
            Event::End(TagEnd::Paragraph | TagEnd::BlockQuote(_)) => words.gap(Gap::Block),
            _ => {}
        }
    }
    words.text
}

fn is_no_prose(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::Image
    )
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_) | Tag::Item)
}

/// The separator between two words.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    /// The end of a line.
    Line,
    Block,
    /// The end of a list item, or of the list.
    Item,
    List,
}

#[derive(Default)]
struct Words {
    text: String,
    gap: Gap,
}

impl Words {
    fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, part: &str) {
        let gap = std::mem::take(&mut self.gap);
        let last = self.text.chars().next_back();
        if !self.text.is_empty() {
            let ends = last.is_some_and(char::is_alphanumeric);
            match gap {
                Gap::None => {}
                Gap::Line if is_seamless(last, part.chars().next()) => {}
                Gap::Line => self.text.push(' '),
                Gap::Block => self.text.push('\n'),
                Gap::Item => self.text.push_str(if ends { ",\n" } else { "\n" }),
                Gap::List => self.text.push_str(if ends { ".\n" } else { "\n" }),
            }
        }
        let mut lines = part.split(BREAK);
        self.text.extend(lines.next());
        for line in lines {
            self.text.truncate(self.text.trim_end().len());
            let line = line.trim_start();
            if !is_seamless(self.text.chars().next_back(), line.chars().next()) {
                self.text.push(' ');
            }
            self.text.push_str(line);
        }
    }
}

/// At most `most` characters, cut between words and marked with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    let end = |c: char| c.is_whitespace() || ",;:.\u{2013}-".contains(c);
    format!("{}\u{2026}", whole.trim_end_matches(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let check = |markdown: &str, words: &str| {
            assert_eq!(plain(markdown, Shape::Field), words, "{markdown:?}");
        };
        check("I make **slow** things _fast_.", "I make slow things fast.");
        check("See [my `blog`](https://e.org) now", "See my blog now");
        check("snake_case, C#, a > b, issue #4, ~5 %", "snake_case, C#, a > b, issue #4, ~5 %");
        check("5 \\* 5 [not a link] AT&amp;T", "5 * 5 [not a link] AT&T");
        check("[", "[");
        check("[a](b", "[a](b");
        check("![Me](me.jpg) [b](c)[d](e)", "bd");
        check("**.** starts", ". starts");
    }

    #[test]
    fn a_line_keeps_its_first_signs() {
        let begins = ["# of users", "- 20 %", "1. place", "> 9000", "+ more", "---", "[x]: y"];
        for text in begins.into_iter().chain(["* star", "``` code", "| a |", "    four", ". dot"]) {
            assert_eq!(plain(text, Shape::Line), text.trim(), "{text:?}");
        }
        assert_eq!(plain("- one\n- two", Shape::Line), "- one - two");
    }

    #[test]
    fn a_description_is_prose_alone() {
        let text = "# Title\n\nWe say[^1]\nthis.\n\n```component radar\nsize: 200\n```\n\n\
                    | a | b |\n|---|---|\n| 1 | 2 |\n\n    code\n\n<div>html</div>\n\n\
                    ## More\n\n- one\n- two\n\n日本\n語。 <b>end</b> ![alt](a.png)\n\n[^1]: Note.\n";
        assert_eq!(plain(text, Shape::Page), "We say this. one, two. 日本語。 end");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("one two three", 13), "one two three");
        assert_eq!(shortened("one two, three", 10), "one two\u{2026}");
        assert_eq!(shortened("üüüüüüüüüü", 5), "üüüü\u{2026}");
    }
}
