//! Blocks of code: highlighted where the language is known, scrolled by keyboard in any case.

use super::Piece;
use super::escape::text as escape_text;
use super::parse::guarded;
use arborium::{Config, GrammarStore, Highlighter, HtmlFormat};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::sync::{Arc, LazyLock};

/// Longer blocks are not highlighted: nobody reads them, and a grammar may be slow on what is not
/// its language.
const MAX_HIGHLIGHTED: usize = 64 * 1024;

/// Grammars, each made when it is first met.
static GRAMMARS: LazyLock<Arc<GrammarStore>> = LazyLock::new(|| Arc::new(GrammarStore::new()));

/// Writes every block of code.
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

/// The first word after the fence, in lower case: `rust` of ```` ```Rust,ignore ````.
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
    match highlighted(language, code) {
        Some(spans) => html.push_str(&spans),
        None => escape_text(&mut html, code),
    }
    html.push_str("</code></pre>\n");
    html
}

/// `None` for a language nobody knows, and for code that its grammar cannot stand.
fn highlighted(language: &str, code: &str) -> Option<String> {
    if language.is_empty() || code.len() > MAX_HIGHLIGHTED {
        return None;
    }
    let code: String = code.chars().filter(|it| !super::escape::is_forbidden(*it)).collect();
    let config = Config {
        html_format: HtmlFormat::ClassNamesWithPrefix("hl".to_owned()),
        ..Config::default()
    };
    let store = Arc::clone(&GRAMMARS);
    let highlight = || Highlighter::with_store_and_config(store, config).highlight(language, &code);
    let mut html = guarded(highlight)?.ok()?;
    html.push('\n');
    Some(html)
}
