//! Files that are no picture this program reads: each kind with its own advice.

use crate::diagnostic::Diagnostic;
use crate::path::SitePath;

/// What to say about a file of none of the four kinds.
pub(super) fn refusal(path: &SitePath, bytes: &[u8]) -> Diagnostic {
    if let Some((name, help)) = known(bytes) {
        let message = format!("`{path}` is {name}, which cannot be used here");
        return Diagnostic::error("unsupported-picture", message).help(help);
    }
    let what = if bytes.is_empty() { "is empty" } else { "is not a picture" };
    Diagnostic::error("not-a-picture", format!("`{path}` {what}"))
        .help("use a JPEG, PNG, WebP or GIF picture")
}

fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const CONVERT: &str = "save it as JPEG, PNG or WebP";
    match iso_brand(bytes) {
        Some(b"avif" | b"avis") => {
            return Some(("an AVIF picture", "use the JPEG, PNG or WebP it was made from"));
        }
        Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
            let help = "export it as JPEG: phones call that \"most compatible\"";
            return Some(("a HEIC picture", help));
        }
        _ => {}
    }
    if is_svg(bytes) {
        return Some((
            "an SVG drawing",
            "export it as PNG, 1024 pixels wide: a drawing may hold scripts",
        ));
    }
    match bytes {
        _ if bytes.starts_with(b"BM") && bytes.len() > 26 => Some(("a BMP picture", CONVERT)),
        _ if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") => {
            Some(("a TIFF picture", CONVERT))
        }
        _ if bytes.starts_with(b"\xff\x0a") || bytes.starts_with(b"\0\0\0\x0cJXL ") => {
            Some(("a JPEG XL picture", CONVERT))
        }
        _ if bytes.starts_with(b"\0\0\x01\0") => Some(("an icon file", CONVERT)),
        _ => None,
    }
}

/// The major brand of an ISO media file.
fn iso_brand(bytes: &[u8]) -> Option<&[u8]> {
    (bytes.get(4..8)? == b"ftyp").then(|| bytes.get(8..12))?
}

fn is_svg(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\x1f\x8b") {
        return false;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]);
    head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).starts_with('<')
        && head.contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stranger_gets_its_own_advice() {
        let path = SitePath::new("a.png").unwrap();
        let help = |bytes: &[u8]| {
            let refused = refusal(&path, bytes);
            (refused.code, refused.help.unwrap())
        };
        assert!(help(b"\0\0\0\x18ftypheic").1.contains("most compatible"));
        assert!(help(b"\0\0\0\x18ftypavif").1.contains("it was made from"));
        assert!(help(b"\xef\xbb\xbf<?xml?>\n<svg>").1.contains("scripts"));
        assert_eq!(help(b"<html>").0, "not-a-picture");
        assert_eq!(help(b"").0, "not-a-picture");
    }
}
