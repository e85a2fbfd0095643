//! What both decoders of bands share: the units of a picture, planes, and restarts.

use super::super::pyramid::Part;
use super::bits::Bits;
use super::frame::{Component, Frame};
use super::transform::Square;
use std::ops::Range;

/// The samples of a component in a band.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) samples: Vec<u8>,
    pub(super) stride: usize,
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
    pub(super) fn new(frame: &Frame, part: &Part) -> Units {
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

    pub(super) fn plane(&self, component: &Component) -> Plane {
        let [across, down] = component.blocks;
        let stride = 8 * self.across * across;
        Plane { samples: vec![0; stride * 8 * down], stride }
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
