//! Finds the focus point of a picture, for crops without one.
//!
//! A crop has the full length of one edge, so it can only slide along the other. The search is for
//! detail: outlines and texture, weighted twice for skin, as in libvips' `attention` and
//! smartcrop.js; a sky, a wall or a blurred background has none. If the crop slides sideways, its
//! centre is moved most of the way to the centroid of the detail. If it slides vertically, it
//! starts slightly above the detail and the skin: heads are at the top, the rest of a body would
//! pull it down, and a chequered shirt has more detail than a face. Both are sums, so small
//! differences between two decoders do not make it jump.
//!
//! Saturation, rare colours and difference from the picture's edges were tried and did not help.

use super::crop::{self, Area};
use super::resize::Pixels;
use super::spec::Crop;

/// The distance of the pixels compared: direct neighbours differ by noise and grain.
const REACH: usize = 2;

/// Detail below this is ignored: noise of ±2, soft shadows, blurred backgrounds.
const FAINT: i32 = 24;

/// Detail is capped at this, so that a few hard outlines do not outweigh a face.
const MOST: i32 = 160;

/// Less detail than one per this many pixels is ignored.
const LEAST_DETAIL: u64 = 4;

/// How far to move towards the centroid of the detail, in percent: pictures are composed around
/// their centre.
const WAY: i64 = 80;

/// The subject excludes one part in this many of the detail above it, and as much below it.
const STRAY: u64 = 20;

/// Skin on less than one part in this many of a picture is not a face.
const LEAST_SKIN: u64 = 50;

/// Minimum space above the head, in percent of the shown part.
const HEAD_ROOM: i64 = 23;

/// Results are multiples of this, in thousandths, so that they are the same on all processors.
const STEP: i64 = 20;

/// Smaller shifts, in thousandths of the picture, are ignored.
const LEAST_MOVE: i64 = 40;

/// The focus point, in thousandths of width and height; `None` if the square should be where
/// `crop::area` puts it by default.
///
/// `small` is a copy of the whole picture, upright, with about 256 pixels on its longer edge;
/// transparent pixels are ignored. At most 1,024 pixels per edge.
pub(super) fn find(small: &Pixels) -> Option<(u16, u16)> {
    let usual = crop::area(Crop::Square { focus: None }, (small.width, small.height));
    let seen = Seen::of(small);
    if usual.width < small.width {
        middle(&seen.detail_of_columns()).map(|x| (x, 500))
    } else if usual.height < small.height {
        below_head_room(&seen.of_rows(&seen.detail), &seen.of_rows(&seen.skin), usual)
            .map(|y| (500, y))
    } else {
        None
    }
}

/// A point most of the way from the centre to the centroid of the details; `None` if it is about
/// the same.
fn middle(details: &[u64]) -> Option<u16> {
    let length = signed(details.len());
    let sum = signed(details.iter().sum::<u64>());
    // Twice the distance from the centre, so that the result for a mirrored picture is the mirrored
    // one.
    let moment: i64 =
        (0..).zip(details).map(|(at, detail)| (2 * at + 1 - length) * signed(*detail)).sum();
    let steps = (moment.abs() * 10 * WAY / STEP + length * sum).checked_div(2 * length * sum)?;
    let moved = steps * STEP;
    let point = 500 + moved * moment.signum();
    if moved < LEAST_MOVE { None } else { u16::try_from(point).ok() }
}

/// The centre of a part that starts slightly above details and skin; `None` if it is about the
/// usual one.
fn below_head_room(details: &[u64], skin: &[u64], usual: Area) -> Option<u16> {
    let (usual, shown) = (i64::from(usual.y), i64::from(usual.height));
    let length = signed(details.len());
    let above = stray(details.iter())?;
    let above = stray(skin.iter()).map_or(above, |skin| skin.min(above));
    let details = length - above - stray(details.iter().rev())?;
    // Details smaller than the part are centred in it.
    let room = (shown * HEAD_ROOM / 100).max((shown - details) / 2);
    let begin = (above - room).clamp(0, length - shown);
    if (begin - usual).abs() * 1000 < length * LEAST_MOVE {
        return None;
    }
    // Rounded down: a little more space above is better than a little less.
    let steps = (2 * begin + shown) * 1000 / (2 * length * STEP);
    u16::try_from(steps * STEP).ok()
}

/// The number of rows before more than a small share of the details.
fn stray<'a>(details: impl Iterator<Item = &'a u64> + Clone) -> Option<i64> {
    let share = details.clone().sum::<u64>() / STRAY;
    if share == 0 {
        return None;
    }
    let sums = details.scan(0, |sum, detail| {
        *sum += detail;
        Some(*sum)
    });
    Some(signed(sums.take_while(|sum| *sum < share).count()))
}

fn signed(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

/// An opaque pixel, as perceived.
#[derive(Clone, Copy)]
struct Spot {
    /// 0 to 255, as stored and not linear, which is closer to perception.
    luma: i32,
    is_skin: bool,
}

impl Spot {
    /// `None` for a pixel that is less than half opaque.
    fn of(pixel: &[u8]) -> Option<Spot> {
        let [r, g, b, rest @ ..] = pixel else { return None };
        if rest.first().is_some_and(|alpha| *alpha < 128) {
            return None;
        }
        let [r, g, b] = [r, g, b].map(|sample| i32::from(*sample));
        let luma = (54 * r + 183 * g + 19 * b) / 256;
        // The chrominance of skin varies little between the lightest and the darkest (Chai and
        // Ngan, "Face segmentation using skin-color map in videophone applications", 1999). The
        // ranges are theirs, shifted slightly towards red, where fewer walls are.
        let (blue, red) = (-43 * r - 85 * g + 128 * b, 128 * r - 107 * g - 21 * b);
        let is_skin =
            luma > 35 && (-51 * 256 < blue && blue < -5 * 256) && (8 * 256 < red && red < 47 * 256);
        Some(Spot { luma, is_skin })
    }
}

/// The detail and skin of every pixel.
struct Seen {
    width: usize,
    detail: Vec<u32>,
    skin: Vec<u32>,
}

impl Seen {
    fn of(small: &Pixels) -> Seen {
        let channels = if small.has_alpha { 4 } else { 3 };
        let spots: Vec<_> = small.samples.chunks_exact(channels).map(Spot::of).collect();
        let width = (small.width as usize).max(1);
        let detail = (0..spots.len()).map(|at| detail(&spots, width, at)).collect();
        let is_skin = |spot: &Option<Spot>| u32::from(spot.is_some_and(|spot| spot.is_skin));
        let skin = spots.iter().map(is_skin).collect();
        Seen { width, detail: enough(detail, LEAST_DETAIL), skin: enough(skin, LEAST_SKIN) }
    }

    /// Sums per row, from the top; pixels near the sides have less weight.
    fn of_rows(&self, seen: &[u32]) -> Vec<u64> {
        let nearness: Vec<u64> = (0..self.width).map(|x| nearness(x, self.width)).collect();
        let row = |row: &[u32]| row.iter().zip(&nearness).map(|(of, by)| u64::from(*of) * by).sum();
        seen.chunks_exact(self.width).map(row).collect()
    }

    /// Sums per column, from the left; pixels near the top and the bottom have less weight.
    fn detail_of_columns(&self) -> Vec<u64> {
        let mut sums = vec![0; self.width];
        let height = self.detail.len() / self.width;
        for (y, row) in self.detail.chunks_exact(self.width).enumerate() {
            let nearness = nearness(y, height);
            for (sum, detail) in sums.iter_mut().zip(row) {
                *sum += nearness * u64::from(*detail);
            }
        }
        sums
    }
}

/// All zeros if there is less than one per this many pixels.
fn enough(seen: Vec<u32>, pixels: u64) -> Vec<u32> {
    let sum: u64 = seen.iter().map(|of| u64::from(*of)).sum();
    if sum * pixels < seen.len() as u64 { vec![0; seen.len()] } else { seen }
}

/// The weight of a position: from 10 times the length at the middle of an edge down to once the
/// length at its ends.
fn nearness(at: usize, length: usize) -> u64 {
    10 * length as u64 - 9 * (2 * at + 1).abs_diff(length) as u64
}

/// How much a pixel differs from those around it, doubled for skin. Next to a transparent pixel,
/// the difference is the maximum.
fn detail(spots: &[Option<Spot>], width: usize, at: usize) -> u32 {
    let Some(Some(spot)) = spots.get(at) else { return 0 };
    let (x, row) = (at % width, at - at % width);
    let (left, right) = (row + x.saturating_sub(REACH), row + (x + REACH).min(width - 1));
    let (above, below) = (at.checked_sub(REACH * width), at + REACH * width);
    // Past the end, the pixel itself is used, so that there is no difference.
    let below = if below < spots.len() { below } else { at };
    let around = [left, right, above.unwrap_or(at), below];
    let difference: Option<i32> = around
        .iter()
        .map(|near| spots.get(*near).copied().flatten().map(|near| spot.luma - near.luma))
        .sum();
    let detail = difference.map_or(MOST, |sum| (sum.abs() - FAINT).clamp(0, MOST));
    detail.unsigned_abs() * if spot.is_skin { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WALL: [u8; 3] = [120, 125, 130];
    const SKIN: [u8; 3] = [205, 150, 125];

    /// A picture with a function for the pixel at each position.
    fn drawn((width, height): (u32, u32), pixel: impl Fn(u32, u32) -> [u8; 3]) -> Pixels {
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let samples = pixels.flat_map(|(x, y)| pixel(x, y)).collect();
        Pixels { width, height, has_alpha: false, samples }
    }

    /// A disc of this colour, with two dots in it, on a wall.
    fn disc(size: (u32, u32), middle: (i32, i32), radius: i32, colour: [u8; 3]) -> Pixels {
        let near = |x: u32, y: u32, (to_x, to_y): (i32, i32), radius: i32| {
            let (x, y) = (x.cast_signed() - to_x, y.cast_signed() - to_y);
            x * x + y * y < radius * radius
        };
        drawn(size, |x, y| {
            let eyes = [-radius / 3, radius / 3].map(|off| (middle.0 + off, middle.1));
            if eyes.iter().any(|eye| near(x, y, *eye, radius / 6)) {
                [40, 30, 20]
            } else if near(x, y, middle, radius) {
                colour
            } else {
                WALL
            }
        })
    }

    fn mirrored(picture: &Pixels) -> Pixels {
        let rows = picture.samples.chunks_exact(picture.width as usize * 3);
        let samples = rows.flat_map(|row| row.chunks_exact(3).rev().flatten().copied()).collect();
        Pixels { samples, ..picture.clone() }
    }

    /// Adds noise of one step up or down.
    fn noisy(picture: &Pixels) -> Pixels {
        let noise = |(at, sample): (usize, &u8)| {
            let bits = (at as u32).wrapping_mul(2_654_435_761) >> 30;
            match bits {
                0 => sample.saturating_sub(1),
                1 => sample.saturating_add(1),
                _ => *sample,
            }
        };
        Pixels {
            samples: picture.samples.iter().enumerate().map(noise).collect(),
            ..picture.clone()
        }
    }

    /// The shown square, as its start and end on the longer edge, in pixels.
    fn shown(picture: &Pixels) -> (u32, u32) {
        let focus = find(picture);
        let size = (picture.width, picture.height);
        let area = crop::area(Crop::Square { focus }, size);
        if size.0 > size.1 { (area.x, area.x + area.width) } else { (area.y, area.y + area.height) }
    }

    #[test]
    fn a_wide_picture_is_cut_around_what_is_off_its_middle() {
        for colour in [SKIN, [230, 20, 20], [20, 30, 160]] {
            let right = disc((256, 144), (210, 72), 30, colour);
            assert_eq!(find(&right), Some((760, 500)), "four fifths of the way to 820");
            let (begin, end) = shown(&right);
            assert!(begin <= 180 && 240 <= end, "{begin}..{end} cuts the disc");
        }
    }

    #[test]
    fn skin_draws_more_than_what_differs_as_much() {
        let blue_of_equal_luma = [145, 155, 240];
        let both = |left: [u8; 3], right: [u8; 3]| {
            let (left, right) =
                (disc((256, 128), (60, 64), 24, left), disc((256, 128), (196, 64), 24, right));
            drawn((256, 128), |x, y| {
                let from = if x < 128 { &left } else { &right };
                let at = (y as usize * 256 + x as usize) * 3;
                [from.samples[at], from.samples[at + 1], from.samples[at + 2]]
            })
        };
        assert_eq!(find(&both(SKIN, SKIN)), None);
        let left = find(&both(SKIN, blue_of_equal_luma)).unwrap();
        assert!(left.0 < 500, "{left:?}");
    }

    #[test]
    fn a_tall_picture_begins_a_little_above_what_is_in_it() {
        // Halfway down, where the default crop from 0 to 170 would cut it.
        let low = disc((170, 256), (85, 170), 50, SKIN);
        let (begin, end) = shown(&low);
        assert!(begin < 120 && 220 <= end, "{begin}..{end} cuts the disc");
        // The body does not pull the crop down from the head.
        let person = drawn((170, 256), |x, y| match (x, y) {
            (60..110, 20..80) => SKIN,
            (20..150, 80..) if (x / 8 + y / 8).is_multiple_of(2) => [30, 40, 140],
            (20..150, 80..) => [230, 230, 240],
            _ => WALL,
        });
        assert_eq!(find(&person), None, "the present rule shows the top");
        assert_eq!(shown(&person), (0, 170));
    }

    #[test]
    fn what_is_flat_even_or_faint_says_nothing() {
        let sizes = [(256, 170), (170, 256)];
        for size in sizes {
            let flat = drawn(size, |_, _| WALL);
            let board =
                drawn(size, |x, y| [if (x / 10 + y / 10).is_multiple_of(2) { 0 } else { 255 }; 3]);
            let shaded = drawn(size, |x, y| [(x / 2 + y / 4) as u8; 3]);
            for picture in [&flat, &board, &shaded, &noisy(&flat)] {
                assert_eq!(find(picture), None);
            }
        }
        let logo = disc((256, 170), (128, 85), 60, [200, 0, 0]);
        assert_eq!(find(&logo), None, "symmetrical");
    }

    #[test]
    fn what_cannot_be_seen_counts_for_nothing_and_its_outline_for_much() {
        let board = |x: u32, y: u32| if (x / 4 + y / 4).is_multiple_of(2) { 0 } else { 255 };
        let hidden = drawn((256, 128), |x, y| [board(x, y); 3]);
        let with_alpha = |picture: &Pixels, alpha: &dyn Fn(u32) -> u8| {
            let pixels = picture.samples.chunks_exact(3).zip(0_u32..);
            let samples = pixels
                .flat_map(|(pixel, at)| [pixel[0], pixel[1], pixel[2], alpha(at % 256)])
                .collect();
            Pixels { has_alpha: true, samples, ..*picture }
        };
        assert_eq!(find(&with_alpha(&hidden, &|_| 0)), None);
        let seen_left = with_alpha(&hidden, &|x| if x < 60 { 255 } else { 100 });
        let (x, _) = find(&seen_left).unwrap();
        assert!(x < 250, "{x}");
        let black = Pixels { samples: vec![0; 256 * 128 * 3], ..hidden };
        let cut_out = with_alpha(&black, &|x| if (200..240).contains(&x) { 255 } else { 0 });
        assert!(find(&cut_out).unwrap().0 > 700);
    }

    #[test]
    fn a_square_is_left_alone() {
        assert_eq!(find(&disc((200, 200), (150, 150), 30, SKIN)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_mirrored_picture_has_the_mirrored_answer(x in 20..236, y in 20..108, radius in 12..40) {
            let picture = disc((256, 128), (x, y), radius, SKIN);
            let (there, back) = (find(&picture), find(&mirrored(&picture)));
            prop_assert_eq!(there.map(|(x, y)| (1000 - x, y)), back);
        }

        #[test]
        fn noise_moves_nothing_by_more_than_a_step(x in 20..130, y in 20..130, is_wide: bool) {
            let size = if is_wide { (256, 150) } else { (150, 256) };
            let picture = disc(size, (x, y), 30, SKIN);
            let (calm, rough) = (shown(&picture), shown(&noisy(&picture)));
            // The step between no shift and the smallest one is twice as large.
            prop_assert!(calm.0.abs_diff(rough.0) <= 256 * 2 * 20 / 1000 + 1, "{calm:?} {rough:?}");
        }

        #[test]
        fn any_pixels_have_an_answer_inside_the_picture(
            size in (1_u32..40, 1_u32..40),
            has_alpha: bool,
            seed: u64,
        ) {
            let channels = if has_alpha { 4 } else { 3 };
            let count = size.0 as usize * size.1 as usize * channels;
            let samples = (0..count as u64).map(|at| (seed.wrapping_mul(at | 1) >> 56) as u8);
            let picture =
                Pixels { width: size.0, height: size.1, has_alpha, samples: samples.collect() };
            if let Some((x, y)) = find(&picture) {
                prop_assert!(x <= 1000 && y <= 1000 && (x == 500 || y == 500));
                prop_assert!(i64::from(x) % STEP == 0 && i64::from(y) % STEP == 0);
            }
        }
    }
}
