//! Headings: their ids, anchors and levels.

use super::context::Context;
use super::document::Heading;
use super::escape::{escaped, text as escape_text};
use super::piece::{Piece, first_line};
use super::plain_text;
use crate::diagnostic::Diagnostic;
use crate::model::slug::slugify;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeMap;

/// The prefix of every heading's id.
pub(super) const PREFIX: &str = "s-";

/// The id of a heading, or the id that `[…](#written)` links to, in a text whose
/// [`Resolver::id_scope`](super::Resolver::id_scope) is `scope`.
pub fn anchor(scope: &str, written: &str) -> String {
    let slug = slugify(written).unwrap_or_else(|| "section".to_owned());
    format!("{PREFIX}{scope}{slug}")
}

/// Gives every heading its id and its anchor. In a footnote, which is moved, a heading becomes a
/// line in bold.
pub(super) fn anchor_all<'a>(
    events: Vec<Piece<'a>>,
    context: &mut Context<'_>,
) -> (Vec<Piece<'a>>, Vec<Heading>) {
    let has_title = events.iter().any(|(event, _)| {
        matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
    });
    let mut outline = Outline { shift: u8::from(has_title), ..Outline::default() };
    let mut out: Vec<Piece<'a>> = Vec::with_capacity(events.len());
    let mut footnotes = 0usize;
    let mut start = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                start = out.len();
                continue;
            }
            Event::End(TagEnd::Heading(level)) => {
                let inside = out.split_off(start);
                let text = plain_text::of_inline(&inside).trim().to_owned();
                if text.is_empty() {
                    report_empty(&range, context);
                    continue;
                }
                let (opening, closing) = match footnotes {
                    0 => outline.add(level as u8, text, context.resolver.id_scope()),
                    _ => ("<p><strong>".to_owned(), "</strong></p>\n".to_owned()),
                };
                out.push((Event::Html(opening.into()), range.clone()));
                out.extend(inside);
                out.push((Event::InlineHtml(closing.into()), range));
                continue;
            }
            Event::Start(Tag::FootnoteDefinition(_)) => footnotes += 1,
            Event::End(TagEnd::FootnoteDefinition) => footnotes = footnotes.saturating_sub(1),
            _ => {}
        }
        out.push((event, range));
    }
    (out, outline.headings)
}

/// The headings so far, and their effect on the next one.
#[derive(Default)]
struct Outline {
    headings: Vec<Heading>,
    /// Ids in use, with the last number tried for each.
    taken: BTreeMap<String, u32>,
    /// How many levels all headings are shifted down.
    shift: u8,
}

impl Outline {
    /// The HTML before and after a heading with this level and text.
    fn add(&mut self, level: u8, text: String, scope: &str) -> (String, String) {
        let above = self.headings.last().map_or(1, |heading| heading.level);
        let level = (level + self.shift).clamp(1, above + 1).min(6);
        let id = self.unused(anchor(scope, &text));
        let opening = format!("<h{level} id=\"{}\">", escaped(&id));
        let closing = format!("{}</h{level}>\n", link_to(&id, &text));
        self.headings.push(Heading { level, id, text });
        (opening, closing)
    }

    /// `id`, `id-2`, `id-3` …: the first one that is unused; it is then in use.
    fn unused(&mut self, id: String) -> String {
        let mut number = self.taken.get(&id).copied().unwrap_or(0);
        let mut free = id.clone();
        while self.taken.contains_key(&free) {
            number = number.max(1) + 1;
            free = format!("{id}-{number}");
        }
        self.taken.insert(id, number);
        self.taken.entry(free.clone()).or_default();
        free
    }
}

/// The heading's link to itself. Its label is language-neutral: § and the heading.
fn link_to(id: &str, text: &str) -> String {
    let mut html = format!(" <a class=\"anchor\" href=\"#{}\" aria-label=\"§ ", escaped(id));
    escape_text(&mut html, text);
    html.push_str("\">§</a>");
    html
}

fn report_empty(range: &std::ops::Range<usize>, context: &mut Context<'_>) {
    context.push(
        Diagnostic::warning("empty-heading", "this heading has no text")
            .label("left out")
            .help("write a text after the `#`"),
        &first_line(&context.md.text, range.clone()),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_once() {
        let mut outline = Outline::default();
        let ids = ["a", "a-2", "a", "a", "a-2"].map(|id| outline.unused(id.to_owned()));
        assert_eq!(ids, ["a", "a-2", "a-3", "a-4", "a-2-2"]);
        assert_eq!(anchor("about-", "C++ & Rust"), "s-about-cplusplus-and-rust");
        assert_eq!(anchor("", "🦀"), anchor("", "crab"));
        assert_eq!(anchor("", "…!"), "s-section");
    }
}
