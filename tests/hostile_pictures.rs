//! Malicious and damaged pictures: each gives a diagnostic or a picture, quickly and with bounded
//! memory. Each is handled in a process of its own, which reports what it used.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

mod process_memory;

use process_memory::peak;
use proptest::prelude::*;
use questfolio::diagnostic::Diagnostic;
use questfolio::digest::Digest;
use questfolio::engine::Blobs;
use questfolio::load::picture::{Limits, inspect};
use questfolio::load::{Config, Format, Quality};
use questfolio::path::SitePath;
use questfolio::render::image::{
    Crop, Decoder, Picture, PictureSpec, Request, Workers, make_variants,
};
use questfolio::render::vector;
use questfolio::source::snapshot::File;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Processor time for one picture, in seconds; five times as much in a debug build, where our own
/// code is not optimised.
const PATIENCE: f64 = if cfg!(debug_assertions) { 5.0 } else { 1.0 };

/// Memory of the process for one picture, in bytes.
const MEMORY: u64 = 300 << 20;

/// The environment variable with the picture that a process handles.
const PICTURE: &str = "QUESTFOLIO_HOSTILE_PICTURE";

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("QUESTFOLIO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The number of variants made from it as a portrait with default settings; as a crest for a
/// drawing, because a portrait may not be one.
fn treat(name: &str, bytes: &[u8]) -> Result<usize, Diagnostic> {
    let file = SitePath::new(name).expect("names of the corpora are sound");
    if name.ends_with(".svg") {
        return vector::draw(&file, bytes).map(|_| 1);
    }
    let limits = Limits::portrait(Config::default().images.max_megapixels);
    let header = inspect(&file, bytes, &limits)?;
    let picture = Picture { file, digest: Digest::of_bytes(bytes), header };
    let spec = PictureSpec {
        crop: Crop::Square { focus: None },
        widths: vec![96, 384],
        formats: vec![Format::Webp, Format::Jpeg],
        quality: Quality::all(80),
    };
    let request = Request { picture, spec, file: File::held(bytes) };
    let offer =
        make_variants(&[request], &Decoder::default(), &Blobs::in_memory(), &(), Workers::Alone)
            .unwrap()
            .remove(0)?;
    Ok(offer.variants().count())
}

/// The result for a picture, and what it used.
#[derive(Debug, Serialize, Deserialize)]
struct Outcome {
    /// The message, if it was refused.
    refused: Option<String>,
    has_help: bool,
    seconds: f64,
    bytes: u64,
}

/// Not a test: the process that handles one picture.
#[test]
fn one_picture() {
    let Some(path) = std::env::var_os(PICTURE).map(PathBuf::from) else { return };
    let treated = treat(name_of(&path), &std::fs::read(&path).unwrap());
    let outcome = Outcome {
        has_help: treated.as_ref().is_err_and(|refused| refused.help.is_some()),
        refused: treated.err().map(|refused| refused.message),
        seconds: processor_time(),
        bytes: peak("self").unwrap_or(0),
    };
    let said = serde_json::to_vec(&outcome).unwrap();
    std::fs::write(std::env::var_os(OUTCOME).unwrap(), said).unwrap();
}

/// The environment variable with the file in which the process reports.
const OUTCOME: &str = "QUESTFOLIO_HOSTILE_OUTCOME";

fn treat_apart(path: &Path) -> Outcome {
    let said = tempfile::NamedTempFile::new().unwrap();
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_picture"])
        .env(PICTURE, path)
        .env(OUTCOME, said.path())
        .output()
        .unwrap();
    assert!(ended.status.success(), "{}: {ended:?}", path.display());
    serde_json::from_slice(&std::fs::read(said.path()).unwrap()).unwrap()
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

fn treat_all(folder: &Path) -> Vec<(String, Outcome)> {
    let mut files = Vec::new();
    files_below(folder, &mut files);
    let treated: Vec<(String, Outcome)> =
        files.par_iter().map(|path| (name_of(path).to_owned(), treat_apart(path))).collect();
    for (name, outcome) in &treated {
        assert!(outcome.seconds < PATIENCE, "{name}: {outcome:?}");
        assert!(outcome.bytes < MEMORY, "{name}: {outcome:?}");
        if let Some(refused) = &outcome.refused {
            assert!(refused.contains(name) && !refused.contains('\n'), "{name}: {refused}");
            assert!(outcome.has_help, "{name}: {refused}");
        }
    }
    treated
}

/// Of all threads of this process, in seconds. Linux only; elsewhere, the limit is not checked.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is a name in brackets; the 14th and 15th are in hundredths of a second.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

#[test]
fn generated_bombs_and_wrecks() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let script = shared.join("avatars/make_bad_images.py");
    match Command::new("python3").arg(script).arg(folder.path()).arg("--big").output() {
        Ok(output) if output.status.success() => {}
        _ => return,
    }
    let manifest = std::fs::read_to_string(folder.path().join("MANIFEST.tsv")).unwrap();
    std::fs::remove_file(folder.path().join("MANIFEST.tsv")).unwrap();
    let treated = treat_all(folder.path());
    assert!(treated.len() > 140, "{}", treated.len());
    // A picture that is merely odd must be shown. Refused are a drawing with entities or with a
    // wrong name, and an edge of 60 000 pixels.
    let refused = ["svg_xxe.svg", "svg_named.png", "jpg_tall_1x60000.jpg"];
    for line in manifest.lines() {
        let [name, class, what] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Some((_, outcome)) = treated.iter().find(|(it, _)| it == name) else { continue };
        if class == "odd" && !refused.contains(&name) {
            assert!(outcome.refused.is_none(), "{name} ({what}): {outcome:?}");
        }
        let is_refused = ["65500", "50000", "2147483647", "16383", "vp8x_", "65535", "3000scans"];
        if class == "bomb" && is_refused.iter().any(|part| name.contains(part)) {
            assert!(outcome.refused.is_some(), "{name} ({what}) was decoded");
        }
    }
}

#[test]
fn png_suite() {
    let Some(shared) = shared() else { return };
    for (name, outcome) in treat_all(&shared.join("corpora/pngsuite")) {
        // By the suite's own convention, files that start with x are damaged.
        if name.ends_with(".png") && !name.starts_with("PngSuite") {
            assert_eq!(outcome.refused.is_some(), name.starts_with('x'), "{name}: {outcome:?}");
        }
    }
}

#[test]
fn what_broke_other_decoders() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let archive = shared.join("corpora/image-fuzz/image-fuzz.tar.gz");
    match Command::new("tar").arg("xzf").arg(archive).arg("-C").arg(folder.path()).status() {
        Ok(status) if status.success() => {}
        _ => return,
    }
    let treated = treat_all(folder.path());
    assert!(treated.len() > 1000, "{}", treated.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_sound_picture_that_was_meddled_with(
        which in 0..8usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in prop::option::weighted(0.3, any::<prop::sample::Index>()),
    ) {
        let names = [
            "exif_6.png", "alpha.webp", "animated.gif", "animated.webp", "progressive.jpg",
            "palette.png", "canary.jpg", "pngsuite_basi6a08.png",
        ];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures");
        let mut bytes = std::fs::read(folder.join(names[which])).unwrap();
        for (at, byte) in changes {
            // Mostly in the headers.
            let reach = if byte % 2 == 0 { bytes.len() } else { bytes.len().min(120) };
            bytes[at.index(reach)] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        let _ = treat(names[which], &bytes);
    }
}
