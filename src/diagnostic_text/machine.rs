//! Diagnostics for programs: JSON for editors and the browser, annotations for GitHub.

use crate::diagnostic::{Diagnostic, Severity};
use crate::diagnostic_text::Sources;
use crate::span::{Position, Span};
use serde_json::{Map, Value, json};

/// How many characters of a long line are included on either side of a mistake.
const TOLD: usize = 120;

/// One diagnostic as JSON, without unknown fields. Lines and columns count from 1, columns in
/// characters. `source` is the line; if that is long, the part around the position, and
/// `source_column` is the column at which that part starts. Texts are not escaped: they must not be
/// shown as markup.
pub fn to_json(diagnostic: &Diagnostic, sources: &Sources<'_>) -> Value {
    let mut object = Map::new();
    object.insert("code".into(), diagnostic.code.into());
    object.insert("severity".into(), diagnostic.severity.word().into());
    object.insert("message".into(), diagnostic.message.clone().into());
    if let Some(span) = &diagnostic.at {
        object.extend(place(span, sources));
        object.extend(source(span, sources));
    }
    let texts = [("label", &diagnostic.label), ("help", &diagnostic.help)];
    for (key, text) in texts {
        object.extend(text.clone().map(|text| (key.to_owned(), text.into())));
    }
    let related = diagnostic.related.iter().map(|(span, text)| {
        let mut related = place(span, sources);
        related.insert("label".into(), text.clone().into());
        Value::Object(related)
    });
    object.insert("related".into(), related.collect());
    Value::Object(object)
}

/// The start and the end of a range; `None` for a file as a whole, or one without a text.
fn ends(span: &Span, sources: &Sources<'_>) -> Option<(Position, Position)> {
    let lines = sources.lines(&span.file).filter(|_| span.range() != (0..0))?;
    Some((lines.position(span.start), lines.position(span.end)))
}

fn place(span: &Span, sources: &Sources<'_>) -> Map<String, Value> {
    let mut place = Map::new();
    place.insert("file".into(), span.file.as_str().into());
    if let Some((start, end)) = ends(span, sources) {
        place.insert("line".into(), json!(start.line));
        place.insert("column".into(), json!(start.column));
        place.insert("end_line".into(), json!(end.line));
        place.insert("end_column".into(), json!(end.column));
    }
    place
}

/// The line in which a range starts, or the part of it that is included.
fn source(span: &Span, sources: &Sources<'_>) -> Map<String, Value> {
    let mut source = Map::new();
    let Some((start, _)) = ends(span, sources) else { return source };
    let Some(lines) = sources.lines(&span.file) else { return source };
    let line = lines.line(start.line);
    let text = lines.text();
    if line.len() <= 2 * TOLD {
        source.insert("source".into(), text[line].into());
        return source;
    }
    let at = lines.floor(span.start).min(line.end);
    let before = text[line.start..at].char_indices().rev().take(TOLD);
    let (count, begin) = before.fold((0, at - line.start), |(count, _), (at, _)| (count + 1, at));
    let end = text[at..line.end].char_indices().nth(TOLD).map_or(line.end, |(end, _)| at + end);
    source.insert("source".into(), text[line.start + begin..end].into());
    source.insert("source_column".into(), json!(start.column - count));
    source
}

/// One diagnostic as a workflow command for GitHub Actions, which shows it at its line.
pub fn to_github(diagnostic: &Diagnostic, sources: &Sources<'_>) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(span) = &diagnostic.at {
        properties.push(format!("file={}", property(span.file.as_str())));
        if let Some((start, end)) = ends(span, sources) {
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // GitHub accepts columns only within one line.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
    }
    properties.push(format!("title={}", property(diagnostic.code)));
    let help = diagnostic.help.iter().map(|help| format!("\nhelp: {help}"));
    let text: String = std::iter::once(diagnostic.message.clone()).chain(help).collect();
    format!("::{word} {}::{}", properties.join(","), data(&text))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
