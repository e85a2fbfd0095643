//! Decodes a finished variant, to inset it into a drawing.

use super::decode::{self, Need};
use super::decoder::Decoder;
use super::raw::{Layout, Raw};
use super::variant::Variant;
use crate::diagnostic::Result;
use crate::engine::Blobs;
use crate::load::picture::{Limits, broken, inspect};
use crate::source::snapshot::File;

/// Pixels in rows: red, green, blue and alpha, one byte each.
#[derive(Clone, Debug)]
pub struct Rgba {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Four per pixel.
    pub samples: Vec<u8>,
}

impl Variant {
    /// Its pixels as a browser would show them. The loss by compression is invisible at the size of
    /// an inset, and the original, which may be large, need not be decoded again.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn rgba(&self, file: &File, decoder: &Decoder, blobs: &Blobs) -> Result<Rgba> {
        let bytes = blobs.obtain(&self.fingerprint(), || self.make(file, decoder))?;
        let header = inspect(&self.path, &bytes, &Limits::new(u32::MAX))?;
        let need = Need { whole: true, half: false };
        let raw = decode::decode(&bytes, &header, need)
            .map_err(|why| broken(&self.path, header.kind, why))?;
        Ok(Rgba { width: raw.width, height: raw.height, samples: samples(&raw) })
    }
}

/// For output of our own encoders: 8 bits, never CMYK.
fn samples(raw: &Raw) -> Vec<u8> {
    let all = &raw.samples;
    match raw.layout {
        Layout::Gray => all.iter().flat_map(|v| [*v, *v, *v, 255]).collect(),
        Layout::GrayAlpha => {
            all.as_chunks::<2>().0.iter().flat_map(|[v, a]| [*v, *v, *v, *a]).collect()
        }
        Layout::Rgb => {
            all.as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect()
        }
        Layout::Rgba | Layout::Cmyk => all.clone(),
    }
}
