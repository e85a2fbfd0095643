//! JPEG: to samples as stored, or straight to half its size in linear light.
//!
//! Half the size is made from the planes as they come out of the decoder, a band of 8 or 16 rows
//! at a time: neither a picture in RGB nor its planes exist as a whole. Where colour is stored at
//! half the resolution (4:2:0, what cameras write) four pixels share one sample of it, which lies
//! in their middle, so nothing has to be interpolated either.

use super::colour::Curve;
use super::decode::{CUT, DAMAGED, DIFFERS, Decoded, Layout, Raw, STRANGE};
use super::plane::{Pixel, Plane};
use crate::load::picture::Header;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;
use zune_jpeg::{JpegDecoder, PlaneInfo, RawDecodeSession, RawImcuRowStatus};

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
pub(super) fn samples(bytes: &[u8], header: &Header) -> Decoded<Raw> {
    let mut decoder = opened(bytes, header)?;
    let stored = decoder.input_colorspace().ok_or(STRANGE)?;
    let (wanted, layout) = match decoder.info().ok_or(DAMAGED)?.components {
        1 => (ColorSpace::Luma, Layout::Gray),
        3 => (ColorSpace::RGB, Layout::Rgb),
        4 if matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK) => (stored, Layout::Cmyk),
        _ => return Err(STRANGE),
    };
    decoder.set_options(options().jpeg_set_out_colorspace(wanted));
    let mut samples = decoder.decode().map_err(said)?;
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

/// What is looked up for every pixel.
struct Table {
    /// Linear light of luma and what colour adds to it, for every sum: `[sum + BELOW]`.
    light: [u16; TABLE],
    /// What cb and cr add, in 1/65536. Half a step for rounding, and `BELOW`, are in it.
    blue: [i32; 256],
    red: [i32; 256],
    green_of_blue: [i32; 256],
    green_of_red: [i32; 256],
}
const TABLE: usize = 1024;
const BELOW: i32 = 384;

fn table() -> Box<Table> {
    let light = Curve::Srgb.table(255);
    let mut entries = [0; TABLE];
    for (sum, entry) in (-BELOW..).zip(entries.iter_mut()) {
        *entry = light[usize::try_from(sum.clamp(0, 255)).unwrap_or(0)];
    }
    let by = |factor: i32, more: i32| std::array::from_fn(|at| (at as i32 - 128) * factor + more);
    let whole = (BELOW << 16) + 0x8000;
    Box::new(Table {
        light: entries,
        blue: by(116_130, whole),
        red: by(91_881, whole),
        green_of_blue: by(-22_554, whole),
        green_of_red: by(-46_802, 0),
    })
}

impl Table {
    /// What a sample of colour adds to luma, and `BELOW`.
    fn added(&self, cb: u8, cr: u8) -> [u32; 3] {
        let (cb, cr) = (usize::from(cb), usize::from(cr));
        [self.red[cr], self.green_of_blue[cb] + self.green_of_red[cr], self.blue[cb]]
            .map(|sum| (sum >> 16) as u32)
    }
}

/// Half as wide and as high, in linear light: each pixel the mean of four. Nothing for kinds of
/// JPEG that are rare: these are decoded whole.
pub(super) fn half(bytes: &[u8], header: &Header) -> Decoded<Option<Raw>> {
    let mut decoder = opened(bytes, header)?;
    if decoder.input_colorspace() != Some(ColorSpace::YCbCr) {
        return Ok(None);
    }
    let mut session = decoder.raw_output();
    let halve = match session.layout().as_ref().map(|planes| factors(planes)) {
        Some([[2, 2], [1, 1], [1, 1]]) => halve::<1, 1>,
        Some([[2, 1], [1, 1], [1, 1]]) => halve::<1, 2>,
        Some([[1, 2], [1, 1], [1, 1]]) => halve::<2, 1>,
        Some([[1, 1], [1, 1], [1, 1]]) => halve::<2, 2>,
        _ => return Ok(None),
    };
    if session.num_components() != Some(3) {
        return Ok(None);
    }
    let half = halved(&mut session, header, halve)?;
    drop(session);
    let (width, height) = (header.width, header.height);
    let (samples, profile) = (Vec::new(), decoder.icc_profile());
    let layout = Layout::Rgb;
    Ok(Some(Raw { width, height, layout, is_deep: false, samples, half: Some(half), profile }))
}

fn factors(planes: &[PlaneInfo]) -> [[usize; 2]; 3] {
    std::array::from_fn(|at| {
        let plane = planes.get(at).copied().unwrap_or_default();
        [plane.horizontal_sampling_factor, plane.vertical_sampling_factor]
    })
}

type Halve = fn(Band, &Table, &mut Vec<Pixel<3>>);

fn halved(
    session: &mut RawDecodeSession<ZCursor<&[u8]>>,
    header: &Header,
    halve: Halve,
) -> Decoded<Plane<3>> {
    let (width, height) = (header.width / 2, header.height / 2);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    let table = table();
    let planes = &session.layout().ok_or(DAMAGED)?[..3];
    let strides: Vec<usize> = planes.iter().map(|plane| plane.stride).collect();
    let mut rows = band_of(planes);
    loop {
        let [y, cb, cr] = &mut rows[..] else { return Err(STRANGE) };
        let status = session.decode_next_imcu_row(&mut [y, cb, cr], &strides).map_err(said)?;
        match status {
            RawImcuRowStatus::RowReady { rows_written } => {
                let height = rows_written[0];
                let planes = [&y[..], &cb[..], &cr[..]];
                let band = Band { planes, strides: &strides, width: width as usize, height };
                halve(band, &table, &mut pixels);
            }
            RawImcuRowStatus::Complete => break,
            _ => return Err(CUT),
        }
    }
    let is_whole = pixels.len() == width as usize * height as usize;
    is_whole.then_some(Plane { width, height, pixels }).ok_or(CUT)
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
        && bands(bytes, header).is_ok_and(|(whole, all)| all > BANDS && whole + 1 >= all)
}

/// How many bands of rows can be decoded, and how many there should be.
fn bands(bytes: &[u8], header: &Header) -> Decoded<(usize, usize)> {
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

/// Some rows of luma and colour.
struct Band<'a> {
    planes: [&'a [u8]; 3],
    strides: &'a [usize],
    /// Pixels across when halved.
    width: usize,
    /// Rows of luma.
    height: usize,
}

/// Halves a band. Of colour there are `ACROSS × DOWN` samples for four pixels.
fn halve<const ACROSS: usize, const DOWN: usize>(
    band: Band,
    table: &Table,
    pixels: &mut Vec<Pixel<3>>,
) {
    let row = |plane: usize, row: usize, samples: usize| {
        &band.planes[plane][row * band.strides[plane]..][..samples]
    };
    for at in 0..band.height / 2 {
        let luma = |down: usize| row(0, 2 * at + down, 2 * band.width).as_chunks::<2>().0;
        let colour = |down: usize| {
            let samples = |plane: usize| row(plane, DOWN * at + down, ACROSS * band.width);
            samples(1).as_chunks::<ACROSS>().0.iter().zip(samples(2).as_chunks::<ACROSS>().0)
        };
        let upper = luma(0).iter().zip(colour(0));
        let lower = luma(1).iter().zip(colour(DOWN - 1));
        pixels.extend(upper.zip(lower).map(|((upper, above), (lower, below))| {
            let mut sums = [2_u32; 3];
            let added = |(cb, cr): (&[u8; ACROSS], &[u8; ACROSS])| -> [[u32; 3]; ACROSS] {
                std::array::from_fn(|at| table.added(cb[at], cr[at]))
            };
            let above = added(above);
            let below = if DOWN == 1 { above } else { added(below) };
            for (luma, added) in [(upper, above), (lower, below)] {
                for (across, y) in luma.iter().enumerate() {
                    for (sum, added) in sums.iter_mut().zip(added[across * (ACROSS - 1)]) {
                        let at = (u32::from(*y) + added) as usize % TABLE;
                        *sum += u32::from(table.light[at]);
                    }
                }
            }
            sums.map(|sum| (sum / 4) as u16)
        }));
    }
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

    #[test]
    fn the_table_reaches_as_far_as_colour_can_add() {
        let table = table();
        for (cb, cr) in [(0, 0), (0, 255), (255, 0), (255, 255), (90, 201)] {
            for (added, expected) in table.added(cb, cr).into_iter().zip(chroma(cb, cr)) {
                assert_eq!(added as i32, expected + BELOW);
                assert!((0..TABLE as u32).contains(&(255 + added)));
            }
        }
    }

    #[test]
    fn four_pixels_are_averaged_as_light_whatever_the_sampling() {
        let table = table();
        let checked = [0, 255, 255, 0];
        let grey = [128; 4];
        let mut halves = Vec::new();
        let planes = [&checked[..], &grey[..], &grey[..]];
        for (strides, halve) in [
            ([2, 1, 1], halve::<1, 1> as Halve),
            ([2, 2, 2], halve::<2, 2>),
            ([2, 1, 1], halve::<1, 2>),
            ([2, 2, 2], halve::<2, 1>),
        ] {
            halve(Band { planes, strides: &strides, width: 1, height: 2 }, &table, &mut halves);
        }
        assert!(halves.iter().all(|half| *half == [32_768; 3]), "{halves:?}");
    }
}
