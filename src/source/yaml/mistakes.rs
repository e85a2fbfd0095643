//! Mistakes in YAML syntax, with what to write instead.

use crate::diagnostic::Diagnostic;
use crate::path::SitePath;
use crate::span::Span;
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// A syntax error; offsets are relative to the text.
pub(super) struct Mistake {
    at: Range<usize>,
    message: String,
    help: Option<String>,
    related: Option<(Range<usize>, &'static str)>,
}

impl Mistake {
    pub(super) fn diagnostic(self, file: &SitePath, shift: usize) -> Diagnostic {
        let span = |at: Range<usize>| Span::new(file, at.start + shift..at.end + shift);
        let diagnostic =
            Diagnostic::error("yaml-syntax", self.message).at(span(self.at)).help_opt(self.help);
        match self.related {
            Some((at, text)) => diagnostic.related(span(at), text),
            None => diagnostic,
        }
    }

    fn new(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake { at, message: message.into(), help: Some(help.into()), related: None }
    }
}

/// `last_end` is the end of the last token before the mistake, `open` the start of the innermost
/// map or list.
pub(super) fn explain(
    text: &str,
    err: &ScanError,
    last_end: usize,
    open: Option<usize>,
) -> Mistake {
    let offset = floor(text, err.marker().byte_offset().unwrap_or(text.len()));
    let here = offset..offset + text[offset..].chars().next().map_or(0, char::len_utf8);
    match err.kind() {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::InvalidMappingValueWhitespace => Mistake::new(
            here,
            "YAML does not allow a tab here",
            "indent with spaces, two per level",
        ),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => unclosed_quote(text, last_end, here),
        ErrorKind::UnexpectedCharacter { character } => {
            let value = rest_of_line(text, offset);
            Mistake::new(
                offset..offset + value.len(),
                format!("a text cannot begin with `{character}` here"),
                format!("put it in quotes: `\"{}\"`", value.replace('"', "\\\"")),
            )
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            let bracket = open.filter(|at| is_bracket(text, *at));
            match bracket.filter(|at| *at < line_start(text, offset)) {
                Some(_) => unclosed_bracket(text, here, open),
                None => unexpected_colon(text, here),
            }
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => missing_colon(text, offset),
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => Mistake::new(
            here,
            "text follows the closing quote",
            "put all of the text inside the quotes; inside `'…'` write `'` twice",
        ),
        ErrorKind::UnknownQuotedScalarEscape => Mistake::new(
            here,
            "a backslash in double quotes starts an escape, and this is not a valid one",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::MismatchedFlowCollectionEnd { .. } => unclosed_bracket(text, here, open),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::InvalidIndentation
        | ErrorKind::BlockSequenceEntryNotAllowed => {
            let value = rest_of_line(text, offset);
            Mistake::new(
                offset..offset + value.len(),
                "this line does not fit the lines above it",
                "start all keys of a map, and all dashes of a list, in the same column",
            )
        }
        _ => Mistake { at: here, message: lower_case(&err.info()), help: None, related: None },
    }
}

fn unclosed_quote(text: &str, last_end: usize, here: Range<usize>) -> Mistake {
    let before = &text[floor(text, last_end.min(here.start))..here.end];
    let opening = before.find(['"', '\'']).map(|at| here.end - before.len() + at);
    let at = opening.map_or(here, |at| at..at + 1);
    Mistake::new(
        at,
        "this quote is never closed",
        "close it at the end of the text; inside `'…'` write `'` twice",
    )
}

/// Either a text contains a colon and a space, or the line above has no colon and continued here.
fn unexpected_colon(text: &str, here: Range<usize>) -> Mistake {
    let line = &text[line_start(text, here.start)..here.start];
    if line.contains(": ") || line.contains(":\t") {
        let help = "put text that contains `: ` in quotes";
        return Mistake::new(here, "a second colon on one line", help);
    }
    let mut mistake = Mistake::new(
        here.clone(),
        "a key is not allowed here",
        "start all keys of a map in the same column, each followed by a colon and a space",
    );
    let start = line_start(text, here.start);
    let above = text[..start].trim_end();
    if start > 0 && !above.is_empty() {
        let content = text[line_start(text, above.len())..above.len()].trim_start();
        mistake.related = Some((
            above.len() - content.len()..above.len(),
            "this line continues onto the next one",
        ));
    }
    mistake
}

fn missing_colon(text: &str, offset: usize) -> Mistake {
    let line = rest_of_line(text, offset);
    Mistake::new(
        offset..offset + line.len(),
        "this line of a map has no colon",
        format!("write `{line}:` and a value, or take it out"),
    )
}

fn unclosed_bracket(text: &str, here: Range<usize>, open: Option<usize>) -> Mistake {
    let mut mistake = Mistake::new(
        here,
        "a bracket is not closed, or a comma is missing before this",
        "separate entries with commas and close every `[` and `{`",
    );
    mistake.related = open.filter(|at| is_bracket(text, *at)).map(|at| (at..at + 1, "opened here"));
    mistake
}

fn is_bracket(text: &str, offset: usize) -> bool {
    text[floor(text, offset)..].starts_with(['[', '{'])
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..floor(text, offset)].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The text up to the end of the line, without a comment and the space before it.
fn rest_of_line(text: &str, offset: usize) -> &str {
    let line = text[offset..].lines().next().unwrap_or_default();
    line.split(" #").next().unwrap_or_default().trim_end()
}

fn lower_case(message: &str) -> String {
    let mut characters = message.chars();
    let first = characters.next().map(|it| it.to_ascii_lowercase());
    first.into_iter().chain(characters).map(|it| if it == '\n' { ' ' } else { it }).collect()
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
