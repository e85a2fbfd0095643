//! The dev server: build, show, wait for a change, build again. It does not write the built site to
//! disk. An edit made on a page is written to its source file, and detected there as a change.

mod answer;
mod back;
mod builder;
mod client;
mod desk;
pub mod editor;
mod event;
mod gate;
mod head;
mod http;
mod listen;
mod media_type;
mod news;
mod options;
mod page;
mod post;
mod range;
mod reply;
mod streams;
mod watch;

use crate::diagnostic::Result;
use crate::engine::Blobs;
pub use builder::{Builder, Glance, Served};
pub use event::Note;
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
pub use watch::{How, Scope, Wake, Watcher};

/// If more files than this changed at once, building the open pages first gains nothing.
const MAX_GLANCED: usize = 16;

/// The time a browser gets to draw a changed page.
const DRAWING: Duration = Duration::from_millis(80);

/// While it has been pending for less than this time, a full build is abandoned on every change.
const PATIENCE: Duration = Duration::from_secs(5);

/// After that, each time a full build is abandoned, the next one is protected for this much longer,
/// so that it completes even if changes keep coming.
const GRACE: Duration = Duration::from_millis(250);

/// Serves until the program is ended. Open pages have priority: after a change they are built and
/// shown first, then the rest of the site.
///
/// # Errors
/// If no port is available.
pub fn run(
    options: &Options,
    blobs: &Arc<Blobs>,
    builder: &mut dyn Builder,
    say: &mut dyn FnMut(Note),
) -> Result<Infallible> {
    let Sockets { listeners, port, network } = listen::listen(options.reach, options.port, say)?;
    let mut watcher = Watcher::new(options.scope.clone(), options.how, say);
    let base = builder.base();
    let mut hosts = options.hosts.clone();
    hosts.extend(network.as_ref().map(Ipv4Addr::to_string));
    let own = Options { hosts, ..options.clone() };
    let server = Server::start(listeners, &own, blobs.clone(), &base, watcher.bell())?;
    let url = |host: &str| format!("http://{host}:{port}{base}");
    let network = network.map(|address| url(&address.to_string()));
    say(Note::Serving { url: url("localhost"), network });
    // The pending full build.
    let mut due = Some(Due::now());
    loop {
        if let Some(build) = &mut due {
            match whole(builder, &server, &mut watcher, build.grace(), say) {
                Some(served) => {
                    say(Note::Rebuilt { changed: server.show(served) });
                    due = None;
                }
                None => build.give_up(),
            }
        }
        let wake = watcher.wait();
        let changed = match &wake {
            Wake::Rung => Some(BTreeSet::new()),
            Wake::Changed(paths) => paths.clone().filter(|paths| paths.len() <= MAX_GLANCED),
        };
        let pages = server.open_pages();
        if let Some(changed) = changed.filter(|_| !pages.is_empty()) {
            let fresh = builder.glance(&server.shown().outputs, &changed, &pages);
            fresh.into_iter().for_each(|glance| server.patch(glance));
        }
        if wake != Wake::Rung {
            due.get_or_insert_with(Due::now);
            // The browser draws the page before it has to share the processors with the full build.
            watcher.rest(DRAWING);
        }
    }
}

/// A pending full build.
#[derive(Debug)]
struct Due {
    since: Instant,
    /// How often it was abandoned after it had been pending for `PATIENCE`.
    times: u32,
}

impl Due {
    fn now() -> Due {
        Due { since: Instant::now(), times: 0 }
    }

    /// How long the build is protected from being abandoned.
    fn grace(&self) -> Duration {
        GRACE * self.times
    }

    fn give_up(&mut self) {
        self.times += u32::from(self.since.elapsed() > PATIENCE);
    }
}

/// Runs a full build, unless something changes after `grace` and before it is complete.
fn whole(
    builder: &mut dyn Builder,
    server: &Server,
    watcher: &mut Watcher,
    grace: Duration,
    say: &mut dyn FnMut(Note),
) -> Option<Served> {
    let (begun, shown) = (Instant::now(), server.shown());
    let (is_stirred, given_up) = (watcher.ear(), AtomicBool::new(false));
    // A page that was shown must not disappear.
    let is_overtaken = || {
        if begun.elapsed() >= grace && is_stirred() {
            given_up.store(true, Ordering::Relaxed);
        }
        given_up.load(Ordering::Relaxed)
    };
    if !watcher.settle(say, &is_overtaken) {
        return None;
    }
    let mut served = builder.build(&shown.outputs, &is_overtaken)?;
    if served.has_errors {
        // The last good version of a page is kept until there is a new one.
        for (path, output) in &shown.outputs {
            served.outputs.entry(path.clone()).or_insert_with(|| output.clone());
        }
    }
    Some(served)
}
