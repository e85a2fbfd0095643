//! Blocks of code: highlighted where the language is known, scrolled by keyboard in any case.

use super::Piece;
use super::escape::{is_forbidden, text as escape_text};
use crate::model::grammar::guarded;
use arborium::{Config, GrammarStore, Highlighter, HtmlFormat};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::sync::{Arc, LazyLock};

/// What is highlighted, in bytes of a block and of a whole text. A grammar takes time that grows
/// with the square of what it cannot make sense of.
const MAX_BLOCK: usize = 16 * 1024;
const MAX_TEXT: usize = 64 * 1024;

/// How deep brackets may nest in what is highlighted.
const MAX_BRACKETS: usize = 100;

/// Grammars, each made when it is first met.
static GRAMMARS: LazyLock<Arc<GrammarStore>> = LazyLock::new(|| Arc::new(GrammarStore::new()));

/// Writes every block of code.
pub(super) fn highlight(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut block: Option<(String, String)> = None;
    let mut left = MAX_TEXT;
    for (event, range) in events {
        match (event, &mut block) {
            (Event::Start(Tag::CodeBlock(kind)), _) => {
                block = Some((language(&kind), String::new()));
            }
            (Event::End(TagEnd::CodeBlock), Some((language, code))) => {
                out.push((Event::Html(pre(language, code, &mut left).into()), range));
                block = None;
            }
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (event, _) => out.push((event, range)),
        }
    }
    out
}

/// The first word after the fence, in lower case: `rust` of ```` ```Rust,ignore ````.
fn language(kind: &CodeBlockKind<'_>) -> String {
    let CodeBlockKind::Fenced(info) = kind else {
        return String::new();
    };
    let word = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    word.to_lowercase()
}

fn pre(language: &str, code: &str, left: &mut usize) -> String {
    let mut html = String::from("<pre tabindex=\"0\"><code");
    if !language.is_empty() {
        html.push_str(" class=\"language-");
        escape_text(&mut html, language);
        html.push('"');
    }
    html.push('>');
    match highlighted(language, code, left) {
        Some(spans) => html.push_str(&spans),
        None => escape_text(&mut html, code),
    }
    html.push_str("</code></pre>\n");
    html
}

/// `None` for a language nobody knows, and for code that is too much or that its grammar cannot
/// stand. `left` is what may be highlighted yet.
fn highlighted(language: &str, code: &str, left: &mut usize) -> Option<String> {
    if language.is_empty() || code.len() > MAX_BLOCK.min(*left) || is_deep(code) {
        return None;
    }
    let code: String = code.chars().filter(|it| !is_forbidden(*it)).collect();
    let config = Config {
        html_format: HtmlFormat::ClassNamesWithPrefix("hl".to_owned()),
        ..Config::default()
    };
    let store = Arc::clone(&GRAMMARS);
    let highlight = || Highlighter::with_store_and_config(store, config).highlight(language, &code);
    let mut html = guarded(highlight)?.ok()?;
    *left -= code.len().min(*left);
    html.push('\n');
    Some(html)
}

fn is_deep(code: &str) -> bool {
    let mut depth = 0usize;
    code.bytes().any(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_BRACKETS
    })
}
