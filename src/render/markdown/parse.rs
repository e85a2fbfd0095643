//! The parser: its limits, and the guard around it.

use super::emphasis;
use super::line;
use super::piece::{Piece, first_line};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::model::grammar::{LEAD, OPTIONS, guarded};
use crate::span::Markdown;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Parser, TagEnd};
use std::ops::Range;

/// The maximum length of a text, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// The maximum nesting depth of quotations, lists, emphasis and the like.
const MAX_DEPTH: usize = 32;

/// The maximum number of names compared for a suggestion.
pub(super) const MAX_SUGGESTED: usize = 64;

/// The parser's events for a text prepared by [`grammar::source`], with their ranges in the source;
/// `None` if the text exceeds a limit or makes the parser panic.
pub(super) fn events<'a>(
    md: &Markdown,
    source: &'a str,
    report: &mut Report,
) -> Option<Vec<Piece<'a>>> {
    if md.text.len() > MAX_BYTES {
        report.push(too_large(md));
        return None;
    }
    // The prefix of a single-line text is not the author's.
    let lead = source.len() - md.text.len();
    match guarded(|| read(source, lead)) {
        Some(Ok(reading)) => {
            report_broken_references(md, lead > 0, &reading, report);
            for (place, diagnostic) in reading.lost {
                report.push(diagnostic.at_opt(md.span(first_line(&md.text, place))));
            }
            Some(line::join(merged(reading.events)))
        }
        Some(Err(place)) => {
            report.push(too_deep(md, place));
            None
        }
        None => {
            report.push(failed(md));
            None
        }
    }
}

fn too_large(md: &Markdown) -> Diagnostic {
    let message = format!(
        "this text is {} kB long; the limit is {} kB",
        md.text.len().div_ceil(1024),
        MAX_BYTES / 1024
    );
    let start = md.text.len() - md.text.trim_start().len();
    Diagnostic::error("markdown-too-large", message)
        .at_opt(md.span(first_line(&md.text, start..md.text.len())))
        .help("split it into several pages")
}

fn too_deep(md: &Markdown, place: Range<usize>) -> Diagnostic {
    let message = format!("this is nested more than {MAX_DEPTH} levels deep");
    Diagnostic::error("markdown-too-deep", message)
        .at_opt(md.span(first_line(&md.text, place)))
        .help("nest fewer quotes, lists or emphases")
}

fn failed(md: &Markdown) -> Diagnostic {
    Diagnostic::error("markdown-failed", "the Markdown parser failed on this text")
        .at_opt(md.span(first_line(&md.text, 0..md.text.len())))
        .help("find the part that causes it by removing others, and please report it")
}

/// The result of parsing.
struct Reading<'a> {
    events: Vec<Piece<'a>>,
    /// `[text][label]` with an undefined label, and the labels that are defined.
    broken: Vec<(Range<usize>, String)>,
    labels: Vec<String>,
    /// Text that was meant as emphasis but is not.
    lost: Vec<(Range<usize>, Diagnostic)>,
}

/// Parses a text. The error is the range in which it is nested too deeply.
fn read(source: &str, lead: usize) -> Result<Reading<'_>, Range<usize>> {
    let written =
        |range: Range<usize>| range.start.saturating_sub(lead)..range.end.saturating_sub(lead);
    let mut broken = Vec::new();
    let on_broken = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        if link.link_type == LinkType::Reference {
            broken.push((written(link.span), link.reference.into_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(source, OPTIONS, Some(on_broken));
    let mut labels: Vec<String> =
        parser.reference_definitions().iter().map(|(label, _)| label.to_owned()).collect();
    labels.sort();
    let mut events = Vec::new();
    let mut depth = 0;
    for (event, range) in parser.into_offset_iter() {
        match &event {
            Event::Start(tag) if nests(&tag.to_end()) => depth += 1,
            Event::End(tag) if nests(tag) => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(written(range));
        }
        events.push((event, written(range)));
    }
    if lead > 0 {
        take_lead(&mut events);
    }
    let lost = emphasis::lost(&events, &source[lead..]);
    Ok(Reading { events, broken, labels, lost })
}

/// Removes the prefix of a single-line text.
fn take_lead(events: &mut Vec<Piece<'_>>) {
    let first = events.iter().position(|(event, _)| matches!(event, Event::Text(_)));
    let Some(index) = first else { return };
    let Event::Text(text) = &events[index].0 else { return };
    let rest = text.strip_prefix(LEAD.trim_end()).unwrap_or(text).trim_start().to_owned();
    if rest.is_empty() {
        events.remove(index);
    } else {
        events[index].0 = Event::Text(rest.into());
    }
}

/// Whether it counts as a level of nesting: an element that can contain itself.
fn nests(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Reports `[text][label]` with an undefined label, which is shown as written and rarely meant so;
/// `list[0][1]` is not reported.
fn report_broken_references(
    md: &Markdown,
    is_line: bool,
    reading: &Reading<'_>,
    report: &mut Report,
) {
    for (range, label) in &reading.broken {
        let before = md.text[..range.start].chars().next_back();
        if before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ']') {
            continue;
        }
        let known = reading.labels.iter().take(MAX_SUGGESTED).map(String::as_str);
        let help = did_you_mean(label, known).unwrap_or_else(|| match is_line {
            true => "write its address: `[text](https://…)`".to_owned(),
            false => format!("add a line `[{label}]: https://…` below"),
        });
        report.push(
            Diagnostic::warning(
                "unknown-reference",
                format!("there is no link reference `{label}`"),
            )
            .at_opt(md.span(range.clone()))
            .label("shown as written")
            .help(help),
        );
    }
}

/// Merges adjacent texts: the parser splits text at every character that could be markup. Texts on
/// both sides of something it left out are not merged.
fn merged(events: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(events.len());
    // The previous text, once it is merged from several. Appending takes linear time, whatever
    // their number.
    let mut joined = String::new();
    for (event, range) in events {
        match (out.last_mut(), event) {
            (Some((Event::Text(before), place)), Event::Text(text)) => {
                if joined.is_empty() {
                    joined.push_str(before);
                }
                joined.push_str(&text);
                place.end = range.end;
            }
            (last, event) => {
                finish(last, &mut joined);
                out.push((event, range));
            }
        }
    }
    finish(out.last_mut(), &mut joined);
    out
}

/// Replaces a text by the merged one.
fn finish(text: Option<&mut Piece<'_>>, joined: &mut String) {
    if let Some((Event::Text(text), _)) = text.filter(|_| !joined.is_empty()) {
        *text = std::mem::take(joined).into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_of_a_list_are_no_reference() {
        let is_silent = |text: &str| {
            let mut report = Report::default();
            events(&Markdown::new(text), text, &mut report);
            report.is_empty()
        };
        assert!(is_silent("take list[0][1] of it, or f()[a]"));
        assert!(!is_silent("the [book][bokk]\n\n[book]: https://a.example\n"));
    }
}
