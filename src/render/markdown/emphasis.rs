//! Finds text that looks like emphasis but is not parsed as such. CommonMark requires a space or
//! punctuation outside a `**` that has punctuation inside: `日本**「強調」**です` shows its asterisks, as
//! in every language without spaces.

use super::piece::{Piece, is_block_edge};
use crate::diagnostic::Diagnostic;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The maximum length of emphasis quoted in a message, in characters.
const MAX_SHOWN: usize = 40;

/// Every pair of asterisks that was probably meant as emphasis, with its byte range. `events` come
/// directly from the parser, with unmerged texts.
pub(super) fn lost(events: &[Piece<'_>], source: &str) -> Vec<(Range<usize>, Diagnostic)> {
    let mut found = Vec::new();
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut is_code = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) if !is_code && source.get(range.clone()) == Some(text) => {
                gather(text, range.start, source, &mut runs);
            }
            _ => {}
        }
        if is_block_edge(event) {
            report(&std::mem::take(&mut runs), source, &mut found);
        }
    }
    report(&runs, source, &mut found);
    found
}

/// Adds the asterisks of a text; adjacent ones form a run, and escaped ones are ignored.
fn gather(text: &str, start: usize, source: &str, runs: &mut Vec<Range<usize>>) {
    for (at, _) in text.match_indices('*') {
        let at = start + at;
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ if source[..at].ends_with('\\') => {}
            _ => runs.push(at..at + 1),
        }
    }
}

fn report(runs: &[Range<usize>], source: &str, found: &mut Vec<(Range<usize>, Diagnostic)>) {
    let mut rest = runs;
    while let [open, others @ ..] = rest {
        rest = others;
        let Some(close) = others.iter().find(|it| it.len() == open.len()) else { continue };
        let before = source[..open.start].chars().next_back();
        let inside = &source[open.end..close.start];
        let after = source[close.end..].chars().next();
        let (first, last) = (inside.chars().next(), inside.chars().next_back());
        let is_lost = |inner, outer: Option<char>| {
            is_sign(inner) && outer.is_some_and(|it| it.is_alphabetic() && !it.is_ascii())
        };
        if is_lost(first, before) || is_lost(last, after) {
            found.push((open.start..close.end, diagnostic(&source[open.clone()], inside)));
            let next = others.iter().position(|it| it == close).map_or(0, |at| at + 1);
            rest = &others[next..];
        }
    }
}

fn is_sign(character: Option<char>) -> bool {
    character.is_some_and(|it| !it.is_alphanumeric() && !it.is_whitespace() && !it.is_control())
}

fn diagnostic(marks: &str, inside: &str) -> Diagnostic {
    let is_sign = |it: char| is_sign(Some(it));
    let core = inside.trim_matches(is_sign);
    let start = inside.find(core).unwrap_or_default();
    let (open, close) = (&inside[..start], &inside[start + core.len()..]);
    let help = if core.is_empty() || inside.chars().count() > MAX_SHOWN || inside.contains('\n') {
        format!(
            "write the signs at its ends outside of the `{marks}`, or a space before and behind it"
        )
    } else {
        format!("write `{open}{marks}{core}{marks}{close}`, or a space before and behind it")
    };
    Diagnostic::warning("lost-emphasis", format!("these `{marks}` mark nothing"))
        .label("shown as they are written: a sign inside needs a space or a sign outside")
        .help(help)
}
