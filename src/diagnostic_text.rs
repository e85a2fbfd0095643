//! A diagnostic in writing: for a terminal, as JSON, and as an annotation of GitHub Actions.

mod machine;
mod printable;

use crate::diagnostic::{Diagnostic, Severity};
use crate::path::SitePath;
use crate::span::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
pub use machine::{to_github, to_json};
pub use printable::printable;
use std::ops::Range;

/// How wide a line of source may be drawn, in columns; a longer one is cut around the mistake.
const WIDTH: usize = 120;

/// The diagnostic as rustc would show it, ending without a line break. `source` gives the text of a
/// file; one it does not have is named without its lines. Whatever authors wrote is made printable:
/// no text can recolour a terminal or turn its direction.
pub fn render<'a>(
    diagnostic: &Diagnostic,
    source: impl Fn(&SitePath) -> Option<&'a str>,
    styled: bool,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title);
    for marks in by_file(diagnostic) {
        group = with_file(group, marks, &source);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(WIDTH).render(&[group])
}

/// A place with the text beside it.
struct Mark<'d> {
    span: &'d Span,
    kind: AnnotationKind,
    label: Option<&'d str>,
}

/// The places of a diagnostic, those of one file together, its own file first.
fn by_file(diagnostic: &Diagnostic) -> Vec<Vec<Mark<'_>>> {
    let own = diagnostic.at.iter().map(|span| Mark {
        span,
        kind: AnnotationKind::Primary,
        label: diagnostic.label.as_deref(),
    });
    let others = diagnostic.related.iter().map(|(span, text)| Mark {
        span,
        kind: AnnotationKind::Context,
        label: Some(text),
    });
    let mut files: Vec<Vec<Mark<'_>>> = Vec::new();
    for mark in own.chain(others) {
        match files.iter_mut().find(|marks| marks[0].span.file == mark.span.file) {
            Some(marks) => marks.push(mark),
            None => files.push(vec![mark]),
        }
    }
    files
}

fn with_file<'a, 'd>(
    group: Group<'d>,
    marks: Vec<Mark<'d>>,
    source: &impl Fn(&SitePath) -> Option<&'a str>,
) -> Group<'d> {
    let file = &marks[0].span.file;
    let path = printable(file.as_str());
    let is_whole = |mark: &Mark<'_>| mark.span.range() == (0..0);
    let Some(text) = source(file).filter(|_| !marks.iter().all(is_whole)) else {
        let labels = marks.into_iter().filter_map(|mark| mark.label);
        let notes = labels.map(|label| Level::NOTE.message(printable(label)));
        return group.element(Origin::path(path)).elements(notes.collect::<Vec<_>>());
    };
    let mut places: Vec<Range<usize>> =
        marks.iter().map(|mark| on_one_line(text, mark.span.range())).collect();
    let text = printable::source(text, &mut places);
    let annotations: Vec<_> = marks
        .into_iter()
        .zip(places)
        .map(|(mark, place)| mark.kind.span(place).label(mark.label.map(printable)))
        .collect();
    group.element(Snippet::source(text).path(path).annotations(annotations))
}

/// A place that can be underlined: inside the text, and of a stretch of many lines only the first.
fn on_one_line(text: &str, place: Range<usize>) -> Range<usize> {
    let floor = |mut offset: usize| {
        offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let (start, end) = (floor(place.start), floor(place.end));
    let line = text[start..end.max(start)].split(['\n', '\r']).next().unwrap_or_default();
    start..start + line.len()
}

#[cfg(test)]
mod tests;
