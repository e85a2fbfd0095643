//! Converts Tera's errors into diagnostics with source positions.

use super::template_help;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::path::SitePath;
use crate::span::Span;

/// The variables of pages. Tera does not suggest those that a template does not read.
const VARIABLES: [&str; 14] = [
    "site", "page", "profile", "posts", "skill", "skills", "guild", "members", "theme", "t",
    "today", "card", "icon", "mark",
];

/// Finds a template's file and text by its name in Tera.
pub(crate) type Sources<'a> = &'a dyn Fn(&str) -> Option<(SitePath, String)>;

/// One diagnostic for each mistake in Tera's output: `error: message`, then `--> name:line:column`.
pub(crate) fn diagnostics(error: &tera::Error, sources: Sources<'_>) -> Vec<Diagnostic> {
    let text = full_text(error);
    let reports: Vec<Diagnostic> =
        text.split("\n\n").filter_map(|report| located(report, sources)).collect();
    if reports.is_empty() {
        vec![Diagnostic::error("template", lower_first(&text))]
    } else {
        reports
    }
}

fn full_text(error: &tera::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}

fn located(report: &str, sources: Sources<'_>) -> Option<Diagnostic> {
    let (head, rest) = report.split_once("--> ")?;
    let message = head.rsplit_once("error: ").map_or(head, |(_, message)| message).trim();
    let place = rest.lines().next()?;
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let diagnostic = in_our_words(message);
    let Some((file, text)) = sources(name) else {
        return Some(diagnostic.help(format!("in `{name}`, line {line}, column {column}")));
    };
    let start = offset(&text, line, column);
    let width = rest.lines().find_map(underline).unwrap_or(1);
    let known = diagnostic.help.clone();
    let help = known.or_else(|| template_help::help(&diagnostic.message, &text, start));
    let at = Span::new(&file, start..(start + width).min(text.len()));
    Some(diagnostic.help_opt(help).at(at))
}

/// Tera's message, without the part that belongs in the help.
fn in_our_words(message: &str) -> Diagnostic {
    let message = lower_first(message.trim_end_matches('.'));
    let message = message.as_str();
    let said = |message: &str| Diagnostic::error("template", message);
    if let Some((message, names)) = message.split_once(". Available ")
        && let Some(written) = message.split('`').nth(1)
    {
        let names = names.split_once(": ").map_or(names, |(_, names)| names);
        let names = in_order(names);
        let variables = VARIABLES.into_iter().filter(|_| message.starts_with("variable"));
        let meant = did_you_mean(written, names.iter().copied().chain(variables));
        return said(message).help(meant.unwrap_or_else(|| template_help::all(&names)));
    }
    if let Some((written, known)) = unknown_arguments(message) {
        let quoted = |names: &[&str]| {
            names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let meant = match (&written[..], known.is_empty()) {
            (_, true) => Some("it takes no arguments".to_owned()),
            ([one], _) => did_you_mean(one, known.iter().copied()),
            _ => None,
        };
        return said(&format!("this component takes no {}", quoted(&written)))
            .help(meant.unwrap_or_else(|| format!("it takes {}", quoted(&known))));
    }
    if let Some((found, wanted)) = message.split_once(" but expected ")
        && !wanted.contains(['`', ' '])
    {
        return said(&format!("{found} but expected `{wanted}`"));
    }
    if let Some((message, help)) = message.split_once("; did you mean ") {
        return said(message).help(format!("did you mean {help}"));
    }
    if message == "unexpected end of input" {
        return said("the template ends before everything is closed")
            .help("close every `{{` with `}}`, and every `{% if %}`, `{% for %}` and `{% block %}` with its `{% end… %}`");
    }
    said(message)
}

/// The unknown arguments passed to a component, and the arguments it accepts. Tera lists the former
/// in random order.
fn unknown_arguments(message: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let rest = message.strip_prefix("unknown argument(s) ")?;
    let (written, rest) = rest.split_once(" in component call").unwrap_or((rest, ""));
    let (_, known) = rest.split_once(": ").unwrap_or_default();
    let plain = |names| in_order(names).into_iter().map(|name: &str| name.trim_matches('`'));
    Some((plain(written).collect(), plain(known).filter(|name| !name.is_empty()).collect()))
}

/// Sorts names: Tera keeps most of them in unordered maps.
fn in_order(names: &str) -> Vec<&str> {
    let mut names: Vec<&str> = names.split(", ").collect();
    names.sort_unstable();
    names
}

/// The length of the `^^^^` line.
fn underline(line: &str) -> Option<usize> {
    let marks = line.rsplit_once('|')?.1.trim();
    (!marks.is_empty() && marks.bytes().all(|byte| byte == b'^')).then_some(marks.len())
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
