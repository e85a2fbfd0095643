//! The Lanczos kernel with three lobes: the weights of input pixels.

use std::f64::consts::PI;
use std::ops::Range;

/// Lobes on each side.
const LOBES: f64 = 3.0;

/// For each output pixel along a shorter edge, the input pixels of a longer edge and their weights.
#[derive(Debug)]
pub(super) struct Taps {
    /// The index of the first input pixel, and the range of its weights.
    spans: Vec<(usize, Range<usize>)>,
    weights: Vec<f32>,
}

impl Taps {
    /// Maps the part of an edge of `whole` pixels that starts at `begin` and is `length` long to
    /// `count` pixels. Pixels outside the part are ignored, as if they had been cut off.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the edge")]
    pub(super) fn new(begin: f64, length: f64, whole: u32, count: u32) -> Taps {
        // If a last row or column was dropped, the part extends beyond the picture.
        let length = length.min(f64::from(whole) - begin);
        let step = length / f64::from(count);
        let scale = step.max(1.0);
        let least = begin.floor();
        let most = (begin + length).ceil().min(f64::from(whole));
        let mut taps = Taps { spans: Vec::with_capacity(count as usize), weights: Vec::new() };
        let mut weights = Vec::new();
        for at in 0..count {
            let centre = begin + (f64::from(at) + 0.5) * step;
            let first = (centre - LOBES * scale).floor().max(least) as u32;
            let end = (centre + LOBES * scale).ceil().min(most) as u32;
            weights.clear();
            weights.extend((first..end).map(|at| weight((f64::from(at) + 0.5 - centre) / scale)));
            let sum: f64 = weights.iter().sum();
            let begin = taps.weights.len();
            taps.weights.extend(weights.iter().map(|weight| (weight / sum) as f32));
            taps.spans.push((first as usize, begin..taps.weights.len()));
        }
        taps
    }

    /// The first input pixel, and the weights from there on, for one output pixel.
    pub(super) fn at(&self, index: usize) -> Option<(usize, &[f32])> {
        let (first, weights) = self.spans.get(index)?;
        Some((*first, &self.weights[weights.clone()]))
    }

    /// The same for every output pixel.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[f32])> {
        self.spans.iter().map(|(first, weights)| (*first, &self.weights[weights.clone()]))
    }
}

/// The Lanczos kernel: sinc(x) · sinc(x / 3). The sine of the whole angle is computed from that of
/// a third of it.
fn weight(x: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    if x.abs() >= LOBES {
        return 0.0;
    }
    let third = libm::sin(PI * x / LOBES);
    let whole = third * (3.0 - 4.0 * third * third);
    LOBES * whole * third / (PI * PI * x * x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_the_definition() {
        let sinc = |x: f64| libm::sin(PI * x) / (PI * x);
        for x in [-2.9, -1.5, -0.3, 0.001, 0.7, 1.0, 2.2] {
            assert!((weight(x) - sinc(x) * sinc(x / 3.0)).abs() < 1e-12, "{x}");
        }
        assert_eq!((weight(0.0), weight(3.0)), (1.0, 0.0));
    }

    #[test]
    fn every_pixel_is_a_mean_of_those_around_it() {
        let taps = Taps::new(10.5, 79.0, 95, 40);
        let all: Vec<_> = taps.iter().collect();
        assert_eq!(all.len(), 40);
        for (at, (first, weights)) in all.into_iter().enumerate() {
            assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            let centre: f32 =
                weights.iter().zip(first..).map(|(by, at)| by * (at as f32 + 0.5)).sum();
            let expected = 10.5 + (at as f32 + 0.5) * 79.0 / 40.0;
            assert!(first == 10 || first + weights.len() >= 90 || (centre - expected).abs() < 0.1);
        }
    }
}
