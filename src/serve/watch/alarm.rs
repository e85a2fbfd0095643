//! Events of the system → alarms: what of them matters, and what is known when they come to rest.

use super::Scope;
use notify::Event;
use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;

/// An event, as far as it matters.
pub(super) enum Alarm {
    /// A file is being written.
    Writing(PathBuf),
    /// It is written.
    Written(PathBuf),
    /// Something else became of it.
    Changed(PathBuf),
    /// Anything else, lost events included.
    Something,
    /// Nothing changed, but a request is waiting: see [`Bell`].
    Rung,
}

/// Why `wait` came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wake {
    /// Somebody rang, and nothing else happened.
    Rung,
    /// Something changed. These paths were named, relative to the site's root: a hint of what to look
    /// at first, and no more than that. `None` where there was none.
    Changed(Option<BTreeSet<PathBuf>>),
}

/// Wakes the watcher, from any thread.
#[derive(Clone)]
pub struct Bell(Line);

impl Bell {
    pub(super) fn on(line: &Line) -> Bell {
        Bell(line.clone())
    }

    /// Makes `wait` come back.
    pub fn ring(&self) {
        self.0.send(Alarm::Rung);
    }
}

/// The way alarms take, and how many took it.
#[derive(Clone)]
pub(super) struct Line {
    sender: Sender<Alarm>,
    sent: Arc<AtomicUsize>,
}

impl Line {
    pub(super) fn new(sender: Sender<Alarm>) -> Line {
        Line { sender, sent: Arc::default() }
    }

    /// Tells whether more than so many alarms were sent.
    pub(super) fn beyond(&self, heard: usize) -> impl Fn() -> bool + Sync + use<> {
        let sent = self.sent.clone();
        move || sent.load(Ordering::SeqCst) > heard
    }

    pub(super) fn send(&self, alarm: Alarm) {
        self.sent.fetch_add(1, Ordering::SeqCst);
        // The loop that listens ends with the program.
        let _ = self.sender.send(alarm);
    }
}

impl Wake {
    pub(super) fn hear(&mut self, alarm: Alarm, root: &Path) {
        let path = match &alarm {
            Alarm::Rung => return,
            Alarm::Writing(path) | Alarm::Written(path) | Alarm::Changed(path) => {
                path.strip_prefix(root).ok()
            }
            Alarm::Something => None,
        };
        let paths = match std::mem::replace(self, Wake::Changed(None)) {
            Wake::Rung => Some(BTreeSet::new()),
            Wake::Changed(paths) => paths,
        };
        *self = Wake::Changed(paths.zip(path).map(|(mut paths, path)| {
            paths.insert(path.to_owned());
            paths
        }));
    }
}

/// Which events matter. Reading does not, or a build would trigger itself for ever.
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

/// The ignored folders, and the folders that are there to hold them.
pub(super) fn is_ignored(path: &Path, scope: &Scope) -> bool {
    let is_holder = |ignored: &PathBuf| ignored.starts_with(path) && !scope.root.starts_with(path);
    scope.ignored.iter().any(|ignored| path.starts_with(ignored) || is_holder(ignored))
}
