//! The diagnostics of a text, with positions and help.

use crate::site::{Site, page, page_on, said};
use insta::assert_snapshot;
use questfolio::diagnostic::Report;
use questfolio::load::Html;
use questfolio::path::SitePath;
use questfolio::render::markdown::render;
use questfolio::span::{Markdown, Span};

fn reports(text: &str) -> String {
    said(text, &page(text).1)
}

/// The diagnostics, and the HTML of the text.
fn all_of(text: &str) -> String {
    format!("{}---\n{}", reports(text), page(text).0.html)
}

#[test]
fn html_is_named_at_its_place() {
    let text = "a <b>bold</b> word <!-- hidden -->\n\n<div\nclass=\"x\">\n\n> <br>\n";
    assert_snapshot!(all_of(text));
}

#[test]
fn links_that_lead_nowhere_are_named_at_their_address() {
    let text = "[a](javascript:x) [b](//c.example) [c]() [d](https://user@d.example)\n\
                <ftp://e.example> [f](missing.md) [g](profile:nobody) [h][i] ![j](data:x)\n\n\
                [k]\n\n[k]: vbscript:l\n[hi]: /m\n";
    assert_snapshot!(all_of(text));
}

#[test]
fn anchors_lead_to_headings() {
    let text = "[a](#install) [b](#instal) [c](#s-use-2) [d](#top)\n\n# Install\n\n## Use\n\n## Use\n\n##\n";
    assert_snapshot!(all_of(text));
    let trusted = Site { html: Html::Trusted, scope: "a-" };
    let (document, report) = page_on(&trusted, "[x](#y) [z](#z)\n\n<i id=\"y\"></i>\n\n# Z\n");
    assert!(report.is_empty());
    assert_snapshot!(document.html);
}

#[test]
fn pictures_are_local_or_links() {
    let text = "![](a.png) ![b](https://b.example/b.png) ![c](https://trusted.example/c.png \"C\")\n\
                [![d](https://d.example/d.svg)](/d)\n";
    assert_snapshot!(all_of(text));
}

#[test]
fn footnotes_need_a_reference() {
    assert_snapshot!(reports("a[^b]\n\n[^b]: c\n[^d]: e\n"));
}

#[test]
fn components_need_a_name_and_arguments() {
    let text = "```component\na: 1\n```\n\n```component radar\na: 1\na: 2\n```\n\n\
                > ```component radar\n> a: [\n> ```\n\n```component radar\n- a\n```\n";
    assert_snapshot!(reports(text));
    let (document, report) = page("- ```component radar\n  ```\n");
    assert!(report.is_empty());
    assert_snapshot!(document.html);
}

#[test]
fn limits_are_kept_before_anything_is_written() {
    let large = "a\n".repeat(200_000);
    assert_snapshot!(reports(&large));
    let deep = format!("{}a\n", "> ".repeat(33));
    assert_snapshot!(reports(&deep));
    assert_eq!(page(&deep).0.html, "");
    assert!(page(&deep[2..]).1.is_empty());
}

#[test]
fn a_folded_text_is_blamed_as_a_whole() {
    let file = SitePath::new("content/profile.yaml").unwrap();
    let origin = Span::new(&file, 40..80);
    let md =
        Markdown { text: "see [a](b:c)".into(), origin: Some(origin.clone()), verbatim: false };
    let mut report = Report::default();
    render(&md, &crate::site::SITE, &mut report);
    assert_eq!(report.iter().next().unwrap().at, Some(origin));
}

/// CommonMark requires a space or punctuation outside asterisks that have punctuation inside.
#[test]
fn emphasis_that_is_not_read_is_named_with_what_to_write() {
    let told = |text: &str| said(text, &page(text).1);
    assert_eq!(
        told("日本**「強調」**です"),
        "1:3 warning[lost-emphasis] \"**「強調」**\": these `**` mark nothing; \
         write `「**強調**」`, or a space before and behind it\n"
    );
    let twice = told("日本**「強調」**です。もう**「一つ」**です");
    assert!(twice.starts_with("1:3 warning[lost-emphasis]"), "{twice}");
    assert!(told("これは*強調。*です").contains("write `*強調*。`"));
    assert!(told("이것은 **(강조)**입니다").contains("write `(**강조**)`"));
    // The suggested forms are parsed as emphasis.
    for text in ["日本「**強調**」です", "これは*強調*。です", "日本 **「強調」** です"]
    {
        let (document, report) = page(text);
        assert_eq!(said(text, &report), "");
        assert!(document.html.contains("</strong>") || document.html.contains("</em>"));
    }
    for silent in [
        "価格*は「税込」です",
        "5 * 3 * 2",
        "a**(b)**c",
        "日本\\*「強調」\\*です",
        "`日本**「強調」**です`",
        "    日本**「強調」**です",
        "日本**強調**です",
    ] {
        assert_eq!(told(silent), "", "{silent}");
    }
}
