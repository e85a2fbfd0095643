//! Bytes → samples as stored: the first frame, neither turned nor converted.

use super::half::Half;
use super::{Picture, jpeg};
use crate::diagnostic::Result;
use crate::load::picture::{Header, Kind, broken};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{ColorType, ImageDecoder, ImageError, Limits};
use std::io::{Cursor, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A colour profile may take this much once it is inflated.
const PROFILE: u64 = 4 << 20;

/// A decoded picture.
#[derive(Debug)]
pub(super) struct Raw<'a> {
    /// Pixels across.
    pub(super) width: u32,
    /// Pixels down.
    pub(super) height: u32,
    /// What stands in a pixel.
    pub(super) layout: Layout,
    /// Whether a sample takes two bytes (in the machine's order) instead of one.
    pub(super) is_deep: bool,
    /// The samples, row by row without gaps. None if it is needed in half its size only.
    pub(super) samples: Vec<u8>,
    /// It in half its size, in linear light of the curve of sRGB.
    pub(super) half: Option<Half<'a>>,
    /// The colour profile it carries.
    pub(super) profile: Option<Vec<u8>>,
}

/// What stands in a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
    /// The more the darker: 255 is full ink.
    Cmyk,
}

impl Layout {
    pub(super) fn channels(self) -> usize {
        match self {
            Layout::Gray => 1,
            Layout::GrayAlpha => 2,
            Layout::Rgb => 3,
            Layout::Rgba | Layout::Cmyk => 4,
        }
    }

    /// Channels of its light: grey is light of three colours.
    pub(super) fn of_light(self) -> usize {
        match self {
            Layout::Gray | Layout::Rgb => 3,
            Layout::GrayAlpha | Layout::Rgba | Layout::Cmyk => 4,
        }
    }
}

/// Why a picture cannot be decoded. The decoders' own words are about their insides.
pub(super) type Decoded<T> = std::result::Result<T, &'static str>;

pub(super) const DAMAGED: &str = "its pixels are damaged";
pub(super) const CUT: &str = "it ends too early";
pub(super) const DIFFERS: &str = "its size differs from the size in its header";
pub(super) const STRANGE: &str = "its colour type is unknown";
const HUGE: &str = "it needs more memory than its size allows";

/// Runs a decoding. A decoder that panics has met a broken picture too.
pub(super) fn guarded<T>(picture: &Picture, decoding: impl FnOnce() -> Decoded<T>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(decoding)).unwrap_or(Err(DAMAGED));
    outcome.map_err(|why| broken(&picture.file, picture.header.kind, why))
}

/// What of a picture is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// Its pixels as they are.
    pub(super) whole: bool,
    /// It in half its size, which some decoders come to sooner.
    pub(super) half: bool,
}

/// Decodes a picture and makes something of it. Where a JPEG lacks nothing but the mark at its end,
/// once more with that.
pub(super) fn decoded<T>(
    bytes: &[u8],
    header: &Header,
    need: Need,
    make: impl Fn(Raw) -> Decoded<T>,
) -> Decoded<T> {
    match decode(bytes, header, need).and_then(&make) {
        Err(CUT) if header.kind == Kind::Jpeg && jpeg::lacks_its_end_only(bytes, header) => {
            make(decode(&[bytes, &jpeg::END].concat(), header, need)?)
        }
        made => made,
    }
}

/// Decodes the first frame. Where the decoder has no shorter way to half the size, the pixels are
/// given instead.
pub(super) fn decode<'a>(bytes: &'a [u8], header: &Header, need: Need) -> Decoded<Raw<'a>> {
    let raw = match header.kind {
        Kind::Jpeg => jpeg_as_needed(bytes, header, need)?,
        Kind::Png => {
            // What is inflated beside the pixels: the profile, and texts, which are only copied.
            let mut limits = Limits::default();
            limits.max_alloc = Some(bytes.len() as u64 + PROFILE);
            read(PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(said)?, header)?
        }
        Kind::Gif => {
            let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(said)?;
            let mut limits = Limits::default();
            limits.max_alloc = Some(header.pixels() * u64::from(header.pixel_cost));
            decoder.set_limits(limits).map_err(said)?;
            read(decoder, header)?
        }
        Kind::Webp => read(WebPDecoder::new(Cursor::new(bytes)).map_err(said)?, header)?,
    };
    if (raw.width, raw.height) != (header.width, header.height) {
        return Err(DIFFERS);
    }
    Ok(raw)
}

/// Half the size always comes the same way, whether or not the pixels are needed beside it.
fn jpeg_as_needed<'a>(bytes: &'a [u8], header: &Header, need: Need) -> Decoded<Raw<'a>> {
    let halving = if need.half { jpeg::halving(bytes, header)? } else { None };
    let Some(halving) = halving else { return jpeg::samples(bytes, header) };
    let mut raw = if need.whole {
        jpeg::samples(bytes, header)?
    } else {
        let (width, height, layout) = (header.width, header.height, Layout::Rgb);
        let (samples, profile) = (Vec::new(), halving.profile());
        Raw { width, height, layout, is_deep: false, samples, half: None, profile }
    };
    raw.half = Some(Half::Coming(Box::new(halving)));
    Ok(raw)
}

fn read(mut decoder: impl ImageDecoder, header: &Header) -> Decoded<Raw<'static>> {
    let (layout, is_deep) = match decoder.color_type() {
        ColorType::L8 => (Layout::Gray, false),
        ColorType::La8 => (Layout::GrayAlpha, false),
        ColorType::Rgb8 => (Layout::Rgb, false),
        ColorType::Rgba8 => (Layout::Rgba, false),
        ColorType::L16 => (Layout::Gray, true),
        ColorType::La16 => (Layout::GrayAlpha, true),
        ColorType::Rgb16 => (Layout::Rgb, true),
        ColorType::Rgba16 => (Layout::Rgba, true),
        _ => return Err(STRANGE),
    };
    let (width, height) = decoder.dimensions();
    // The decoder's own idea of the size is held against ours before memory is taken for it.
    let len = decoder.total_bytes();
    if (width, height) != (header.width, header.height) || len > header.pixels() * 8 {
        return Err(DIFFERS);
    }
    let profile = decoder.icc_profile().ok().flatten();
    let len = usize::try_from(len).map_err(|_| HUGE)?;
    let mut samples = vec![0; len];
    decoder.read_image(&mut samples).map_err(said)?;
    Ok(Raw { width, height, layout, is_deep, samples, half: None, profile })
}

fn said(err: ImageError) -> &'static str {
    match err {
        ImageError::Limits(_) => HUGE,
        ImageError::IoError(err) if err.kind() == ErrorKind::UnexpectedEof => CUT,
        _ => DAMAGED,
    }
}
