//! Half the size in linear light, made from the planes of the decoder, one band at a time.

use super::super::chroma::{Added, Halver};
use super::super::decode_error::{CUT, DAMAGED, Decoded, STRANGE};
use super::super::pyramid::Part;
use super::bands::bands;
use super::zune::{Decoder, band_of, opened, said};
use crate::load::picture::Header;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::{PlaneInfo, RawImcuRowStatus};

/// A JPEG of a common kind, ready to be decoded at half its size.
pub(in super::super) struct Halving<'a> {
    bytes: &'a [u8],
    decoder: Decoder<'a>,
    pub(super) size: (u32, u32),
    /// Luma samples per chroma sample, horizontally and vertically.
    pub(super) factors: [usize; 2],
}

impl std::fmt::Debug for Halving<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Halving").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Halving<'_> {
    /// Half of the picture's width and height.
    pub(in super::super) fn size(&self) -> (u32, u32) {
        self.size
    }

    /// The colour profile.
    pub(in super::super) fn profile(&self) -> Option<Vec<u8>> {
        self.decoder.icc_profile()
    }

    /// Decodes the whole picture and passes on the rows of a part: red, green and blue one after
    /// the other.
    pub(in super::super) fn rows(self, part: &Part, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
        let height = self.size.1;
        let mut halves = Halves::new(part, height, self.factors);
        let took = bands(self.bytes, part, &mut |planes| {
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
    pub(super) fn anew(mut self, halves: &mut Halves, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
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

/// Half the width and height, in linear light: each pixel is the mean of four. `None` for rare
/// kinds of JPEG, which are decoded as a whole.
pub(in super::super) fn halving<'a>(
    bytes: &'a [u8],
    header: &Header,
) -> Decoded<Option<Halving<'a>>> {
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

/// Makes rows at half the size from bands.
pub(super) struct Halves<'a> {
    part: &'a Part,
    height: u32,
    factors: [usize; 2],
    /// The number of rows seen, inside or outside the part.
    pub(super) seen: u32,
    /// How many of them need not be passed on again.
    given: u32,
    above: Added,
    below: Added,
    halver: Halver,
    row: Vec<u16>,
}

impl Halves<'_> {
    pub(super) fn new(part: &Part, height: u32, factors: [usize; 2]) -> Halves<'_> {
        let row = vec![0; 3 * part.columns.len()];
        let (above, below, halver) = Default::default();
        Halves { part, height, factors, seen: 0, given: 0, above, below, halver, row }
    }

    /// Takes one band of luma and two of chroma, each with its stride.
    pub(super) fn take(&mut self, bands: [(&[u8], usize); 3], take: &mut dyn FnMut(&[u16])) {
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
