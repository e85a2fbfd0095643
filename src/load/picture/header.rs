//! What a picture's header tells, and why one cannot be used.

use super::kind::PictureKind;
use super::orientation::Orientation;
use crate::diagnostic::Diagnostic;
use crate::path::SitePath;
use serde::{Deserialize, Serialize};

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
    pub kind: PictureKind,
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
    pub(super) fn new(kind: PictureKind, width: u32, height: u32) -> Header {
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
