//! Converts plain text to Markdown that keeps its lines. In JSON, lines are not wrapped: a `\n` is
//! a deliberate line break, and a line that starts with a bullet is a list item.

use crate::source::yaml::{Node, NodeKind};
use std::borrow::Cow;

/// Keys whose texts are multi-line Markdown.
const PROSE: [&str; 5] = ["summary", "reference", "about", "note", "for"];

/// Characters that are bullets at the start of a line and have no other meaning there.
const BULLETS: [char; 15] =
    ['•', '‣', '⁃', '◦', '∙', '·', '▪', '▫', '■', '□', '●', '○', '►', '▶', '➤'];

/// Dashes that are bullets if a space follows them.
const DASHES: [char; 2] = ['–', '—'];

/// The kind of a line in Markdown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Blank,
    Text,
    Item,
    /// A heading, a quotation, a row of a table, code: Markdown does not join these lines.
    Block,
}

/// Keeps the line breaks of all prose in a résumé.
pub(super) fn keep(root: &mut Node) {
    keep_in(root, "");
}

/// The description of a project is prose; that of an employer is a single line.
fn keep_in(node: &mut Node, section: &str) {
    match &mut node.kind {
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                let name = key.name.as_str();
                let is_prose =
                    PROSE.contains(&name) || section == "projects" && name == "description";
                match &mut value.kind {
                    NodeKind::Scalar { text, .. } if is_prose => *text = kept(text).into_owned(),
                    _ => keep_in(value, name),
                }
            }
        }
        NodeKind::List(items) => items.iter_mut().for_each(|item| keep_in(item, section)),
        NodeKind::Scalar { .. } => {}
    }
}

/// The text with its lines kept: bullets become list items, and single line breaks become hard
/// ones.
fn kept(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len() + 16);
    let mut before = LineKind::Blank;
    let mut fence = None;
    for line in text.lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        let (sort, line) = match (fence, mark) {
            (None, Some(_)) => (LineKind::Block, Cow::Borrowed(line)),
            (Some(_), _) => (LineKind::Block, Cow::Borrowed(line)),
            (None, None) => classified(line),
        };
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(close)) if open == close => None,
            (open, _) => open,
        };
        match (before, sort) {
            (LineKind::Text, LineKind::Text) => {
                kept.truncate(kept.trim_end().len());
                kept.push_str("  \n");
            }
            // Without a blank line, the text would continue the item, or the item would continue
            // the text.
            (LineKind::Item, LineKind::Text)
                if !line.starts_with("  ") && !kept.ends_with("  \n") =>
            {
                kept.push('\n');
            }
            (LineKind::Text, LineKind::Item) => kept.push('\n'),
            _ => {}
        }
        kept.push_str(&line);
        kept.push('\n');
        // An indented line continues the item.
        before =
            if before == LineKind::Item && line.starts_with("  ") { LineKind::Item } else { sort };
    }
    kept.truncate(kept.trim_end().len());
    Cow::Owned(kept)
}

fn classified(line: &str) -> (LineKind, Cow<'_, str>) {
    let words = line.trim_start();
    let indent = &line[..line.len() - words.len()];
    let Some(first) = words.chars().next() else { return (LineKind::Blank, Cow::Borrowed("")) };
    let rest = &words[first.len_utf8()..];
    let item = rest.trim_start();
    let is_spaced = rest.len() > item.len();
    if !item.is_empty() && (BULLETS.contains(&first) || DASHES.contains(&first) && is_spaced) {
        return (LineKind::Item, Cow::Owned(format!("{indent}- {item}")));
    }
    let number = words.trim_start_matches(|it: char| it.is_ascii_digit());
    let is_numbered =
        number.len() < words.len() && (number.starts_with(". ") || number.starts_with(") "));
    let sort = match first {
        '-' | '*' | '+' if is_spaced && !item.is_empty() => LineKind::Item,
        _ if is_numbered => LineKind::Item,
        _ if is_block(words) || indent.len() >= 4 => LineKind::Block,
        _ => LineKind::Text,
    };
    (sort, Cow::Borrowed(line))
}

/// Whether text that starts with a Markdown marker is really such a block.
fn is_block(words: &str) -> bool {
    let trimmed = words.trim_end();
    let is_rule = ['-', '=', '_', '*']
        .into_iter()
        .any(|sign| trimmed.chars().all(|it| it == sign || it == ' ') && trimmed.len() > 1);
    words.starts_with(['#', '>', '|']) || is_rule
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_items_and_lines_stay_apart() {
        for (text, expected) in [
            ("one line • with a dot", "one line • with a dot"),
            ("• Built\n• Cut\n• Hired", "- Built\n- Cut\n- Hired"),
            ("•Built\n– Cut", "- Built\n- Cut"),
            ("I did:\n• this\n  and that\nand more", "I did:\n\n- this\n  and that\n\nand more"),
            ("one\ntwo\n\nthree\nfour", "one  \ntwo\n\nthree  \nfour"),
            ("one\r\ntwo", "one  \ntwo"),
            ("–5 °C\n— at last", "–5 °C\n\n- at last"),
            ("- a\n- b\n1. c", "- a\n- b\n1. c"),
            ("# A\nwords\n> said\nend", "# A\nwords\n> said\nend"),
            ("```\n• a\nb\n```\nc\nd", "```\n• a\nb\n```\nc  \nd"),
            ("•\n*\nend", "•  \n*  \nend"),
            ("**bold** words\n*soft*", "**bold** words  \n*soft*"),
        ] {
            assert_eq!(kept(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_kept_is_kept_again() {
        for text in ["I did:\n• this\n  and that\nand more", "one\ntwo\n\nthree", "•\na\n– b\nc"]
        {
            let once = kept(text).into_owned();
            assert_eq!(kept(&once), once);
        }
    }
}
