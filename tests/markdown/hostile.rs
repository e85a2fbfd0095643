//! Whatever anybody writes, the output is only our own harmless HTML.

use crate::constructs::constructs;
use crate::site::{SITE, page};
use crate::valid::check;
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::model::grammar::Shape;
use questfolio::render::markdown::render_field;
use questfolio::span::Markdown;
use serde_json::Value;

/// All payloads: the lists of OWASP and DOMPurify, and the Big List of Naughty Strings.
fn payloads() -> Vec<String> {
    let lists = [
        include_str!("../fixtures/hostile/owasp.json"),
        include_str!("../fixtures/hostile/dompurify.json"),
        include_str!("../fixtures/hostile/blns.json"),
    ];
    let text = |it: &Value| it.get("payload").unwrap_or(it).as_str().map(str::to_owned);
    lists
        .iter()
        .flat_map(|list| serde_json::from_str::<Vec<Value>>(list).expect("the fixture is JSON"))
        .filter_map(|it| text(&it))
        .collect()
}

/// Every context in which a text can be.
const PLACES: [&str; 24] = [
    "@",
    "# @",
    "a @ b\n===",
    "[x](@)",
    "[x](<@>)",
    "[@](@ \"@\")",
    "[![@](@)](@)",
    "![@](@ '@')",
    "![@](https://trusted.example/@)",
    "[x]\n\n[x]: @ '@'",
    "<@>",
    "<https://@>",
    "<@@a.example>",
    "www.@ https://@ https://a.example/@ @@a.example",
    "> @",
    "> [!NOTE]\n> @",
    "- [ ] @\n- [x] @\n\n  @",
    "| @ | b |\n|:-:|--:|\n| @ | @ |",
    "x[^@] [y[^@]](/z)\n\n[^@]: @",
    "```@\n@\n```",
    "```component @\n@\n```",
    "**@** ~~@~~ _@_ `@`",
    "<a href=\"@\">\n\n<@ @=@>\n@",
    "    @\n\n1. @\n   # @",
];

#[test]
fn no_payload_comes_alive_anywhere() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 848, "the lists are whole");
    for payload in &payloads {
        for place in PLACES {
            let text = place.replace('@', payload);
            let (document, _) = page(&text);
            if let Err(wrong) = check(&document.html) {
                panic!("{wrong}\n--- from\n{text}\n--- came\n{}", document.html);
            }
        }
    }
}

#[test]
fn whatever_a_text_repeats_the_html_is_valid() {
    for (name, make) in constructs() {
        let (document, _) = page(&make(256 * 1024));
        assert_eq!(check(&document.html), Ok(()), "{name:?}");
    }
}

/// Text that resembles Markdown more often than by chance.
fn markdownish() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => "[ -~]{0,4}",
        8 => prop::sample::select(vec![
            "\n", "\n\n", "    ", "- ", "- [x] ", "1. ", "> ", "# ", "## a\n", "***", "**", "_", "~~",
            "`", "```", "```rust\n", "```component a\n", "|", "|-|\n", ":-:", "[^a]", "[^a]: ", "[", "](",
            "](/b)", ")", "![", "<", "</", "<b>", "<!--", "-->", "https://", "www.", "a@b.example", "&lt;",
            "&#0;", "\\", "> [!TIP]\n", "[a]: /b\n", "[a][b]", "#a", "\t", "\r", "\0", "é", "\u{85}", "\u{202e}",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_gives_valid_html_and_places_in_it(text in markdownish()) {
        let (document, report) = page(&text);
        prop_assert_eq!(check(&document.html), Ok(()), "{}", document.html);
        for diagnostic in &report {
            let at = diagnostic.at.as_ref().expect("every text has a place").range();
            prop_assert!(text.get(at.clone()).is_some(), "{at:?} of {diagnostic:?}");
            prop_assert_ne!(diagnostic.code, "markdown-failed");
        }
        let again = page(&text);
        prop_assert_eq!(&again.0, &document);
    }

    #[test]
    fn any_line_gives_valid_html(text in markdownish()) {
        let document = render_field(&Markdown::new(text), Shape::Line, &SITE, &mut Report::default());
        prop_assert_eq!(check(&document.html), Ok(()), "{}", document.html);
    }
}
