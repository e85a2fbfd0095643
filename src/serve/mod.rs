//! The dev server: build, show, wait for a change, build again. Nothing of the site is written to
//! disk; what an author changes on a page is written to the file it comes from, and noticed there.

mod answer;
mod back;
mod desk;
pub mod editor;
mod gate;
mod head;
mod http;
mod news;
mod page;
mod post;
mod watch;

use crate::diagnostic::{Diagnostic, Result};
use crate::edit::Sheets;
use crate::engine::{Blobs, Outputs};
use answer::Shown;
use http::Server;
use serde_json::Value;
use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;
pub use watch::{How, Scope, Watcher};

/// Ports that are tried when the wanted one is taken.
const TRIES: u16 = 32;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// What to watch.
    pub scope: Scope,
    /// How to notice changes.
    pub how: How,
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
    let (listeners, port) = listen(options.port, say)?;
    let mut watcher = Watcher::new(options.scope.clone(), options.how, say);
    let mut served = build(&Outputs::new());
    let show = |served: &Served, private: &str| {
        Shown::new(served.outputs.clone(), &served.base, private).with_sheets(&served.sheets)
    };
    let server = Server::start(
        listeners,
        options,
        blobs.clone(),
        |private| show(&served, private),
        &served.diagnostics,
    )?;
    say(Note::Serving { url: format!("http://localhost:{port}{}", served.base) });
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

/// Both loopback addresses on one port: browsers take `localhost` for either.
fn listen(wanted: u16, say: &mut dyn FnMut(Note)) -> Result<(Vec<TcpListener>, u16)> {
    listen_by(bind, wanted, say)
}

fn listen_by<L>(
    bind: impl Fn(u16) -> io::Result<(L, u16)>,
    wanted: u16,
    say: &mut dyn FnMut(Note),
) -> Result<(L, u16)> {
    // Any port is the last resort, and several times: the other address may have it taken.
    let next = (wanted..wanted.saturating_add(TRIES)).filter(|_| wanted != 0);
    let mut last = io::ErrorKind::AddrInUse.into();
    for port in next.chain([0; 8]) {
        match bind(port) {
            Ok((listeners, used)) => {
                if wanted != 0 && used != wanted {
                    say(Note::PortTaken { wanted, used });
                }
                return Ok((listeners, used));
            }
            Err(err) => last = err,
        }
    }
    let message = format!("cannot listen on port {wanted} or any other: {last}");
    Err(Diagnostic::error("cannot-serve", message)
        .help("let this program open a port on `127.0.0.1`, or look at the site with `build`"))
}

fn bind(port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let port = first.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(second) => Ok((vec![first, second], port)),
        Err(err) if err.kind() == io::ErrorKind::AddrInUse => Err(err),
        // A machine without IPv6.
        Err(_) => Ok((vec![first], port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_free_port_is_told_so() {
        let refuse = |_| Err::<((), u16), _>(io::ErrorKind::PermissionDenied.into());
        assert_eq!(listen_by(refuse, 80, &mut |_| ()).unwrap_err().code, "cannot-serve");
    }
}
