//! Finds the file that an address in a text refers to. CommonMark keeps a picture's address as
//! written, browsers decode it, and file systems store names in their own Unicode form.

use crate::path::{SitePath, percent_decoded};
use crate::source::snapshot::Snapshot;

/// The site's file that a relative address in the text `from` refers to, spelled as on disk. If
/// there is none, the path it would have; `None` if that is outside the site.
pub(super) fn file(
    snapshot: &Snapshot,
    from: Option<&SitePath>,
    address: &str,
) -> Option<SitePath> {
    let cut = address.find(['?', '#']).map(|end| &address[..end]);
    // A file name may contain characters that have a meaning in URLs: `100%.png`, `C#.png`.
    let readings =
        [resolve(from, address), beside(from, address), resolve(from, cut.unwrap_or(""))];
    let on_disk = |path: &SitePath| snapshot.entry(path.as_str()).map(|(path, _)| path.clone());
    let found = readings.iter().flatten().find_map(on_disk);
    found.or_else(|| readings.into_iter().flatten().next())
}

/// The path that a browser would request.
pub(super) fn resolve(from: Option<&SitePath>, address: &str) -> Option<SitePath> {
    let mut sound = String::with_capacity(address.len());
    for (at, character) in address.char_indices() {
        let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
        let code = address.as_bytes().get(at + 1..at + 3);
        let encodes = code.is_some_and(|code| code.iter().all(is_hex));
        sound.push_str(if character == '%' && !encodes { "%25" } else { "" });
        if character != '%' || encodes {
            sound.push(character);
        }
    }
    beside(from, &percent_decoded(&sound)?)
}

fn beside(from: Option<&SitePath>, path: &str) -> Option<SitePath> {
    match from {
        Some(from) => from.resolve(path),
        None => SitePath::new(path),
    }
}

/// An output path as a URL path: characters that would end or escape the path are encoded.
pub(super) fn encoded(route: &str) -> String {
    route.replace('%', "%25").replace('#', "%23").replace('?', "%3F")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_however_its_name_is_written() {
        let names =
            ["a b.png", "100%.png", "C#.png", "Gru\u{308}\u{df}e.png", "a%20b.txt", "é.png"];
        let paths = names.map(|name| format!("content/posts/{name}"));
        let files = paths.iter().map(|path| (path.as_str(), b"x".as_slice()));
        let snapshot = Snapshot::of_files(jiff::civil::date(2026, 1, 1), files);
        let from = SitePath::new("content/posts/a.md").unwrap();
        let found = |address: &str| file(&snapshot, Some(&from), address).map(|it| it.to_string());
        for (address, name) in [
            ("a%20b.png", "a b.png"),
            ("100%.png", "100%.png"),
            ("100%25.png", "100%.png"),
            ("%31%30%30%.png", "100%.png"),
            ("C#.png", "C#.png"),
            ("./C%23.png#x", "C#.png"),
            ("Gr\u{fc}\u{df}e.png", "Gru\u{308}\u{df}e.png"),
            ("Gr%C3%BC%C3%9Fe.png?raw=true", "Gru\u{308}\u{df}e.png"),
            ("e\u{301}.png", "é.png"),
            ("a%20b.txt", "a%20b.txt"),
            ("nothing.png", "nothing.png"),
        ] {
            assert_eq!(found(address), Some(format!("content/posts/{name}")), "{address}");
        }
        assert_eq!(found("../../../x.png"), None);
    }
}
