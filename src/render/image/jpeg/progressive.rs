//! Progressive JPEGs: several scans, each of which refines all blocks.
//!
//! For blocks outside the needed part, only the positions of non-zero coefficients are stored: the
//! number of their bits in later scans depends on them.

use super::bits::{Bits, Next};
use super::frame::{End, Scan, Segments, Share};
use super::huffman::{Codes, Steps};
use super::spectrum::{Band, Block};
use super::transform::{Square, flat};
use super::units::{Plane, Restarts, Units};
use std::ops::Range;

/// The maximum number of scans of a picture.
const SCANS: usize = 100;

/// The maximum length of a block in a scan, in bytes: a code and a number of 31 bits for each
/// coefficient.
const BLOCK: usize = 65 * 4;

/// All coefficients that are needed.
#[derive(Debug)]
pub(super) struct Progressive {
    components: [Component; 3],
}

#[derive(Debug)]
struct Component {
    /// Blocks per unit, horizontally and vertically.
    blocks: [usize; 2],
    quantities: [i32; 64],
    /// Blocks per row.
    across: usize,
    /// Columns of blocks that are stored.
    columns: Range<usize>,
    rows: Range<usize>,
    /// For every block, a bit mask of its non-zero AC coefficients, in file order from the lowest
    /// bit.
    marks: Vec<u64>,
    /// The coefficients of stored blocks, row by row.
    held: Vec<[i16; 64]>,
    /// The DC coefficient of the previous block.
    previous_dc: i32,
}

impl Progressive {
    /// Reads all scans; `rest` is the data of the first.
    #[inline(always)]
    pub(super) fn read(
        segments: &mut Segments,
        mut scan: Scan,
        mut rest: &[u8],
        units: &Units,
    ) -> Option<Progressive> {
        let component = |at: usize| {
            let component = &segments.frame()?.components[at];
            let [x, y] = component.blocks;
            let columns = x * units.columns.start..x * units.columns.end;
            let rows = y * units.rows.start..y * units.rows.end;
            Some(Component {
                blocks: component.blocks,
                quantities: segments.quantities(component)?,
                across: x * units.across,
                marks: vec![0; x * units.across * y * units.down],
                held: vec![[0; 64]; columns.len() * rows.len()],
                columns,
                rows,
                previous_dc: 0,
            })
        };
        let components = [component(0)?, component(1)?, component(2)?];
        let mut progressive = Progressive { components };
        for _ in 0..SCANS {
            let mut bits = Bits::new(rest);
            progressive.scan(segments, &scan, &mut bits, units)?;
            match segments.read(bits.end()?)? {
                End::Picture => return Some(progressive),
                End::Scan(next, data) => (scan, rest) = (next, data),
            }
        }
        None
    }

    #[inline(always)]
    fn scan(
        &mut self,
        segments: &Segments,
        scan: &Scan,
        bits: &mut Bits,
        units: &Units,
    ) -> Option<()> {
        let restarts = Restarts::new(segments.interval);
        let [high, low] = scan.approximation;
        let is_first = high == 0;
        if low > 13 || !(is_first || high == low + 1) {
            return None;
        }
        match (scan.spectral, scan.shares.as_slice()) {
            ([0, 0], shares) => {
                self.dc_coefficients(segments, shares, [high, low], bits, restarts, units)
            }
            ([first, last], [share]) if first > 0 && (first..64).contains(&last) => {
                let steps = segments.ac.get(share.ac)?.as_ref()?;
                let blocks = units.blocks[share.component];
                let component = &mut self.components[share.component];
                let band = Band { first, last, low };
                if is_first {
                    component.each::<true>(blocks, band, steps, bits, restarts)
                } else {
                    component.each::<false>(blocks, band, steps, bits, restarts)
                }
            }
            _ => None,
        }
    }

    /// Reads DC coefficients. With several components, blocks are interleaved in units.
    #[inline(always)]
    fn dc_coefficients(
        &mut self,
        segments: &Segments,
        shares: &[Share],
        bits_of: [u32; 2],
        bits: &mut Bits,
        mut restarts: Restarts,
        units: &Units,
    ) -> Option<()> {
        let mut tables = [None; 3];
        for share in shares {
            tables[share.component] = segments.dc.get(share.dc)?.as_ref();
            tables[share.component]?;
            self.components[share.component].previous_dc = 0;
        }
        let [across, down] = match shares {
            [share] => units.blocks[share.component],
            _ => [units.across, units.down],
        };
        for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
            if restarts.next(bits)? {
                self.components.iter_mut().for_each(|it| it.previous_dc = 0);
            }
            let (window, place) = bits.with(BLOCK);
            let mut next = *place;
            for (component, codes) in self.components.iter_mut().zip(tables) {
                let Some(codes) = codes else { continue };
                let [w, h] = if shares.len() == 1 { [1, 1] } else { component.blocks };
                for (v, u) in (0..h).flat_map(|v| (0..w).map(move |u| (v, u))) {
                    next.refill(window)?;
                    component.dc_coefficient(&mut next, codes, bits_of, [x * w + u, y * h + v])?;
                }
            }
            *place = next;
        }
        Some(())
    }

    /// Computes the samples of a row of units, which must be stored.
    #[inline(always)]
    pub(super) fn band(
        &self,
        unit: usize,
        planes: &mut [Plane; 3],
        transform: impl Fn(&[i32; 64]) -> Square,
    ) -> Option<()> {
        for (component, plane) in self.components.iter().zip(planes) {
            let down = component.blocks[1];
            for y in 0..down {
                for x in component.columns.clone() {
                    let place = [x, unit * down + y];
                    let marks = component.marks.get(component.place(place))?;
                    let held = component.held.get(component.held_place(place)?)?;
                    let mut block = [0; 64];
                    let products = held.iter().zip(&component.quantities);
                    for (value, (held, quantity)) in block.iter_mut().zip(products) {
                        *value = i32::from(*held).wrapping_mul(*quantity);
                    }
                    let square = if *marks == 0 { flat(block[0]) } else { transform(&block) };
                    plane.set([x, y], square)?;
                }
            }
        }
        Some(())
    }
}

impl Component {
    /// Reads a spectral band of all blocks. No closures: they would not be compiled for the same
    /// instruction set.
    #[inline(always)]
    fn each<const IS_FIRST: bool>(
        &mut self,
        [across, down]: [usize; 2],
        band: Band,
        steps: &Steps,
        bits: &mut Bits,
        mut restarts: Restarts,
    ) -> Option<()> {
        // The number of following blocks without further coefficients (EOBRUN).
        let mut run = 0;
        for y in 0..down {
            for x in 0..across {
                if restarts.next(bits)? && run > 0 {
                    return None;
                }
                let place = self.held_place([x, y]);
                let held = match place {
                    Some(place) => Some(self.held.get_mut(place)?),
                    None => None,
                };
                let marks = self.marks.get_mut(y * self.across + x)?;
                let (window, place) = bits.with(BLOCK);
                let mut next = *place;
                let block = Block { marks, held };
                if IS_FIRST {
                    band.begin(&mut next, window, steps, &mut run, block)?;
                } else {
                    band.refine(&mut next, window, &steps.codes, &mut run, block)?;
                }
                *place = next;
            }
        }
        (run == 0).then_some(())
    }

    /// Reads the DC coefficient of a block, or one more bit of it.
    #[inline(always)]
    fn dc_coefficient(
        &mut self,
        next: &mut Next,
        codes: &Codes,
        [high, low]: [u32; 2],
        place: [usize; 2],
    ) -> Option<()> {
        let place = self.held_place(place);
        if high == 0 {
            let size = codes.symbol(next)?;
            self.previous_dc = self.previous_dc.wrapping_add(next.signed(size.into()));
        }
        let bit = if high == 0 { 0 } else { next.number(1) as i16 };
        if let Some(place) = place {
            let value = &mut self.held.get_mut(place)?[0];
            *value = match high {
                0 => (self.previous_dc as i16).wrapping_mul(1 << low),
                _ => value.wrapping_add(bit << low),
            };
        }
        Some(())
    }

    #[inline(always)]
    fn place(&self, [x, y]: [usize; 2]) -> usize {
        y * self.across + x
    }

    #[inline(always)]
    fn held_place(&self, [x, y]: [usize; 2]) -> Option<usize> {
        if !self.columns.contains(&x) || !self.rows.contains(&y) {
            return None;
        }
        Some((y - self.rows.start) * self.columns.len() + x - self.columns.start)
    }
}
