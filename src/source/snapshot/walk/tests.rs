//! Only plain files in the site's own folders are read; everything else is reported.
#![expect(clippy::disallowed_methods, reason = "tests write the folders they read")]

use super::*;
use crate::digest::Digest;
use crate::source::snapshot::Snapshot;
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 3, 1);

fn site(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    root
}

fn take(root: &Path) -> (Vec<String>, Vec<&'static str>) {
    let mut report = Report::default();
    let snapshot = Snapshot::take(root, TODAY, &mut report);
    let paths = snapshot.files().map(|(path, _)| path.to_string()).collect();
    (paths, report.iter().map(|it| it.code).collect())
}

#[test]
fn only_what_belongs_to_a_site_is_read() {
    let root = site(&[
        ("site.yaml", b"title: x\n"),
        ("README.md", b""),
        ("public/index.html", b""),
        ("content/profile.yaml", b"name: Ada\n"),
        ("content/_draft.md", b""),
        ("content/.hidden/a.md", b""),
        ("content/avatar.jpg", b"\xff\xd8"),
        ("static/_headers", b""),
        ("static/.well-known/a", b""),
        ("static/.DS_Store", b""),
    ]);
    let (paths, codes) = take(root.path());
    assert_eq!(
        paths,
        [
            "content/avatar.jpg",
            "content/profile.yaml",
            "site.yaml",
            "static/.well-known/a",
            "static/_headers",
        ]
    );
    assert_eq!(codes, [""; 0]);
}

#[test]
fn a_folder_without_a_site_is_said_to_be_one() {
    let root = site(&[("README.md", b"")]);
    assert_eq!(take(root.path()).1, ["no-site"]);
    assert_eq!(take(&root.path().join("missing")).1, ["no-such-folder"]);
    assert_eq!(take(&root.path().join("README.md")).1, ["no-such-folder"]);
}

#[test]
fn what_editors_leave_beside_a_file_is_none_of_the_site() {
    let names = [
        "a.css~",
        ".a.css.swp",
        ".#a.css",
        "#a.css#",
        "a.css___jb_tmp___",
        "a.css___jb_old___",
        ".goutputstream-X7K2Q3",
    ];
    for folder in ["static", "templates", "content/pages"] {
        let paths: Vec<String> = names.iter().map(|name| format!("{folder}/{name}")).collect();
        let mut files: Vec<(&str, &[u8])> =
            paths.iter().map(|path| (path.as_str(), b"x".as_slice())).collect();
        files.extend([("site.yaml", b"".as_slice()), ("static/_headers", b""), ("static/.a", b"")]);
        let root = site(&files);
        assert_eq!(
            take(root.path()),
            (["site.yaml", "static/.a", "static/_headers"].map(str::to_owned).to_vec(), vec![]),
            "{folder}"
        );
    }
}

#[test]
fn names_that_are_nearly_right_are_said() {
    let root = site(&[("site.yml", b""), ("contents/profile.yaml", b""), ("assets/a.css", b"")]);
    assert_eq!(take(root.path()).1, ["misnamed-file", "misnamed-file", "no-site"]);
    let root = site(&[("site.yaml", b""), ("site.yml", b""), ("content/profile.yaml", b"")]);
    assert_eq!(take(root.path()).1, [""; 0]);
}

#[test]
#[cfg(unix)]
fn links_pipes_and_odd_names_are_left_out_and_the_rest_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let root = site(&[("content/a.md", b"x"), ("content/b\\c.md", b"x")]);
    let content = root.path().join("content");
    std::os::unix::fs::symlink("/etc/passwd", content.join("passwd.md")).unwrap();
    std::os::unix::fs::symlink("/etc", content.join("etc")).unwrap();
    std::os::unix::fs::symlink(&content, root.path().join("static")).unwrap();
    std::fs::write(content.join(std::ffi::OsStr::from_bytes(b"\xff.md")), "x").unwrap();
    std::os::unix::net::UnixListener::bind(content.join("socket")).unwrap();
    let (paths, mut codes) = take(root.path());
    codes.sort_unstable();
    assert_eq!(paths, ["content/a.md"]);
    assert_eq!(
        codes,
        ["special-file", "symlink", "symlink", "symlink", "unsound-name", "unsound-name"]
    );
    let snapshot = Snapshot::take(root.path(), TODAY, &mut Report::default());
    let unread = |path: &str| snapshot.unread(&SitePath::new(path).unwrap());
    assert_eq!(unread("content/passwd.md"), Some(Unread::Link));
    assert_eq!(unread("content/etc/hosts"), Some(Unread::Link), "behind a link");
    assert_eq!(unread("content/socket"), Some(Unread::Special));
    assert_eq!(unread("content/a.md"), None);
}

#[test]
fn text_is_held_up_to_a_limit_and_copied_without_one() {
    let long = vec![b'x'; MAX_HELD as usize + 1];
    let root = site(&[("content/a.md", &long), ("static/b.js", &long), ("content/c.jpg", &long)]);
    let (paths, codes) = take(root.path());
    assert_eq!(paths, ["content/c.jpg", "static/b.js"]);
    assert_eq!(codes, ["file-too-large"]);
}

#[test]
fn a_file_that_cannot_be_read_is_said() {
    let root = site(&[("content/a.md", b"x")]);
    let on_disk = root.path().join("content/a.md");
    let metadata = std::fs::metadata(&on_disk).unwrap();
    std::fs::remove_file(&on_disk).unwrap();
    for name in ["content/a.md", "content/a.jpg"] {
        let path = SitePath::new(name).unwrap();
        let found = Found { path, on_disk: on_disk.clone(), metadata: metadata.clone() };
        let said = read(&found, None).unwrap_err();
        assert_eq!(said.code, "unreadable-file");
        assert_eq!(unread(&said), Some((found.path, Unread::Denied)));
    }
}

#[test]
fn pictures_are_hashed_again_only_when_they_changed() {
    let root = site(&[("content/a.jpg", b"one"), ("content/b.md", b"one")]);
    let mut report = Report::default();
    let first = Snapshot::take(root.path(), TODAY, &mut report);
    let picture = root.path().join("content/a.jpg");
    let modified = std::fs::metadata(&picture).unwrap().modified().unwrap();
    let write = |text: &str| {
        std::fs::write(&picture, text).unwrap();
        let file = std::fs::File::options().write(true).open(&picture).unwrap();
        file.set_modified(modified).unwrap();
    };
    let digest = |snapshot: &Snapshot| snapshot.file("content/a.jpg").unwrap().digest;

    // Same length and same modification time, as after `cp -p`.
    write("two");
    let same = first.retake(root.path(), TODAY, &mut report, &|| false).unwrap();
    assert_eq!(digest(&same), Digest::of_bytes(if cfg!(unix) { b"two" } else { b"one" }));

    write("three");
    let changed = first.retake(root.path(), TODAY, &mut report, &|| false).unwrap();
    assert_eq!(digest(&changed), Digest::of_bytes(b"three"));
    assert!(report.is_empty());
}

#[test]
fn a_walk_that_is_cancelled_is_none() {
    let root = site(&[("content/a.jpg", b"one"), ("content/b.md", b"one")]);
    let mut report = Report::default();
    let first = Snapshot::take(root.path(), TODAY, &mut report);
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let after = |times: usize| {
        asked.store(0, std::sync::atomic::Ordering::Relaxed);
        let is_cancelled = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= times;
        first.retake(root.path(), TODAY, &mut Report::default(), &is_cancelled).is_none()
    };
    // It is checked at a folder, at its two files, and when each file was read.
    assert_eq!([0, 1, 2, 3, 4, 5].map(after), [true, true, true, true, true, false]);
}

#[cfg(unix)]
#[test]
fn what_nobody_touched_is_not_hashed_again() {
    let root = site(&[("content/a.jpg", b"one")]);
    let on_disk = root.path().join("content/a.jpg");
    let metadata = || std::fs::metadata(&on_disk).unwrap();
    let modified = metadata().modified().ok();
    let file = |stamp| File {
        digest: Digest::of_bytes(b"other"),
        len: 3,
        content: Content::OnDisk {
            file: OnDisk {
                path: on_disk.clone(),
                digest: Digest::of_bytes(b"other"),
                len: 3,
                stamp,
            },
            modified,
        },
    };
    assert_eq!(Stamp::settled(&metadata()), None, "what was written just now may be again");
    assert_eq!(file(None).read().unwrap_err().code, "changed-while-read");
    let seen = file(Stamp::of(&metadata()));
    assert_eq!(*seen.read().unwrap(), *b"one");

    // File timestamps may be only a few milliseconds precise.
    std::thread::sleep(std::time::Duration::from_millis(50));
    std::fs::write(&on_disk, "two").unwrap();
    let written = std::fs::File::options().write(true).open(&on_disk).unwrap();
    written.set_modified(modified.unwrap()).unwrap();
    assert_eq!(seen.read().unwrap_err().code, "changed-while-read", "dated back");
}
