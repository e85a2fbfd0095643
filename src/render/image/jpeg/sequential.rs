//! Baseline JPEGs: a single scan with all coefficients of each block.

use super::bits::{Bits, Next};
use super::frame::{Scan, Segments, Share};
use super::huffman::{Codes, Step, Steps};
use super::transform::{Square, ZIGZAG, flat};
use super::units::{Plane, Restarts};
use std::ops::Range;

/// The maximum length of a unit, in bytes: six blocks of 64 coefficients, each with a code and a
/// number of 31 bits.
const UNIT: usize = 6 * 64 * 4;

/// Decodes the scan.
#[derive(Debug)]
pub(super) struct Sequential<'a> {
    bits: Bits<'a>,
    restarts: Restarts,
    components: [Component<'a>; 3],
}

#[derive(Debug)]
struct Component<'a> {
    /// Blocks per unit, horizontally and vertically.
    blocks: [usize; 2],
    quantities: [i32; 64],
    dc: &'a Codes,
    ac: &'a Steps,
    /// The DC coefficient of the previous block.
    mean: i32,
}

impl<'a> Sequential<'a> {
    /// `rest` is the data of the scan.
    pub(super) fn new(segments: &'a Segments, scan: &Scan, rest: &'a [u8]) -> Option<Self> {
        let is_gray = segments.frame()?.is_gray();
        let shares: [Share; 3] = match scan.shares[..] {
            [luma] if is_gray => [luma; 3],
            [..] => scan.shares[..].try_into().ok()?,
        };
        if (scan.spectral, scan.approximation) != ([0, 63], [0, 0]) {
            return None;
        }
        let component = |at: usize| {
            let component = &segments.frame()?.components[at];
            Some(Component {
                blocks: component.blocks,
                quantities: segments.quantities(component)?,
                dc: segments.dc.get(shares[at].dc)?.as_ref()?,
                ac: segments.ac.get(shares[at].ac)?.as_ref()?,
                mean: 0,
            })
        };
        Some(Sequential {
            bits: Bits::new(rest),
            restarts: Restarts::new(segments.interval),
            components: [component(0)?, component(1)?, component(2)?],
        })
    }

    /// Decodes a row of this many units, and computes the samples of these columns.
    #[inline(always)]
    pub(super) fn band(
        &mut self,
        units: usize,
        columns: Range<usize>,
        planes: &mut [Plane; 3],
        transform: impl Fn(&[i32; 64]) -> Square,
    ) -> Option<()> {
        for unit in 0..units {
            if self.restarts.next(&mut self.bits)? {
                self.components.iter_mut().for_each(|it| it.mean = 0);
            }
            let (window, place) = self.bits.with(UNIT);
            let mut next = *place;
            let is_needed = columns.contains(&unit);
            for (component, plane) in self.components.iter_mut().zip(planes.iter_mut()) {
                let [across, down] = component.blocks;
                for (y, x) in (0..down).flat_map(|y| (0..across).map(move |x| (y, x))) {
                    next.refill(window)?;
                    let size = component.dc.symbol(&mut next)?;
                    component.mean = component.mean.wrapping_add(next.signed(size.into()));
                    if is_needed {
                        let mut block = [0; 64];
                        let last = component.coefficients(&mut next, window, &mut block)?;
                        block[0] = component.mean.wrapping_mul(component.quantities[0]);
                        let square = if last == 0 { flat(block[0]) } else { transform(&block) };
                        plane.set([unit * across + x, y], square)?;
                    } else {
                        pass_over(&mut next, window, component.ac)?;
                    }
                }
            }
            *place = next;
        }
        // A truncated picture must not continue in grey.
        self.bits.is_sound().then_some(())
    }

    /// Whether the picture ends here.
    pub(super) fn end(mut self) -> Option<()> {
        self.bits.marker().is_some_and(|(marker, _)| marker == 0xd9).then_some(())
    }
}

impl Component<'_> {
    /// Reads the AC coefficients of a block, and returns the index of the last one.
    #[inline(always)]
    fn coefficients(&self, next: &mut Next, window: &[u8], block: &mut [i32; 64]) -> Option<usize> {
        let mut set = |at: usize, value: i32| {
            let place = usize::from(ZIGZAG[at] % 64);
            block[place] = value.wrapping_mul(self.quantities[place]);
        };
        let mut at = 0;
        loop {
            next.refill(window)?;
            // As many codes as the available bits are certain to contain.
            let mut step = self.ac.one(*next);
            at = step.go(next, at);
            for _ in 0..3 {
                if at >= 63 {
                    break;
                }
                set(at, step.value.into());
                step = self.ac.one(*next);
                at = step.go(next, at);
            }
            let mut value = step.value.into();
            if at >= Step::LONG {
                next.refill(window)?;
                (at, value) = long(next, &self.ac.codes, at - Step::LONG)?;
            }
            if at < 63 {
                set(at, value);
            } else if at == 63 {
                set(at, value);
                return Some(at);
            } else {
                return at.checked_sub(Step::END);
            }
        }
    }
}

/// Skips the AC coefficients of a block.
#[inline(always)]
fn pass_over(next: &mut Next, window: &[u8], steps: &Steps) -> Option<()> {
    let mut at = 0;
    loop {
        next.refill(window)?;
        for _ in 0..3 {
            let mut passed = *next;
            let to = steps.many(*next).go(&mut passed, at);
            let is_within = to < 63 || (Step::END..Step::END + 63).contains(&to);
            if !is_within {
                next.refill(window)?;
                (at, _) = long(next, &steps.codes, at)?;
                if at >= 63 {
                    return (at == 63 || at >= Step::END).then_some(());
                }
                break;
            }
            (*next, at) = (passed, to);
            if at >= Step::END {
                return Some(());
            }
        }
    }
}

/// The step of a code that was not looked up: the next coefficient's index, and its value.
#[inline(always)]
fn long(next: &mut Next, codes: &Codes, from: usize) -> Option<(usize, i32)> {
    let symbol = codes.symbol(next)?;
    let (run, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
    let by = match size {
        0 if run < 15 => Step::END,
        _ => run + 1,
    };
    Some((from + by, next.signed(size)))
}
