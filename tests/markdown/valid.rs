//! A strict HTML reader that accepts only what the renderer may write. It refuses unknown elements,
//! attributes and schemes, unclosed tags, blocks inside inline elements, and duplicate ids.

use std::collections::BTreeSet;

const BLOCKS: [&str; 19] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "pre",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];
const LINES: [&str; 9] = ["a", "em", "strong", "del", "code", "span", "sup", "label", "input"];
const VOID: [&str; 4] = ["br", "hr", "img", "input"];
/// Elements with inline content.
const OF_LINE: [&str; 14] =
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "em", "strong", "del", "code", "span", "label"];
const ATTRIBUTES: [&str; 23] = [
    "href",
    "src",
    "alt",
    "title",
    "id",
    "class",
    "rel",
    "role",
    "aria-label",
    "tabindex",
    "start",
    "scope",
    "type",
    "disabled",
    "checked",
    "width",
    "height",
    "loading",
    "referrerpolicy",
    "lang",
    "dir",
    "srcset",
    "sizes",
];

/// The first problem of the HTML, if any.
pub fn check(html: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        check_text(&rest[..start])?;
        rest = &rest[start + 1..];
        let end = rest.find('>').ok_or("a tag without an end")?;
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        match tag.strip_prefix('/') {
            Some(name) if open.pop() == Some(name) => {}
            Some(name) => return Err(format!("</{name}> closes another element")),
            None => {
                let name = check_start(tag, &open, &mut ids)?;
                if !VOID.contains(&name) {
                    open.push(name);
                }
            }
        }
    }
    check_text(rest)?;
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} left open")) }
}

fn check_start<'a>(
    tag: &'a str,
    open: &[&str],
    ids: &mut BTreeSet<String>,
) -> Result<&'a str, String> {
    let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    check_nesting(name, open)?;
    let mut seen = BTreeSet::new();
    while !attributes.is_empty() {
        let end = attributes.find(['=', ' ']).unwrap_or(attributes.len());
        let (attribute, after) = attributes.split_at(end);
        if !ATTRIBUTES.contains(&attribute) || !seen.insert(attribute) {
            return Err(format!("the attribute {attribute:?} in <{tag}>"));
        }
        let Some(value) = after.strip_prefix("=\"") else {
            attributes = after.trim_start();
            continue;
        };
        let (value, after) = value.split_once('"').ok_or(format!("<{tag}> lacks a quote"))?;
        check_text(value)?;
        check_value(attribute, value, ids)?;
        attributes = after.strip_prefix(' ').unwrap_or(after);
        if !after.is_empty() && !after.starts_with(' ') {
            return Err(format!("{after:?} behind a value in <{tag}>"));
        }
    }
    Ok(name)
}

fn check_nesting(name: &str, open: &[&str]) -> Result<(), String> {
    let is_line = LINES.contains(&name) || VOID.contains(&name) && name != "hr";
    if !is_line && !BLOCKS.contains(&name) && name != "hr" {
        return Err(format!("the element <{name}>"));
    }
    let parent = open.last().copied().unwrap_or("body");
    if !is_line && OF_LINE.contains(&parent) {
        return Err(format!("<{name}> in <{parent}>"));
    }
    let is_right = match name {
        "li" => matches!(parent, "ul" | "ol"),
        "tr" => matches!(parent, "thead" | "tbody"),
        "th" | "td" => parent == "tr",
        "thead" | "tbody" => parent == "table",
        _ => !matches!(parent, "ul" | "ol" | "table" | "thead" | "tbody" | "tr"),
    };
    if !is_right || ["a", "label"].iter().any(|it| name == *it && open.contains(it)) {
        return Err(format!("<{name}> in {open:?}"));
    }
    Ok(())
}

fn check_value(attribute: &str, value: &str, ids: &mut BTreeSet<String>) -> Result<(), String> {
    match attribute {
        "href" | "src" => {
            let starts = ["https://", "http://", "mailto:", "/", "#"];
            let is_known = starts.iter().any(|start| value.starts_with(start));
            if !is_known || value.starts_with("//") || value.contains(['\\', ' ', '\n', '\t']) {
                return Err(format!("the address {value:?}"));
            }
        }
        "id" => {
            let is_ours = ["s-", "fn-", "fnref-"].iter().any(|start| value.starts_with(start));
            if !is_ours || value.contains(char::is_whitespace) || !ids.insert(value.to_owned()) {
                return Err(format!("the id {value:?}"));
            }
        }
        _ => {}
    }
    Ok(())
}

fn check_text(text: &str) -> Result<(), String> {
    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#x27;", "&#39;"];
    for (at, _) in text.match_indices('&') {
        if !known.iter().any(|entity| text[at..].starts_with(entity)) {
            return Err(format!("a bare & in {text:?}"));
        }
    }
    let is_bad = |it: char| it == '>' || it.is_control() && it != '\n' && it != '\t';
    match text.find(is_bad) {
        Some(at) => Err(format!("{:?} in {text:?}", &text[at..at + 1])),
        None => Ok(()),
    }
}

#[test]
fn the_reader_refuses_what_it_should() {
    for bad in [
        "<script>",
        "<p>",
        "</p>",
        "<p onclick=\"\"></p>",
        "<a href=\"javascript:x\"></a>",
        "<a href=\"//x\"></a>",
        "<p><p></p></p>",
        "<ul><p></p></ul>",
        "<a href=/ ></a>",
        "&lol;",
        "<p id=\"body\"></p>",
        "<p class=\"a\"id=\"s-b\"></p>",
        "\u{7}",
        "<p id=\"s-a\"></p><p id=\"s-a\"></p>",
        "<a href=\"#\"><em><a href=\"#\"></a></em></a>",
    ] {
        assert!(check(bad).is_err(), "{bad}");
    }
    assert_eq!(check("<p id=\"s-a\">b &amp; <a href=\"#s-a\">c</a><br>\n</p>\n"), Ok(()));
}
