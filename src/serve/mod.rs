//! The dev server: build, show, wait for a change, build again. Nothing of the site is written to
//! disk; what an author changes on a page is written to the file it comes from, and noticed there.

mod answer;
mod back;
mod client;
mod desk;
pub mod editor;
mod gate;
mod head;
mod http;
mod listen;
mod media_type;
mod news;
mod page;
mod post;
mod range;
mod reply;
mod streams;
mod watch;

use crate::diagnostic::Result;
use crate::edit::Sheets;
use crate::engine::{Blobs, Outputs};
use crate::path::SitePath;
use http::Server;
pub use listen::Reach;
use listen::Sockets;
use serde_json::Value;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
pub use watch::{How, Scope, Wake, Watcher};

/// Where more files changed at once, nothing is gained by building open pages before all others.
const MAX_GLANCED: usize = 16;

/// How long a browser may take to draw a page that changed.
const DRAWING: Duration = Duration::from_millis(80);

/// A whole build is given up for every change as long as it is due no longer than this.
const PATIENCE: Duration = Duration::from_secs(5);

/// After that, for each time it was given up the next one is left alone for so much longer: where one
/// change follows the other, it comes to its end all the same.
const GRACE: Duration = Duration::from_millis(250);

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// What to watch.
    pub scope: Scope,
    /// How to notice changes.
    pub how: How,
    /// Who can reach the server.
    pub reach: Reach,
    /// The port to begin with; 0 for any that is free.
    pub port: u16,
    /// Host names to answer to, beside `localhost` and its addresses.
    pub hosts: Vec<String>,
    /// The address that opens a file of the site in the author's editor: see [`editor::link`].
    pub editor: String,
}

/// A site to show.
#[derive(Clone, Debug)]
pub struct Served {
    /// Every output. What is missing because of an error is taken from the build before.
    pub outputs: Outputs,
    /// What is wrong, as `--message-format json` prints it: a list of objects with `severity`,
    /// `code`, `message`, and where known `file`, `line`, `column`, `end_line`, `end_column`, `source`
    /// (the text of the line), `label`, `help` and `related`; `built_in` where the
    /// file is none of the site's.
    pub diagnostics: Value,
    /// Whether an error is among them.
    pub has_errors: bool,
    /// Where the site begins, with a slash at both ends: `/` or `/repo/`.
    pub base: String,
    /// The pages that can be edited, and the files they are made from.
    pub sheets: Arc<Sheets>,
}

/// Some pages of a site, before all of it is built.
#[derive(Clone, Debug)]
pub struct Glance {
    /// The pages, and what is seen on them.
    pub outputs: Outputs,
    /// The pages that can be edited. `None` where those that are known stay so: every change of them
    /// comes with a whole build, but the first pages are shown before there was one.
    pub sheets: Option<Arc<Sheets>>,
}

/// What builds the site that is served.
pub trait Builder {
    /// Where the site begins, as far as can be told before it is built.
    fn base(&mut self) -> String;

    /// The whole site as it is now, given what is shown. `None` where `is_overtaken` came true on the
    /// way, and the build was given up for something newer.
    fn build(
        &mut self,
        shown: &Outputs,
        is_overtaken: &(dyn Fn() -> bool + Sync),
    ) -> Option<Served>;

    /// These pages and what is seen on them, after these files changed and nothing else did; given
    /// what is shown. `None` where only a whole build can tell.
    fn glance(
        &mut self,
        shown: &Outputs,
        changed: &BTreeSet<PathBuf>,
        pages: &BTreeSet<SitePath>,
    ) -> Option<Glance>;
}

/// What happens, for whoever prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The wanted port is somebody else's.
    PortTaken {
        /// The port that was asked for.
        wanted: u16,
        /// The port that is used.
        used: u16,
    },
    /// The site is shown at this address, as soon as it is built.
    Serving {
        /// With the base path: `http://localhost:3000/repo/`.
        url: String,
        /// And to everyone in the network, at this one.
        network: Option<String>,
    },
    /// Changes are noticed by looking, since the system gives no events.
    Polling {
        /// What the system said.
        why: String,
    },
    /// A change was built and is shown.
    Rebuilt {
        /// Outputs whose bytes differ, are new or are gone.
        changed: usize,
    },
}

/// Serves until the program is ended. What is looked at comes first: after a change the open pages
/// are built and shown, the rest of the site after them.
///
/// # Errors
/// When no port is to be had.
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
    // The whole build that is to be made.
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
            // The browser draws what it got before it has to share the processors.
            watcher.rest(DRAWING);
        }
    }
}

/// A whole build that is to be made.
#[derive(Debug)]
struct Due {
    since: Instant,
    /// How often it was given up although it was due for long.
    times: u32,
}

impl Due {
    fn now() -> Due {
        Due { since: Instant::now(), times: 0 }
    }

    /// For how long it is left alone.
    fn grace(&self) -> Duration {
        GRACE * self.times
    }

    fn give_up(&mut self) {
        self.times += u32::from(self.since.elapsed() > PATIENCE);
    }
}

/// The whole site, unless something happens after `grace` and before it is done.
fn whole(
    builder: &mut dyn Builder,
    server: &Server,
    watcher: &mut Watcher,
    grace: Duration,
    say: &mut dyn FnMut(Note),
) -> Option<Served> {
    let (begun, shown) = (Instant::now(), server.shown());
    let (is_stirred, given_up) = (watcher.ear(), AtomicBool::new(false));
    // A page that has been shown must not disappear.
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
        // The last good page stays until there is a better one.
        for (path, output) in &shown.outputs {
            served.outputs.entry(path.clone()).or_insert_with(|| output.clone());
        }
    }
    Some(served)
}
