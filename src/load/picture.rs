//! A picture's header: format, size, orientation and colour, read from its bytes; and the limits
//! that are checked before anything is decoded.

mod bytes;
mod gif;
mod jpeg;
mod orientation;
mod png;
mod stranger;
mod webp;

use crate::diagnostic::{Diagnostic, Result};
use crate::path::SitePath;
pub use orientation::Orientation;
use serde::{Deserialize, Serialize};

/// The format of a picture, determined by its bytes, not by its file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
}

impl Kind {
    /// Detects the format by the first bytes.
    pub fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            _ if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => Some(Kind::Png),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Kind::Gif),
            _ if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => {
                Some(Kind::Webp)
            }
            _ => None,
        }
    }

    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::Gif => "GIF",
            Kind::Webp => "WebP",
        }
    }

    /// The usual file extension: `jpg`.
    pub fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// All accepted file extensions, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png", "apng"],
            Kind::Gif => &["gif"],
            Kind::Webp => &["webp"],
        }
    }
}

/// The colour space of the samples, as far as the header tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colour {
    /// sRGB, or an ICC profile that the decoder applies.
    Usual,
    /// PNG's `gAMA` (in hundred-thousandths), without a better description.
    Gamma(u32),
    /// Also with PNG's `cHRM`: x and y of white, red, green and blue, in hundred-thousandths.
    Chromaticities(u32, [u32; 8]),
    /// PNG's `cICP`: colour primaries and transfer function by ITU-T H.273.
    Coded(u8, u8),
}

/// What is known about a picture without decoding it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Its format.
    pub kind: Kind,
    /// Width in pixels, as stored.
    pub width: u32,
    /// Height in pixels, as stored.
    pub height: u32,
    /// The rotation and mirroring that turn it upright.
    pub orientation: Orientation,
    /// The number of frames; more than one is an animation.
    pub frames: u32,
    /// Whether it may have transparency.
    pub has_alpha: bool,
    /// The colour space of its samples.
    pub colour: Colour,
    /// Length of its colour profile in bytes, as stored.
    pub profile_len: u64,
    /// The number of scans of a JPEG; 1 for other formats.
    pub scans: u32,
    /// Upper bound of the memory, in bytes per pixel, that decoding takes, including the decoder's
    /// working memory.
    pub pixel_cost: u8,
}

impl Header {
    fn new(kind: Kind, width: u32, height: u32) -> Header {
        Header {
            kind,
            width,
            height,
            orientation: Orientation::UPRIGHT,
            frames: 1,
            has_alpha: false,
            colour: Colour::Usual,
            profile_len: 0,
            scans: 1,
            pixel_cost: 8,
        }
    }

    /// Width and height once it is upright.
    pub fn upright(&self) -> (u32, u32) {
        self.orientation.turned((self.width, self.height))
    }

    /// The number of pixels.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Warnings about a picture that is used anyway: a misleading file name, or an animation of
    /// which only the first frame is shown.
    pub fn remarks(&self, path: &SitePath) -> Vec<Diagnostic> {
        let mut remarks = Vec::new();
        let extension = path.extension().to_ascii_lowercase();
        if !self.kind.extensions().contains(&extension.as_str()) {
            let kind = self.kind.name();
            let message = format!("`{path}` is a {kind} picture, although its name says otherwise");
            remarks.push(Diagnostic::warning("misnamed-picture", message).help(format!(
                "rename it to `{}.{}`",
                path.stem(),
                self.kind.extensions()[0]
            )));
        }
        if self.frames > 1 {
            let message = format!("`{path}` is an animation with {} frames", self.frames);
            remarks.push(
                Diagnostic::warning("animated-picture", message)
                    .help("only the first frame is shown"),
            );
        }
        remarks
    }
}

/// Limits of a picture. One that exceeds them is refused by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Pixels, in millions.
    pub megapixels: u32,
    /// Pixels along the longer edge.
    pub edge: u32,
    /// Bytes of the colour profile.
    pub profile: u64,
    /// Scans of a progressive JPEG: each of them costs time for the whole picture.
    pub scans: u32,
}

impl Limits {
    /// Limits for pictures from the site's owner: pages, posts, projects, crests. 64 MiB is enough
    /// for any camera's JPEG and most PNGs; 30 000 pixels per edge are enough for a screenshot of a
    /// long page.
    pub fn new(megapixels: u32) -> Limits {
        Limits { bytes: 64 << 20, megapixels, edge: 30_000, profile: 4 << 20, scans: 100 }
    }

    /// Limits for portraits, which strangers propose in pull requests and which stay in the
    /// repository forever: 10 MB is twice the size of a phone's photograph, and 12 000 pixels per
    /// edge is more than any camera's picture has, except for panoramas.
    pub fn portrait(megapixels: u32) -> Limits {
        Limits { bytes: 10_000_000, edge: 12_000, ..Limits::new(megapixels) }
    }

    /// Checks a file's length before it is read.
    ///
    /// # Errors
    /// `picture-too-large`
    pub fn check_len(&self, path: &SitePath, len: u64) -> Result<()> {
        if len <= self.bytes {
            return Ok(());
        }
        Err(too_large(path, &format!("{} bytes long", grouped(len)), &grouped(self.bytes), SHRINK))
    }

    fn check(&self, path: &SitePath, header: &Header) -> Result<()> {
        let edge = header.width.max(header.height);
        if edge > self.edge {
            let is = format!("{} pixels along an edge", grouped(edge.into()));
            return Err(too_large(path, &is, &grouped(self.edge.into()), SHRINK));
        }
        if header.pixels() > u64::from(self.megapixels) * 1_000_000 {
            let size = format!("{} × {} pixels", header.width, header.height);
            let limit = format!("{} megapixels", self.megapixels);
            return Err(too_large(path, &size, &limit, SHRINK));
        }
        if header.profile_len > self.profile {
            let is = format!("carrying a colour profile of {} bytes", grouped(header.profile_len));
            let help = "save it again in sRGB";
            return Err(too_large(path, &is, &grouped(self.profile), help));
        }
        if header.scans > self.scans {
            let is = format!("a JPEG of {} passes", grouped(header.scans.into()));
            let help = "save it again as a baseline JPEG";
            return Err(too_large(path, &is, &grouped(self.scans.into()), help));
        }
        Ok(())
    }
}

/// Reads a picture's header and checks it against the limits, without decoding or allocating
/// memory. The diagnostic has no source position: the caller knows the line that refers to the
/// picture.
///
/// # Errors
/// `empty-picture`, `not-a-picture`, `unsupported-picture`, `truncated-picture`, `broken-picture`,
/// `picture-too-large`
pub fn inspect(path: &SitePath, bytes: &[u8], limits: &Limits) -> Result<Header> {
    limits.check_len(path, bytes.len() as u64)?;
    let Some(kind) = Kind::of(bytes) else {
        return Err(stranger::refusal(path, bytes));
    };
    let read = match kind {
        Kind::Jpeg => jpeg::read(bytes),
        Kind::Png => png::read(bytes),
        Kind::Gif => gif::read(bytes),
        Kind::Webp => webp::read(bytes),
    };
    let header = read.map_err(|fault| fault.diagnostic(path, kind))?;
    limits.check(path, &header)?;
    Ok(header)
}

/// The diagnostic for a picture whose damage is only found by decoding it.
pub fn broken(path: &SitePath, kind: Kind, why: &str) -> Diagnostic {
    let why = why.lines().next().unwrap_or_default();
    let message = format!("`{path}` is a broken {} picture: {why}", kind.name());
    Diagnostic::error("broken-picture", message).help("open it in an editor and save it again")
}

/// Why a header cannot be used.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// The file ends before its header does.
    Truncated,
    /// The header contradicts itself.
    Broken(&'static str),
    /// A rare variant that browsers do not show either, or that the decoders do not support.
    Unsupported(&'static str),
}

impl Fault {
    fn diagnostic(self, path: &SitePath, kind: Kind) -> Diagnostic {
        let name = kind.name();
        match self {
            Fault::Truncated => {
                let message =
                    format!("`{path}` is cut off: only the start of a {name} picture is there");
                Diagnostic::error("truncated-picture", message).help("copy or download it again")
            }
            Fault::Broken(why) => broken(path, kind, why),
            Fault::Unsupported(what) => {
                let message = format!("`{path}` is {what}, which cannot be read");
                Diagnostic::error("unsupported-picture", message)
                    .help("save it as a plain JPEG or PNG")
            }
        }
    }
}

const SHRINK: &str = "make it smaller: 2000 pixels on the shorter side are enough";

fn too_large(path: &SitePath, is: &str, limit: &str, help: &str) -> Diagnostic {
    let message = format!("`{path}` is {is}; the limit is {limit}");
    Diagnostic::error("picture-too-large", message).help(help)
}

/// 10000000 → `10 000 000`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut header = Header::new(Kind::Png, 1, 1);
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
