//! Pictures: header → limits → upright → crop → sizes → formats. One interface for all pictures:
//! portraits, pictures in Markdown, icons and previews only differ in the request.
//!
//! `develop` takes all pictures of a site at once, before anything is rendered. Those that are not
//! in the blob store are decoded, once for all sizes and formats, and encoded, on all processors
//! and within a memory budget. The result for each is an `Offer`: the variants a page may refer to,
//! and a placeholder. A second build decodes nothing.

mod chroma;
mod colour;
mod crop;
mod decode;
mod develop;
mod encode;
mod focus;
mod half;
mod jpeg;
mod kernels;
mod lanczos;
mod markup;
mod offer;
mod placeholder;
mod pyramid;
mod resize;
mod rgba;
mod small;
mod trial;
mod workshop;

use crate::diagnostic::Result;
use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::load::picture::{Colour, Header};
use crate::load::{Format, Images, Quality};
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::File;
use crop::Area;
pub use develop::{Crew, Request, develop};
pub use markup::{Loading, PictureView, Source};
pub use offer::{Offer, Set};
pub use placeholder::Placeholder;
pub use rgba::Rgba;
use serde::Serialize;
use std::sync::Arc;
pub use workshop::Workshop;

/// The output folder of variants.
const FOLDER: &str = "pictures";

/// The longest edge that every format supports; WebP's limit is the lowest.
const LONGEST_EDGE: u32 = 16_383;

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
    fn around(self, found: Option<(u16, u16)>) -> Crop {
        match self {
            Crop::Square { focus } => Crop::Square { focus: focus.or(found) },
            Crop::Whole => Crop::Whole,
        }
    }
}

/// What is requested of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// Which part.
    pub crop: Crop,
    /// Widths in pixels. Pictures are never enlarged.
    pub widths: Vec<u32>,
    /// Formats; the most common one is the fallback for old browsers. An empty list means JPEG.
    pub formats: Vec<Format>,
    /// The visual quality of each format.
    pub quality: Quality,
}

impl Ask {
    /// A request for a square portrait in the site's widths and formats.
    pub fn portrait(images: &Images, focus: Option<(u16, u16)>) -> Ask {
        Ask { crop: Crop::Square { focus }, ..Ask::whole(images, &images.avatar) }
    }

    /// A request for a whole picture in these widths and the site's formats.
    pub fn whole(images: &Images, widths: &[u32]) -> Ask {
        Ask {
            crop: Crop::Whole,
            widths: widths.to_vec(),
            formats: images.formats.clone(),
            quality: images.quality,
        }
    }
}

/// One size and format of a picture: everything about it except its bytes.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The output path: `pictures/ada-192.0123456789abcdef.webp`. The name is computed from the
    /// source, the settings and the recipe, never from the bytes, which differ between processors.
    pub path: SitePath,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Its format.
    pub format: Format,
    quality: u8,
    order: Order,
}

/// The crop of a picture and its sizes: what variants that share one decoding have in common.
#[derive(Clone, Debug)]
struct Order {
    picture: Picture,
    /// The crop, in the upright picture.
    area: Area,
    /// Widths and heights, ascending.
    sizes: Arc<[(u32, u32)]>,
}

impl Order {
    /// Nothing is enlarged: widths greater than the picture's own are replaced by its own, once,
    /// and only if that is at least a quarter more than the next smaller one.
    fn new(picture: &Picture, area: Area, widths: &[u32]) -> Order {
        Order { picture: picture.clone(), area, sizes: sizes(area, widths).into() }
    }

    fn widest(&self) -> u32 {
        self.sizes.last().map_or(1, |(width, _)| *width)
    }

    /// The variants in these formats: for each format, each size in ascending order.
    fn variants(&self, formats: &[Format], quality: Quality) -> Vec<Variant> {
        formats
            .iter()
            .flat_map(|format| self.sizes.iter().map(|size| (*format, *size)))
            .map(|(format, size)| self.variant(format, size, quality))
            .collect()
    }

    fn variant(&self, format: Format, size: (u32, u32), quality: Quality) -> Variant {
        Variant::new(self, format, size, quality.of(format))
    }
}

/// The formats to try for a picture, the most common last: a browser that supports one also
/// supports all after it. For a picture that may have transparency, PNG replaces JPEG.
fn formats(picture: &Picture, ask: &Ask) -> Vec<Format> {
    let mut formats: Vec<Format> = Vec::new();
    let asked = if ask.formats.is_empty() { &[Format::Jpeg][..] } else { &ask.formats };
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

impl Variant {
    fn new(order: &Order, format: Format, (width, height): (u32, u32), quality: u8) -> Variant {
        let digest =
            fingerprint(&order.picture, order.area, format, (width, height), quality).digest();
        let stem = slugify(order.picture.file.stem())
            .filter(|it| it.is_ascii())
            .unwrap_or_else(|| "picture".to_owned());
        let extension = encode::extension(format);
        let path = format!("{FOLDER}/{stem}-{width}.{}.{extension}", digest.short());
        Variant {
            path: SitePath::new(path).expect("a slug, numbers and an extension are sound"),
            width,
            height,
            format,
            quality,
            order: order.clone(),
        }
    }

    /// The fingerprint: everything its bytes depend on.
    pub fn fingerprint(&self) -> Fingerprint {
        fingerprint(&self.order.picture, self.order.area, self.format, self.size(), self.quality)
    }

    /// Encodes the variant from the picture's own file. It contains nothing of the source but its
    /// pixels. `develop` makes all variants at once with less work; this is for bytes that were
    /// lost.
    ///
    /// # Errors
    /// `broken-picture` if only decoding shows the damage; errors of reading the file.
    pub fn make(&self, file: &File, workshop: &Workshop) -> Result<Vec<u8>> {
        let order = Order { sizes: [self.size()].into(), ..self.order.clone() };
        let prepared = workshop.decoded_for(&order, file, |raw| resize::prepare(raw, &order))?;
        self.encode(prepared.size(self.size()))
    }

    fn encode(&self, pixels: &resize::Pixels) -> Result<Vec<u8>> {
        encode::encode(pixels, self.format, self.quality)
            .map_err(|why| encode::failure(&self.path, &why))
    }

    fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The same variant in another format.
    fn in_format(&self, format: Format) -> Variant {
        Variant::new(&self.order, format, self.size(), Quality::all(self.quality).of(format))
    }
}

/// Cache version of the conversion of a PNG's primaries.
const PRIMARIES: &str = "chromaticities/1";

/// `None` for most pictures.
fn primaries_of(picture: &Picture) -> Option<(&'static str, Digest)> {
    let has_own = matches!(picture.header.colour, Colour::Chromaticities(..));
    has_own.then(|| ("primaries", Digest::of(&PRIMARIES)))
}

fn fingerprint(
    picture: &Picture,
    area: Area,
    format: Format,
    size: (u32, u32),
    quality: u8,
) -> Fingerprint {
    Fingerprint::new(encode::recipe(format))
        .with("source", picture.digest)
        .with("settings", Digest::of(&(resize::PIXELS, area, size, quality)))
        .with_all(primaries_of(picture))
}

/// The sizes to make of a crop, ascending.
fn sizes(area: Area, widths: &[u32]) -> Vec<(u32, u32)> {
    // A very tall or wide strip is limited to the size that a file supports.
    let own = area.width.min(LONGEST_EDGE);
    let tallest = (u64::from(LONGEST_EDGE) * u64::from(area.width) / u64::from(area.height)).max(1);
    let own = own.min(u32::try_from(tallest).unwrap_or(u32::MAX));
    let mut chosen: Vec<u32> =
        widths.iter().copied().filter(|width| (1..=own).contains(width)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let is_wanted_wider = widths.iter().any(|width| *width > own);
    let is_gain = chosen.last().is_none_or(|widest| u64::from(own) * 4 >= u64::from(*widest) * 5);
    if chosen.is_empty() || (is_wanted_wider && is_gain) {
        chosen.push(own);
    }
    chosen.into_iter().map(|width| (width, height_of(area, width))).collect()
}

/// The height for a width, rounded.
fn height_of(area: Area, width: u32) -> u32 {
    let (down, across) = (u64::from(area.height), u64::from(area.width));
    let height = (u64::from(width) * down + across / 2) / across;
    u32::try_from(height).unwrap_or(u32::MAX).clamp(1, LONGEST_EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(own: (u32, u32), asked: &[u32]) -> Vec<(u32, u32)> {
        sizes(Area { x: 0, y: 0, width: own.0, height: own.1 }, asked)
    }

    #[test]
    fn nothing_is_enlarged() {
        let asked = [96, 192, 384, 768];
        assert_eq!(widths((80, 80), &asked), [(80, 80)]);
        assert_eq!(widths((96, 96), &asked), [(96, 96)]);
        assert_eq!(widths((400, 400), &asked), [(96, 96), (192, 192), (384, 384)]);
        assert_eq!(widths((500, 250), &asked), [(96, 48), (192, 96), (384, 192), (500, 250)]);
        assert_eq!(widths((900, 900), &asked).len(), 4);
        assert_eq!(widths((900, 900), &[384, 96, 384]), [(96, 96), (384, 384)]);
    }

    #[test]
    fn a_strip_stays_within_what_files_can_hold() {
        assert_eq!(widths((1, 30_000), &[96]), [(1, 16_383)]);
        assert_eq!(widths((30_000, 1), &[96, 20_000]), [(96, 1), (16_383, 1)]);
        assert_eq!(widths((10, 30_000), &[96]), [(5, 15_000)]);
    }
}
