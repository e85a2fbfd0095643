//! Features that drawing templates cannot use: drawings are rasterised without a browser, by a
//! renderer that ignores what it does not support.

use super::layers::Layered;
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Ignored features, and what to write instead. If several match at a position, the first is
/// reported.
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

/// A template, or a component in it.
#[derive(Clone)]
struct Part<'a> {
    file: &'a SitePath,
    text: &'a str,
    range: Range<usize>,
    /// Whether it is only used for icons. Browsers show these too, so they may use media queries
    /// for the reader's colour scheme.
    is_of_icon: bool,
}

/// Reports the parts of a theme's drawings that would not be drawn, and those of the components
/// they use, with their source positions. Template names have the form `layer/name`; `order` lists
/// the layers, nearest first.
pub(super) fn check(templates: &BTreeMap<String, Layered>, order: &[String], report: &mut Report) {
    let parts = || {
        let of_layer = |layer: &String| templates.range(format!("{layer}/")..format!("{layer}0"));
        order.iter().flat_map(of_layer).filter_map(|(_, layered)| {
            let text = layered.file.text()?;
            let (file, is_of_icon) = (&layered.source, layered.source.file_name() == "icon.svg");
            Some(Part { file, text, range: 0..text.len(), is_of_icon })
        })
    };
    let mut components = BTreeMap::new();
    for (name, part) in parts().flat_map(|part| components_of(&part)) {
        components.entry(name).or_insert(part);
    }
    let mut open: Vec<Part<'_>> = parts().filter(|it| it.file.extension() == "svg").collect();
    // Drawings other than icons are checked first, because fewer features are allowed in them.
    open.sort_by_key(|part| !part.is_of_icon);
    while let Some(part) = open.pop() {
        tell(&part, report);
        // Each component is removed when it is first used, so that it is reported once.
        let components = asked_for(&part).into_iter().filter_map(|name| components.remove(name));
        open.extend(components.map(|it| Part { is_of_icon: part.is_of_icon, ..it }));
    }
}

/// The components that a template defines.
fn components_of<'a>(part: &Part<'a>) -> Vec<(&'a str, Part<'a>)> {
    let component = |(at, _): (usize, &str)| {
        let (word, rest) = part.text[at..].trim_start_matches(CODE).split_once(' ')?;
        let (name, _) = rest.split_once('(').filter(|_| word == "component")?;
        let end = part.text[at..].find("endcomponent").map_or(part.text.len(), |it| at + it);
        Some((name.trim(), Part { range: at..end, ..part.clone() }))
    };
    part.text.match_indices("{%").filter_map(component).collect()
}

/// The names of the components that a template calls: `{{ <mark size={4} /> }}`.
fn asked_for<'a>(part: &Part<'a>) -> Vec<&'a str> {
    let text = &part.text[part.range.clone()];
    let calls = ["{{", "{%"].into_iter().flat_map(|open| text.match_indices(open));
    let name = |(at, _): (usize, &str)| {
        let name = text[at..].trim_start_matches(CODE).strip_prefix('<')?;
        name.split(|it: char| !it.is_alphanumeric() && it != '_').next()
    };
    calls.filter_map(name).collect()
}

/// Characters that template code may start with.
const CODE: [char; 6] = ['{', '%', '-', ' ', '\n', '\t'];

/// Reports the parts that would not be drawn.
fn tell(part: &Part<'_>, report: &mut Report) {
    let Part { file, text, range, is_of_icon } = part;
    let markup = markup(text);
    let mut told = 0;
    for (at, _) in markup.char_indices().filter(|(at, _)| range.contains(at)) {
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
        if *is_of_icon && help == STYLE {
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

/// The text with template code and comments replaced by spaces, of the same length in bytes.
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
    use crate::source::snapshot::File;

    /// The reports for these templates (nearest layer first), with their files.
    fn told(templates: &[(&str, &str)]) -> Vec<(String, String)> {
        let layered = |(name, text): &(&str, &str)| {
            let (source, file) = (SitePath::new(*name).unwrap(), File::held(text.as_bytes()));
            ((*name).to_owned(), Layered { source, file })
        };
        let sources: BTreeMap<String, Layered> = templates.iter().map(layered).collect();
        let mut found = Report::default();
        check(&sources, &["near".to_owned(), "far".to_owned()], &mut found);
        let place = |it: &Diagnostic| {
            let at = it.at.as_ref().unwrap();
            let text = sources[at.file.as_str()].file.text().unwrap();
            (at.file.to_string(), text[at.range()].to_owned())
        };
        found.iter().map(place).collect()
    }

    #[test]
    fn what_nobody_would_see_is_told_at_its_place() {
        let text = "{{ oklch(l=1, c=0, h=0) }}<!-- var(--x) --><g fill=\"var(--x)\" style=\"fill:oklch(.5 .1 20);\
                    width:calc(1px + 2px);font-size:1.5rem;text-transform:uppercase\"/>\
                    <style>@media print{a:not(b){}}</style>é";
        let expected = ["var(", "oklch(", "calc(", "1.5rem", "text-transform", "@media", ":not("];
        let words: Vec<String> =
            told(&[("near/card.svg", text)]).into_iter().map(|(_, word)| word).collect();
        assert_eq!(words, expected);
        assert_eq!(told(&[("near/icon.svg", "<style>@media print{}</style>")]), []);
        assert_eq!(told(&[("near/card.svg", "<text>remember 3 remarks, a variable</text>")]), []);
    }

    #[test]
    fn components_of_drawings_are_looked_at_and_others_are_not() {
        let components = "{% component inner() %}<g fill=\"var(--a)\"/>{% endcomponent %}\
            {%- component page() -%}<g fill=\"calc(1px)\"/>{% endcomponent %}";
        let outer = "{% component outer(x: integer = 1) %}{{ <inner /> }}@layer{% endcomponent %}";
        let found = told(&[
            ("far/card.svg", "{{ <outer x={2} /> }}{{ <unknown /> }}"),
            ("far/components/outer.html", "{% component outer() %}@import{% endcomponent %}"),
            ("near/components/outer.html", outer),
            ("near/components/more.html", components),
            ("near/icon.svg", "{%- <mark>%}x{% </mark> %}{{ <outer /> }}"),
            ("near/components/mark.html", "{% component mark() %}@media{% endcomponent %}"),
        ]);
        let told =
            [("near/components/outer.html", "@layer"), ("near/components/more.html", "var(")];
        assert_eq!(found, told.map(|(file, word)| (file.to_owned(), word.to_owned())));
    }
}
