//! Diagnostics: what is wrong, where, and what to write instead. The program's only error type.

use crate::path::SitePath;
use crate::span::Span;
use std::collections::BTreeMap;
use std::path::Path;

/// `Result` with the program's only error type.
pub type Result<T> = std::result::Result<T, Diagnostic>;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// The site is published anyway; an error under `--strict`.
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

/// One mistake. Texts are in lower case, quote the author's words in back-ticks and have no final
/// full stop: `message` says what is wrong, `help` what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the build.
    pub severity: Severity,
    /// A stable code for the kind of mistake: `unknown-class`.
    pub code: &'static str,
    /// What is wrong: there is no class called `wizzard`
    pub message: String,
    /// The source position, if the mistake is in a file of the site.
    pub at: Option<Span>,
    /// Text next to the underline: not in the ruleset
    pub label: Option<String>,
    /// Related positions, each with a text: first written here
    pub related: Vec<(Span, String)>,
    /// What to do about it: did you mean `wizard`?
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

    /// A mistake that does not stop the build.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// An I/O error; its message always names the path.
    pub fn io(doing: &str, path: &Path, err: &std::io::Error) -> Diagnostic {
        Diagnostic::error("io", format!("{doing} `{}`: {}", path.display(), reason(err)))
    }

    /// The diagnostic for a file that the author saved while it was being read or copied.
    pub fn changed_while_read(path: &Path) -> Diagnostic {
        let message = format!("`{}` changed while it was being read", path.display());
        Diagnostic::error("changed-while-read", message).help("build again when it is complete")
    }

    /// Sets the source position.
    pub fn at(mut self, span: Span) -> Diagnostic {
        self.at = Some(span);
        self
    }

    /// Sets the source position, if it is known.
    pub fn at_opt(mut self, span: Option<Span>) -> Diagnostic {
        self.at = span;
        self
    }

    /// Sets the source position to a whole file.
    pub fn in_file(self, file: &SitePath) -> Diagnostic {
        self.at(Span::file(file))
    }

    /// Sets the text next to the underline.
    pub fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(bounded(label.into()));
        self
    }

    /// Sets the help.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(bounded(help.into()));
        self
    }

    /// Sets the help, if there is any.
    pub fn help_opt(mut self, help: Option<String>) -> Diagnostic {
        self.help = help.map(bounded);
        self
    }

    /// Adds a related position.
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related.push((span, bounded(text.into())));
        self
    }
}

/// The maximum length of a text in a diagnostic, in characters: it may quote anything, and a
/// thousand diagnostics must stay readable and fit in memory.
const LONGEST: usize = 800;

/// Limits the length of a text by cutting out its middle.
fn bounded(text: String) -> String {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return text;
    }
    let begin: String = text.chars().take(LONGEST * 3 / 4).collect();
    let mut end: Vec<char> = text.chars().rev().take(LONGEST / 4).collect();
    end.reverse();
    begin + " … " + &String::from_iter(end)
}

/// How many diagnostics of a kind are shown for one file before the rest are only counted.
const TOLD: usize = 100;

/// The number of further diagnostics of the same kind in the same file that are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// The first one not shown.
    pub first: Diagnostic,
    /// Their number.
    pub count: usize,
}

impl Rest {
    /// A diagnostic that gives the number, at the position of the first one not shown.
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
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds the diagnostics of another report.
    pub fn extend(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// The value; an error is added to the report instead.
    pub fn ok<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|diagnostic| self.push(diagnostic)).ok()
    }

    /// Whether there is any error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    /// Whether there are no diagnostics.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The number of diagnostics of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|it| it.severity == severity).count()
    }

    /// Turns every warning into an error (`--strict`).
    pub fn strict(mut self) -> Report {
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = Severity::Error;
        }
        self
    }

    /// Sorted by file and position, without duplicates, so that the result does not depend on the
    /// order in which mistakes were found.
    pub fn sorted(mut self) -> Report {
        fn key(it: &Diagnostic) -> impl Ord {
            let place = (&it.at, it.severity, it.code, &it.message);
            (place, &it.label, &it.related, &it.help)
        }
        self.diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
        self.diagnostics.dedup();
        self
    }

    /// What people are shown: the first hundred of each kind in each file, and the number of the
    /// rest.
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

    /// All diagnostics.
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

/// The system's message in our style: `permission denied` for `Permission denied (os error 13)`.
pub fn reason(err: &std::io::Error) -> String {
    let text = err.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `did you mean …?` with the most similar known word, if it is similar enough.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|word| format!("did you mean `{word}`?"))
}

/// The maximum length of the words that are compared, in characters.
const COMPARED: usize = 64;

/// The maximum number of known words that are compared: a site may have tens of thousands, and as
/// many mistakes.
const CANDIDATES: usize = 5_000;

/// The known word with the smallest edit distance (ignoring case), if it is similar enough.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut room = ['\0'; COMPARED];
    let written = lower(written, &mut room).to_vec();
    let near = |word: &'a str| {
        let length = word.chars().count();
        let most = (length / 3).clamp(1, 3);
        // Lower-casing may lengthen a word by a character or two.
        if length.min(COMPARED).abs_diff(written.len()) > most + 2 {
            return None;
        }
        let distance = edit_distance(&written, lower(word, &mut room), most)?;
        Some((distance, word))
    };
    known.into_iter().take(CANDIDATES).filter_map(near).min().map(|(_, word)| word)
}

/// The first characters of a word in lower case, as many as are compared.
fn lower<'r>(word: &str, room: &'r mut [char; COMPARED]) -> &'r [char] {
    let mut count = 0;
    let mut put = |letter: char| {
        if let Some(place) = room.get_mut(count) {
            *place = letter;
            count += 1;
        }
    };
    for letter in word.chars().take(COMPARED) {
        // Most letters are ASCII, which needs no table.
        match letter.is_ascii() {
            true => put(letter.to_ascii_lowercase()),
            false => letter.to_lowercase().for_each(&mut put),
        }
    }
    &room[..count]
}

/// The Damerau-Levenshtein distance (optimal string alignment), if it is at most `most`. It is
/// computed for thousands of words, so it allocates nothing.
fn edit_distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let (a, b) = without_common_ends(a, b);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before = [0_u8; COMPARED + 1];
    let mut row: [u8; COMPARED + 1] = std::array::from_fn(|index| index as u8);
    for i in 1..=a.len() {
        let mut next = [i as u8; COMPARED + 1];
        for j in 1..=b.len() {
            let substitution = row[j - 1] + u8::from(a[i - 1] != b[j - 1]);
            next[j] = substitution.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        // A transposition uses the row before the last; once both rows exceed `most`, all later
        // ones do.
        let least = next[..=b.len()].iter().chain(&row[..=b.len()]).min();
        if least.is_some_and(|least| usize::from(*least) > most) {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    Some(usize::from(row[b.len()])).filter(|distance| *distance <= most)
}

/// Two words without their common prefix and suffix, which do not affect the distance.
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
