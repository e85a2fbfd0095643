//! A picture's header: format, size, orientation and colour, read from its bytes; and the limits
//! that are checked before anything is decoded.

mod bytes;
mod fault;
mod gif;
mod header;
mod jpeg;
mod kind;
mod limits;
mod orientation;
mod png;
mod unsupported;
mod webp;

use crate::diagnostic::Result;
use crate::path::SitePath;
pub use fault::broken;
pub use header::{Colour, Header};
pub use kind::PictureKind;
pub use limits::Limits;
pub use orientation::Orientation;

/// Reads a picture's header and checks it against the limits, without decoding or allocating
/// memory. The diagnostic has no source position: the caller knows the line that refers to the
/// picture.
///
/// # Errors
/// `empty-picture`, `not-a-picture`, `unsupported-picture`, `truncated-picture`, `broken-picture`,
/// `picture-too-large`
pub fn inspect(path: &SitePath, bytes: &[u8], limits: &Limits) -> Result<Header> {
    limits.check_len(path, bytes.len() as u64)?;
    let Some(kind) = PictureKind::of(bytes) else {
        return Err(unsupported::refusal(path, bytes));
    };
    let read = match kind {
        PictureKind::Jpeg => jpeg::read(bytes),
        PictureKind::Png => png::read(bytes),
        PictureKind::Gif => gif::read(bytes),
        PictureKind::Webp => webp::read(bytes),
    };
    let header = read.map_err(|fault| fault.diagnostic(path, kind))?;
    limits.check(path, &header)?;
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn refusal(bytes: &[u8]) -> Diagnostic {
        inspect(&SitePath::new("a.jpg").unwrap(), bytes, &Limits::new(100)).unwrap_err()
    }

    #[test]
    fn a_header_written_in_ascii_is_held_against_the_limits() {
        assert_eq!(refusal(b"GIF89a").code, "truncated-picture");
        assert_eq!(refusal(b"GIF89a       ;").code, "broken-picture");
        let wide = refusal(b"GIF89aAAAA   ,          \0");
        assert_eq!(wide.code, "picture-too-large");
        assert!(wide.message.contains("16705 × 16705 pixels"), "{}", wide.message);
        assert_eq!(refusal(b"hello").code, "not-a-picture");
    }

    #[test]
    fn a_file_is_refused_by_its_length_alone() {
        let path = SitePath::new("a.jpg").unwrap();
        let refused = Limits::portrait(100).check_len(&path, 10_000_001).unwrap_err();
        assert_eq!(refused.message, "`a.jpg` is 10 000 001 bytes long; the limit is 10 000 000");
        assert!(Limits::new(100).check_len(&path, 10_000_001).is_ok());
    }

    #[test]
    fn a_name_that_lies_and_an_animation_are_remarked_upon() {
        let mut header = Header::new(PictureKind::Png, 1, 1);
        header.frames = 3;
        let codes = |path: &str| -> Vec<&str> {
            header.remarks(&SitePath::new(path).unwrap()).iter().map(|it| it.code).collect()
        };
        assert_eq!(codes("a/b.PNG"), ["animated-picture"]);
        assert_eq!(codes("a/b.jpg"), ["misnamed-picture", "animated-picture"]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes: Vec<u8>, magic in 0..5usize) {
            let magics: [&[u8]; 5] = [
                b"\xff\xd8\xff",
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                b"GIF89a",
                b"RIFF\0\0\0\0WEBPVP8X",
                b"\0\0\0\x1cftypmif1",
            ];
            bytes.splice(0..0, magics[magic].iter().copied());
            let _ = inspect(&SitePath::new("a.jpg").unwrap(), &bytes, &Limits::new(100));
        }
    }
}
