//! Invalid portraits, on a real disk: each kind is reported at the profile's `image:` line with its
//! own code, and the sheet is built without it.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write their sites")]
#![cfg(unix)]

use jiff::civil::date;
use questfolio::build::{Build, Options, build};
use questfolio::diagnostic::Report;
use questfolio::engine::{Blobs, Outputs};
use questfolio::source::snapshot::Snapshot;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

/// Builds a site with this portrait, put at the given path beside the profile.
fn with_portrait(src: &str, put: impl FnOnce(&Path)) -> (Build, Report) {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("content");
    fs::create_dir(&content).unwrap();
    let profile = format!("name: Ada Okafor\nimage: {src}\n");
    fs::write(content.join("profile.yaml"), profile).unwrap();
    put(&content.join("ada.jpg"));
    let mut report = Report::default();
    let snapshot = Snapshot::take(root.path(), date(2026, 3, 20), &mut report);
    let built = build(&snapshot, &Options::default(), &Outputs::new(), &Blobs::in_memory());
    (built, report)
}

/// Asserts that the diagnostic is at the line of the portrait, and that the sheet has none.
fn assert_said(code: &str, src: &str, put: impl FnOnce(&Path)) {
    let (built, _) = with_portrait(src, put);
    let said: Vec<_> = built.report.iter().collect();
    let [said] = said[..] else { panic!("{code}: {said:?}") };
    assert_eq!(said.code, code);
    assert!(said.help.is_some(), "{said:?}");
    let at = said.at.as_ref().unwrap();
    assert_eq!(at.file.as_str(), "content/profile.yaml");
    assert_eq!(at.range().start, "name: Ada Okafor\nimage: ".len(), "{code}");
    assert_eq!(at.range().len(), src.len(), "{code}");
    let paths = || built.run.outputs.keys().map(ToString::to_string);
    assert!(paths().any(|path| path == "index.html"), "{code}: there is no sheet");
    let shows_it = paths().any(|path| path.starts_with("pictures/"));
    assert_eq!(shows_it, !built.report.has_errors(), "{code}");
}

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures");
    fs::read(folder.join(name)).unwrap()
}

#[test]
fn what_is_wrong_with_its_bytes() {
    let bytes = |bytes: &[u8]| {
        let bytes = bytes.to_vec();
        move |path: &Path| fs::write(path, bytes).unwrap()
    };
    let jpeg = fixture("p3.jpg");
    assert_said("missing-picture", "ada.jpg", |_| {});
    assert_said("empty-picture", "ada.jpg", bytes(b""));
    assert_said("not-a-picture", "ada.jpg", bytes(b"<!doctype html>"));
    assert_said("misnamed-picture", "ada.jpg", bytes(&fixture("p3.png")));
    assert_said("truncated-picture", "ada.jpg", bytes(&jpeg[..200]));
    assert_said("broken-picture", "ada.jpg", bytes(&jpeg[..jpeg.len() / 2]));
    assert_said("unsupported-picture", "ada.jpg", bytes(b"\0\0\0\x18ftypavif"));
    let mut bomb = fixture("p3.png");
    bomb[16..24].copy_from_slice(&[0, 0, 0x2e, 0, 0, 0, 0x2e, 0]);
    assert_said("picture-too-large", "ada.jpg", bytes(&bomb));
    assert_said("picture-too-large", "ada.jpg", |path| {
        fs::File::create(path).unwrap().set_len(10_000_001).unwrap();
    });
}

#[test]
fn what_is_wrong_with_its_place() {
    assert_said("picture-outside", "../../../etc/passwd", |_| {});
    assert_said("picture-folder", "ada.jpg", |path| {
        fs::create_dir(path).unwrap();
        fs::write(path.join("ada.jpg"), fixture("p3.jpg")).unwrap();
    });
    assert_said("picture-link", "ada.jpg", |path| symlink("/etc/passwd", path).unwrap());
    assert_said("picture-link", "ada.jpg/hosts", |path| symlink("/etc", path).unwrap());
    assert_said("picture-special", "ada.jpg", |path| {
        UnixListener::bind(path).unwrap();
    });
    // Root can read everything.
    if fs::read("/etc/shadow").is_err() {
        assert_said("picture-unreadable", "ada.jpg", |path| {
            fs::write(path, fixture("p3.jpg")).unwrap();
            fs::set_permissions(path, Permissions::from_mode(0o000)).unwrap();
        });
    }
}

#[test]
fn what_a_link_leads_to_is_said_of_the_link_too() {
    let (_, report) = with_portrait("ada.jpg", |path| symlink("/etc/passwd", path).unwrap());
    let codes: Vec<_> = report.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["symlink"]);
}

#[test]
fn a_picture_in_a_text_is_judged_alike() {
    let (built, _) = with_portrait("ada.jpg", |path| {
        fs::write(path, fixture("p3.jpg")).unwrap();
        let pages = path.with_file_name("pages");
        fs::create_dir_all(pages.join("shots")).unwrap();
        fs::write(pages.join("shots/one.jpg"), fixture("p3.jpg")).unwrap();
        fs::write(pages.join("a.md"), "# A\n\n![Shots](shots)\n").unwrap();
    });
    let codes: Vec<&str> = built.report.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["picture-folder"]);
}
