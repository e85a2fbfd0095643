//! Scores pictures against exact reductions of the photographs they were made from.
//!
//! Reads lines of "photograph, tab, picture" from standard input, with those of one photograph
//! together; writes "picture, tab, edge in pixels, tab, SSIMULACRA2". Pictures are squares cut from
//! the centre. AVIF must be passed as decoded PNG.
//!
//! "Exact" means physically correct: values are averaged in linear light. With `--coded`, coded
//! values are averaged, as most programs do; the score of such a program then shows only the loss
//! by encoding.

mod reference;

use std::error::Error;
use std::io::{self, BufRead, Write};
use std::path::Path;

use fast_ssim2::{PixelDescriptor, PixelSlice, Ssimulacra2Reference};
use image::{DynamicImage, ImageDecoder, ImageReader};

use reference::{Light, Linear, Square};

fn main() -> Result<(), Box<dyn Error>> {
    let light =
        if std::env::args().any(|word| word == "--coded") { Light::Coded } else { Light::Linear };
    let mut output = io::stdout().lock();
    let mut current: Option<Photograph> = None;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (photograph, picture) = line.split_once('\t').ok_or("a line without a tab")?;
        if current.as_ref().is_none_or(|known| known.path != photograph) {
            current = Some(Photograph::open(photograph)?);
        }
        if let Some(photograph) = &mut current {
            let picture_pixels = Square::centre(&upright(Path::new(picture))?);
            let score = photograph.score(&picture_pixels, light)?;
            writeln!(output, "{picture}\t{}\t{score:.4}", picture_pixels.edge)?;
        }
    }
    Ok(())
}

/// A photograph, and its reductions made so far.
struct Photograph {
    path: String,
    pixels: Square,
    reductions: Vec<(usize, Ssimulacra2Reference)>,
}

impl Photograph {
    fn open(path: &str) -> Result<Self, Box<dyn Error>> {
        let pixels = Square::centre(&upright(Path::new(path))?);
        Ok(Self { path: path.to_owned(), pixels, reductions: Vec::new() })
    }

    fn score(&mut self, picture: &Square, light: Light) -> Result<f64, Box<dyn Error>> {
        let known = self.reductions.iter().position(|(edge, _)| *edge == picture.edge);
        let index = match known {
            Some(index) => index,
            None => {
                let exact = self.pixels.reduced(picture.edge, light);
                let exact = Ssimulacra2Reference::new(&slice(&bytes(&exact), picture.edge)?)?;
                self.reductions.push((picture.edge, exact));
                self.reductions.len() - 1
            }
        };
        let seen = bytes(&picture.linear());
        Ok(self.reductions[index].1.compare(&slice(&seen, picture.edge)?)?)
    }
}

/// Decodes a picture and applies its EXIF orientation.
fn upright(path: &Path) -> Result<DynamicImage, Box<dyn Error>> {
    let mut decoder = ImageReader::open(path)?.with_guessed_format()?.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut pixels = DynamicImage::from_decoder(decoder)?;
    pixels.apply_orientation(orientation);
    Ok(pixels)
}

/// Linear light as the bytes of 32-bit floats.
fn bytes(linear: &Linear) -> Vec<u8> {
    linear.iter().flat_map(|value| (value.clamp(0.0, 1.0) as f32).to_ne_bytes()).collect()
}

fn slice(bytes: &[u8], edge: usize) -> Result<PixelSlice<'_>, Box<dyn Error>> {
    let (side, stride) = (u32::try_from(edge)?, edge * 12);
    Ok(PixelSlice::new(bytes, side, side, stride, PixelDescriptor::RGBF32_LINEAR)?)
}
