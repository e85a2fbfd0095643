//! The format of a picture, detected by its first bytes.

use serde::{Deserialize, Serialize};

/// The format of a picture, determined by its bytes, not by its file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum PictureKind {
    Jpeg,
    Png,
    Gif,
    Webp,
}

impl PictureKind {
    /// Detects the format by the first bytes.
    pub fn of(bytes: &[u8]) -> Option<PictureKind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(PictureKind::Jpeg),
            _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some(PictureKind::Png),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => {
                Some(PictureKind::Gif)
            }
            _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => {
                Some(PictureKind::Webp)
            }
            _ => None,
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            PictureKind::Jpeg => "JPEG",
            PictureKind::Png => "PNG",
            PictureKind::Gif => "GIF",
            PictureKind::Webp => "WebP",
        }
    }

    /// The usual file extension: `jpg`.
    pub fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// All accepted file extensions, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            PictureKind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            PictureKind::Png => &["png", "apng"],
            PictureKind::Gif => &["gif"],
            PictureKind::Webp => &["webp"],
        }
    }
}
