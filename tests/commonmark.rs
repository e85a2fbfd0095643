//! The examples of CommonMark 0.31.2 and of GitHub's extensions.
//!
//! An example passes when `render_plain` (the parser, the autolinks, the footnotes and the writer
//! of every page, with HTML trusted, links unchecked and none of the site's own markup) gives its
//! HTML **byte for byte**, after both sides are normalised where HTML allows several spellings: the
//! attributes of a tag are sorted, and `<br />` has no slash. Nothing else is normalised.

use questfolio::render::markdown::{Dialect, render_plain};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Example {
    example: u32,
    section: String,
    markdown: String,
    html: String,
}

fn examples(json: &str) -> Vec<Example> {
    serde_json::from_str(json).expect("the fixture is JSON")
}

/// The numbers of the examples that fail, with the expected and the actual HTML.
fn failures(examples: &[Example], dialect: Dialect) -> BTreeMap<u32, String> {
    let mut failures = BTreeMap::new();
    for Example { example, markdown, html, .. } in examples {
        let ours = one_spelling(&render_plain(markdown, dialect));
        let theirs = one_spelling(html);
        // GitHub's marker for "anything, as long as it does not crash".
        if ours != theirs && html != "<IGNORE>\n" {
            failures.insert(*example, format!("{markdown:?}\n  want {theirs:?}\n  have {ours:?}"));
        }
    }
    failures
}

/// Sorts the attributes of every tag and removes the slash of `<br />`.
fn one_spelling(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        out.push_str(&one_tag(&rest[..end]));
        rest = &rest[end..];
    }
    out + rest
}

fn one_tag(tag: &str) -> String {
    let is_element = tag[1..].starts_with(|it: char| it.is_ascii_alphabetic());
    let inside = tag.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
    let (true, Some(inside)) = (is_element && !tag.contains('\n'), inside) else {
        return tag.to_owned();
    };
    let inside = inside.strip_suffix('/').unwrap_or(inside).trim_end();
    let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
    let mut attributes: Vec<&str> = attributes.split_inclusive("\" ").map(str::trim).collect();
    attributes.sort_unstable();
    format!("<{name} {}>", attributes.join(" "))
}

/// All examples pass except the listed ones, each with its reason.
fn check(examples: &[Example], dialect: Dialect, passed: usize, listed: &[(u32, &str)]) {
    let failures = failures(examples, dialect);
    let listed: Vec<u32> = listed.iter().map(|(example, _)| *example).collect();
    let new: Vec<&str> =
        failures.iter().filter(|it| !listed.contains(it.0)).map(|it| it.1.as_str()).collect();
    assert!(new.is_empty(), "{} fail:\n{}", new.len(), new.join("\n"));
    let mended: Vec<&u32> = listed.iter().filter(|it| !failures.contains_key(it)).collect();
    assert!(mended.is_empty(), "{mended:?} pass now: take them off the list");
    assert_eq!(examples.len() - failures.len(), passed);
}

const BARE: &str = "holds a bare address, which GitHub links and CommonMark does not";
const FILTER: &str = "GitHub filters some tags; HTML that the site trusts passes as it stands";

#[test]
fn commonmark_passes_whole() {
    let examples = examples(include_str!("fixtures/commonmark/spec.json"));
    check(&examples, Dialect::CommonMark, 652, &[]);
}

#[test]
fn commonmark_as_pages_are_read() {
    let examples = examples(include_str!("fixtures/commonmark/spec.json"));
    let listed = [(602, BARE), (606, BARE), (608, BARE), (611, BARE), (612, BARE)];
    check(&examples, Dialect::GitHub, 647, &listed);
}

#[test]
fn github_extensions() {
    let mut examples = examples(include_str!("fixtures/commonmark/gfm.json"));
    examples.retain(|it| it.section.ends_with("(extension)"));
    check(&examples, Dialect::GitHub, 23, &[(653, FILTER)]);
}

#[test]
fn github_extension_tests() {
    let examples = examples(include_str!("fixtures/commonmark/gfm-extensions.json"));
    check(&examples, Dialect::GitHub, 27, &[(22, FILTER)]);
}
