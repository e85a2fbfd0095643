//! Bytes → samples as stored: the first frame, neither turned nor converted.

use super::Picture;
use crate::diagnostic::Result;
use crate::load::picture::{Header, Kind, broken};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{ColorType, ImageDecoder, ImageError, Limits};
use std::io::{Cursor, ErrorKind};
use std::panic::{AssertUnwindSafe, catch_unwind};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A colour profile may take this much once it is inflated.
const PROFILE: u64 = 4 << 20;

/// A decoded picture.
#[derive(Debug)]
pub(super) struct Raw {
    /// Pixels across.
    pub(super) width: u32,
    /// Pixels down.
    pub(super) height: u32,
    /// What stands in a pixel.
    pub(super) layout: Layout,
    /// Whether a sample takes two bytes (in the machine's order) instead of one.
    pub(super) is_deep: bool,
    /// The samples, row by row without gaps.
    pub(super) samples: Vec<u8>,
    /// The colour profile it carries.
    pub(super) profile: Option<Vec<u8>>,
}

impl Raw {
    /// About the colour of a pixel, three samples of 8 bits, on white where it is transparent.
    pub(super) fn colour(&self, x: usize, y: usize) -> [u8; 3] {
        let channels = self.layout.channels();
        let at = (y * self.width as usize + x) * channels;
        let sample = |channel: usize| match self.is_deep {
            true => self
                .samples
                .as_chunks::<2>()
                .0
                .get(at + channel)
                .map_or(0, |pair| u16::from_ne_bytes(*pair).to_be_bytes()[0]),
            false => self.samples.get(at + channel).copied().unwrap_or(0),
        };
        let on_white = |sample: u8, alpha: u8| {
            let (sample, alpha) = (u32::from(sample), u32::from(alpha));
            u8::try_from((sample * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        match self.layout {
            Layout::Gray => [sample(0); 3],
            Layout::GrayAlpha => [on_white(sample(0), sample(1)); 3],
            Layout::Rgb => [sample(0), sample(1), sample(2)],
            Layout::Rgba => [0, 1, 2].map(|channel| on_white(sample(channel), sample(3))),
            Layout::Cmyk => [0, 1, 2].map(|ink| {
                let light = (255 - u32::from(sample(ink))) * (255 - u32::from(sample(3)));
                u8::try_from(light / 255).unwrap_or(u8::MAX)
            }),
        }
    }
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
    fn channels(self) -> usize {
        match self {
            Layout::Gray => 1,
            Layout::GrayAlpha => 2,
            Layout::Rgb => 3,
            Layout::Rgba | Layout::Cmyk => 4,
        }
    }
}

/// Why a picture cannot be decoded. The decoders' own words are about their insides.
pub(super) type Decoded<T> = std::result::Result<T, &'static str>;

const DAMAGED: &str = "its pixels are damaged";
const CUT: &str = "it ends in its middle";
const DIFFERS: &str = "its size differs from what its header says";
const STRANGE: &str = "its colours are of an unknown kind";
const HUGE: &str = "it takes more memory than its size explains";

/// Runs a decoding. A decoder that panics has met a broken picture too.
pub(super) fn guarded<T>(picture: &Picture, decoding: impl FnOnce() -> Decoded<T>) -> Result<T> {
    let outcome = catch_unwind(AssertUnwindSafe(decoding)).unwrap_or(Err(DAMAGED));
    outcome.map_err(|why| broken(&picture.file, picture.header.kind, why))
}

/// Decodes the first frame.
pub(super) fn decode(bytes: &[u8], header: &Header) -> Decoded<Raw> {
    let raw = match header.kind {
        Kind::Jpeg => jpeg(bytes)?,
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

fn read(mut decoder: impl ImageDecoder, header: &Header) -> Decoded<Raw> {
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
    Ok(Raw { width, height, layout, is_deep, samples, profile })
}

fn said(err: ImageError) -> &'static str {
    match err {
        ImageError::Limits(_) => HUGE,
        ImageError::IoError(err) if err.kind() == ErrorKind::UnexpectedEof => CUT,
        _ => DAMAGED,
    }
}

fn jpeg_said(err: DecodeErrors) -> &'static str {
    match err {
        DecodeErrors::ExhaustedData | DecodeErrors::FormatStatic("Premature end of buffer") => CUT,
        _ => DAMAGED,
    }
}

fn jpeg(bytes: &[u8]) -> Decoded<Raw> {
    // Strict: a picture cut in the middle is an error, not a picture that ends in grey.
    let options = DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX));
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(jpeg_said)?;
    let info = decoder.info().ok_or(DAMAGED)?;
    let stored = decoder.input_colorspace().ok_or(STRANGE)?;
    let (wanted, layout) = match info.components {
        1 => (ColorSpace::Luma, Layout::Gray),
        3 => (ColorSpace::RGB, Layout::Rgb),
        4 if matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK) => (stored, Layout::Cmyk),
        _ => return Err(STRANGE),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let mut samples = decoder.decode().map_err(jpeg_said)?;
    match (layout, stored) {
        (Layout::Cmyk, ColorSpace::YCCK) => inks_of_ycck(&mut samples),
        (Layout::Cmyk, _) if is_by_adobe(bytes) => {
            samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
        _ => {}
    }
    Ok(Raw {
        width: info.width.into(),
        height: info.height.into(),
        layout,
        is_deep: false,
        samples,
        profile: decoder.icc_profile(),
    })
}

/// Adobe's programs store inks the other way round, and say so by their segment.
fn is_by_adobe(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 20)];
    head.windows(9).any(|at| at.starts_with(b"\xff\xee") && at.ends_with(b"Adobe"))
}

/// YCCK is CMY as if it were inverted RGB, in Y′CbCr, with the black beside it inverted (Adobe
/// Technical Note 5116): the RGB it gives is the ink.
fn inks_of_ycck(samples: &mut [u8]) {
    for [y, cb, cr, k] in samples.as_chunks_mut::<4>().0 {
        let (luma, blue, red) = (i32::from(*y) << 16, i32::from(*cb) - 128, i32::from(*cr) - 128);
        let ink = |value: i32| u8::try_from(((value + 0x8000) >> 16).clamp(0, 255)).unwrap_or(0);
        // JFIF's factors in 1/65536.
        *y = ink(luma + 91_881 * red);
        *cb = ink(luma - 22_554 * blue - 46_802 * red);
        *cr = ink(luma + 116_130 * blue);
        *k = 255 - *k;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ycck_without_colour_is_as_much_of_every_ink() {
        let mut samples = [200, 128, 128, 255, 76, 85, 255, 0];
        inks_of_ycck(&mut samples);
        assert_eq!(samples, [200, 200, 200, 0, 254, 0, 0, 255]);
    }
}
