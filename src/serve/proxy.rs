//! The proxy: the only socket that is reachable from outside.
//!
//! A single malformed request can stop the server behind it, so that server never sees requests
//! from outside. The proxy reads a head of limited size in limited time, refuses whatever is not
//! clearly valid, and sends a request of its own over a private socket. A connection carries one
//! request.

use crate::lock::lock;
use crate::serve::head::{self, Head, Refusal};
use crate::serve::upload::{self, UploadEndpoints};
use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum number of connections, each with its own thread; beyond that, the least useful
/// connection is closed.
const MAX_CONNECTIONS: usize = 96;

/// Maximum number of event streams, so that there are always connections left for pages.
const MAX_STREAMS: usize = 64;

/// Time limit for a request head, and for each write of a response.
const IO_TIMEOUT: Duration = Duration::from_secs(5);

/// How long an event stream may be silent; heartbeats are more frequent.
const STREAM_TIMEOUT: Duration = Duration::from_secs(45);

/// Time limit for the response to a request with a body, whose picture is decoded first.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection to the server behind the proxy.
pub trait Upstream: Read + Write + Send {
    /// Sets the read timeout.
    fn set_timeout(&self, patience: Duration) -> io::Result<()>;
}

/// What the proxy accepts, and where it forwards requests to.
pub struct Proxy {
    /// Names of this machine in addition to `localhost`.
    pub hosts: Vec<String>,
    /// The path prefix below which requests from other sites are refused.
    pub private: String,
    /// The path of the event stream.
    pub events: String,
    /// The paths that accept a body.
    pub uploads: UploadEndpoints,
    /// Opens a connection to the server behind the proxy.
    pub connect: Box<dyn Fn() -> io::Result<Box<dyn Upstream>> + Send + Sync>,
}

/// The state of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// Its request head is incomplete.
    ReadingHead,
    /// It is an event stream.
    Streaming,
    /// It receives its response.
    Responding,
}

type Connections = Mutex<VecDeque<(Arc<TcpStream>, Phase)>>;

/// Accepts connections for as long as the program runs.
pub fn open(proxy: Proxy, listeners: Vec<TcpListener>) {
    let proxy = Arc::new(proxy);
    let connections: Arc<Connections> = Arc::default();
    for listener in listeners {
        let (proxy, connections) = (proxy.clone(), connections.clone());
        thread::spawn(move || {
            loop {
                match listener.accept() {
                    Ok((stream, _)) => admit(stream, &proxy, &connections),
                    // Too many open files, or a client that has disconnected: both are temporary.
                    Err(_) => thread::sleep(Duration::from_millis(50)),
                }
            }
        });
    }
}

fn admit(stream: TcpStream, proxy: &Arc<Proxy>, connections: &Arc<Connections>) {
    let stream = Arc::new(stream);
    {
        let mut open = lock(connections);
        if open.len() >= MAX_CONNECTIONS {
            evict(&mut open, |_| true);
        }
        open.push_back((stream.clone(), Phase::ReadingHead));
    }
    let (proxy, inside) = (proxy.clone(), connections.clone());
    let guest = stream.clone();
    let started = thread::Builder::new().stack_size(256 * 1024).spawn(move || {
        serve(&guest, &proxy, &inside);
        leave(&guest, &inside);
    });
    if started.is_err() {
        leave(&stream, connections);
    }
}

/// Closes the oldest of the least useful connections.
fn evict(open: &mut VecDeque<(Arc<TcpStream>, Phase)>, choice: impl Fn(Phase) -> bool) {
    let worst = open
        .iter()
        .enumerate()
        .filter(|(_, (_, phase))| choice(*phase))
        .min_by_key(|(index, (_, phase))| (*phase, *index))
        .map(|(index, _)| index);
    if let Some((stream, _)) = worst.and_then(|index| open.remove(index)) {
        // Its thread notices this and ends.
        let _ = stream.shutdown(Shutdown::Both);
    }
}

fn leave(stream: &Arc<TcpStream>, connections: &Connections) {
    lock(connections).retain(|(other, _)| !Arc::ptr_eq(other, stream));
}

fn enter(phase: Phase, stream: &Arc<TcpStream>, connections: &Connections) {
    let mut open = lock(connections);
    if phase == Phase::Streaming
        && open.iter().filter(|(_, phase)| *phase == Phase::Streaming).count() >= MAX_STREAMS
    {
        evict(&mut open, |phase| phase == Phase::Streaming);
    }
    if let Some(entry) = open.iter_mut().find(|(other, _)| Arc::ptr_eq(other, stream)) {
        entry.1 = phase;
    }
}

fn serve(stream: &Arc<TcpStream>, proxy: &Proxy, connections: &Connections) {
    let is_stream = |head: &Head| path(&head.target) == proxy.events && head.method == "GET";
    let answered = read_head(stream).and_then(|(head, body)| {
        let Some(it) = proxy.uploads.endpoint_of(&head) else {
            let head = check(head, proxy)?;
            let phase = if is_stream(&head) { Phase::Streaming } else { Phase::Responding };
            enter(phase, stream, connections);
            return forward(stream, &head, &[], phase, proxy);
        };
        let posted = receive(stream, &head, body, proxy, connections);
        if let Err(refusal) = posted {
            let words = upload::explained(refusal, it.most).to_string();
            refuse(stream, refusal, "application/json", &words);
        }
        Ok(())
    });
    if let Err(refusal) = answered {
        refuse(stream, refusal, "text/plain; charset=utf-8", refusal.reason);
    }
    // Closing a socket with unread bytes discards the response, so they are read for a moment.
    let _ = stream.shutdown(Shutdown::Write);
    drain(stream);
}

/// Handles a request with a body; `body` is the part already received.
fn receive(
    stream: &Arc<TcpStream>,
    head: &Head,
    mut body: Vec<u8>,
    proxy: &Proxy,
    connections: &Connections,
) -> Result<(), Refusal> {
    let it = proxy.uploads.endpoint_of(head).ok_or(head::NOT_ALLOWED)?;
    let length = proxy.uploads.admit(it, head, is_local(stream))?;
    enter(Phase::Responding, stream, connections);
    upload::read_body(stream, &mut body, length)?;
    forward(stream, head, &body, Phase::Responding, proxy)
}

/// Reads until the head is complete, within limits of size and total time. Also returns the bytes
/// received after it.
fn read_head(stream: &TcpStream) -> Result<(Head, Vec<u8>), Refusal> {
    let start = Instant::now();
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let left = IO_TIMEOUT.saturating_sub(start.elapsed());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return Err(head::TOO_SLOW);
        }
        match (&*stream).read(&mut chunk) {
            Ok(0) => return Err(head::MALFORMED),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(head::TOO_SLOW),
        }
        match head::end(&bytes) {
            Some(end) if end <= head::MAX_HEAD => {
                return Ok((head::parse(&bytes[..end])?, bytes.split_off(end)));
            }
            None if bytes.len() <= head::MAX_HEAD => {}
            _ => return Err(head::TOO_LONG),
        }
    }
}

fn check(head: Head, proxy: &Proxy) -> Result<Head, Refusal> {
    if head.method == "POST" {
        return Err(head::NOT_ALLOWED);
    }
    if !head::is_ours(&head.host, &proxy.hosts) {
        return Err(head::MISDIRECTED);
    }
    let is_foreign = !matches!(head.site.as_deref(), None | Some("same-origin" | "none"));
    if is_foreign && head.target.starts_with(&proxy.private) {
        return Err(head::FORBIDDEN);
    }
    Ok(head)
}

/// Whether the request comes from this machine.
fn is_local(stream: &TcpStream) -> bool {
    stream.peer_addr().is_ok_and(|peer| peer.ip().to_canonical().is_loopback())
}

fn path(target: &str) -> &str {
    target.split('?').next().unwrap_or_default()
}

/// Sends our own request to the server behind the proxy and copies its response.
fn forward(
    stream: &TcpStream,
    head: &Head,
    body: &[u8],
    phase: Phase,
    proxy: &Proxy,
) -> Result<(), Refusal> {
    let is_post = head.method == "POST";
    let timeout = match phase {
        Phase::Streaming => STREAM_TIMEOUT,
        _ if is_post => UPLOAD_TIMEOUT,
        _ => IO_TIMEOUT,
    };
    let mut request = format!("{} {} HTTP/1.1\r\nHost: proxy\r\n", head.method, head.target);
    for (name, value) in [("Range", &head.range), ("If-None-Match", &head.if_none_match)] {
        if let Some(value) = value {
            request += &format!("{name}: {value}\r\n");
        }
    }
    if is_post {
        request += &format!("Content-Length: {}\r\n", body.len());
    }
    if is_local(stream) {
        request += "Local: yes\r\n";
    }
    request += "Connection: close\r\n\r\n";
    let ask = || {
        let mut upstream = (proxy.connect)()?;
        upstream.set_timeout(timeout)?;
        upstream.write_all(request.as_bytes())?;
        upstream.write_all(body)?;
        upstream.flush()?;
        let (response, rest) = read_response(&mut *upstream)?;
        io::Result::Ok((upstream, response, rest))
    };
    // The second attempt reaches a restarted server. A POST is never repeated.
    let asked = ask().or_else(|err| if is_post { Err(err) } else { ask() });
    let (mut upstream, response, rest) = asked.map_err(|_| head::NO_RESPONSE)?;
    // From here on, an error can only be signalled by closing the connection.
    let _ = copy(stream, &mut *upstream, &response, &rest);
    Ok(())
}

/// The head of the response, and the bytes received with it.
fn read_response(upstream: &mut dyn Upstream) -> io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let count = upstream.read(&mut chunk)?;
        bytes.extend_from_slice(&chunk[..count]);
        if let Some(end) = head::end(&bytes) {
            let rest = bytes.split_off(end);
            return Ok((String::from_utf8_lossy(&bytes).into_owned(), rest));
        }
        if count == 0 || bytes.len() > head::MAX_HEAD {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

fn copy(
    stream: &TcpStream,
    upstream: &mut dyn Upstream,
    response: &str,
    rest: &[u8],
) -> io::Result<()> {
    stream.set_write_timeout(Some(IO_TIMEOUT))?;
    stream.set_nodelay(true)?;
    let mut out = stream;
    let mut text = String::new();
    for line in response.trim_end().split("\r\n") {
        let name = line.split(':').next().unwrap_or_default().to_ascii_lowercase();
        if name != "connection" && name != "server" {
            text += line;
            text += "\r\n";
        }
    }
    text += "Connection: close\r\n\r\n";
    out.write_all(&[text.as_bytes(), rest].concat())?;
    let mut chunk = vec![0; 16 * 1024];
    loop {
        match upstream.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => out.write_all(&chunk[..count])?,
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(err) => return Err(err),
        }
    }
}

fn refuse(stream: &TcpStream, refusal: Refusal, media_type: &str, words: &str) {
    let Refusal { status, reason } = refusal;
    let allow = if refusal == head::NOT_ALLOWED { "Allow: GET, HEAD\r\n" } else { "" };
    let response = format!(
        "HTTP/1.1 {status} {reason}\r\n{allow}Content-Type: {media_type}\r\n\
         Content-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{words}\n",
        words.len() + 1
    );
    // Errors of a disconnected client are ignored.
    let _ = stream.set_write_timeout(Some(IO_TIMEOUT));
    let _ = (&*stream).write_all(response.as_bytes());
}

/// Discards what the client still sends, for a limited time.
fn drain(stream: &TcpStream) {
    let start = Instant::now();
    let mut chunk = [0; 4096];
    let mut left = 1024 * 1024_usize;
    let moment = Duration::from_millis(300);
    while start.elapsed() < moment && left > 0 {
        if stream.set_read_timeout(Some(moment)).is_err() {
            return;
        }
        match (&*stream).read(&mut chunk) {
            Ok(count) if count > 0 => left = left.saturating_sub(count),
            _ => return,
        }
    }
}
