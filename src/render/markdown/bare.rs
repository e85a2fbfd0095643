//! Bare addresses in running text, by the rules of GitHub Flavored Markdown §6.9.

use std::ops::Range;

/// An address found in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// Its byte range in the text.
    pub range: Range<usize>,
    /// The URL to link to.
    pub url: String,
}

/// All bare addresses in a text, from left to right: `https://…`, `www.…` and `me@…`. Email
/// addresses are searched in `masked`, the text with some bytes masked.
pub(super) fn find(text: &str, masked: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut free = 0;
    let mut at = 0;
    while let Some(step) = text[at..].find(['h', 'H', 'f', 'F', 'w', 'W', '@']) {
        at += step;
        let found = match text.as_bytes()[at] {
            b'@' => mailbox(masked, at, free),
            b'w' | b'W' => www(text, at),
            _ => with_scheme(text, at),
        };
        match found {
            Some(found) => {
                at = found.range.end;
                free = at;
                all.push(found);
            }
            None => at += 1,
        }
    }
    all
}

fn with_scheme(text: &str, at: usize) -> Option<Found> {
    if text[..at].ends_with(|it: char| it.is_ascii_alphabetic()) {
        return None;
    }
    let rest = &text[at..];
    let scheme = ["http://", "https://", "ftp://"].into_iter().find(|scheme| {
        rest.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    })?;
    let host = domain(&rest[scheme.len()..], false)?;
    let range = at..at + scheme.len() + extent(&rest[scheme.len()..], host);
    (range.len() > scheme.len()).then(|| Found { url: text[range.clone()].to_owned(), range })
}

fn www(text: &str, at: usize) -> Option<Found> {
    let may_precede = |it: char| it.is_whitespace() || matches!(it, '*' | '_' | '~' | '(');
    let rest = &text[at..];
    let is_www = rest.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("www."));
    if !is_www || !(at == 0 || text[..at].ends_with(may_precede)) {
        return None;
    }
    let host = domain(rest, true)?;
    let range = at..at + extent(rest, host);
    (range.len() > 4).then(|| Found { url: format!("http://{}", &text[range.clone()]), range })
}

/// The length of the domain at the start of `text`; `None` if there is none, or if its last two
/// labels contain an underscore.
fn domain(text: &str, needs_dot: bool) -> Option<usize> {
    let is_part = |it: char| {
        it.is_alphanumeric()
            || matches!(it, '-' | '_' | '.')
            || !it.is_ascii() && !it.is_whitespace()
    };
    let end = text.find(|it| !is_part(it)).unwrap_or(text.len());
    let name = text[..end].trim_end_matches('.');
    let ends_badly = name.rsplit('.').take(2).any(|label| label.contains('_'));
    let is_domain = !name.is_empty() && !name.starts_with('.') && !ends_badly;
    (is_domain && (!needs_dot || name.contains('.'))).then_some(end)
}

/// The length of the address that starts with a domain of `host` bytes: up to a space or `<`,
/// without trailing punctuation.
fn extent(text: &str, host: usize) -> usize {
    let stop = |it: char| it.is_whitespace() || it == '<';
    let end = text[host..].find(stop).map_or(text.len(), |length| host + length);
    let mut address = &text[..end];
    while let Some(last) = address.chars().next_back() {
        address = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {
                &address[..address.len() - 1]
            }
            ')' if is_unbalanced(address) => &address[..address.len() - 1],
            ';' => &address[..before_entity(address)],
            _ => break,
        };
    }
    address.len()
}

fn is_unbalanced(address: &str) -> bool {
    let count = |wanted: char| address.chars().filter(|it| *it == wanted).count();
    count(')') > count('(')
}

/// The start of `&amp;` at the end of an address, or of the `;` alone.
fn before_entity(address: &str) -> usize {
    let name = address.len() - 1;
    let start = address[..name].trim_end_matches(|it: char| it.is_ascii_alphanumeric()).len();
    if start < name && address[..start].ends_with('&') { start - 1 } else { name }
}

/// The email address around the `@` at `at`, starting at `free` or later.
fn mailbox(text: &str, at: usize, free: usize) -> Option<Found> {
    let is_name = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '+' | '-' | '_');
    let start = free + text[free..at].trim_end_matches(is_name).len();
    let is_host = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '_');
    let after = &text[at + 1..];
    let host = after[..after.find(|it| !is_host(it)).unwrap_or(after.len())].trim_end_matches('.');
    let is_mailbox = start < at
        && !after[host.len()..].starts_with('@')
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && host.ends_with(|it: char| it.is_ascii_alphabetic());
    let range = start..at + 1 + host.len();
    is_mailbox.then(|| Found { url: format!("mailto:{}", &text[range.clone()]), range })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str) -> Vec<&str> {
        find(text, text).into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn the_sentence_keeps_its_marks() {
        assert_eq!(
            texts("(see https://a.example/b_(c)), and www.d.example."),
            ["https://a.example/b_(c)", "www.d.example"]
        );
        assert_eq!(texts("me@a.example, not @b or c@d"), ["me@a.example"]);
        assert_eq!(
            texts("https://a.example?b&amp; xhttp://c http:// www."),
            ["https://a.example?b"]
        );
    }

    proptest! {
        #[test]
        fn what_is_found_lies_in_order(text in "([hw@.:/)_;&a< é]|http://|www\\.|a@b\\.c){0,40}") {
            let mut end = 0;
            for found in find(&text, &text) {
                prop_assert!(found.range.start >= end && found.range.end > found.range.start);
                prop_assert!(text.get(found.range.clone()).is_some());
                end = found.range.end;
            }
        }
    }
}
