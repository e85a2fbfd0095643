//! The blob store's guarantees: bytes are made once, a damaged blob is a miss, and an unusable
//! cache causes one warning and changes no byte.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk")]

mod engine_world;

use engine_world::{Folder, World};
use questfolio::engine::{Blobs, Fingerprint, Foreign};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

fn file(cache: &Path, fingerprint: &Fingerprint) -> PathBuf {
    let name = fingerprint.digest().to_string();
    cache.join("blobs").join(&name[..2]).join(name)
}

/// Makes bytes slowly, and counts how often they are made.
fn slow(blobs: &Blobs, made: &AtomicUsize) {
    let bytes = blobs.obtain(&Fingerprint::new("slow/1"), || {
        made.fetch_add(1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        Ok(b"bytes".to_vec())
    });
    assert_eq!(&*bytes.expect("they are made"), b"bytes");
}

#[test]
fn threads_that_ask_for_the_same_bytes_make_them_once() {
    let folder = tempfile::tempdir().unwrap();
    for blobs in [Blobs::in_memory(), Blobs::open(folder.path())] {
        let made = AtomicUsize::new(0);
        let start = Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    slow(&blobs, &made);
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }
}

#[test]
fn workers_that_ask_for_the_same_bytes_make_them_once_too() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    let (blobs, made) = (Blobs::in_memory(), AtomicUsize::new(0));
    pool.broadcast(|_| slow(&blobs, &made));
    assert_eq!(made.into_inner(), 1);
}

#[test]
fn a_maker_that_panics_leaves_nobody_waiting() {
    let blobs = Blobs::in_memory();
    let fingerprint = Fingerprint::new("slow/1");
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        blobs.obtain(&fingerprint, || panic!("out of ink"))
    }));
    assert!(panicked.is_err());
    assert_eq!(&*blobs.obtain(&fingerprint, || Ok(vec![1])).unwrap(), [1]);
}

#[test]
fn harmed_blobs_are_misses() {
    let folder = tempfile::tempdir().unwrap();
    let fingerprint = Fingerprint::new("picture/1");
    let good = b"the very bytes".to_vec();
    Blobs::open(folder.path()).obtain(&fingerprint, || Ok(good.clone())).unwrap();
    let blob = file(folder.path(), &fingerprint);
    let whole = fs::read(&blob).unwrap();
    let check = |harmed: &[u8], what: &str| {
        fs::write(&blob, harmed).unwrap();
        let blobs = Blobs::open(folder.path());
        let bytes = blobs.obtain(&fingerprint, || Ok(good.clone())).unwrap();
        assert_eq!(*bytes, *good, "{what}");
        assert_eq!(fs::read(&blob).unwrap(), whole, "{what}: and the blob is whole again");
    };
    (0..whole.len()).for_each(|end| check(&whole[..end], &format!("cut at {end}")));
    for bit in (0..whole.len() * 8).step_by(3) {
        let mut harmed = whole.clone();
        harmed[bit / 8] ^= 1 << (bit % 8);
        check(&harmed, &format!("bit {bit}"));
    }

    // A valid blob under another name is a miss.
    let other = Fingerprint::new("picture/2");
    let stranger = file(folder.path(), &other);
    fs::create_dir_all(stranger.parent().unwrap()).unwrap();
    fs::write(stranger, &whole).unwrap();
    assert!(Blobs::open(folder.path()).get(&other).is_none());
}

#[test]
fn old_blobs_are_swept_and_used_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path());
    let [old, used] = ["old/1", "used/1"].map(Fingerprint::new);
    for fingerprint in [&old, &used] {
        blobs.obtain(fingerprint, || Ok(vec![1])).unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(40 * 24 * 60 * 60);
        let blob = fs::File::options().append(true).open(file(folder.path(), fingerprint));
        blob.unwrap().set_modified(long_ago).unwrap();
    }
    blobs.obtain(&used, || panic!("it is there")).unwrap();
    blobs.sweep();
    assert!(blobs.get(&old).is_none());
    assert!(blobs.get(&used).is_some());
    assert!(folder.path().join("CACHEDIR.TAG").is_file());
}

#[test]
fn a_cache_that_cannot_be_used_costs_one_warning() {
    let folder = Folder::new();
    // A file in place of the folder fails for everybody, including root.
    fs::create_dir_all(folder.cache().parent().unwrap()).unwrap();
    fs::write(folder.cache(), "not a folder").unwrap();
    let mut world = World::with_pages(&["a", "b"]);
    let built = folder.try_build(&world, Foreign::Refuse);
    let codes: BTreeSet<&str> = built.report.iter().map(|it| it.code).collect();
    assert_eq!(codes, BTreeSet::from(["cache-unusable"]));
    assert_eq!(built.report.sorted().iter().count(), 1);
    assert_eq!(folder.files().len(), Folder::clean(&world).len());
    assert_eq!(folder.pages(), Folder::clean_pages(&world), "and changes no byte");
    world.set_text("a", "other");
    folder.try_build(&world, Foreign::Refuse);
    assert_eq!(folder.pages(), Folder::clean_pages(&world));
}

#[test]
fn traces_nobody_could_rewrite_are_not_believed() {
    let folder = Folder::new();
    let mut world = World::with_pages(&["a"]);
    folder.build(&world);
    let first = world.clone();
    let traces = folder.cache().join("traces");
    let kept = traces.with_extension("kept");
    fs::rename(&traces, &kept).unwrap();
    fs::write(&traces, "in the way").unwrap();
    world.set_text("a", "txet");
    folder.try_build(&world, Foreign::Refuse);
    fs::remove_file(&traces).unwrap();
    fs::rename(&kept, &traces).unwrap();
    // The old traces match the old inputs, and the new page has the same length.
    folder.build(&first);
    assert_eq!(folder.files(), Folder::clean(&first));
}
