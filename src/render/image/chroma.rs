//! Converts the Y′CbCr of a JPEG to half its size in linear light: each pixel is the mean of four
//! in linear light.
//!
//! All calculations are on 16-bit integers in plain loops, one step in each, which the compiler
//! vectorises. Table lookups would process samples one by one.

use archmage::autoversion;

/// What chroma adds to a row of luma: to red, green and blue, for each pixel.
#[derive(Debug, Default)]
pub(super) struct Added([Vec<i16>; 3]);

impl Added {
    /// Computes it from the chroma samples of a row, each of which covers `across` pixels.
    pub(super) fn set(&mut self, cb: &[u8], cr: &[u8], across: usize) {
        for row in &mut self.0 {
            row.resize(cb.len() * across, 0);
        }
        let [red, green, blue] = &mut self.0;
        if across == 2 {
            let [red, green, blue] = [red, green, blue].map(|row| row.as_chunks_mut::<2>().0);
            add(cb, cr, red, green, blue);
        } else {
            let [red, green, blue] = [red, green, blue].map(|row| row.as_chunks_mut::<1>().0);
            add(cb, cr, red, green, blue);
        }
    }
}

/// JFIF's factors: 1.402, −0.344136 and −0.714136, 1.772. The fractions are in units of 1/65536,
/// the samples in units of 1/256.
#[autoversion(v3, neon, scalar)]
fn add<const ACROSS: usize>(
    cb: &[u8],
    cr: &[u8],
    red: &mut [[i16; ACROSS]],
    green: &mut [[i16; ACROSS]],
    blue: &mut [[i16; ACROSS]],
) {
    let part = |sample: i16, factor: i32| ((i32::from(sample << 8) * factor) >> 16) as i16;
    let rows = red.iter_mut().zip(green).zip(blue);
    for (((red, green), blue), (cb, cr)) in rows.zip(cb.iter().zip(cr)) {
        let (cb, cr) = (i16::from(*cb) - 128, i16::from(*cr) - 128);
        *red = [cr + ((part(cr, 26_345) + 128) >> 8); ACROSS];
        *green = [((part(cr, 18_734) - part(cb, 22_554) + 128) >> 8) - cr; ACROSS];
        *blue = [2 * cb + ((128 - part(cb, 14_942)) >> 8); ACROSS];
    }
}

/// Halves pairs of rows.
#[derive(Debug, Default)]
pub(super) struct Halver {
    upper: Vec<u16>,
    lower: Vec<u16>,
}

impl Halver {
    /// Halves two rows of luma. `row` receives the red of all pixels, then the green, then the
    /// blue. `colours` are the chroma of the upper and of the lower row, the same twice if they
    /// share it.
    pub(super) fn halve(&mut self, luma: [&[u8]; 2], colours: [&Added; 2], row: &mut [u16]) {
        self.upper.resize(luma[0].len(), 0);
        self.lower.resize(luma[1].len(), 0);
        let width = (row.len() / 3).max(1);
        for (channel, row) in row.chunks_exact_mut(width).enumerate() {
            light(luma[0], &colours[0].0[channel], &mut self.upper);
            light(luma[1], &colours[1].0[channel], &mut self.lower);
            mean(self.upper.as_chunks().0, self.lower.as_chunks().0, row);
        }
    }
}

#[autoversion(v3, neon, scalar)]
fn mean(upper: &[[u16; 2]], lower: &[[u16; 2]], row: &mut [u16]) {
    let of_two = |a: u16, b: u16| ((u32::from(a) + u32::from(b) + 1) >> 1) as u16;
    for (half, ([a, b], [c, d])) in row.iter_mut().zip(upper.iter().zip(lower)) {
        *half = of_two(of_two(*a, *c), of_two(*b, *d));
    }
}

/// A polynomial approximation of sRGB's transfer curve (IEC 61966-2-1) above its linear segment;
/// the error is below a third of a sample step. Coefficients from the fourth power down, in
/// 1/65536; that of the fourth power is subtracted, in eighths per sample step.
const CURVE: [u16; 5] = [181, 30_910, 38_865, 1_438, 89];

/// The last sample of the linear segment.
const STRAIGHT: u16 = 10;

/// The linear light of sRGB samples, given as luma and the chroma contribution.
#[autoversion(v3, neon, scalar)]
fn light(luma: &[u8], added: &[i16], row: &mut [u16]) {
    // A block that stays in the cache between the steps.
    const BLOCK: usize = 512;
    let [fourth, third, second, first, none] = CURVE;
    // Samples as fractions of the maximum 16-bit value.
    let mut shares = [0; BLOCK];
    let luma = luma.chunks(BLOCK).zip(added.chunks(BLOCK));
    for (row, (luma, added)) in row.chunks_mut(BLOCK).zip(luma) {
        for (share, (luma, added)) in shares.iter_mut().zip(luma.iter().zip(added)) {
            *share = (i16::from(*luma) + added).clamp(0, 255) as u16 * 257;
        }
        let by = |light: u16, share: u16| ((u32::from(light) * u32::from(share)) >> 16) as u16;
        for (light, share) in row.iter_mut().zip(&shares) {
            *light = by(third - (((share >> 8) * fourth) >> 3), *share) + second;
        }
        for (light, share) in row.iter_mut().zip(&shares) {
            *light = by(*light, *share) + first;
        }
        for (light, share) in row.iter_mut().zip(&shares) {
            let (curve, sample) = (by(*light, *share) + none, share >> 8);
            *light = if sample > STRAIGHT { curve } else { 20 * sample - (sample >> 3) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::colour;
    use super::*;

    fn added(cb: &[u8], cr: &[u8], across: usize) -> Added {
        let mut added = Added::default();
        added.set(cb, cr, across);
        added
    }

    #[test]
    fn light_is_that_of_the_sample_for_every_sample() {
        let samples: Vec<u8> = (0..=255).collect();
        let mut row = vec![0; 256];
        light(&samples, &[0; 256], &mut row);
        for (sample, is) in samples.iter().zip(&row) {
            let exact = colour::light(*sample);
            assert!(is.abs_diff(exact) < 8, "{sample}: {is}, not {exact}");
            assert_eq!(colour::srgb(*is), *sample);
        }
        let mut limits = [1; 2];
        light(&[3, 250], &[-9, 30], &mut limits);
        assert_eq!(limits, [0, row[255]]);
    }

    #[test]
    fn colour_adds_what_jfif_says() {
        for (cb, cr) in (0..=255).flat_map(|cb| (0..=255).map(move |cr| (cb, cr))) {
            let (blue, red) = (f64::from(cb) - 128.0, f64::from(cr) - 128.0);
            let exact = [1.402 * red, -0.344_136 * blue - 0.714_136 * red, 1.772 * blue];
            for (row, exact) in added(&[cb], &[cr], 1).0.iter().zip(exact) {
                let is = f64::from(row[0]);
                assert!((is - exact).abs() < 0.51, "{cb} {cr}: {is}, not {exact}");
            }
        }
    }

    #[test]
    fn four_pixels_are_averaged_as_light_however_colour_is_stored() {
        for across in [1, 2] {
            let grey = added(&vec![128; 2 / across], &vec![128; 2 / across], across);
            let mut half = [0; 3];
            Halver::default().halve([&[0, 255], &[255, 0]], [&grey, &grey], &mut half);
            assert!(half.iter().all(|half| half.abs_diff(32_768) < 8), "{half:?}");
        }
    }

    #[test]
    fn colour_lies_beside_its_own_pixels() {
        let ([red, blue], luma) = ([[90, 240], [240, 90]], [80; 4]);
        let halved = |upper: &Added, lower: &Added| {
            let mut halves = [0; 6];
            Halver::default().halve([&luma, &luma], [upper, lower], &mut halves);
            halves
        };
        let across = added(&[red[0], blue[0]], &[red[1], blue[1]], 2);
        let [reds, .., blues] = *halved(&across, &across).as_chunks::<2>().0 else { panic!() };
        assert!(reds[0] > reds[1] && blues[0] < blues[1], "{reds:?} {blues:?}");
        let [upper, lower] = [red, blue].map(|[cb, cr]| added(&[cb; 4], &[cr; 4], 1));
        let mixed = halved(&upper, &lower);
        let mean = ((u32::from(reds[0]) + u32::from(reds[1])) / 2) as u16;
        assert!(mixed[..2].iter().all(|is| is.abs_diff(mean) < 3), "{mixed:?}, not {mean}");
    }
}
