//! Pictures from file to variant: pixels against what other programs make of them, crops, sizes,
//! privacy, and the same bytes however they are made. Pictures and licences: `fixtures/pictures`.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

use image::{ImageFormat, RgbImage, RgbaImage};
use questfolio::digest::Digest;
use questfolio::load::Format;
use questfolio::load::picture::{Limits, inspect};
use questfolio::path::SitePath;
use questfolio::render::image::{
    Ask, Crop, Picture, Placeholder, Preview, Variant, Workshop, variants,
};
use questfolio::source::snapshot::File;
use rayon::prelude::*;
use std::path::Path;
use zune_jpeg::zune_core::bytestream::ZCursor;

const EVERY_FORMAT: [Format; 4] = [Format::Avif, Format::Webp, Format::Jpeg, Format::Png];

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures").join(name);
    std::fs::read(&path).unwrap_or_else(|err| panic!("{}: {err}", path.display()))
}

fn picture(name: &str, bytes: &[u8]) -> (Picture, File) {
    let file = SitePath::new(format!("content/{name}")).unwrap();
    let header = inspect(&file, bytes, &Limits::new(100)).unwrap();
    (Picture { file, digest: Digest::of_bytes(bytes), header }, File::held(bytes))
}

fn ask(crop: Crop, widths: &[u32], formats: &[Format]) -> Ask {
    Ask { crop, widths: widths.to_vec(), formats: formats.to_vec(), quality: 80 }
}

/// The single PNG variant of this width, decoded.
fn pixels_of(name: &str, bytes: &[u8], crop: Crop, width: u32) -> RgbaImage {
    let (picture, file) = picture(name, bytes);
    let variants = variants(&picture, &ask(crop, &[width], &[Format::Png]));
    let [variant] = &variants[..] else { panic!("{name}: {} variants", variants.len()) };
    let png = variant.make(&file, &Workshop::default()).unwrap();
    let decoded = image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap().to_rgba8();
    assert_eq!(decoded.dimensions(), (variant.width, variant.height), "{name}");
    decoded
}

fn whole(name: &str, width: u32) -> RgbaImage {
    pixels_of(name, &fixture(name), Crop::Whole, width)
}

fn rgb(image: &RgbaImage) -> RgbImage {
    image::DynamicImage::from(image.clone()).to_rgb8()
}

fn reference(name: &str) -> RgbImage {
    image::load_from_memory(&fixture(name)).unwrap().to_rgb8()
}

/// The mean and the greatest difference of two pictures' samples.
fn difference(a: &RgbImage, b: &RgbImage) -> (f64, u8) {
    assert_eq!(a.dimensions(), b.dimensions());
    let differences = || a.iter().zip(b.iter()).map(|(a, b)| a.abs_diff(*b));
    let sum: u64 = differences().map(u64::from).sum();
    (sum as f64 / a.len() as f64, differences().max().unwrap_or(0))
}

fn assert_near(what: &str, a: &RgbImage, b: &RgbImage, mean: f64, most: u8) {
    let (is_mean, is_most) = difference(a, b);
    assert!(
        is_mean <= mean && is_most <= most,
        "{what}: {is_mean:.2} in the mean, {is_most} at most"
    );
}

#[test]
fn the_eight_orientations_of_one_picture_come_out_alike() {
    let upright = whole("exif_1.png", 48);
    assert_eq!(upright.dimensions(), (48, 64));
    let focus = Some((500, 900));
    let cropped = pixels_of("exif_1.png", &fixture("exif_1.png"), Crop::Square { focus }, 40);
    for number in 2..=8 {
        let name = format!("exif_{number}.png");
        assert_eq!(whole(&name, 48), upright, "{name}");
        let other = pixels_of(&name, &fixture(&name), Crop::Square { focus }, 40);
        assert_near(&name, &rgb(&other), &rgb(&cropped), 0.2, 24);
    }
}

#[test]
fn colours_of_other_spaces_look_as_little_cms_makes_them() {
    let dog = reference("reference.png");
    // What the JPEG itself lost is 2.04; unconverted it would be 2.92.
    assert_near("p3 as JPEG", &rgb(&whole("p3.jpg", 192)), &dog, 2.1, 32);
    let small = rgb(&whole("exif_1.png", 48));
    assert_near("p3", &rgb(&whole("p3.png", 48)), &small, 0.7, 4);
    assert_near("adobe", &rgb(&whole("adobe.png", 48)), &small, 0.7, 4);
    let expected = reference("cmyk_expected.png");
    assert_near("cmyk", &rgb(&whole("cmyk.jpg", 192)), &expected, 0.6, 5);
    // Without its profile the common one is meant, which it was.
    let mut plain = fixture("cmyk.jpg");
    let at = plain.windows(11).position(|it| it == b"ICC_PROFILE").unwrap();
    plain[at] = b'X';
    let plain = pixels_of("plain.jpg", &plain, Crop::Whole, 192);
    assert_near("cmyk without a profile", &rgb(&plain), &expected, 0.6, 5);
}

#[test]
fn light_is_averaged_and_not_samples() {
    let dog = fixture("reference.png");
    let quarter = pixels_of("reference.png", &dog, Crop::Square { focus: None }, 48);
    // Halved before Lanczos, which differs a little where black meets white.
    assert_near("a quarter", &rgb(&quarter), &reference("square_48.png"), 1.2, 36);
    let eighths = rgb(&whole("reference.png", 120));
    assert_near("five eighths", &eighths, &reference("whole_120.png"), 0.1, 30);
    let checks = rgb(&whole("png_checker_512.png", 96));
    assert!(checks.iter().all(|sample| (187..=189).contains(sample)), "half of the light is 188");
}

#[test]
fn nothing_shines_out_from_behind_what_is_transparent() {
    let disc = whole("png_alpha_halo.png", 20);
    for pixel in disc.pixels() {
        let [r, _, b, a] = pixel.0;
        assert!(a == 0 || r < b, "{pixel:?}");
    }
    assert!(disc.pixels().any(|it| it.0[3] == 0) && disc.pixels().any(|it| it.0[3] == 255));
    let (png, webp) = (whole("alpha.png", 30), whole("alpha.webp", 30));
    assert_eq!(png, webp);
    assert!(png.get_pixel(10, 2).0[3] < 30 && png.get_pixel(10, 38).0[3] > 225);
}

#[test]
fn every_kind_of_sample_is_read() {
    let small = rgb(&whole("exif_1.png", 48));
    assert_near("palette", &rgb(&whole("palette.png", 48)), &small, 8.0, 90);
    assert_near("progressive", &rgb(&whole("progressive.jpg", 48)), &small, 3.0, 40);
    assert_eq!(rgb(&whole("animated.webp", 48)), small, "the first frame");
    assert_near("animated GIF", &rgb(&whole("animated.gif", 48)), &small, 8.0, 90);
    assert!(
        whole("bits.png", 48).pixels().all(|it| it.0[0] == it.0[2] && matches!(it.0[0], 0 | 255))
    );
    let gray = image::DynamicImage::from(reference("reference.png")).to_luma8();
    let gray = image::DynamicImage::from(gray).to_rgb8();
    assert_near("gray", &rgb(&whole("gray.jpg", 192)), &gray, 4.0, 40);
    let deep = whole("png_16bit_rgb.png", 32);
    for (x, y, pixel) in deep.enumerate_pixels() {
        let eight = |sample: u32| ((sample + 128) / 257) as u8;
        let expected = [eight(x * 2114), eight(y * 2114), eight(65_535 - x * 2114), 255];
        assert!(pixel.0.iter().zip(expected).all(|(is, expected)| is.abs_diff(expected) <= 1));
    }
    // PngSuite's own names: interlaced, colour with alpha, 8 bits; its samples are linear light.
    let interlaced = whole("pngsuite_basi6a08.png", 32);
    assert_eq!(interlaced.get_pixel(0, 0).0[3], 0);
    assert_eq!(interlaced.get_pixel(31, 0).0[3], 255);
}

#[test]
fn the_square_is_cut_where_the_focus_says() {
    // Each pixel tells its own place.
    let mut map = RgbImage::new(200, 100);
    for (x, y, pixel) in map.enumerate_pixels_mut() {
        pixel.0 = [x as u8, y as u8, 0];
    }
    let mut png = Vec::new();
    map.write_to(&mut std::io::Cursor::new(&mut png), ImageFormat::Png).unwrap();
    let first = |focus| {
        let square = pixels_of("map.png", &png, Crop::Square { focus }, 100);
        (square.get_pixel(0, 0).0[0], square.get_pixel(0, 0).0[1])
    };
    assert_eq!(first(None), (50, 0));
    assert_eq!(first(Some((0, 0))), (0, 0));
    assert_eq!(first(Some((600, 500))), (70, 0));
    assert_eq!(first(Some((1000, 0))), (100, 0));
}

#[test]
fn sizes_and_names_are_known_before_anything_is_decoded() {
    let (picture, file) = picture("Ada L. (2026).png", &fixture("reference.png"));
    let asked = ask(Crop::Square { focus: None }, &[96, 192, 384], &EVERY_FORMAT);
    let made = variants(&picture, &asked);
    let sizes: Vec<(Format, u32)> = made.iter().map(|it| (it.format, it.width)).collect();
    let expected = EVERY_FORMAT.iter().flat_map(|format| [(*format, 96), (*format, 192)]);
    assert_eq!(sizes, expected.collect::<Vec<_>>(), "never more than the picture has");
    let workshop = Workshop::default();
    for variant in &made {
        let path = variant.path.as_str();
        assert!(path.starts_with(&format!("pictures/ada-l-2026-{}.", variant.width)), "{path}");
        let bytes = variant.make(&file, &workshop).unwrap();
        if variant.format == Format::Jpeg {
            let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(&bytes));
            decoder.decode().unwrap();
            let size = decoder.dimensions().unwrap();
            assert_eq!(size, (variant.width as usize, variant.height as usize));
        } else if variant.format != Format::Avif {
            let decoded = image::load_from_memory(&bytes).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (variant.width, variant.height));
        }
    }
    assert_eq!(workshop.decoded(), 1, "one decoding serves all");
}

#[test]
fn a_name_changes_with_what_the_bytes_depend_on_and_with_nothing_else() {
    let bytes = fixture("reference.png");
    let (ada, _) = picture("ada.png", &bytes);
    let asked = ask(Crop::Whole, &[96], &[Format::Webp]);
    let name = |picture: &Picture, ask: &Ask| variants(picture, ask)[0].path.as_str().to_owned();
    let usual = name(&ada, &asked);
    let better = Ask { quality: 81, ..asked.clone() };
    assert_ne!(name(&ada, &better), usual);
    let square = Ask { crop: Crop::Square { focus: None }, ..asked.clone() };
    assert_ne!(name(&ada, &square), usual);
    let more = Ask { widths: vec![48, 96], formats: EVERY_FORMAT.to_vec(), ..asked.clone() };
    assert!(variants(&ada, &more).iter().any(|variant| variant.path.as_str() == usual));
    let moved = Picture { file: SitePath::new("content/profiles/ada.png").unwrap(), ..ada };
    assert_eq!(name(&moved, &asked), usual, "where it lies does not matter");
}

#[test]
fn where_something_may_be_transparent_png_takes_the_place_of_jpeg() {
    let (picture, _) = picture("alpha.png", &fixture("alpha.png"));
    let formats = |asked: &[Format]| -> Vec<Format> {
        variants(&picture, &ask(Crop::Whole, &[20], asked)).iter().map(|it| it.format).collect()
    };
    assert_eq!(formats(&[Format::Webp, Format::Jpeg]), [Format::Webp, Format::Png]);
    assert_eq!(formats(&[Format::Jpeg, Format::Png]), [Format::Png]);
    assert_eq!(formats(&[]), [Format::Png], "there is always something to show");
}

#[test]
fn nothing_of_the_owner_gets_into_any_output() {
    for name in ["canary.jpg", "canary.png", "canary.webp"] {
        let source = fixture(name);
        assert!(holds(&source, "CANARY"), "{name} is no canary");
        let (picture, file) = picture(name, &source);
        let workshop = Workshop::default();
        let asked = ask(Crop::Whole, &[40, 192], &EVERY_FORMAT);
        let mut outputs: Vec<(String, Vec<u8>)> = variants(&picture, &asked)
            .iter()
            .map(|variant| (variant.path.to_string(), variant.make(&file, &workshop).unwrap()))
            .collect();
        let preview = Preview::new(&picture, &asked).make(&file, &workshop).unwrap();
        outputs.push(("placeholder".to_owned(), preview));
        for (path, bytes) in &outputs {
            for trace in
                ["CANARY", "Exif", "xmpmeta", "ICC_PROFILE", "iCCP", "ICCP", "EXIF", "eXIf"]
            {
                assert!(!holds(bytes, trace), "{trace} in {path}");
            }
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

#[test]
fn the_same_bytes_come_out_however_they_are_made() {
    let sources = ["reference.png", "cmyk.jpg", "alpha.png", "exif_6.png", "animated.gif"];
    let pictures: Vec<_> = sources.iter().map(|name| picture(name, &fixture(name))).collect();
    let asked = ask(Crop::Square { focus: None }, &[24, 48, 96], &EVERY_FORMAT);
    let mut jobs: Vec<(Variant, &File)> = pictures
        .iter()
        .flat_map(|(picture, file)| variants(picture, &asked).into_iter().map(move |it| (it, file)))
        .collect();
    let made = |jobs: &[(Variant, &File)], threads: usize, budget: u64| {
        let workshop = Workshop::with_budget(budget);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut outputs: Vec<(SitePath, Vec<u8>)> = pool.install(|| {
            jobs.par_iter()
                .map(|(variant, file)| {
                    (variant.path.clone(), variant.make(file, &workshop).unwrap())
                })
                .collect()
        });
        outputs.sort();
        assert_eq!(workshop.decoded(), sources.len());
        outputs
    };
    let once = made(&jobs, 1, 256 << 20);
    jobs.reverse();
    assert_eq!(made(&jobs, 4, 1), once, "in another order, side by side, with no memory to spare");
    // One variant alone, without its siblings.
    let (variant, file) = &jobs[5];
    let alone = variant.make(file, &Workshop::default()).unwrap();
    assert!(once.contains(&(variant.path.clone(), alone)));
}

#[test]
fn a_placeholder_says_what_the_picture_looks_like() {
    let placeholder = |name: &str, width: u32| {
        let (picture, file) = picture(name, &fixture(name));
        let preview = Preview::new(&picture, &ask(Crop::Whole, &[width], &[Format::Webp]));
        let json = preview.make(&file, &Workshop::default()).unwrap();
        assert!(json.len() < 600, "{name}: {} bytes", json.len());
        Placeholder::read(&json).unwrap()
    };
    let dog = placeholder("reference.png", 192);
    assert!(dog.preview.unwrap().starts_with("data:image/webp;base64,UklGR"));
    assert_eq!(dog.color.len(), 7);
    assert_eq!(placeholder("reference.png", 96).preview, None, "small ones need none");
    assert!(!placeholder("alpha.png", 48).opaque);
    assert_eq!(placeholder("png_checker_512.png", 512).color, "#bcbcbc");
}

#[test]
fn a_broken_picture_is_tried_once_and_told_about_each_time() {
    let mut bytes = fixture("p3.jpg");
    bytes.truncate(bytes.len() / 2);
    let (picture, file) = picture("cut.jpg", &bytes);
    let workshop = Workshop::default();
    let made = variants(&picture, &ask(Crop::Whole, &[48, 96], &EVERY_FORMAT));
    for variant in &made {
        let refused = variant.make(&file, &workshop).unwrap_err();
        assert_eq!(refused.code, "broken-picture");
        let expected = "`content/cut.jpg` is a broken JPEG picture: it ends in its middle";
        assert_eq!(refused.message, expected);
    }
    assert_eq!(workshop.decoded(), 1);
}
