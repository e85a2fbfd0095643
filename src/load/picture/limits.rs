//! The limits of a picture, checked before anything is decoded.

use super::header::Header;
use crate::diagnostic::{Diagnostic, Result};
use crate::path::SitePath;

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

    pub(super) fn check(&self, path: &SitePath, header: &Header) -> Result<()> {
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
