//! Decodes bytes to samples as stored: the first frame, neither rotated nor colour-converted.

use super::decode_error::{CUT, DAMAGED, DIFFERS, Decoded, HUGE, STRANGE};
use super::half::Half;
use super::jpeg;
use super::raw::{Layout, Raw};
use super::spec::Picture;
use crate::diagnostic::Result;
use crate::load::picture::{Header, PictureKind, broken};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{ColorType, ImageDecoder, ImageError, Limits};
use std::io::{Cursor, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Maximum size of a decompressed colour profile, in bytes.
const PROFILE: u64 = 4 << 20;

/// Runs a decoder. If it panics, the picture is reported as broken.
pub(super) fn guarded<T>(picture: &Picture, decoding: impl FnOnce() -> Decoded<T>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(decoding)).unwrap_or(Err(DAMAGED));
    outcome.map_err(|why| broken(&picture.file, picture.header.kind, why))
}

/// What is needed of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Need {
    /// The pixels at full size.
    pub(super) whole: bool,
    /// The picture at half its size, which some decoders produce faster.
    pub(super) half: bool,
}

/// Decodes a picture and makes something from it. If a JPEG only lacks its end marker, it is
/// decoded again with the marker added.
pub(super) fn decoded<T>(
    bytes: &[u8],
    header: &Header,
    need: Need,
    make: impl Fn(Raw) -> Decoded<T>,
) -> Decoded<T> {
    match decode(bytes, header, need).and_then(&make) {
        Err(CUT) if header.kind == PictureKind::Jpeg && jpeg::lacks_its_end_only(bytes, header) => {
            make(decode(&[bytes, &jpeg::END].concat(), header, need)?)
        }
        made => made,
    }
}

/// Decodes the first frame. If the decoder has no faster way to half the size, the pixels at full
/// size are returned instead.
pub(super) fn decode<'a>(bytes: &'a [u8], header: &Header, need: Need) -> Decoded<Raw<'a>> {
    let raw = match header.kind {
        PictureKind::Jpeg => jpeg_as_needed(bytes, header, need)?,
        PictureKind::Png => {
            // Memory for what is decompressed in addition to the pixels: the profile, and texts,
            // which are only copied.
            let mut limits = Limits::default();
            limits.max_alloc = Some(bytes.len() as u64 + PROFILE);
            read(PngDecoder::with_limits(Cursor::new(bytes), limits).map_err(said)?, header)?
        }
        PictureKind::Gif => {
            let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(said)?;
            let mut limits = Limits::default();
            limits.max_alloc = Some(header.pixels() * u64::from(header.pixel_cost));
            decoder.set_limits(limits).map_err(said)?;
            read(decoder, header)?
        }
        PictureKind::Webp => read(WebPDecoder::new(Cursor::new(bytes)).map_err(said)?, header)?,
    };
    if (raw.width, raw.height) != (header.width, header.height) {
        return Err(DIFFERS);
    }
    Ok(raw)
}

/// Half the size is always decoded in the same way, whether or not the full size is needed too.
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
    // The decoder's size is compared with that of the header before memory is allocated for it.
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
