//! What a reader gets from a page: its words, and the attributes that are read out or followed.

/// Attributes that are read out, shown or followed.
const READ: [&str; 5] = ["href", "alt", "title", "aria-label", "label"];

/// The words of a page, with a space between elements that do not touch.
pub fn readable(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html.split_once("<body").map_or(html, |(_, body)| body);
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        for name in READ {
            let value = tag.split_once(&format!(" {name}=\"")).map(|(_, value)| value);
            if let Some(value) = value.and_then(|value| value.split('"').next()) {
                text.extend([" ", value, " "]);
            }
        }
        rest = &rest[end..];
        for raw in ["script", "style"] {
            if tag.starts_with(&format!("<{raw}")) {
                let close = format!("</{raw}>");
                rest = rest.split_once(close.as_str()).map_or("", |(_, after)| after);
            }
        }
    }
    text.push_str(rest);
    let mut plain = text;
    for (entity, character) in
        [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    {
        plain = plain.replace(entity, character);
    }
    folded(&plain)
}

/// Ignores case and white space: a name made from `lru-cache` is `Lru cache`.
pub fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
