//! A picture's header: kind, size, orientation and colour from its bytes, and the limits that are
//! held before anything is decoded.

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

/// What the bytes are, whatever the file is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
}

impl Kind {
    /// Told by the first bytes.
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

    /// The usual ending of its files' names: `jpg`.
    pub fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// Every ending its files' names may have, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Kind::Png => &["png", "apng"],
            Kind::Gif => &["gif"],
            Kind::Webp => &["webp"],
        }
    }
}

/// How its samples mean colours, as far as the header tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Colour {
    /// sRGB, or an ICC profile that the decoder finds.
    Usual,
    /// PNG's `gAMA` (in hundred-thousandths) with nothing better beside it.
    Gamma(u32),
    /// The same with PNG's `cHRM`: x and y of white, red, green and blue, in hundred-thousandths.
    Chromaticities(u32, [u32; 8]),
    /// PNG's `cICP`: primaries and transfer of ITU-T H.273.
    Coded(u8, u8),
}

/// What is known of a picture without decoding it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// What it is.
    pub kind: Kind,
    /// Pixels across, as stored.
    pub width: u32,
    /// Pixels down, as stored.
    pub height: u32,
    /// How it has to be turned to stand upright.
    pub orientation: Orientation,
    /// How many pictures follow each other; more than one is an animation.
    pub frames: u32,
    /// Whether parts of it may be transparent.
    pub has_alpha: bool,
    /// What its samples mean.
    pub colour: Colour,
    /// Bytes of its colour profile as stored.
    pub profile_len: u64,
    /// Passes a JPEG makes over the picture; 1 for everything else.
    pub scans: u32,
    /// Bytes that one pixel takes while the picture is decoded, working memory of the decoder
    /// included, at most.
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

    /// Width and height as a person sees it.
    pub fn upright(&self) -> (u32, u32) {
        self.orientation.turned((self.width, self.height))
    }

    /// How many pixels there are.
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// What an author should know about a picture that is used anyway: a misleading file name, or
    /// an animation of which only the beginning is shown.
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

/// What a picture may be at most. A picture beyond them is refused by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Pixels, in millions.
    pub megapixels: u32,
    /// Pixels along one edge.
    pub edge: u32,
    /// Bytes of the colour profile.
    pub profile: u64,
    /// Passes of a progressive JPEG: each costs time over the whole picture.
    pub scans: u32,
}

impl Limits {
    /// For pictures that the owner of the site puts there: pages, posts, projects, crests.
    /// 64 MiB holds any camera's JPEG and most of its PNGs, 30 000 pixels an edge the picture of a
    /// long page on a screen.
    pub fn new(megapixels: u32) -> Limits {
        Limits { bytes: 64 << 20, megapixels, edge: 30_000, profile: 4 << 20, scans: 100 }
    }

    /// For portraits, which strangers propose in pull requests and which stay in the repository
    /// for ever: 10 MB, twice what a phone's photograph takes, and 12 000 pixels an edge, which no
    /// camera's picture exceeds that is not a panorama.
    pub fn portrait(megapixels: u32) -> Limits {
        Limits { bytes: 10_000_000, edge: 12_000, ..Limits::new(megapixels) }
    }

    /// Refuses a file by its length, before it is read.
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

/// Reads a picture's header and holds it against the limits. Nothing is decoded, and no memory is
/// taken. The diagnostic has no place: the caller knows the line that asked for the picture.
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

/// The picture is damaged in a way that only decoding shows.
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
    /// It contradicts itself.
    Broken(&'static str),
    /// A rare form that no browser shows either, or that the decoders lack.
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
