//! Code blocks: highlighted if the language is known; all of them can be scrolled by keyboard.

use super::escape::text as escape_text;
use super::piece::Piece;
use crate::render::code;
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

/// Writes every code block.
pub(super) fn highlight(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut block: Option<(String, String)> = None;
    for (event, range) in events {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                block = Some((language(&kind), String::new()));
            }
            (Event::End(TagEnd::CodeBlock), Some((language, code))) => {
                out.push((Event::Html(pre(language, code).into()), range));
                block = None;
            }
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (event, _) => out.push((event, range)),
        }
    }
    out
}

/// The first word after the fence, in lower case: `rust` for ```` ```Rust,ignore ````.
fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else {
        return String::new();
    };
    let word = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    word.to_lowercase()
}

fn pre(language: &str, code: &str) -> String {
    let mut html = String::from("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        html.push_str(" class=\"language-");
        escape_text(&mut html, language);
        html.push('"');
    }
    html.push('>');
    let mut done = 0;
    for (class, range) in code::spans(language, code).unwrap_or_default() {
        escape_text(&mut html, &code[done..range.start]);
        html.push_str("<span class=\"hl-");
        html.push_str(class.name());
        html.push_str("\">");
        escape_text(&mut html, &code[range.clone()]);
        html.push_str("</span>");
        done = range.end;
    }
    escape_text(&mut html, &code[done..]);
    html.push_str("</code></pre>\n");
    html
}
