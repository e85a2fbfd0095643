//! A site whose outputs are its files, served on a free port, and a client that sends exactly what
//! it is told to.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]
#![allow(unreachable_pub, missing_docs, dead_code, reason = "for tests only; each file its part")]

pub mod program;

use questfolio::edit::Sheets;
use questfolio::engine::{Blobs, Fingerprint, Output, Outputs};
use questfolio::path::SitePath;
use questfolio::serve::{
    self, Builder, FullBuild, Options, PartialBuild, Reach, Scope, ServerEvent, WatchMode,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub const PATIENCE: Duration = Duration::from_secs(20);

/// A client for the server on a port of this machine.
pub struct Client {
    pub port: u16,
}

pub struct Site {
    client: Client,
    folder: PathBuf,
    builds: Arc<AtomicUsize>,
    notes: Arc<Mutex<Vec<ServerEvent>>>,
    _root: tempfile::TempDir,
}

pub fn text(notes: &[ServerEvent]) -> String {
    format!("{notes:?}")
}

/// Every file is an output, except that one that starts with `error:` is an error.
fn build(content: &Path, base: &str) -> FullBuild {
    let mut outputs = Outputs::new();
    let mut diagnostics = Vec::new();
    let files = walkdir::WalkDir::new(content).into_iter().flatten();
    for entry in files.filter(|entry| entry.file_type().is_file()) {
        let Ok(bytes) = fs::read(entry.path()) else { continue };
        let path = SitePath::from_relative(entry.path().strip_prefix(content).unwrap()).unwrap();
        match bytes.strip_prefix(b"error: ") {
            Some(message) => diagnostics.push(json!({
                "severity": "error",
                "code": "bad",
                "message": String::from_utf8_lossy(message),
            })),
            None => {
                outputs.insert(path, Output::held(Fingerprint::new("file/1"), bytes));
            }
        }
    }
    let has_errors = !diagnostics.is_empty();
    let sheet = |page: &str, file: &str| {
        let is_there = content.parent().unwrap().join(file).is_file();
        is_there.then(|| (SitePath::new(page).unwrap(), SitePath::new(file).unwrap()))
    };
    let files = [
        sheet("index.html", "content/profile.yaml"),
        sheet("ada/index.html", "content/profiles/ada.yaml"),
    ];
    let sheets = Sheets { files: files.into_iter().flatten().collect(), ..Sheets::default() };
    let (sheets, base) = (Arc::new(sheets), base.to_owned());
    FullBuild { outputs, has_errors, diagnostics: Value::Array(diagnostics), base, sheets }
}

struct Files {
    content: PathBuf,
    base: String,
    builds: Arc<AtomicUsize>,
}

impl Builder for Files {
    fn base(&mut self) -> String {
        self.base.clone()
    }

    fn build(&mut self, _: &Outputs, _: &(dyn Fn() -> bool + Sync)) -> Option<FullBuild> {
        self.builds.fetch_add(1, Ordering::SeqCst);
        Some(build(&self.content, &self.base))
    }

    fn build_pages(
        &mut self,
        _: &Outputs,
        _: &BTreeSet<PathBuf>,
        _: &BTreeSet<SitePath>,
    ) -> Option<PartialBuild> {
        None
    }
}

impl Site {
    pub fn serve(base: &str) -> Site {
        Site::start(base, 0, WatchMode::Events)
    }

    pub fn serve_on(base: &str, port: u16) -> Site {
        Site::start(base, port, WatchMode::Events)
    }

    pub fn poll(base: &str) -> Site {
        Site::start(base, 0, WatchMode::Poll)
    }

    fn start(base: &str, port: u16, mode: WatchMode) -> Site {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("site");
        let content = folder.join("content");
        fs::create_dir_all(&content).unwrap();
        let scope = Scope {
            root: folder.clone(),
            folders: vec![content.clone()],
            ignored: vec![folder.join("public"), folder.join(".questfolio/cache")],
        };
        let options = Options {
            scope,
            mode,
            reach: Reach::Machine,
            port,
            hosts: vec!["box.internal".to_owned()],
            editor: "code:{path}:{line}".to_owned(),
        };
        let builds = Arc::new(AtomicUsize::new(0));
        let notes = Arc::new(Mutex::new(Vec::new()));
        let (sender, receiver) = channel();
        let (count, noted, base) = (builds.clone(), notes.clone(), base.to_owned());
        std::thread::spawn(move || {
            let mut files = Files { content, base, builds: count };
            let mut say = |note: ServerEvent| {
                noted.lock().unwrap().push(note.clone());
                if let ServerEvent::Serving { url, .. } = note {
                    sender.send(url).unwrap();
                }
            };
            serve::run(&options, &Arc::new(Blobs::in_memory()), &mut files, &mut say)
        });
        let url = receiver.recv_timeout(PATIENCE).unwrap();
        let port = url.split(':').nth(2).unwrap().split('/').next().unwrap().parse().unwrap();
        Site { client: Client { port }, folder, builds, notes, _root: root }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn content(&self) -> PathBuf {
        self.folder.join("content")
    }

    pub fn builds(&self) -> usize {
        self.builds.load(Ordering::SeqCst)
    }

    pub fn notes(&self) -> Vec<ServerEvent> {
        self.notes.lock().unwrap().clone()
    }

    pub fn write(&self, name: &str, text: &str) {
        let file = self.content().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

impl Deref for Site {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Client {
    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends exactly these bytes. The server may respond before it has read them all.
    pub fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::parse(&answer)
    }

    pub fn send(&self, method: &str, target: &str, headers: &str) -> Answer {
        self.raw(
            format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n").as_bytes(),
        )
    }

    pub fn get(&self, target: &str, headers: &str) -> Answer {
        self.send("GET", target, headers)
    }

    pub fn wait_for(&self, target: &str, words: &str) {
        self.wait(target, "", |answer| answer.status != 503 && answer.text().contains(words));
    }

    pub fn wait_for_status(&self, target: &str, status: u16) {
        self.wait(target, "", |answer| answer.status == status);
    }

    pub fn wait(&self, target: &str, headers: &str, is_there: impl Fn(&Answer) -> bool) {
        let start = Instant::now();
        while !is_there(&self.get(target, headers)) {
            assert!(start.elapsed() < PATIENCE, "{target} never came");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    pub fn listen(&self, events: &str) -> Events {
        let mut stream = self.connect();
        write!(stream, "GET {events} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Events { lines: BufReader::new(stream) }
    }
}

pub struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The data of the next event.
    pub fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The value of an attribute of the script tag.
    pub fn attribute(&self, name: &str) -> String {
        let after = self.text().split(&format!("{name}=\"")).nth(1).expect("the tag has it");
        after.split('"').next().unwrap().to_owned()
    }
}
