//! The hot loops of resizing. Each is compiled for several instruction sets, and the best one is
//! chosen at run time. All add in the same order, so that the sums are identical.

use archmage::autoversion;

/// Converts 16-bit integers to floats.
#[autoversion(v3, neon, scalar)]
pub(super) fn widen(row: &[u16], light: &mut [f32]) {
    for (wide, light) in light.iter_mut().zip(row) {
        *wide = f32::from(*light);
    }
}

/// Averages two rows into one of half the width.
#[autoversion(v3, neon, scalar)]
pub(super) fn halve(upper: &[[f32; 2]], lower: &[[f32; 2]], row: &mut [f32]) {
    for (half, ([a, b], [c, d])) in row.iter_mut().zip(upper.iter().zip(lower)) {
        *half = ((a + b) + (c + d)) * 0.25;
    }
}

/// The weighted sum of rows as long as `line`, thirty-two samples at a time, which stay in
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

/// Planar channels → interleaved pixels.
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

/// Weighted sums, with the same number of pixels for each: two pixels at a time, with their weights
/// repeated for every channel. The sums of the first and the second pixel are added later, by
/// `fold`; if the compiler saw that here, it would split them from the start.
#[autoversion(v3, neon, scalar)]
pub(super) fn across(
    pixels: &[[f32; 4]],
    starts: &[usize],
    weights: &[[f32; 8]],
    pairs: usize,
    row: &mut [[f32; 8]],
) {
    // At three to four pixels per output pixel, the halved picture takes six or seven pairs.
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

/// The same with a constant number of pairs, so that the loop is unrolled.
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

/// Adds pairs of sums: two pixels at a time, which fill a vector. For one at a time, the compiler
/// generates much longer code.
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

/// Rounds to integers. Adding 2²³ puts the integer into the lowest bits of the float, which takes
/// far fewer instructions than a cast, which must check for NaN.
#[autoversion(v3, neon, scalar)]
pub(super) fn round(sums: &[f32], row: &mut [u16]) {
    const WHOLE: f32 = 8_388_608.0;
    for (light, sum) in row.iter_mut().zip(sums) {
        *light = (sum.clamp(0.0, 65_535.0) + WHOLE).to_bits() as u16;
    }
}
