//! The dev server: build, show, wait for a change, build again. Nothing is written to disk.

mod answer;
mod back;
pub mod editor;
mod gate;
mod head;
mod http;
mod listen;
mod news;
mod page;
mod watch;

use crate::diagnostic::Result;
use crate::engine::{Blobs, Outputs};
use answer::Shown;
use http::Server;
pub use listen::Reach;
use listen::Sockets;
use serde_json::Value;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;
pub use watch::{How, Scope, Watcher};

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
}

/// Takes a snapshot and builds it; given what the build before gave.
pub type Build<'a> = dyn FnMut(&Outputs) -> Served + 'a;

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
    /// The first build is shown at this address.
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

/// Serves until the program is ended.
///
/// # Errors
/// When no port is to be had.
pub fn run(
    options: &Options,
    blobs: &Arc<Blobs>,
    build: &mut Build,
    say: &mut dyn FnMut(Note),
) -> Result<Infallible> {
    let Sockets { listeners, port, network } = listen::listen(options.reach, options.port, say)?;
    let mut watcher = Watcher::new(options.scope.clone(), options.how, say);
    let mut served = build(&Outputs::new());
    let show =
        |served: &Served, private: &str| Shown::new(served.outputs.clone(), &served.base, private);
    let mut hosts = options.hosts.clone();
    hosts.extend(network.as_ref().map(Ipv4Addr::to_string));
    let server = Server::start(
        listeners,
        &Options { hosts, ..options.clone() },
        blobs.clone(),
        |private| show(&served, private),
        &served.diagnostics,
    )?;
    let url = |host: &str| format!("http://{host}:{port}{}", served.base);
    let network = network.map(|address| url(&address.to_string()));
    say(Note::Serving { url: url("localhost"), network });
    loop {
        watcher.wait(say);
        let before = std::mem::take(&mut served.outputs);
        served = build(&before);
        if served.has_errors {
            // The last good page stays until there is a better one.
            for (path, output) in &before {
                served.outputs.entry(path.clone()).or_insert_with(|| output.clone());
            }
        }
        let changed = server.show(|private| show(&served, private), &served.diagnostics);
        say(Note::Rebuilt { changed });
    }
}
