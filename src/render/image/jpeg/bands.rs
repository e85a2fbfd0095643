//! Decodes JPEGs of typical cameras band by band, limited to the needed part.
//!
//! Outside that part, codes are parsed, because what follows depends on them, but not transformed.
//! Anything unusual or damaged gives `None`: then a complete decoder must decode the file.

use super::super::pyramid::Part;
use super::bits::Bits;
use super::frame::{Component, End, Frame, Segments};
use super::progressive::Progressive;
use super::sequential::Sequential;
use super::transform::{Square, transform};
use archmage::{ScalarToken, incant};
#[cfg(target_arch = "x86_64")]
use archmage::{X64V3Token, arcane};
use std::ops::Range;

/// The samples of a component in a band.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) samples: Vec<u8>,
    pub(super) stride: usize,
}

/// Receives bands: luma and two of chroma, of which only the part's columns are filled.
pub(super) type Take<'a> = dyn FnMut(&[Plane; 3]) + 'a;

/// Decodes a JPEG and passes on all of its bands. `part` is a part of half the size; in bands
/// outside it, samples are arbitrary.
pub(super) fn bands(bytes: &[u8], part: &Part, take: &mut Take) -> Option<()> {
    incant!(decode(bytes, part, take), [v3, scalar])
}

#[cfg(target_arch = "x86_64")]
#[arcane]
fn decode_v3(_token: X64V3Token, bytes: &[u8], part: &Part, take: &mut Take) -> Option<()> {
    use super::transform::transform_v3;
    decode(bytes, part, take, |block| transform_v3(block).unwrap_or_else(|| transform(block)))
}

/// For all other processors.
pub(super) fn decode_scalar(
    _token: ScalarToken,
    bytes: &[u8],
    part: &Part,
    take: &mut Take,
) -> Option<()> {
    decode(bytes, part, take, transform)
}

/// Inlined, so that it is compiled with all its callees for each instruction set.
#[inline(always)]
fn decode(
    bytes: &[u8],
    part: &Part,
    take: &mut Take,
    transform: impl Fn(&[i32; 64]) -> Square + Copy,
) -> Option<()> {
    let mut segments = Segments::default();
    let End::Scan(scan, rest) = segments.read(bytes.strip_prefix(b"\xff\xd8")?)? else {
        return None;
    };
    let frame = segments.frame()?;
    let units = Units::new(frame, part);
    if units.columns.end > units.across || units.rows.end > units.down {
        return None;
    }
    let mut planes = frame.components.map(|it| units.plane(&it));
    if frame.is_progressive {
        let progressive = Progressive::read(&mut segments, scan, rest, &units)?;
        for y in 0..units.down {
            if units.rows.contains(&y) {
                progressive.band(y, &mut planes, transform)?;
            }
            take(&planes);
        }
        return Some(());
    }
    let mut sequential = Sequential::new(&segments, &scan, rest)?;
    for y in 0..units.down {
        let columns = if units.rows.contains(&y) { units.columns.clone() } else { 0..0 };
        sequential.band(units.across, columns, &mut planes, transform)?;
        take(&planes);
    }
    sequential.end()
}

/// The picture in units (MCUs): the blocks of each component that are stored together.
#[derive(Debug)]
pub(super) struct Units {
    pub(super) across: usize,
    pub(super) down: usize,
    /// The columns that are needed.
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
    /// Number of blocks of each component, horizontally and vertically.
    pub(super) blocks: [[usize; 2]; 3],
}

impl Units {
    fn new(frame: &Frame, part: &Part) -> Units {
        let [[across, down], ..] = frame.components.map(|it| it.blocks);
        let needed = |half: &Range<u32>, blocks: usize| {
            let [start, end] = [half.start, half.end].map(|it| it as usize);
            start / (4 * blocks)..end.div_ceil(4 * blocks)
        };
        let blocks = |it: Component| {
            let [x, y] = it.blocks;
            [(frame.width * x).div_ceil(8 * across), (frame.height * y).div_ceil(8 * down)]
        };
        Units {
            across: frame.width.div_ceil(8 * across),
            down: frame.height.div_ceil(8 * down),
            columns: needed(&part.columns, across),
            rows: needed(&part.rows, down),
            blocks: frame.components.map(blocks),
        }
    }

    fn plane(&self, component: &Component) -> Plane {
        let [across, down] = component.blocks;
        let stride = 8 * self.across * across;
        Plane { samples: vec![0; stride * 8 * down], stride }
    }
}

impl Plane {
    /// Stores the samples of a block.
    #[inline(always)]
    pub(super) fn set(&mut self, [x, y]: [usize; 2], square: Square) -> Option<()> {
        let rows = self.samples.get_mut(8 * (y * self.stride + x)..)?.chunks_mut(self.stride);
        for (row, samples) in rows.zip(square) {
            *row.first_chunk_mut()? = samples;
        }
        Some(())
    }
}

/// Counts the units until a restart.
#[derive(Debug)]
pub(super) struct Restarts {
    interval: usize,
    left: usize,
    number: u8,
}

impl Restarts {
    pub(super) fn new(interval: usize) -> Restarts {
        Restarts { interval, left: interval, number: 0 }
    }

    /// Call this before each unit: processes a restart that is due, and returns whether there was
    /// one.
    #[inline(always)]
    pub(super) fn next(&mut self, bits: &mut Bits) -> Option<bool> {
        if self.interval == 0 {
            return Some(false);
        }
        let is_due = self.left == 0;
        if is_due {
            bits.restart(self.number)?;
            self.number = self.number.wrapping_add(1);
            self.left = self.interval;
        }
        self.left -= 1;
        Some(is_due)
    }
}
