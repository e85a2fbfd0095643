//! Raw HTML: shown as text with a warning, unless the site trusts it. Comments are removed.

use super::context::Context;
use super::piece::{Piece, first_line};
use crate::diagnostic::Diagnostic;
use crate::load::Html;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

const HELP: &str = "write it in Markdown, put it in back-ticks as code, \
                    or set `markdown: {html: trusted}` in `site.yaml`";

/// The maximum length of a tag quoted in a message, in characters.
const MAX_NAME: usize = 24;

/// After this pass, `Html` events contain nothing the author wrote, unless the site trusts it.
pub(super) fn treat<'a>(events: Vec<Piece<'a>>, context: &mut Context<'_>) -> Vec<Piece<'a>> {
    if context.resolver.html() == Html::Trusted {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut block: Option<String> = None;
    for (event, range) in events {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                show_block(&block.take().unwrap_or_default(), range, &mut out, context);
            }
            Event::Html(html) | Event::Text(html) if block.is_some() => {
                block.get_or_insert_default().push_str(&html);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                if is_comment(&html) {
                    continue;
                }
                if !html.starts_with("</") {
                    warn(&html, &range, context);
                }
                out.push((Event::Text(html), range));
            }
            event => out.push((event, range)),
        }
    }
    out
}

/// Shows a block of HTML as a paragraph of text, line by line.
fn show_block(
    html: &str,
    range: Range<usize>,
    out: &mut Vec<Piece<'_>>,
    context: &mut Context<'_>,
) {
    let html = html.trim();
    if html.is_empty() || is_comment(html) {
        return;
    }
    warn(html, &range, context);
    out.push((Event::Start(Tag::Paragraph), range.clone()));
    for (index, line) in html.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        if index > 0 {
            out.push((Event::SoftBreak, range.clone()));
        }
        out.push((Event::Text(line.trim().to_owned().into()), range.clone()));
    }
    out.push((Event::End(TagEnd::Paragraph), range));
}

/// Whether it is exactly one comment.
fn is_comment(html: &str) -> bool {
    html.strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .is_some_and(|inside| !inside.contains("-->"))
}

fn warn(html: &str, range: &Range<usize>, context: &mut Context<'_>) {
    let name = html.split(['>', ' ', '\n']).next().unwrap_or_default();
    let name: String = name.chars().take(MAX_NAME).collect();
    let place = first_line(&context.md.text, range.clone());
    context.push(
        Diagnostic::warning("raw-html", format!("the HTML `{name}>` is shown as text"))
            .label("not passed to the page")
            .help(HELP),
        &place,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_comment_is_one() {
        assert!(is_comment("<!-- note -->"));
        assert!(!is_comment("<!-- a --><b>x</b><!-- c -->"));
        assert!(!is_comment("<b>"));
    }
}
