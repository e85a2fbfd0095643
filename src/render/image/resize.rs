//! Crop, linear light, halving, Lanczos, upright: from a decoded picture to every size asked for.

use super::Order;
use super::colour::{Conversion, eight};
use super::crop::Area;
use super::decode::{Decoded, Layout, Raw};
use crate::load::picture::Orientation;
use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::U16x4;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

/// Lanczos is given at least this many pixels for each of its own, in either direction, so that
/// the halving before it cannot be seen.
const LEAST_RATIO: f64 = 1.9;

/// The longer edge of a placeholder.
const THUMB: u32 = 16;

/// A picture in sRGB, ready for an encoder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether there is a fourth sample, how opaque the pixel is. There is none if all are.
    pub(super) has_alpha: bool,
    /// Three or four samples for each pixel.
    pub(super) samples: Vec<u8>,
}

/// Every size of an order, upright.
#[derive(Debug)]
pub(super) struct Prepared {
    sizes: Vec<Pixels>,
    /// At most 16 pixels an edge.
    pub(super) thumb: Pixels,
}

impl Prepared {
    /// The pixels of this size, which is one of the order's.
    pub(super) fn size(&self, size: (u32, u32)) -> &Pixels {
        self.sizes
            .iter()
            .find(|pixels| (pixels.width, pixels.height) == size)
            .unwrap_or(&self.thumb)
    }
}

/// Memory that decoding and preparing take, at most.
pub(super) fn cost(order: &Order) -> u64 {
    let header = &order.picture.header;
    let area = u64::from(order.area.width) * u64::from(order.area.height);
    let widest = order.sizes.last().copied().unwrap_or((1, 1));
    let halvings = halvings((order.area.width, order.area.height), widest);
    let light = (area * 8) >> (2 * halvings.min(8));
    header.pixels() * u64::from(header.pixel_cost) + light * 3 / 2
}

/// Makes every size. Each depends on the source, the area and itself alone, never on which other
/// sizes are made beside it.
pub(super) fn prepare(raw: Raw, order: &Order) -> Decoded<Prepared> {
    let orientation = order.picture.header.orientation;
    let conversion = Conversion::of(&raw, order.picture.header.colour);
    let area = order.area.stored(orientation, (raw.width, raw.height));
    let finish = |levels: &mut Levels, size| -> Decoded<Pixels> {
        let plane = levels.resized(orientation.turned(size))?;
        Ok(upright(&conversion, &plane, orientation, levels.raw.layout))
    };
    let mut levels = Levels { raw, area, conversion: &conversion, reached: None };
    // From the widest to the narrowest: what is halved once is not needed whole any more.
    let mut sizes = Vec::new();
    for size in order.sizes.iter().rev() {
        sizes.push(finish(&mut levels, *size)?);
    }
    let thumb = finish(&mut levels, thumb_size(order.area))?;
    Ok(Prepared { sizes, thumb })
}

fn thumb_size(area: Area) -> (u32, u32) {
    let long = u64::from(area.width.max(area.height));
    let scaled = |edge: u32| {
        let edge = (u64::from(edge) * u64::from(THUMB) + long / 2) / long;
        u32::try_from(edge).unwrap_or(THUMB).max(1)
    };
    if long <= u64::from(THUMB) {
        return (area.width, area.height);
    }
    (scaled(area.width), scaled(area.height))
}

/// How often a size may be halved before it comes too near to the wanted one.
fn halvings(from: (u32, u32), to: (u32, u32)) -> u32 {
    let ratio = f64::min(f64::from(from.0) / f64::from(to.0), f64::from(from.1) / f64::from(to.1));
    (0..16).take_while(|times| ratio / f64::from(2_u32 << times) >= LEAST_RATIO).count() as u32
}

/// Linear light, multiplied by alpha.
struct Plane {
    width: u32,
    height: u32,
    pixels: Vec<U16x4>,
}

/// The longer edge of a small copy.
const SMALL: u32 = 256;

/// A small copy of the whole picture, upright, to look for what matters in it: from a few samples
/// of each spot, its colours as they are stored.
pub(super) fn small_copy(raw: &Raw, orientation: Orientation) -> Pixels {
    let long = raw.width.max(raw.height);
    let scaled = |edge: u32| {
        let edge = u64::from(edge) * u64::from(SMALL.min(long)) / u64::from(long);
        u32::try_from(edge).unwrap_or(SMALL).max(1)
    };
    let stored = (scaled(raw.width), scaled(raw.height));
    let (width, height) = orientation.turned(stored);
    let mut samples = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height {
        for x in 0..width {
            samples.extend(spot(raw, orientation.stored((x, y), stored), stored));
        }
    }
    Pixels { width, height, has_alpha: false, samples }
}

/// The mean of sixteen samples of a spot of the small copy.
fn spot(raw: &Raw, (x, y): (u32, u32), (width, height): (u32, u32)) -> [u8; 3] {
    let place = |at: u32, part: u32, small: u32, whole: u32| {
        let place = (u64::from(at) * 8 + u64::from(part) * 2 + 1) * u64::from(whole)
            / (u64::from(small) * 8);
        (place as usize).min(whole as usize - 1)
    };
    let mut sums = [0_u32; 3];
    for part in 0..16 {
        let (x, y) = (place(x, part % 4, width, raw.width), place(y, part / 4, height, raw.height));
        let pixel = raw.colour(x, y);
        for (sum, sample) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(sample);
        }
    }
    sums.map(|sum| u8::try_from((sum + 8) / 16).unwrap_or(u8::MAX))
}

/// The area in linear light, halved again and again: 0, 1, 2 … times.
struct Levels<'a> {
    raw: Raw,
    area: Area,
    conversion: &'a Conversion,
    reached: Option<(u32, Plane)>,
}

impl Levels<'_> {
    fn resized(&mut self, (width, height): (u32, u32)) -> Decoded<Plane> {
        let plane = self.level(halvings((self.area.width, self.area.height), (width, height)));
        let pixels = if (plane.width, plane.height) == (width, height) {
            plane.pixels.clone()
        } else {
            lanczos(plane, (width, height)).ok_or("it cannot be made smaller")?
        };
        Ok(Plane { width, height, pixels })
    }

    fn level(&mut self, wanted: u32) -> &Plane {
        let (mut level, mut plane) = match self.reached.take() {
            Some(reached) if reached.0 <= wanted => reached,
            _ => (wanted.min(1), light(&self.raw, self.area, wanted > 0, self.conversion)),
        };
        while level < wanted {
            plane = halved(&plane);
            level += 1;
        }
        &self.reached.insert((level, plane)).1
    }
}

fn lanczos(plane: &Plane, (width, height): (u32, u32)) -> Option<Vec<U16x4>> {
    let source = TypedImageRef::new(plane.width, plane.height, &plane.pixels).ok()?;
    let mut pixels = vec![U16x4::new([0; 4]); width as usize * height as usize];
    let mut target = TypedImage::from_pixels_slice(width, height, &mut pixels).ok()?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(false);
    Resizer::new().resize_typed(&source, &mut target, &options).ok()?;
    drop(target);
    Some(pixels)
}

/// A sample as an index into a table of light.
trait Sample: Copy {
    /// Its value, and what it is as a share of 65 535.
    fn value(self) -> usize;
    fn share(self) -> u32;
}

impl Sample for u8 {
    fn value(self) -> usize {
        self.into()
    }
    fn share(self) -> u32 {
        u32::from(self) * 257
    }
}

impl Sample for [u8; 2] {
    fn value(self) -> usize {
        u16::from_ne_bytes(self).into()
    }
    fn share(self) -> u32 {
        u16::from_ne_bytes(self).into()
    }
}

/// The area in linear light, as it is or halved in the same pass.
fn light(raw: &Raw, area: Area, halve: bool, conversion: &Conversion) -> Plane {
    if raw.is_deep {
        let table = conversion.curve.table(u16::MAX);
        light_of(raw.samples.as_chunks::<2>().0, raw, area, halve, &table)
    } else {
        light_of(&raw.samples, raw, area, halve, &conversion.curve.table(255))
    }
}

fn light_of<S: Sample>(samples: &[S], raw: &Raw, area: Area, halve: bool, table: &[u16]) -> Plane {
    const OPAQUE: u32 = 65_535;
    let at = |sample: S| u32::from(table[sample.value()]);
    let through = |light: u32, alpha: u32| (light * alpha + OPAQUE / 2) / OPAQUE;
    let width = raw.width;
    match raw.layout {
        Layout::Gray => gathered(samples, width, area, halve, |[v]| [at(v), at(v), at(v), OPAQUE]),
        Layout::GrayAlpha => gathered(samples, width, area, halve, |[v, a]| {
            let v = through(at(v), a.share());
            [v, v, v, a.share()]
        }),
        Layout::Rgb => {
            gathered(samples, width, area, halve, |[r, g, b]| [at(r), at(g), at(b), OPAQUE])
        }
        Layout::Rgba => gathered(samples, width, area, halve, |[r, g, b, a]| {
            let alpha = a.share();
            [through(at(r), alpha), through(at(g), alpha), through(at(b), alpha), alpha]
        }),
        Layout::Cmyk => gathered(samples, width, area, halve, |inks| inks.map(at)),
    }
}

fn gathered<S: Sample, const N: usize>(
    samples: &[S],
    stride: u32,
    area: Area,
    halve: bool,
    light: impl Fn([S; N]) -> [u32; 4],
) -> Plane {
    let pixels = samples.as_chunks::<N>().0;
    let row = |y: u32| {
        let start = (area.y + y) as usize * stride as usize + area.x as usize;
        &pixels[start..start + area.width as usize]
    };
    let (width, height) =
        if halve { (area.width / 2, area.height / 2) } else { (area.width, area.height) };
    let mut gathered = Vec::with_capacity(width as usize * height as usize);
    for y in 0..height {
        if halve {
            let (upper, lower) = (row(2 * y).as_chunks::<2>().0, row(2 * y + 1).as_chunks::<2>().0);
            gathered.extend(
                upper
                    .iter()
                    .zip(lower)
                    .map(|([a, b], [c, d])| mean([light(*a), light(*b), light(*c), light(*d)])),
            );
        } else {
            gathered.extend(row(y).iter().map(|pixel| U16x4::new(light(*pixel).map(narrow))));
        }
    }
    Plane { width, height, pixels: gathered }
}

fn narrow(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

fn mean([a, b, c, d]: [[u32; 4]; 4]) -> U16x4 {
    U16x4::new(std::array::from_fn(|at| narrow((a[at] + b[at] + c[at] + d[at] + 2) / 4)))
}

fn halved(plane: &Plane) -> Plane {
    let (width, height) = (plane.width / 2, plane.height / 2);
    let rows: Vec<&[U16x4]> = plane.pixels.chunks_exact(plane.width as usize).collect();
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for [upper, lower] in rows.as_chunks::<2>().0 {
        let pairs = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        pixels
            .extend(pairs.map(|([a, b], [c, d])| mean([a, b, c, d].map(|it| it.0.map(u32::from)))));
    }
    Plane { width, height, pixels }
}

/// Converts to sRGB, takes alpha out of the colours, and turns it.
fn upright(
    conversion: &Conversion,
    plane: &Plane,
    orientation: Orientation,
    layout: Layout,
) -> Pixels {
    let stored = (plane.width, plane.height);
    let (width, height) = orientation.turned(stored);
    let turned = (0..width as usize * height as usize).map(|at| {
        let seen = ((at % width as usize) as u32, (at / width as usize) as u32);
        let (x, y) = orientation.stored(seen, stored);
        plane.pixels[y as usize * plane.width as usize + x as usize].0
    });
    let may_have_alpha = matches!(layout, Layout::GrayAlpha | Layout::Rgba);
    if !may_have_alpha {
        return Pixels { width, height, has_alpha: false, samples: conversion.finish(turned) };
    }
    let alpha: Vec<u8> = turned.clone().map(|[.., alpha]| eight(alpha)).collect();
    let rgb = conversion.finish(turned.map(divided));
    if alpha.iter().all(|alpha| *alpha == 255) {
        return Pixels { width, height, has_alpha: false, samples: rgb };
    }
    let pixels = rgb.as_chunks::<3>().0.iter().zip(alpha);
    let samples = pixels.flat_map(|([r, g, b], alpha)| [*r, *g, *b, alpha]).collect();
    Pixels { width, height, has_alpha: true, samples }
}

fn divided([r, g, b, alpha]: [u16; 4]) -> [u16; 4] {
    let whole = u32::from(alpha);
    let divided = |light: u16| match whole {
        0 => 0,
        _ => narrow((u32::from(light) * 65_535 + whole / 2) / whole),
    };
    [divided(r), divided(g), divided(b), alpha]
}
