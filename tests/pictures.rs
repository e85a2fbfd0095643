//! Pictures from file to variant: pixels compared with those from other programs, crops, sizes,
//! privacy, and the same bytes however they are made. Pictures and licences: `fixtures/pictures`.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

use image::{ImageFormat, RgbImage, RgbaImage};
use questfolio::digest::Digest;
use questfolio::engine::Blobs;
use questfolio::load::picture::{Limits, inspect};
use questfolio::load::{Format, Quality};
use questfolio::path::SitePath;
use questfolio::render::image::{
    Crop, Decoder, Offer, Picture, PictureSpec, Placeholder, Request, Variant, Workers,
    make_variants,
};
use questfolio::source::snapshot::File;
use std::path::{Path, PathBuf};
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

fn ask(crop: Crop, widths: &[u32], formats: &[Format]) -> PictureSpec {
    PictureSpec {
        crop,
        widths: widths.to_vec(),
        formats: formats.to_vec(),
        quality: Quality::all(80),
    }
}

/// The offer for a picture, with each variant's bytes.
fn offered(picture: &Picture, file: &File, spec: &PictureSpec) -> (Offer, Vec<(Variant, Vec<u8>)>) {
    let request = Request { picture: picture.clone(), spec: spec.clone(), file: file.clone() };
    let (decoder, blobs) = (Decoder::default(), Blobs::in_memory());
    let [offer] = &mut make_variants(&[request], &decoder, &blobs, &(), Workers::Pool).unwrap()[..]
    else {
        panic!("one offer")
    };
    let offer = offer.clone().unwrap();
    let bytes = |it: &Variant| (it.clone(), blobs.get(&it.fingerprint()).unwrap().to_vec());
    let made = offer.variants().map(bytes).collect();
    (offer, made)
}

/// Every variant in each of these formats, whether or not it is worth its bytes.
fn all_made(picture: &Picture, file: &File, spec: &PictureSpec) -> Vec<(Variant, Vec<u8>)> {
    let single = |format: &Format| PictureSpec { formats: vec![*format], ..spec.clone() };
    spec.formats.iter().flat_map(|format| offered(picture, file, &single(format)).1).collect()
}

fn placeholder(name: &str, width: u32) -> Placeholder {
    let (picture, file) = picture(name, &fixture(name));
    offered(&picture, &file, &ask(Crop::Whole, &[width], &[Format::Webp])).0.placeholder
}

/// The only PNG variant with this width, decoded.
fn pixels_of(name: &str, bytes: &[u8], crop: Crop, width: u32) -> RgbaImage {
    let (picture, file) = picture(name, bytes);
    let made = all_made(&picture, &file, &ask(crop, &[width], &[Format::Png]));
    let [(variant, png)] = &made[..] else { panic!("{name}: {} variants", made.len()) };
    let decoded = image::load_from_memory_with_format(png, ImageFormat::Png).unwrap().to_rgba8();
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

fn rgba(name: &str) -> RgbaImage {
    image::load_from_memory(&fixture(name)).unwrap().to_rgba8()
}

/// The mean and the maximum difference between two pictures' samples.
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
    // JPEG and WebP with the eighth orientation, after lossy compression.
    let eighth = rgb(&whole("canary.jpg", 192));
    assert_near("JPEG", &eighth, &reference("reference.png"), 6.0, 160);
    let eighth = rgb(&whole("canary.webp", 64));
    let turned = image::imageops::rotate270(&rgb(&upright));
    assert_near("WebP", &eighth, &turned, 6.0, 100);
}

#[test]
fn colours_of_other_spaces_look_as_little_cms_makes_them() {
    let dog = reference("reference.png");
    // The JPEG itself lost 2.04; without conversion it would be 2.92.
    assert_near("p3 as JPEG", &rgb(&whole("p3.jpg", 192)), &dog, 2.1, 32);
    let small = rgb(&whole("exif_1.png", 48));
    assert_near("p3", &rgb(&whole("p3.png", 48)), &small, 0.7, 4);
    assert_near("adobe", &rgb(&whole("adobe.png", 48)), &small, 0.7, 4);
    let expected = reference("cmyk_expected.png");
    assert_near("cmyk", &rgb(&whole("cmyk.jpg", 192)), &expected, 0.6, 5);
    // Without its profile the default one applies, which is the same.
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
    // Halved before Lanczos, which differs slightly between black and white.
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
    // Each of Lanczos' two passes rounds to integers from 0, where the reference has floats.
    assert_near("alpha", &on_white(&png), &on_white(&rgba("alpha_30.png")), 0.1, 16);
}

/// Every sample, as decoded and converted by another program: nothing is reduced here.
#[test]
fn every_kind_of_sample_is_read_as_others_read_it() {
    for name in ["palette.png", "palette_alpha.png", "animated.gif"] {
        let seen = rgba(&format!("seen_{}.png", name.replace('.', "_")));
        assert_alike(name, &whole(name, seen.width()), &seen, 0);
    }
    assert_eq!(whole("animated.webp", 48), whole("exif_1.png", 48), "the first frame");
    assert_alike("16 bits", &whole("gray_16.png", 64), &rgba("seen_gray_16_png.png"), 1);
    // Two JPEG decoders round differently, and so do two colour converters.
    let seen = reference("seen_progressive_jpg.png");
    assert_near("progressive", &rgb(&whole("progressive.jpg", 48)), &seen, 0.4, 4);
    let seen = reference("seen_ycck_jpg.png");
    assert_near("ycck", &rgb(&whole("ycck.jpg", 48)), &seen, 0.6, 5);
    let seen = reference("gray_120.png");
    assert_near("gray", &rgb(&whole("gray.jpg", 120)), &seen, 0.1, 30);
    assert!(
        whole("bits.png", 48).pixels().all(|it| it.0[0] == it.0[2] && matches!(it.0[0], 0 | 255))
    );
    let deep = whole("png_16bit_rgb.png", 32);
    for (x, y, pixel) in deep.enumerate_pixels() {
        let eight = |sample: u32| ((sample + 128) / 257) as u8;
        let expected = [eight(x * 2114), eight(y * 2114), eight(65_535 - x * 2114), 255];
        assert!(pixel.0.iter().zip(expected).all(|(is, expected)| is.abs_diff(expected) <= 1));
    }
}

/// All kinds of PNG: 1 to 16 bits, grey, colour, palette, alpha, interlaced, gamma, odd sizes.
#[test]
fn every_file_of_png_suite_looks_as_it_does_elsewhere() {
    let Some(folder) = png_suite() else { return };
    let sheet = rgba("seen_pngsuite.png");
    let entries = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|it| it.into_string().unwrap()).collect();
    names.retain(|it| it.ends_with(".png") && !it.starts_with(['x', 'P']));
    names.sort();
    assert_eq!(names.len(), 160);
    for (index, name) in names.iter().enumerate() {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let is = pixels_of(name, &bytes, Crop::Whole, 40);
        let (left, top) = (index % 13 * 40, index / 13 * 40);
        let (width, height) = is.dimensions();
        let tile = image::imageops::crop_imm(&sheet, left as u32, top as u32, width, height);
        assert_alike(name, &is, &tile.to_image(), 1);
    }
}

fn png_suite() -> Option<PathBuf> {
    let shared = std::env::var_os("QUESTFOLIO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    Some(shared.join("corpora/pngsuite")).filter(|it| it.is_dir())
}

fn on_white(image: &RgbaImage) -> RgbImage {
    let through = |sample: u8, alpha: u8| 255 - (255 - u32::from(sample)) * u32::from(alpha) / 255;
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, alpha] = image.get_pixel(x, y).0;
        image::Rgb([r, g, b].map(|sample| through(sample, alpha) as u8))
    })
}

/// Sample by sample; colours are weighted by alpha.
fn assert_alike(what: &str, a: &RgbaImage, b: &RgbaImage, most: u8) {
    assert_eq!(a.dimensions(), b.dimensions(), "{what}");
    for ((x, y, is), other) in a.enumerate_pixels().zip(b.pixels()) {
        let opacity = u32::from(is.0[3]);
        let differences = is.0.iter().zip(&other.0).map(|(a, b)| u32::from(a.abs_diff(*b)));
        let seen = differences.zip([opacity, opacity, opacity, 255]);
        let is_near = seen.map(|(by, share)| by * share).all(|by| by <= u32::from(most) * 255);
        assert!(is_near, "{what} at {x}, {y}: {is:?} instead of {other:?}");
    }
}

#[test]
fn the_square_is_cut_where_the_focus_says() {
    // Each pixel encodes its own position.
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
fn the_files_are_what_their_names_and_sizes_say() {
    let (picture, file) = picture("Ada L. (2026).png", &fixture("reference.png"));
    let asked = ask(Crop::Square { focus: None }, &[96, 192, 384], &EVERY_FORMAT);
    let made = all_made(&picture, &file, &asked);
    let sizes: Vec<(Format, u32)> = made.iter().map(|(it, _)| (it.format, it.width)).collect();
    let expected = EVERY_FORMAT.iter().flat_map(|format| [(*format, 96), (*format, 192)]);
    assert_eq!(sizes, expected.collect::<Vec<_>>(), "never more than the picture has");
    for (variant, bytes) in &made {
        let path = variant.path.as_str();
        assert!(path.starts_with(&format!("pictures/ada-l-2026-{}.", variant.width)), "{path}");
        if variant.format == Format::Jpeg {
            let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(bytes));
            decoder.decode().unwrap();
            let size = decoder.dimensions().unwrap();
            assert_eq!(size, (variant.width as usize, variant.height as usize));
        } else if variant.format != Format::Avif {
            let decoded = image::load_from_memory(bytes).unwrap();
            assert_eq!((decoded.width(), decoded.height()), (variant.width, variant.height));
        }
        let again = variant.make(&file, &Decoder::default()).unwrap();
        assert_eq!(again, *bytes, "{path}: bytes that got lost come again");
    }
}

#[test]
fn a_name_changes_with_what_the_bytes_depend_on_and_with_nothing_else() {
    let bytes = fixture("reference.png");
    let (ada, file) = picture("ada.png", &bytes);
    let asked = ask(Crop::Whole, &[96], &[Format::Webp]);
    let names = |picture: &Picture, spec: &PictureSpec| -> Vec<String> {
        let made = all_made(picture, &file, spec);
        made.into_iter().map(|(variant, _)| variant.path.to_string()).collect()
    };
    let name = |picture: &Picture, spec: &PictureSpec| names(picture, spec).remove(0);
    let usual = name(&ada, &asked);
    let better = PictureSpec { quality: Quality::all(81), ..asked.clone() };
    assert_ne!(name(&ada, &better), usual);
    let square = PictureSpec { crop: Crop::Square { focus: None }, ..asked.clone() };
    assert_ne!(name(&ada, &square), usual);
    let more =
        PictureSpec { widths: vec![48, 96], formats: EVERY_FORMAT.to_vec(), ..asked.clone() };
    assert!(names(&ada, &more).contains(&usual));
    let moved = Picture { file: SitePath::new("content/profiles/ada.png").unwrap(), ..ada };
    assert_eq!(name(&moved, &asked), usual, "where it lies does not matter");
}

#[test]
fn where_something_may_be_transparent_png_takes_the_place_of_jpeg() {
    let (picture, file) = picture("alpha.png", &fixture("alpha.png"));
    let formats = |asked: &[Format]| -> Vec<Format> {
        let (offer, _) = offered(&picture, &file, &ask(Crop::Whole, &[20], asked));
        offer.variants().map(|it| it.format).collect()
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
        let asked = ask(Crop::Whole, &[40, 192], &EVERY_FORMAT);
        let mut outputs: Vec<(String, Vec<u8>)> = all_made(&picture, &file, &asked)
            .into_iter()
            .map(|(variant, bytes)| (variant.path.to_string(), bytes))
            .collect();
        let (offer, _) = offered(&picture, &file, &asked);
        let placeholder = serde_json::to_vec(&offer.placeholder).unwrap();
        outputs.push(("placeholder".to_owned(), placeholder));
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
fn a_placeholder_says_what_the_picture_looks_like() {
    let dog = placeholder("reference.png", 192);
    let preview = dog.preview.unwrap();
    assert!(preview.starts_with("data:image/webp;base64,UklGR") && preview.len() < 500);
    assert_eq!(dog.color.len(), 7);
    assert_eq!(placeholder("reference.png", 96).preview, None, "small ones need none");
    assert!(!placeholder("alpha.png", 48).opaque);
    assert_eq!(placeholder("png_checker_512.png", 512).color, "#bcbcbc");
}
