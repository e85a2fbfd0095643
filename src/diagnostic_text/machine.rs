//! Diagnostics for machines: JSON for editors and the browser, annotations for GitHub.

use crate::diagnostic::{Diagnostic, Severity};
use crate::path::SitePath;
use crate::span::{Position, Span};
use serde_json::{Map, Value, json};

/// One diagnostic as JSON; without what is not known. Lines and columns count from 1, columns in
/// characters. Texts are as they were written: whoever shows them must not read them as markup.
pub fn to_json<'a>(
    diagnostic: &Diagnostic,
    source: impl Fn(&SitePath) -> Option<&'a str>,
) -> Value {
    let mut object = Map::new();
    object.insert("code".into(), diagnostic.code.into());
    object.insert("severity".into(), diagnostic.severity.word().into());
    object.insert("message".into(), diagnostic.message.clone().into());
    if let Some(span) = &diagnostic.at {
        let text = source(&span.file);
        object.extend(place(span, text));
        let line = text.filter(|_| span.range() != (0..0)).map(|text| line_of(text, span.start));
        object.extend(line.map(|line| ("source".to_owned(), line.into())));
    }
    let texts = [("label", &diagnostic.label), ("help", &diagnostic.help)];
    for (key, text) in texts {
        object.extend(text.clone().map(|text| (key.to_owned(), text.into())));
    }
    let related = diagnostic.related.iter().map(|(span, text)| {
        let mut related = place(span, source(&span.file));
        related.insert("label".into(), text.clone().into());
        Value::Object(related)
    });
    object.insert("related".into(), related.collect());
    Value::Object(object)
}

fn place(span: &Span, text: Option<&str>) -> Map<String, Value> {
    let mut place = Map::new();
    place.insert("file".into(), span.file.as_str().into());
    if let Some(text) = text.filter(|_| span.range() != (0..0)) {
        let (start, end) = (Position::of(text, span.start), Position::of(text, span.end));
        place.insert("line".into(), json!(start.line));
        place.insert("column".into(), json!(start.column));
        place.insert("end_line".into(), json!(end.line));
        place.insert("end_column".into(), json!(end.column));
    }
    place
}

/// The line in which a byte stands, without its break.
fn line_of(text: &str, offset: usize) -> &str {
    let line = Position::of(text, offset).line;
    text.lines().nth(line - 1).unwrap_or_default()
}

/// One diagnostic as a workflow command of GitHub Actions, which shows it at its line.
pub fn to_github<'a>(
    diagnostic: &Diagnostic,
    source: impl Fn(&SitePath) -> Option<&'a str>,
) -> String {
    let word = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(span) = &diagnostic.at {
        properties.push(format!("file={}", property(span.file.as_str())));
        if let Some(text) = source(&span.file).filter(|_| span.range() != (0..0)) {
            let (start, end) = (Position::of(text, span.start), Position::of(text, span.end));
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // GitHub takes columns only within one line.
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
