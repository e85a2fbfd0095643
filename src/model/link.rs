//! Addresses that may be linked to, encoded so that they are safe in an attribute. `url` decides
//! which addresses are allowed; relative ones are refused here, because their base is not known.

use super::url::{self, Kind};

/// The address with unsafe characters encoded; `None` for any that may not be linked to, and for
/// relative ones.
pub fn safe(url: &str) -> Option<String> {
    let url = url.trim();
    match url::check(url) {
        Ok(Kind::Web) => {
            let (scheme, rest) = url.split_once("://")?;
            let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
            Some(format!("{}://{authority}{}", scheme.to_ascii_lowercase(), encoded(path)))
        }
        Ok(Kind::Mail) => mailto(url.split_once(':')?.1),
        Ok(Kind::Relative) | Err(_) => None,
    }
}

/// The `tel:` URL of a telephone number: `+351 210 000 000` → `tel:+351210000000`; `None` if it
/// contains anything but digits and the usual separators.
pub fn telephone(number: &str) -> Option<String> {
    let number = number.trim();
    let (plus, rest) = number.strip_prefix('+').map_or(("", number), |rest| ("+", rest));
    let grouped = |it: char| it.is_ascii_digit() || " -./()\u{a0}\u{2011}".contains(it);
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let sound = rest.chars().all(grouped) && (2..=20).contains(&digits.len());
    sound.then(|| format!("tel:{plus}{digits}"))
}

/// An address as shown to readers: without scheme, `www.` and trailing slash.
pub fn spoken(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.strip_prefix("mailto:").unwrap_or(rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
}

/// One segment of a path, with every reserved character encoded.
pub fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn mailto(rest: &str) -> Option<String> {
    let (address, query) = rest.split_once('?').map_or((rest, None), |(a, q)| (a, Some(q)));
    let (user, host) = address.split_once('@')?;
    let query = query.map_or(String::new(), |query| format!("?{}", encoded(query)));
    Some(format!("mailto:{}@{host}{query}", segment(user).replace("%2B", "+")))
}

/// Encodes what is not allowed in a path, query or fragment, and any `%` that does not start an
/// escape.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut fragment = false;
    for (at, character) in path.char_indices() {
        let lone = match character {
            '%' => {
                !path.as_bytes()[at + 1..].iter().take(2).map(u8::is_ascii_hexdigit).eq([true; 2])
            }
            '#' => std::mem::replace(&mut fragment, true),
            _ => "\"<>^`{|}[]".contains(character),
        };
        if lone {
            out.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_addresses_are_linked() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "\\\\evil.example",
            "https:/one.example",
            "https://",
            "https://user:pass@host.example",
            "https://a b.example",
            "https://host.example:0",
            "https://host.example:99999",
            "https://-a.example",
            "https://\u{202e}example.org",
            "about.html",
            "",
            "mailto:nobody",
        ] {
            assert_eq!(safe(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn good_addresses_keep_their_spelling() {
        for good in [
            "https://example.org",
            "http://localhost:8080/a?b=c&d=e#f",
            "https://münchen.example/ü",
            "https://example.org/100%25",
            "mailto:ada+work@example.org?subject=Hello",
        ] {
            assert_eq!(safe(good).as_deref(), Some(good));
        }
        assert_eq!(safe("HTTPS://example.org/").as_deref(), Some("https://example.org/"));
    }

    #[test]
    fn stray_characters_are_encoded() {
        assert_eq!(safe("https://e.org/\"><b>").as_deref(), Some("https://e.org/%22%3E%3Cb%3E"));
        assert_eq!(safe("https://e.org/50%").as_deref(), Some("https://e.org/50%25"));
        assert_eq!(safe("https://e.org/#a#b[1]").as_deref(), Some("https://e.org/#a%23b%5B1%5D"));
        assert_eq!(segment("a/b ü"), "a%2Fb%20%C3%BC");
    }

    #[test]
    fn only_numbers_are_called() {
        assert_eq!(telephone("+351 (210) 000-000").as_deref(), Some("tel:+351210000000"));
        assert_eq!(telephone("110").as_deref(), Some("tel:110"));
        for bad in ["", "+", "x", "1;ext=2", "12 ext. 3", "++12", "12\"", "123456789012345678901"] {
            assert_eq!(telephone(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_are_spoken_short() {
        assert_eq!(spoken("https://www.example.org/"), "example.org");
        assert_eq!(spoken("https://github.com/ada/homelab"), "github.com/ada/homelab");
        assert_eq!(spoken("mailto:ada@example.org"), "ada@example.org");
    }
}
