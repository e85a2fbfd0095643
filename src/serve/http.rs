//! The server behind the proxy: answers requests from memory, and tells open pages what changed.

use crate::diagnostic::{Diagnostic, Result};
use crate::engine::{Blobs, Outputs};
use crate::load::picture::Limits;
use crate::lock::lock;
use crate::path::SitePath;
use crate::serve::build_diff::{self, BuildDiff};
use crate::serve::builder::{FullBuild, PartialBuild};
use crate::serve::client;
use crate::serve::edit_handler::{EditHandler, EditRequest, MOST_OF_FIELD};
use crate::serve::options::Options;
use crate::serve::proxy::{self, Proxy, Upstream};
use crate::serve::reply::{send, spawn};
use crate::serve::response::{Request, Response, text};
use crate::serve::served_site::ServedSite;
use crate::serve::streams::Streams;
use crate::serve::upload::{UploadEndpoint, UploadEndpoints};
use crate::serve::upstream::{self, Address};
use crate::serve::watch::Waker;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io;
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::thread;
use std::time::Duration;

/// Number of worker threads: a response is a lookup in a map. Whatever may take long gets its own
/// thread.
const WORKERS: usize = 2;

/// Interval of heartbeats on event streams.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// If more paths changed, pages are told that everything did.
const MAX_CHANGED: usize = 500;

/// How long a request waits for its page during the first build: before the page is built with
/// priority, and after that.
const WAIT: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(3)];

/// The dev server.
pub struct Server {
    state: Arc<State>,
}

struct State {
    shown: RwLock<ServedSite>,
    /// The pages that requests are waiting for, until the first full build is complete. Lock this
    /// before `shown`.
    waiting: Mutex<Option<BTreeSet<SitePath>>>,
    /// Notified whenever new outputs are shown.
    more: Condvar,
    streams: Mutex<Streams>,
    blobs: Arc<Blobs>,
    private: String,
    editor: String,
    token: String,
    edits: EditHandler,
    upstream: Mutex<Address>,
    waker: Waker,
}

impl Server {
    /// Starts serving a site with the base path `base` on these sockets. There are no outputs yet;
    /// `waker` is called for pages that requests are waiting for.
    ///
    /// # Errors
    /// If the system does not provide a private socket.
    pub fn start(
        listeners: Vec<TcpListener>,
        options: &Options,
        blobs: Arc<Blobs>,
        base: &str,
        waker: Waker,
    ) -> Result<Server> {
        let private = format!("/__questfolio-{}/", upstream::secret());
        let shown = ServedSite::new(Outputs::new(), base, &private);
        let editor = options.editor.clone();
        let start = || -> io::Result<Arc<State>> {
            let (listener, address) = upstream::bind()?;
            let state = Arc::new(State {
                shown: RwLock::new(shown),
                waiting: Mutex::new(Some(BTreeSet::new())),
                more: Condvar::new(),
                streams: Mutex::default(),
                blobs,
                private,
                editor,
                token: upstream::secret(),
                edits: EditHandler::new(&options.scope.root),
                upstream: Mutex::new(address),
                waker,
            });
            state.work(listener)?;
            Ok(state)
        };
        let state = start().map_err(|err| {
            Diagnostic::error("cannot-serve", format!("cannot start the server: {err}"))
        })?;
        let beating = state.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(HEARTBEAT);
                lock(&beating.streams).beat();
            }
        });
        let behind = state.clone();
        let proxy = Proxy {
            hosts: options.hosts.clone(),
            private: state.private.clone(),
            events: format!("{}events", state.private),
            uploads: state.uploads(),
            connect: Box::new(move || behind.connect()),
        };
        proxy::open(proxy, listeners);
        Ok(Server { state })
    }

    /// The site as it is served now.
    pub fn shown(&self) -> RwLockReadGuard<'_, ServedSite> {
        self.state.shown()
    }

    /// The pages that are open in a browser, or that requests are waiting for.
    pub fn open_pages(&self) -> BTreeSet<SitePath> {
        let mut pages: BTreeSet<SitePath> = lock(&self.state.streams).pages().cloned().collect();
        pages.extend(lock(&self.state.waiting).iter().flatten().cloned());
        pages
    }

    /// Shows a new build and notifies the open pages. Returns the number of outputs that changed.
    pub fn show(&self, build: FullBuild) -> usize {
        let state = &self.state;
        let shown =
            ServedSite::new(build.outputs, &build.base, &state.private).with_sheets(&build.sheets);
        let diff = build_diff::between(&state.shown(), &shown);
        let first = event(&shown, &BuildDiff::default(), &build.diagnostics, &state.editor);
        let told = event(&shown, &diff, &build.diagnostics, &state.editor);
        let mut waiting = lock(&state.waiting);
        *state.shown.write().unwrap_or_else(PoisonError::into_inner) = shown;
        *waiting = None;
        drop(waiting);
        self.tell(first, &told);
        diff.changed.map_or(0, |changed| changed.len())
    }

    /// Replaces these outputs. Diagnostics are only updated with the next full build.
    pub fn patch(&self, build: PartialBuild) {
        let state = &self.state;
        let mut shown = state.shown.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheets) = build.sheets {
            shown.sheets = sheets;
        }
        let changed = shown.patch(build.outputs);
        if changed.is_empty() {
            return;
        }
        let changed = changed.iter().map(|path| shown.address(path.as_str())).collect();
        let diff = BuildDiff { changed: Some(changed), ..BuildDiff::default() };
        let first = event(&shown, &BuildDiff::default(), &Value::Null, &state.editor);
        let told = event(&shown, &diff, &Value::Null, &state.editor);
        drop(shown);
        self.tell(first, &told);
    }

    fn tell(&self, first: String, told: &str) {
        lock(&self.state.streams).tell_all(first, told);
        // Taking the lock ensures that no thread has checked the condition without waiting yet.
        drop(lock(&self.state.waiting));
        self.state.more.notify_all();
    }
}

fn event(shown: &ServedSite, diff: &BuildDiff, diagnostics: &Value, editor: &str) -> String {
    let BuildDiff { changed, moved } = diff;
    let changed = changed.as_ref().filter(|it| it.len() <= MAX_CHANGED);
    let data = json!({
        "build": shown.build, "changed": changed, "moved": moved, "diagnostics": diagnostics,
        "editor": editor,
    });
    format!("event: build\ndata: {data}\n\n")
}

impl State {
    /// A connection to the server, which is restarted if it has died: its accepting thread ends at
    /// the first system error.
    fn connect(self: &Arc<State>) -> io::Result<Box<dyn Upstream>> {
        let mut address = lock(&self.upstream);
        upstream::connect(&address).or_else(|_| {
            let (listener, fresh) = upstream::bind()?;
            self.work(listener)?;
            *address = fresh;
            upstream::connect(&address)
        })
    }

    fn work(self: &Arc<State>, listener: tiny_http::Listener) -> io::Result<()> {
        let server = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let server = Arc::new(server);
        // When dropped, the server connects to itself, and panics on sockets without a file; so one
        // reference is leaked.
        std::mem::forget(server.clone());
        for _ in 0..WORKERS {
            let (server, state) = (server.clone(), self.clone());
            thread::Builder::new().spawn(move || {
                while let Ok(request) = server.recv() {
                    // A panic of ours costs only one response.
                    let _ = catch_unwind(AssertUnwindSafe(|| state.take(request)));
                }
            })?;
        }
        Ok(())
    }

    /// The paths that accept a body.
    fn uploads(&self) -> UploadEndpoints {
        let endpoint = |name: &str, media_type, most| UploadEndpoint {
            path: format!("{}{name}", self.private),
            media_type,
            most,
        };
        // The limit in bytes does not depend on the site's limit in megapixels.
        let most = usize::try_from(Limits::portrait(0).bytes).unwrap_or(usize::MAX);
        let avatar = endpoint("avatar", "application/octet-stream", most);
        let field = endpoint("field", "application/json", MOST_OF_FIELD);
        UploadEndpoints { all: vec![avatar, field], token: self.token.clone() }
    }

    fn take(self: &Arc<State>, request: tiny_http::Request) {
        let is_quick =
            *request.method() != tiny_http::Method::Post && self.awaited(request.url()).is_none();
        if is_quick {
            return self.handle(request);
        }
        let state = self.clone();
        spawn(move || state.handle(request));
    }

    fn receive(&self, mut request: tiny_http::Request) {
        let (mut body, target) = (Vec::new(), request.url().to_owned());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        // The proxy has checked its length.
        let is_read = request.as_reader().read_to_end(&mut body).is_ok();
        let sent = match path.strip_prefix(self.private.as_str()) {
            Some("avatar") if is_read => Some(EditRequest::Avatar(&body)),
            Some("field") if is_read => Some(EditRequest::Field(&body)),
            _ => None,
        };
        let sheets = self.shown().sheets.clone();
        let response = match sent.map(|sent| self.edits.receive(&sheets, query, sent)) {
            Some((status, json)) => Response {
                headers: vec![("Content-Type", "application/json".to_owned())],
                ..text(status, &json.to_string())
            },
            None => text(404, "There is nothing here."),
        };
        send(request, response);
    }

    fn handle(&self, request: tiny_http::Request) {
        if *request.method() == tiny_http::Method::Post {
            return self.receive(request);
        }
        let value = |name: &'static str| {
            let header = request.headers().iter().find(|it| it.field.equiv(name));
            header.map(|it| it.value.as_str().to_owned())
        };
        let (range, if_none_match) = (value("Range"), value("If-None-Match"));
        // The proxy sets this header, and clients cannot.
        let token = value("Local").map(|_| self.token.as_str());
        let target = request.url().to_owned();
        let path = target.split('?').next().unwrap_or_default();
        let response = match path.strip_prefix(self.private.as_str()) {
            Some("events") if *request.method() == tiny_http::Method::Get => {
                return self.subscribe(request);
            }
            Some("client.js") => client::response(),
            Some(_) => text(404, "There is nothing here."),
            None => {
                let request = Request {
                    target: &target,
                    range: range.as_deref(),
                    if_none_match: if_none_match.as_deref(),
                    token,
                };
                self.wait_for(&target);
                let waiting = lock(&self.waiting);
                let (shown, is_building) = (self.shown(), waiting.is_some());
                drop(waiting);
                match shown.respond(&request, &self.blobs) {
                    response if response.status == 404 && is_building => {
                        shown.unbuilt(&target).unwrap_or(response)
                    }
                    response => response,
                }
            }
        };
        send(request, response);
    }

    fn shown(&self) -> RwLockReadGuard<'_, ServedSite> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The output at a URL path that the first build has not produced yet.
    fn awaited(&self, target: &str) -> Option<SitePath> {
        let is_building = lock(&self.waiting).is_some();
        let shown = self.shown();
        shown.path_at(target).filter(|path| is_building && !shown.outputs.contains_key(path))
    }

    /// During the first build, waits for the output at a URL path; a page that does not arrive soon
    /// is built with priority.
    fn wait_for(&self, target: &str) {
        let Some(path) = self.awaited(target) else { return };
        let is_missing = || !self.shown().outputs.contains_key(&path);
        for (round, patience) in WAIT.into_iter().enumerate() {
            let mut waiting = lock(&self.waiting);
            let Some(pages) = waiting.as_mut() else { return };
            if round > 0 && path.extension() == "html" {
                pages.insert(path.clone());
                self.waker.wake();
            }
            let waits = |waiting: &mut Option<_>| waiting.is_some() && is_missing();
            let waited = self.more.wait_timeout_while(waiting, patience, waits);
            let waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
            if waiting.is_none() || !is_missing() {
                return;
            }
        }
    }

    fn subscribe(&self, request: tiny_http::Request) {
        let page = request.url().split_once("?page=");
        let page = page.and_then(|(_, page)| self.shown().path_at(page));
        let out = request.into_writer();
        lock(&self.streams).open(page, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::{Scope, WatchMode, Watcher};
    use std::io::{Read, Write};

    #[test]
    fn a_server_that_died_is_started_anew() {
        let (listener, address) = upstream::bind().unwrap();
        drop(listener);
        let root = std::path::PathBuf::new();
        let scope = Scope { root, folders: Vec::new(), ignored: Vec::new() };
        let state = Arc::new(State {
            shown: RwLock::new(ServedSite::new(Outputs::new(), "/", "/private/")),
            waiting: Mutex::new(None),
            more: Condvar::new(),
            waker: Watcher::new(scope, WatchMode::Poll, &mut |_| ()).waker(),
            streams: Mutex::default(),
            blobs: Arc::new(Blobs::in_memory()),
            private: "/private/".to_owned(),
            editor: String::new(),
            token: String::new(),
            edits: EditHandler::new(std::path::Path::new(".")),
            upstream: Mutex::new(address),
        });
        let mut upstream = state.connect().unwrap();
        upstream.write_all(b"GET / HTTP/1.1\r\nHost: proxy\r\nConnection: close\r\n\r\n").unwrap();
        let mut response = String::new();
        upstream.read_to_string(&mut response).unwrap();
        assert!(response.starts_with("HTTP/1.1 404"), "{response}");
    }
}
