//! The first heading of a Markdown text, which is the title of a page without one.

use crate::model::grammar::Shape;
use crate::model::plain::plain;

/// A heading.
pub(super) struct Heading {
    /// Its text, without markup.
    pub(super) text: String,
    /// Whether it is at the start of the text.
    pub(super) opens: bool,
    /// Byte offset of the end of its line.
    pub(super) end: usize,
}

/// The first heading of level 1, or of any level if there is none.
pub(super) fn first(text: &str) -> Option<Heading> {
    let headings = || lines(text).filter_map(|(start, line)| heading(text, start, line));
    let of_level = |wanted: usize| headings().find(|(level, _)| *level == wanted);
    of_level(1).or_else(|| headings().next()).map(|(_, heading)| heading)
}

/// The lines outside fenced code, each with the byte offset of its start.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<&str> = None;
    let mut offset = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(close)) if open == close => fence = None,
            (None, None) => return Some((start, line)),
            _ => {}
        }
        None
    })
}

fn heading(text: &str, start: usize, line: &str) -> Option<(usize, Heading)> {
    let marked = line.trim();
    let level = marked.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &marked[level..];
    let indented = line.len() - line.trim_start_matches(' ').len() > 3;
    if !(1..=6).contains(&level) || indented || !rest.starts_with([' ', '\t']) {
        return None;
    }
    let shown = plain(closed(rest.trim()), Shape::Line);
    let opens = text[..start].trim().is_empty();
    (!shown.is_empty()).then_some((level, Heading { text: shown, opens, end: start + line.len() }))
}

/// The heading without a closing sequence of `#`: `C# ##` → `C#`.
fn closed(text: &str) -> &str {
    let bare = text.trim_end_matches('#');
    if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_heading_is_found_and_code_is_not_searched() {
        let heading = first("\n# The *first* one #\n\ntext").unwrap();
        assert_eq!(
            (heading.text.as_str(), heading.opens, heading.end),
            ("The first one", true, 21)
        );
        let titles = ["# snake_case in C#", "# # of users", "# The **C++** `__init__` ##"];
        let titles = titles.map(|it| first(it).unwrap().text);
        assert_eq!(titles, ["snake_case in C#", "# of users", "The C++ __init__"]);
        let heading = first("text\n```sh\n# no\n```\n## Two\n# One\n").unwrap();
        assert_eq!((heading.text.as_str(), heading.opens), ("One", false));
        for none in ["", "#hashtag", "####### seven", "    # code", "# "] {
            assert!(first(none).is_none(), "{none:?}");
        }
    }
}
