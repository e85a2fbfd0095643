//! What the passes pass on: the parser's events, each with its place in the text.

use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// A parser event and its byte range in the text. After `raw_html` (unless HTML is trusted), every
/// `Html` event contains our own HTML: a block or inline, ready to be written.
pub(super) type Piece<'a> = (Event<'a>, Range<usize>);

/// The part of a range on its first line.
pub(super) fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let stretch = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + stretch.find('\n').unwrap_or(stretch.len())
}

/// Whether an event starts or ends a block, so that the line of text before it ends.
pub(super) fn is_block_edge(event: &Event<'_>) -> bool {
    match event {
        Event::Start(
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
        ) => false,
        Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image,
        ) => false,
        Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => true,
        _ => false,
    }
}
