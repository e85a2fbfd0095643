//! GitHub's alerts: `> [!NOTE]`, with a title, which the parser does not write.

use super::escape::escaped;
use super::piece::Piece;
use crate::model::wording::Wording;
use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

/// Writes alerts.
pub(super) fn title<'a>(events: Vec<Piece<'a>>, wording: &Wording) -> Vec<Piece<'a>> {
    events
        .into_iter()
        .map(|(event, range)| match event {
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                (Event::Html(opening(kind, wording).into()), range)
            }
            Event::End(TagEnd::BlockQuote(Some(_))) => (Event::Html("</div>\n".into()), range),
            event => (event, range),
        })
        .collect()
}

fn opening(kind: BlockQuoteKind, wording: &Wording) -> String {
    let (class, title) = match kind {
        BlockQuoteKind::Note => ("note", &wording.alert_note),
        BlockQuoteKind::Tip => ("tip", &wording.alert_tip),
        BlockQuoteKind::Important => ("important", &wording.alert_important),
        BlockQuoteKind::Warning => ("warning", &wording.alert_warning),
        BlockQuoteKind::Caution => ("caution", &wording.alert_caution),
    };
    let title = escaped(title);
    format!("<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n")
}
