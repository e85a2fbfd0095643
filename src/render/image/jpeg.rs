//! JPEG: decodes to samples as stored, or directly to half the size in linear light.
//!
//! Half the size is made from the planes that the decoder produces, one band of 8 or 16 rows at a
//! time: neither the RGB picture nor its planes ever exist as a whole. If chroma is stored at half
//! the resolution (4:2:0, what cameras write), four pixels share one chroma sample, which is at
//! their centre, so nothing needs to be interpolated either.
//!
//! Bands of typical camera files come from our own decoder (`bands`), which skips the blocks
//! outside the needed part. Other files, and any that look suspicious to it, are left to zune-jpeg,
//! whose samples are the same: it decodes the file from the start, and its errors are the ones
//! reported to the author.
//!
//! Whole pictures come from zune-jpeg, except for those with restart markers, which it decodes
//! wrongly (`restarts`).

#[cfg(test)]
mod agreement;
mod bands;
mod bits;
mod frame;
mod halving;
mod huffman;
mod progressive;
mod restarts;
mod sequential;
mod spectrum;
mod transform;
mod units;
mod ycbcr;
mod zune;

use super::decode_error::{DAMAGED, Decoded, STRANGE};
use super::raw::{Layout, Raw};
use crate::load::picture::Header;
pub(super) use halving::{Halving, halving};
use ycbcr::chroma;
use zune::{band_of, opened, options, said};
use zune_jpeg::RawImcuRowStatus;
use zune_jpeg::zune_core::colorspace::ColorSpace;

/// The last two bytes of a file: the end marker (EOI).
pub(super) const END: [u8; 2] = [0xff, 0xd9];

/// The samples as stored: grey, RGB or CMYK.
pub(super) fn samples(bytes: &[u8], header: &Header) -> Decoded<Raw<'static>> {
    let mut decoder = opened(bytes, header)?;
    let stored = decoder.input_colorspace().ok_or(STRANGE)?;
    let (wanted, layout) = match decoder.info().ok_or(DAMAGED)?.components {
        1 => (ColorSpace::Luma, Layout::Gray),
        3 => (ColorSpace::RGB, Layout::Rgb),
        4 if matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK) => (stored, Layout::Cmyk),
        _ => return Err(STRANGE),
    };
    decoder.set_options(options().jpeg_set_out_colorspace(wanted));
    let put_together = match stored {
        ColorSpace::YCbCr | ColorSpace::Luma => restarts::pixels(bytes, header),
        _ => None,
    };
    let mut samples = match put_together {
        Some(samples) => samples,
        None => decoder.decode().map_err(said)?,
    };
    match (layout, stored) {
        (Layout::Cmyk, ColorSpace::YCCK) => inks_of_ycck(&mut samples),
        (Layout::Cmyk, _) if is_by_adobe(bytes) => {
            samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
        _ => {}
    }
    let (width, height) = (header.width, header.height);
    let profile = decoder.icc_profile();
    Ok(Raw { width, height, layout, is_deep: false, samples, half: None, profile })
}

/// Adobe's programs store inverted inks and mark this with their segment.
fn is_by_adobe(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 20)];
    head.windows(9).any(|at| at.starts_with(b"\xff\xee") && at.ends_with(b"Adobe"))
}

/// YCCK is CMY treated as inverted RGB, in Y′CbCr, with an inverted black channel (Adobe Technical
/// Note 5116): so the resulting RGB is the ink.
fn inks_of_ycck(samples: &mut [u8]) {
    for [y, cb, cr, k] in samples.as_chunks_mut::<4>().0 {
        let luma = i32::from(*y);
        let ink = |value: i32| u8::try_from(value.clamp(0, 255)).unwrap_or(0);
        let [red, green, blue] = chroma(*cb, *cr);
        *y = ink(luma + red);
        *cb = ink(luma + green);
        *cr = ink(luma + blue);
        *k = 255 - *k;
    }
}

/// The minimum number of bands before a picture can be considered complete except for its marker:
/// without the marker, the decoder loses one band.
const BANDS: usize = 8;

/// Whether a file that ends too early only lacks its end marker, which some programs omit: every
/// band of rows except the last one can be decoded.
pub(super) fn lacks_its_end_only(bytes: &[u8], header: &Header) -> bool {
    !bytes.ends_with(&END)
        && whole_bands(bytes, header).is_ok_and(|(whole, all)| all > BANDS && whole + 1 >= all)
}

/// The number of bands that can be decoded, and the number there should be.
fn whole_bands(bytes: &[u8], header: &Header) -> Decoded<(usize, usize)> {
    let mut decoder = opened(bytes, header)?;
    let mut session = decoder.raw_output();
    let layout = session.layout().ok_or(DAMAGED)?;
    let planes = &layout[..session.num_components().ok_or(DAMAGED)?.min(layout.len())];
    let strides: Vec<usize> = planes.iter().map(|plane| plane.stride).collect();
    let tallest = planes.iter().map(|plane| plane.vertical_sampling_factor).max().unwrap_or(1);
    let all = (header.height as usize).div_ceil(tallest * 8);
    let mut rows = band_of(planes);
    let mut whole = 0;
    let mut next = || {
        let mut rows: Vec<&mut [u8]> = rows.iter_mut().map(Vec::as_mut_slice).collect();
        session.decode_next_imcu_row(&mut rows, &strides)
    };
    while let Ok(RawImcuRowStatus::RowReady { .. }) = next() {
        whole += 1;
    }
    Ok((whole, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ycck_without_colour_is_as_much_of_every_ink() {
        let mut samples = [200, 128, 128, 255, 76, 85, 255, 0];
        inks_of_ycck(&mut samples);
        assert_eq!(samples, [200, 200, 200, 0, 254, 0, 0, 255]);
    }
}
