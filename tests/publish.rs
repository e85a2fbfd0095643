//! The effects of publishing on a folder: our files are kept up to date, foreign ones are left
//! alone.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

mod engine_world;

use engine_world::{Folder, World};
use questfolio::engine::Foreign;
use questfolio::engine::publish::Step;
use questfolio::engine::publish::marker::MARKER;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn harmed_markers_never_cost_a_foreign_file() {
    let two = World::with_pages(&["a", "b"]);
    let mut one = two.clone();
    one.remove("b");
    let folder = Folder::new();
    folder.build(&two);
    let marker = fs::read(folder.out().join(MARKER)).unwrap();
    for end in (0..marker.len()).step_by(7) {
        fs::write(folder.out().join(MARKER), &marker[..end]).unwrap();
        folder.write_foreign("note.txt", "mine");
        folder.build(&one);
        assert_eq!(fs::read_to_string(folder.out().join("note.txt")).unwrap(), "mine");
        fs::remove_file(folder.out().join("note.txt")).unwrap();
        assert_eq!(folder.pages(), Folder::clean_pages(&one), "marker cut at {end}");
        folder.build(&two);
    }
}

#[test]
fn a_lost_cache_or_a_lost_marker_costs_time_only() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a", "b"]);
    folder.build(&world);
    fs::remove_dir_all(folder.cache()).unwrap();
    world.remove("a");
    folder.build(&world);
    assert_eq!(folder.files(), Folder::clean(&world), "the marker knows what was ours");

    fs::remove_file(folder.out().join(MARKER)).unwrap();
    world.remove("b");
    folder.build(&world);
    assert_eq!(folder.pages(), Folder::clean_pages(&world), "and so do the traces");
}

#[test]
fn somebody_elses_folder_is_refused_or_adopted_and_never_harmed() {
    let folder = Folder::new();
    let world = World::with_pages(&["a"]);
    folder.write_foreign("CNAME", "example.org");
    folder.write_foreign(".git/HEAD", "ref");
    folder.write_foreign("a/own.txt", "mine");
    let refused = folder.try_open(Foreign::Refuse).unwrap_err();
    assert_eq!(refused.code, "foreign-output");
    assert!(refused.help.unwrap().contains("--adopt"));

    assert!(!folder.try_build(&world, Foreign::Adopt).report.has_errors());
    // Once adopted, the folder needs no flag, and its files are kept.
    folder.build(&World::default());
    assert!(!folder.out().join("a/index.html").exists());
    for (name, text) in [("CNAME", "example.org"), (".git/HEAD", "ref"), ("a/own.txt", "mine")] {
        assert_eq!(fs::read_to_string(folder.out().join(name)).unwrap(), text);
    }

    // A page that would replace a foreign file is an error, and nothing is written.
    folder.write_foreign("b/index.html", "mine");
    let built = folder.try_build(&World::with_pages(&["a", "b"]), Foreign::Adopt);
    assert_eq!(built.report.iter().map(|it| it.code).collect::<Vec<_>>(), ["foreign-file"]);
    assert_eq!(fs::read_to_string(folder.out().join("b/index.html")).unwrap(), "mine");
    assert!(!folder.out().join("a/index.html").exists());
}

#[test]
fn a_foreign_file_with_our_very_bytes_stays_foreign() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a"]);
    let bytes = Folder::clean(&world)["a/index.html"].clone();
    folder.write_foreign("a/index.html", &bytes);
    assert!(!folder.try_build(&world, Foreign::Adopt).report.has_errors());
    world.remove("a");
    folder.build(&world);
    assert!(folder.out().join("a/index.html").exists(), "we did not write it");
}

#[test]
fn what_somebody_changed_is_kept_when_its_page_goes() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a"]);
    folder.build(&world);
    folder.write_foreign("a/index.html", "my own words, never to be lost");
    // While it belongs to the site we may overwrite it: tools may process published files.
    folder.build(&world);
    assert_eq!(folder.files(), Folder::clean(&world));
    folder.write_foreign("a/index.html", "my own words, never to be lost");
    world.remove("a");
    let built = folder.try_build(&world, Foreign::Refuse);
    assert_eq!(built.report.iter().map(|it| it.code).collect::<Vec<_>>(), ["changed-output"]);
    assert!(folder.out().join("a/index.html").exists());
}

#[test]
fn files_and_folders_may_change_places() {
    let folder = Folder::new();
    let file = World::with_pages(&[]).and_file("x", "a file").and_file("y/deep/z", "deep");
    let swapped = World::with_pages(&[]).and_file("x/inside", "in it").and_file("y", "a file");
    for world in [&file, &swapped, &file] {
        folder.build(world);
        assert_eq!(folder.files(), Folder::clean(world));
    }
    // But not if a foreign file would be lost.
    folder.write_foreign("y/deep/mine", "mine");
    let built = folder.try_build(&swapped, Foreign::Refuse);
    assert_eq!(built.report.iter().map(|it| it.code).collect::<Vec<_>>(), ["foreign-file"]);
    assert!(folder.out().join("y/deep/mine").exists() && folder.out().join("x").is_file());
}

#[cfg(unix)]
#[test]
fn links_are_replaced_and_never_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("index.html"), "precious").unwrap();
    let world = World::with_pages(&["a", "b"]);
    folder.build(&world);
    for name in ["a", "b"] {
        fs::remove_dir_all(folder.out().join(name)).unwrap();
    }
    symlink(outside.path(), folder.out().join("a")).unwrap();
    fs::create_dir(folder.out().join("b")).unwrap();
    symlink(outside.path().join("index.html"), folder.out().join("b/index.html")).unwrap();
    let built = folder.try_build(&world, Foreign::Refuse);
    assert_eq!(built.report.iter().filter(|it| it.code == "replaced-link").count(), 2);
    assert_eq!(folder.files(), Folder::clean(&world));

    // If a page is removed while its folder is a link, the link's target is not touched.
    fs::remove_dir_all(folder.out().join("a")).unwrap();
    symlink(outside.path(), folder.out().join("a")).unwrap();
    folder.try_build(&World::with_pages(&["b"]), Foreign::Refuse);
    assert_eq!(fs::read_to_string(outside.path().join("index.html")).unwrap(), "precious");
}

#[cfg(unix)]
#[test]
fn published_files_can_be_read_by_everybody() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.build(&World::with_pages(&["a"]));
    let mode =
        |name: &str| fs::metadata(folder.out().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("a/index.html"), mode("a"), mode("")), (0o644, 0o755, 0o755));
}

#[test]
fn a_write_that_fails_leaves_all_else_as_it_was() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a", "b"]);
    folder.build(&world);
    let before = folder.files();
    world.set_text("a", "new");
    world.set_text("b", "new");
    // Between plan and write, a folder takes the page's place: renaming over it must fail.
    let report = folder.build_around(&world, |out| {
        fs::remove_file(out.join("a/index.html")).unwrap();
        fs::create_dir(out.join("a/index.html")).unwrap();
    });
    let diagnostic = report.iter().next().unwrap();
    assert_eq!(diagnostic.code, "io");
    assert!(diagnostic.message.contains("a/index.html"), "{}", diagnostic.message);
    assert_eq!(folder.files()["b/index.html"], before["b/index.html"]);
    fs::remove_dir(folder.out().join("a/index.html")).unwrap();
    folder.build(&world);
    assert_eq!(folder.files(), Folder::clean(&world));
}

#[test]
fn two_builds_at_once_are_one_after_the_other() {
    let folder = Folder::new();
    let worlds = [World::with_pages(&["a", "b", "c"]), World::with_pages(&["b", "d"])];
    for _ in 0..10 {
        std::thread::scope(|scope| {
            for world in &worlds {
                scope.spawn(|| folder.build(world));
            }
        });
        let files = folder.files();
        assert!(worlds.iter().any(|world| Folder::clean(world) == files), "never a mix");
    }
}

#[test]
fn a_build_that_waits_says_so() {
    let folder = Folder::new();
    let waited = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let first = folder.try_open(Foreign::Refuse).unwrap();
        let second = scope.spawn(|| {
            folder.open_waiting(&|| {
                waited.fetch_add(1, Ordering::SeqCst);
            })
        });
        std::thread::sleep(std::time::Duration::from_millis(1500));
        drop(first);
        second.join().unwrap().unwrap();
    });
    assert_eq!(waited.into_inner(), 1);
}

#[test]
fn assets_come_before_pages_and_pages_go_before_assets() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a"]);
    folder.build(&world);
    world.remove("a");
    world.set_picture("b", 7);
    let steps = folder.steps(&world);
    let write = |end: &str| {
        let is_it = |step: &Step| matches!(step, Step::Write(path) if path.as_str().ends_with(end));
        steps.iter().position(is_it).unwrap()
    };
    let remove = |end: &str| {
        let is_it =
            |step: &Step| matches!(step, Step::Remove(path) if path.as_str().ends_with(end));
        steps.iter().position(is_it).unwrap()
    };
    let unsettle = steps.iter().position(|it| *it == Step::MarkChanging).unwrap();
    let is_stage = |step: &Step| matches!(step, Step::WriteTemporary(_));
    assert!(steps[..unsettle].iter().all(is_stage) && !steps[unsettle..].iter().any(is_stage));
    assert!(write(".png") < write("b/index.html"));
    assert!(write("b/index.html") < remove("a/index.html"));
    assert!(remove("a/index.html") < remove(".png"));
    assert_eq!(steps.last(), Some(&Step::MarkStable));
}
