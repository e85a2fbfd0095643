//! A document with everything in it, looked at by eye once and by this test ever after.

use crate::site::{SITE, page, said};
use crate::valid::check;
use insta::assert_snapshot;
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::render::markdown::{Dialect, Document, render_inline, render_plain};
use questfolio::span::Markdown;

#[test]
fn everything_at_once() {
    let text = include_str!("../fixtures/markdown/everything.md");
    let (document, report) = page(text);
    assert_eq!(said(text, &report), "");
    assert_eq!(check(&document.html), Ok(()));
    let headings: String = document
        .headings
        .iter()
        .map(|it| format!("{} {} {:?}\n", it.level, it.id, it.text))
        .collect();
    let Document { html, text, words, .. } = document;
    assert_snapshot!(format!(
        "{html}\n=== headings\n{headings}\n=== text, {words} words\n{text}\n"
    ));
}

#[test]
fn a_line_has_no_paragraph() {
    let line = |text: &str| render_inline(&Markdown::new(text), &SITE, &mut Report::default()).html;
    assert_eq!(line("Cut *latency* by 40 %"), "Cut <em>latency</em> by 40 %");
    assert_eq!(line("a\n\nb"), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(line(""), "");
}

/// What a reader sees, without the marks of emphasis.
fn visible(text: &str, dialect: Dialect) -> String {
    let html = render_plain(text, dialect);
    let shown = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    shown.collect::<String>().replace(['*', '_', '~'], "")
}

proptest! {
    #[test]
    fn links_of_bare_addresses_lose_no_text(
        text in "([a-z .*_~@:/()`\\n]|\\*\\*|~~|__|http://|www\\.|a@b\\.c|\\[x\\]\\(/y\\)){0,30}"
    ) {
        prop_assert_eq!(visible(&text, Dialect::GitHub), visible(&text, Dialect::CommonMark));
    }
}
