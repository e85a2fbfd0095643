//! Reports *that* something changed, never what: after any event everything
//! is checked again, so lost, duplicate, renamed and merged events do no harm.

mod alarm;

use crate::digest::Digest;
use crate::file::Stamp;
use crate::serve::Note;
use alarm::{Alarm, Line, alarms, is_ignored};
pub use alarm::{Bell, Wake};
use notify::{Config, Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, UNIX_EPOCH};

/// Silence that ends a batch of events.
const QUIET: Duration = Duration::from_millis(5);

/// The same while a file is open for writing: a page must not be seen half written.
const WRITING: Duration = Duration::from_millis(50);

/// A batch is closed after this, whatever still happens.
const MAX_BATCH: Duration = Duration::from_millis(500);

/// How often it is checked that what is watched is still what it was.
const TICK: Duration = Duration::from_secs(1);

/// How often everything is looked at although no event said so; where a look takes long, so many
/// times as long as it takes.
const SAFETY: (Duration, u32) = (Duration::from_secs(5), 100);

/// How often everything is looked at where there are no events.
const POLL: Duration = Duration::from_millis(500);

/// What is watched.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The site's root: the files in it, and which folders there are.
    pub root: PathBuf,
    /// Folders watched as a whole; they need not exist.
    pub folders: Vec<PathBuf>,
    /// What is never looked at: the output and the cache.
    pub ignored: Vec<PathBuf>,
}

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// By the system's events, and a look now and then.
    Events,
    /// By looking, for file systems without events (`--poll`).
    Poll,
}

impl How {
    /// By looking alone, if that is asked for.
    pub fn of(poll: bool) -> How {
        if poll { How::Poll } else { How::Events }
    }
}

/// Waits for changes.
pub struct Watcher {
    scope: Scope,
    how: How,
    /// Asks the system for events.
    source: Source,
    events: Option<Box<dyn notify::Watcher + Send>>,
    line: Line,
    alarms: Receiver<Alarm>,
    /// How many alarms were heard.
    heard: usize,
    /// What each watched folder was when it was watched.
    armed: BTreeMap<PathBuf, Option<Identity>>,
    /// How everything was; `None` since something changed.
    seen: Option<Digest>,
    looked: Instant,
    look_took: Duration,
}

/// Where events come from: given what is to be done with each.
type Source = fn(Listener) -> notify::Result<Box<dyn notify::Watcher + Send>>;

type Listener = Box<dyn FnMut(notify::Result<Event>) + Send>;

/// The system's own. A link is one entry of its folder, wherever it leads: followed, one to `/`
/// would have everything watched.
fn system(listener: Listener) -> notify::Result<Box<dyn notify::Watcher + Send>> {
    let config = Config::default().with_follow_symlinks(false);
    Ok(Box::new(RecommendedWatcher::new(listener, config)?))
}

/// Which folder it is, even if another one has its name now.
type Identity = (u64, u128);

impl Watcher {
    /// Begins to watch. What changes from now on ends the next `wait`.
    pub fn new(scope: Scope, how: How, say: &mut dyn FnMut(Note)) -> Watcher {
        Watcher::with(system, scope, how, say)
    }

    fn with(source: Source, scope: Scope, how: How, say: &mut dyn FnMut(Note)) -> Watcher {
        let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let scope = Scope {
            root: real(&scope.root),
            folders: scope.folders.iter().map(real).collect(),
            ignored: scope.ignored.iter().map(real).collect(),
        };
        let (sender, alarms) = channel();
        let mut watcher = Watcher {
            seen: look(&scope, &|| false),
            looked: Instant::now(),
            look_took: Duration::ZERO,
            armed: BTreeMap::new(),
            source,
            events: None,
            scope,
            how,
            line: Line::new(sender),
            alarms,
            heard: 0,
        };
        if how == How::Events {
            watcher.arm(say);
        }
        watcher
    }

    /// What wakes this watcher.
    pub fn bell(&self) -> Bell {
        Bell::on(&self.line)
    }

    /// Tells, from any thread, whether `wait` would come back at once.
    pub fn ear(&self) -> impl Fn() -> bool + Sync + use<> {
        self.line.beyond(self.heard)
    }

    /// Gives others the processor for so long, unless something happens.
    pub fn rest(&self, rest: Duration) {
        let (begun, is_stirred) = (Instant::now(), self.ear());
        while begun.elapsed() < rest && !is_stirred() {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Returns when something changed since the last return, or somebody rang. `settle` is to be called
    /// before everything is looked at.
    pub fn wait(&mut self) -> Wake {
        loop {
            let pause = if self.how == How::Poll { POLL } else { TICK };
            if let Ok(alarm) = self.hear(pause) {
                let wake = self.gather(alarm);
                if let Wake::Changed(paths) = &wake {
                    self.forget(paths.as_ref());
                }
                return wake;
            }
            let is_rebuilt = self.how == How::Events && self.identities() != self.armed;
            let safety = SAFETY.0.max(self.look_took * SAFETY.1);
            let is_due = self.how == How::Poll || self.looked.elapsed() >= safety;
            if is_rebuilt || (is_due && self.has_changed()) {
                self.forget(None);
                return Wake::Changed(None);
            }
        }
    }

    /// What was seen is not so any more. Nor may the watches be what they should, where events were lost
    /// or a folder is named: one that is moved away and back at once can lose those below it.
    fn forget(&mut self, paths: Option<&BTreeSet<PathBuf>>) {
        self.seen = None;
        let is_folder = |path: &PathBuf| self.scope.root.join(path).is_dir();
        if paths.is_none_or(|paths| paths.iter().any(is_folder)) {
            self.armed.clear();
        }
    }

    fn hear(&mut self, patience: Duration) -> Result<Alarm, RecvTimeoutError> {
        let alarm = self.alarms.recv_timeout(patience)?;
        self.heard += 1;
        Ok(alarm)
    }

    /// Not if an event arrived before the check was complete: that one is handled next.
    fn has_changed(&mut self) -> bool {
        let is_stirred = self.ear();
        let now = self.look(&is_stirred);
        now.is_some() && now != self.seen
    }

    fn look(&mut self, is_overtaken: &dyn Fn() -> bool) -> Option<Digest> {
        let begun = Instant::now();
        let seen = look(&self.scope, is_overtaken)?;
        self.looked = Instant::now();
        self.look_took = begun.elapsed();
        Some(seen)
    }

    /// Watches first and checks afterwards, so that no change is missed between the two. Returns whether that
    /// was done; not where `is_overtaken` came true on the way.
    pub fn settle(&mut self, say: &mut dyn FnMut(Note), is_overtaken: &dyn Fn() -> bool) -> bool {
        if self.seen.is_none() {
            if self.how == How::Events {
                self.arm(say);
            }
            self.seen = self.look(is_overtaken);
        }
        self.seen.is_some()
    }

    /// Waits until there are no more events, or until the time is up.
    fn gather(&mut self, first: Alarm) -> Wake {
        let start = Instant::now();
        let mut open = BTreeSet::new();
        let mut wake = Wake::Rung;
        let mut next = Some(first);
        while let Some(alarm) = next {
            match &alarm {
                Alarm::Writing(path) => drop(open.insert(path.clone())),
                Alarm::Written(path) => drop(open.remove(path)),
                Alarm::Changed(_) | Alarm::Something | Alarm::Rung => {}
            }
            wake.hear(alarm, &self.scope.root);
            let quiet = match wake {
                Wake::Rung => Duration::ZERO,
                Wake::Changed(_) if open.is_empty() => QUIET,
                Wake::Changed(_) => WRITING,
            };
            let left = MAX_BATCH.saturating_sub(start.elapsed());
            next = if left.is_zero() { None } else { self.hear(quiet.min(left)).ok() };
        }
        wake
    }

    fn targets(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.scope.root).chain(&self.scope.folders)
    }

    fn identities(&self) -> BTreeMap<PathBuf, Option<Identity>> {
        self.targets().map(|path| (path.clone(), identity(path))).collect()
    }

    /// Watches what is not watched, or is no longer what it was when it was.
    fn arm(&mut self, say: &mut dyn FnMut(Note)) {
        let now = self.identities();
        if let Err(err) = self.try_arm(&now) {
            say(Note::Polling { why: why(&err) });
            self.how = How::Poll;
            self.events = None;
        }
        self.armed = now;
    }

    fn try_arm(&mut self, now: &BTreeMap<PathBuf, Option<Identity>>) -> notify::Result<()> {
        let mut events = match self.events.take() {
            Some(events) => events,
            None => {
                let (line, scope) = (self.line.clone(), self.scope.clone());
                (self.source)(Box::new(move |event| {
                    alarms(event, &scope).into_iter().for_each(|alarm| line.send(alarm));
                }))?
            }
        };
        for (path, identity) in now {
            if self.armed.get(path) == Some(identity) {
                continue;
            }
            // It may be watched, or not, or be another one by now.
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

/// What the system said, and what to do about it where that is known.
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

/// The state of everything watched, in one digest: names, lengths and times. In this process, and
/// only here, times are asked: they decide whether to look, never what is there. `None` where
/// `is_overtaken` came true on the way.
fn look(scope: &Scope, is_overtaken: &dyn Fn() -> bool) -> Option<Digest> {
    let root = walkdir::WalkDir::new(&scope.root).max_depth(1).sort_by_file_name().into_iter();
    let files = root.flatten().filter(|entry| !entry.file_type().is_dir());
    let folders = scope.folders.iter().flat_map(|folder| {
        let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
        entries.filter_entry(|entry| !is_ignored(entry.path(), scope)).flatten()
    });
    let mut state = Vec::new();
    for entry in files.chain(folders) {
        if is_overtaken() {
            return None;
        }
        note(&entry, &mut state);
    }
    Some(Digest::of_bytes(&state))
}

/// Its path, and length and time of a file.
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
