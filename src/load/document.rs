//! Reads a file as text, as YAML, or as Markdown with front matter.

use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::source::json;
use crate::source::snapshot::Snapshot;
use crate::source::yaml::{self, Node};
use crate::span::{Markdown, Span};
use std::ops::Range;

/// The text of a file. Invalid UTF-8 is reported; a missing file is not.
pub fn text<'a>(
    snapshot: &'a Snapshot,
    path: &str,
    report: &mut Report,
) -> Option<(&'a SitePath, &'a str)> {
    let (path, file) = snapshot.entry(path)?;
    let text = file.text();
    if text.is_none() {
        let diagnostic = Diagnostic::error("not-utf8", format!("`{path}` is not written in UTF-8"))
            .in_file(path)
            .help("save it as UTF-8 in your editor");
        report.push(diagnostic);
    }
    Some((path, text?))
}

/// A YAML or JSON file.
pub fn yaml<'a>(
    snapshot: &'a Snapshot,
    path: &str,
    report: &mut Report,
) -> Option<(&'a SitePath, Node)> {
    let (path, text) = text(snapshot, path, report)?;
    let node = match path.extension() {
        "json" => json::parse(path, text, report)?,
        _ => yaml::parse(path, text, 0, report)?,
    };
    Some((path, node))
}

/// A Markdown file: its front matter (null if there is none) and its body.
pub fn markdown<'a>(
    snapshot: &'a Snapshot,
    path: &str,
    report: &mut Report,
) -> Option<(&'a SitePath, Node, Markdown)> {
    let (path, text) = text(snapshot, path, report)?;
    let (front, body) = report.ok(split(path, text))?;
    let node = yaml::parse(path, &text[front.clone()], front.start, report)?;
    let body = Markdown {
        text: text[body.clone()].to_owned(),
        origin: Some(Span::new(path, body)),
        verbatim: true,
    };
    Some((path, node, body))
}

/// The byte ranges of the front matter and the body.
fn split(path: &SitePath, text: &str) -> Result<(Range<usize>, Range<usize>), Diagnostic> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[start..].split_inclusive('\n');
    let fence = lines.next().unwrap_or_default();
    let opening = start..start + fence.trim_end().len();
    if fence.trim_end() == "+++" {
        return Err(Diagnostic::error("front-matter", "the front matter is TOML, not YAML")
            .at(Span::new(path, opening))
            .help("replace `+++` with `---`, and write `key: value` instead of `key = value`"));
    }
    if fence.trim_end() != "---" {
        return Ok((start..start, start..text.len()));
    }
    let front = start + fence.len();
    let mut end = front;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Ok((front..end, end + line.len()..text.len()));
        }
        end += line.len();
    }
    Err(Diagnostic::error("front-matter", "the front matter is not closed")
        .at(Span::new(path, opening))
        .help("write `---` on a line of its own after it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, &str)> {
        let path = SitePath::new("a.md").unwrap();
        split(&path, text).ok().map(|(front, body)| (&text[front], &text[body]))
    }

    #[test]
    fn front_matter_stands_between_two_fences() {
        assert_eq!(parts("---\na: 1\n---\nbody\n"), Some(("a: 1\n", "body\n")));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nb"), Some(("a: 1\r\n", "b")));
        assert_eq!(parts("---\n---"), Some(("", "")));
        assert_eq!(parts("body\n---\nmore"), Some(("", "body\n---\nmore")));
        assert_eq!(parts(""), Some(("", "")));
        assert_eq!(parts("---\na: 1\n"), None);
        assert_eq!(parts("+++\na = 1\n+++\n"), None);
    }

    #[test]
    fn other_encodings_are_said() {
        let files: [(&str, &[u8]); 1] = [("site.yaml", b"title: Gr\xfc\xdfe\n")];
        let snapshot = Snapshot::of_files(jiff::civil::date(2026, 3, 1), files);
        let mut report = Report::default();
        assert!(yaml(&snapshot, "site.yaml", &mut report).is_none());
        assert_eq!(report.iter().map(|it| it.code).collect::<Vec<_>>(), ["not-utf8"]);
        assert!(yaml(&snapshot, "rules.yaml", &mut report).is_none());
        assert_eq!(report.iter().count(), 1);
    }
}
