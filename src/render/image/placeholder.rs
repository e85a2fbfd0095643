//! Placeholders, shown until a picture has loaded: its average colour, or a preview of a few
//! pixels.

use super::resize::Pixels;
use super::{colour, encode};
use serde::{Deserialize, Serialize};

/// In narrower pictures, a preview would show little more than the colour.
const LEAST_WIDTH: u32 = 192;

/// Low, because it is shown for a moment, enlarged, and is part of every page.
const QUALITY: f32 = 30.0;

/// What is shown in place of a picture until it has loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder {
    /// The average colour, `#rrggbb`.
    pub color: String,
    /// The picture at 16 pixels as a `data:` URL, if it is worth it.
    pub preview: Option<String>,
    /// Whether the picture is opaque. Behind a translucent one, a placeholder would remain visible.
    pub opaque: bool,
}

impl Placeholder {
    /// Whether a picture whose largest width is `widest` gets a preview.
    pub(super) fn has_preview(widest: u32) -> bool {
        widest >= LEAST_WIDTH
    }

    /// Makes the placeholder from a tiny copy of the picture.
    pub(super) fn of(thumb: &Pixels, has_preview: bool) -> Placeholder {
        let preview = (has_preview && !thumb.has_alpha)
            .then(|| encode::webp(thumb, QUALITY).ok())
            .flatten()
            .map(|webp| format!("data:image/webp;base64,{}", base64(&webp)));
        let [r, g, b] = average(thumb);
        Placeholder { color: format!("#{r:02x}{g:02x}{b:02x}"), preview, opaque: !thumb.has_alpha }
    }
}

/// The mean in linear light, weighted by alpha.
fn average(pixels: &Pixels) -> [u8; 3] {
    let channels = if pixels.has_alpha { 4 } else { 3 };
    let mut sums = [0_u64; 3];
    let mut weights = 0;
    for pixel in pixels.samples.chunks_exact(channels) {
        let weight = pixel.get(3).map_or(255, |alpha| u64::from(*alpha));
        weights += weight;
        for (sum, sample) in sums.iter_mut().zip(pixel) {
            *sum += u64::from(colour::light(*sample)) * weight;
        }
    }
    sums.map(|sum| colour::srgb(u16::try_from(sum / weights.max(1)).unwrap_or(u16::MAX)))
}

/// Base64 as in RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let [a, b, c] = std::array::from_fn(|at| group.get(at).copied().unwrap_or(0));
        let bits = u32::from_be_bytes([0, a, b, c]);
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            text.push(if digit <= group.len() { char::from(DIGITS[index]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_of_rfc_4648() {
        let cases =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, text) in cases {
            assert_eq!(base64(plain.as_bytes()), text);
        }
    }

    #[test]
    fn the_average_is_one_of_light_and_forgets_what_cannot_be_seen() {
        let checks =
            Pixels { width: 2, height: 1, has_alpha: false, samples: vec![0, 0, 0, 255, 255, 255] };
        assert_eq!(Placeholder::of(&checks, false).color, "#bcbcbc");
        let hidden = Pixels {
            width: 2,
            height: 1,
            has_alpha: true,
            samples: vec![1, 2, 3, 255, 200, 200, 200, 0],
        };
        let placeholder = Placeholder::of(&hidden, true);
        assert_eq!(placeholder.color, "#010203");
        assert_eq!((placeholder.opaque, placeholder.preview), (false, None));
    }
}
