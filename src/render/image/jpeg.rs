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
mod huffman;
mod progressive;
mod restarts;
mod sequential;
mod spectrum;
mod transform;

use super::chroma::{Added, Halver};
use super::decode::{CUT, DAMAGED, DIFFERS, Decoded, Layout, Raw, STRANGE};
use super::pyramid::Part;
use crate::load::picture::Header;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;
use zune_jpeg::{JpegDecoder, PlaneInfo, RawImcuRowStatus};

/// The last two bytes of a file: the end marker (EOI).
pub(super) const END: [u8; 2] = [0xff, 0xd9];

type Decoder<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

fn said(err: DecodeErrors) -> &'static str {
    match err {
        DecodeErrors::ExhaustedData | DecodeErrors::FormatStatic("Premature end of buffer") => CUT,
        _ => DAMAGED,
    }
}

fn options() -> DecoderOptions {
    // Strict mode: a truncated picture is an error, not a picture that ends in grey.
    DecoderOptions::default()
        .set_strict_mode(true)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
}

fn opened<'a>(bytes: &'a [u8], header: &Header) -> Decoded<Decoder<'a>> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(said)?;
    let info = decoder.info().ok_or(DAMAGED)?;
    if (u32::from(info.width), u32::from(info.height)) != (header.width, header.height) {
        return Err(DIFFERS);
    }
    Ok(decoder)
}

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

/// What chroma adds to luma, for red, green and blue: JFIF's factors in 1/65536.
fn chroma(cb: u8, cr: u8) -> [i32; 3] {
    let (blue, red) = (i32::from(cb) - 128, i32::from(cr) - 128);
    [91_881 * red, -22_554 * blue - 46_802 * red, 116_130 * blue].map(|it| (it + 0x8000) >> 16)
}

/// A JPEG of a common kind, ready to be decoded at half its size.
pub(super) struct Halving<'a> {
    bytes: &'a [u8],
    decoder: Decoder<'a>,
    size: (u32, u32),
    /// Luma samples per chroma sample, horizontally and vertically.
    factors: [usize; 2],
}

impl std::fmt::Debug for Halving<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Halving").field("size", &self.size).finish_non_exhaustive()
    }
}

/// Half the width and height, in linear light: each pixel is the mean of four. `None` for rare
/// kinds of JPEG, which are decoded as a whole.
pub(super) fn halving<'a>(bytes: &'a [u8], header: &Header) -> Decoded<Option<Halving<'a>>> {
    let mut decoder = opened(bytes, header)?;
    if decoder.input_colorspace() != Some(ColorSpace::YCbCr) {
        return Ok(None);
    }
    let session = decoder.raw_output();
    let planes = session.layout();
    let Some([[across @ 1..=2, down @ 1..=2], [1, 1], [1, 1]]) =
        planes.as_ref().map(|it| factors(it))
    else {
        return Ok(None);
    };
    if session.num_components() != Some(3) {
        return Ok(None);
    }
    drop(session);
    let size = (header.width / 2, header.height / 2);
    Ok(Some(Halving { bytes, decoder, size, factors: [across, down] }))
}

fn factors(planes: &[PlaneInfo]) -> [[usize; 2]; 3] {
    std::array::from_fn(|at| {
        let plane = planes.get(at).copied().unwrap_or_default();
        [plane.horizontal_sampling_factor, plane.vertical_sampling_factor]
    })
}

impl Halving<'_> {
    /// Half of the picture's width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        self.size
    }

    /// The colour profile.
    pub(super) fn profile(&self) -> Option<Vec<u8>> {
        self.decoder.icc_profile()
    }

    /// Decodes the whole picture and passes on the rows of a part: red, green and blue one after
    /// the other.
    pub(super) fn rows(self, part: &Part, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
        let height = self.size.1;
        let mut halves = Halves::new(part, height, self.factors);
        let took = bands::bands(self.bytes, part, &mut |planes| {
            halves.take(planes.each_ref().map(|it| (&it.samples[..], it.stride)), take);
        });
        if took.is_none() {
            // Rows already passed on are skipped when decoding starts again.
            halves.seen = 0;
            self.anew(&mut halves, take)?;
        }
        if halves.seen == height { Ok(()) } else { Err(CUT) }
    }

    /// Decodes again from the start and passes on the remaining rows.
    fn anew(mut self, halves: &mut Halves, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
        let mut session = self.decoder.raw_output();
        let planes = &session.layout().ok_or(DAMAGED)?[..3];
        let strides: Vec<usize> = planes.iter().map(|plane| plane.stride).collect();
        let mut bands = band_of(planes);
        loop {
            let [luma, cb, cr] = &mut bands[..] else { return Err(STRANGE) };
            match session.decode_next_imcu_row(&mut [luma, cb, cr], &strides).map_err(said)? {
                RawImcuRowStatus::RowReady { .. } => {}
                RawImcuRowStatus::Complete => return Ok(()),
                _ => return Err(CUT),
            }
            halves.take([0, 1, 2].map(|at| (&bands[at][..], strides[at])), take);
        }
    }
}

/// Makes rows at half the size from bands.
struct Halves<'a> {
    part: &'a Part,
    height: u32,
    factors: [usize; 2],
    /// The number of rows seen, inside or outside the part.
    seen: u32,
    /// How many of them need not be passed on again.
    given: u32,
    above: Added,
    below: Added,
    halver: Halver,
    row: Vec<u16>,
}

impl Halves<'_> {
    fn new(part: &Part, height: u32, factors: [usize; 2]) -> Halves<'_> {
        let row = vec![0; 3 * part.columns.len()];
        let (above, below, halver) = Default::default();
        Halves { part, height, factors, seen: 0, given: 0, above, below, halver, row }
    }

    /// Takes one band of luma and two of chroma, each with its stride.
    fn take(&mut self, bands: [(&[u8], usize); 3], take: &mut dyn FnMut(&[u16])) {
        let [across, down] = self.factors;
        let columns = &self.part.columns;
        // The samples for the part's columns; `by` samples per pixel at half the size.
        let samples = |band: usize, at: usize, by: usize| {
            let (samples, stride) = bands[band];
            let begin = at * stride + by * columns.start as usize;
            &samples[begin..begin + by * columns.len()]
        };
        for at in 0..4 * down {
            if self.seen == self.height {
                break;
            }
            self.seen += 1;
            if self.seen <= self.given {
                continue;
            }
            self.given = self.seen;
            if !self.part.rows.contains(&(self.seen - 1)) {
                continue;
            }
            let upper = 2 * at / down;
            let colour = |at: usize| [1, 2].map(|band| samples(band, at, 2 / across));
            let [cb, cr] = colour(upper);
            self.above.set(cb, cr, across);
            let luma = [2 * at, 2 * at + 1].map(|at| samples(0, at, 2));
            if down == 1 {
                let [cb, cr] = colour(upper + 1);
                self.below.set(cb, cr, across);
                self.halver.halve(luma, [&self.above, &self.below], &mut self.row);
            } else {
                self.halver.halve(luma, [&self.above, &self.above], &mut self.row);
            }
            take(&self.row);
        }
    }
}

/// Buffers for one band of each plane.
fn band_of(planes: &[PlaneInfo]) -> Vec<Vec<u8>> {
    let len = |plane: &PlaneInfo| plane.stride * plane.vertical_sampling_factor * 8;
    planes.iter().map(|plane| vec![0; len(plane)]).collect()
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
