//! A picture of the site, and what is requested of it.

use crate::digest::Digest;
use crate::load::picture::Header;
use crate::load::{Format, Images, Quality};
use crate::path::SitePath;
use serde::Serialize;

/// A picture of the site whose header has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its file.
    pub file: SitePath,
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its header.
    pub header: Header,
}

/// Which part of the upright picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Crop {
    /// The largest square around the focus point, in thousandths from the left and from the top.
    /// Without one, the focus point is found in the picture; if nothing stands out, the crop is the
    /// centre of a wide picture, and a third of the way down a tall one, where faces usually are.
    Square {
        /// The focus point.
        focus: Option<(u16, u16)>,
    },
    /// The whole picture.
    Whole,
}

impl Crop {
    /// Sets this focus point, unless there is one.
    pub(super) fn around(self, found: Option<(u16, u16)>) -> Crop {
        match self {
            Crop::Square { focus } => Crop::Square { focus: focus.or(found) },
            Crop::Whole => Crop::Whole,
        }
    }
}

/// What is requested of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PictureSpec {
    /// Which part.
    pub crop: Crop,
    /// Widths in pixels. Pictures are never enlarged.
    pub widths: Vec<u32>,
    /// Formats; the most common one is the fallback for old browsers. An empty list means JPEG.
    pub formats: Vec<Format>,
    /// The visual quality of each format.
    pub quality: Quality,
}

impl PictureSpec {
    /// A request for a square portrait in the site's widths and formats.
    pub fn portrait(images: &Images, focus: Option<(u16, u16)>) -> PictureSpec {
        PictureSpec { crop: Crop::Square { focus }, ..PictureSpec::whole(images, &images.avatar) }
    }

    /// A request for a whole picture in these widths and the site's formats.
    pub fn whole(images: &Images, widths: &[u32]) -> PictureSpec {
        PictureSpec {
            crop: Crop::Whole,
            widths: widths.to_vec(),
            formats: images.formats.clone(),
            quality: images.quality,
        }
    }
}

/// The formats to try for a picture, the most common last: a browser that supports one also
/// supports all after it. For a picture that may have transparency, PNG replaces JPEG.
pub(super) fn formats(picture: &Picture, spec: &PictureSpec) -> Vec<Format> {
    let mut formats: Vec<Format> = Vec::new();
    let asked = if spec.formats.is_empty() { &[Format::Jpeg][..] } else { &spec.formats };
    for asked in asked {
        let format = match asked {
            Format::Jpeg if picture.header.has_alpha => Format::Png,
            other => *other,
        };
        if !formats.contains(&format) {
            formats.push(format);
        }
    }
    formats.sort_by_key(|format| match format {
        Format::Avif => 0,
        Format::Webp => 1,
        Format::Jpeg | Format::Png => 2,
    });
    formats
}
