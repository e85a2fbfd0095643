//! Converts system events to alarms: which of them matter, and what is known at the end of a batch.

use super::scope::Scope;
use notify::Event;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

/// An event, reduced to what matters.
pub(super) enum Alarm {
    /// A file is being written.
    Writing(PathBuf),
    /// A file was written and closed.
    Written(PathBuf),
    /// A path changed in another way.
    Changed(PathBuf),
    /// Anything else, including lost events.
    Something,
    /// Nothing changed, but a request is waiting: see [`Waker`].
    Woken,
}

/// Why `wait` returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// The waker was called, and nothing changed.
    Woken,
    /// Something changed. The paths named by events, relative to the site's root, are only a hint
    /// of what to check first. `None` if there is no such hint.
    Changed(Option<BTreeSet<PathBuf>>),
}

/// Wakes the watcher, from any thread.
#[derive(Clone)]
pub struct Waker(AlarmSender);

impl Waker {
    pub(super) fn on(sender: &AlarmSender) -> Waker {
        Waker(sender.clone())
    }

    /// Makes `wait` return.
    pub fn wake(&self) {
        self.0.send(Alarm::Woken);
    }
}

/// A channel for alarms that counts them.
#[derive(Clone)]
pub(super) struct AlarmSender {
    sender: Sender<Alarm>,
    sent: Arc<AtomicUsize>,
}

impl AlarmSender {
    pub(super) fn new(sender: Sender<Alarm>) -> AlarmSender {
        AlarmSender { sender, sent: Arc::default() }
    }

    /// A function that tells whether more than `received` alarms were sent.
    pub(super) fn beyond(&self, received: usize) -> impl Fn() -> bool + Sync + use<> {
        let sent = self.sent.clone();
        move || sent.load(Ordering::SeqCst) > received
    }

    pub(super) fn send(&self, alarm: Alarm) {
        self.sent.fetch_add(1, Ordering::SeqCst);
        // The receiving loop lives as long as the program.
        let _ = self.sender.send(alarm);
    }
}

impl Wake {
    pub(super) fn receive(&mut self, alarm: Alarm, root: &Path) {
        let path = match &alarm {
            Alarm::Woken => return,
            Alarm::Writing(path) | Alarm::Written(path) | Alarm::Changed(path) => {
                path.strip_prefix(root).ok()
            }
            Alarm::Something => None,
        };
        let paths = match std::mem::replace(self, Wake::Changed(None)) {
            Wake::Woken => Some(BTreeSet::new()),
            Wake::Changed(paths) => paths,
        };
        *self = Wake::Changed(paths.zip(path).map(|(mut paths, path)| {
            paths.insert(path.to_owned());
            paths
        }));
    }
}

/// Which events matter. Reads do not, or a build would trigger itself forever.
pub(super) fn alarms(event: notify::Result<Event>, scope: &Scope) -> Vec<Alarm> {
    let Ok(event) = event else { return vec![Alarm::Something] };
    if event.need_rescan() {
        return vec![Alarm::Something];
    }
    let alarm: fn(PathBuf) -> Alarm = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Alarm::Written,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => {
            Alarm::Writing
        }
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Alarm::Written,
        _ => Alarm::Changed,
    };
    event.paths.into_iter().filter(|path| !is_ignored(path, scope)).map(alarm).collect()
}

/// The ignored folders, and parent folders that exist only for them.
pub(super) fn is_ignored(path: &Path, scope: &Scope) -> bool {
    let is_holder = |ignored: &PathBuf| ignored.starts_with(path) && !scope.root.starts_with(path);
    scope.ignored.iter().any(|ignored| path.starts_with(ignored) || is_holder(ignored))
}
