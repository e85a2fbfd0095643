//! Crop, linear light, sRGB, upright: from a decoded picture to every requested size.

use super::colour::{Conversion, eight};
use super::crop::Area;
use super::decode::Need;
use super::decode_error::{DAMAGED, Decoded};
use super::pyramid::{Pyramid, Wanted, Window};
use super::raw::{Layout, Raw};
use super::resize_plan::ResizePlan;
use crate::load::picture::Orientation;

/// The version of everything between a file and its pixels: raised whenever decoding, resizing or
/// conversion gives other pixels. Everything made from pixels depends on it.
pub(super) const PIXELS: u32 = 4;

/// After halving, Lanczos still gets at least this many input pixels per output pixel in each
/// direction. With twice as many, results are 2 to 3 points of SSIMULACRA2 closer to the exact
/// ones, but no file benefits: the additional bytes would buy as many points by a higher quality.
const LEAST_RATIO: f64 = 1.9;

/// The longer edge of a placeholder, in pixels.
const THUMB: u32 = 16;

/// A picture in sRGB, ready for an encoder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Whether there is a fourth sample, the alpha. Opaque pictures have none.
    pub(super) has_alpha: bool,
    /// Three or four samples per pixel.
    pub(super) samples: Vec<u8>,
}

/// Every size of an order, upright.
#[derive(Debug)]
pub(super) struct Prepared {
    sizes: Vec<Pixels>,
    /// At most 16 pixels on each edge.
    pub(super) thumb: Pixels,
}

impl Prepared {
    /// The pixels at this size, which must be one of the order's.
    pub(super) fn size(&self, size: (u32, u32)) -> &Pixels {
        self.sizes
            .iter()
            .find(|pixels| (pixels.width, pixels.height) == size)
            .unwrap_or(&self.thumb)
    }
}

/// The maximum memory that decoding and preparing take, in bytes.
pub(super) fn cost(plan: &ResizePlan) -> u64 {
    let header = &plan.picture.header;
    // The plane at half the size: three 16-bit values for four pixels.
    let half = if need(plan).half { header.pixels() * 3 / 2 } else { 0 };
    // The rows that Lanczos keeps: up to 24 of four channels.
    let rows = u64::from(header.width.max(header.height)) * 16 * 24;
    header.pixels() * u64::from(header.pixel_cost) + half + rows
}

/// What must be decoded for these sizes.
pub(super) fn need(plan: &ResizePlan) -> Need {
    let area = (plan.area.width, plan.area.height);
    let (mut whole, mut half) = (false, halvings(area, thumb_size(plan.area)) > 0);
    for size in &*plan.sizes {
        match halvings(area, *size) {
            0 => whole = true,
            _ => half = true,
        }
    }
    Need { whole: whole || !half, half }
}

/// Makes every size. Each size depends only on the source and the crop, not on the other sizes.
pub(super) fn prepare(mut raw: Raw, plan: &ResizePlan) -> Decoded<Prepared> {
    let orientation = plan.picture.header.orientation;
    let conversion = Conversion::of(&raw, plan.picture.header.colour);
    let area = plan.area.stored(orientation, (raw.width, raw.height));
    let half = raw.half.take();
    let sizes = plan.sizes.iter().copied().chain([thumb_size(plan.area)]);
    let sizes: Vec<_> = sizes.map(|size| orientation.turned(size)).collect();
    let mut finished: Vec<_> =
        sizes.iter().map(|size| Finishing::new(*size, &conversion, raw.layout)).collect();
    let mut give = |index: usize, row: &[[u16; 4]]| finished[index].push(row);
    let wanted = sizes.iter().enumerate().map(|(index, size)| {
        let halvings = halvings((area.width, area.height), *size);
        Wanted { index, size: *size, halvings }
    });
    // Sizes made from the half, and sizes that need all samples.
    let has_samples = !raw.samples.is_empty();
    let (of_half, of_samples): (Vec<_>, Vec<_>) =
        wanted.partition(|it| half.is_some() && (it.halvings > 0 || !has_samples));
    let [left, top, width, height] = [area.x, area.y, area.width, area.height].map(f64::from);
    if !of_samples.is_empty() {
        let window = Window { left: 0.0, top: 0.0, width, height };
        let mut pyramid =
            Pyramid::new(raw.layout.of_light(), (area.width, area.height), window, &of_samples);
        light(&raw, area, &conversion, &mut |row| pyramid.take(row, &mut give));
    }
    if let Some(half) = half
        && !of_half.is_empty()
    {
        let window = Window { left, top, width, height }.halved();
        let (part, window) = window.part((raw.width / 2, raw.height / 2));
        let of_half: Vec<_> = of_half
            .into_iter()
            .map(|it| Wanted { halvings: it.halvings.saturating_sub(1), ..it })
            .collect();
        let size = (part.columns.len() as u32, part.rows.len() as u32);
        let mut pyramid = Pyramid::new(raw.layout.of_light(), size, window, &of_half);
        half.rows(&part, &mut |row| pyramid.take(row, &mut give))?;
    }
    let mut sizes: Vec<_> = finished.into_iter().map(|it| it.upright(orientation)).collect();
    let thumb = sizes.pop().ok_or(DAMAGED)?;
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

/// How often a picture can be halved before it gets too close to the size.
fn halvings(from: (u32, u32), to: (u32, u32)) -> u32 {
    let ratio = f64::min(f64::from(from.0) / f64::from(to.0), f64::from(from.1) / f64::from(to.1));
    (0..16).take_while(|times| ratio / f64::from(2_u32 << times) >= LEAST_RATIO).count() as u32
}

/// A sample as an index into a table of linear light.
trait Sample: Copy {
    /// Its value, and the same scaled to 65 535.
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

/// The crop in linear light, row by row, one channel after the other.
fn light(raw: &Raw, area: Area, conversion: &Conversion, take: &mut dyn FnMut(&[u16])) {
    if raw.is_deep {
        let table = conversion.curve.table(u16::MAX);
        light_of(raw.samples.as_chunks::<2>().0, raw, area, &table, take);
    } else {
        light_of(&raw.samples, raw, area, &conversion.curve.table(255), take);
    }
}

fn light_of<S: Sample>(
    samples: &[S],
    raw: &Raw,
    area: Area,
    table: &[u16],
    take: &mut dyn FnMut(&[u16]),
) {
    const OPAQUE: u16 = u16::MAX;
    let at = |sample: S| table[sample.value()];
    let through = |light: u16, alpha: u16| {
        narrow((u32::from(light) * u32::from(alpha) + u32::from(OPAQUE) / 2) / u32::from(OPAQUE))
    };
    let width = raw.width;
    match raw.layout {
        Layout::Gray => rows(samples, width, area, |[v]| [at(v); 3], take),
        Layout::GrayAlpha => rows(
            samples,
            width,
            area,
            |[v, a]| {
                let v = through(at(v), a.share());
                [v, v, v, a.share()]
            },
            take,
        ),
        Layout::Rgb => rows(samples, width, area, |rgb: [S; 3]| rgb.map(at), take),
        Layout::Rgba => rows(
            samples,
            width,
            area,
            |[r, g, b, a]| {
                let alpha = a.share();
                [through(at(r), alpha), through(at(g), alpha), through(at(b), alpha), alpha]
            },
            take,
        ),
        Layout::Cmyk => rows(samples, width, area, |inks: [S; 4]| inks.map(at), take),
    }
}

fn rows<S: Sample, const STORED: usize, const N: usize>(
    samples: &[S],
    stride: u32,
    area: Area,
    light: impl Fn([S; STORED]) -> [u16; N],
    take: &mut dyn FnMut(&[u16]),
) {
    let pixels = samples.as_chunks::<STORED>().0;
    let width = area.width as usize;
    let mut row = vec![0; N * width];
    for y in area.y..area.y + area.height {
        let start = y as usize * stride as usize + area.x as usize;
        let mut channels = row.chunks_exact_mut(width);
        let mut channels: [&mut [u16]; N] =
            std::array::from_fn(|_| channels.next().unwrap_or_default());
        for (x, stored) in pixels[start..start + width].iter().enumerate() {
            for (channel, light) in channels.iter_mut().zip(light(*stored)) {
                channel[x] = light;
            }
        }
        take(&row);
    }
}

fn narrow(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// One size, whose rows are converted to sRGB as they come.
struct Finishing<'a> {
    conversion: &'a Conversion,
    pixels: Pixels,
}

impl Finishing<'_> {
    fn new((width, height): (u32, u32), conversion: &Conversion, layout: Layout) -> Finishing<'_> {
        let has_alpha = matches!(layout, Layout::GrayAlpha | Layout::Rgba);
        let channels = if has_alpha { 4 } else { 3 };
        let samples = Vec::with_capacity(width as usize * height as usize * channels);
        Finishing { conversion, pixels: Pixels { width, height, has_alpha, samples } }
    }

    /// Converts to sRGB and undoes the premultiplication.
    fn push(&mut self, row: &[[u16; 4]]) {
        let samples = &mut self.pixels.samples;
        if !self.pixels.has_alpha {
            self.conversion.finish(row.iter().copied(), samples);
            return;
        }
        let mut rgb = Vec::with_capacity(3 * row.len());
        self.conversion.finish(row.iter().copied().map(divided), &mut rgb);
        for ([r, g, b], [.., alpha]) in rgb.as_chunks::<3>().0.iter().zip(row) {
            samples.extend([*r, *g, *b, eight(*alpha)]);
        }
    }

    /// The finished picture, upright. Alpha is removed if all pixels are opaque.
    fn upright(self, orientation: Orientation) -> Pixels {
        let mut pixels = self.pixels;
        let is_opaque = |rgba: &[u8]| rgba.as_chunks::<4>().0.iter().all(|[.., a]| *a == 255);
        if pixels.has_alpha && is_opaque(&pixels.samples) {
            let rgba = pixels.samples.as_chunks::<4>().0.iter();
            pixels.samples = rgba.flat_map(|[r, g, b, _]| [*r, *g, *b]).collect();
            pixels.has_alpha = false;
        }
        match pixels.has_alpha {
            true => turned::<4>(pixels, orientation),
            false => turned::<3>(pixels, orientation),
        }
    }
}

/// Rotates and mirrors it upright.
fn turned<const CHANNELS: usize>(pixels: Pixels, orientation: Orientation) -> Pixels {
    if orientation == Orientation::UPRIGHT {
        return pixels;
    }
    let stored = (pixels.width, pixels.height);
    let (width, height) = orientation.turned(stored);
    let source = pixels.samples.as_chunks::<CHANNELS>().0;
    let mut samples = Vec::with_capacity(pixels.samples.len());
    for y in 0..height {
        for x in 0..width {
            let (x, y) = orientation.stored((x, y), stored);
            samples.extend_from_slice(&source[y as usize * stored.0 as usize + x as usize]);
        }
    }
    Pixels { width, height, has_alpha: pixels.has_alpha, samples }
}

fn divided([r, g, b, alpha]: [u16; 4]) -> [u16; 4] {
    let whole = u32::from(alpha);
    let divided = |light: u16| match whole {
        0 => 0,
        _ => narrow((u32::from(light) * 65_535 + whole / 2) / whole),
    };
    [divided(r), divided(g), divided(b), alpha]
}
