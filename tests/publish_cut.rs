//! Properties of an output folder whenever a build is interrupted, and what the next build makes of
//! it; and that the next build notices every changed file.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

mod engine_world;

use engine_world::{Edit, Folder, World, edits, forge};
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::engine::publish::BLANK;
use questfolio::engine::publish::atomic_file::{self, Durability};
use questfolio::engine::publish::disk::Disk;
use questfolio::engine::{Blobs, Destination, Foreign, Origin, ProtectedFolders, run};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::time::Duration;

/// File timestamps may be only a few milliseconds precise.
const TICK: Duration = Duration::from_millis(20);

fn world_of(edits: &[Edit], start: &World) -> World {
    let mut world = start.clone().linked();
    edits.iter().for_each(|edit| edit.change(&mut world));
    world
}

/// Interrupts a build after every number of operations, and checks the folder each time.
fn cut_everywhere(old: &World, new: &World, third: &World) {
    let [before, after, later] = [old, new, third].map(Folder::clean);
    for operations in 0.. {
        let folder = Folder::new();
        folder.build(old);
        let is_cut = folder.build_cut_off(new, operations);
        folder.assert_every_link_leads_somewhere();
        for (name, text) in folder.pages().iter().filter(|(name, _)| name.ends_with(".html")) {
            let is_whole = [before.get(name), after.get(name)].contains(&Some(text));
            assert!(is_whole || text == BLANK, "{name} is torn after {operations} operations");
        }
        let (next, clean) = if operations % 2 == 0 { (new, &after) } else { (third, &later) };
        folder.build(next);
        assert_eq!(&folder.files(), clean, "after {operations} operations");
        assert_eq!(folder.temporaries(), Vec::<std::path::PathBuf>::new());
        if !is_cut {
            return;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10) })]

    #[test]
    fn a_build_cut_off_anywhere_is_sound_and_the_next_one_makes_it_whole(
        before in edits(6),
        after in edits(4),
        then in edits(2),
    ) {
        let old = world_of(&before, &World::default());
        let new = world_of(&after, &old);
        cut_everywhere(&old, &new, &world_of(&then, &new));
    }
}

#[test]
fn whatever_gives_way_to_whatever_a_cut_does_no_harm() {
    let start = World::with_pages(&["a"]);
    let shapes = [0, 1, 2, 3, 4].map(|shape| world_of(&[Edit::Shape(shape)], &start));
    for (index, old) in shapes.iter().enumerate() {
        for new in &shapes {
            cut_everywhere(old, new, &shapes[(index + 1) % shapes.len()]);
        }
    }
}

#[test]
fn an_empty_folder_of_ours_gives_way_to_a_file_and_goes_when_nobody_needs_it() {
    let deep = World::with_pages(&["a"]).and_file("deep/er/a.css", "a");
    let file = World::with_pages(&["a"]).and_file("deep", "file");
    for next in [&file, &World::with_pages(&["a"])] {
        let folder = Folder::new();
        folder.build(&deep);
        fs::remove_file(folder.out().join("deep/er/a.css")).unwrap();
        folder.build(next);
        assert_eq!(folder.files(), Folder::clean(next));
    }
    // A foreign entry in it must not be removed, even if it is an empty folder.
    let folder = Folder::new();
    folder.build(&deep);
    fs::create_dir(folder.out().join("deep/mine")).unwrap();
    let built = folder.try_build(&file, Foreign::Refuse);
    assert_eq!(built.report.iter().map(|it| it.code).collect::<Vec<_>>(), ["foreign-file"]);
    assert!(!built.published.has_begun && folder.out().join("deep/mine").is_dir());
}

#[test]
fn a_file_changed_to_others_of_its_length_is_noticed_and_made_right() {
    let folder = Folder::new();
    let world = World::with_pages(&["a", "b"]);
    let clean = Folder::clean(&world);
    folder.build(&world);
    for turn in 0..4 {
        for name in ["a/index.html", "img/p1.png"] {
            forge(&folder.out().join(name));
        }
        let built = folder.build(&world);
        assert_eq!(built.published.written.len(), 2, "turn {turn}");
        assert_eq!(folder.files(), clean);
        std::thread::sleep(TICK * turn);
    }
}

#[cfg(unix)]
#[test]
fn what_nobody_touched_is_not_read() {
    use std::os::unix::fs::MetadataExt;
    let folder = Folder::new();
    let world = World::with_pages(&["a", "b"]);
    folder.build(&world);
    let traces = || {
        let entry = fs::read_dir(folder.cache().join("traces")).unwrap().next().unwrap().unwrap();
        fs::read_to_string(entry.path()).unwrap()
    };
    let stamped = |text: &str| text.lines().filter(|it| !it.starts_with(['{', 'q'])).count();
    // Everything except what was written within the last tick of the file system's clock.
    for turn in 0.. {
        let files = folder.pages().len();
        if stamped(&traces()) == files {
            break;
        }
        assert!(turn < 3, "{} of {files} files have stamps", stamped(&traces()));
        std::thread::sleep(Duration::from_millis(2100));
        folder.build(&world);
    }
    let before = traces();
    let again = folder.build(&world);
    assert_eq!(again.run.count(Origin::Reused), again.run.provenance.len());
    assert_eq!(traces(), before, "an unchanged build writes nothing");

    // As after a cache restore and a checkout in CI: all files exist, and every one is a new file.
    let page = folder.out().join("a/index.html");
    let (number, bytes) = (fs::metadata(&page).unwrap().ino(), fs::read(&page).unwrap());
    fs::write(page.with_extension("new"), bytes).unwrap();
    fs::rename(page.with_extension("new"), &page).unwrap();
    assert_ne!(fs::metadata(&page).unwrap().ino(), number);
    let restored = folder.build(&world);
    assert_eq!(restored.run.count(Origin::Reused), restored.run.provenance.len());
    assert_eq!(folder.files(), Folder::clean(&world));
}

#[test]
fn a_full_disk_changes_nothing_and_a_build_that_stops_later_says_that_it_began() {
    let old = World::with_pages(&["a"]).linked();
    let mut new = World::with_pages(&["a", "b"]).linked();
    new.set_text("a", "other words");
    let mut begun = Vec::new();
    for operations in 0.. {
        let folder = Folder::new();
        folder.build(&old);
        let before = folder.pages();
        let (mut report, blobs) = (Report::default(), Blobs::in_memory());
        let to = folder.try_open(Foreign::Refuse).unwrap();
        let run = run(&new.jobs(), to.previous(), &blobs, &mut report, &());
        let disk = Disk::that_stops_after(operations);
        let published = to.publish_to(&disk, &run.outputs, &blobs, &mut report);
        if !report.has_errors() {
            break;
        }
        let mut after = folder.pages();
        after.retain(|name, _| !name.starts_with(".questfolio-tmp"));
        assert!(published.has_begun || after == before, "{operations} operations");
        begun.push(published.has_begun);
    }
    assert!(begun.is_sorted(), "{begun:?}");
    let aside = begun.iter().position(|it| *it).unwrap();
    assert!(aside > 2 * new.jobs().len() - 4, "everything is written aside first: {begun:?}");
}

#[test]
fn what_is_half_written_goes_and_what_is_being_written_stays() {
    let folder = Folder::new();
    let world = World::with_pages(&["a"]);
    folder.build(&world);
    let blobs = folder.cache().join("blobs");
    let stage = || atomic_file::stage(&blobs, Durability::Eventual, |file| file.write_all(b"half"));
    let (mine, given_up) = (stage().unwrap(), stage().unwrap().closed());
    let foreign = folder.out().join(".questfolio-tmp/mine.txt");
    fs::create_dir(foreign.parent().unwrap()).unwrap();
    fs::write(&foreign, "mine").unwrap();
    fs::write(foreign.with_file_name(".questfolio-tmp-1-1"), "ours").unwrap();
    folder.build(&world);
    let folder_of = foreign.parent().unwrap().to_owned();
    let mut left = folder.temporaries();
    left.sort();
    let mut expected = vec![mine.path().to_owned(), folder_of];
    expected.sort();
    assert_eq!(left, expected);
    assert_eq!(fs::read_to_string(foreign).unwrap(), "mine");
    given_up.discard();
    mine.discard();
}

#[test]
fn builds_with_caches_of_their_own_do_not_meet_in_one_folder() {
    let folder = Folder::new();
    let worlds = [World::with_pages(&["a", "b", "c"]), World::with_pages(&["b", "d"])];
    let beside = |name: String| folder.out().with_file_name(name);
    let build = |index: usize| {
        let bounds = ProtectedFolders {
            root: beside("site".to_owned()),
            sources: Vec::new(),
            cache: beside(format!("cache{index}")),
        };
        let (mut report, blobs) = (Report::default(), Blobs::open(&bounds.cache));
        let to = Destination::open(&folder.out(), &bounds, Foreign::Refuse, &|| {}).unwrap();
        let run = run(&worlds[index].jobs(), to.previous(), &blobs, &mut report, &());
        to.publish(&run.outputs, &blobs, &mut report);
        assert!(report.is_empty(), "{report:?}");
    };
    for turn in 0..10 {
        if turn % 2 == 0 {
            let _ = fs::remove_dir_all(folder.out());
        }
        std::thread::scope(|scope| {
            for index in [0, 1] {
                let build = &build;
                scope.spawn(move || build(index));
            }
        });
        let files: BTreeMap<String, String> = folder.pages();
        assert!(worlds.iter().any(|world| Folder::clean_pages(world) == files), "never a mix");
    }
}
