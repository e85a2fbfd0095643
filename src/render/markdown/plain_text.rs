//! Plain text from Markdown.

use super::escape::is_forbidden;
use super::piece::{Piece, is_block_edge};
use pulldown_cmark::{Event, Tag, TagEnd};

/// The text of inline events: of a heading, or of a picture's alternative text.
pub(super) fn of_inline(events: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for (event, _) in events {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.retain(|it| !is_forbidden(it));
    text
}

/// The text of a document, one line per block, without pictures.
pub(super) fn of_blocks(events: &[Piece<'_>]) -> String {
    let mut text = String::new();
    let mut pictures = 0usize;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            _ if pictures > 0 => {}
            Event::Text(part) | Event::Code(part) => text.push_str(part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(_) | Event::End(_) if is_block_edge(event) => {
                text.truncate(text.trim_end().len());
                if !text.is_empty() {
                    text.push('\n');
                }
            }
            _ => {}
        }
    }
    text.retain(|it| !is_forbidden(it));
    text.truncate(text.trim_end().len());
    text
}
