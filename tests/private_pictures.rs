//! A photograph's metadata stays private: no file of a finished site contains any of it. The
//! pictures contain the word CANARY everywhere: in EXIF (maker, artist, comment, position,
//! thumbnail), XMP, comments and texts.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their fixtures")]

use jiff::civil::date;
use questfolio::build::{Options, build};
use questfolio::engine::{Blobs, Outputs};
use questfolio::source::snapshot::Snapshot;
use std::path::Path;

const SOURCES: [&str; 4] = ["canary.jpg", "canary.png", "canary.webp", "canary.gif"];

/// Names of containers for metadata. We write none of them.
const CONTAINERS: [&str; 12] = [
    "Exif",
    "EXIF",
    "eXIf",
    "http://ns.adobe",
    "xmpmeta",
    "XMP ",
    "iTXt",
    "tEXt",
    "zTXt",
    "iCCP",
    "ICCP",
    "ICC_PROFILE",
];

/// Sheets of four people, each with one of the pictures as portrait; all pictures in a text and in
/// a project.
fn site() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("site.yaml".to_owned(), b"url: https://forge.example\n".to_vec()),
        ("guild.yaml".to_owned(), b"name: Ferris Forge\ncrest: crest.png\n".to_vec()),
        ("crest.png".to_owned(), fixture("canary.png")),
    ];
    let mut text = "---\ntitle: Pictures\nauthor: member-0\n---\n".to_owned();
    for (index, name) in SOURCES.iter().enumerate() {
        let profile = format!("content/profiles/member-{index}.yaml");
        let yaml = format!("name: Member {index}\nimage: {name}\n");
        files.push((profile, yaml.into_bytes()));
        for folder in ["profiles", "posts"] {
            files.push((format!("content/{folder}/{name}"), fixture(name)));
        }
        text.push_str(&format!("\n![A dog]({name})\n"));
    }
    files.push(("content/posts/2026-01-02-pictures.md".to_owned(), text.into_bytes()));
    files
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures");
    std::fs::read(folder.join(name)).unwrap()
}

/// Every file of the built site.
fn built(files: &[(String, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let snapshot = Snapshot::of_files(date(2026, 3, 20), files);
    let blobs = Blobs::in_memory();
    let built = build(&snapshot, &Options::default(), &Outputs::new(), &blobs);
    assert!(!built.report.has_errors(), "{:?}", built.report);
    let outputs = built.run.outputs.iter();
    outputs
        .map(|(path, output)| {
            (path.to_string(), output.bytes(path, &blobs, None).unwrap().to_vec())
        })
        .collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

fn is_picture(path: &str) -> bool {
    [".avif", ".webp", ".jpg", ".png", ".gif", ".ico"].iter().any(|it| path.ends_with(it))
}

#[test]
fn no_file_of_the_site_tells_what_a_photograph_told() {
    for name in SOURCES {
        assert!(holds(&fixture(name), "CANARY"), "{name} is no canary");
    }
    assert!(holds(&fixture("canary.jpg"), "CANARY thumbnail"));
    let outputs = built(&site());
    let count = |start: &str| outputs.iter().filter(|(path, _)| path.starts_with(start)).count();
    assert!(count("pictures/canary-48.") >= 3 && count("pictures/canary-96.") >= 1);
    for (path, bytes) in &outputs {
        assert!(!holds(bytes, "CANARY"), "{path}");
        for container in CONTAINERS.iter().filter(|_| is_picture(path)) {
            assert!(!holds(bytes, container), "{container} in {path}");
        }
    }
}
