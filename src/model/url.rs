//! Decides whether an address in content may be linked to. This is the only place: every address in
//! a profile, a page or a ledger is checked here.

use std::fmt;
use std::net::Ipv4Addr;
use unicode_normalization::UnicodeNormalization;

/// Maximum length of an address, in characters.
const MAX: usize = 2_000;

/// Maximum length of a label of a host name, in bytes.
const MAX_LABEL: usize = 63;

/// The kind of target an address has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `https://` or `http://`
    Web,
    /// `mailto:`
    Mail,
    /// Without a scheme: within the site.
    Relative,
}

/// Why an address may not be linked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Completes a sentence whose subject is the address: `contains white space`.
    pub what: &'static str,
    /// What to write instead.
    pub help: &'static str,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

const WHITE: Refusal = Refusal {
    what: "contains a space or an invisible character",
    help: "write a space as `%20` and remove invisible characters",
};
const BACKSLASH: Refusal = Refusal {
    what: "contains a backslash, which browsers read as a slash",
    help: "write `/`, or `%5C` for a real backslash",
};
const ENTITY: Refusal =
    Refusal { what: "hides a character behind an HTML entity", help: "write the character itself" };
const SCHEME: Refusal = Refusal {
    what: "has a scheme that is not allowed in links",
    help: "write an address that begins with `https://`, `http://` or `mailto:`, or a path on this site",
};
const NO_SCHEME: Refusal = Refusal {
    what: "begins with `//`, so it leads to another host",
    help: "write the whole address, beginning with `https://`",
};
const HOST: Refusal =
    Refusal { what: "has no valid host name", help: "write it as `https://example.org/path`" };
const ODD_HOST: Refusal = Refusal {
    what: "has a host that not all browsers understand",
    help: "write the name of the host: `https://example.org/path`",
};
const CREDENTIALS: Refusal =
    Refusal { what: "contains a user name or password", help: "remove everything before the `@`" };
const MAIL: Refusal =
    Refusal { what: "has no valid email address", help: "write it as `mailto:ada@example.org`" };
const LONG: Refusal =
    Refusal { what: "is longer than 2000 characters", help: "write a shorter address" };

/// The kind of target the address has. The caller must have decoded character references (the
/// Markdown parser does); one that remains is refused if it could hide a scheme.
///
/// # Errors
/// For anything that is not plainly `https`, `http`, `mailto` or relative.
pub fn check(address: &str) -> Result<Kind, Refusal> {
    if address.chars().count() > MAX {
        return Err(LONG);
    }
    if address.chars().any(|it| it.is_control() || it.is_whitespace() || is_invisible(it)) {
        return Err(WHITE);
    }
    if address.contains('\\') {
        return Err(BACKSLASH);
    }
    let head = address.split(['/', '?']).next().unwrap_or_default();
    if hides_character(head) {
        return Err(ENTITY);
    }
    if address.starts_with("//") {
        return Err(NO_SCHEME);
    }
    let Some(colon) = head.split('#').next().and_then(|head| head.find(':')) else {
        return Ok(Kind::Relative);
    };
    let rest = &address[colon + 1..];
    match address[..colon].to_ascii_lowercase().as_str() {
        "https" | "http" => web(rest),
        "mailto" => mail(rest),
        _ => Err(SCHEME),
    }
}

/// Whether a relative address looks like a host with the scheme missing: `www.example.org/x`.
pub fn lacks_scheme(address: &str) -> bool {
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|it| it.is_alphanumeric() || it == '-')
    };
    let top = labels.last().copied().unwrap_or_default();
    let is_file = ["html", "htm", "md", "pdf", "jpg", "jpeg", "png", "svg", "webp", "txt", "xml"];
    labels.len() >= 2
        && labels.iter().all(is_label)
        && top.chars().all(char::is_alphabetic)
        && top.chars().count() >= 2
        && (labels[0] == "www" || !is_file.contains(&top.to_lowercase().as_str()))
}

fn web(rest: &str) -> Result<Kind, Refusal> {
    let rest = rest.strip_prefix("//").ok_or(HOST)?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(CREDENTIALS);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let is_number = port.bytes().all(|it| it.is_ascii_digit());
    if authority.starts_with('[') {
        return Err(ODD_HOST);
    }
    if !is_number || !port.parse::<u16>().is_ok_and(|port| port > 0) {
        return Err(HOST);
    }
    host_of(host).map(|()| Kind::Web)
}

fn mail(rest: &str) -> Result<Kind, Refusal> {
    let address = rest.split('?').next().unwrap_or_default();
    let (name, host) = address.split_once('@').ok_or(MAIL)?;
    let sound = !name.is_empty() && host_of(host).is_ok();
    sound.then_some(Kind::Mail).ok_or(MAIL)
}

/// Whether the text is a host name, without a port.
pub fn is_host(host: &str) -> bool {
    host_of(host).is_ok()
}

/// Accepts a host name that browsers' normalisation leaves unchanged, or an IPv4 address in its
/// usual notation: browsers also read `0x7f.1` as one. IPv6 addresses are refused.
fn host_of(host: &str) -> Result<(), Refusal> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_sound = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|it| it.is_alphanumeric() || "-_".contains(it))
    };
    if !host.split('.').all(is_sound) {
        return Err(HOST);
    }
    let lower = host.to_lowercase();
    let last = lower.rsplit('.').next().unwrap_or_default();
    let is_number = last.bytes().all(|it| it.is_ascii_digit()) || last.starts_with("0x");
    let is_named = lower.nfkc().eq(lower.chars())
        && lower.split('.').all(|label| label.len() <= MAX_LABEL)
        && (!is_number || host.parse::<Ipv4Addr>().is_ok());
    is_named.then_some(()).ok_or(ODD_HOST)
}

/// Invisible characters, characters that change the text direction, and noncharacters: with these,
/// one address can look like another.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')
        || u32::from(character) & 0xfffe == 0xfffe
}

/// Whether a character reference hides a scheme: `&#106;avascript:`, `javascript&colon;`
fn hides_character(head: &str) -> bool {
    head.split('&').skip(1).any(|after| {
        let name = after.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
        after.starts_with('#') || (!name.is_empty() && after[name.len()..].starts_with(';'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_addresses_pass() {
        for (address, kind) in [
            ("https://example.org", Kind::Web),
            ("HTTP://example.org:8080/a?b=c&amp;d#e", Kind::Web),
            ("https://127.0.0.1:80/", Kind::Web),
            ("https://müller.example/@ada", Kind::Web),
            ("mailto:ada@example.org?subject=x", Kind::Mail),
            ("/a/b:c", Kind::Relative),
            ("../a.html#b:c", Kind::Relative),
            ("#a:b", Kind::Relative),
            ("?a=b:c", Kind::Relative),
            ("R&D.html", Kind::Relative),
            ("", Kind::Relative),
        ] {
            assert_eq!(check(address), Ok(kind), "{address}");
        }
    }

    #[test]
    fn disguises_do_not() {
        for (address, refusal) in [
            ("javascript:alert(1)", SCHEME),
            ("JaVaScRiPt:alert(1)", SCHEME),
            ("data:text/html,x", SCHEME),
            ("vbscript:x", SCHEME),
            ("localhost:8080", SCHEME),
            ("java\tscript:x", WHITE),
            (" javascript:x", WHITE),
            ("\u{1}javascript:x", WHITE),
            ("java\u{200b}script:x", WHITE),
            ("&#106;avascript:x", ENTITY),
            ("&#x6A;avascript:x", ENTITY),
            ("javascript&colon;x", ENTITY),
            ("//evil.example", NO_SCHEME),
            ("\\\\evil.example", BACKSLASH),
            ("/\\evil.example", BACKSLASH),
            ("https:evil", HOST),
            ("https:///evil", HOST),
            ("https://", HOST),
            ("https://a.example:99999", HOST),
            ("https://a.example:0", HOST),
            ("https://a.example:+80", HOST),
            ("https://-a.example", HOST),
            ("https://a%2eb", HOST),
            ("https://[::1]/", ODD_HOST),
            ("http://1.2.3.4.5/", ODD_HOST),
            ("http://0x7f.1/", ODD_HOST),
            ("http://www.\u{ff11}/", ODD_HOST),
            ("https://example.org/\u{ffff}", WHITE),
            ("https://ada:secret@example.org", CREDENTIALS),
            ("https://example.org@evil.example/", CREDENTIALS),
            ("mailto:ada", MAIL),
            ("mailto:ada@a@b.example", MAIL),
            ("mailto:ada@-b", MAIL),
            (":x", SCHEME),
        ] {
            assert_eq!(check(address), Err(refusal), "{address}");
        }
    }

    #[test]
    fn a_forgotten_scheme_is_noticed() {
        for address in ["example.org", "www.example.org/a", "ada.dev"] {
            assert!(lacks_scheme(address), "{address}");
        }
        for address in ["cv.pdf", "/example.org", "./a", "a", "../x.y", "v1.2", "#a", "photo.jpg"] {
            assert!(!lacks_scheme(address), "{address}");
        }
    }
}
