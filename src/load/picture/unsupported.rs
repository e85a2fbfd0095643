//! Files that are not a supported picture: advice for each known kind.

use crate::diagnostic::Diagnostic;
use crate::path::SitePath;

/// The diagnostic for a file that is none of the four formats.
pub(super) fn refusal(path: &SitePath, bytes: &[u8]) -> Diagnostic {
    if let Some((name, help)) = known(bytes) {
        let message = format!("`{path}` is {name}, which cannot be used here");
        return Diagnostic::error("unsupported-picture", message).help(help);
    }
    if bytes.trim_ascii().is_empty() {
        return Diagnostic::error("empty-picture", format!("`{path}` is empty"))
            .help("copy or download it again");
    }
    Diagnostic::error("not-a-picture", format!("`{path}` is not a picture"))
        .help("use a JPEG, PNG, WebP or GIF picture")
}

fn known(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const CONVERT: &str = "save it as JPEG, PNG or WebP";
    let brands = iso_brands(bytes);
    let is_of = |family: &[&[u8; 4]]| brands.iter().any(|brand| family.contains(brand));
    if is_of(&[b"avif", b"avis"]) {
        let help = "save it as JPEG, PNG or WebP, best from what it was made of: the site makes \
                    AVIF of that by itself";
        return Some(("an AVIF picture", help));
    }
    if is_of(&[b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]) {
        let help = "export it as JPEG: phones call that \"most compatible\"";
        return Some(("a HEIC picture", help));
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

/// The brands of an ISO media file (ISO 14496-12, 4.3): the major brand and, after its version, the
/// compatible brands. AVIF and HEIC may both have the major brand `mif1`.
fn iso_brands(bytes: &[u8]) -> Vec<&[u8; 4]> {
    let Some((len, rest)) = bytes.split_first_chunk() else { return Vec::new() };
    let Some(brands) = rest.strip_prefix(b"ftyp") else { return Vec::new() };
    // 0 is a box that extends to the end of the file.
    let len = match u32::from_be_bytes(*len) as usize {
        0 => brands.len(),
        len => len.saturating_sub(8).clamp(4, 128).min(brands.len()),
    };
    let brands = brands[..len].as_chunks().0.iter();
    brands.enumerate().filter(|(at, _)| *at != 1).map(|(_, brand)| brand).collect()
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
    fn every_unsupported_format_gets_its_own_advice() {
        let path = SitePath::new("a.png").unwrap();
        let help = |bytes: &[u8]| {
            let refused = refusal(&path, bytes);
            (refused.code, refused.help.unwrap())
        };
        assert!(help(b"\0\0\0\x18ftypheic").1.contains("most compatible"));
        assert!(help(b"\0\0\0\x18ftypavif").1.contains("AVIF of that"));
        assert!(help(b"\0\0\0\x1cftypmif1\0\0\0\0mif1heic").1.contains("most compatible"));
        assert!(help(b"\0\0\0\x1cftypmif1\0\0\0\0miafavif").1.contains("AVIF of that"));
        assert!(help(b"\0\0\0\0ftypavis").1.contains("AVIF of that"));
        assert_eq!(help(b"\0\0\0\0ftyp").0, "not-a-picture");
        assert_eq!(help(b"\0\0\0\x18ftypisom\0\0\0\0mp42").0, "not-a-picture");
        assert!(help(b"\xef\xbb\xbf<?xml?>\n<svg>").1.contains("scripts"));
        assert_eq!(help(b"<html>").0, "not-a-picture");
        assert_eq!(help(b"").0, "empty-picture");
    }
}
