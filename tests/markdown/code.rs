//! Highlighted code in every language that is common in portfolios; the snapshots were reviewed.

use crate::site::page;
use insta::assert_snapshot;

/// In the notation of the snapshots: `‹keyword fn›`.
fn marked(html: &str) -> String {
    html.replace("<span class=\"hl-", "‹").replace("</span>", "›").replace("\">", " ")
}

#[test]
fn code_of_every_language() {
    let (document, report) = page(include_str!("../fixtures/markdown/code.md"));
    assert!(report.is_empty());
    assert_snapshot!(marked(&document.html));
}
