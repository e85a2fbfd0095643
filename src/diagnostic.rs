//! What is wrong, where it stands, and what to write instead. The program's only error type.

use crate::path::SitePath;
use crate::span::Span;
use std::path::Path;

/// `Result` with the program's only error.
pub type Result<T> = std::result::Result<T, Diagnostic>;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published all the same; an error under `--strict`.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing that is wrong. Texts are lower case, name what was written in back-ticks and end
/// without a full stop: what is wrong in `message`, what to do about it in `help`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the build.
    pub severity: Severity,
    /// A stable name for the kind of mistake: `unknown-class`.
    pub code: &'static str,
    /// there is no class called `wizzard`
    pub message: String,
    /// Where it stands, if it stands anywhere in the site.
    pub at: Option<Span>,
    /// Beside the underline: not in the ruleset
    pub label: Option<String>,
    /// Other places that belong to it, each with its text: first written here
    pub related: Vec<(Span, String)>,
    /// did you mean `wizard`?
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake that stops the build.
    pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            at: None,
            label: None,
            related: Vec::new(),
            help: None,
        }
    }

    /// A mistake that does not.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// A failure of the machine. There is no way to say one without its path.
    pub fn io(doing: &str, path: &Path, err: &std::io::Error) -> Diagnostic {
        Diagnostic::error("io", format!("{doing} `{}`: {}", path.display(), reason(err)))
    }

    /// Adds the place.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.at = Some(span);
        self
    }

    /// Adds the place, if it is known.
    pub fn at_opt(mut self, span: Option<Span>) -> Diagnostic {
        self.at = span;
        self
    }

    /// Adds the file as a whole as the place.
    pub fn in_file(self, file: &SitePath) -> Diagnostic {
        self.at(Span::file(file))
    }

    /// Adds the text beside the underline.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do, if anything is known.
    pub fn help_opt(mut self, help: Option<String>) -> Diagnostic {
        self.help = help;
        self
    }

    /// Adds a second place.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push((span, text.into()));
        self
    }
}

/// Everything found wrong, gathered along the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds another report's.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// The value, or its diagnostic added.
    pub fn ok<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// Whether anything stops the build.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// How many there are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// Makes every warning an error (`--strict`).
    pub fn strict(mut self) -> Report {
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = Severity::Error;
        }
        self
    }

    /// In the order of files and places, each once.
    pub fn sorted(mut self) -> Report {
        self.diagnostics.sort_by(|a, b| {
            (&a.at, a.severity, a.code, &a.message).cmp(&(&b.at, b.severity, b.code, &b.message))
        });
        self.diagnostics.dedup();
        self
    }

    /// One after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.diagnostics.iter()
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<Diagnostic> for Report {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(iter: T) -> Report {
        Report { diagnostics: iter.into_iter().collect() }
    }
}

/// What the system said, in our manner: `permission denied` for `Permission denied (os error 13)`.
pub fn reason(err: &std::io::Error) -> String {
    let text = err.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `did you mean …?` for the nearest known word, if one is near enough to be meant.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|word| format!("did you mean `{word}`?"))
}

/// How many characters of two words are compared.
const COMPARED: usize = 64;

/// How many known words are looked at: a site may name tens of thousands, and be wrong as often.
const CANDIDATES: usize = 5_000;

/// The known word with the least edit distance (case aside), if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.to_lowercase().chars().take(COMPARED).collect();
    let near = |word: &'a str| {
        let most = (word.chars().count() / 3).clamp(1, 3);
        let length = word.chars().count().min(COMPARED);
        // Lower case may lengthen a word by a character or two.
        let near = length.abs_diff(written.len()) <= most + 2;
        let distance = near.then(|| edit_distance(&written, word, most)).flatten()?;
        Some((distance, word))
    };
    known.into_iter().take(CANDIDATES).filter_map(near).min().map(|(_, word)| word)
}

/// Damerau-Levenshtein distance in its optimal-string-alignment form, if it is at most `most`.
fn edit_distance(a: &[char], b: &str, most: usize) -> Option<usize> {
    let b: Vec<char> = b.to_lowercase().chars().take(COMPARED).collect();
    let (a, b) = without_common_ends(a, &b);
    let mut before = vec![0; b.len() + 1];
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let substitution = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            next[j] = substitution.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        // A transposition reaches back two rows; what is too far in both stays too far.
        if next.iter().chain(&row).all(|distance| *distance > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    Some(row[b.len()]).filter(|distance| *distance <= most)
}

/// Two words without what they begin and end with alike: it costs nothing.
fn without_common_ends<'a>(a: &'a [char], b: &'a [char]) -> (&'a [char], &'a [char]) {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_suggested_only_when_near() {
        let known = ["level", "since", "axis"];
        assert_eq!(nearest("levle", known), Some("level"));
        assert_eq!(nearest("Axis", known), Some("axis"));
        assert_eq!(nearest("banana", known), None);
        assert_eq!(nearest("elvel", known), Some("level"));
        assert_eq!(nearest("", ["a", "abc"]), Some("a"));
        assert_eq!(nearest("name", ["date", "badge"]), None);
        assert_eq!(nearest("/skills/rust/", ["/skills/haskell/"]), None);
    }
}
