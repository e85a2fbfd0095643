//! GitHub's alerts: `> [!NOTE]`, with a title, which the parser does not write.

use super::piece::Piece;
use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

/// Writes alerts.
pub(super) fn title(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    events
        .into_iter()
        .map(|(event, range)| match event {
            Event::Start(Tag::BlockQuote(Some(kind))) => (Event::Html(opening(kind).into()), range),
            Event::End(TagEnd::BlockQuote(Some(_))) => (Event::Html("</div>\n".into()), range),
            event => (event, range),
        })
        .collect()
}

fn opening(kind: BlockQuoteKind) -> String {
    let (class, title) = match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("tip", "Tip"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("warning", "Warning"),
        BlockQuoteKind::Caution => ("caution", "Caution"),
    };
    format!("<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n")
}
