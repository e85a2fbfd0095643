//! A strict reader of whole pages that accepts only what the theme may write. It refuses other
//! elements and attributes, event handlers, scripts, requests to other hosts, other schemes,
//! unquoted values, and unescaped text.

use std::collections::BTreeSet;

/// The elements the theme writes, with the attributes each may have in addition to those of
/// `EVERYWHERE`.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("html", &["dir"]),
    ("head", &[]),
    ("meta", &["charset", "name", "content", "http-equiv", "property"]),
    ("title", &[]),
    ("link", &["rel", "href", "type", "sizes", "as", "crossorigin", "title", "media"]),
    ("script", &["src", "type"]),
    ("body", &[]),
    ("header", &[]),
    ("main", &[]),
    ("footer", &[]),
    ("nav", &[]),
    ("section", &[]),
    ("article", &[]),
    ("aside", &[]),
    ("div", &["popover"]),
    ("span", &[]),
    ("p", &[]),
    ("h1", &["dir"]),
    ("h2", &["dir"]),
    ("h3", &["dir"]),
    ("h4", &["dir"]),
    ("h5", &["dir"]),
    ("h6", &["dir"]),
    ("a", &["href", "rel"]),
    ("b", &[]),
    ("i", &[]),
    ("em", &[]),
    ("strong", &[]),
    ("small", &[]),
    ("del", &[]),
    ("sup", &[]),
    ("bdi", &[]),
    ("abbr", &[]),
    ("time", &["datetime"]),
    ("data", &["value"]),
    ("code", &[]),
    ("pre", &[]),
    ("blockquote", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &[]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("table", &[]),
    ("caption", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["scope"]),
    ("td", &[]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("details", &[]),
    ("summary", &[]),
    ("fieldset", &[]),
    ("legend", &[]),
    ("label", &[]),
    ("input", &["type", "name", "value", "checked", "disabled"]),
    ("button", &["type", "popovertarget", "popovertargetaction"]),
    ("picture", &[]),
    ("source", &["type", "srcset", "sizes"]),
    (
        "img",
        &[
            "src",
            "srcset",
            "sizes",
            "alt",
            "width",
            "height",
            "loading",
            "decoding",
            "fetchpriority",
        ],
    ),
    ("br", &[]),
    ("hr", &[]),
    ("svg", &["viewBox", "width", "height", "focusable", "preserveAspectRatio"]),
    ("defs", &[]),
    ("symbol", &["viewBox"]),
    ("clipPath", &[]),
    ("use", &["href", "x", "y", "width", "height"]),
    ("g", &["transform", "clip-path"]),
    ("path", &["d", "fill-rule", "opacity"]),
    ("rect", &["x", "y", "width", "height", "rx"]),
    ("circle", &["cx", "cy", "r"]),
    ("polygon", &["points"]),
    ("text", &["x", "y", "text-anchor"]),
    ("desc", &[]),
];

/// Attributes that any element may have.
const EVERYWHERE: [&str; 12] = [
    "class",
    "id",
    "lang",
    "style",
    "title",
    "role",
    "tabindex",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-current",
    "dir",
];

/// Void elements.
const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "input", "source"];

/// Prefixes of ids by the program or the theme: an author's id must not replace one that a script
/// looks for.
const IDS: [&str; 5] = ["_", "s-", "fn-", "fnref-", "t"];

/// The contents of a page, for further checks.
#[derive(Debug, Default)]
pub struct Seen {
    /// URLs of `<a>` elements, decoded.
    pub links: Vec<String>,
    /// The bodies of `application/ld+json`.
    pub linked_data: Vec<String>,
    /// All text between tags, decoded and concatenated.
    pub text: String,
}

/// Reads a whole page, or a part of one.
pub fn read(html: &str) -> Result<Seen, String> {
    let mut seen = Seen::default();
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    rest = rest.strip_prefix("<!DOCTYPE html>").unwrap_or(rest);
    while let Some(start) = rest.find('<') {
        seen.text.push_str(&text(&rest[..start])?);
        seen.text.push('\n');
        rest = &rest[start + 1..];
        if let Some(after) = rest.strip_prefix('/') {
            let (name, after) = after.split_once('>').ok_or("an end tag without an end")?;
            if open.pop() != Some(name) {
                return Err(format!("</{}> closes another element", cut(name)));
            }
            rest = after;
            continue;
        }
        let (tag, after) = tag(rest)?;
        check(&tag, &open, &mut ids, &mut seen)?;
        rest = after;
        if tag.name == "script" {
            let (body, after) = rest.split_once("</script>").ok_or("a script without an end")?;
            script(&tag, body, &mut seen)?;
            rest = after;
        } else if !tag.closed && !VOID.contains(&tag.name) {
            open.push(tag.name);
        }
    }
    seen.text.push_str(&text(rest)?);
    if open.is_empty() { Ok(seen) } else { Err(format!("{open:?} left open")) }
}

struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    closed: bool,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

/// One start tag: ` name="value"`, or ` name`, and nothing else.
fn tag(html: &str) -> Result<(Tag<'_>, &str), String> {
    let end = html.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(html.len());
    let (name, mut rest) = html.split_at(end);
    let mut tag = Tag { name, attributes: Vec::new(), closed: false };
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((tag, after));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            tag.closed = true;
            return Ok((tag, after));
        }
        let wrong = || format!("<{name}… goes on with {:?}", cut(rest));
        let named = rest.strip_prefix(' ').ok_or_else(wrong)?;
        let is_named = |it: char| it.is_ascii_alphabetic() || it == '-' || it == ':';
        let end = named.find(|it| !is_named(it)).unwrap_or(named.len());
        let (attribute, after) = named.split_at(end);
        if attribute.is_empty() || tag.get(attribute).is_some() {
            return Err(wrong());
        }
        let Some(value) = after.strip_prefix("=\"") else {
            if after.starts_with('=') {
                return Err(format!("<{name} {attribute}> has no quotes"));
            }
            tag.attributes.push((attribute, String::new()));
            rest = after;
            continue;
        };
        let (value, after) = value.split_once('"').ok_or_else(wrong)?;
        tag.attributes.push((attribute, text(value)?));
        rest = after;
    }
}

fn check(
    tag: &Tag<'_>,
    open: &[&str],
    ids: &mut BTreeSet<String>,
    seen: &mut Seen,
) -> Result<(), String> {
    let (_, own) =
        ELEMENTS.iter().find(|it| it.0 == tag.name).ok_or(format!("the element <{}>", tag.name))?;
    let in_svg = open.contains(&"svg");
    if tag.closed && !in_svg || tag.name == "a" && open.contains(&"a") {
        return Err(format!("<{}> in {open:?}", tag.name));
    }
    for (name, value) in &tag.attributes {
        if !own.contains(name) && !EVERYWHERE.contains(name) {
            return Err(format!("the attribute {name}={:?} of <{}>", cut(value), tag.name));
        }
        let wrong = || Err(format!("{name}={:?} of <{}>", cut(value), tag.name));
        let is_right = match *name {
            "id" => {
                let is_ours = IDS.iter().any(|start| value.starts_with(start));
                is_ours && !value.contains(char::is_whitespace) && ids.insert(value.clone())
            }
            "class" if tag.name == "code" => value.starts_with("language-") && !value.contains(' '),
            "class" => value.chars().all(|it| it.is_ascii_alphanumeric() || "-_ ".contains(it)),
            "style" => style(value),
            "href" if tag.name == "a" => {
                seen.links.push(value.clone());
                link(value)
            }
            "href" if tag.name == "use" => value.starts_with("#_"),
            "href" if !loads(tag) => link(value),
            "href" | "src" => request(value),
            "srcset" => value.split(", ").all(|it| request(it.split(' ').next().unwrap_or(it))),
            "http-equiv" => value == "Content-Security-Policy" || value == "refresh",
            "popovertarget" => value.starts_with('_'),
            "name" if tag.name == "input" => value.starts_with('_'),
            _ => true,
        };
        if !is_right {
            return wrong();
        }
    }
    if tag.get("http-equiv") == Some("refresh") {
        let target = tag.get("content").and_then(|it| it.strip_prefix("0; url="));
        if !target.is_some_and(request) {
            return Err(format!("the refresh {:?}", tag.get("content")));
        }
    }
    Ok(())
}

/// Whether a browser fetches the target of a `<link>`.
fn loads(tag: &Tag<'_>) -> bool {
    !matches!(tag.get("rel"), Some("canonical" | "alternate" | "me" | "prev" | "next"))
}

/// The theme's own file, or linked data.
fn script(tag: &Tag<'_>, body: &str, seen: &mut Seen) -> Result<(), String> {
    if tag.get("src").is_some() {
        return if body.is_empty() { Ok(()) } else { Err("a script with a body".to_owned()) };
    }
    if tag.get("type") != Some("application/ld+json") || body.contains(['<', '>', '&']) {
        return Err(format!("a script of type {:?}: {:?}", tag.get("type"), cut(body)));
    }
    seen.linked_data.push(body.to_owned());
    Ok(())
}

/// A link a visitor may follow: to the web, an email address, or within this site.
fn link(address: &str) -> bool {
    let scheme =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|it| address.starts_with(it));
    (scheme || address.starts_with('#') || request(address)) && is_plain(address)
}

/// A target that a browser fetches by itself: only within this site.
fn request(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && is_plain(address)
}

fn is_plain(address: &str) -> bool {
    !address.chars().any(|it| it.is_whitespace() || it.is_control() || "\\<>\"".contains(it))
}

/// Numbers as custom properties, and the placeholder of a picture.
fn style(value: &str) -> bool {
    let plain = |it: char| it.is_ascii_alphanumeric() || "-.%#() ,".contains(it);
    value.split(';').all(|it| {
        let Some((name, value)) = it.split_once(':') else { return it.is_empty() };
        match (name, value.strip_prefix("url(data:image/")) {
            ("background", Some(data)) => {
                let data = data.split_once("base64,").map_or(data, |it| it.1);
                data.chars().all(|it| it.is_ascii_alphanumeric() || "+/=) %.".contains(it))
            }
            _ => {
                let is_named = name.starts_with("--") || name == "background";
                is_named && value.chars().all(plain) && !value.contains("url(")
            }
        }
    })
}

/// Text as a browser reads it, if it is properly escaped.
fn text(escaped: &str) -> Result<String, String> {
    const ENTITIES: [(&str, &str); 8] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&#96;", "`"),
    ];
    let mut text = String::new();
    let mut rest = escaped;
    while let Some(at) = rest.find(['&', '>', '<', '\0']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let found = ENTITIES.iter().find(|it| rest.starts_with(it.0));
        let (entity, meaning) = found.ok_or_else(|| format!("{:?} is not escaped", cut(rest)))?;
        text.push_str(meaning);
        rest = &rest[entity.len()..];
    }
    text.push_str(rest);
    let forbidden = |it: char| {
        let code = u32::from(it);
        it.is_control() && !matches!(it, '\n' | '\t' | '\r')
            || code & 0xfffe == 0xfffe
            || (0xfdd0..=0xfdef).contains(&code)
    };
    match text.find(forbidden) {
        Some(at) => Err(format!("a character no page may hold: {:?}", cut(&text[at..]))),
        None => Ok(text),
    }
}

/// The start of a text that may be long.
fn cut(text: &str) -> String {
    text.chars().take(120).collect()
}

#[test]
fn the_reader_refuses_what_it_should() {
    for bad in [
        "<script>",
        "<script>alert(1)</script>",
        "<script src=\"//evil.example/x.js\"></script>",
        "<script type=\"application/ld+json\">{\"a\":\"</p>\"}</script>",
        "<p onclick=\"x\"></p>",
        "<p class=a></p>",
        "<p class=\"a\"id=\"_b\"></p>",
        "<p class=\"a\" class=\"b\"></p>",
        "<a href=\"javascript:alert(1)\"></a>",
        "<a href=\"java&#115;cript:alert(1)\"></a>",
        "<a href=\"data:text/html,x\"></a>",
        "<a href=\"//evil.example\"></a>",
        "<img src=\"https://evil.example/x.png\" alt=\"\">",
        "<img src=\"/a.png\" srcset=\"/a.png 1w, //evil.example 2w\" alt=\"\">",
        "<link rel=\"stylesheet\" href=\"https://evil.example\">",
        "<iframe src=\"/\"></iframe>",
        "<style>a{}</style>",
        "<base href=\"/\">",
        "<p style=\"background:url(//evil.example)\"></p>",
        "<p style=\"--a:0;color:red\"></p>",
        "<p id=\"body\"></p>",
        "<use href=\"//evil.example#x\"/>",
        "<p>a & b</p>",
        "<p>a < b</p>",
        "<p>\u{7}</p>",
        "<p>",
        "</p>",
        "<!-- x -->",
    ] {
        assert!(read(bad).is_err(), "{bad}");
    }
    let page = read(
        "<!doctype html>\n<html lang=\"en\" style=\"--hue-1:4\"><body class=\"sheet\">\
         <p id=\"_a\">x &amp; <a href=\"/b/\">&lt;c&gt;</a><br></p><svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>\
         <script type=\"application/ld+json\">{\"a\":\"\\u003c\"}</script></body></html>\n",
    )
    .expect("a sound page");
    assert_eq!((page.links, page.linked_data.len()), (vec!["/b/".to_owned()], 1));
}
