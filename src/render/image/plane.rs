//! Linear light of 16 bits: halved, cut, and made smaller with Lanczos.

use super::lanczos::Taps;

/// A pixel of linear light, multiplied by its alpha: red, green and blue, with four channels alpha
/// or black beside them.
pub(super) type Pixel<const N: usize> = [u16; N];

/// From four channels. One that the pixel has no place for is left out.
pub(super) fn pixel<const N: usize>(channels: [u16; 4]) -> Pixel<N> {
    std::array::from_fn(|at| channels[at])
}

/// Its channels. One that it has no place for is full.
pub(super) fn channels<const N: usize>(pixel: Pixel<N>) -> [u16; 4] {
    std::array::from_fn(|at| pixel.get(at).copied().unwrap_or(u16::MAX))
}

/// The mean of four, rounded.
pub(super) fn mean<const N: usize>([a, b, c, d]: [Pixel<N>; 4]) -> Pixel<N> {
    let whole = |value: u16| u32::from(value);
    std::array::from_fn(|at| {
        ((whole(a[at]) + whole(b[at]) + whole(c[at]) + whole(d[at]) + 2) / 4) as u16
    })
}

/// A rectangle within a plane. Its edges may lie between pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Window {
    /// The same rectangle when everything is half as large.
    pub(super) fn halved(self) -> Window {
        Window {
            left: self.left / 2.0,
            top: self.top / 2.0,
            width: self.width / 2.0,
            height: self.height / 2.0,
        }
    }
}

/// Pixels of linear light, row by row.
#[derive(Clone, Debug)]
pub(super) struct Plane<const N: usize> {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<Pixel<N>>,
}

/// What a plane is cut down to has its edges at multiples of this, so that it is halved four times
/// as the whole would be.
const GRID: u32 = 16;

impl<const N: usize> Plane<N> {
    /// Half as wide and as high, each pixel the mean of four. A last row or column without a
    /// neighbour is left out.
    pub(super) fn halved(&self) -> Plane<N> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for rows in self.pixels.chunks_exact(self.width as usize * 2) {
            let (upper, lower) = rows.split_at(self.width as usize);
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            pixels.extend(pairs.map(|([a, b], [c, d])| mean([*a, *b, *c, *d])));
        }
        Plane { width, height, pixels }
    }

    /// Cuts off what lies outside of the window, but for a few pixels, and gives its memory back.
    /// Returns where the window lies then.
    pub(super) fn cut(&mut self, window: Window) -> Window {
        let (left, width) = span(window.left, window.width, self.width);
        let (top, height) = span(window.top, window.height, self.height);
        if (width, height) == (self.width, self.height) {
            return window;
        }
        let stride = self.width as usize;
        for row in 0..height as usize {
            let from = (top as usize + row) * stride + left as usize;
            self.pixels.copy_within(from..from + width as usize, row * width as usize);
        }
        self.pixels.truncate(width as usize * height as usize);
        self.pixels.shrink_to_fit();
        (self.width, self.height) = (width, height);
        Window { left: window.left - f64::from(left), top: window.top - f64::from(top), ..window }
    }

    /// What is seen through the window, in this size: a row at a time, first downwards, which needs one
    /// row of memory, then across.
    pub(super) fn resized(&self, window: Window, (width, height): (u32, u32)) -> Plane<N> {
        let across = Taps::new(window.left, window.width, self.width, width);
        let down = Taps::new(window.top, window.height, self.height, height);
        let stride = self.width as usize * N;
        let samples = self.pixels.as_flattened();
        let mut line = vec![0.0; stride];
        let mut padded = vec![[0.0; 4]; self.width as usize];
        let mut pixels = Vec::with_capacity(across.len() * down.len());
        for (first, weights) in down.iter() {
            weigh(&samples[first * stride..], weights, &mut line);
            for (padded, pixel) in padded.iter_mut().zip(line.as_chunks::<N>().0) {
                padded[..N].copy_from_slice(pixel);
            }
            for (first, weights) in across.iter() {
                let mut sums = [0.5_f32; 4];
                for (pixel, weight) in padded[first..].iter().zip(weights) {
                    for (sum, light) in sums.iter_mut().zip(pixel) {
                        *sum += weight * light;
                    }
                }
                pixels.push(rounded(sums));
            }
        }
        Plane { width, height, pixels }
    }
}

/// Where what is kept of an edge begins, and how long it is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the plane")]
fn span(begin: f64, length: f64, whole: u32) -> (u32, u32) {
    let first = begin as u32 / GRID * GRID;
    let end = ((begin + length).ceil() as u32).next_multiple_of(GRID).min(whole);
    (first, end - first)
}

/// The weighted sum of the rows that begin here and are as long as `line`, thirty-two samples at a
/// time, which stay in registers.
fn weigh(rows: &[u16], weights: &[f32], line: &mut [f32]) {
    const LANES: usize = 32;
    let stride = line.len();
    let (blocks, rest) = line.as_chunks_mut::<LANES>();
    let done = blocks.len() * LANES;
    for (at, block) in blocks.iter_mut().enumerate() {
        let mut sums = [0.0_f32; LANES];
        for (row, weight) in rows.chunks_exact(stride).zip(weights) {
            let Some(samples) = row[at * LANES..].first_chunk::<LANES>() else { break };
            for (sum, sample) in sums.iter_mut().zip(samples) {
                *sum += weight * f32::from(*sample);
            }
        }
        *block = sums;
    }
    for (at, sum) in rest.iter_mut().enumerate() {
        let rows = rows.chunks_exact(stride).zip(weights);
        *sum = rows.map(|(row, weight)| weight * f32::from(row[done + at])).sum();
    }
}

/// Sums that had a half added.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float saturates"
)]
fn rounded<const N: usize>(sums: [f32; 4]) -> Pixel<N> {
    std::array::from_fn(|at| sums[at] as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_makes_no_difference_to_what_is_seen() {
        let (width, height) = (120, 90);
        let pixels =
            (0..width * height).map(|at| [at * 5, at * at, at / 7].map(|it| it as u16)).collect();
        let whole = Plane::<3> { width, height, pixels };
        let window = Window { left: 37.5, top: 20.0, width: 50.0, height: 50.0 };
        let mut cut = whole.clone();
        let place = cut.cut(window);
        assert_eq!((cut.width, cut.height), (64, 64));
        assert_eq!((place.left, place.top), (5.5, 4.0));
        for size in [(25, 25), (7, 9)] {
            assert_eq!(cut.resized(place, size).pixels, whole.resized(window, size).pixels);
        }
    }
}
