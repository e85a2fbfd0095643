//! Escapes text for HTML and removes characters that HTML does not allow.

use std::fmt::Write;

/// Appends `text`, escaped for an element or a quoted attribute.
pub(super) fn text(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            _ if is_forbidden(character) => {}
            _ => out.push(character),
        }
    }
}

/// `text`, escaped for an element or a quoted attribute.
pub(super) fn escaped(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    text(&mut out, source);
    out
}

/// Appends a URL for a quoted attribute. Invalid characters are percent-encoded; existing escapes
/// are kept.
pub(super) fn href(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'!' | b'#' | b'$' | b'%' | b'(' | b')' | b'*' | b'+' | b',' | b'-' | b'.' | b'/'
            | b':' | b';' | b'=' | b'?' | b'@' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _infallible = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// Control characters other than tab and line feed, and noncharacters.
pub(super) fn is_forbidden(character: char) -> bool {
    let code = u32::from(character);
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || code & 0xfffe == 0xfffe
        || (0xfdd0..=0xfdef).contains(&code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_a_quoted_attribute() {
        assert_eq!(escaped("\"><b>&\u{b}\u{ffff}'"), "&quot;&gt;&lt;b&gt;&amp;'");
        let mut out = String::new();
        href(&mut out, "a\"b'&%20\u{e9}\\[");
        assert_eq!(out, "a%22b&#x27;&amp;%20%C3%A9%5C%5B");
    }
}
