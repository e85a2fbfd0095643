//! Addresses written by authors: which are linked, which are resolved within the site, and which
//! are refused. `model::url` decides whether one may be linked at all, for Markdown and for
//! profiles.

use crate::model::url::{self, Kind, Refusal};
use std::borrow::Cow;

/// The kinds of address.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Address<'a> {
    /// On another site.
    Foreign {
        /// The URL, to be escaped.
        url: String,
        /// The host in lower case, without a port.
        host: String,
    },
    /// An email address.
    Mail(String),
    /// `#here`, without the `#`.
    Anchor(&'a str),
    /// Relative, absolute within the site, `profile:` or `skill:`.
    Site(Cow<'a, str>),
    /// Never linked.
    Refused(Refusal),
}

const EMPTY: Refusal =
    Refusal { what: "is empty", help: "write an address between the parentheses" };

/// Classifies an address as a browser would parse it.
pub(super) fn classify(written: &str) -> Address<'_> {
    if written.is_empty() {
        return Address::Refused(EMPTY);
    }
    if written.contains(' ') {
        // `[a](<my file.pdf>)`: CommonMark and browsers encode the space.
        return match classify(&written.replace(' ', "%20")) {
            Address::Site(target) => Address::Site(target.into_owned().into()),
            Address::Foreign { url, host } => Address::Foreign { url, host },
            Address::Mail(url) => Address::Mail(url),
            Address::Refused(refusal) => Address::Refused(refusal),
            Address::Anchor(_) => Address::Anchor(&written[1..]),
        };
    }
    let kind = written.split_once(':').filter(|(kind, _)| matches!(*kind, "profile" | "skill"));
    if let Some((_, name)) = kind {
        return match url::check(name) {
            Ok(_) => Address::Site(written.into()),
            Err(refusal) => Address::Refused(refusal),
        };
    }
    match url::check(written) {
        Ok(Kind::Web) => foreign(written),
        Ok(Kind::Mail) => Address::Mail(tidy(written)),
        Ok(Kind::Relative) => match written.strip_prefix('#') {
            Some(anchor) => Address::Anchor(anchor),
            None => Address::Site(written.into()),
        },
        Err(refusal) => Address::Refused(refusal),
    }
}

/// Whether it can be linked without a diagnostic: another site's URL, or an email address.
pub(super) fn is_sound(written: &str) -> bool {
    matches!(classify(written), Address::Foreign { .. } | Address::Mail(_))
}

/// Takes apart an address that is known to be a web URL.
fn foreign(written: &str) -> Address<'_> {
    let (scheme, rest) = written.split_once("://").unwrap_or(("https", written));
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = authority.split(':').next().unwrap_or_default().to_lowercase();
    let url = format!("{}://{authority}{}", scheme.to_ascii_lowercase(), tidy(path));
    Address::Foreign { url, host }
}

/// Encodes a `%` that starts no escape, and a second `#`.
pub(super) fn tidy(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let mut has_fragment = false;
    for (index, character) in address.char_indices() {
        match character {
            '%' if !is_encoded(&address.as_bytes()[index + 1..]) => out.push_str("%25"),
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
            "//a.example",
            "https:///a.example",
            "https://user@a.example",
            "https://a.example:+80/",
            "https://[::1]/",
            "http://1.2.3.4.5/",
            "http://0x7f.1/",
            "http://www.\u{ff11}/",
            "javascript:alert(1)",
            "profile:a\tb",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
        ] {
            assert!(matches!(classify(bad), Address::Refused(_)), "{bad:?}: {:?}", classify(bad));
        }
    }

    #[test]
    fn each_kind_is_told() {
        assert_eq!(classify("profile:ada"), Address::Site("profile:ada".into()));
        assert_eq!(classify("../a%20b.md#c"), Address::Site("../a%20b.md#c".into()));
        assert_eq!(classify("a b.md"), Address::Site("a%20b.md".into()));
        assert_eq!(classify("#a b"), Address::Anchor("a b"));
        assert_eq!(
            classify("javascript%3Aalert(1)"),
            Address::Site("javascript%3Aalert(1)".into())
        );
        assert_eq!(classify("#there"), Address::Anchor("there"));
        assert_eq!(classify("mailto:a@b.c"), Address::Mail("mailto:a@b.c".into()));
    }

    #[test]
    fn other_sites_come_out_tidy() {
        let foreign =
            |url: &str, host: &str| Address::Foreign { url: url.into(), host: host.into() };
        assert_eq!(classify("HTTPS://A.example"), foreign("https://A.example", "a.example"));
        let messy = "http://127.0.0.1:8080/100%?a#b#c";
        assert_eq!(classify(messy), foreign("http://127.0.0.1:8080/100%25?a#b%23c", "127.0.0.1"));
    }
}
