//! Formats diagnostics: for a terminal, as JSON, and as annotations for GitHub Actions.

mod excerpt;
mod machine;
mod printable;
mod sources;

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{Lines, Position, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use excerpt::{Excerpt, are_together};
pub use machine::{to_github, to_json};
pub use printable::printable;
pub use sources::Sources;
use std::ops::Range;

/// The maximum width of a source line, in columns; a longer line is cut around the mistake.
const WIDTH: usize = 120;

/// The maximum number of positions in one file shown with a mistake.
const MARKS: usize = 12;

/// Resets the style.
const UNSTYLED: &str = "\u{1b}[0m";

/// The diagnostic in the style of rustc, without a final line break. Long lines are cut around the
/// position before layout. The author's text is made printable: it can neither change colours in a
/// terminal nor the text direction.
pub fn render(diagnostic: &Diagnostic, sources: &Sources<'_>, styled: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&diagnostic.message)).id(diagnostic.code);
    let mut group = Group::with_title(title);
    let mut columns = Vec::new();
    for marks in by_file(diagnostic) {
        group = with_file(group, marks, sources, &mut columns);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    with_right_columns(renderer.term_width(WIDTH).render(&[group]), &columns)
}

/// A position with its text.
struct Mark<'d> {
    span: &'d Span,
    kind: AnnotationKind,
    label: Option<&'d str>,
}

/// The positions of a diagnostic, grouped by file, its own file first.
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

/// Adds the excerpts of one file, and the columns that must be corrected after layout.
fn with_file<'d>(
    mut group: Group<'d>,
    marks: Vec<Mark<'d>>,
    sources: &Sources<'_>,
    columns: &mut Vec<Column>,
) -> Group<'d> {
    let file = &marks[0].span.file;
    let path = printable(file.as_str());
    let is_whole = |mark: &Mark<'_>| mark.span.range() == (0..0);
    let Some(lines) = sources.lines(file).filter(|_| !marks.iter().all(is_whole)) else {
        let labels = marks.into_iter().filter_map(|mark| mark.label);
        let notes = labels.map(|label| Level::NOTE.message(printable(label)));
        return group.element(Origin::path(path)).elements(notes.collect::<Vec<_>>());
    };
    for (marks, places) in together(marks, &lines) {
        let excerpt = Excerpt::around(&lines, &places);
        columns.extend(places.iter().zip(&excerpt.places).map(|(place, moved)| Column {
            path: path.clone(),
            drawn: excerpt.position(moved),
            right: lines.position(place.start),
        }));
        let annotations: Vec<_> = marks
            .into_iter()
            .zip(excerpt.places)
            .map(|(mark, place)| mark.kind.span(place).label(mark.label.map(printable)))
            .collect();
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line);
        group = group.element(snippet.path(path.clone()).annotations(annotations));
    }
    group
}

/// Marks shown in one excerpt, with their byte ranges.
type Together<'d> = (Vec<Mark<'d>>, Vec<Range<usize>>);

fn together<'d>(marks: Vec<Mark<'d>>, lines: &Lines<'_>) -> Vec<Together<'d>> {
    let mut all: Vec<Together<'d>> = Vec::new();
    for mark in marks.into_iter().take(MARKS) {
        let place = on_one_line(lines, mark.span.range());
        match all.iter_mut().find(|(_, places)| are_together(lines, &places[0], &place)) {
            Some((marks, places)) => {
                marks.push(mark);
                places.push(place);
            }
            None => all.push((vec![mark], vec![place])),
        }
    }
    all
}

/// A column as drawn, relative to the excerpt of a line, and the real one.
struct Column {
    path: String,
    drawn: Position,
    right: Position,
}

/// Corrects the columns of cut lines, which follow the file name.
fn with_right_columns(text: String, columns: &[Column]) -> String {
    if columns.iter().all(|it| it.drawn == it.right) {
        return text;
    }
    let written = |path: &str, place: Position| format!("{path}:{}:{}", place.line, place.column);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for Column { path, drawn, right } in columns {
        let drawn = written(path, *drawn);
        let is_it = |line: &&mut String| line.trim_end_matches(UNSTYLED).ends_with(&drawn);
        if let Some(line) = lines.iter_mut().skip(1).find(is_it) {
            *line = line.replace(&drawn, &written(path, *right));
        }
    }
    lines.join("\n")
}

/// The byte range to underline: inside the text, and only the first line of a range of several.
fn on_one_line(lines: &Lines<'_>, place: Range<usize>) -> Range<usize> {
    let is_past_end = place.start >= lines.text().len() && lines.text().ends_with('\n');
    let place = if is_past_end { before_last_break(lines) } else { place };
    let (start, end) = (lines.floor(place.start), lines.floor(place.end));
    let stretch = &lines.text()[start..end.max(start)];
    let line = stretch.split(['\n', '\r']).next().unwrap_or_default();
    start..start + line.len()
}

/// The end of the last line that is not empty: an empty one would show nothing.
fn before_last_break(lines: &Lines<'_>) -> Range<usize> {
    let end = lines.text().trim_end_matches(['\r', '\n']).len();
    let line = lines.position(end).line;
    lines.line(line).end..lines.line(line).end
}

#[cfg(test)]
mod tests;
