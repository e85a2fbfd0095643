//! Markdown → HTML: CommonMark and GitHub's extensions, anchors, highlighting, links by kind.
//!
//! The parser's events go through a chain of passes, each with one subject and a file of its own:
//!
//! | pass | does |
//! |---|---|
//! | `emphasis` | reports asterisks that were meant as emphasis |
//! | `line` | removes line breaks that are not shown |
//! | `autolink` | bare addresses become links |
//! | `raw_html` | HTML becomes text, with a warning; comments are removed |
//! | `heading` | ids, anchors, levels |
//! | `picture` | pictures of the site; foreign ones become links |
//! | `footnote` | collected at the end, with backlinks |
//! | `link` | schemes allow-listed, kinds resolved, anchors checked |
//! | `component` | fenced components |
//! | `code` | highlighting |
//! | `task`, `table`, `alert` | the markup of each |
//!
//! Decisions that CommonMark leaves open:
//! - **Ids** are ours alone: `s-` and the slug of a heading, so that no text can take the id of
//!   something else on the page. `[…](#install)` is written without it; [`anchor`] adds it. Heading
//!   attributes (`{#id .class}`) are not supported: a heading that ends in braces keeps them.
//! - **Levels**: `h1` is the page's title, so if a text has an `h1`, all its headings are shifted
//!   down by one; and none is more than one level below the heading before it.
//! - **Quotation marks** stay as typed: smart quotes would spoil names and code.
//! - **`rel`** of links to other sites is what [`Resolver::rel`] says.
//!
//! With [`Html::Text`](crate::load::Html::Text), the HTML is valid for any input: every tag in it is ours.
//!
//! # Classes
//!
//! For themes: `a.anchor` in a heading; `div.table` around a table, its cells `left`, `center`,
//! `right`; `li.task`; `div.alert` with `note`, `tip`, `important`, `warning` or `caution` and in
//! it, `p.alert-title`; `sup.footnote-ref`, `div.footnotes`, `a.footnote-backref`;
//! `code.language-…`. Highlighted code is made of `span`s with the classes of
//! [`crate::render::code::Class`] after `hl-`: `hl-keyword`, `hl-string` and so on.

mod address;
mod alert;
mod autolink;
mod bare;
mod code;
mod component;
mod context;
mod document;
mod emphasis;
mod escape;
mod footnote;
mod heading;
mod line;
mod link;
mod parse;
mod picture;
mod piece;
mod plain_text;
mod raw_html;
mod resolver;
mod table;
mod task;
mod write;

pub use document::{Document, Heading};
pub use heading::anchor;
pub use resolver::{Resolver, Target};

use crate::diagnostic::Report;
use crate::model::grammar::{self, Shape};
use crate::model::plain::prose;
use crate::span::Markdown;
use context::Context;
use piece::Piece;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Renders blocks: paragraphs, headings, lists, code. For a text that is too large, too deeply
/// nested or crashes the parser, an error is reported and the document is empty.
pub fn render(md: &Markdown, resolver: &dyn Resolver, report: &mut Report) -> Document {
    render_field(md, Shape::Page, resolver, report)
}

/// The site's own pictures in a text, as written. Mistakes are reported later, by `render`.
pub fn pictures(md: &Markdown, shape: Shape) -> Vec<String> {
    // Few texts have pictures, and all that do contain this.
    if !md.text.contains("![") {
        return Vec::new();
    }
    let source = grammar::source(&md.text, shape);
    let events = parse::events(md, &source, &mut Report::default()).unwrap_or_default();
    picture::targets(&events)
}

/// Renders a text of this shape. A field that is a single paragraph gets no `<p>`.
pub fn render_field(
    md: &Markdown,
    shape: Shape,
    resolver: &dyn Resolver,
    report: &mut Report,
) -> Document {
    let source = grammar::source(&md.text, shape);
    let Some(mut events) = parse::events(md, &source, report) else {
        return Document::default();
    };
    if shape != Shape::Page {
        events = without_paragraph(events);
    }
    document(events, &mut Context { md, resolver, report })
}

/// The specification whose examples are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Without bare links, the one extension that contradicts CommonMark.
    CommonMark,
    /// As used for pages.
    GitHub,
}

/// The same parser and writer, with raw HTML passed through, links unchecked and without the site's
/// own markup, for comparison with the examples of CommonMark and GitHub.
pub fn render_plain(text: &str, dialect: Dialect) -> String {
    let md = Markdown::new(text);
    let Some(events) = parse::events(&md, text, &mut Report::default()) else {
        return String::new();
    };
    let events = autolink::link(events, &md.text, |_| dialect == Dialect::GitHub);
    let events = picture::plain(events);
    let events = footnote::plain(events);
    write::html(&events)
}

fn document(events: Vec<Piece<'_>>, context: &mut Context<'_>) -> Document {
    let text = prose(events.iter().map(|(event, _)| event.clone()));
    let text = text.chars().filter(|it| !escape::is_forbidden(*it)).collect();
    let events = autolink::link(events, &context.md.text, address::is_sound);
    let events = raw_html::treat(events, context);
    let words = plain_text::of_blocks(&events).split_whitespace().count();
    let (events, headings) = heading::anchor_all(events, context);
    let events = picture::place(events, context);
    let events = footnote::gather(events, context);
    let events = link::resolve(events, &headings, context);
    let events = component::fill(events, context);
    let events = code::highlight(events);
    let events = task::label(events);
    let events = table::wrap(events, context.resolver.wording());
    let events = alert::title(events, context.resolver.wording());
    Document { html: write::html(&events), text, headings, words }
}

/// Removes the paragraph if the text is only one paragraph.
fn without_paragraph(mut events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let is_start = |(event, _): &Piece| matches!(event, Event::Start(Tag::Paragraph));
    let is_end = |(event, _): &Piece| matches!(event, Event::End(TagEnd::Paragraph));
    let is_one = events.first().is_some_and(is_start)
        && events.iter().position(is_end).is_some_and(|end| end + 1 == events.len());
    if is_one {
        events.pop();
        events.remove(0);
    }
    events
}
