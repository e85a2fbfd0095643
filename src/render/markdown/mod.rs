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
//! - **`rel`** of links to other sites is what [`Surroundings::rel`] says.
//!
//! With [`Html::Text`], the HTML is valid for any input: every tag in it is ours.
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
mod emphasis;
mod escape;
mod footnote;
mod heading;
mod line;
mod link;
mod parse;
mod picture;
mod plain_text;
mod raw_html;
mod table;
mod task;
mod write;

pub use heading::anchor;

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::load::Html;
use crate::model::grammar::{self, Shape};
use crate::model::plain::prose;
use crate::path::SitePath;
use crate::source::yaml::Node;
use crate::span::{Markdown, Span};
use pulldown_cmark::{Event, Tag, TagEnd};
use serde::Serialize;
use std::ops::Range;

/// The target of a link or a picture in Markdown.
pub enum Target {
    /// A URL to write as it is.
    Url(String),
    /// No target: the reader sees only the text, the author gets the diagnostic. If it has no
    /// source position, it gets that of the link.
    Broken(Box<Diagnostic>),
}

/// What the page around the Markdown knows and the Markdown does not.
pub trait Surroundings: Sync {
    /// How raw HTML is treated.
    fn html(&self) -> Html;
    /// The target of a relative link, `profile:`, `skill:`, or `/absolute` path, relative to
    /// `from`. `https`, `http`, `mailto` and plain `#anchors` are handled elsewhere. The target may
    /// end in `#anchor`, as written; [`anchor`] turns it into an id.
    fn link(&self, from: Option<&SitePath>, target: &str) -> Target;
    /// The finished `<picture>` (or `<img>`) for a picture of the site, with this alternative text
    /// and title, which the implementation escapes.
    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String>;
    /// Whether pictures from this external host may be shown.
    fn is_trusted_host(&self, host: &str) -> bool;
    /// The HTML of a fenced component, given its name, its arguments, and the position of the
    /// fence.
    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String>;
    /// The `rel` of links to other sites. Sites that publish content by others add `nofollow ugc`,
    /// so that search engines do not count the links as the site's own.
    fn rel(&self) -> &str {
        "noopener"
    }
    /// A prefix for every id, so that several texts on one page have none in common: `about-`.
    fn id_scope(&self) -> &str {
        ""
    }
}

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, plain.
    pub text: String,
}

/// Markdown, rendered.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Ready for `| safe`.
    pub html: String,
    /// Its prose without markup, a line for each block.
    pub text: String,
    /// In the order of the text.
    pub headings: Vec<Heading>,
    /// Words of the text.
    pub words: usize,
}

/// Renders blocks: paragraphs, headings, lists, code. For a text that is too large, too deeply
/// nested or crashes the parser, an error is reported and the document is empty.
pub fn render(md: &Markdown, around: &dyn Surroundings, report: &mut Report) -> Document {
    render_field(md, Shape::Page, around, report)
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
    around: &dyn Surroundings,
    report: &mut Report,
) -> Document {
    let source = grammar::source(&md.text, shape);
    let Some(mut events) = parse::events(md, &source, report) else {
        return Document::default();
    };
    if shape != Shape::Page {
        events = without_paragraph(events);
    }
    document(events, &mut Scene { md, around, report })
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

/// A parser event and its byte range in the text. After `raw_html` (unless HTML is trusted), every
/// `Html` event contains our own HTML: a block or inline, ready to be written.
type Piece<'a> = (Event<'a>, Range<usize>);

/// The shared context of the passes, and their report.
struct Scene<'a> {
    md: &'a Markdown,
    around: &'a dyn Surroundings,
    report: &'a mut Report,
}

impl Scene<'_> {
    /// Adds a diagnostic; if it has no source position, it gets that of `range`.
    fn push(&mut self, diagnostic: Diagnostic, range: &Range<usize>) {
        let at = diagnostic.at.clone().or_else(|| self.md.span(range.clone()));
        self.report.push(diagnostic.at_opt(at));
    }

    /// The file of the text.
    fn file(&self) -> Option<&SitePath> {
        self.md.origin.as_ref().map(|origin| &origin.file)
    }
}

fn document(events: Vec<Piece<'_>>, scene: &mut Scene<'_>) -> Document {
    let text = prose(events.iter().map(|(event, _)| event.clone()));
    let text = text.chars().filter(|it| !escape::is_forbidden(*it)).collect();
    let events = autolink::link(events, &scene.md.text, address::is_sound);
    let events = raw_html::treat(events, scene);
    let words = plain_text::of_blocks(&events).split_whitespace().count();
    let (events, headings) = heading::anchor_all(events, scene);
    let events = picture::place(events, scene);
    let events = footnote::gather(events, scene);
    let events = link::resolve(events, &headings, scene);
    let events = component::fill(events, scene);
    let events = code::highlight(events);
    let events = task::label(events);
    let events = table::wrap(events);
    let events = alert::title(events);
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
