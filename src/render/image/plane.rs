//! Linear light of 16 bits: halved, and made smaller with Lanczos.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U16x3, U16x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

/// A pixel of linear light, multiplied by its alpha.
pub(super) trait Light: PixelTrait + Copy {
    /// From four channels. One that the pixel has no place for is left out.
    fn new(channels: [u16; 4]) -> Self;
    /// Its channels. One that it has no place for is full.
    fn channels(self) -> [u16; 4];
    /// The mean of four.
    fn mean(pixels: [Self; 4]) -> Self;
}

/// The mean of four values, rounded.
fn mean(values: [u16; 4]) -> u16 {
    let sum: u32 = values.into_iter().map(u32::from).sum();
    u16::try_from((sum + 2) / 4).unwrap_or(u16::MAX)
}

/// Red, green and blue.
impl Light for U16x3 {
    fn new([a, b, c, _]: [u16; 4]) -> U16x3 {
        U16x3::new([a, b, c])
    }
    fn channels(self) -> [u16; 4] {
        let [a, b, c] = self.0;
        [a, b, c, u16::MAX]
    }
    fn mean(pixels: [U16x3; 4]) -> U16x3 {
        U16x3::new(std::array::from_fn(|at| mean(pixels.map(|pixel| pixel.0[at]))))
    }
}

/// Red, green, blue and alpha, or four inks.
impl Light for U16x4 {
    fn new(channels: [u16; 4]) -> U16x4 {
        U16x4::new(channels)
    }
    fn channels(self) -> [u16; 4] {
        self.0
    }
    fn mean(pixels: [U16x4; 4]) -> U16x4 {
        U16x4::new(std::array::from_fn(|at| mean(pixels.map(|pixel| pixel.0[at]))))
    }
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
pub(super) struct Plane<P> {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) pixels: Vec<P>,
}

impl<P: Light> Plane<P> {
    /// Half as wide and as high, each pixel the mean of four. A last row or column without a
    /// neighbour is left out.
    pub(super) fn halved(&self) -> Plane<P> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for rows in self.pixels.chunks_exact(self.width as usize * 2) {
            let (upper, lower) = rows.split_at(self.width as usize);
            let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
            pixels.extend(pairs.map(|([a, b], [c, d])| P::mean([*a, *b, *c, *d])));
        }
        Plane { width, height, pixels }
    }

    /// What is seen through the window, in this size. `None` if there is not enough memory.
    pub(super) fn resized(&self, window: Window, (width, height): (u32, u32)) -> Option<Plane<P>> {
        let source = TypedImageRef::new(self.width, self.height, &self.pixels).ok()?;
        let mut pixels = vec![P::new([0; 4]); width as usize * height as usize];
        let mut target = TypedImage::from_pixels_slice(width, height, &mut pixels).ok()?;
        let (right, bottom) = (f64::from(self.width), f64::from(self.height));
        let options = ResizeOptions::new()
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            .use_alpha(false)
            // Where a last row or column was left out, the window reaches beyond what there is.
            .crop(
                window.left,
                window.top,
                window.width.min(right - window.left),
                window.height.min(bottom - window.top),
            );
        Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
        drop(target);
        Some(Plane { width, height, pixels })
    }
}
