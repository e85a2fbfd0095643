//! Highlighted code of every language that is common in portfolios, looked at by eye.

use crate::site::page;
use insta::assert_snapshot;

/// As it is read in a snapshot: `‹keyword fn›`.
fn marked(html: &str) -> String {
    html.replace("<span class=\"hl-", "‹").replace("</span>", "›").replace("\">", " ")
}

#[test]
fn code_of_every_language() {
    let (document, report) = page(include_str!("../fixtures/markdown/code.md"));
    assert!(report.is_empty());
    assert_snapshot!(marked(&document.html));
}
