//! Pixels → files: WebP, JPEG, AVIF, PNG, each with nothing in it but the pixels.

use super::resize::Pixels;
use crate::diagnostic::Diagnostic;
use crate::load::Format;
use crate::path::SitePath;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use mozjpeg_rs::Preset;
use ravif::{Img, RGB8, RGBA8};
use webp::{PixelLayout, WebPConfig};

/// Why a picture cannot be written, in the encoder's words.
type Encoded = Result<Vec<u8>, String>;

/// The way a format is made, and its version: to be raised whenever the bytes change.
pub(super) fn recipe(format: Format) -> &'static str {
    match format {
        Format::Avif => "picture-avif/1",
        Format::Webp => "picture-webp/1",
        Format::Jpeg => "picture-jpeg/1",
        Format::Png => "picture-png/1",
    }
}

/// The end of a file's name.
pub(super) fn extension(format: Format) -> &'static str {
    match format {
        Format::Avif => "avif",
        Format::Webp => "webp",
        Format::Jpeg => "jpg",
        Format::Png => "png",
    }
}

/// The format's name on the web.
pub(super) fn mime(format: Format) -> &'static str {
    match format {
        Format::Avif => "image/avif",
        Format::Webp => "image/webp",
        Format::Jpeg => "image/jpeg",
        Format::Png => "image/png",
    }
}

/// No picture of a sound size fails to be written; an encoder that says otherwise has run out of
/// memory.
pub(super) fn failure(path: &SitePath, why: &str) -> Diagnostic {
    let why = why.lines().next().unwrap_or_default();
    Diagnostic::error("io", format!("cannot encode `{path}`: {why}"))
}

/// Writes the pixels.
pub(super) fn encode(pixels: &Pixels, format: Format, quality: u8) -> Encoded {
    match format {
        Format::Avif => avif(pixels, quality),
        Format::Webp => webp(pixels, quality),
        Format::Jpeg => jpeg(pixels, quality),
        Format::Png => png(pixels),
    }
}

/// Method 4: two more cost twice the time for 5 % of the bytes.
pub(super) fn webp(pixels: &Pixels, quality: u8) -> Encoded {
    let mut config = WebPConfig::new().map_err(|()| "libwebp has another version".to_owned())?;
    config.quality = quality.into();
    config.method = 4;
    let layout = if pixels.has_alpha { PixelLayout::Rgba } else { PixelLayout::Rgb };
    webp::Encoder::new(&pixels.samples, layout, pixels.width, pixels.height)
        .encode_advanced(&config)
        .map(|memory| memory.to_vec())
        .map_err(|err| format!("{err:?}"))
}

/// Baseline with trellis quantisation: progressive gains 1 % at these sizes.
fn jpeg(pixels: &Pixels, quality: u8) -> Encoded {
    let on_white;
    let samples = if pixels.has_alpha {
        on_white = flattened(&pixels.samples);
        &on_white
    } else {
        &pixels.samples
    };
    mozjpeg_rs::Encoder::new(Preset::BaselineBalanced)
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

/// Slow where it is cheap to be slow. One thread: variants are made side by side, and more
/// threads bring nothing below a megapixel.
fn avif(pixels: &Pixels, quality: u8) -> Encoded {
    let speed = match u64::from(pixels.width) * u64::from(pixels.height) {
        0..=16_384 => 6,
        16_385..=65_536 => 8,
        _ => 10,
    };
    let encoder = ravif::Encoder::new()
        .with_quality(quality.into())
        .with_alpha_quality(quality.into())
        .with_speed(speed)
        .with_num_threads(Some(1));
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let encoded = if pixels.has_alpha {
        let rgba: Vec<RGBA8> =
            pixels.samples.as_chunks().0.iter().copied().map(RGBA8::from).collect();
        encoder.encode_rgba(Img::new(&rgba, width, height))
    } else {
        let rgb: Vec<RGB8> = pixels.samples.as_chunks().0.iter().copied().map(RGB8::from).collect();
        encoder.encode_rgb(Img::new(&rgb, width, height))
    };
    encoded.map(|it| it.avif_file).map_err(|err| err.to_string())
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

    /// A picture with enough in it to be worth compressing.
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
            (Format::Avif, [4451, 4461]),
            (Format::Webp, [3452, 3526]),
            (Format::Jpeg, [3193, 2282]),
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
    fn what_is_transparent_lies_on_white_in_a_jpeg() {
        assert_eq!(flattened(&[0, 0, 0, 0, 10, 20, 30, 255]), [255, 255, 255, 10, 20, 30]);
    }
}
