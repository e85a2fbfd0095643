//! Crop, linear light, halving, Lanczos, upright: from a decoded picture to every size asked for.

use super::Order;
use super::colour::{Conversion, eight};
use super::crop::Area;
use super::decode::{Decoded, Layout, Need, Raw};
use super::plane::{Plane, Window, channels, mean, pixel};
use crate::load::picture::Orientation;

/// The way from a file to pixels, and its version: to be raised whenever decoding, resizing or
/// converting gives others. Everything that is made of pixels depends on it.
pub(super) const PIXELS: u32 = 1;

/// What is halved once still gives Lanczos this many pixels for each of its own, in either
/// direction: close enough to the truth for the widest size, where time counts.
const LEAST_RATIO: f64 = 1.9;

/// What is halved again gives it more, which costs little where there are fewer pixels.
const LATER_RATIO: f64 = 3.8;

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
    // A plane of half the size, three values of two bytes for four pixels.
    let half = if need(order).half { header.pixels() * 3 / 2 } else { 0 };
    header.pixels() * u64::from(header.pixel_cost) + half + light * 3 / 2
}

/// What has to be decoded for these sizes.
pub(super) fn need(order: &Order) -> Need {
    let area = (order.area.width, order.area.height);
    let (mut whole, mut half) = (false, halvings(area, thumb_size(order.area)) > 0);
    for size in &*order.sizes {
        match halvings(area, *size) {
            0 => whole = true,
            _ => half = true,
        }
    }
    Need { whole: whole || !half, half }
}

/// Makes every size. Each depends on the source, the area and itself alone, never on which other
/// sizes are made beside it.
pub(super) fn prepare(mut raw: Raw, order: &Order) -> Decoded<Prepared> {
    let orientation = order.picture.header.orientation;
    let conversion = Conversion::of(&raw, order.picture.header.colour);
    let area = order.area.stored(orientation, (raw.width, raw.height));
    let half = raw.half.take();
    match raw.layout {
        Layout::Gray | Layout::Rgb => {
            Levels::<3> { raw, area, conversion: &conversion, half, reached: None }.finished(order)
        }
        Layout::GrayAlpha | Layout::Rgba | Layout::Cmyk => {
            Levels::<4> { raw, area, conversion: &conversion, half: None, reached: None }
                .finished(order)
        }
    }
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
    let least = |times: u32| if times == 0 { LEAST_RATIO } else { LATER_RATIO };
    (0..16).take_while(|times| ratio / f64::from(2_u32 << times) >= least(*times)).count() as u32
}

/// The area in linear light, halved again and again: 0, 1, 2 … times.
struct Levels<'a, const N: usize> {
    raw: Raw,
    area: Area,
    conversion: &'a Conversion,
    /// The whole picture halved once, if that was decoded.
    half: Option<Plane<N>>,
    reached: Option<Level<N>>,
}

/// A plane halved so many times, and where in it the area lies.
struct Level<const N: usize> {
    halvings: u32,
    plane: Plane<N>,
    window: Window,
}

impl<const N: usize> Levels<'_, N> {
    fn finished(mut self, order: &Order) -> Decoded<Prepared> {
        // From the widest to the narrowest: what is halved once is not needed whole any more.
        let sizes = order.sizes.iter().rev().map(|size| self.pixels(*size, order));
        let sizes = sizes.collect::<Decoded<_>>()?;
        Ok(Prepared { sizes, thumb: self.pixels(thumb_size(order.area), order)? })
    }

    fn pixels(&mut self, size: (u32, u32), order: &Order) -> Decoded<Pixels> {
        let orientation = order.picture.header.orientation;
        let size = orientation.turned(size);
        let level = self.level(halvings((self.area.width, self.area.height), size));
        let plane = level.plane.resized(level.window, size);
        Ok(finished(self.conversion, &turned(plane, orientation), self.raw.layout))
    }

    fn level(&mut self, wanted: u32) -> &Level<N> {
        let has_samples = !self.raw.samples.is_empty();
        let reached = self.reached.take();
        let half = if wanted > 0 || !has_samples { self.half.take() } else { None };
        let mut level = match (half, reached) {
            (Some(plane), _) => self.of_half(plane),
            (None, Some(level)) if level.halvings <= wanted || !has_samples => level,
            _ => self.of_samples(wanted > 0),
        };
        while level.halvings < wanted {
            level = Level {
                halvings: level.halvings + 1,
                plane: level.plane.halved(),
                window: level.window.halved(),
            };
        }
        self.reached.insert(level)
    }

    fn of_half(&self, mut plane: Plane<N>) -> Level<N> {
        let Area { x, y, width, height } = self.area;
        let [left, top, width, height] = [x, y, width, height].map(f64::from);
        let window = Window { left, top, width, height }.halved();
        let window = plane.cut(window);
        Level { halvings: 1, plane, window }
    }

    /// The area alone, as it is or halved in the same pass.
    fn of_samples(&self, halve: bool) -> Level<N> {
        let plane = light(&self.raw, self.area, halve, self.conversion);
        let (width, height) = (f64::from(plane.width), f64::from(plane.height));
        let window = Window { left: 0.0, top: 0.0, width, height };
        Level { halvings: halve.into(), plane, window }
    }
}

/// A sample as an index into a table of light.
trait Sample: Copy {
    /// Its value, and what it is as a share of 65 535.
    fn value(self) -> usize;
    fn share(self) -> u16;
}

impl Sample for u8 {
    fn value(self) -> usize {
        self.into()
    }
    fn share(self) -> u16 {
        u16::from(self) * 257
    }
}

impl Sample for [u8; 2] {
    fn value(self) -> usize {
        u16::from_ne_bytes(self).into()
    }
    fn share(self) -> u16 {
        u16::from_ne_bytes(self)
    }
}

/// The area in linear light, as it is or halved in the same pass.
fn light<const N: usize>(raw: &Raw, area: Area, halve: bool, conversion: &Conversion) -> Plane<N> {
    if raw.is_deep {
        let table = conversion.curve.table(u16::MAX);
        light_of(raw.samples.as_chunks::<2>().0, raw, area, halve, &table)
    } else {
        light_of(&raw.samples, raw, area, halve, &conversion.curve.table(255))
    }
}

fn light_of<S: Sample, const N: usize>(
    samples: &[S],
    raw: &Raw,
    area: Area,
    halve: bool,
    table: &[u16],
) -> Plane<N> {
    const OPAQUE: u16 = u16::MAX;
    let at = |sample: S| table[sample.value()];
    let through = |light: u16, alpha: u16| {
        narrow((u32::from(light) * u32::from(alpha) + u32::from(OPAQUE) / 2) / u32::from(OPAQUE))
    };
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

fn gathered<S: Sample, const N: usize, const STORED: usize>(
    samples: &[S],
    stride: u32,
    area: Area,
    halve: bool,
    light: impl Fn([S; STORED]) -> [u16; 4],
) -> Plane<N> {
    let pixels = samples.as_chunks::<STORED>().0;
    let light = |stored: &[S; STORED]| pixel(light(*stored));
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
            let pairs = upper.iter().zip(lower);
            gathered.extend(pairs.map(|([a, b], [c, d])| mean([a, b, c, d].map(light))));
        } else {
            gathered.extend(row(y).iter().map(light));
        }
    }
    Plane { width, height, pixels: gathered }
}

fn narrow(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// Stands it upright.
fn turned<const N: usize>(plane: Plane<N>, orientation: Orientation) -> Plane<N> {
    if orientation == Orientation::UPRIGHT {
        return plane;
    }
    let stored = (plane.width, plane.height);
    let (width, height) = orientation.turned(stored);
    let pixel = |x: u32, y: u32| {
        let (x, y) = orientation.stored((x, y), stored);
        plane.pixels[y as usize * stored.0 as usize + x as usize]
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = pixels.map(|(x, y)| pixel(x, y)).collect();
    Plane { width, height, pixels }
}

/// Converts to sRGB and takes alpha out of the colours.
fn finished<const N: usize>(conversion: &Conversion, plane: &Plane<N>, layout: Layout) -> Pixels {
    let (width, height) = (plane.width, plane.height);
    let pixels = plane.pixels.iter().map(|pixel| channels(*pixel));
    let may_have_alpha = matches!(layout, Layout::GrayAlpha | Layout::Rgba);
    if !may_have_alpha {
        return Pixels { width, height, has_alpha: false, samples: conversion.finish(pixels) };
    }
    let alpha: Vec<u8> = pixels.clone().map(|[.., alpha]| eight(alpha)).collect();
    let rgb = conversion.finish(pixels.map(divided));
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
