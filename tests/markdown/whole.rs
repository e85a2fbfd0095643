//! A document with everything in it, looked at by eye once and by this test ever after.

use crate::site::{SITE, page, said};
use crate::valid::check;
use insta::assert_snapshot;
use questfolio::diagnostic::Report;
use questfolio::render::markdown::{Document, render_inline};
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
