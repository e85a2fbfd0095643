//! Turns bare addresses into links.
//!
//! An address may contain characters that the parser took for emphasis: `https://a.example/_b_`. So
//! a line of text is searched as it was written, and emphasis that starts or ends inside an address
//! becomes text again.

use super::bare::{Found, find};
use super::piece::{Piece, is_block_edge};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// A marker for a boundary that no address can cross.
const BARRIER: &str = "<>";

/// Links the addresses for which `is_wanted` is true.
pub(super) fn link<'a>(
    events: Vec<Piece<'a>>,
    source: &'a str,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<Piece<'a>> {
    let mut out = Vec::with_capacity(events.len());
    let mut line: Vec<Piece<'a>> = Vec::new();
    let mut code = false;
    for piece in events {
        match &piece.0 {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            _ => {}
        }
        if code || is_block_edge(&piece.0) {
            link_line(std::mem::take(&mut line), source, &is_wanted, &mut out);
            out.push(piece);
        } else {
            line.push(piece);
        }
    }
    link_line(line, source, &is_wanted, &mut out);
    out
}

fn link_line<'a>(
    line: Vec<Piece<'a>>,
    source: &'a str,
    is_wanted: &impl Fn(&str) -> bool,
    out: &mut Vec<Piece<'a>>,
) {
    let flat = Flat::of(&line, source);
    let mut found = find(&flat.text, &flat.masked);
    found.retain(|it| is_wanted(&it.url));
    if found.is_empty() {
        out.extend(line);
        return;
    }
    let partners = partners(&line);
    let is_swallowed: Vec<bool> =
        flat.cells.iter().map(|cell| !overlapping(&found, cell).is_empty()).collect();
    for (index, (event, range)) in line.into_iter().enumerate() {
        let cell = flat.cells[index].clone();
        match event {
            // Text inside a link or a picture has no cell.
            Event::Text(_) if !cell.is_empty() => {
                write_text(range, &cell, &flat.text, overlapping(&found, &cell), out);
            }
            // Already written with the text in which the address starts.
            _ if partners[index].is_some() && is_swallowed[index] => {}
            _ if partners[index].is_some_and(|it| is_swallowed[it]) => {
                out.push((Event::Text(flat.text[cell].to_owned().into()), range));
            }
            event => out.push((event, range)),
        }
    }
}

/// Those of the addresses (sorted) that overlap the cell.
fn overlapping<'f>(found: &'f [Found], cell: &Range<usize>) -> &'f [Found] {
    let first = found.partition_point(|it| it.range.end <= cell.start);
    let end = found.partition_point(|it| it.range.start < cell.end);
    found.get(first..end).unwrap_or_default()
}

/// A line as written, with the range of each event in it.
struct Flat {
    text: String,
    /// The same with emphasis masked: email addresses end there, other addresses do not.
    masked: String,
    cells: Vec<Range<usize>>,
}

impl Flat {
    fn of(line: &[Piece<'_>], source: &str) -> Flat {
        let mut flat = Flat {
            text: String::new(),
            masked: String::new(),
            cells: Vec::with_capacity(line.len()),
        };
        let mut inside = 0usize;
        for (event, range) in line {
            let start = flat.text.len();
            let mut hide = false;
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    inside += 1;
                    flat.text.push_str(BARRIER);
                }
                Event::End(TagEnd::Link | TagEnd::Image) => inside = inside.saturating_sub(1),
                _ if inside > 0 => {}
                Event::Text(text) => flat.text.push_str(text),
                Event::SoftBreak | Event::HardBreak => flat.text.push('\n'),
                Event::Start(_) | Event::End(_) => {
                    flat.text.push_str(delimiter(event, range, source));
                    hide = true;
                }
                _ => flat.text.push_str(BARRIER),
            }
            if hide {
                flat.masked.extend(std::iter::repeat_n('<', flat.text.len() - start));
            } else {
                flat.masked.push_str(&flat.text[start..]);
            }
            flat.cells.push(start..flat.text.len());
        }
        flat
    }
}

/// The `*`, `__` or `~~` of an event, as in the source.
fn delimiter<'s>(event: &Event<'_>, range: &Range<usize>, source: &'s str) -> &'s str {
    let whole = source.get(range.clone()).unwrap_or_default();
    let length = match event {
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough)
            if !whole.starts_with("~~") =>
        {
            1
        }
        _ => 2,
    };
    match event {
        Event::Start(_) => whole.get(..length),
        _ => whole.len().checked_sub(length).and_then(|start| whole.get(start..)),
    }
    .unwrap_or_default()
}

/// For each event of emphasis outside links, the index of its other end.
fn partners(line: &[Piece<'_>]) -> Vec<Option<usize>> {
    let mut partners = vec![None; line.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut inside = 0usize;
    for (index, (event, _)) in line.iter().enumerate() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => inside = inside.saturating_sub(1),
            _ if inside > 0 => {}
            Event::Start(_) => open.push(index),
            Event::End(_) => {
                if let Some(start) = open.pop() {
                    partners[start] = Some(index);
                    partners[index] = Some(start);
                }
            }
            _ => {}
        }
    }
    partners
}

/// Writes a piece of text: with the links that start in it, and without what belongs to a link that
/// started earlier.
fn write_text(
    range: Range<usize>,
    cell: &Range<usize>,
    flat: &str,
    found: &[Found],
    out: &mut Vec<Piece<'_>>,
) {
    let is_verbatim = range.len() == cell.len();
    let place = |part: Range<usize>| match is_verbatim {
        true => range.start + (part.start - cell.start)..range.start + (part.end - cell.start),
        false => range.clone(),
    };
    let mut at = cell.start;
    for link in found {
        let end = link.range.end.min(cell.end);
        if link.range.start >= cell.start {
            let (before, shown) = (at..link.range.start, flat[link.range.clone()].to_owned());
            push_text(&flat[before.clone()], place(before), out);
            push_link(&link.url, shown, place(link.range.start..end), out);
        }
        at = end;
    }
    push_text(&flat[at..cell.end], place(at..cell.end), out);
}

fn push_text(text: &str, range: Range<usize>, out: &mut Vec<Piece<'_>>) {
    if !text.is_empty() {
        out.push((Event::Text(text.to_owned().into()), range));
    }
}

fn push_link(url: &str, shown: String, range: Range<usize>, out: &mut Vec<Piece<'_>>) {
    let tag = Tag::Link {
        link_type: LinkType::Autolink,
        dest_url: url.to_owned().into(),
        title: CowStr::Borrowed(""),
        id: CowStr::Borrowed(""),
    };
    out.push((Event::Start(tag), range.clone()));
    out.push((Event::Text(shown.into()), range.clone()));
    out.push((Event::End(TagEnd::Link), range));
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, render_plain};

    fn linked(text: &str) -> String {
        render_plain(text, Dialect::GitHub)
    }

    #[test]
    fn an_address_keeps_what_looks_like_emphasis() {
        assert_eq!(
            linked("https://a.example/_b_/ and _c_"),
            "<p><a href=\"https://a.example/_b_/\">https://a.example/_b_/</a> and <em>c</em></p>\n"
        );
        assert_eq!(
            linked("*see https://a.example/x*y*"),
            "<p>*see <a href=\"https://a.example/x*y\">https://a.example/x*y</a>*</p>\n"
        );
        assert_eq!(
            linked("**https://a.example**"),
            "<p><strong><a href=\"https://a.example\">https://a.example</a></strong></p>\n"
        );
        assert_eq!(
            linked("_a@b.example_"),
            "<p><em><a href=\"mailto:a@b.example\">a@b.example</a></em></p>\n"
        );
    }

    #[test]
    fn links_code_and_pictures_are_left_alone() {
        for text in ["`https://a.example`", "[https://a.example](/b)", "![www.a.example](/b)"] {
            assert!(!linked(text).contains("href=\"http"), "{text}");
        }
    }
}
