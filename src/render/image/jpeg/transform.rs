//! The inverse DCT in integers: Loeffler, Ligtenberg and Moschytz, with twelve fractional bits,
//! computed as in stb_image and zune-jpeg.

/// Natural positions of coefficients, in file order.
pub(super) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Rounding term and shift of the first pass.
const FIRST: (i32, i32) = (512, 10);

/// The same for the second pass, which also adds the level shift of 128.
const SECOND: (i32, i32) = (512 + 65_536 + (128 << 17), 17);

/// Eight samples of eight rows.
pub(super) type Square = [[u8; 8]; 8];

/// The samples of a block that has only a DC coefficient.
#[inline(always)]
pub(super) fn flat(mean: i32) -> Square {
    [[(mean.wrapping_add(4 + 1024) >> 3).clamp(0, 255) as u8; 8]; 8]
}

/// The samples of a block.
pub(super) fn transform(block: &[i32; 64]) -> Square {
    let mut columns = *block;
    for x in 0..8 {
        let column = std::array::from_fn(|y| block[8 * y + x]);
        for (y, it) in pass(column, FIRST).into_iter().enumerate() {
            columns[8 * y + x] = it;
        }
    }
    let mut samples = [[0; 8]; 8];
    for (samples, row) in samples.iter_mut().zip(columns.as_chunks().0) {
        for (sample, it) in samples.iter_mut().zip(pass(*row, SECOND)) {
            *sample = it.clamp(0, 255) as u8;
        }
    }
    samples
}

/// The contributions of coefficients 0, 4, 2 and 6 to the first four samples; to the last four in
/// reverse order, they are the same.
const EVEN: [[i16; 4]; 4] = [
    [4096, 4096, 5352, 2217],
    [4096, -4096, 2217, -5350],
    [4096, -4096, -2217, 5350],
    [4096, 4096, -5352, -2217],
];

/// The same for 1, 3, 5 and 7, whose contributions to the last four have the opposite sign.
const ODD: [[i16; 4]; 4] = [
    [5683, 4816, 3219, 1131],
    [4816, -1129, -5681, -3218],
    [3219, -5681, 1132, 4816],
    [1131, -3218, 4816, -5680],
];

#[inline(always)]
fn pass([c0, c1, c2, c3, c4, c5, c6, c7]: [i32; 8], (bias, bits): (i32, i32)) -> [i32; 8] {
    let sum = |[a, b, c, d]: [i32; 4], [e, f, g, h]: [i16; 4]| {
        let by = |it: i32, factor: i16| it.wrapping_mul(i32::from(factor));
        by(a, e).wrapping_add(by(b, f)).wrapping_add(by(c, g)).wrapping_add(by(d, h))
    };
    let mut samples = [0; 8];
    for at in 0..4 {
        let even = sum([c0, c4, c2, c6], EVEN[at]).wrapping_add(bias);
        let odd = sum([c1, c3, c5, c7], ODD[at]);
        samples[at] = even.wrapping_add(odd) >> bits;
        samples[7 - at] = even.wrapping_sub(odd) >> bits;
    }
    samples
}

/// The same, on sixteen 16-bit integers at a time. `None` if the coefficients are so large that
/// these could overflow.
#[cfg(target_arch = "x86_64")]
#[archmage::rite(v3, import_intrinsics)]
pub(super) fn transform_v3(block: &[i32; 64]) -> Option<Square> {
    // No sum in the first pass is more than 5.55 times that of the coefficients.
    const GREATEST: i16 = 5_900;
    let rows: &[[i32; 8]; 8] = block.as_chunks().0.try_into().ok()?;
    let rows = rows.each_ref().map(|row| _mm256_loadu_si256(row));
    let [r0, r1, r2, r3, r4, r5, r6, r7] = rows;
    let size = |a, b| _mm256_abs_epi16(_mm256_packs_epi32(a, b));
    let sizes = _mm256_adds_epu16(
        _mm256_adds_epu16(size(r0, r1), size(r2, r3)),
        _mm256_adds_epu16(size(r4, r5), size(r6, r7)),
    );
    let sizes = _mm256_adds_epu16(sizes, _mm256_shuffle_epi32::<0b01_00_11_10>(sizes));
    let excess = _mm256_subs_epu16(sizes, _mm256_set1_epi16(GREATEST));
    if _mm256_testz_si256(excess, excess) == 0 {
        return None;
    }
    // Packs two 32-bit integers into the two 16-bit halves of one.
    let pair = |a, b| _mm256_blend_epi16::<0b1010_1010>(a, _mm256_slli_epi32::<16>(b));
    let columns = pass_v3::<10>([pair(r0, r4), pair(r2, r6), pair(r1, r3), pair(r5, r7)], FIRST.0);
    let [c0, c1, c2, c3, c4, c5, c6, c7] = columns;
    // Rows of 16-bit integers, whose coefficients are in pairs; then pairs in place of rows.
    let order = _mm256_setr_epi8(
        0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15, 0, 1, 8, 9, 4, 5, 12, 13, 2, 3, 6, 7,
        10, 11, 14, 15,
    );
    let paired = |a, b| {
        let rows = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packs_epi32(a, b));
        _mm256_shuffle_epi8(rows, order)
    };
    let [a, b, c, d] = [paired(c0, c4), paired(c1, c5), paired(c2, c6), paired(c3, c7)];
    let [ac, bd] = [_mm256_unpacklo_epi32(a, c), _mm256_unpacklo_epi32(b, d)];
    let [even, evens] = [_mm256_unpacklo_epi32(ac, bd), _mm256_unpackhi_epi32(ac, bd)];
    let [ac, bd] = [_mm256_unpackhi_epi32(a, c), _mm256_unpackhi_epi32(b, d)];
    let [odd, odds] = [_mm256_unpacklo_epi32(ac, bd), _mm256_unpackhi_epi32(ac, bd)];
    let [s0, s1, s2, s3, s4, s5, s6, s7] = pass_v3::<17>([even, evens, odd, odds], SECOND.0);
    // Four samples of four rows in each half; then the halves side by side.
    let order = _mm256_setr_epi8(
        0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10,
        14, 3, 7, 11, 15,
    );
    let four = |a, b, c, d| {
        let samples = _mm256_packus_epi16(_mm256_packs_epi32(a, b), _mm256_packs_epi32(c, d));
        _mm256_shuffle_epi8(samples, order)
    };
    let [left, right] = [four(s0, s1, s2, s3), four(s4, s5, s6, s7)];
    let [a, b] = [_mm256_unpacklo_epi32(left, right), _mm256_unpackhi_epi32(left, right)];
    let mut square = [[0; 8]; 8];
    let (upper, lower) = square.as_flattened_mut().split_at_mut(32);
    _mm256_storeu_si256(upper.first_chunk_mut::<32>()?, _mm256_permute2x128_si256::<0x20>(a, b));
    _mm256_storeu_si256(lower.first_chunk_mut::<32>()?, _mm256_permute2x128_si256::<0x31>(a, b));
    Some(square)
}

/// The coefficients in pairs: 0 and 4, 2 and 6, 1 and 3, 5 and 7.
#[cfg(target_arch = "x86_64")]
#[archmage::rite(v3, import_intrinsics)]
fn pass_v3<const BITS: i32>(
    pairs: [std::arch::x86_64::__m256i; 4],
    bias: i32,
) -> [std::arch::x86_64::__m256i; 8] {
    let factors = |a: i16, b: i16| _mm256_set1_epi32(i32::from(b) << 16 | i32::from(a) & 0xffff);
    let sum = |first, second, [a, b, c, d]: [i16; 4]| {
        let first = _mm256_madd_epi16(first, factors(a, b));
        _mm256_add_epi32(first, _mm256_madd_epi16(second, factors(c, d)))
    };
    let [even, evens, odd, odds] = pairs;
    let bias = _mm256_set1_epi32(bias);
    let mut samples = [bias; 8];
    for at in 0..4 {
        let even = _mm256_add_epi32(sum(even, evens, EVEN[at]), bias);
        let odd = sum(odd, odds, ODD[at]);
        samples[at] = _mm256_srai_epi32::<BITS>(_mm256_add_epi32(even, odd));
        samples[7 - at] = _mm256_srai_epi32::<BITS>(_mm256_sub_epi32(even, odd));
    }
    samples
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use archmage::{SimdToken, X64V3Token, arcane};
    use proptest::prelude::*;

    #[arcane]
    fn vectors(_token: X64V3Token, block: &[i32; 64]) -> Option<Square> {
        transform_v3(block)
    }

    proptest! {
        #[test]
        fn vectors_give_the_same_samples(
            bits in 1..17_u32,
            values in prop::collection::vec(any::<i32>(), 64),
            zeros in any::<u64>(),
        ) {
            let Some(token) = X64V3Token::summon() else { return Ok(()) };
            let mut block = [0; 64];
            for (at, (it, value)) in block.iter_mut().zip(values).enumerate() {
                *it = if zeros >> at & 1 == 0 { value >> (32 - bits) } else { 0 };
            }
            let samples = vectors(token, &block);
            let sum: u64 = block.iter().map(|it| u64::from(it.unsigned_abs())).sum();
            prop_assert!(samples.is_some() || sum > 5_900);
            prop_assert!(samples.is_none_or(|it| it == transform(&block)));
        }
    }

    #[test]
    fn a_mean_alone_is_flat() {
        for mean in [-40_000, -1024, -5, -4, -3, 0, 3, 4, 5, 1016, 1020, 40_000] {
            let mut block = [0; 64];
            block[0] = mean;
            assert_eq!(flat(mean), transform(&block));
        }
    }
}
