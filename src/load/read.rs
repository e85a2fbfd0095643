//! Typed reading of one YAML value: the value, or a message that says what to write instead.

use crate::diagnostic::{Diagnostic, Report, Severity, did_you_mean};
use crate::load::dates;
use crate::model::date::DateOrText;
use crate::model::publish_time::DateOrTime;
use crate::model::url;
use crate::path::SitePath;
use crate::source::yaml::{Key, Node, NodeKind};
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// The maximum length of a text field, in characters; longer texts belong in a Markdown file.
const MAX_TEXT: usize = 10_000;

/// Reads values of one file. Every method takes the name of the value, for messages.
pub struct Reader<'a> {
    /// The file that contains the values.
    pub file: &'a SitePath,
    /// The report that mistakes are added to.
    pub report: &'a mut Report,
}

impl<'a> Reader<'a> {
    /// A reader for values of `file`.
    pub fn new(file: &'a SitePath, report: &'a mut Report) -> Reader<'a> {
        Reader { file, report }
    }

    /// The source position of a value.
    pub fn span(&self, node: &Node) -> Span {
        Span::new(self.file, node.at.clone())
    }

    /// The source position of a key.
    pub fn key_span(&self, key: &Key) -> Span {
        Span::new(self.file, key.at.clone())
    }

    /// A text. Numbers and booleans must be quoted if a text is meant: `1.10`, `07`, `true`.
    pub fn text(&mut self, name: &str, node: &Node) -> Option<String> {
        let NodeKind::Scalar { text, plain, .. } = &node.kind else {
            self.wrong_kind(name, "a text", node, None);
            return None;
        };
        if *plain && (is_number(text) || node.as_bool().is_some() || node.is_null()) {
            let help = format!("put it in quotes: `\"{text}\"`");
            let diagnostic = wrong_kind(&format!("`{name}`"), "a text", node).help(help);
            let diagnostic = diagnostic.at(self.span(node));
            if !self.is_lenient() || node.is_null() {
                self.report.push(diagnostic);
                return None;
            }
            let label = format!("understood as \"{text}\"");
            self.report.push(Diagnostic { severity: Severity::Warning, ..diagnostic }.label(label));
        }
        if text.chars().count() > MAX_TEXT {
            let message = format!("`{name}` is longer than {MAX_TEXT} characters");
            let diagnostic = Diagnostic::error("text-too-long", message)
                .at(self.span(node))
                .help("shorten it, or put it in a Markdown file");
            self.report.push(diagnostic);
            return None;
        }
        Some(text.clone())
    }

    /// A whole number within a range.
    pub fn integer(&mut self, name: &str, node: &Node, range: RangeInclusive<i64>) -> Option<i64> {
        let Some(value) = node.as_integer() else {
            let text = node.as_str().unwrap_or_default();
            let digits = text.trim_start_matches('0');
            let sound = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let help = match sound {
                true if node.plain().is_none() => Some(format!("remove the quotes: `{text}`")),
                true if digits.len() < text.len() => Some(format!("write `{digits}`")),
                _ => None,
            };
            self.wrong_kind(name, "a whole number", node, help);
            return None;
        };
        if !range.contains(&value) {
            self.out_of_range(name, node, &range);
            return None;
        }
        Some(value)
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &str, node: &Node) -> Option<bool> {
        if let Some(flag) = node.as_bool() {
            return Some(flag);
        }
        let help = match node.as_str().map(str::to_lowercase).as_deref() {
            Some("yes" | "on" | "y" | "1" | "true") => "write `true`",
            Some("no" | "off" | "n" | "0" | "false") => "write `false`",
            _ => "write `true` or `false`",
        };
        self.wrong_kind(name, "`true` or `false`", node, Some(help.into()));
        None
    }

    /// A full date: `2026-02-11`; for a time, the local date at its offset.
    pub fn date(&mut self, name: &str, node: &Node) -> Option<Date> {
        self.day(name, node).map(|written| written.date().earliest())
    }

    /// A full date, optionally with a time.
    pub fn day(&mut self, name: &str, node: &Node) -> Option<DateOrTime> {
        let Some(text) = node.as_str() else {
            self.wrong_kind(name, "a date", node, Some("for example, write `2014-06-29`".into()));
            return None;
        };
        let written = DateOrTime::parse(text);
        let date = written.map(DateOrTime::date);
        if date.is_some_and(|date| date.earliest() == date.latest()) {
            return written;
        }
        let message = match date {
            Some(date) => format!("`{name}` needs a full date, and `{date}` has no day"),
            None => format!("`{name}` is not a date: `{text}`"),
        };
        let diagnostic = Diagnostic::error("bad-date", message)
            .at(self.span(node))
            .help(dates::suggested_day(text));
        self.report.push(diagnostic);
        None
    }

    /// A year, a month or a full date: `2014`, `2014-06`, `2014-06-29`; for a time, its date.
    /// `None` if blank. The text of an invalid date is kept, so that it is not mistaken for a
    /// missing one. Another tool's résumé may use names of months.
    pub fn partial_date(&mut self, name: &str, node: &Node) -> Option<DateOrText> {
        let Some(text) = node.as_str().map(str::trim) else {
            let help = "write `2014`, `2014-06` or `2014-06-29`".to_owned();
            self.wrong_kind(name, "a date", node, Some(help));
            return Some(DateOrText::Text("?".to_owned()));
        };
        if text.is_empty() {
            return None;
        }
        if let Some(written) = DateOrTime::parse(text) {
            return Some(written.date().into());
        }
        let understood = dates::worded(text).filter(|_| self.is_lenient());
        self.not_a_date(name, node, understood.map(|date| date.to_string()));
        Some(understood.map_or_else(|| DateOrText::Text(text.to_owned()), DateOrText::from))
    }

    /// Like `partial_date`, for the end of an entry that may be ongoing. Another tool's résumé may
    /// use a word for that.
    pub fn end_date(&mut self, name: &str, node: &Node) -> Option<DateOrText> {
        let text = node.as_str().unwrap_or_default();
        if self.is_lenient() && dates::is_ongoing(text) {
            self.not_a_date(name, node, Some("present".to_owned()));
            return None;
        }
        self.partial_date(name, node)
    }

    fn not_a_date(&mut self, name: &str, node: &Node, understood: Option<String>) {
        let text = node.as_str().unwrap_or_default();
        let diagnostic =
            Diagnostic::error("bad-date", format!("`{name}` is not a date: `{}`", text.trim()))
                .at(self.span(node))
                .help(dates::suggestion(text));
        self.report.push(match understood {
            Some(what) => Diagnostic { severity: Severity::Warning, ..diagnostic }
                .label(format!("understood as {what}")),
            None => diagnostic,
        });
    }

    /// Whether the file may come from another tool: then unambiguous values are accepted in other
    /// forms too.
    fn is_lenient(&self) -> bool {
        self.file.extension() == "json"
    }

    /// An address: `https`, `http`, `mailto` or relative. `None` if blank.
    pub fn url(&mut self, name: &str, node: &Node) -> Option<String> {
        let text = self.text(name, node)?;
        if text.trim().is_empty() {
            return None;
        }
        if let Err(refusal) = url::check(&text) {
            let diagnostic = Diagnostic::error("bad-url", format!("`{name}` {}", refusal.what))
                .at(self.span(node))
                .help(refusal.help);
            self.report.push(diagnostic);
            return None;
        }
        if url::lacks_scheme(&text) {
            let message = format!("`{name}` has no `https://`, so it would point into this site");
            let diagnostic = Diagnostic::warning("url-without-scheme", message)
                .at(self.span(node))
                .help(format!("write `https://{text}`"));
            self.report.push(diagnostic);
        }
        Some(text)
    }

    /// A list of texts; a single text is a list of one. Blank ones are left out.
    pub fn texts(&mut self, name: &str, node: &Node) -> Vec<String> {
        let mut texts = self.each(node, |read, item| read.text(name, item));
        texts.retain(|text| !text.trim().is_empty());
        texts
    }

    /// Every item of a list, parsed by `read`; a single value is a list of one.
    pub fn each<T>(
        &mut self,
        node: &Node,
        mut read: impl FnMut(&mut Reader<'a>, &Node) -> Option<T>,
    ) -> Vec<T> {
        match &node.kind {
            NodeKind::List(items) => items.iter().filter_map(|item| read(self, item)).collect(),
            _ if node.is_null() => Vec::new(),
            _ => read(self, node).into_iter().collect(),
        }
    }

    /// The items of a list; a single value is not accepted.
    pub fn items<'n>(&mut self, name: &str, node: &'n Node) -> &'n [Node] {
        if node.as_list().is_none() && !node.is_null() {
            self.wrong_kind(name, "a list", node, Some("begin each item with `- `".into()));
        }
        node.as_list().unwrap_or_default()
    }

    /// The entries of a map whose keys are chosen by the author.
    pub fn entries<'n>(&mut self, name: &str, node: &'n Node) -> &'n [(Key, Node)] {
        if node.as_map().is_none() && !node.is_null() {
            self.wrong_kind(name, "a map", node, None);
        }
        node.as_map().unwrap_or_default()
    }

    /// One of the given words; case matters.
    pub fn word<T: Copy>(&mut self, name: &str, node: &Node, words: &[(&str, T)]) -> Option<T> {
        let known = || words.iter().map(|(word, _)| *word);
        let written = node.as_str().unwrap_or_default();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == written) {
            return Some(*meaning);
        }
        let all = known().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        if node.as_str().is_none() {
            self.wrong_kind(name, "a word", node, Some(format!("write one of {all}")));
            return None;
        }
        let diagnostic =
            Diagnostic::error("unknown-word", format!("`{name}` cannot be `{written}`"))
                .at(self.span(node))
                .help(did_you_mean(written, known()).unwrap_or(format!("write one of {all}")));
        self.report.push(diagnostic);
        None
    }

    /// Markdown with its source position.
    pub fn markdown(&mut self, name: &str, node: &Node) -> Option<Markdown> {
        let text = self.text(name, node)?;
        let text = text.trim_end();
        if text.trim().is_empty() {
            return None;
        }
        let verbatim = match node.kind {
            NodeKind::Scalar { verbatim, .. } => verbatim,
            _ => None,
        };
        let at = verbatim.map_or(node.at.clone(), |start| start..start + text.len());
        Some(Markdown {
            text: text.to_owned(),
            origin: Some(Span::new(self.file, at)),
            verbatim: verbatim.is_some(),
        })
    }

    /// Reports that the value is not of the `expected` kind.
    pub fn wrong_kind(&mut self, name: &str, expected: &str, node: &Node, help: Option<String>) {
        self.wrong_subject(&format!("`{name}`"), expected, node, help);
    }

    /// Like `wrong_kind`, for a value without a key of its own: `an entry of `log``.
    pub(super) fn wrong_subject(
        &mut self,
        subject: &str,
        expected: &str,
        node: &Node,
        help: Option<String>,
    ) {
        let diagnostic = wrong_kind(subject, expected, node).at(self.span(node)).help_opt(help);
        self.report.push(diagnostic);
    }

    fn out_of_range(&mut self, name: &str, node: &Node, range: &RangeInclusive<i64>) {
        let (least, most) = (range.start(), range.end());
        let written = node.as_str().unwrap_or_default();
        let diagnostic = Diagnostic::error("out-of-range", format!("`{name}` cannot be {written}"))
            .at(self.span(node))
            .help(match *most {
                i64::MAX => format!("write {least} or more"),
                _ => format!("write a whole number from {least} to {most}"),
            });
        self.report.push(diagnostic);
    }
}

fn wrong_kind(subject: &str, expected: &str, node: &Node) -> Diagnostic {
    let message = format!("{subject} must be {expected}, but this is {}", found(node));
    Diagnostic::error("wrong-kind", message)
}

/// The kind of a value, in words.
fn found(node: &Node) -> String {
    match &node.kind {
        NodeKind::Map(_) => "a map".into(),
        NodeKind::List(_) => "a list".into(),
        NodeKind::Scalar { .. } if node.is_null() => "nothing".into(),
        NodeKind::Scalar { text, plain: true, .. } if is_number(text) => {
            format!("the number `{text}`")
        }
        NodeKind::Scalar { text, .. } if node.as_bool().is_some() => format!("`{text}`"),
        NodeKind::Scalar { text, .. } => {
            let mut short: String = text.chars().take(40).collect();
            if short.len() < text.len() {
                short.push('…');
            }
            format!("the text `{}`", short.replace(['\n', '\r', '\t'], " "))
        }
    }
}

/// Whether YAML 1.2's core schema resolves the text to a number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_sound = exponent
        .map(|it| it.strip_prefix(['-', '+']).unwrap_or(it))
        .is_none_or(|it| !it.is_empty() && digits(it));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    exponent_sound
        && !(whole.is_empty() && fraction.is_empty())
        && digits(whole)
        && digits(fraction)
}
