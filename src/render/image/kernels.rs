//! The loops that resizing spends its time in. Each is compiled more than once, and a processor takes
//! what it knows best; they add in the same order in any case, so that the sums are the same.

use archmage::autoversion;

/// Numbers of 16 bits as floats.
#[autoversion(v3, neon, scalar)]
pub(super) fn widen(row: &[u16], light: &mut [f32]) {
    for (wide, light) in light.iter_mut().zip(row) {
        *wide = f32::from(*light);
    }
}

/// Two rows as one of half the width.
#[autoversion(v3, neon, scalar)]
pub(super) fn halve(upper: &[[f32; 2]], lower: &[[f32; 2]], row: &mut [f32]) {
    for (half, ([a, b], [c, d])) in row.iter_mut().zip(upper.iter().zip(lower)) {
        *half = ((a + b) + (c + d)) * 0.25;
    }
}

/// The weighted sum of rows that are as long as `line`, thirty-two samples at a time, which stay in
/// registers.
#[autoversion(v3, neon, scalar)]
pub(super) fn weigh(rows: &[&[f32]], weights: &[f32], line: &mut [f32]) {
    const LANES: usize = 32;
    let (blocks, rest) = line.as_chunks_mut::<LANES>();
    let done = blocks.len() * LANES;
    for (at, block) in blocks.iter_mut().enumerate() {
        let mut sums = [0.0_f32; LANES];
        for (row, weight) in rows.iter().zip(weights) {
            let Some(samples) = row[at * LANES..].first_chunk::<LANES>() else { break };
            for (sum, sample) in sums.iter_mut().zip(samples) {
                *sum += weight * sample;
            }
        }
        *block = sums;
    }
    for (at, sum) in rest.iter_mut().enumerate() {
        *sum = rows.iter().zip(weights).map(|(row, weight)| weight * row[done + at]).sum();
    }
}

/// One channel after the other → pixel after pixel.
#[autoversion(v3, neon, scalar)]
pub(super) fn interleave(line: &[f32], width: usize, pixels: &mut [[f32; 4]]) {
    let (red, rest) = line.split_at(width);
    let (green, rest) = rest.split_at(width);
    let (blue, fourth) = rest.split_at(width);
    let pixels = pixels.iter_mut().zip(red.iter().zip(green.iter().zip(blue)));
    if fourth.is_empty() {
        for (pixel, (red, (green, blue))) in pixels {
            *pixel = [*red, *green, *blue, 0.0];
        }
    } else {
        for ((pixel, (red, (green, blue))), fourth) in pixels.zip(fourth) {
            *pixel = [*red, *green, *blue, *fourth];
        }
    }
}

/// The weighted sums of as many pixels for each: two at a time, of which the weights are given for
/// every channel. That the sums of the first and of the second are added is for `fold`: a compiler
/// that saw it here would take them apart from the beginning.
#[autoversion(v3, neon, scalar)]
pub(super) fn across(
    pixels: &[[f32; 4]],
    starts: &[usize],
    weights: &[[f32; 8]],
    pairs: usize,
    row: &mut [[f32; 8]],
) {
    // From three to four pixels for one, what has been halved takes six or seven pairs.
    match pairs {
        6 => across_by(pixels, starts, weights.as_chunks::<6>().0, row),
        7 => across_by(pixels, starts, weights.as_chunks::<7>().0, row),
        _ => {
            let taps = starts.iter().zip(weights.chunks_exact(pairs.max(1)));
            for (sums, (first, weights)) in row.iter_mut().zip(taps) {
                let light = pixels[*first..].as_flattened().as_chunks::<8>().0;
                *sums = weighed(light, weights);
            }
        }
    }
}

/// The same where the number of pairs is known beforehand, so that there is no loop over them.
#[inline(always)]
fn across_by<const PAIRS: usize>(
    pixels: &[[f32; 4]],
    starts: &[usize],
    weights: &[[[f32; 8]; PAIRS]],
    row: &mut [[f32; 8]],
) {
    for (sums, (first, weights)) in row.iter_mut().zip(starts.iter().zip(weights)) {
        let light = pixels[*first..].as_flattened().as_chunks::<8>().0;
        let Some(light) = light.first_chunk::<PAIRS>() else { break };
        *sums = weighed(light, weights);
    }
}

#[inline(always)]
fn weighed(light: &[[f32; 8]], weights: &[[f32; 8]]) -> [f32; 8] {
    let mut lanes = [0.0_f32; 8];
    for (light, weights) in light.iter().zip(weights) {
        for ((lane, light), weight) in lanes.iter_mut().zip(light).zip(weights) {
            *lane += light * weight;
        }
    }
    lanes
}

/// Pairs of sums, added: two pixels at a time, which are a whole vector. Of one at a time a compiler
/// makes something far longer.
#[autoversion(v3, neon, scalar)]
pub(super) fn fold(sums: &[[f32; 8]], row: &mut [[f32; 4]]) {
    let (pairs, last) = row.as_chunks_mut::<2>();
    let (sums, rest) = sums.as_chunks::<2>();
    for (pair, [a, b]) in pairs.iter_mut().zip(sums) {
        let first = [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]];
        let second = [a[4], a[5], a[6], a[7], b[4], b[5], b[6], b[7]];
        let both: [f32; 8] = std::array::from_fn(|at| first[at] + second[at]);
        *pair = [[both[0], both[1], both[2], both[3]], [both[4], both[5], both[6], both[7]]];
    }
    for (sum, sums) in last.iter_mut().zip(rest) {
        *sum = std::array::from_fn(|at| sums[at] + sums[at + 4]);
    }
}

/// To the next whole numbers. A float so much larger has them in its lowest bits, which are had in
/// far fewer steps than by a cast, that looks for what is no number.
#[autoversion(v3, neon, scalar)]
pub(super) fn round(sums: &[f32], row: &mut [u16]) {
    const WHOLE: f32 = 8_388_608.0;
    for (light, sum) in row.iter_mut().zip(sums) {
        *light = (sum.clamp(0.0, 65_535.0) + WHOLE).to_bits() as u16;
    }
}
