//! Tests that our decoder gives the same result as zune-jpeg, for every kind of JPEG and of damage.
//!
//! Except for restarts: if a row of units ends shortly before one, zune-jpeg 0.5.16-rc3 loses the
//! data in between. So files with restarts are compared with the same pictures without.

use super::super::decode_error::CUT;
use super::super::pyramid::Part;
use super::bands::{bands, decode_scalar};
use super::halving::Halves;
use super::units::Plane;
use super::*;
use crate::load::picture::{Limits, inspect};
use crate::path::SitePath;
use archmage::ScalarToken;
use mozjpeg_rs::{Encoder, Preset, Subsampling};
use proptest::prelude::*;

type Rows = Vec<Vec<u16>>;

/// Maximum difference between colours computed in a different order.
const ROUNDING: u8 = 2;

fn header(file: &[u8]) -> Option<Header> {
    inspect(&SitePath::new("a.jpg").unwrap(), file, &Limits::new(u32::MAX)).ok()
}

fn halved<'a>(file: &'a [u8], header: &Header) -> Option<Halving<'a>> {
    halving(file, header).ok().flatten()
}

/// The rows from a source of bands.
fn rows(
    halving: &Halving,
    part: &Part,
    decode: impl FnOnce(&mut dyn FnMut(&[Plane; 3])) -> Option<()>,
) -> Option<Rows> {
    let mut rows = Rows::new();
    let mut halves = Halves::new(part, halving.size.1, halving.factors);
    decode(&mut |planes| {
        let planes = planes.each_ref().map(|it| (&it.samples[..], it.stride));
        halves.take(planes, &mut |row| rows.push(row.to_vec()));
    })?;
    Some(rows)
}

/// The rows from zune-jpeg.
fn reference(halving: Halving, part: &Part) -> Decoded<Rows> {
    let mut rows = Rows::new();
    let height = halving.size.1;
    let mut halves = Halves::new(part, height, halving.factors);
    halving.anew(&mut halves, &mut |row| rows.push(row.to_vec()))?;
    if halves.seen == height { Ok(rows) } else { Err(CUT) }
}

fn ours_or_reference(halving: Halving, part: &Part) -> Decoded<Rows> {
    let mut rows = Rows::new();
    halving.rows(part, &mut |row| rows.push(row.to_vec()))?;
    Ok(rows)
}

fn whole(halving: &Halving) -> Part {
    Part { columns: 0..halving.size.0, rows: 0..halving.size.1 }
}

#[derive(Clone)]
struct Made {
    size: (u32, u32),
    how: String,
    file: Vec<u8>,
    without_restarts: Vec<u8>,
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:?}, {}", self.size, self.how)
    }
}

/// Pictures of every kind, with flat and with noisy areas.
fn made() -> impl Strategy<Value = Made> {
    let sampling = prop::sample::select(vec![
        Subsampling::S420,
        Subsampling::S422,
        Subsampling::S440,
        Subsampling::S444,
    ]);
    let preset = prop::sample::select(vec![
        Preset::BaselineFastest,
        Preset::BaselineBalanced,
        Preset::ProgressiveBalanced,
        Preset::ProgressiveSmallest,
    ]);
    let restarts = prop::sample::select(vec![0, 0, 1, 3, 8]);
    let quality = prop::sample::select(vec![1, 30, 75, 90, 100]);
    ((2..100_u32, 2..100_u32), sampling, preset, restarts, quality, any::<u32>()).prop_map(
        |((width, height), sampling, preset, restarts, quality, seed)| {
            // With other presets, this encoder announces restarts that are missing or in other
            // places.
            let restarts = if matches!(preset, Preset::BaselineFastest) { restarts } else { 0 };
            let mut state = seed | 1;
            let mut noise = |loud: u32| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) % loud
            };
            let mut samples = Vec::new();
            for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
                let loud = if (x / 24 + y / 24) % 2 == 0 { 1 } else { 200 };
                samples.extend([x, y, x + y].map(|it| (it + noise(loud)) as u8));
            }
            let encoded = |restarts| {
                let encoder = Encoder::new(preset)
                    .quality(quality)
                    .subsampling(sampling)
                    .restart_interval(restarts)
                    .optimize_scans(matches!(preset, Preset::ProgressiveSmallest));
                encoder.encode_rgb(&samples, width, height).unwrap()
            };
            let how = format!("{sampling:?} {preset:?} {restarts} {quality} {seed}");
            let (file, without_restarts) = (encoded(restarts), encoded(0));
            Made { size: (width, height), how, file, without_restarts }
        },
    )
}

/// A random part of half the size, or all of it.
fn part((width, height): (u32, u32)) -> impl Strategy<Value = Part> {
    let range = |whole: u32| (0..=whole, 0..=whole).prop_map(|(a, b)| a.min(b)..a.max(b)).boxed();
    let (width, height) = (width / 2, height / 2);
    prop_oneof![
        Just(Part { columns: 0..width, rows: 0..height }),
        (range(width), range(height)).prop_map(|(columns, rows)| Part { columns, rows }),
    ]
}

proptest! {
    #[test]
    fn every_kind_is_decoded_to_the_same_rows(
        (made, part) in made().prop_flat_map(|made| (Just(made.clone()), part(made.size))),
    ) {
        let file = &made.file[..];
        let header = header(file).unwrap();
        let halving = halved(file, &header).unwrap();
        let ours = rows(&halving, &part, |take| bands(file, &part, take));
        let plain = rows(&halving, &part, |take| decode_scalar(ScalarToken, file, &part, take));
        let same = &made.without_restarts[..];
        let reference = reference(halved(same, &header).unwrap(), &part).unwrap();
        prop_assert!(ours.is_some(), "left to the other");
        prop_assert!(ours.as_ref() == Some(&reference), "other rows");
        prop_assert!(plain == ours);
    }

    #[test]
    fn pixels_with_restarts_are_those_without(made in made()) {
        let [ours, without] = [&made.file, &made.without_restarts].map(|file| {
            samples(file, &header(file).unwrap()).unwrap().samples
        });
        prop_assert_eq!(ours.len(), without.len());
        // At the last row and column, the other decoder includes what the encoder padded beyond
        // them.
        let row = 3 * made.size.0 as usize;
        let within = |samples: &[u8]| -> Vec<u8> {
            let rows = samples[..samples.len() - row].chunks_exact(row);
            rows.flat_map(|row| row[..row.len() - 3].to_vec()).collect()
        };
        let (ours, without) = (within(&ours), within(&without));
        let most = ours.iter().zip(&without).map(|(a, b)| a.abs_diff(*b)).max();
        prop_assert!(most <= Some(ROUNDING), "{:?}", most);
    }

    #[test]
    fn what_is_damaged_is_what_it_was_before(
        made in made(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut file = made.without_restarts;
        for (at, value) in damage {
            let at = at.index(file.len());
            file[at] ^= value;
        }
        if let Some(end) = end {
            file.truncate(end.index(file.len()));
        }
        let Some(header) = header(&file) else { return Ok(()) };
        // Broken headers may announce pictures that take too long.
        prop_assume!(header.pixels() < 1 << 20);
        let both = [(); 2].map(|()| halved(&file, &header));
        let [Some(ours), Some(reference_of)] = both else { return Ok(()) };
        let part = whole(&ours);
        let (ours, reference) = (ours_or_reference(ours, &part), reference(reference_of, &part));
        prop_assert!(ours == reference, "{:?}, not {:?}", ours.as_ref().err(), reference.as_ref().err());
    }
}

#[test]
fn every_cut_of_a_picture_is_what_it_was_before() {
    let samples: Vec<u8> = (0..48 * 40 * 3).map(|at| (at * at / 100) as u8).collect();
    for preset in [Preset::BaselineFastest, Preset::ProgressiveBalanced] {
        let encoder = Encoder::new(preset).subsampling(Subsampling::S420);
        let file = encoder.encode_rgb(&samples, 48, 40).unwrap();
        for end in 0..file.len() {
            let cut = &file[..end];
            let Some(header) = header(cut) else { continue };
            let both = [(); 2].map(|()| halved(cut, &header));
            let [Some(ours), Some(zunes)] = both else { continue };
            let part = whole(&ours);
            assert_eq!(ours_or_reference(ours, &part), reference(zunes, &part), "{end}");
        }
    }
}

/// The other decoder gets these wrong: the data after a restart is within the few bytes that it
/// reads ahead.
#[test]
fn flat_pictures_with_restarts_have_all_their_rows() {
    for (across, interval) in (1..=12).flat_map(|across| (1..=30).map(move |it| (across, it))) {
        let (width, height) = (8 * across, 64);
        let samples: Vec<u8> =
            (0..width * height * 3).map(|at| (at * at / 977 % 3) as u8).collect();
        let decoded = |restarts: u16, is_gray: bool| {
            let encoder = Encoder::new(Preset::BaselineFastest).restart_interval(restarts);
            let encoder = encoder.subsampling(Subsampling::S444);
            let file = match is_gray {
                true => encoder.encode_gray(&samples[..samples.len() / 3], width, height).unwrap(),
                false => encoder.encode_rgb(&samples, width, height).unwrap(),
            };
            super::samples(&file, &header(&file).unwrap()).unwrap().samples
        };
        for is_gray in [true, false] {
            assert!(
                decoded(interval, is_gray) == decoded(0, is_gray),
                "{across} {interval} {is_gray}"
            );
        }
    }
}

#[test]
fn restarts_of_progressive_scans_are_found() {
    let file = include_bytes!("../../../../tests/fixtures/pictures/restarts.jpg");
    let header = header(file).unwrap();
    let halving = halved(file, &header).unwrap();
    let part = whole(&halving);
    let ours = rows(&halving, &part, |take| bands(file, &part, take));
    assert!(ours.is_some() && ours == reference(halving, &part).ok());
    let mut other = *file;
    let restart = other.windows(2).position(|at| at == [0xff, 0xd1]).unwrap();
    other[restart + 1] = 0xd2;
    assert_eq!(bands(&other, &part, &mut |_| {}), None);
}
