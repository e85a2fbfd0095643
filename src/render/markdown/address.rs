//! Addresses written by authors: which are followed, which go to the site, which are refused.

use std::net::Ipv4Addr;

/// What an address is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Address<'a> {
    /// Of another site, and the host in it.
    Foreign {
        /// Ready to be escaped.
        url: String,
        /// In lower case, without a port.
        host: String,
    },
    /// A mailbox.
    Mail(String),
    /// `#here`, without the `#`.
    Anchor(&'a str),
    /// Relative, absolute in the site, `profile:` or `skill:`.
    Site(&'a str),
    /// Of a scheme that is not on the list.
    Scheme(&'a str),
    /// What no browser should be asked to make sense of, and why.
    Malformed(&'static str),
}

/// Tells what an address is, as a browser would read it: anything a browser mends on its own
/// (backslashes, control characters, a missing slash) is malformed here.
pub(super) fn classify(written: &str) -> Address<'_> {
    if written.trim().is_empty() {
        return Address::Malformed("there is no address");
    }
    if written.chars().any(char::is_control) {
        return Address::Malformed("it holds a control character");
    }
    let written = written.trim();
    if let Some(anchor) = written.strip_prefix('#') {
        return Address::Anchor(anchor);
    }
    match scheme(written) {
        Some(("https" | "http", rest)) => foreign(written, rest),
        Some(("mailto", rest)) if rest.is_empty() => Address::Malformed("there is no mailbox"),
        Some(("mailto", rest)) => Address::Mail(format!("mailto:{}", tidy(rest))),
        Some(("profile" | "skill", _)) => Address::Site(written),
        Some(_) => Address::Scheme(written.split(':').next().unwrap_or_default()),
        None if written.starts_with("//") => Address::Malformed("`https:` is missing"),
        None if written.contains('\\') => Address::Malformed("it holds a backslash"),
        None => Address::Site(written),
    }
}

/// Whether it can be linked without a word: another site's, or a mailbox.
pub(super) fn is_sound(written: &str) -> bool {
    matches!(classify(written), Address::Foreign { .. } | Address::Mail(_))
}

/// The scheme, if there is one that we know in lower case, and the rest.
fn scheme(address: &str) -> Option<(&'static str, &str)> {
    let (name, rest) = address.split_once(':')?;
    let is_scheme = name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '+' | '-' | '.'));
    is_scheme.then(|| {
        let known = ["https", "http", "mailto", "profile", "skill"];
        let known = known.into_iter().find(|known| known.eq_ignore_ascii_case(name));
        (known.unwrap_or("another"), rest)
    })
}

fn foreign<'a>(written: &str, rest: &str) -> Address<'a> {
    let Some(rest) = rest.strip_prefix("//") else {
        return Address::Malformed("`//` is missing after the scheme");
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    if authority.contains('@') {
        return Address::Malformed("it holds a user name");
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    if port.parse::<u16>().is_err() || !port.bytes().all(|it| it.is_ascii_digit()) {
        return Address::Malformed("its port is no number");
    }
    if !is_host(host) {
        return Address::Malformed("its host is no host");
    }
    let scheme = written.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let url = format!("{scheme}://{authority}{}", tidy(path));
    Address::Foreign { url, host: host.to_lowercase() }
}

/// Letters, digits and hyphens between dots, or an IPv4 address.
fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_')
            && (label.is_ascii() || label.chars().all(|it| !it.is_ascii_uppercase()))
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_numeric = last.starts_with(|it: char| it.is_ascii_digit())
        && (last.bytes().all(|it| it.is_ascii_digit())
            || last.to_ascii_lowercase().starts_with("0x"));
    host.split('.').all(is_label) && (!is_numeric || host.parse::<Ipv4Addr>().is_ok())
}

/// `%` that encodes nothing and a second `#`, encoded.
pub(super) fn tidy(rest: &str) -> String {
    let mut out = String::with_capacity(rest.len());
    let mut has_fragment = false;
    for (index, character) in rest.char_indices() {
        match character {
            '%' if !is_encoded(&rest.as_bytes()[index + 1..]) => out.push_str("%25"),
            '#' if has_fragment => out.push_str("%23"),
            _ => out.push(character),
        }
        has_fragment |= character == '#';
    }
    out
}

fn is_encoded(after: &[u8]) -> bool {
    matches!(after, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_mend_is_refused() {
        for bad in [
            "",
            " ",
            "//a.example",
            "\\\\a.example",
            "/\\a.example",
            "a\\b",
            "https:a.example",
            "https:/a.example",
            "https:///a.example",
            "https:\\\\a.example",
            "https://user@a.example",
            "https://a.example:0x50/",
            "https://a.example:99999/",
            "https://a..example/",
            "https://a%2eexample/",
            "https://[::1]/",
            "http://1.2.3.4.5/",
            "http://0x7f.1/",
            "mailto:",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
        ] {
            assert!(matches!(classify(bad), Address::Malformed(_)), "{bad:?}: {:?}", classify(bad));
        }
    }

    #[test]
    fn schemes_are_allowed_one_by_one() {
        for bad in ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "C:x"]
        {
            assert!(matches!(classify(bad), Address::Scheme(_)), "{bad:?}");
        }
        assert_eq!(classify("profile:ada"), Address::Site("profile:ada"));
        assert_eq!(classify("../a%20b.md#c"), Address::Site("../a%20b.md#c"));
        assert_eq!(classify("javascript%3Aalert(1)"), Address::Site("javascript%3Aalert(1)"));
        assert_eq!(classify("#there"), Address::Anchor("there"));
        assert_eq!(classify("MAILTO:a@b.c"), Address::Mail("mailto:a@b.c".into()));
    }

    #[test]
    fn other_sites_come_out_tidy() {
        let foreign =
            |url: &str, host: &str| Address::Foreign { url: url.into(), host: host.into() };
        assert_eq!(classify("HTTPS://A.example"), foreign("https://A.example", "a.example"));
        let messy = "http://a.example:8080/100%?a#b#c";
        assert_eq!(classify(messy), foreign("http://a.example:8080/100%25?a#b%23c", "a.example"));
        assert_eq!(
            classify("https://bücher.example/"),
            foreign("https://bücher.example/", "bücher.example")
        );
    }
}
