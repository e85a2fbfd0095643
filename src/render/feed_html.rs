//! Converts a text's HTML for feeds, where it is shown without its page and its stylesheet, after a
//! sanitiser has removed whatever it does not know.
//!
//! The result is self-contained: text, lists, tables, pictures and links. It has no drawings,
//! `style`, `class` or `id`; every URL is absolute, and a link within the page points to the page.

use std::borrow::Cow;

/// Elements that are removed with their contents.
const DROPPED: [&str; 5] = ["script", "style", "svg", "template", "math"];

/// Elements that are removed but whose contents are kept.
const UNWRAPPED: [&str; 5] = ["details", "label", "picture", "source", "span"];

/// Attributes that are kept, in addition to those with a URL.
const KEPT: [&str; 17] = [
    "align", "alt", "cite", "colspan", "controls", "datetime", "dir", "height", "lang", "rel",
    "reversed", "rowspan", "scope", "start", "title", "type", "width",
];

/// Attributes that contain a URL.
const ADDRESSES: [&str; 3] = ["href", "poster", "src"];

/// The place where a text is published.
#[derive(Clone, Copy, Debug)]
pub struct PageUrl<'a> {
    /// `https://ada.example`, without a path.
    pub origin: &'a str,
    /// The absolute URL of its page, with a trailing slash.
    pub page: &'a str,
}

/// Converts the HTML of a page to that of a feed entry.
pub fn standing_alone(html: &str, place: PageUrl<'_>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    // The replacement for the end tag of each open element.
    let mut open: Vec<(String, &'static str)> = Vec::new();
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = Tag::read(rest) else {
            out.push_str("&lt;");
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if tag.is_end {
            if let Some(at) = open.iter().rposition(|(name, _)| *name == tag.name) {
                out.push_str(open.remove(at).1);
            } else if !UNWRAPPED.contains(&&*tag.name) {
                out.push_str(&format!("</{}>", tag.name));
            }
        } else if DROPPED.contains(&&*tag.name) || tag.has_class("anchor") {
            rest = if tag.is_closed { rest } else { after_end(rest, &tag.name) };
        } else {
            begin(&tag, place, &mut out, &mut open);
        }
    }
    out.push_str(rest);
    out
}

fn begin(
    tag: &Tag<'_>,
    place: PageUrl<'_>,
    out: &mut String,
    open: &mut Vec<(String, &'static str)>,
) {
    let replaced = match &*tag.name {
        "summary" => Some(("<p><strong>", "</strong></p>")),
        "div" if tag.has_class("alert") => Some(("<blockquote>", "</blockquote>")),
        "p" if tag.has_class("alert-title") => Some(("<p><strong>", "</strong></p>")),
        "div" if tag.has_class("table") => Some(("", "")),
        _ => None,
    };
    if let Some((start, end)) = replaced {
        out.push_str(start);
        open.push((tag.name.clone(), end));
    } else if tag.name == "input" {
        out.push(if tag.attribute("checked").is_some() { '\u{2611}' } else { '\u{2610}' });
    } else if !UNWRAPPED.contains(&&*tag.name) {
        // An element of the same name inside a replaced one keeps its own end tag.
        if open.iter().any(|(name, _)| *name == tag.name) {
            open.push((tag.name.clone(), own_end(&tag.name)));
        }
        tag.write(place, out);
    }
}

/// The end tags of elements that are replaced in some places.
fn own_end(name: &str) -> &'static str {
    match name {
        "div" => "</div>",
        "p" => "</p>",
        _ => "</summary>",
    }
}

/// The rest after the element with this name that has just started.
fn after_end<'a>(html: &'a str, name: &str) -> &'a str {
    let mut depth = 1usize;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let Some((tag, after)) = Tag::read(rest) else {
            rest = &rest[1..];
            continue;
        };
        rest = after;
        if tag.name == name && !tag.is_closed {
            depth = if tag.is_end { depth - 1 } else { depth + 1 };
        }
        if depth == 0 {
            return rest;
        }
    }
    ""
}

/// A tag: its name in lower case, and its attributes as written.
struct Tag<'a> {
    name: String,
    is_end: bool,
    is_closed: bool,
    attributes: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Tag<'a> {
    /// The tag at the start of `html`, and the rest after it; `None` if there is no complete tag.
    fn read(html: &'a str) -> Option<(Tag<'a>, &'a str)> {
        let inside = html.strip_prefix('<')?;
        let (is_end, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let length = inside.find(|it: char| it.is_whitespace() || matches!(it, '/' | '>'))?;
        let name = &inside[..length];
        if !name.starts_with(|it: char| it.is_ascii_alphabetic()) {
            return None;
        }
        let mut tag =
            Tag { name: name.to_ascii_lowercase(), is_end, is_closed: false, attributes: vec![] };
        let mut rest = &inside[length..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                return Some((tag, after));
            }
            if let Some(after) = rest.strip_prefix('/') {
                tag.is_closed = after.starts_with('>');
                rest = after;
                continue;
            }
            let end = rest.find(|it: char| it.is_whitespace() || matches!(it, '=' | '/' | '>'))?;
            let (name, after) = rest.split_at(end.max(1).min(rest.len()));
            rest = after.trim_start();
            let value = match rest.strip_prefix('=') {
                None => None,
                Some(after) => {
                    let (value, after) = value(after.trim_start())?;
                    rest = after;
                    Some(value)
                }
            };
            tag.attributes.push((name, value));
        }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|it| it.0.eq_ignore_ascii_case(name))?;
        Some(found.1.unwrap_or_default())
    }

    fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|it| it.split_whitespace().any(|it| it == class))
    }

    fn write(&self, place: PageUrl<'_>, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        if matches!(&*self.name, "td" | "th")
            && let Some(side) = ["left", "center", "right"].iter().find(|it| self.has_class(it))
        {
            out.push_str(&format!(" align=\"{side}\""));
        }
        for (name, value) in &self.attributes {
            let name = name.to_ascii_lowercase();
            let value = value.unwrap_or_default();
            let kept = match &*name {
                "srcset" => Cow::Owned(srcset(value, place)),
                address if ADDRESSES.contains(&address) => whole(value, place),
                other if KEPT.contains(&other) => Cow::Borrowed(value),
                _ => continue,
            };
            out.push_str(&format!(" {name}=\"{}\"", kept.replace('"', "&quot;")));
        }
        out.push('>');
    }
}

/// The value of an attribute, quoted or unquoted, and the rest after it.
fn value(html: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inside) = html.strip_prefix(quote) {
            return inside.split_once(quote);
        }
    }
    let end = html.find(|it: char| it.is_whitespace() || it == '>')?;
    Some(html.split_at(end))
}

/// An absolute URL for an address.
fn whole<'a>(address: &'a str, place: PageUrl<'_>) -> Cow<'a, str> {
    let PageUrl { origin, page } = place;
    let path = address.split(['/', '?', '#']).next().unwrap_or_default();
    if address.starts_with("//") || path.contains(':') {
        return Cow::Borrowed(address);
    }
    match address.starts_with('/') {
        true => Cow::Owned(format!("{origin}{address}")),
        false => Cow::Owned(format!("{page}{address}")),
    }
}

fn srcset(value: &str, place: PageUrl<'_>) -> String {
    let candidate = |it: &str| {
        let (address, width) = it.split_once(' ').unwrap_or((it, ""));
        format!("{} {width}", whole(address, place)).trim_end().to_owned()
    };
    value.split(", ").map(str::trim).map(candidate).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLACE: PageUrl<'_> =
        PageUrl { origin: "https://x.example", page: "https://x.example/posts/a/" };

    fn check(html: &str, alone: &str) {
        assert_eq!(standing_alone(html, PLACE), alone, "{html}");
    }

    #[test]
    fn addresses_are_whole() {
        check("<a href=\"/b/#c\">", "<a href=\"https://x.example/b/#c\">");
        check("<a href=\"#c\" id=\"d\">", "<a href=\"https://x.example/posts/a/#c\">");
        check("<a href='b?c'>", "<a href=\"https://x.example/posts/a/b?c\">");
        check("<a href=\"mailto:a@b.c\">", "<a href=\"mailto:a@b.c\">");
        check("<a href=\"https://e.org/a,/b\">", "<a href=\"https://e.org/a,/b\">");
        check(
            "<picture><source srcset=\"/c.avif 9w\"><img src=\"/a.jpg\" srcset=\"/a.jpg 1w, /b.jpg 2w\" style=\"x\"></picture>",
            "<img src=\"https://x.example/a.jpg\" srcset=\"https://x.example/a.jpg 1w, https://x.example/b.jpg 2w\">",
        );
    }

    #[test]
    fn what_needs_a_style_sheet_goes_or_is_said_in_html() {
        check("<svg><g><svg/></g><title>t</title></svg>after", "after");
        check("<h2 id=\"s-a\">A <a class=\"anchor\" href=\"#s-a\">\u{a7}</a></h2>", "<h2>A </h2>");
        check(
            "<details><summary>More</summary><p>x</p></details>",
            "<p><strong>More</strong></p><p>x</p>",
        );
        check(
            "<div class=\"table\" role=\"group\"><table><td class=\"right\">1</td></table></div>",
            "<table><td align=\"right\">1</td></table>",
        );
        check(
            "<div class=\"alert note\"><p class=\"alert-title\">Note</p><p>a</p><div>b</div></div>",
            "<blockquote><p><strong>Note</strong></p><p>a</p><div>b</div></blockquote>",
        );
        check("<label><input type=\"checkbox\" disabled checked> a</label>", "\u{2611} a");
        check(
            "<pre tabindex=\"0\"><code><span class=\"hl-x\">a &lt; b</span></code></pre>",
            "<pre><code>a &lt; b</code></pre>",
        );
        check("a < b <!-- c --> 1 <2 <", "a &lt; b  1 &lt;2 &lt;");
    }

    proptest! {
        #[test]
        fn nothing_of_it_panics_or_keeps_a_style(
            html in "([a-z é=\"'/<>]|<svg|</svg>|<div class=\"alert\">|</div>| style=\"x\"|<!--|-->){0,30}"
        ) {
            let alone = standing_alone(&html, PLACE);
            let is_styled = alone.split('<').skip(1).any(|tag| {
                Tag::read(&format!("<{tag}")).is_some_and(|(tag, _)| tag.attribute("style").is_some())
            });
            prop_assert!(!is_styled, "{}", alone);
        }
    }
}
