//! The pixels of JPEGs with restarts: if a row of units ends shortly before one, zune-jpeg
//! 0.5.16-rc3 loses the data in between. So they are assembled from the bands of our own decoder.

use super::bands::bands;
use super::frame::{End, Segments};
use super::units::Plane;
use super::ycbcr::chroma;
use crate::load::picture::Header;
use crate::render::image::pyramid::Part;

/// The red, green and blue of each pixel, or its grey. `None` if there are no restarts, and for
/// kinds and damage that the other decoder handles better.
pub(super) fn pixels(bytes: &[u8], header: &Header) -> Option<Vec<u8>> {
    let mut segments = Segments::default();
    let End::Scan(..) = segments.read(bytes.strip_prefix(b"\xff\xd8")?)? else { return None };
    let frame = segments.frame()?;
    if segments.interval == 0 {
        return None;
    }
    let (width, height) = (header.width, header.height);
    let part = Part { columns: 0..width.div_ceil(2), rows: 0..height.div_ceil(2) };
    let size = [width as usize, height as usize];
    let (samples, channels) = if frame.is_gray() {
        let mut samples = Vec::with_capacity(size[0] * size[1]);
        bands(bytes, &part, &mut |[luma, ..]| gray(luma, size, &mut samples))?;
        (samples, 1)
    } else {
        let mut pixels = Pixels::new(size, frame.components[0].blocks);
        bands(bytes, &part, &mut |planes| pixels.take(planes))?;
        pixels.end();
        (pixels.rgb, 3)
    };
    (samples.len() as u64 == channels * header.pixels()).then_some(samples)
}

/// Appends a grey band.
fn gray(luma: &Plane, [width, height]: [usize; 2], samples: &mut Vec<u8>) {
    for row in luma.samples.chunks_exact(luma.stride) {
        if samples.len() < width * height {
            samples.extend_from_slice(&row[..width]);
        }
    }
}

/// Assembles pixels from bands. Chroma at half the resolution is centred between its pixels: each
/// pixel takes three quarters of the nearest sample and one quarter of the next nearest,
/// horizontally and vertically (the triangle filter of libjpeg's h2v2_fancy_upsample).
struct Pixels {
    size: [usize; 2],
    /// Luma samples per chroma sample, horizontally and vertically.
    factors: [usize; 2],
    rgb: Vec<u8>,
    /// The last row of a band, of luma and both chroma planes, which waits for the chroma of the
    /// next band.
    last: Option<[Vec<u8>; 3]>,
}

impl Pixels {
    fn new(size: [usize; 2], factors: [usize; 2]) -> Pixels {
        let rgb = Vec::with_capacity(3 * size[0] * size[1]);
        Pixels { size, factors, rgb, last: None }
    }

    fn take(&mut self, planes: &[Plane; 3]) {
        let down = self.factors[1];
        let row = |plane: usize, at: usize| {
            let Plane { samples, stride } = &planes[plane];
            &samples[at * stride..(at + 1) * stride]
        };
        let colour = |at: usize| [row(1, at), row(2, at)];
        let last = self.last.take();
        let last = last.as_ref().map(|it| it.each_ref().map(Vec::as_slice));
        if let Some(rows) = last {
            self.give(rows, colour(0));
        }
        let above = last.map_or(colour(0), |[_, cb, cr]| [cb, cr]);
        for at in 0..8 * down {
            let near = at / down;
            let rows = [row(0, at), row(1, near), row(2, near)];
            match at {
                _ if down == 1 => self.give(rows, colour(near)),
                0 => self.give(rows, above),
                15 => self.last = Some(rows.map(<[u8]>::to_vec)),
                _ if at.is_multiple_of(2) => self.give(rows, colour(near - 1)),
                _ => self.give(rows, colour(near + 1)),
            }
        }
    }

    /// The last row has no chroma below it.
    fn end(&mut self) {
        if let Some([luma, cb, cr]) = self.last.take() {
            self.give([&luma, &cb, &cr], [&cb, &cr]);
        }
    }

    /// Appends a row, given the next nearest rows of chroma.
    fn give(&mut self, [luma, cb, cr]: [&[u8]; 3], far: [&[u8]; 2]) {
        let [width, height] = self.size;
        let given = self.rgb.len() / (3 * width);
        if given == height {
            return;
        }
        // Below the picture, chroma is the encoder's padding.
        let is_below = given % 2 == 1 && given + 1 == height;
        let [far_cb, far_cr] = if is_below { [cb, cr] } else { far };
        let across = self.factors[0];
        let [cb, cr] =
            [[cb, far_cb], [cr, far_cr]].map(|[near, far]| spread(near, far, across, width));
        for ((luma, cb), cr) in luma.iter().zip(cb).zip(cr) {
            let sample =
                |add: i32| u8::try_from((i32::from(*luma) + add).clamp(0, 255)).unwrap_or(0);
            self.rgb.extend(chroma(cb, cr).map(sample));
        }
    }
}

/// Chroma for a row of pixels: three quarters of the near row of samples and one of the far row.
fn spread(near: &[u8], far: &[u8], across: usize, width: usize) -> Vec<u8> {
    let end = width.div_ceil(across) - 1;
    let down = |at: usize| 3 * u32::from(near[at]) + u32::from(far[at]);
    let sample = |x: usize| match across {
        1 => (4 * down(x) + 8) >> 4,
        _ => {
            let at = x / 2;
            let next = if x.is_multiple_of(2) { at.saturating_sub(1) } else { end.min(at + 1) };
            (3 * down(at) + down(next) + 8) >> 4
        }
    };
    (0..width).map(|x| u8::try_from(sample(x)).unwrap_or(u8::MAX)).collect()
}
