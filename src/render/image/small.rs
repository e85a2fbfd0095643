//! A small copy of a whole picture, to search for its focus point.

use super::colour::srgb;
use super::half::Half;
use super::raw::{Layout, Raw};
use super::resize::Pixels;
use crate::load::picture::Orientation;

/// The longer edge of a small copy, in pixels.
const EDGE: u32 = 256;

/// A small copy, upright. Each pixel is the mean of sixteen samples, without conversion to linear
/// light.
pub(super) fn copy(raw: &Raw, orientation: Orientation) -> Pixels {
    let long = raw.width.max(raw.height);
    let scaled = |edge: u32| {
        let edge = u64::from(edge) * u64::from(EDGE.min(long)) / u64::from(long);
        u32::try_from(edge).unwrap_or(EDGE).max(1)
    };
    let stored = (scaled(raw.width), scaled(raw.height));
    let (width, height) = orientation.turned(stored);
    let has_alpha = matches!(raw.layout, Layout::GrayAlpha | Layout::Rgba);
    let channels = if has_alpha { 4 } else { 3 };
    let mut samples = Vec::with_capacity(width as usize * height as usize * channels);
    for y in 0..height {
        for x in 0..width {
            let spot = spot(raw, orientation.stored((x, y), stored), stored);
            samples.extend_from_slice(&spot[..channels]);
        }
    }
    Pixels { width, height, has_alpha, samples }
}

/// The mean of sixteen samples for one pixel of the small copy.
fn spot(raw: &Raw, (x, y): (u32, u32), (width, height): (u32, u32)) -> [u8; 4] {
    let place = |at: u32, part: u32, small: u32, whole: u32| {
        let place = (u64::from(at) * 8 + u64::from(part) * 2 + 1) * u64::from(whole)
            / (u64::from(small) * 8);
        (place as usize).min(whole as usize - 1)
    };
    let mut sums = [0_u32; 4];
    for part in 0..16 {
        let (x, y) = (place(x, part % 4, width, raw.width), place(y, part / 4, height, raw.height));
        for (sum, sample) in sums.iter_mut().zip(colour(raw, x, y)) {
            *sum += u32::from(sample);
        }
    }
    sums.map(|sum| u8::try_from((sum + 8) / 16).unwrap_or(u8::MAX))
}

/// The approximate colour and the alpha of a pixel.
fn colour(raw: &Raw, x: usize, y: usize) -> [u8; 4] {
    if let Some(Half::Kept(half)) = &raw.half {
        // Half the size lacks a last row or column without a neighbour.
        let (x, y) = ((x / 2).min(half.width - 1), (y / 2).min(half.height - 1));
        let [r, g, b] = half.pixel(x, y).map(srgb);
        return [r, g, b, u8::MAX];
    }
    let at = (y * raw.width as usize + x) * raw.layout.channels();
    let sample = |channel: usize| match raw.is_deep {
        true => {
            let pair = raw.samples.as_chunks::<2>().0.get(at + channel);
            pair.map_or(0, |pair| u16::from_ne_bytes(*pair).to_be_bytes()[0])
        }
        false => raw.samples.get(at + channel).copied().unwrap_or(0),
    };
    let light = |ink: usize| {
        let light = (255 - u32::from(sample(ink))) * (255 - u32::from(sample(3)));
        u8::try_from(light / 255).unwrap_or(u8::MAX)
    };
    match raw.layout {
        Layout::Gray => [sample(0), sample(0), sample(0), u8::MAX],
        Layout::GrayAlpha => [sample(0), sample(0), sample(0), sample(1)],
        Layout::Rgb => [sample(0), sample(1), sample(2), u8::MAX],
        Layout::Rgba => [sample(0), sample(1), sample(2), sample(3)],
        Layout::Cmyk => [light(0), light(1), light(2), u8::MAX],
    }
}
