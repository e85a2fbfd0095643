//! Converts samples to linear light and back, using the picture's colour profile.

use super::raw::{Layout, Raw};
use crate::load::picture::Colour;
use moxcms::{
    Chromaticity, CicpColorPrimaries, CicpProfile, ColorPrimaries, ColorProfile, DataColorSpace,
    Layout as Channels, MatrixCoefficients, ToneReprCurve, TransferCharacteristics,
    Transform16BitExecutor, TransformOptions,
};
use std::sync::{Arc, LazyLock};

/// The default CMYK profile, as in most programs: US web offset. From Compact-ICC-Profiles, CC0.
const INKS: &[u8] = include_bytes!("cgats001.icc");

/// 16-bit linear light → 8-bit sRGB sample. Built from the thresholds between samples, which takes
/// 256 powers instead of 65 536.
static SAMPLE: LazyLock<Box<[u8; 1 << 16]>> = LazyLock::new(|| {
    let mut table = Box::new([u8::MAX; 1 << 16]);
    let mut begin = 0;
    for sample in 0..u8::MAX {
        let end = (decoded((f64::from(sample) + 0.5) / 255.0) * 65_535.0).floor() as usize + 1;
        table[begin..end].fill(sample);
        begin = end;
    }
    table
});

/// 16-bit linear light → 16-bit sRGB sample, for colour profiles.
static ENCODED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    (0..=u16::MAX).map(|light| sixteen(encoded(f64::from(light) / 65_535.0))).collect()
});

/// The transfer curve from samples to light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Curve {
    /// The curve of sRGB, which Display P3 shares. Other profiles are close to it: accurate enough
    /// for averaging.
    Srgb,
    /// A power law.
    Power(f64),
    /// No curve: inks are averaged as stored.
    Straight,
}

impl Curve {
    /// The light for every sample value from 0 to `top`.
    pub(super) fn table(self, top: u16) -> Vec<u16> {
        (0..=top)
            .map(|sample| {
                let sample = f64::from(sample) / f64::from(top);
                sixteen(match self {
                    Curve::Srgb => decoded(sample),
                    Curve::Power(power) => libm::pow(sample, power),
                    Curve::Straight => sample,
                })
            })
            .collect()
    }
}

/// IEC 61966-2-1.
fn decoded(sample: f64) -> f64 {
    if sample <= 0.040_45 { sample / 12.92 } else { libm::pow((sample + 0.055) / 1.055, 2.4) }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn sixteen(value: f64) -> u16 {
    (value.clamp(0.0, 1.0) * 65_535.0 + 0.5) as u16
}

/// The 8-bit sRGB sample for this light.
pub(super) fn srgb(light: u16) -> u8 {
    SAMPLE[usize::from(light)]
}

/// The light for this sRGB sample.
pub(super) fn light(sample: u8) -> u16 {
    sixteen(decoded(f64::from(sample) / 255.0))
}

/// A 16-bit value rounded to 8 bits.
pub(super) fn eight(sample: u16) -> u8 {
    u8::try_from((u32::from(sample) + 128) / 257).unwrap_or(u8::MAX)
}

/// Converts a picture's samples to light, and its light to sRGB.
pub(super) struct Conversion {
    /// Samples → light.
    pub(super) curve: Curve,
    target: Target,
}

enum Target {
    /// The light is already in sRGB's primaries.
    Srgb,
    /// The light is in other primaries, such as Display P3's.
    Primaries([[f32; 3]; 3]),
    /// Through a colour profile with this number of channels.
    Profile(Arc<Transform16BitExecutor>, usize),
}

impl Conversion {
    /// A profile that is broken, or has the wrong number of channels, is ignored, as in browsers.
    pub(super) fn of(raw: &Raw, colour: Colour) -> Conversion {
        let carried = raw.profile.as_deref().and_then(|icc| ColorProfile::new_from_slice(icc).ok());
        let curve = if raw.layout == Layout::Cmyk { Curve::Straight } else { Curve::Srgb };
        let coded = match colour {
            Colour::Coded(primaries, transfer) => profile_of_code(primaries, transfer),
            _ => None,
        };
        if let Some(target) = coded.or(carried).and_then(|it| target(&it, raw.layout)) {
            return Conversion { curve, target };
        }
        match (raw.layout, colour) {
            (Layout::Cmyk, _) => {
                let inks = ColorProfile::new_from_slice(INKS).ok();
                let target = inks.and_then(|it| target(&it, raw.layout)).unwrap_or(Target::Srgb);
                Conversion { curve, target }
            }
            (_, Colour::Gamma(gamma)) if gamma > 0 => {
                let curve = Curve::Power(100_000.0 / f64::from(gamma));
                Conversion { curve, target: Target::Srgb }
            }
            (layout, Colour::Chromaticities(gamma, points)) if gamma > 0 => {
                let curve = Curve::Power(100_000.0 / f64::from(gamma));
                let is_coloured = matches!(layout, Layout::Rgb | Layout::Rgba);
                let target = profile_of_points(points).filter(|_| is_coloured);
                let target = target.and_then(|it| primaries(&it)).unwrap_or(Target::Srgb);
                Conversion { curve, target }
            }
            _ => Conversion { curve, target: Target::Srgb },
        }
    }

    /// Converts pixels of linear light, not premultiplied, to 8-bit sRGB samples, three per pixel,
    /// which are appended.
    pub(super) fn finish(
        &self,
        pixels: impl ExactSizeIterator<Item = [u16; 4]>,
        samples: &mut Vec<u8>,
    ) {
        let begin = samples.len();
        samples.resize(begin + 3 * pixels.len(), 0);
        let targets = samples[begin..].as_chunks_mut::<3>().0.iter_mut();
        let table: &[u8; 1 << 16] = &SAMPLE;
        let finished = |[r, g, b, _]: [u16; 4]| [r, g, b].map(|light| table[usize::from(light)]);
        match &self.target {
            Target::Srgb => targets.zip(pixels).for_each(|(to, light)| *to = finished(light)),
            Target::Primaries(matrix) => {
                targets.zip(pixels).for_each(|(to, light)| *to = finished(mixed(matrix, light)))
            }
            Target::Profile(transform, channels) => {
                let converted = self.transformed(transform, *channels, pixels);
                samples[begin..].iter_mut().zip(converted).for_each(|(to, sample)| *to = sample);
            }
        }
    }

    fn transformed(
        &self,
        transform: &Arc<Transform16BitExecutor>,
        channels: usize,
        pixels: impl ExactSizeIterator<Item = [u16; 4]>,
    ) -> impl Iterator<Item = u8> {
        let count = pixels.len();
        let mut samples = Vec::with_capacity(count * channels);
        for pixel in pixels {
            samples.extend(pixel[..channels].iter().map(|light| match self.curve {
                Curve::Straight => *light,
                _ => ENCODED[usize::from(*light)],
            }));
        }
        let mut converted = vec![0; count * 3];
        if transform.transform(&samples, &mut converted).is_err() {
            converted.fill(0);
        }
        converted.into_iter().map(eight)
    }
}

fn target(profile: &ColorProfile, layout: Layout) -> Option<Target> {
    if matches!(layout, Layout::Rgb | Layout::Rgba)
        && let Some(matrix) = primaries(profile)
    {
        return Some(matrix);
    }
    let (source, channels) = match (profile.color_space, layout) {
        (DataColorSpace::Rgb, Layout::Rgb | Layout::Rgba) => (Channels::Rgb, 3),
        (DataColorSpace::Gray, Layout::Gray | Layout::GrayAlpha) => (Channels::Gray, 1),
        (DataColorSpace::Cmyk, Layout::Cmyk) => (Channels::Rgba, 4),
        _ => return None,
    };
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = profile.create_transform_16bit(source, &srgb, Channels::Rgb, options).ok()?;
    Some(Target::Profile(transform, channels))
}

/// Maximum difference between numbers of two profiles that mean the same: they have 16 bits, and
/// come from different roundings of the same standard.
const SAME: f64 = 0.002;

/// The conversion for a profile with sRGB's curve and only other primaries: as the light is already
/// known, it is a single matrix. Nearly every photograph is in sRGB or Display P3.
fn primaries(profile: &ColorProfile) -> Option<Target> {
    let has_tables = profile.lut_a_to_b_perceptual.is_some()
        || profile.lut_a_to_b_colorimetric.is_some()
        || profile.lut_a_to_b_saturation.is_some();
    let curves = [&profile.red_trc, &profile.green_trc, &profile.blue_trc];
    let is_srgb = |curve: &Option<ToneReprCurve>| curve.as_ref().is_some_and(is_curve_of_srgb);
    if has_tables
        || profile.color_space != DataColorSpace::Rgb
        || profile.pcs != DataColorSpace::Xyz
        || !curves.into_iter().all(is_srgb)
    {
        return None;
    }
    let matrix = profile.transform_matrix(&ColorProfile::new_srgb()).v;
    let is_same = (0..3).all(|row| {
        (0..3).all(|at| (matrix[row][at] - f64::from(u8::from(row == at))).abs() < SAME)
    });
    let matrix = matrix.map(|row| row.map(|factor| factor as f32));
    Some(if is_same { Target::Srgb } else { Target::Primaries(matrix) })
}

fn is_curve_of_srgb(curve: &ToneReprCurve) -> bool {
    match curve {
        ToneReprCurve::Lut(table) if table.len() > 16 => {
            let top = (table.len() - 1) as f64;
            table.iter().enumerate().all(|(at, light)| {
                (f64::from(*light) / 65_535.0 - decoded(at as f64 / top)).abs() < SAME
            })
        }
        ToneReprCurve::Lut(_) => false,
        ToneReprCurve::Parametric(written) => {
            let wanted = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45];
            written.len() == wanted.len()
                && written
                    .iter()
                    .zip(wanted)
                    .all(|(is, wanted)| (f64::from(*is) - wanted).abs() < SAME)
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
fn mixed(matrix: &[[f32; 3]; 3], [r, g, b, alpha]: [u16; 4]) -> [u16; 4] {
    let light = [r, g, b].map(f32::from);
    let [r, g, b] = matrix.map(|row| {
        let sum: f32 = row.iter().zip(light).map(|(factor, light)| factor * light).sum();
        (sum + 0.5).clamp(0.0, 65_535.0) as u16
    });
    [r, g, b, alpha]
}

/// The profile for H.273 codes of primaries and transfer function. High dynamic range pictures are
/// not tone-mapped, which would be a matter of taste rather than of conversion.
fn profile_of_code(primaries: u8, transfer: u8) -> Option<ColorProfile> {
    let transfer_characteristics = TransferCharacteristics::try_from(transfer).ok()?;
    if matches!(
        transfer_characteristics,
        TransferCharacteristics::Smpte2084 | TransferCharacteristics::Hlg
    ) {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    profile.cicp = None;
    // This always returns `false` (moxcms 0.8.1); whether the code was understood shows in the
    // profile.
    profile.update_rgb_colorimetry_from_cicp(CicpProfile {
        color_primaries: CicpColorPrimaries::try_from(primaries).ok()?,
        transfer_characteristics,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    });
    profile.cicp.is_some().then_some(profile)
}

/// The profile described by PNG's `cHRM`, with sRGB's curve. `None` if it is not a valid
/// description.
fn profile_of_points(points: [u32; 8]) -> Option<ColorProfile> {
    let [white, red, green, blue] = std::array::from_fn(|at| {
        let part = |at: usize| points[at] as f32 / 100_000.0;
        Chromaticity::new(part(2 * at), part(2 * at + 1))
    });
    let area = (red.x - white.x) * (green.y - white.y) - (green.x - white.x) * (red.y - white.y);
    let is_sound = |it: &Chromaticity| it.y > 0.01 && it.x + it.y <= 1.0;
    if ![white, red, green].iter().all(is_sound) || blue.y <= 0.0 || area.abs() < 0.001 {
        return None;
    }
    let mut profile = ColorProfile::new_srgb();
    profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
    let matrix = profile.transform_matrix(&ColorProfile::new_srgb()).v;
    matrix.iter().flatten().all(|it| it.is_finite() && it.abs() < 100.0).then_some(profile)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(conversion: &Conversion, light: &[[u16; 4]]) -> Vec<u8> {
        let mut samples = Vec::new();
        conversion.finish(light.iter().copied(), &mut samples);
        samples
    }

    #[test]
    fn chromaticities_of_png_are_applied_as_browsers_do() {
        let raw = Raw {
            width: 1,
            height: 1,
            layout: Layout::Rgb,
            is_deep: false,
            samples: vec![],
            half: None,
            profile: None,
        };
        // Display P3 with gamma 2.2: Chromium and Firefox show (200, 100, 50) as (216, 93, 24).
        let p3 = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000];
        let conversion = Conversion::of(&raw, Colour::Chromaticities(45_455, p3));
        let light = [200u8, 100, 50].map(|it| conversion.curve.table(255)[usize::from(it)]);
        let shown = finished(&conversion, &[[light[0], light[1], light[2], u16::MAX]]);
        for (is, wanted) in shown.iter().zip([216u8, 93, 24]) {
            assert!(is.abs_diff(wanted) <= 1, "{shown:?}");
        }
        let nothing = Conversion::of(&raw, Colour::Chromaticities(45_455, [0; 8]));
        assert!(matches!(nothing.target, Target::Srgb));
    }

    #[test]
    fn every_sample_survives_the_way_to_light_and_back() {
        let table = Curve::Srgb.table(255);
        for sample in 0..=255 {
            assert_eq!(srgb(table[usize::from(sample)]), sample);
            assert_eq!(light(sample), table[usize::from(sample)]);
        }
        assert_eq!(srgb(u16::MAX / 2), 188, "half the light is not half the sample");
        for light in 0..=u16::MAX {
            let exact = encoded(f64::from(light) / 65_535.0) * 255.0;
            assert!((f64::from(srgb(light)) - exact).abs() < 0.501, "{light}");
        }
    }

    #[test]
    fn a_code_gives_the_profile_it_stands_for() {
        let display_p3 = profile_of_code(12, 13).unwrap();
        let known = ColorProfile::new_display_p3();
        for (is, expected) in [
            (display_p3.red_colorant, known.red_colorant),
            (display_p3.blue_colorant, known.blue_colorant),
        ] {
            assert!((is.x - expected.x).abs() < 0.001 && (is.z - expected.z).abs() < 0.001);
        }
        assert!(profile_of_code(9, 16).is_none(), "high dynamic range is left alone");
        assert!(profile_of_code(2, 2).is_none(), "nothing is said");
    }

    #[test]
    fn primaries_alone_are_converted_as_the_whole_profile_would_be() {
        let display_p3 = ColorProfile::new_display_p3();
        assert!(matches!(primaries(&ColorProfile::new_srgb()), Some(Target::Srgb)));
        assert!(primaries(&ColorProfile::new_adobe_rgb()).is_none(), "another curve");
        let light = [30_000, 20_000, 5_000, u16::MAX];
        let short = primaries(&display_p3).map(|target| Conversion { curve: Curve::Srgb, target });
        let options = TransformOptions::default();
        let whole = display_p3
            .create_transform_16bit(
                Channels::Rgb,
                &ColorProfile::new_srgb(),
                Channels::Rgb,
                options,
            )
            .unwrap();
        let whole = Conversion { curve: Curve::Srgb, target: Target::Profile(whole, 3) };
        let ours = finished(&short.unwrap(), &[light]);
        let theirs = finished(&whole, &[light]);
        assert!(ours.iter().zip(&theirs).all(|(a, b)| a.abs_diff(*b) <= 1), "{ours:?} {theirs:?}");
    }

    #[test]
    fn full_ink_is_dark_and_no_ink_is_white() {
        let raw = Raw {
            width: 1,
            height: 1,
            layout: Layout::Cmyk,
            is_deep: false,
            samples: vec![],
            half: None,
            profile: None,
        };
        let conversion = Conversion::of(&raw, Colour::Usual);
        let rgb = finished(&conversion, &[[0; 4], [0, 0, 0, u16::MAX]]);
        assert!(rgb[..3].iter().all(|sample| *sample > 250), "{rgb:?}");
        assert!(rgb[3..].iter().all(|sample| *sample < 60), "{rgb:?}");
    }
}
