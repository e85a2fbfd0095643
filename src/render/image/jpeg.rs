//! JPEG: to samples as stored, or straight to half its size in linear light.
//!
//! Half the size is made from the planes as they come out of the decoder, a band of 8 or 16 rows
//! at a time: neither a picture in RGB nor its planes exist as a whole. Where colour is stored at
//! half the resolution (4:2:0, what cameras write) four pixels share one sample of it, which lies
//! in their middle, so nothing has to be interpolated either.
//!
//! Bands of what cameras write come from a decoder of our own (`bands`), which makes nothing of the
//! blocks outside of the part that is needed. All else, and whatever it has doubts about, is left to
//! zune-jpeg, whose samples are the same: it goes over the file from the beginning, and what it says
//! of damage is what the author reads.
//!
//! Whole pictures come from zune-jpeg but for those with restarts, which it misreads (`restarts`).

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

/// What the last two bytes are to be.
pub(super) const END: [u8; 2] = [0xff, 0xd9];

type Decoder<'a> = JpegDecoder<ZCursor<&'a [u8]>>;

fn said(err: DecodeErrors) -> &'static str {
    match err {
        DecodeErrors::ExhaustedData | DecodeErrors::FormatStatic("Premature end of buffer") => CUT,
        _ => DAMAGED,
    }
}

fn options() -> DecoderOptions {
    // Strict: a picture cut in the middle is an error, not a picture that ends in grey.
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

/// The samples as stored: grey, RGB or inks.
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

/// Adobe's programs store inks the other way round, and say so by their segment.
fn is_by_adobe(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 20)];
    head.windows(9).any(|at| at.starts_with(b"\xff\xee") && at.ends_with(b"Adobe"))
}

/// YCCK is CMY as if it were inverted RGB, in Y′CbCr, with the black beside it inverted (Adobe
/// Technical Note 5116): the RGB it gives is the ink.
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

/// What colour adds to luma, for red, green and blue: JFIF's factors in 1/65536.
fn chroma(cb: u8, cr: u8) -> [i32; 3] {
    let (blue, red) = (i32::from(cb) - 128, i32::from(cr) - 128);
    [91_881 * red, -22_554 * blue - 46_802 * red, 116_130 * blue].map(|it| (it + 0x8000) >> 16)
}

/// A JPEG of a common kind, ready to be decoded to half its size.
pub(super) struct Halving<'a> {
    bytes: &'a [u8],
    decoder: Decoder<'a>,
    size: (u32, u32),
    /// Samples of luma for one of colour, across and down.
    factors: [usize; 2],
}

impl std::fmt::Debug for Halving<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Halving").field("size", &self.size).finish_non_exhaustive()
    }
}

/// Half as wide and as high, in linear light: each pixel the mean of four. Nothing for kinds of
/// JPEG that are rare: these are decoded whole.
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
    /// Half the picture's width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        self.size
    }

    /// The colour profile.
    pub(super) fn profile(&self) -> Option<Vec<u8>> {
        self.decoder.icc_profile()
    }

    /// Decodes all of it, and gives the rows of a part: red, green and blue one after the other.
    pub(super) fn rows(self, part: &Part, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
        let height = self.size.1;
        let mut halves = Halves::new(part, height, self.factors);
        let took = bands::bands(self.bytes, part, &mut |planes| {
            halves.take(planes.each_ref().map(|it| (&it.samples[..], it.stride)), take);
        });
        if took.is_none() {
            // Rows that were given are those that would come again.
            halves.seen = 0;
            self.anew(&mut halves, take)?;
        }
        if halves.seen == height { Ok(()) } else { Err(CUT) }
    }

    /// Gives the rows that are missing.
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

/// Makes rows of half the size from bands.
struct Halves<'a> {
    part: &'a Part,
    height: u32,
    factors: [usize; 2],
    /// Rows that came, whether or not of the part.
    seen: u32,
    /// How many of them need not come again.
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

    /// Takes a band of luma and two of colour, each with its stride.
    fn take(&mut self, bands: [(&[u8], usize); 3], take: &mut dyn FnMut(&[u16])) {
        let [across, down] = self.factors;
        let columns = &self.part.columns;
        // Of `by` samples for a pixel of the half, those of the part's columns.
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

/// Room for a band of each plane.
fn band_of(planes: &[PlaneInfo]) -> Vec<Vec<u8>> {
    let len = |plane: &PlaneInfo| plane.stride * plane.vertical_sampling_factor * 8;
    planes.iter().map(|plane| vec![0; len(plane)]).collect()
}

/// Bands a picture must have before it is believed that only the mark is missing: what the decoder
/// gives up with the mark is one of them.
const BANDS: usize = 8;

/// Whether a file that ends too soon lacks nothing but the mark at its end, which some programs
/// forget: every band of rows but the last one can be decoded.
pub(super) fn lacks_its_end_only(bytes: &[u8], header: &Header) -> bool {
    !bytes.ends_with(&END)
        && whole_bands(bytes, header).is_ok_and(|(whole, all)| all > BANDS && whole + 1 >= all)
}

/// How many bands of rows can be decoded, and how many there should be.
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
