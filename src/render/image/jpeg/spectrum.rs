//! A spectral band of a block's coefficients in a progressive scan: their highest bits, or one more
//! bit.

use super::bits::{AT_HAND, Next};
use super::huffman::{Codes, Step, Steps};
use super::transform::ZIGZAG;

/// Coefficients from the first to the last, at a bit position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) low: u32,
}

/// A block, whose coefficients may not be stored.
#[derive(Debug)]
pub(super) struct Block<'a> {
    /// A bit mask of the non-zero coefficients.
    pub(super) marks: &'a mut u64,
    /// The coefficients, if they are stored.
    pub(super) held: Option<&'a mut [i16; 64]>,
}

impl Block<'_> {
    #[inline(always)]
    fn set(&mut self, at: usize, value: i16) {
        *self.marks |= 1 << at;
        if let Some(held) = &mut self.held {
            held[usize::from(ZIGZAG[at % 64] % 64)] = value;
        }
    }

    /// Reads one more bit of each of these non-zero coefficients.
    #[inline(always)]
    fn correct(&mut self, mut marks: u64, low: u32, next: &mut Next, window: &[u8]) -> Option<()> {
        let bit = 1_i16 << low;
        while marks != 0 {
            next.refill(window)?;
            let mut count = marks.count_ones().min(AT_HAND);
            let Some(held) = &mut self.held else {
                next.skip(count);
                if count < AT_HAND {
                    break;
                }
                for _ in 0..count {
                    marks &= marks - 1;
                }
                continue;
            };
            while count > 0 {
                let value =
                    &mut held[usize::from(ZIGZAG[marks.trailing_zeros() as usize % 64] % 64)];
                let is_more = next.number(1) == 1 && *value & bit == 0;
                let more = if is_more { bit } else { 0 };
                *value =
                    if *value > 0 { value.wrapping_add(more) } else { value.wrapping_sub(more) };
                marks &= marks - 1;
                count -= 1;
            }
        }
        Some(())
    }
}

impl Band {
    /// First scan: reads coefficients of a block. `run` is the number of blocks without any.
    #[inline(always)]
    pub(super) fn begin(
        self,
        next: &mut Next,
        window: &[u8],
        steps: &Steps,
        run: &mut u32,
        mut block: Block,
    ) -> Option<()> {
        if *run > 0 {
            *run -= 1;
            return Some(());
        }
        let mut at = self.first - 1;
        while at < self.last {
            next.refill(window)?;
            let step = steps.one(*next);
            at = step.go(next, at);
            let mut value = i32::from(step.value);
            if at >= Step::LONG {
                let symbol = steps.codes.symbol(next)?;
                let (zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
                if size == 0 && zeros < 15 {
                    *run = (1 << zeros) - 1 + next.number(zeros);
                    return Some(());
                }
                at = at - Step::LONG + zeros as usize + 1;
                value = next.signed(size);
            } else if at >= Step::END {
                return Some(());
            }
            if value != 0 && at <= self.last {
                block.set(at, i16::try_from(value << self.low).ok()?);
            }
        }
        (at == self.last).then_some(())
    }

    /// Refinement: reads one more bit of a block's coefficients, and those for which it is the
    /// first bit.
    #[inline(always)]
    pub(super) fn refine(
        self,
        next: &mut Next,
        window: &[u8],
        codes: &Codes,
        run: &mut u32,
        mut block: Block,
    ) -> Option<()> {
        let to_last = |from: usize| u64::MAX << from & u64::MAX >> (63 - self.last);
        let mut from = self.first;
        while *run == 0 && from <= self.last {
            next.refill(window)?;
            let symbol = codes.symbol(next)?;
            let (zeros, size) = (u32::from(symbol >> 4), symbol & 15);
            let value = match size {
                0 if zeros < 15 => {
                    *run = (1 << zeros) + next.number(zeros);
                    break;
                }
                0 => 0,
                1 => (2 * next.number(1) as i16 - 1) << self.low,
                _ => return None,
            };
            let mut free = !*block.marks & to_last(from);
            for _ in 0..zeros {
                free &= free.wrapping_sub(1);
            }
            let at = free.trailing_zeros();
            if at == 64 {
                return None;
            }
            let passed = *block.marks & to_last(from) & ((1 << at) - 1);
            block.correct(passed, self.low, next, window)?;
            if value != 0 {
                block.set(at as usize, value);
            }
            from = at as usize + 1;
        }
        if *run > 0 {
            *run -= 1;
            if from <= self.last {
                let rest = *block.marks & to_last(from);
                block.correct(rest, self.low, next, window)?;
            }
        }
        Some(())
    }
}
