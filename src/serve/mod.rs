//! The dev server: build, show, wait for a change, build again. It does not write the built site to
//! disk. An edit made on a page is written to its source file, and detected there as a change.

mod build_diff;
mod builder;
mod client;
mod edit_handler;
pub mod editor;
mod event;
mod head;
mod http;
mod listen;
mod media_type;
mod options;
mod page;
mod proxy;
mod range;
mod reply;
mod response;
mod served_site;
mod streams;
mod upload;
mod upstream;
mod watch;

use crate::diagnostic::Result;
use crate::engine::Blobs;
pub use builder::{Builder, FullBuild, PartialBuild};
pub use event::ServerEvent;
use http::Server;
pub use listen::Reach;
use listen::Sockets;
pub use options::Options;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
pub use watch::{Scope, Wake, WatchMode, Watcher};

/// If more files than this changed at once, building the open pages first gains nothing.
const MAX_CHANGED_FILES: usize = 16;

/// The time a browser gets to draw a changed page.
const DRAWING: Duration = Duration::from_millis(80);

/// While it has been pending for less than this time, a full build is abandoned on every change.
const FREELY_ABANDONED_FOR: Duration = Duration::from_secs(5);

/// After that, each time a full build is abandoned, the next one is protected for this much longer,
/// so that it completes even if changes keep coming.
const GRACE_STEP: Duration = Duration::from_millis(250);

/// Serves until the program is ended. Open pages have priority: after a change they are built and
/// shown first, then the rest of the site.
///
/// # Errors
/// If no port is available.
pub fn run(
    options: &Options,
    blobs: &Arc<Blobs>,
    builder: &mut dyn Builder,
    say: &mut dyn FnMut(ServerEvent),
) -> Result<Infallible> {
    let Sockets { listeners, port, network } = listen::listen(options.reach, options.port, say)?;
    let mut watcher = Watcher::new(options.scope.clone(), options.mode, say);
    let base = builder.base();
    let mut hosts = options.hosts.clone();
    hosts.extend(network.as_ref().map(Ipv4Addr::to_string));
    let own = Options { hosts, ..options.clone() };
    let server = Server::start(listeners, &own, blobs.clone(), &base, watcher.waker())?;
    let url = |host: &str| format!("http://{host}:{port}{base}");
    let network = network.map(|address| url(&address.to_string()));
    say(ServerEvent::Serving { url: url("localhost"), network });
    // The pending full build.
    let mut pending = Some(PendingBuild::now());
    loop {
        if let Some(due) = &mut pending {
            match build_all(builder, &server, &mut watcher, due.grace(), say) {
                Some(build) => {
                    say(ServerEvent::Rebuilt { changed: server.show(build) });
                    pending = None;
                }
                None => due.abandon(),
            }
        }
        let wake = watcher.wait();
        let changed = match &wake {
            Wake::Woken => Some(BTreeSet::new()),
            Wake::Changed(paths) => paths.clone().filter(|paths| paths.len() <= MAX_CHANGED_FILES),
        };
        let pages = server.open_pages();
        if let Some(changed) = changed.filter(|_| !pages.is_empty()) {
            let fresh = builder.build_pages(&server.shown().outputs, &changed, &pages);
            fresh.into_iter().for_each(|build| server.patch(build));
        }
        if wake != Wake::Woken {
            pending.get_or_insert_with(PendingBuild::now);
            // The browser draws the page before it has to share the processors with the full build.
            watcher.rest(DRAWING);
        }
    }
}

/// A pending full build.
#[derive(Debug)]
struct PendingBuild {
    since: Instant,
    /// How often it was abandoned after it had been pending for `FREELY_ABANDONED_FOR`.
    abandoned: u32,
}

impl PendingBuild {
    fn now() -> PendingBuild {
        PendingBuild { since: Instant::now(), abandoned: 0 }
    }

    /// How long the build is protected from being abandoned.
    fn grace(&self) -> Duration {
        GRACE_STEP * self.abandoned
    }

    fn abandon(&mut self) {
        self.abandoned += u32::from(self.since.elapsed() > FREELY_ABANDONED_FOR);
    }
}

/// Runs a full build, unless something changes after `grace` and before it is complete.
fn build_all(
    builder: &mut dyn Builder,
    server: &Server,
    watcher: &mut Watcher,
    grace: Duration,
    say: &mut dyn FnMut(ServerEvent),
) -> Option<FullBuild> {
    let (begun, shown) = (Instant::now(), server.shown());
    let (is_woken, abandoned) = (watcher.change_probe(), AtomicBool::new(false));
    // A page that was shown must not disappear.
    let is_cancelled = || {
        if begun.elapsed() >= grace && is_woken() {
            abandoned.store(true, Ordering::Relaxed);
        }
        abandoned.load(Ordering::Relaxed)
    };
    if !watcher.settle(say, &is_cancelled) {
        return None;
    }
    let mut build = builder.build(&shown.outputs, &is_cancelled)?;
    if build.has_errors {
        // The last good version of a page is kept until there is a new one.
        for (path, output) in &shown.outputs {
            build.outputs.entry(path.clone()).or_insert_with(|| output.clone());
        }
    }
    Some(build)
}
