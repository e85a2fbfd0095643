//! Line breaks: those in single-line fields, and those that are not shown in Chinese and Japanese.

use super::piece::{Piece, is_block_edge};
use crate::model::grammar::{BREAK, is_seamless};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};
use std::ops::Range;

/// Turns [`BREAK`] into line breaks, and removes those between two characters that are written
/// without a space.
pub(super) fn join(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let events = split(events);
    let mut is_silent = vec![false; events.len()];
    // The line break since the last character, and that character.
    let (mut waiting, mut last) = (None, None);
    for (index, (event, _)) in events.iter().enumerate() {
        match event {
            Event::SoftBreak => waiting = Some(index),
            Event::Text(text) | Event::Code(text) => {
                if let Some(index) = waiting.take() {
                    is_silent[index] = is_seamless(last, text.chars().next());
                }
                last = text.chars().next_back().or(last);
            }
            event if is_seam(event) => {}
            _ => (waiting, last) = (None, None),
        }
    }
    let mut is_silent = is_silent.into_iter();
    let mut events = events;
    events.retain(|_| !is_silent.next().unwrap_or_default());
    events
}

/// Whether a line of text continues through it: emphasis and links, but not pictures.
fn is_seam(event: &Event<'_>) -> bool {
    let is_picture = matches!(event, Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image));
    matches!(event, Event::Start(_) | Event::End(_)) && !is_picture && !is_block_edge(event)
}

fn split(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let has_break = |(event, _): &Piece| match event {
        Event::Text(text) | Event::Code(text) => text.contains(BREAK),
        _ => false,
    };
    if !events.iter().any(has_break) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len() + 8);
    for (event, range) in events {
        match event {
            Event::Text(text) if text.contains(BREAK) => split_text(&text, range, &mut out),
            Event::Code(text) => {
                let line: Vec<&str> = text.split(BREAK).map(str::trim).collect();
                out.push((Event::Code(line.join(" ").into()), range));
            }
            event => out.push((event, range)),
        }
    }
    out
}

fn split_text(text: &CowStr<'_>, range: Range<usize>, out: &mut Vec<Piece<'_>>) {
    let is_exact = range.len() == text.len();
    let place = |part: Range<usize>| match is_exact {
        true => range.start + part.start..range.start + part.end,
        false => range.clone(),
    };
    let mut start = 0;
    for line in text.split_inclusive(BREAK) {
        let end = start + line.len();
        let bare = line.trim_end_matches(BREAK);
        let shown = if start > 0 { bare.trim_start() } else { bare };
        let shown = if bare.len() < line.len() { shown.trim_end() } else { shown };
        if !shown.is_empty() {
            out.push((Event::Text(shown.to_owned().into()), place(start..end)));
        }
        // Several empty lines are a single break.
        let has_break = matches!(out.last(), Some((Event::SoftBreak, _)));
        if bare.len() < line.len() && !has_break {
            out.push((Event::SoftBreak, place(end - 1..end)));
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, render_plain};

    #[test]
    fn chinese_and_japanese_gain_no_space_at_the_end_of_a_line() {
        let shown = |text: &str| render_plain(text, Dialect::GitHub);
        assert_eq!(
            shown("日本\n語の**文**\n章\nand\n字"),
            "<p>日本語の<strong>文</strong>章\nand\n字</p>\n"
        );
        assert_eq!(shown("한국\n어"), "<p>한국\n어</p>\n");
        assert_eq!(
            shown("字\n![字](a.png)\n字"),
            "<p>字\n<img src=\"a.png\" alt=\"字\">\n字</p>\n"
        );
        assert_eq!(shown("字  \n字"), "<p>字<br>\n字</p>\n");
    }
}
