//! A document with everything in it; the snapshot was reviewed.

use crate::site::{SITE, page, said};
use crate::valid::check;
use insta::assert_snapshot;
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::model::grammar::Shape;
use questfolio::path::SitePath;
use questfolio::render::markdown::{Dialect, Document, render_field, render_plain};
use questfolio::span::{Markdown, Span};

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
    let line = |text: &str| {
        render_field(&Markdown::new(text), Shape::Field, &SITE, &mut Report::default()).html
    };
    assert_eq!(line("Cut *latency* by 40 %"), "Cut <em>latency</em> by 40 %");
    assert_eq!(line("a\n\nb"), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(line(""), "");
    assert_eq!(line("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
    assert_eq!(line("- 20 %\n"), "- 20 %");
}

/// Characters that start a block elsewhere are ordinary text here, and keep their position.
#[test]
fn a_line_loses_no_sign_at_its_beginning() {
    for sign in ["#", "##", "-", "+", "*", ">", "1.", "9)", "---", "***", "___", "===", "|", "~~~"]
    {
        let text = format!("{sign} 20 % *more*\nof _it_");
        let (html, report) = line(&text);
        let sign = sign.replace('>', "&gt;");
        assert_eq!(html, format!("{sign} 20 % <em>more</em>\nof <em>it</em>"));
        assert_eq!(said(&text, &report), "");
    }
    for (text, html) in [
        ("---", "---"),
        ("```", "```"),
        ("    four spaces", "four spaces"),
        ("\ttab", "tab"),
        (
            "[x]: https://a.example",
            "[x]: <a href=\"https://a.example\" rel=\"noopener\">https://a.example</a>",
        ),
        ("[^1]: no note", "[^1]: no note"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("a\n===", "a\n==="),
        ("a\n\n- b\n\n- c", "a\n- b\n- c"),
        ("**a** `b\nc`", "<strong>a</strong> <code>b c</code>"),
        ("", ""),
    ] {
        assert_eq!(line(text).0, html, "{text:?}");
    }
    let (html, report) = line("# see [*it*](javascript:x)");
    assert_eq!(html, "# see <em>it</em>");
    let said = said("# see [*it*](javascript:x)", &report);
    assert!(said.starts_with("1:14 warning[bad-link] \"javascript:x\""), "{said}");
}

fn line(text: &str) -> (String, Report) {
    let file = SitePath::new("content/profile.yaml").expect("a plain path is one");
    let origin = Some(Span::new(&file, 0..text.len()));
    let md = Markdown { text: text.to_owned(), origin, verbatim: true };
    let mut report = Report::default();
    let html = render_field(&md, Shape::Line, &SITE, &mut report).html;
    (html, report)
}

/// The visible text, without the characters of emphasis.
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
