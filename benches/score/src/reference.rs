//! Exact reductions: Lanczos3 in 64-bit floats, written to be obviously correct rather than fast.

use std::f64::consts::PI;

use image::DynamicImage;

/// RGB in linear light from 0 to 1, row by row.
pub type Linear = Vec<f64>;

/// The values that are averaged when a picture is reduced.
#[derive(Clone, Copy)]
pub enum Light {
    /// Linear light.
    Linear,
    /// The coded values of sRGB.
    Coded,
}

/// A square of sRGB pixels, 8 bits per channel, row by row.
pub struct Square {
    pub edge: usize,
    pixels: Vec<u8>,
}

impl Square {
    /// The largest square at the centre of a picture.
    pub fn centre(picture: &DynamicImage) -> Self {
        let edge = picture.width().min(picture.height());
        let (left, top) = ((picture.width() - edge) / 2, (picture.height() - edge) / 2);
        let pixels = picture.crop_imm(left, top, edge, edge).into_rgb8().into_raw();
        Self { edge: edge as usize, pixels }
    }

    /// The same pixels in linear light.
    pub fn linear(&self) -> Linear {
        self.through(linear)
    }

    /// These pixels reduced to `edge` columns and rows. The result is in linear light, whichever
    /// values were averaged.
    pub fn reduced(&self, edge: usize, light: Light) -> Linear {
        let taps = taps(self.edge, edge);
        let averaged = |pixels: &[f64]| rows(&columns(pixels, self.edge, &taps), edge, &taps);
        match light {
            Light::Linear => averaged(&self.linear()),
            Light::Coded => {
                averaged(&self.through(|value| value)).into_iter().map(linear).collect()
            }
        }
    }

    fn through(&self, curve: fn(f64) -> f64) -> Vec<f64> {
        let curve: Vec<f64> = (0..=255).map(|value| curve(f64::from(value) / 255.0)).collect();
        self.pixels.iter().map(|value| curve[usize::from(*value)]).collect()
    }
}

/// From the coded value to linear light (IEC 61966-2-1).
fn linear(coded: f64) -> f64 {
    if coded <= 0.04045 { coded / 12.92 } else { ((coded + 0.055) / 1.055).powf(2.4) }
}

/// For each output pixel: the first input pixel, and the weights of it and the following ones,
/// whose sum is 1.
type Taps = Vec<(usize, Vec<f64>)>;

fn taps(from: usize, to: usize) -> Taps {
    let scale = from as f64 / to as f64;
    let stretch = scale.max(1.0);
    (0..to)
        .map(|place| {
            let centre = (place as f64 + 0.5) * scale;
            let first = (centre - 3.0 * stretch).floor().max(0.0) as usize;
            let last = ((centre + 3.0 * stretch).ceil() as usize).min(from);
            let weights: Vec<f64> =
                (first..last).map(|x| lanczos3((x as f64 + 0.5 - centre) / stretch)).collect();
            let sum: f64 = weights.iter().sum();
            (first, weights.iter().map(|weight| weight / sum).collect())
        })
        .collect()
}

fn lanczos3(x: f64) -> f64 {
    if x == 0.0 {
        1.0
    } else if x.abs() >= 3.0 {
        0.0
    } else {
        3.0 * (PI * x).sin() * (PI * x / 3.0).sin() / (PI * x).powi(2)
    }
}

fn columns(pixels: &[f64], width: usize, taps: &Taps) -> Linear {
    let mut made = Vec::with_capacity(pixels.len() / width * taps.len());
    for row in pixels.chunks_exact(width * 3) {
        for (first, weights) in taps {
            let mut sum = [0.0; 3];
            for (pixel, weight) in row[first * 3..].chunks_exact(3).zip(weights) {
                for (sum, value) in sum.iter_mut().zip(pixel) {
                    *sum += weight * value;
                }
            }
            made.extend(sum);
        }
    }
    made
}

fn rows(pixels: &[f64], width: usize, taps: &Taps) -> Linear {
    let mut made = Vec::with_capacity(width * 3 * taps.len());
    for (first, weights) in taps {
        let mut sum = vec![0.0; width * 3];
        for (row, weight) in pixels.chunks_exact(width * 3).skip(*first).zip(weights) {
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += weight * value;
            }
        }
        made.extend(sum);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    #[test]
    fn a_checkerboard_reduces_to_half_the_light_and_a_plain_square_to_itself() {
        let board =
            RgbImage::from_fn(64, 48, |x, y| Rgb([if (x + y) % 2 == 0 { 255 } else { 0 }; 3]));
        let reduced = Square::centre(&board.clone().into()).reduced(8, Light::Linear);
        assert_eq!(reduced.len(), 8 * 8 * 3);
        assert!(reduced.iter().all(|value| (value - 0.5).abs() < 0.01), "{reduced:?}");
        let coded = Square::centre(&board.clone().into()).reduced(8, Light::Coded);
        assert!(coded.iter().all(|value| (value - linear(0.5)).abs() < 0.01), "{coded:?}");
        let plain = RgbImage::from_pixel(48, 48, Rgb([188, 10, 0]));
        let reduced = Square::centre(&plain.into()).reduced(7, Light::Coded);
        assert!(reduced.chunks(3).all(|pixel| (pixel[0] - linear(188.0 / 255.0)).abs() < 1e-12));
    }
}
