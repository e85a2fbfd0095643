//! Converts a quality to each encoder's own setting, so that all formats look equally good.
//!
//! How the table was made: six photographs of different kinds, of twelve megapixels each, were
//! reduced to 768 and 384 pixels in 64-bit floats and linear light, encoded at several settings
//! with this program's recipes, decoded by other programs, and scored with SSIMULACRA2 against the
//! reduced picture. Each row has the settings with the same mean score. Quality 80 corresponds to a
//! score of 73; SSIMULACRA2 calls 70 high quality: hard to distinguish from the original side by
//! side. The table must be made again whenever a recipe changes.

/// The settings of each encoder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Settings {
    /// mozjpeg's quality, 1 to 100.
    pub(super) jpeg: u8,
    /// libwebp's quality, 0 to 100.
    pub(super) webp: f32,
    /// AV1's quantizer, 255 to 0.
    pub(super) avif: u8,
}

/// Quality, mean score, JPEG, WebP, AVIF. The first row was not measured: it is the end of the
/// scale. The row for 80 is interpolated.
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

/// The settings for a quality from 1 to 100, interpolated between rows of the table.
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
