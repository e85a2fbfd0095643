//! Detects that something changed, but not reliably what: after any event everything is checked
//! again, so lost, duplicate, renamed and merged events do no harm.

mod alarm;
mod scope;

use crate::digest::Digest;
use crate::file::Stamp;
use crate::serve::event::ServerEvent;
use alarm::{Alarm, AlarmSender, alarms, is_ignored};
pub use alarm::{Wake, Waker};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
pub use scope::Scope;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// A pause of this length ends a batch of events.
const QUIET: Duration = Duration::from_millis(5);

/// The same, while a file is open for writing: a page must not be seen half-written.
const WRITING: Duration = Duration::from_millis(50);

/// The maximum duration of a batch, even if events keep coming.
const MAX_BATCH: Duration = Duration::from_millis(500);

/// Interval at which the watched folders are verified to be the same ones.
const TICK: Duration = Duration::from_secs(1);

/// Interval of full checks without an event; at least this many times the duration of such a check.
const SAFETY: (Duration, u32) = (Duration::from_secs(5), 100);

/// Interval of full checks when polling.
const POLL: Duration = Duration::from_millis(500);

/// How changes are detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchMode {
    /// By the system's events, with occasional full checks.
    Events,
    /// By polling, for file systems without events (`--poll`).
    Poll,
}

impl WatchMode {
    /// Polling, if requested.
    pub fn of(poll: bool) -> WatchMode {
        if poll { WatchMode::Poll } else { WatchMode::Events }
    }
}

/// Waits for changes.
pub struct Watcher {
    scope: Scope,
    mode: WatchMode,
    /// Creates the system's watcher.
    source: Source,
    events: Option<Box<dyn notify::Watcher + Send>>,
    sender: AlarmSender,
    alarms: Receiver<Alarm>,
    /// The number of alarms received.
    received: usize,
    /// The identity of each watched folder when it was registered.
    registered: BTreeMap<PathBuf, Option<Identity>>,
    /// The last known state; `None` after a change.
    seen: Option<Digest>,
    checked: Instant,
    check_took: Duration,
}

/// Creates an event source from an event handler.
type Source = fn(Listener) -> notify::Result<Box<dyn notify::Watcher + Send>>;

type Listener = Box<dyn FnMut(notify::Result<Event>) + Send>;

/// The system's event source. Links are not followed: a link to `/` would make it watch everything.
fn system(listener: Listener) -> notify::Result<Box<dyn notify::Watcher + Send>> {
    let config = Config::default().with_follow_symlinks(false);
    Ok(Box::new(RecommendedWatcher::new(listener, config)?))
}

/// The identity of a folder, to detect that another one has taken its name.
type Identity = (u64, u128);

impl Watcher {
    /// Starts to watch. Changes from now on end the next `wait`.
    pub fn new(scope: Scope, mode: WatchMode, say: &mut dyn FnMut(ServerEvent)) -> Watcher {
        Watcher::with(system, scope, mode, say)
    }

    fn with(
        source: Source,
        scope: Scope,
        mode: WatchMode,
        say: &mut dyn FnMut(ServerEvent),
    ) -> Watcher {
        let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let scope = Scope {
            root: real(&scope.root),
            folders: scope.folders.iter().map(real).collect(),
            ignored: scope.ignored.iter().map(real).collect(),
        };
        let (sender, alarms) = channel();
        let mut watcher = Watcher {
            seen: check(&scope, &|| false),
            checked: Instant::now(),
            check_took: Duration::ZERO,
            registered: BTreeMap::new(),
            source,
            events: None,
            scope,
            mode,
            sender: AlarmSender::new(sender),
            alarms,
            received: 0,
        };
        if mode == WatchMode::Events {
            watcher.register(say);
        }
        watcher
    }

    /// Wakes this watcher.
    pub fn waker(&self) -> Waker {
        Waker::on(&self.sender)
    }

    /// A function, callable from any thread, that tells whether `wait` would return at once.
    pub fn change_probe(&self) -> impl Fn() -> bool + Sync + use<> {
        self.sender.beyond(self.received)
    }

    /// Leaves the processor to others for this long, or until something happens.
    pub fn rest(&self, rest: Duration) {
        let (begun, is_woken) = (Instant::now(), self.change_probe());
        while begun.elapsed() < rest && !is_woken() {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Returns when something has changed since the last return, or when the waker was called. Call
    /// `settle` before checking everything.
    pub fn wait(&mut self) -> Wake {
        loop {
            let pause = if self.mode == WatchMode::Poll { POLL } else { TICK };
            if let Ok(alarm) = self.receive(pause) {
                let wake = self.gather(alarm);
                if let Wake::Changed(paths) = &wake {
                    self.forget(paths.as_ref());
                }
                return wake;
            }
            let is_rebuilt = self.mode == WatchMode::Events && self.identities() != self.registered;
            let safety = SAFETY.0.max(self.check_took * SAFETY.1);
            let is_due = self.mode == WatchMode::Poll || self.checked.elapsed() >= safety;
            if is_rebuilt || (is_due && self.has_changed()) {
                self.forget(None);
                return Wake::Changed(None);
            }
        }
    }

    /// Discards the last known state. Watches may also be lost, if events were lost or a folder was
    /// named: one that is moved away and back can lose those below it.
    fn forget(&mut self, paths: Option<&BTreeSet<PathBuf>>) {
        self.seen = None;
        let is_folder = |path: &PathBuf| self.scope.root.join(path).is_dir();
        if paths.is_none_or(|paths| paths.iter().any(is_folder)) {
            self.registered.clear();
        }
    }

    fn receive(&mut self, patience: Duration) -> Result<Alarm, RecvTimeoutError> {
        let alarm = self.alarms.recv_timeout(patience)?;
        self.received += 1;
        Ok(alarm)
    }

    /// `false` if an event arrived before the check was complete; it is handled next.
    fn has_changed(&mut self) -> bool {
        let is_woken = self.change_probe();
        let now = self.check(&is_woken);
        now.is_some() && now != self.seen
    }

    fn check(&mut self, is_cancelled: &dyn Fn() -> bool) -> Option<Digest> {
        let begun = Instant::now();
        let seen = check(&self.scope, is_cancelled)?;
        self.checked = Instant::now();
        self.check_took = begun.elapsed();
        Some(seen)
    }

    /// Registers watches first and checks afterwards, so that no change in between is missed.
    /// Returns whether this was completed; `false` if `is_cancelled` became true meanwhile.
    pub fn settle(
        &mut self,
        say: &mut dyn FnMut(ServerEvent),
        is_cancelled: &dyn Fn() -> bool,
    ) -> bool {
        if self.seen.is_none() {
            if self.mode == WatchMode::Events {
                self.register(say);
            }
            self.seen = self.check(is_cancelled);
        }
        self.seen.is_some()
    }

    /// Waits until no more events come, or until the time limit.
    fn gather(&mut self, first: Alarm) -> Wake {
        let start = Instant::now();
        let mut open = BTreeSet::new();
        let mut wake = Wake::Woken;
        let mut next = Some(first);
        while let Some(alarm) = next {
            match &alarm {
                Alarm::Writing(path) => drop(open.insert(path.clone())),
                Alarm::Written(path) => drop(open.remove(path)),
                Alarm::Changed(_) | Alarm::Something | Alarm::Woken => {}
            }
            wake.receive(alarm, &self.scope.root);
            let quiet = match wake {
                Wake::Woken => Duration::ZERO,
                Wake::Changed(_) if open.is_empty() => QUIET,
                Wake::Changed(_) => WRITING,
            };
            let left = MAX_BATCH.saturating_sub(start.elapsed());
            next = if left.is_zero() { None } else { self.receive(quiet.min(left)).ok() };
        }
        wake
    }

    fn targets(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.scope.root).chain(&self.scope.folders)
    }

    fn identities(&self) -> BTreeMap<PathBuf, Option<Identity>> {
        self.targets().map(|path| (path.clone(), identity(path))).collect()
    }

    /// Registers watches for folders that have none, or that were replaced since.
    fn register(&mut self, say: &mut dyn FnMut(ServerEvent)) {
        let now = self.identities();
        if let Err(err) = self.try_arm(&now) {
            say(ServerEvent::Polling { why: why(&err) });
            self.mode = WatchMode::Poll;
            self.events = None;
        }
        self.registered = now;
    }

    fn try_arm(&mut self, now: &BTreeMap<PathBuf, Option<Identity>>) -> notify::Result<()> {
        let mut events = match self.events.take() {
            Some(events) => events,
            None => {
                let (sender, scope) = (self.sender.clone(), self.scope.clone());
                (self.source)(Box::new(move |event| {
                    alarms(event, &scope).into_iter().for_each(|alarm| sender.send(alarm));
                }))?
            }
        };
        for (path, identity) in now {
            if self.registered.get(path) == Some(identity) {
                continue;
            }
            // It may be watched or not, or may have been replaced.
            let _ = events.unwatch(path);
            let mode = match *path == self.scope.root {
                true => RecursiveMode::NonRecursive,
                false => RecursiveMode::Recursive,
            };
            match identity.map_or(Ok(()), |_| events.watch(path, mode)) {
                Err(err) if !is_gone(&err) => return Err(err),
                _ => {}
            }
        }
        self.events = Some(events);
        Ok(())
    }
}

/// The system's error, with advice if there is any.
fn why(err: &notify::Error) -> String {
    match &err.kind {
        notify::ErrorKind::MaxFilesWatch if cfg!(target_os = "linux") => {
            "the limit of watched folders is reached (raise fs.inotify.max_user_watches)".to_owned()
        }
        _ => err.to_string(),
    }
}

fn is_gone(err: &notify::Error) -> bool {
    match &err.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(err) => err.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// One digest of the state of everything watched: names, lengths and modification times. This is
/// the only place that uses modification times: they decide whether to check, never what a file
/// contains. `None` if `is_cancelled` became true meanwhile.
fn check(scope: &Scope, is_cancelled: &dyn Fn() -> bool) -> Option<Digest> {
    let root = walkdir::WalkDir::new(&scope.root).max_depth(1).sort_by_file_name().into_iter();
    let files = root.flatten().filter(|entry| !entry.file_type().is_dir());
    let folders = scope.folders.iter().flat_map(|folder| {
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        entries.filter_entry(|entry| !is_ignored(entry.path(), scope)).flatten()
    });
    let mut state = Vec::new();
    for entry in files.chain(folders) {
        if is_cancelled() {
            return None;
        }
        note(&entry, &mut state);
    }
    Some(Digest::of_bytes(&state))
}

/// Adds an entry's path and, for a file, its length and modification time.
fn note(entry: &walkdir::DirEntry, state: &mut Vec<u8>) {
    state.extend_from_slice(entry.path().as_os_str().as_encoded_bytes());
    state.push(0);
    let metadata = entry.metadata().ok().filter(|it| !it.is_dir());
    state.push(u8::from(metadata.is_some()));
    if let Some(metadata) = metadata {
        let time = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        state.extend_from_slice(&metadata.len().to_le_bytes());
        state.extend_from_slice(&time.map_or(0, |it| it.as_nanos()).to_le_bytes());
        let stamp = Stamp::of(&metadata).map(|stamp| stamp.to_string()).unwrap_or_default();
        state.extend_from_slice(stamp.as_bytes());
    }
}

fn identity(path: &Path) -> Option<Identity> {
    let meta = path.metadata().ok().filter(std::fs::Metadata::is_dir)?;
    let born = meta.created().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
    let born = born.map_or(0, |it| it.as_nanos());
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let number = 0;
    Some((number, born))
}

#[cfg(test)]
mod tests;
