//! Encodes pixels: WebP, JPEG, AVIF, PNG. The files contain nothing but pixels.

mod avif;
mod scale;

use super::resize::Pixels;
use crate::diagnostic::Diagnostic;
use crate::load::Format;
use crate::path::SitePath;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use mozjpeg_rs::Preset;
use ravif::{Img, RGBA8};
use webp::{PixelLayout, WebPConfig};

/// The error is the encoder's message.
type Encoded = Result<Vec<u8>, String>;

/// The recipe of a format, with a version: raised whenever the bytes change.
pub(super) fn recipe(format: Format) -> &'static str {
    match format {
        Format::Avif => "picture-avif/6",
        Format::Webp => "picture-webp/6",
        Format::Jpeg => "picture-jpeg/5",
        Format::Png => "picture-png/5",
    }
}

/// The file extension.
pub(super) fn extension(format: Format) -> &'static str {
    match format {
        Format::Avif => "avif",
        Format::Webp => "webp",
        Format::Jpeg => "jpg",
        Format::Png => "png",
    }
}

/// The format's media type.
pub(super) fn mime(format: Format) -> &'static str {
    match format {
        Format::Avif => "image/avif",
        Format::Webp => "image/webp",
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
    }
}

/// Encoding a picture of a valid size does not fail; if an encoder reports an error, it is out of
/// memory.
pub(super) fn failure(path: &SitePath, why: &str) -> Diagnostic {
    let why = why.lines().next().unwrap_or_default();
    Diagnostic::error("io", format!("cannot encode `{path}`: {why}"))
}

/// Encodes the pixels. Quality is 1 to 100; at the same quality, all formats look equally good.
pub(super) fn encode(pixels: &Pixels, format: Format, quality: u8) -> Encoded {
    let settings = scale::settings(quality);
    match format {
        Format::Avif if pixels.has_alpha => avif_with_alpha(pixels, settings.avif),
        Format::Avif => avif::opaque(pixels, settings.avif),
        Format::Webp => webp(pixels, settings.webp),
        Format::Jpeg => jpeg(pixels, settings.jpeg),
        Format::Png => png(pixels),
    }
}

/// WebP with libwebp's quality; for a drawing lossless, if that is smaller.
pub(super) fn webp(pixels: &Pixels, quality: f32) -> Encoded {
    let mut config = WebPConfig::new().map_err(|()| "libwebp has another version".to_owned())?;
    // At the same score, method 4 takes more than twice the time for files of the same size.
    config.method = 2;
    config.quality = quality;
    let lossy = webp_of(pixels, &config)?;
    if !is_drawing(pixels) {
        return Ok(lossy);
    }
    config.lossless = 1;
    config.quality = 50.0;
    let lossless = webp_of(pixels, &config)?;
    Ok(if lossless.len() <= lossy.len() { lossless } else { lossy })
}

fn webp_of(pixels: &Pixels, config: &WebPConfig) -> Encoded {
    let layout = if pixels.has_alpha { PixelLayout::Rgba } else { PixelLayout::Rgb };
    webp::Encoder::new(&pixels.samples, layout, pixels.width, pixels.height)
        .encode_advanced(config)
        .map(|memory| memory.to_vec())
        .map_err(|err| format!("{err:?}"))
}

/// Whether it is mostly flat: at least every second pixel equals its left neighbour, which noise
/// prevents in photographs. Every eighth row is sampled.
fn is_drawing(pixels: &Pixels) -> bool {
    let channels = if pixels.has_alpha { 4 } else { 3 };
    let rows = pixels.samples.chunks_exact(pixels.width as usize * channels).step_by(8);
    let count = rows.len() * pixels.width as usize;
    let same: usize = match pixels.has_alpha {
        true => rows.map(repeated::<4>).sum(),
        false => rows.map(repeated::<3>).sum(),
    };
    same * 2 >= count
}

/// The number of pixels in a row that equal their left neighbour.
fn repeated<const CHANNELS: usize>(row: &[u8]) -> usize {
    let pixels = row.as_chunks::<CHANNELS>().0;
    pixels.iter().zip(pixels.iter().skip(1)).filter(|(a, b)| a == b).count()
}

/// Baseline JPEG with optimised Huffman tables. Trellis quantisation would save 5 % of the bytes
/// for five times the time, and a progressive file 1 %, in a format that only old browsers request.
fn jpeg(pixels: &Pixels, quality: u8) -> Encoded {
    let on_white;
    let samples = if pixels.has_alpha {
        on_white = flattened(&pixels.samples);
        &on_white
    } else {
        &pixels.samples
    };
    mozjpeg_rs::Encoder::new(Preset::BaselineFastest)
        .optimize_huffman(true)
        .quality(quality)
        .encode_rgb(samples, pixels.width, pixels.height)
        .map_err(|err| err.to_string())
}

fn flattened(rgba: &[u8]) -> Vec<u8> {
    let on_white = |sample: u8, alpha: u8| {
        let (sample, alpha) = (u32::from(sample), u32::from(alpha));
        u8::try_from((sample * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    let pixels = rgba.as_chunks::<4>().0.iter();
    pixels.flat_map(|[r, g, b, a]| [on_white(*r, *a), on_white(*g, *a), on_white(*b, *a)]).collect()
}

/// Colour and alpha, both at full resolution: pictures with transparency are mostly drawings.
fn avif_with_alpha(pixels: &Pixels, quantizer: u8) -> Encoded {
    let quality = ravif_quality(quantizer);
    let speed = match avif::Area::of(pixels) {
        avif::Area::Small => 6,
        avif::Area::Middle => 9,
        avif::Area::Large => 10,
    };
    let rgba: Vec<RGBA8> = pixels.samples.as_chunks().0.iter().copied().map(RGBA8::from).collect();
    ravif::Encoder::new()
        .with_quality(quality)
        .with_alpha_quality(quality)
        .with_speed(speed)
        .with_num_threads(Some(1))
        .encode_rgba(Img::new(&rgba, pixels.width as usize, pixels.height as usize))
        .map(|it| it.avif_file)
        .map_err(|err| err.to_string())
}

/// ravif's quality for a quantizer (0.13): two straight lines.
fn ravif_quality(quantizer: u8) -> f32 {
    let coarseness = f32::from(quantizer) / 255.0;
    let quality =
        if coarseness < 0.468 { 1.0 - coarseness / 2.6 } else { (0.875 - coarseness) * 2.0 };
    (quality * 100.0).clamp(1.0, 100.0)
}

fn png(pixels: &Pixels) -> Encoded {
    let mut file = Vec::new();
    let colour = if pixels.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive)
        .write_image(&pixels.samples, pixels.width, pixels.height, colour)
        .map_err(|err| err.to_string())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with enough detail to be worth compressing.
    fn sample(edge: u32, has_alpha: bool) -> Pixels {
        let pixel = |at: u32| {
            let (x, y) = (at % edge, at / edge);
            let wave = |by: u32| ((x * by + y * y / 7) ^ (x * y / 11)) as u8;
            [wave(1), wave(2) / 2 + 60, (x * 255 / edge) as u8, (y * 255 / edge) as u8]
        };
        let channels = if has_alpha { 4 } else { 3 };
        let samples =
            (0..edge * edge).flat_map(|at| pixel(at).into_iter().take(channels)).collect();
        Pixels { width: edge, height: edge, has_alpha, samples }
    }

    #[test]
    fn the_recipes_make_files_of_the_size_they_used_to() {
        let expected = [
            (Format::Avif, [3082, 4701]),
            (Format::Webp, [3248, 3312]),
            (Format::Jpeg, [3071, 2169]),
            (Format::Png, [16_459, 17_686]),
        ];
        for (format, lens) in expected {
            for (has_alpha, expected) in [false, true].into_iter().zip(lens) {
                let len = encode(&sample(96, has_alpha), format, 80).unwrap().len();
                let differs = len.abs_diff(expected) * 100 > 3 * expected;
                assert!(!differs, "{format:?}, alpha {has_alpha}: {len} bytes, not {expected}");
            }
        }
    }

    #[test]
    fn the_smallest_picture_can_be_written_in_every_format() {
        for format in [Format::Avif, Format::Webp, Format::Jpeg, Format::Png] {
            for has_alpha in [false, true] {
                assert!(encode(&sample(1, has_alpha), format, 1).is_ok(), "{format:?}");
            }
        }
    }

    #[test]
    fn a_drawing_loses_nothing_where_that_is_smaller() {
        let stripes =
            (0..64 * 64).flat_map(|at| if at / 8 % 2 == 0 { [0, 90, 200] } else { [255; 3] });
        let samples = stripes.collect();
        let drawing = Pixels { width: 64, height: 64, has_alpha: false, samples };
        let kind = |pixels: &Pixels| webp(pixels, 80.0).unwrap()[12..16].to_vec();
        assert_eq!(kind(&drawing), b"VP8L");
        assert_eq!(kind(&sample(64, false)), b"VP8 ");
    }

    #[test]
    fn what_is_transparent_lies_on_white_in_a_jpeg() {
        assert_eq!(flattened(&[0, 0, 0, 0, 10, 20, 30, 255]), [255, 255, 255, 10, 20, 30]);
    }
}
