//! One number for quality → what each encoder calls it, so that formats look equally good.
//!
//! How the table was made: six photographs of twelve megapixels of different kinds were brought to
//! 768 and 384 pixels in 64-bit floating point and linear light, encoded with the recipes of this
//! program in steps, decoded by other programs, and scored with SSIMULACRA2 against what was
//! encoded. Each row holds the settings whose mean score is the same. 80 stands for a score of 73;
//! SSIMULACRA2 calls 70 high quality: hard to tell from the original side by side. It is to be made
//! anew whenever a recipe changes.

/// What encoders call a quality.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Settings {
    /// mozjpeg's, 1 to 100.
    pub(super) jpeg: u8,
    /// libwebp's, 0 to 100.
    pub(super) webp: f32,
    /// AV1's quantizer, 255 to 0.
    pub(super) avif: u8,
}

/// Quality, mean score, JPEG, WebP, AVIF. The first row was not measured: it is where scores end;
/// that of 80 lies between measured ones.
const TABLE: [[f64; 5]; 8] = [
    [1.0, 0.0, 5.0, 0.0, 237.0],
    [50.0, 58.0, 46.0, 40.0, 153.0],
    [65.0, 64.0, 57.0, 54.0, 140.0],
    [80.0, 73.0, 74.0, 78.0, 116.0],
    [86.0, 75.0, 77.0, 80.5, 111.0],
    [92.0, 80.0, 86.0, 87.0, 89.0],
    [96.0, 84.0, 91.0, 93.5, 61.0],
    [100.0, 87.0, 96.0, 100.0, 36.0],
];

/// The settings of a quality from 1 to 100, between two rows of the table in proportion.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the table")]
pub(super) fn settings(quality: u8) -> Settings {
    let quality = f64::from(quality.clamp(1, 100));
    let above = TABLE.iter().position(|row| row[0] >= quality).unwrap_or(TABLE.len() - 1).max(1);
    let (low, high) = (TABLE[above - 1], TABLE[above]);
    let share = (quality - low[0]) / (high[0] - low[0]);
    let at = |column: usize| low[column] + share * (high[column] - low[column]);
    Settings { jpeg: at(2).round() as u8, webp: at(3) as f32, avif: at(4).round() as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_never_worse() {
        for quality in 2..=100 {
            let (less, more) = (settings(quality - 1), settings(quality));
            assert!(less.jpeg <= more.jpeg && less.webp < more.webp && less.avif >= more.avif);
            assert!(more.jpeg <= 100 && more.webp <= 100.0);
        }
        assert!(settings(1).jpeg >= 1);
    }
}
