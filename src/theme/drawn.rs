//! What a template of a drawing must not say, since nobody would see it: drawings become pixels without
//! a browser, by a program that passes over what it does not know.

use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::span::Span;

/// What is passed over, and what to write instead. The first that stands at a place is told.
const PASSED_OVER: [(&str, &str); 22] = [
    ("var(", "write the value itself, or print it: `{{ … }}`"),
    ("oklch(", "print the colour: `{{ oklch(l=0.6, c=0.1, h=250) }}`"),
    ("oklab(", COLOUR),
    ("lch(", COLOUR),
    ("lab(", COLOUR),
    ("color-mix(", COLOUR),
    ("color(", COLOUR),
    ("light-dark(", COLOUR),
    ("calc(", "let the template compute: `{{ 2 * width }}`"),
    ("clamp(", "let the template compute: `{{ 2 * width }}`"),
    ("@media", STYLE),
    ("@supports", STYLE),
    ("@layer", STYLE),
    ("@import", STYLE),
    (":root", STYLE),
    (":not(", STYLE),
    (":nth-child(", STYLE),
    ("text-transform", "write the text as it is meant to stand: `{{ name | upper }}`"),
    ("direction=\"rtl\"", "mirror the coordinates and write `text-anchor=\"end\"`"),
    ("<foreignObject", "write `<text>`, with `fit(…)` for lines that break"),
    ("<animate", "a picture does not move: leave it out"),
    ("<script", "a picture runs nothing: leave it out"),
];

const COLOUR: &str = "write it as `#rrggbb`, with `fill-opacity` for what shines through";
const STYLE: &str = "write what is meant as attributes of the elements";

/// Reports, at their places, what of a template is not drawn. Icons are shown by browsers too, so that
/// they may ask for the reader's colours.
pub(super) fn report(file: &SitePath, text: &str, report: &mut Report) {
    let markup = markup(text);
    let is_icon = file.file_name() == "icon.svg";
    let mut told = 0;
    for (at, _) in markup.char_indices() {
        if at < told {
            continue;
        }
        let rest = &markup[at..];
        let is_word = markup[..at].ends_with(|it: char| it.is_alphanumeric() || it == '-');
        let is_there = |what: &str| {
            rest.starts_with(what) && !(is_word && what.starts_with(char::is_alphabetic))
        };
        let known = PASSED_OVER.iter().find(|(what, _)| is_there(what));
        let known = known.map(|(what, help)| ((*what).to_owned(), what.len(), *help));
        let Some((what, length, help)) = known.or_else(|| rem(rest, is_word)) else { continue };
        if is_icon && help == STYLE {
            continue;
        }
        let shown = if what.ends_with('(') { format!("{what})") } else { what };
        report.push(
            Diagnostic::warning(
                "not-drawn",
                format!("`{shown}` is passed over where this is drawn"),
            )
            .at(Span::new(file, at..at + length))
            .help(help),
        );
        told = at + length;
    }
}

/// A length in `rem`.
fn rem(rest: &str, is_word: bool) -> Option<(String, usize, &'static str)> {
    let digits = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
    let is_rem = digits > 0 && !is_word && rest[digits..].starts_with("rem");
    let ends = !rest.get(digits + 3..)?.starts_with(|it: char| it.is_alphanumeric());
    (is_rem && ends).then(|| {
        (
            rest[..digits + 3].to_owned(),
            digits + 3,
            "write the number alone, in units of the drawing",
        )
    })
}

/// The text with what the template itself computes, and comments, blanked out: as many bytes as before.
fn markup(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    let mut rest = text;
    let blocks = [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<!--", "-->")];
    while let Some((at, end)) = blocks
        .iter()
        .filter_map(|(open, close)| Some((rest.find(open)?, *close)))
        .min_by_key(|(at, _)| *at)
    {
        markup.push_str(&rest[..at]);
        let length = rest[at..].find(end).map_or(rest.len() - at, |it| it + end.len());
        markup.extend(std::iter::repeat_n(' ', length));
        rest = &rest[at + length..];
    }
    markup + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, text: &str) -> Vec<String> {
        let mut found = Report::default();
        report(&SitePath::new(name).unwrap(), text, &mut found);
        let place = |it: &Diagnostic| text[it.at.as_ref().unwrap().range()].to_owned();
        found.iter().map(place).collect()
    }

    #[test]
    fn what_nobody_would_see_is_told_at_its_place() {
        let text = "{{ oklch(l=1, c=0, h=0) }}<!-- var(--x) --><g fill=\"var(--x)\" style=\"fill:oklch(.5 .1 20);\
                    width:calc(1px + 2px);font-size:1.5rem;text-transform:uppercase\"/>\
                    <style>@media print{a:not(b){}}</style>é";
        let expected = ["var(", "oklch(", "calc(", "1.5rem", "text-transform", "@media", ":not("];
        assert_eq!(told("templates/card.svg", text), expected);
        assert_eq!(told("templates/icon.svg", "<style>@media print{}</style>"), [""; 0]);
        assert_eq!(
            told("templates/card.svg", "<text>remember 3 remarks, a variable</text>"),
            [""; 0]
        );
    }
}
