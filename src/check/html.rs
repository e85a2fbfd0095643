//! Parses a page's HTML for its links and for the ids that links can point to.

use std::collections::BTreeSet;

/// A page as `check` sees it.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub ids: BTreeSet<String>,
    pub repeated_ids: BTreeSet<String>,
    pub links: BTreeSet<Link>,
    pub without_alt: BTreeSet<String>,
}

/// A link or another reference of a page.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Link {
    pub target: String,
    /// Whether a browser fetches it without a click.
    pub is_request: bool,
}

/// Whether an address is on another host, or is not one that can be fetched.
pub(crate) fn is_foreign(target: &str) -> bool {
    let scheme = target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    });
    scheme || target.starts_with("//")
}

/// Parses the tags of a page; scripts, styles and comments are skipped.
pub(crate) fn read(html: &str) -> Page {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let (tag, after) = tag(rest);
        rest = after;
        let Some(tag) = tag else { continue };
        note(&tag, &mut page);
        if matches!(tag.name.as_str(), "script" | "style" | "textarea" | "title") {
            rest = behind_text(rest, &tag.name);
        }
    }
    page
}

/// The rest after the end tag (in any case) of an element that contains only text.
fn behind_text<'a>(html: &'a str, name: &str) -> &'a str {
    let is_end = |at: &usize| {
        html.get(at + 2..at + 2 + name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    let end = html.match_indices("</").map(|(at, _)| at).find(is_end);
    end.map_or("", |end| &html[end..])
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// The start tag at the start of `html`, if there is one, and the rest after it.
fn tag(html: &str) -> (Option<Tag>, &str) {
    let inner = &html[1..];
    let length =
        inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
    if length == 0 {
        return (None, inner);
    }
    let mut tag = Tag { name: inner[..length].to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &inner[length..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (Some(tag), rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (Some(tag), after);
        }
        let (attribute, after) = attribute(rest);
        tag.attributes.push(attribute);
        rest = after;
    }
}

fn attribute(text: &str) -> ((String, String), &str) {
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
        .map_or(text.len(), |(at, _)| at);
    let name = text[..end].to_ascii_lowercase();
    let Some(value) = text[end..].trim_start().strip_prefix('=') else {
        return ((name, String::new()), &text[end..]);
    };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let end = quoted.find(quote).unwrap_or(quoted.len());
            let after = quoted.get(end + 1..).unwrap_or_default();
            return ((name, unescaped(&quoted[..end])), after);
        }
    }
    let end = value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len());
    ((name, unescaped(&value[..end])), &value[end..])
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

fn note(tag: &Tag, page: &mut Page) {
    if let Some(id) = tag.get("id")
        && !page.ids.insert(id.to_owned())
    {
        page.repeated_ids.insert(id.to_owned());
    }
    let request = tag.name != "a" && tag.name != "area";
    let loads = tag.name != "link" || loads_by_itself(tag.get("rel").unwrap_or_default());
    let is_page_link = tag.name != "link" || tag.get("rel").is_none_or(|rel| rel != "canonical");
    for name in ["href", "src", "poster"] {
        if let Some(target) = tag.get(name).filter(|_| is_page_link && tag.name != "use") {
            let is_request = request && loads;
            page.links.insert(Link { target: target.to_owned(), is_request });
        }
    }
    for candidate in tag.get("srcset").into_iter().flat_map(|set| set.split(',')) {
        if let Some(target) = candidate.split_whitespace().next() {
            page.links.insert(Link { target: target.to_owned(), is_request: true });
        }
    }
    if tag.name == "img" && tag.get("alt").is_none() {
        page.without_alt.insert(tag.get("src").unwrap_or_default().to_owned());
    }
}

fn loads_by_itself(rel: &str) -> bool {
    rel.split_whitespace()
        .any(|word| matches!(word, "stylesheet" | "preload" | "icon" | "modulepreload"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn targets(html: &str) -> Vec<String> {
        read(html).links.into_iter().map(|link| link.target).collect()
    }

    #[test]
    fn odd_html_is_read_as_browsers_do() {
        for (html, wanted) in [
            ("<A HREF=/a>", "/a"),
            ("<a\n\thref = '/a'>", "/a"),
            ("<a/href=/a>", "/a"),
            ("<a title='>' href=/a>", "/a"),
            ("<a =x href=/a>", "/a"),
            ("<a x href=\"/a", "/a"),
            ("<< <a href=/a>", "/a"),
            ("<script><a href=/b></SCRIPT ><a href=/a>", "/a"),
            ("<title><a href=/b></title><a href=/a>", "/a"),
            ("<!----><a href=/a>", "/a"),
            ("<é><a href=/a>", "/a"),
            ("<a é=é href=/a>", "/a"),
        ] {
            assert_eq!(targets(html), [wanted], "{html}");
        }
        for html in [
            "<script><a href=/b>",
            "<!-- <a href=/b>",
            "<",
            "</a href=/b>",
            "<a",
            "<a href",
            "<a href=",
        ] {
            let found = targets(html);
            assert!(found.is_empty() || found == [""], "{html}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn any_html_is_read(html in "([<>/=\"' a-bé-]|<a |href=|</script|<script|<!--|-->|\\PC){0,60}") {
            read(&html);
        }
    }

    #[test]
    fn references_and_ids_are_read_off() {
        let page = read(
            "<!-- <a href=no> --><a id=x href='/a?b&amp;c#d'>1 < 2</a><img src=\"/p.png\" srcset=\"/q.png 2x\">\
             <script>\"<a href='no'>\"</script><p id=x><link rel=icon href=//h/i>",
        );
        let targets: Vec<&str> = page.links.iter().map(|link| link.target.as_str()).collect();
        assert_eq!(targets, ["//h/i", "/a?b&c#d", "/p.png", "/q.png"]);
        assert!(page.repeated_ids.contains("x"));
        assert!(page.without_alt.contains("/p.png"));
        assert!(is_foreign("mailto:a@b") && is_foreign("//h") && !is_foreign("/a:b"));
    }
}
