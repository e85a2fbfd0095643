//! The file that an address in a text means. CommonMark leaves a picture's address as it is written,
//! browsers decode it, and disks spell names in their own way.

use crate::path::{SitePath, percent_decoded};
use crate::source::snapshot::Snapshot;

/// The file of the site that a text in `from` means by a relative address, spelled as on the disk.
/// Where there is none, the path it would have; `None` where that leaves the site.
pub(super) fn file(
    snapshot: &Snapshot,
    from: Option<&SitePath>,
    address: &str,
) -> Option<SitePath> {
    let cut = address.find(['?', '#']).map(|end| &address[..end]);
    // A name may hold what means something else in an address: `100%.png`, `C#.png`.
    let readings =
        [resolve(from, address), beside(from, address), resolve(from, cut.unwrap_or(""))];
    let on_disk = |path: &SitePath| snapshot.entry(path.as_str()).map(|(path, _)| path.clone());
    let found = readings.iter().flatten().find_map(on_disk);
    found.or_else(|| readings.into_iter().flatten().next())
}

/// The path that a browser would ask for.
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

/// A path of the output as an address: what would end or escape the path is encoded.
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
