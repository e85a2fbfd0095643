//! Tables: in a box that scrolls sideways, also by keyboard, and is labelled by its column
//! headings.

use super::escape::escaped;
use super::piece::Piece;
use super::plain_text;
use crate::model::wording::Wording;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Wraps tables and writes their cells.
///
/// The box has the role of a group and not of a region: a page may have many tables, and landmarks
/// with the same name would confuse people who navigate by them.
pub(super) fn wrap<'a>(events: Vec<Piece<'a>>, wording: &Wording) -> Vec<Piece<'a>> {
    let mut out: Vec<Piece<'a>> = Vec::with_capacity(events.len());
    let mut alignments: Vec<Alignment> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let (mut table, mut cell, mut column) = (0, 0, 0);
    let mut is_head = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Table(columns)) => {
                table = out.len();
                alignments.clone_from(&columns);
                names.clear();
                out.push((Event::Start(Tag::Table(columns)), range));
            }
            Event::End(TagEnd::Table) => {
                out.insert(table, (Event::Html(opening(&names, wording).into()), range.clone()));
                out.push((event, range.clone()));
                out.push((Event::Html("</div>\n".into()), range));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                is_head = matches!(event, Event::Start(Tag::TableHead));
                column = 0;
                out.push((event, range));
            }
            Event::Start(Tag::TableCell) => cell = out.len(),
            Event::End(TagEnd::TableCell) => {
                let name = plain_text::of_inline(&out[cell..]).trim().to_owned();
                let tag = if is_head && !name.is_empty() { "th" } else { "td" };
                let start = cell_start(tag, alignments.get(column));
                out.insert(cell, (Event::Html(start.into()), range.clone()));
                out.push((Event::InlineHtml(format!("</{tag}>\n").into()), range));
                if is_head && !name.is_empty() {
                    names.push(name);
                }
                column += 1;
            }
            event => out.push((event, range)),
        }
    }
    out
}

fn opening(names: &[String], wording: &Wording) -> String {
    let name = if names.is_empty() { wording.table.clone() } else { wording.joined(names) };
    let name = escaped(&name);
    format!("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"{name}\">\n")
}

fn cell_start(tag: &str, alignment: Option<&Alignment>) -> String {
    let scope = if tag == "th" { " scope=\"col\"" } else { "" };
    let class = match alignment {
        Some(Alignment::Left) => " class=\"left\"",
        Some(Alignment::Center) => " class=\"center\"",
        Some(Alignment::Right) => " class=\"right\"",
        Some(Alignment::None) | None => "",
    };
    format!("<{tag}{scope}{class}>")
}
