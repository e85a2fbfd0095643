//! Pictures that were made to do harm, or came to harm: each is a diagnostic or a picture, soon,
//! and within a bounded memory. Its own program, so that its memory is its own.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

use proptest::prelude::*;
use questfolio::diagnostic::Diagnostic;
use questfolio::digest::Digest;
use questfolio::engine::Blobs;
use questfolio::load::picture::{Limits, inspect};
use questfolio::load::{Format, Quality};
use questfolio::path::SitePath;
use questfolio::render::image::{Ask, Crop, Picture, Request, Workshop, develop};
use questfolio::source::snapshot::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Ten times what an optimised program takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The whole program's, at its peak: a decoded picture of the largest kind here, and itself.
const MEMORY: u64 = 400 << 20;

fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("QUESTFOLIO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// How many variants came out of it.
fn treat(name: &str, bytes: &[u8]) -> Result<usize, Diagnostic> {
    let file = SitePath::new(name).expect("names of the corpora are sound");
    let header = inspect(&file, bytes, &Limits::new(100))?;
    let picture = Picture { file, digest: Digest::of_bytes(bytes), header };
    let ask = Ask {
        crop: Crop::Square { focus: None },
        widths: vec![96, 384],
        formats: vec![Format::Webp, Format::Jpeg],
        quality: Quality::all(80),
    };
    let request = Request { picture, ask, file: File::held(bytes) };
    let offer = develop(&[request], &Workshop::default(), &Blobs::in_memory(), &()).remove(0)?;
    Ok(offer.variants().count())
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

fn treat_all(folder: &Path) -> Vec<(String, Result<usize, Diagnostic>)> {
    let mut files = Vec::new();
    files_below(folder, &mut files);
    let treated = files.iter().map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(path).unwrap();
        let start = Instant::now();
        let outcome = treat(&name, &bytes);
        assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
        if let Err(refused) = &outcome {
            assert!(refused.message.contains(&name), "{name}: {}", refused.message);
            assert!(!refused.message.contains('\n') && refused.help.is_some(), "{refused:?}");
        }
        (name, outcome)
    });
    let treated = treated.collect();
    assert!(peak_memory() < MEMORY, "{} bytes", peak_memory());
    treated
}

/// Linux tells; elsewhere it is not held.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) * 1024
}

#[test]
fn generated_bombs_and_wrecks() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let script = shared.join("avatars/make_bad_images.py");
    match Command::new("python3").arg(script).arg(folder.path()).output() {
        Ok(output) if output.status.success() => {}
        _ => return,
    }
    let manifest = std::fs::read_to_string(folder.path().join("MANIFEST.tsv")).unwrap();
    std::fs::remove_file(folder.path().join("MANIFEST.tsv")).unwrap();
    let treated = treat_all(folder.path());
    assert!(treated.len() > 140, "{}", treated.len());
    // What is merely odd has to be shown. Drawings are refused, and an edge of 60 000 pixels is.
    let refused_all_the_same = |name: &str| name.starts_with("svg") || name.contains("60000");
    for line in manifest.lines() {
        let [name, class, what] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Some((_, outcome)) = treated.iter().find(|(it, _)| it == name) else { continue };
        if class == "odd" && !refused_all_the_same(name) {
            assert!(outcome.is_ok(), "{name} ({what}): {outcome:?}");
        }
        let is_refused = ["65500", "50000", "2147483647", "16383", "vp8x_", "65535", "3000scans"];
        if class == "bomb" && is_refused.iter().any(|part| name.contains(part)) {
            assert!(outcome.is_err(), "{name} ({what}) was decoded");
        }
    }
}

#[test]
fn png_suite() {
    let Some(shared) = shared() else { return };
    for (name, outcome) in treat_all(&shared.join("corpora/pngsuite")) {
        // The suite's own rule: what begins with x is damaged.
        if name.ends_with(".png") && !name.starts_with("PngSuite") {
            assert_eq!(outcome.is_err(), name.starts_with('x'), "{name}: {outcome:?}");
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
            // Mostly where the headers are.
            let reach = if byte % 2 == 0 { bytes.len() } else { bytes.len().min(120) };
            bytes[at.index(reach)] = byte;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        let _ = treat(names[which], &bytes);
    }
}
