//! Y′CbCr to red, green and blue.

/// What chroma adds to luma, for red, green and blue: JFIF's factors in 1/65536.
pub(super) fn chroma(cb: u8, cr: u8) -> [i32; 3] {
    let (blue, red) = (i32::from(cb) - 128, i32::from(cr) - 128);
    [91_881 * red, -22_554 * blue - 46_802 * red, 116_130 * blue].map(|it| (it + 0x8000) >> 16)
}
