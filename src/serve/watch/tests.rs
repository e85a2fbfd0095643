//! Watchers for systems that refuse to give events, and one that counts registrations.

use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Gives no events for folders other than the root.
struct Limited;

impl notify::Watcher for Limited {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Limited> {
        Ok(Limited)
    }

    fn watch(&mut self, _: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match mode {
            RecursiveMode::NonRecursive => Ok(()),
            RecursiveMode::Recursive => Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)),
        }
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Err(notify::Error::watch_not_found())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

/// Counts how often a watch is requested.
struct Counting;

static WATCHED: AtomicUsize = AtomicUsize::new(0);

impl notify::Watcher for Counting {
    fn new<F: notify::EventHandler>(_: F, _: Config) -> notify::Result<Counting> {
        Ok(Counting)
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        WATCHED.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> notify::WatcherKind {
        notify::WatcherKind::NullWatcher
    }
}

/// A folder of content, with a watcher that gets no events for it.
fn limited(say: &mut dyn FnMut(ServerEvent)) -> (tempfile::TempDir, PathBuf, Watcher) {
    watched(|_| Ok(Box::new(Limited)), say)
}

fn watched(
    source: Source,
    say: &mut dyn FnMut(ServerEvent),
) -> (tempfile::TempDir, PathBuf, Watcher) {
    let root = tempfile::tempdir().unwrap();
    let content = root.path().join("content");
    std::fs::create_dir(&content).unwrap();
    let scope =
        Scope { root: root.path().to_owned(), folders: vec![content.clone()], ignored: Vec::new() };
    let watcher = Watcher::with(source, scope, WatchMode::Events, say);
    (root, content, watcher)
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes a file")]
fn a_limit_of_the_system_is_said_once_and_polled_around() {
    let mut notes = Vec::new();
    let mut say = |event| notes.push(event);
    let (_root, content, mut watcher) = limited(&mut say);
    for text in ["one", "and two"] {
        std::fs::write(content.join("a.md"), text).unwrap();
        watcher.wait();
        assert!(watcher.settle(&mut say, &|| false));
    }
    assert!(matches!(&notes[..], [ServerEvent::Polling { .. }]), "{notes:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes a file")]
fn a_check_that_is_cancelled_is_made_up_for() {
    let (_root, content, mut watcher) = limited(&mut |_| ());
    std::fs::write(content.join("a.md"), "one").unwrap();
    assert_eq!(watcher.wait(), Wake::Changed(None));
    assert!(!watcher.settle(&mut |_| (), &|| true));
    assert!(watcher.settle(&mut |_| (), &|| false));
    // What was checked since the last change need not be checked again.
    assert!(watcher.settle(&mut |_| (), &|| true));
    std::fs::write(content.join("a.md"), "and two").unwrap();
    assert_eq!(watcher.wait(), Wake::Changed(None));
    assert!(!watcher.settle(&mut |_| (), &|| true));
}

#[test]
fn what_is_watched_is_watched_anew_after_a_folder_came_or_events_were_lost() {
    let (_root, content, mut watcher) = watched(|_| Ok(Box::new(Counting)), &mut |_| ());
    let mut watched_after = |alarm| {
        let before = WATCHED.load(Ordering::SeqCst);
        watcher.sender.send(alarm);
        watcher.wait();
        assert!(watcher.settle(&mut |_| (), &|| false));
        WATCHED.load(Ordering::SeqCst) - before
    };
    assert_eq!(watched_after(Alarm::Written(content.join("a.md"))), 0, "a file");
    assert_eq!(
        watched_after(Alarm::Written(content)),
        2,
        "the root, and the folder that came back"
    );
    assert_eq!(watched_after(Alarm::Something), 2, "lost events");
}
