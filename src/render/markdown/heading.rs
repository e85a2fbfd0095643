//! Headings: their ids, the links to themselves, their levels.

use super::escape::{escaped, text as escape_text};
use super::{Heading, Piece, Scene, plain_text};
use crate::diagnostic::Diagnostic;
use crate::model::slug::slugify;
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::collections::BTreeSet;

/// Stands before every id of a heading.
pub(super) const PREFIX: &str = "s-";

/// The id that a heading gets, or that `[…](#written)` leads to, in a text whose
/// [`Surroundings::id_scope`](super::Surroundings::id_scope) is `scope`.
pub fn anchor(scope: &str, written: &str) -> String {
    let slug = slugify(written).unwrap_or_else(|| "section".to_owned());
    format!("{PREFIX}{scope}{slug}")
}

/// Gives every heading its id and its anchor. Headings inside footnotes have none: they move.
pub(super) fn anchor_all<'a>(
    events: Vec<Piece<'a>>,
    scene: &mut Scene<'_>,
) -> (Vec<Piece<'a>>, Vec<Heading>) {
    let has_title = events.iter().any(|(event, _)| {
        matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }))
    });
    let mut taken = BTreeSet::new();
    let mut headings = Vec::new();
    let mut out: Vec<Piece<'a>> = Vec::with_capacity(events.len());
    let mut footnotes = 0usize;
    let mut start = 0;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                start = out.len();
                out.push((event, range));
            }
            Event::End(TagEnd::Heading(level)) => {
                let inside = out.split_off(start + 1);
                out.pop();
                let text = plain_text::of_inline(&inside).trim().to_owned();
                if text.is_empty() {
                    report_empty(&range, scene);
                    continue;
                }
                let level = level as u8 + u8::from(has_title && level != HeadingLevel::H6);
                if footnotes > 0 {
                    out.push((block(format!("<h{level}>")), range.clone()));
                    out.extend(inside);
                } else {
                    let id = unused(&anchor(scene.around.id_scope(), &text), &mut taken);
                    out.push((block(format!("<h{level} id=\"{}\">", escaped(&id))), range.clone()));
                    out.extend(inside);
                    out.push((Event::InlineHtml(link_to(&id, &text).into()), range.clone()));
                    headings.push(Heading { level, id, text });
                }
                out.push((Event::InlineHtml(format!("</h{level}>\n").into()), range));
            }
            event => {
                match event {
                    Event::Start(Tag::FootnoteDefinition(_)) => footnotes += 1,
                    Event::End(TagEnd::FootnoteDefinition) => {
                        footnotes = footnotes.saturating_sub(1)
                    }
                    _ => {}
                }
                out.push((event, range));
            }
        }
    }
    (out, headings)
}

fn block<'a>(html: String) -> Event<'a> {
    Event::Html(html.into())
}

/// `id`, or `id-2`, `id-3` …, whichever is free first; taken from then on.
fn unused(id: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2u32..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.to_owned())
        .chain(numbered)
        .find(|id| !taken.contains(id))
        .expect("there are more numbers than headings");
    taken.insert(free.clone());
    free
}

/// The heading's link to itself. Its name is language-neutral: § and the heading.
fn link_to(id: &str, text: &str) -> String {
    let mut html = format!(" <a class=\"anchor\" href=\"#{}\" aria-label=\"§ ", escaped(id));
    escape_text(&mut html, text);
    html.push_str("\">§</a>");
    html
}

fn report_empty(range: &std::ops::Range<usize>, scene: &mut Scene<'_>) {
    scene.push(
        Diagnostic::warning("empty-heading", "this heading has no text")
            .label("left out")
            .help("write a text after the `#`"),
        range,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_given_once() {
        let mut taken = BTreeSet::new();
        let ids = ["a", "a-2", "a", "a"].map(|id| unused(id, &mut taken));
        assert_eq!(ids, ["a", "a-2", "a-3", "a-4"]);
        assert_eq!(anchor("about-", "C++ & Rust"), "s-about-cplusplus-and-rust");
        assert_eq!(anchor("", "🦀"), anchor("", "crab"));
        assert_eq!(anchor("", "…!"), "s-section");
    }
}
