//! Task lists: each checkbox is inside its label.

use super::piece::{Piece, is_block_edge};
use pulldown_cmark::{Event, Tag};

/// Adds labels to the checkboxes.
pub(super) fn label(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(events.len());
    let mut is_open = false;
    for (event, range) in events {
        if is_open && is_block_edge(&event) {
            out.push((Event::InlineHtml("</label>".into()), range.clone()));
            is_open = false;
        }
        match event {
            Event::TaskListMarker(is_done) => {
                mark_item(&mut out);
                let done = if is_done { " checked" } else { "" };
                let html = format!("<label><input type=\"checkbox\" disabled{done}> ");
                out.push((Event::InlineHtml(html.into()), range));
                is_open = true;
            }
            event => out.push((event, range)),
        }
    }
    out
}

/// Adds a class to the list item that has just started.
fn mark_item(out: &mut [Piece<'_>]) {
    let is_item = |(event, _): &Piece<'_>| matches!(event, Event::Start(Tag::Item));
    if let Some(at) = out.iter().rposition(is_item) {
        out[at].0 = Event::Html("<li class=\"task\">".into());
    }
}
