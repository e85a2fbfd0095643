//! What is wrong, where it stands, and what to write instead. The program's only error type.

use crate::path::SitePath;
use crate::span::Span;
use std::collections::BTreeMap;
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
            message: bounded(message.into()),
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

    /// A failure of the machine. Every one names its path.
    pub fn io(doing: &str, path: &Path, err: &std::io::Error) -> Diagnostic {
        Diagnostic::error("io", format!("{doing} `{}`: {}", path.display(), reason(err)))
    }

    /// A file of the author's that was saved while it was being read or copied.
    pub fn changed_while_read(path: &Path) -> Diagnostic {
        let message = format!("`{}` changed while it was being read", path.display());
        Diagnostic::error("changed-while-read", message).help("build again when it is complete")
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
        self.label = Some(bounded(label.into()));
        self
    }

    /// Adds what to do.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(bounded(help.into()));
        self
    }

    /// Adds what to do, if anything is known.
    pub fn help_opt(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.map(bounded);
        self
    }

    /// Adds a second place.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push((span, bounded(text.into())));
        self
    }
}

/// The longest text of a diagnostic, in characters: whatever it quotes, a thousand of them are read
/// and kept.
const LONGEST: usize = 800;

/// A text as long as may be, its middle left out where it is longer.
fn bounded(text: String) -> String {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return text;
    }
    let begin: String = text.chars().take(LONGEST * 3 / 4).collect();
    let mut end: Vec<char> = text.chars().rev().take(LONGEST / 4).collect();
    end.reverse();
    begin + " … " + &String::from_iter(end)
}

/// How many mistakes of a kind are told of one file before the others are only counted.
const TOLD: usize = 100;

/// How many more of the kind of a diagnostic there are in its file than were told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The first that was not told.
    pub first: Diagnostic,
    /// How many.
    pub count: usize,
}

impl Rest {
    /// As a diagnostic of its own, at the first that was not told.
    pub fn diagnostic(&self) -> Diagnostic {
        let Rest { first, count } = self;
        let message = match count {
            1 => "one more mistake of this kind in this file".to_owned(),
            _ => format!("{count} more mistakes of this kind in this file"),
        };
        Diagnostic { severity: first.severity, ..Diagnostic::error(first.code, message) }
            .at_opt(first.at.clone())
            .label("the first of them")
            .help("`--message-format json` lists them all")
    }
}

/// Every diagnostic of a build.
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

    /// In the order of files and places, each once. In whatever order they were found: what is equal
    /// in all of this is one diagnostic.
    pub fn sorted(mut self) -> Report {
        fn key(it: &Diagnostic) -> impl Ord {
            let place = (&it.at, it.severity, it.code, &it.message);
            (place, &it.label, &it.related, &it.help)
        }
        self.diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
        self.diagnostics.dedup();
        self
    }

    /// What people are told: of each kind the first hundred in each file, and how many are left.
    pub fn abridged(&self) -> (Vec<&Diagnostic>, Vec<Rest>) {
        let mut counts: BTreeMap<(Option<&SitePath>, &str, Severity), usize> = BTreeMap::new();
        let mut firsts: Vec<(&Diagnostic, _)> = Vec::new();
        let mut told = Vec::new();
        for diagnostic in &self.diagnostics {
            let file = diagnostic.at.as_ref().map(|at| &at.file);
            let kind = (file, diagnostic.code, diagnostic.severity);
            let count = counts.entry(kind).or_default();
            *count += 1;
            match *count {
                1..=TOLD => told.push(diagnostic),
                _ if *count == TOLD + 1 => firsts.push((diagnostic, kind)),
                _ => {}
            }
        }
        let rest = firsts.into_iter().map(|(first, kind)| Rest {
            first: first.clone(),
            count: counts.get(&kind).map_or(0, |count| count - TOLD),
        });
        (told, rest.collect())
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
    fn of_a_kind_the_first_hundred_are_told_and_the_others_counted() {
        let file = |name: &str| SitePath::new(name).expect("a path");
        let at = |code, place: usize, name: &str| {
            Diagnostic::warning(code, "x").at(Span::new(&file(name), place..place + 1))
        };
        let many = (0..250).map(|place| at("many", place, "a.md"));
        let report: Report = many.chain([at("few", 7, "a.md"), at("many", 1, "b.md")]).collect();
        let (told, rest) = report.abridged();
        assert_eq!((told.len(), rest.len()), (102, 1));
        assert_eq!((rest[0].count, &rest[0].first), (150, &at("many", 100, "a.md")));
        assert!(rest[0].diagnostic().message.starts_with("150 more"));
    }

    #[test]
    fn no_text_is_longer_than_can_be_read() {
        let word = "é".repeat(10_000);
        let it = Diagnostic::error("e", format!("`{word}` is odd")).help(&word).label(&word);
        assert!(it.message.chars().count() < 900 && it.message.ends_with("é` is odd"));
        assert!([it.help, it.label].iter().flatten().all(|text| text.chars().count() < 900));
        assert_eq!(Diagnostic::error("e", "é".repeat(LONGEST)).message, "é".repeat(LONGEST));
    }

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
