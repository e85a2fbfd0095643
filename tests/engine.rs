//! The engine's guarantees, on a small world in memory: earlier builds change no byte, nothing is
//! done twice, and foreign files are never touched.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

mod engine_world;

use engine_world::{Folder, World, edits, path};
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::engine::publish::marker::MARKER;
use questfolio::engine::{Blobs, Observer, Origin, Outputs, run};
use std::collections::BTreeSet;
use std::fs;
use std::sync::Mutex;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn whatever_was_built_before_the_bytes_are_those_of_a_clean_build(edits in edits(12)) {
        let folder = Folder::new();
        let mut world = World::default();
        for edit in edits {
            edit.apply(&mut world, &folder);
            folder.build(&world);
            prop_assert_eq!(folder.files(), Folder::clean(&world));
        }
    }
}

#[test]
fn only_what_changed_is_made_and_only_what_differs_is_written() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a", "b", "c"]);
    let first = folder.build(&world);
    assert_eq!(first.run.count(Origin::Made), 7, "three pages, three pictures, one index");
    assert_eq!(first.published.written.len(), 7);

    let again = folder.build(&world);
    assert_eq!(again.run.count(Origin::Reused), 7);
    assert!(again.published.written.is_empty() && again.published.removed.is_empty());

    let stamps = folder.stamps();
    world.set_text("b", "new words");
    let edited = folder.build(&world);
    assert_eq!(edited.made(), ["b/index.html"]);
    assert_eq!(edited.because("b/index.html"), ["text changed"]);
    assert_eq!(edited.published.written, [path("b/index.html")]);
    let touched: BTreeSet<String> = folder
        .stamps()
        .into_iter()
        .filter(|(name, stamp)| stamps.get(name) != Some(stamp))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(touched, BTreeSet::from([MARKER.to_owned(), "b/index.html".to_owned()]));

    // An input that changes no byte causes a run but no write.
    world.set_invisible(5);
    let invisible = folder.build(&world);
    assert_eq!(invisible.run.count(Origin::Made), 4);
    assert!(invisible.published.written.is_empty());
    assert_eq!(folder.build(&world).run.count(Origin::Reused), 7);

    world.remove("c");
    let removed = folder.build(&world);
    assert_eq!(removed.published.removed.len(), 2, "the page and its picture");
    assert!(!folder.out().join("c").exists(), "an empty folder of ours goes with its page");
}

#[test]
fn undoing_an_edit_takes_the_picture_from_its_blob() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a"]);
    let before = world.picture("a");
    folder.build(&world);
    world.set_picture("a", 9);
    assert_eq!(folder.build(&world).run.count(Origin::Restored), 0);
    world.set_picture("a", before);
    assert_eq!(folder.build(&world).run.count(Origin::Restored), 1);

    // As in CI: the output is gone, the cache is not.
    fs::remove_dir_all(folder.out()).unwrap();
    let restored = folder.build(&world);
    assert_eq!((restored.run.count(Origin::Restored), restored.run.count(Origin::Reused)), (1, 0));
    assert_eq!(folder.files(), Folder::clean(&world));
}

#[test]
fn the_same_result_on_one_thread_and_on_many() {
    let world = World::with_pages(&["a", "b", "c", "d", "e"]);
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let mut report = Report::default();
            let run = run(&world.jobs(), &Outputs::new(), &Blobs::in_memory(), &mut report, &());
            (format!("{:?}", run.outputs), format!("{:?}", run.provenance))
        })
    };
    assert_eq!(build(1), build(2));
    assert_eq!(build(1), build(16));
}

#[test]
fn who_waits_is_told_of_what_is_made_and_of_nothing_that_was_kept() {
    #[derive(Default)]
    struct Told(Mutex<Vec<(usize, Option<usize>)>>);
    impl Observer for Told {
        fn step_finished(&self, _part: &'static str) {}
        fn progress(&self, _doing: &'static str, done: usize, of: Option<usize>) {
            self.0.lock().unwrap().push((done, of));
        }
    }
    let mut world = World::with_pages(&["a", "b", "c"]);
    let blobs = Blobs::in_memory();
    let build = |world: &World, previous: &Outputs| {
        let told = Told::default();
        let run = run(&world.jobs(), previous, &blobs, &mut Report::default(), &told);
        let mut told = told.0.into_inner().unwrap();
        told.sort_unstable();
        (run.outputs, told)
    };
    let (first, told) = build(&world, &Outputs::new());
    assert_eq!(told, [(1, Some(3)), (2, Some(3)), (3, Some(3))]);
    assert!(build(&world, &first).1.is_empty(), "all is fresh");
    assert!(build(&world, &Outputs::new()).1.is_empty(), "all is in the store");
    world.set_picture("a", 9);
    assert_eq!(build(&world, &first).1, [(1, Some(1))]);
}

#[test]
fn a_task_that_fails_or_panics_costs_its_own_output_only() {
    let mut world = World::with_pages(&["a", "b", "c"]);
    let blobs = Blobs::in_memory();
    let mut report = Report::default();
    let good = run(&world.jobs(), &Outputs::new(), &blobs, &mut report, &());
    assert!(report.is_empty());
    world.set_text("a", "panic: out of ink");
    world.set_text("b", "error: no ink");
    let bad = run(&world.jobs(), &good.outputs, &blobs, &mut report, &());
    let codes: Vec<&str> = report.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["task-panicked", "no-ink"]);
    assert!(report.iter().next().unwrap().message.contains("`a/index.html`"));
    assert!(report.iter().next().unwrap().message.contains("out of ink"));
    assert_eq!(bad.count(Origin::Failed), 2);
    let page = path("a/index.html");
    assert_eq!(bad.outputs[&page].digest, good.outputs[&page].digest, "the last good page stays");
}
