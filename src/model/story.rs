//! How a person is introduced: a pitch short enough for the cover, the rest as the summary, and one
//! line for search engines.

use crate::model::grammar::Shape;
use crate::model::plain::{plain, shortened};
use crate::model::profile::Profile;
use crate::model::sheet::{ClassLine, Level, Prose};
use crate::model::wording::Wording;
use crate::span::{Markdown, Span};

/// Characters that fit on the cover; slightly more if that avoids a short remainder.
const PITCH: usize = 220;
const WHOLE: usize = 280;
/// Characters of a description that search engines show.
const DESCRIPTION: usize = 160;

/// Pitch and summary. A short summary is the pitch; of a longer one, the first sentences are the
/// pitch, and the rest opens the section "Summary", before the backstory. A text that cannot be cut
/// without parsing its Markdown (a list, a table, an open emphasis) stays whole, in the section.
pub fn introduce(profile: &Profile) -> (Option<Prose>, Option<Prose>) {
    let written = |text: &Option<Markdown>| text.clone().filter(|it| !it.text.trim().is_empty());
    let (summary, about) = (written(&profile.summary), written(&profile.about));
    let (pitch, rest) = match summary {
        None => (None, None),
        Some(summary) => match cut(&summary.text) {
            0 => (None, Some(summary)),
            end if summary.text[end..].trim().is_empty() => (Some(summary), None),
            end => (Some(part(&summary, 0, end)), Some(part(&summary, end, summary.text.len()))),
        },
    };
    let section = match (rest, about) {
        (Some(rest), Some(about)) => Some(joined(&rest, &about)),
        (rest, about) => rest.or(about),
    };
    (pitch.map(Prose::new), section.map(Prose::new))
}

/// The byte offset at which the cover's part ends: after the last sentence of the first paragraph
/// that fits.
fn cut(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let body = text.trim();
    let first = body.find("\n\n").map_or(body, |end| &body[..end]);
    if !is_paragraph(first) || text.contains("]:") || text.contains("[^") {
        return 0;
    }
    if first.len() == body.len() && body.chars().nth(WHOLE).is_none() {
        return text.len();
    }
    let fits = |end: &usize| first[..*end].chars().count() <= PITCH && is_closed(&first[..*end]);
    // A character has at most four bytes, so a sentence that ends later cannot fit.
    let ends = sentence_ends(first).take_while(|end| *end <= PITCH * 4);
    ends.filter(fits).last().map_or(0, |end| start + end)
}

/// Whether the text is not a heading, list, quotation, table, code or HTML. A single line never is
/// one.
fn is_paragraph(text: &str) -> bool {
    let plain_line = |line: &str| {
        let bare = line.trim_start();
        let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = numbered.len() < bare.len() && numbered.starts_with(['.', ')']);
        let indented = line.starts_with("    ") || line.starts_with('\t');
        !indented
            && !is_number
            && !bare.starts_with(['#', '-', '+', '>', '|', '<', '=', '~'])
            && !bare.starts_with("* ")
            && !bare.starts_with("```")
    };
    Shape::Field.is_line(text) || text.lines().all(plain_line)
}

fn sentence_ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    let inner = text.char_indices().filter_map(|(at, character)| {
        let end = at + character.len_utf8();
        let after = &text[end..];
        let ends = match character {
            '.' | '!' | '?' | '\u{2026}' => after.starts_with(char::is_whitespace),
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' => true,
            _ => false,
        };
        let next = || after.trim_start().chars().next();
        (ends && next().is_some_and(|next| !next.is_lowercase())).then_some(end)
    });
    inner.chain([text.trim_end().len()])
}

/// Whether all emphasis, code and links are closed.
fn is_closed(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    let even = ['*', '_', '`', '~'].into_iter().all(|mark| count(mark) % 2 == 0);
    even && count('[') == count(']') && count('(') == count(')') && count('<') == count('>')
}

/// A part of a text, trimmed, with its source position if that can be determined.
fn part(whole: &Markdown, start: usize, end: usize) -> Markdown {
    let stretch = &whole.text[start..end];
    let start = start + (stretch.len() - stretch.trim_start().len());
    let text = stretch.trim();
    Markdown {
        text: text.to_owned(),
        origin: whole.span(start..start + text.len()),
        verbatim: whole.verbatim,
    }
}

/// Two texts joined. The source position is that of the whole first text.
fn joined(one: &Markdown, other: &Markdown) -> Markdown {
    let origin: Option<Span> = one.origin.clone().or_else(|| other.origin.clone());
    Markdown { text: format!("{}\n\n{}", one.text.trim_end(), other.text), origin, verbatim: false }
}

/// One line of plain text, at most 160 characters: the summary, or else a line made from the sheet.
pub fn description(
    profile: &Profile,
    class: &ClassLine,
    level: &Level,
    wording: &Wording,
) -> String {
    let texts = [&profile.summary, &profile.about].into_iter().flatten();
    let words = texts.map(|text| plain(&text.text, Shape::Field)).find(|text| !text.is_empty());
    let fallback = || {
        let name = wording.joined([&profile.name].into_iter().chain(&profile.label));
        let level = level.number.to_string();
        let values = [("name", name.as_str()), ("level", &level), ("class", &class.text)];
        wording.sheet_description.fill(&values)
    };
    let words = words.unwrap_or_else(fallback);
    let fits = |end: &usize| words[..*end].chars().count() <= DESCRIPTION;
    let ends = sentence_ends(&words).take_while(|end| *end <= DESCRIPTION * 4);
    match ends.filter(fits).last().filter(|end| *end * 2 > DESCRIPTION || *end == words.len()) {
        Some(end) => words[..end].to_owned(),
        None => shortened(&words, DESCRIPTION),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;
    use crate::path::SitePath;

    fn introduced(summary: &str, about: &str) -> (String, String) {
        let text = |text: &str| Some(Markdown::new(text));
        let profile = Profile { summary: text(summary), about: text(about), ..Profile::default() };
        let (pitch, section) = introduce(&profile);
        let words = |prose: Option<Prose>| prose.map(|it| it.source.text).unwrap_or_default();
        (words(pitch), words(section))
    }

    #[test]
    fn a_short_summary_is_the_pitch() {
        assert_eq!(introduced("I make slow things fast.", ""), {
            ("I make slow things fast.".to_owned(), String::new())
        });
        assert_eq!(introduced("Short.", "Long ago …").1, "Long ago …");
        assert_eq!(introduced("", ""), (String::new(), String::new()));
    }

    #[test]
    fn a_long_one_is_cut_between_sentences() {
        let first = "I make slow things fast, e.g. storage.";
        let long = "And then there is a great deal more to say about it. ".repeat(5);
        let (pitch, section) = introduced(&format!("{first} {long}"), "The backstory.");
        assert!(pitch.starts_with(first) && pitch.ends_with("it.") && pitch.chars().count() <= 220);
        assert!(section.starts_with("And then") && section.ends_with("\n\nThe backstory."));
        assert_eq!(introduced(&format!("\n\n{first}\n\n{long}"), "").0, first);
        let (whole, nothing) = introduced(&"Just a little too long. ".repeat(11), "");
        assert_eq!((whole.chars().count(), nothing.as_str()), (264, ""));
    }

    #[test]
    fn what_cannot_be_cut_stays_whole() {
        let long = "word ".repeat(60);
        for whole in [
            format!("- one\n- two\n\n{long}"),
            format!("**Bold. {long}** end."),
            format!("See [it][1]. {long}\n\n[1]: https://example.org"),
            format!("1. {long}"),
            long.clone(),
        ] {
            assert_eq!(introduced(&whole, ""), (String::new(), whole.clone()), "{whole}");
        }
    }

    #[test]
    fn parts_know_where_they_stand() {
        let file = SitePath::new("content/profile.md").unwrap();
        let text = format!("One. {}", "Two more words. ".repeat(20));
        let origin = Some(Span::new(&file, 100..100 + text.len()));
        let summary = Some(Markdown { text: text.clone(), origin, verbatim: true });
        let (pitch, section) = introduce(&Profile { summary, ..Profile::default() });
        let (pitch, section) = (pitch.unwrap().source, section.unwrap().source);
        for part in [&pitch, &section] {
            let range = part.origin.as_ref().unwrap().range();
            assert_eq!(text[range.start - 100..range.end - 100], part.text);
        }
    }

    #[test]
    fn a_description_is_one_short_line() {
        let profile =
            Profile { summary: Some(Markdown::new("**Fast**.\n\nVery.")), ..Profile::default() };
        let (class, level) = (ClassLine::default(), Level::default());
        assert_eq!(description(&profile, &class, &level, &sample::wording()), "Fast. Very.");
        let sentences = "Slow things are made fast in this house, and then they stay fast. ";
        let summary = Some(Markdown::new(sentences.repeat(9)));
        let profile = Profile { summary, ..Profile::default() };
        assert_eq!(
            description(&profile, &class, &level, &sample::wording()),
            sentences.repeat(2).trim()
        );
        let profile = Profile { name: "Ada".repeat(80), ..Profile::default() };
        assert!(description(&profile, &class, &level, &sample::wording()).chars().count() <= 160);
    }
}
