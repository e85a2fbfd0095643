//! The server behind the gate: answers from memory, and tells open pages what changed.

use crate::diagnostic::{Diagnostic, Result};
use crate::engine::Blobs;
use crate::load::picture::Limits;
use crate::serve::Options;
use crate::serve::answer::{Answer, Request, Shown, text};
use crate::serve::back::{self, Address};
use crate::serve::desk::{Desk, MOST_OF_FIELD, Sent};
use crate::serve::gate::{self, Back, Gate};
use crate::serve::news::{self, News};
use crate::serve::post::{Inbox, Inboxes};
use serde_json::{Value, json};
use std::io::{self, Cursor, Read, Write};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use tiny_http::{Header, Response, StatusCode};

/// Morphing is idiomorph's (0BSD); all share one scope, so that nothing of them is seen by the page.
const CLIENT: &str = concat!(
    "(() => {",
    include_str!("idiomorph.min.js"),
    "\n",
    include_str!("edit.js"),
    "\n",
    include_str!("client.js"),
    "})();"
);

/// Threads that answer; each answer is a look into a map.
const WORKERS: usize = 4;

/// How often an event stream shows that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// More changed paths than this are told as "all of it".
const MAX_CHANGED: usize = 500;

/// The dev server.
pub struct Server {
    state: Arc<State>,
}

struct State {
    shown: Mutex<Arc<Shown>>,
    streams: Mutex<Streams>,
    blobs: Arc<Blobs>,
    private: String,
    editor: String,
    token: String,
    desk: Desk,
    back: Mutex<Address>,
}

/// The event streams, and what a new one is told first.
struct Streams {
    first: String,
    streams: Vec<Box<dyn Write + Send>>,
}

impl Server {
    /// Starts to serve a site on the given sockets.
    ///
    /// # Errors
    /// When the system gives no private socket.
    pub fn start(
        listeners: Vec<TcpListener>,
        options: &Options,
        blobs: Arc<Blobs>,
        shown: impl FnOnce(&str) -> Shown,
        diagnostics: &Value,
    ) -> Result<Server> {
        let private = format!("/__questfolio-{}/", back::secret());
        let shown = Arc::new(shown(&private));
        let editor = options.editor.clone();
        let first = event(&shown, &News::default(), diagnostics, &editor);
        let start = || -> io::Result<Arc<State>> {
            let (listener, address) = back::bind()?;
            let state = Arc::new(State {
                shown: Mutex::new(shown),
                streams: Mutex::new(Streams { first, streams: Vec::new() }),
                blobs,
                private,
                editor,
                token: back::secret(),
                desk: Desk::new(&options.scope.root),
                back: Mutex::new(address),
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
                lock(&beating.streams).tell(": heartbeat\n\n");
            }
        });
        let behind = state.clone();
        let gate = Gate {
            hosts: options.hosts.clone(),
            private: state.private.clone(),
            events: format!("{}events", state.private),
            inboxes: state.inboxes(),
            connect: Box::new(move || behind.connect()),
        };
        gate::open(gate, listeners);
        Ok(Server { state })
    }

    /// Shows another site, and tells the open pages. Gives how many outputs changed.
    pub fn show(&self, shown: impl FnOnce(&str) -> Shown, diagnostics: &Value) -> usize {
        let shown = Arc::new(shown(&self.state.private));
        let before = std::mem::replace(&mut *lock(&self.state.shown), shown.clone());
        let news = news::between(&before, &shown);
        let editor = &self.state.editor;
        let mut streams = lock(&self.state.streams);
        let first = event(&shown, &News::default(), diagnostics, editor);
        if streams.first != first {
            streams.first = first;
            streams.tell(&event(&shown, &news, diagnostics, editor));
        }
        news.changed.map_or(0, |changed| changed.len())
    }
}

fn event(shown: &Shown, news: &News, diagnostics: &Value, editor: &str) -> String {
    let News { changed, moved } = news;
    let changed = changed.as_ref().filter(|it| it.len() <= MAX_CHANGED);
    let data = json!({
        "build": shown.build, "changed": changed, "moved": moved, "diagnostics": diagnostics,
        "editor": editor,
    });
    format!("event: build\ndata: {data}\n\n")
}

impl Streams {
    /// Tells every stream; those that are gone are forgotten.
    fn tell(&mut self, message: &str) {
        self.streams.retain_mut(|stream| {
            stream.write_all(message.as_bytes()).and_then(|()| stream.flush()).is_ok()
        });
    }
}

impl State {
    /// A connection to the server, which is started anew if it has died: its accepting thread ends
    /// at the first error of the system.
    fn connect(self: &Arc<State>) -> io::Result<Box<dyn Back>> {
        let mut address = lock(&self.back);
        back::connect(&address).or_else(|_| {
            let (listener, fresh) = back::bind()?;
            self.work(listener)?;
            *address = fresh;
            back::connect(&address)
        })
    }

    fn work(self: &Arc<State>, listener: tiny_http::Listener) -> io::Result<()> {
        let server = tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?;
        let server = Arc::new(server);
        // It connects to itself when dropped, and panics on sockets without a file; so one
        // reference is never given back.
        std::mem::forget(server.clone());
        for _ in 0..WORKERS {
            let (server, state) = (server.clone(), self.clone());
            thread::Builder::new().spawn(move || {
                while let Ok(request) = server.recv() {
                    // A mistake of ours costs one answer.
                    let _ = catch_unwind(AssertUnwindSafe(|| state.handle(request)));
                }
            })?;
        }
        Ok(())
    }

    /// The addresses that take a body.
    fn inboxes(&self) -> Inboxes {
        let inbox = |name: &str, media_type, most| Inbox {
            path: format!("{}{name}", self.private),
            media_type,
            most,
        };
        // The size in bytes is the same whatever the site says about megapixels.
        let most = usize::try_from(Limits::portrait(0).bytes).unwrap_or(usize::MAX);
        let avatar = inbox("avatar", "application/octet-stream", most);
        let field = inbox("field", "application/json", MOST_OF_FIELD);
        Inboxes { all: vec![avatar, field], token: self.token.clone() }
    }

    fn receive(&self, mut request: tiny_http::Request) {
        let (mut body, target) = (Vec::new(), request.url().to_owned());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        // The gate has counted it.
        let is_read = request.as_reader().read_to_end(&mut body).is_ok();
        let sent = match path.strip_prefix(self.private.as_str()) {
            Some("avatar") if is_read => Some(Sent::Avatar(&body)),
            Some("field") if is_read => Some(Sent::Field(&body)),
            _ => None,
        };
        let shown = lock(&self.shown).clone();
        let answer = match sent.map(|sent| self.desk.receive(&shown.sheets, query, sent)) {
            Some((status, json)) => Answer {
                headers: vec![("Content-Type", "application/json".to_owned())],
                ..text(status, &json.to_string())
            },
            None => text(404, "There is nothing here."),
        };
        let _ = request.respond(response(answer));
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
        // The gate says so, and nobody else can.
        let token = value("Local").map(|_| self.token.as_str());
        let target = request.url().to_owned();
        let path = target.split('?').next().unwrap_or_default();
        let answer = match path.strip_prefix(self.private.as_str()) {
            Some("events") if *request.method() == tiny_http::Method::Get => {
                return self.subscribe(request);
            }
            Some("client.js") => client(),
            Some(_) => text(404, "There is nothing here."),
            None => {
                let request = Request {
                    target: &target,
                    range: range.as_deref(),
                    if_none_match: if_none_match.as_deref(),
                    token,
                };
                let shown = lock(&self.shown).clone();
                shown.answer(&request, &self.blobs)
            }
        };
        // The client may be gone; there is nobody to tell.
        let _ = request.respond(response(answer));
    }

    fn subscribe(&self, request: tiny_http::Request) {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n\
                    retry: 500\n\n";
        let mut stream = request.into_writer();
        let mut streams = lock(&self.streams);
        let first = format!("{head}{}", streams.first);
        if stream.write_all(first.as_bytes()).and_then(|()| stream.flush()).is_ok() {
            streams.streams.push(stream);
        }
    }
}

fn client() -> Answer {
    let mut answer = text(200, CLIENT);
    answer.headers = vec![("Content-Type", "text/javascript; charset=utf-8".to_owned())];
    answer
}

fn response(answer: Answer) -> Response<io::Take<Cursor<Arc<[u8]>>>> {
    let Answer { status, headers, body, part } = answer;
    let always = [
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
    ];
    let own = headers.iter().map(|(name, value)| (*name, value.as_str()));
    let headers: Vec<Header> = own
        .chain(always)
        .filter_map(|(name, value)| Header::from_bytes(name, value).ok())
        .collect();
    let mut reader = Cursor::new(body);
    reader.set_position(part.start as u64);
    let len = part.len();
    Response::new(StatusCode(status), headers, reader.take(len as u64), Some(len), None)
        .with_chunked_threshold(usize::MAX)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Outputs;

    #[test]
    fn a_server_that_died_is_started_anew() {
        let (listener, address) = back::bind().unwrap();
        drop(listener);
        let state = Arc::new(State {
            shown: Mutex::new(Arc::new(Shown::new(Outputs::new(), "/", "/private/"))),
            streams: Mutex::new(Streams { first: String::new(), streams: Vec::new() }),
            blobs: Arc::new(Blobs::in_memory()),
            private: "/private/".to_owned(),
            editor: String::new(),
            token: String::new(),
            desk: Desk::new(std::path::Path::new(".")),
            back: Mutex::new(address),
        });
        let mut back = state.connect().unwrap();
        back.write_all(b"GET / HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        back.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
}
