//! How pictures are developed: each is decoded once, nothing stored is made again, the bytes do not
//! depend on threads, memory or order, and no format is used that is not worth its bytes.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

use questfolio::digest::Digest;
use questfolio::engine::Blobs;
use questfolio::load::picture::{Limits, inspect};
use questfolio::load::{Format, Quality};
use questfolio::path::SitePath;
use questfolio::render::image::{
    Crop, Decoder, Offer, Picture, PictureSpec, Request, Set, Variant, Workers, make_variants,
};
use questfolio::source::snapshot::File;
use std::collections::BTreeMap;
use std::path::Path;

const SOURCES: [&str; 5] = ["reference.png", "cmyk.jpg", "alpha.png", "exif_6.png", "animated.gif"];

fn request(name: &str) -> Request {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures").join(name);
    of_bytes(name, &std::fs::read(path).unwrap())
}

fn of_bytes(name: &str, bytes: &[u8]) -> Request {
    let file = SitePath::new(format!("content/{name}")).unwrap();
    let header = inspect(&file, bytes, &Limits::new(100)).unwrap();
    let picture = Picture { file, digest: Digest::of_bytes(bytes), header };
    let spec = PictureSpec {
        crop: Crop::Square { focus: None },
        widths: vec![16, 24, 40],
        formats: vec![Format::Avif, Format::Webp, Format::Jpeg],
        quality: Quality::all(80),
    };
    Request { picture, spec, file: File::held(bytes) }
}

fn all() -> Vec<Request> {
    SOURCES.map(request).into()
}

/// Names and bytes of all offered variants, in order.
fn bytes(
    offers: Vec<questfolio::diagnostic::Result<Offer>>,
    blobs: &Blobs,
) -> Vec<(SitePath, Vec<u8>)> {
    let offers: Vec<Offer> = offers.into_iter().map(Result::unwrap).collect();
    let bytes = |it: &Variant| (it.path.clone(), blobs.get(&it.fingerprint()).unwrap().to_vec());
    let made: BTreeMap<SitePath, Vec<u8>> =
        offers.iter().flat_map(Offer::variants).map(bytes).collect();
    made.into_iter().collect()
}

#[test]
fn the_same_bytes_come_out_however_they_are_made() {
    let mut requests = all();
    let made = |requests: &[Request], workers: Workers, threads: usize, budget: u64| {
        let (decoder, blobs) = (Decoder::with_budget(budget), Blobs::in_memory());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let offers =
            pool.install(|| make_variants(requests, &decoder, &blobs, &(), workers).unwrap());
        assert_eq!(decoder.decoded(), SOURCES.len(), "each is decoded once");
        bytes(offers, &blobs)
    };
    let once = made(&requests, Workers::Alone, 1, 256 << 20);
    requests.reverse();
    assert_eq!(
        made(&requests, Workers::Pool, 4, 1),
        once,
        "in another order, side by side, with no memory to spare"
    );
}

#[test]
fn what_is_remembered_is_not_made_again() {
    let (folder, requests) = (tempfile::tempdir().unwrap(), all());
    let first = Decoder::default();
    let blobs = Blobs::open(folder.path());
    let cold = bytes(make_variants(&requests, &first, &blobs, &(), Workers::Pool).unwrap(), &blobs);
    assert_eq!((first.decoded(), first.encoded()), (SOURCES.len(), 9 * SOURCES.len()));
    let second = Decoder::default();
    let blobs = Blobs::open(folder.path());
    assert_eq!(
        bytes(make_variants(&requests, &second, &blobs, &(), Workers::Pool).unwrap(), &blobs),
        cold
    );
    assert_eq!((second.decoded(), second.encoded()), (0, 0));
}

#[test]
fn another_quality_of_one_format_makes_that_format_only() {
    let mut requests = all();
    let blobs = Blobs::in_memory();
    make_variants(&requests, &Decoder::default(), &blobs, &(), Workers::Pool).unwrap();
    for request in &mut requests {
        request.spec.quality.webp = 70;
    }
    let decoder = Decoder::default();
    let offers = make_variants(&requests, &decoder, &blobs, &(), Workers::Pool).unwrap();
    assert!(offers.iter().all(Result::is_ok));
    assert_eq!(decoder.encoded(), 3 * SOURCES.len());
    // Adding or removing a format only chooses among the files that exist already.
    for request in &mut requests {
        request.spec.formats.remove(0);
    }
    let decoder = Decoder::default();
    make_variants(&requests, &decoder, &blobs, &(), Workers::Pool).unwrap();
    assert_eq!((decoder.decoded(), decoder.encoded()), (0, 0));
}

/// What browsers get: the format and the files of each set.
fn shown(offer: &Offer) -> Vec<(Format, Vec<SitePath>)> {
    let set = |it: &Set| (it.format, it.variants.iter().map(|it| it.path.clone()).collect());
    offer.sets.iter().map(set).collect()
}

#[test]
fn a_lost_choice_is_made_again_as_it_was_where_not_all_was_tried() {
    let noise = |x: u32, y: u32| [(x * 7) ^ (y * 13), x * y / 5, x + y * 3].map(|it| it as u8);
    let pixels = image::RgbImage::from_fn(420, 420, |x, y| image::Rgb(noise(x, y)));
    let mut file = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut file, image::ImageFormat::Png).unwrap();
    let mut request = of_bytes("noise.png", file.get_ref());
    // AVIF is larger at 260 pixels, so it is not tried at 400.
    request.spec.widths = vec![260, 400];
    request.spec.quality = Quality { avif: 100, webp: 20, jpeg: 20 };
    let requests = [request];
    let folder = tempfile::tempdir().unwrap();
    let built = |folder: &Path| {
        let (decoder, blobs) = (Decoder::default(), Blobs::open(folder));
        let offers = make_variants(&requests, &decoder, &blobs, &(), Workers::Pool).unwrap();
        let shown = shown(offers[0].as_ref().unwrap());
        ((decoder.decoded(), decoder.encoded()), shown, bytes(offers, &blobs))
    };
    let (made, shown, clean) = built(folder.path());
    assert_eq!(made, (1, 5), "one AVIF less than sizes and formats");
    let lost = walkdir::WalkDir::new(folder.path()).into_iter().flatten().filter(|entry| {
        let is_choice = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).contains(r#""picks":"#);
        entry.file_type().is_file() && std::fs::read(entry.path()).is_ok_and(is_choice)
    });
    let lost: Vec<_> = lost.map(|entry| std::fs::remove_file(entry.path()).unwrap()).collect();
    assert_eq!(lost.len(), 1);
    assert_eq!(built(folder.path()), ((0, 0), shown, clean));
}

#[test]
fn no_variant_is_larger_than_a_smaller_alternative() {
    for name in SOURCES {
        let blobs = Blobs::in_memory();
        let offer =
            make_variants(&[request(name)], &Decoder::default(), &blobs, &(), Workers::Pool)
                .unwrap()
                .remove(0)
                .unwrap();
        let len = |variant: &Variant| blobs.get(&variant.fingerprint()).unwrap().len();
        for (at, set) in offer.sets.iter().enumerate() {
            let widths: Vec<u32> = set.variants.iter().map(|it| it.width).collect();
            assert_eq!(widths, [16, 24, 40], "{name}: no width is missing");
            for behind in &offer.sets[at + 1..] {
                for (variant, other) in set.variants.iter().zip(&behind.variants) {
                    assert!(len(variant) <= len(other), "{} and {}", variant.path, other.path);
                }
            }
        }
        assert!(matches!(offer.sets.last().unwrap().format, Format::Jpeg | Format::Png));
    }
}

#[test]
fn a_broken_picture_is_its_own_error_and_nobody_elses() {
    let mut broken = request("p3.jpg");
    let bytes = broken.file.read().unwrap();
    broken.file = File::held(&bytes[..bytes.len() / 2]);
    let requests = [request("alpha.png"), broken, request("reference.png")];
    let decoder = Decoder::default();
    let offers =
        make_variants(&requests, &decoder, &Blobs::in_memory(), &(), Workers::Pool).unwrap();
    let [Ok(_), Err(refused), Ok(_)] = &offers[..] else { panic!("{offers:?}") };
    assert_eq!(refused.code, "broken-picture");
    let expected = "`content/p3.jpg` is a broken JPEG picture: it ends too early";
    assert_eq!(refused.message, expected);
    assert_eq!(decoder.decoded(), 3, "each is tried once");
}

/// AVIF files, by name, from a build limited to this kind of processor. The encoder uses the newest
/// instructions available, unless it is told to use older ones.
fn built_for(processor: &str) -> BTreeMap<String, Digest> {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures");
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("content/profile.yaml"), "name: Ada\nimage: ada.png\n")
        .unwrap();
    std::fs::copy(fixtures.join("reference.png"), folder.path().join("content/ada.png")).unwrap();
    let mut build = std::process::Command::new(env!("CARGO_BIN_EXE_questfolio"));
    build.arg("build").current_dir(folder.path()).env("RAV1E_CPU_TARGET", processor);
    let output = build.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let public = folder.path().join("public");
    let files = walkdir::WalkDir::new(&public).into_iter().map(Result::unwrap);
    files
        .filter(|file| file.path().extension().is_some_and(|it| it == "avif"))
        .map(|file| {
            let bytes = std::fs::read(file.path()).unwrap();
            (file.file_name().to_str().unwrap().to_owned(), Digest::of_bytes(&bytes))
        })
        .collect()
}

#[test]
fn a_processor_with_other_instructions_makes_the_same_bytes() {
    let plain = built_for("rust");
    assert!(!plain.is_empty(), "no AVIF was made");
    // The encoder ignores instructions that this processor does not have.
    for processor in ["sse2", "ssse3", "sse4_1", "avx2", "avx512", "avx512icl", "neon"] {
        assert_eq!(built_for(processor), plain, "{processor}");
    }
}

#[test]
#[cfg(all(unix, any(target_arch = "x86_64", target_arch = "aarch64")))]
fn the_encoder_is_built_with_its_simd() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_questfolio")).unwrap();
    let one = ["rav1e_satd_8x8_avx2", "rav1e_satd4x4_neon"];
    let symbols = aho_corasick::AhoCorasick::new(one).unwrap();
    assert!(symbols.is_match(&program), "none of {one:?} is in the program");
}
