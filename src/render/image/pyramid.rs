//! Linear light, row by row: halved repeatedly, and resized with Lanczos from the halved versions.
//!
//! Input rows come from top to bottom, and output rows are passed on as soon as they are complete.
//! Only rows that some size still needs are held in memory.

use super::kernels::{across, fold, halve, interleave, round, weigh, widen};
use super::lanczos::Taps;
use std::collections::VecDeque;
use std::ops::Range;

/// A rectangle in a picture. Its edges may be between pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A range of columns and rows of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) columns: Range<u32>,
    pub(super) rows: Range<u32>,
}

/// A part starts and ends at multiples of this, so that it is halved four times exactly as the
/// whole picture would be.
const GRID: u32 = 16;

impl Window {
    /// The same rectangle at half the size.
    pub(super) fn halved(self) -> Window {
        Window {
            left: self.left / 2.0,
            top: self.top / 2.0,
            width: self.width / 2.0,
            height: self.height / 2.0,
        }
    }

    /// The part of a picture of this size that is visible through the window, plus a margin of a
    /// few pixels; and the window relative to it.
    pub(super) fn part(self, (width, height): (u32, u32)) -> (Part, Window) {
        let columns = kept(self.left, self.width, width);
        let rows = kept(self.top, self.height, height);
        let (left, top) = (f64::from(columns.start), f64::from(rows.start));
        let window = Window { left: self.left - left, top: self.top - top, ..self };
        (Part { columns, rows }, window)
    }
}

/// The range of an edge that is kept.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the edge")]
fn kept(begin: f64, length: f64, whole: u32) -> Range<u32> {
    let end = ((begin + length).ceil() as u32).next_multiple_of(GRID).min(whole);
    begin as u32 / GRID * GRID..end
}

/// A size to make, its index, and how often its input is halved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) index: usize,
    pub(super) size: (u32, u32),
    pub(super) halvings: u32,
}

/// Receives a finished row: the index of its size, and its pixels. A fourth channel that the
/// picture does not have is 0.
pub(super) type Give<'a> = dyn FnMut(usize, &[[u16; 4]]) + 'a;

/// A picture halved repeatedly, and the sizes made from each level.
#[derive(Debug)]
pub(super) struct Pyramid {
    levels: Vec<Level>,
    /// Buffers for reuse.
    spare: Vec<Vec<f32>>,
}

impl Pyramid {
    /// For pictures of this size and number of channels, of which the window is shown.
    pub(super) fn new(
        channels: usize,
        (mut width, mut height): (u32, u32),
        mut window: Window,
        wanted: &[Wanted],
    ) -> Pyramid {
        let top = wanted.iter().map(|it| it.halvings).max().unwrap_or(0);
        let mut levels = Vec::new();
        for halvings in 0..=top {
            let here = wanted.iter().filter(|it| it.halvings == halvings);
            let scaler = |it: &Wanted| {
                let across = Across::new(&Taps::new(window.left, window.width, width, it.size.0));
                Scaler {
                    index: it.index,
                    down: Taps::new(window.top, window.height, height, it.size.1),
                    done: 0,
                    line: vec![0.0; width as usize * channels],
                    pixels: vec![[0.0; 4]; width as usize + 2 * across.pairs],
                    across,
                    pairs: vec![[0.0; 8]; it.size.0 as usize],
                    sums: vec![[0.0; 4]; it.size.0 as usize],
                    row: vec![[0; 4]; it.size.0 as usize],
                }
            };
            levels.push(Level {
                width: width as usize,
                is_halved: halvings < top,
                seen: 0,
                rows: VecDeque::new(),
                scalers: here.map(scaler).collect(),
            });
            (width, height, window) = (width / 2, height / 2, window.halved());
        }
        Pyramid { levels, spare: Vec::new() }
    }

    /// Takes the next row: the first channel of all its pixels, then the second, and so on.
    pub(super) fn take(&mut self, row: &[u16], give: &mut Give) {
        let mut light = self.spare.pop().unwrap_or_default();
        light.resize(row.len(), 0.0);
        widen(row, &mut light);
        let mut next = Some(light);
        for level in &mut self.levels {
            let Some(row) = next else { break };
            next = level.take(row, &mut self.spare, give);
        }
    }
}

/// A picture halved a number of times.
#[derive(Debug)]
struct Level {
    width: usize,
    /// Whether there is a level below it.
    is_halved: bool,
    /// The number of rows seen so far.
    seen: usize,
    /// The latest rows.
    rows: VecDeque<Vec<f32>>,
    scalers: Vec<Scaler>,
}

impl Level {
    /// Passes on completed rows; every second input row also completes a row at half the width.
    fn take(
        &mut self,
        row: Vec<f32>,
        spare: &mut Vec<Vec<f32>>,
        give: &mut Give,
    ) -> Option<Vec<f32>> {
        self.rows.push_back(row);
        self.seen += 1;
        let first = self.seen - self.rows.len();
        for scaler in &mut self.scalers {
            scaler.advance(&self.rows, first, give);
        }
        let is_pair = self.is_halved && self.seen.is_multiple_of(2);
        let halved = is_pair.then(|| self.halved(spare.pop().unwrap_or_default())).flatten();
        let unpaired = if self.is_halved { self.seen - self.seen % 2 } else { self.seen };
        let needed = self.scalers.iter().filter_map(Scaler::needs).min().unwrap_or(self.seen);
        let stale = needed.min(unpaired).saturating_sub(first).min(self.rows.len());
        spare.extend(self.rows.drain(..stale));
        halved
    }

    /// The average of the last two rows. A last column without a neighbour is dropped.
    fn halved(&self, mut row: Vec<f32>) -> Option<Vec<f32>> {
        let lower = self.rows.back()?;
        let upper = self.rows.get(self.rows.len() - 2)?;
        let half = self.width / 2;
        row.resize(lower.len() / self.width * half, 0.0);
        if half > 0 {
            let channels = upper.chunks_exact(self.width).zip(lower.chunks_exact(self.width));
            for (row, (upper, lower)) in row.chunks_exact_mut(half).zip(channels) {
                halve(upper.as_chunks().0, lower.as_chunks().0, row);
            }
        }
        Some(row)
    }
}

/// Makes one size. Each row is scaled vertically first, which needs memory for one row, and then
/// horizontally.
#[derive(Debug)]
struct Scaler {
    index: usize,
    across: Across,
    down: Taps,
    /// The number of finished rows.
    done: usize,
    line: Vec<f32>,
    /// The row, pixel by pixel, padded with zeros for unused taps.
    pixels: Vec<[f32; 4]>,
    /// Sums of even and of odd taps.
    pairs: Vec<[f32; 8]>,
    sums: Vec<[f32; 4]>,
    row: Vec<[u16; 4]>,
}

impl Scaler {
    /// The first input row that is still needed.
    fn needs(&self) -> Option<usize> {
        self.down.at(self.done).map(|(top, _)| top)
    }

    /// Makes all output rows possible from these input rows; `first` is the index of the first of
    /// them.
    fn advance(&mut self, rows: &VecDeque<Vec<f32>>, first: usize, give: &mut Give) {
        while let Some((top, weights)) = self.down.at(self.done) {
            let Some(begin) = top.checked_sub(first) else { break };
            if begin + weights.len() > rows.len() {
                break;
            }
            let rows: Vec<&[f32]> =
                rows.range(begin..begin + weights.len()).map(Vec::as_slice).collect();
            weigh(&rows, weights, &mut self.line);
            interleave(&self.line, self.pixels.len() - 2 * self.across.pairs, &mut self.pixels);
            let Across { starts, pairs, weights } = &self.across;
            across(&self.pixels, starts, weights, *pairs, &mut self.pairs);
            fold(&self.pairs, &mut self.sums);
            round(self.sums.as_flattened(), self.row.as_flattened_mut());
            give(self.index, &self.row);
            self.done += 1;
        }
    }
}

/// Horizontal taps for pixels of four channels, in pairs. Every output pixel has the same number,
/// because loops of varying length cause branch mispredictions.
#[derive(Debug)]
struct Across {
    starts: Vec<usize>,
    pairs: usize,
    weights: Vec<[f32; 8]>,
}

impl Across {
    fn new(taps: &Taps) -> Across {
        let pairs = taps.iter().map(|(_, weights)| weights.len().div_ceil(2)).max().unwrap_or(0);
        let weights = taps.iter().flat_map(|(_, weights)| {
            let at = |tap: usize| weights.get(tap).copied().unwrap_or(0.0);
            (0..pairs).map(move |pair| std::array::from_fn(|lane| at(2 * pair + lane / 4)))
        });
        let weights = weights.collect();
        Across { starts: taps.iter().map(|(first, _)| first).collect(), pairs, weights }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (120, 90);

    fn row(y: u32, columns: Range<u32>) -> Vec<u16> {
        let light = |channel: u32, x: u32| {
            let at = y * SIZE.0 + x;
            [at * 5, at * at, at / 7][channel as usize] as u16
        };
        (0..3).flat_map(|channel| columns.clone().map(move |x| light(channel, x))).collect()
    }

    fn wanted(sizes: &[((u32, u32), u32)]) -> Vec<Wanted> {
        let wanted = |(index, (size, halvings)): (usize, &((u32, u32), u32))| Wanted {
            index,
            size: *size,
            halvings: *halvings,
        };
        sizes.iter().enumerate().map(wanted).collect()
    }

    /// The sizes of what is visible through the window, from a part of the picture.
    fn scaled(part: &Part, window: Window, wanted: &[Wanted]) -> Vec<Vec<[u16; 4]>> {
        let size = (part.columns.len() as u32, part.rows.len() as u32);
        let mut pyramid = Pyramid::new(3, size, window, wanted);
        let mut sizes = vec![Vec::new(); wanted.len()];
        for y in part.rows.clone() {
            pyramid.take(&row(y, part.columns.clone()), &mut |index, row: &[[u16; 4]]| {
                sizes[index].extend_from_slice(row);
            });
        }
        sizes
    }

    #[test]
    fn what_is_cut_off_makes_no_difference_to_what_is_seen() {
        let window = Window { left: 37.5, top: 20.0, width: 50.0, height: 50.0 };
        let wanted = wanted(&[((25, 25), 0), ((7, 9), 0), ((10, 11), 1), ((5, 5), 2)]);
        let (part, place) = window.part(SIZE);
        assert_eq!((part.columns.clone(), part.rows.clone()), (32..96, 16..80));
        assert_eq!((place.left, place.top), (5.5, 4.0));
        let whole = scaled(&Part { columns: 0..SIZE.0, rows: 0..SIZE.1 }, window, &wanted);
        assert_eq!(scaled(&part, place, &wanted), whole);
        for (wanted, size) in wanted.iter().zip(whole) {
            assert_eq!(size.len() as u32, wanted.size.0 * wanted.size.1);
        }
    }

    #[test]
    fn a_size_is_the_same_whatever_is_made_beside_it() {
        let part = Part { columns: 0..SIZE.0, rows: 0..SIZE.1 };
        let window = Window { left: 0.0, top: 0.0, width: 120.0, height: 90.0 };
        let wanted = wanted(&[((40, 30), 0), ((30, 22), 1), ((6, 4), 3), ((12, 9), 0)]);
        let together = scaled(&part, window, &wanted);
        for (wanted, size) in wanted.iter().zip(together) {
            let alone = Wanted { index: 0, ..*wanted };
            assert_eq!(scaled(&part, window, &[alone]), [size]);
        }
    }

    #[test]
    fn an_even_picture_stays_even_and_no_rows_pile_up() {
        let window = Window { left: 0.0, top: 0.0, width: 64.0, height: 4096.0 };
        let wanted = wanted(&[((16, 1024), 0), ((4, 256), 2)]);
        let mut pyramid = Pyramid::new(3, (64, 4096), window, &wanted);
        let mut rows = 0;
        for _ in 0..4096 {
            pyramid.take(&[40_000; 64 * 3], &mut |_, row: &[[u16; 4]]| {
                assert!(row.iter().all(|pixel| pixel[..3] == [40_000; 3]), "{row:?}");
                rows += 1;
            });
            assert!(pyramid.levels.iter().all(|level| level.rows.len() <= 26));
        }
        assert_eq!(rows, 1024 + 256);
    }
}
