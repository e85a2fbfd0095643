//! Finds headings, lists and frames without contents, which make a page look unfinished.

/// Elements that must contain a text or a picture.
const MUST_HOLD: [&str; 25] = [
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "th",
    "section",
    "article",
    "aside",
    "nav",
    "a",
    "button",
    "summary",
    "legend",
    "figure",
    "figcaption",
    "blockquote",
    "p",
];

/// Classes of frames, on any element.
const FRAMES: [&str; 7] = ["panel", "card", "pitch", "prose", "book", "cards", "wall"];

const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "input", "source"];

struct Open<'a> {
    name: &'a str,
    tag: &'a str,
    /// A text or a picture was found in it; for a section, other than in its headings.
    is_filled: bool,
    /// Hidden from assistive technology: decoration may have no text.
    is_hidden: bool,
}

/// Every element of a page that should have contents but has none.
pub fn empty(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        fill(&mut open, rest[..start].chars().any(|it| !it.is_whitespace()));
        rest = &rest[start + 1..];
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let Some(closed) = open.pop().filter(|it| it.name == name) else { continue };
            let is_empty = !closed.is_filled && !closed.is_hidden && must_hold(&closed);
            found.extend(is_empty.then(|| format!("<{}> holds nothing", closed.tag)));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        if name == "script" {
            rest = rest.split_once("</script>").map_or("", |it| it.1);
            continue;
        }
        if ["img", "input", "use"].contains(&name) {
            fill(&mut open, true);
        }
        if tag.ends_with('/') || VOID.contains(&name) {
            continue;
        }
        let is_hidden = tag.contains("aria-hidden=\"true\"");
        // Authors may leave elements empty in their own texts.
        let is_written = |it: &Open<'_>| it.tag.contains("prose");
        let is_hidden = is_hidden || open.last().is_some_and(|it| it.is_hidden || is_written(it));
        open.push(Open { name, tag, is_filled: false, is_hidden });
    }
    found
}

/// A heading fills itself but not the section it belongs to. Headings of entries count as contents.
fn fill(open: &mut [Open<'_>], is_something: bool) {
    if !is_something {
        return;
    }
    let heading = open.iter().position(|it| ["h1", "h2"].contains(&it.name));
    let from = heading.unwrap_or(0);
    for it in &mut open[from..] {
        it.is_filled = true;
    }
    if heading.is_some() {
        for it in
            open[..from].iter_mut().filter(|it| !["section", "article", "aside"].contains(&it.name))
        {
            it.is_filled = true;
        }
    }
}

fn must_hold(element: &Open<'_>) -> bool {
    let classes = element.tag.split("class=\"").nth(1).and_then(|it| it.split('"').next());
    let mut classes = classes.unwrap_or_default().split(' ');
    MUST_HOLD.contains(&element.name) || classes.any(|it| FRAMES.contains(&it))
}

#[test]
fn what_is_empty_is_seen() {
    for page in [
        "<h2> </h2>",
        "<section><h2>A</h2></section>",
        "<ul></ul>",
        "<ul><li> </li></ul>",
        "<div class=\"wrap panel\"><span></span></div>",
        "<dl><div><dt>A</dt><dd></dd></div></dl>",
        "<p><a href=\"/\"></a>x</p>",
    ] {
        assert_eq!(empty(page).len().min(1), 1, "{page}");
    }
    for page in [
        "<section><h2>A</h2><p>b</p></section>",
        "<div class=\"xp\"><i></i></div>",
        "<p aria-hidden=\"true\"></p>",
        "<a href=\"/\"><img src=\"/a\" alt=\"A\"></a>",
        "<ul><li><svg><use href=\"#_a\"/></svg></li></ul>",
    ] {
        assert_eq!(empty(page), [""; 0], "{page}");
    }
}
