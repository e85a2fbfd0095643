//! Sends responses without blocking a thread that other requests need.

use crate::serve::response::{Body, Response};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::thread;
use tiny_http::{Header, StatusCode};

/// Responses up to this size, in bytes, fit into socket buffers, so sending them does not wait for
/// the client.
const SHORT: usize = 128 * 1024;

/// Sends a response. A client that does not read blocks no other request; errors of a disconnected
/// client are ignored.
pub(super) fn send(request: tiny_http::Request, response: Response) {
    let is_short = response.part.len() <= SHORT;
    let sent = for_server(response);
    let respond = move || drop(request.respond(sent));
    if is_short { respond() } else { spawn(respond) }
}

/// Runs work on its own thread: at most one for each connection that the proxy accepts.
pub(super) fn spawn(work: impl FnOnce() + Send + 'static) {
    // If the system cannot start a thread, the request is dropped and its connection closed.
    drop(thread::Builder::new().spawn(work));
}

fn for_server(response: Response) -> tiny_http::Response<Box<dyn Read + Send>> {
    let Response { status, headers, body, part } = response;
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
    let len = part.len();
    let reader: Box<dyn Read + Send> = match body {
        Body::Held(bytes) => Box::new(from(Cursor::new(bytes), &part)),
        Body::File(file, _) => Box::new(from(file, &part)),
    };
    tiny_http::Response::new(StatusCode(status), headers, reader, Some(len), None)
        .with_chunked_threshold(usize::MAX)
}

/// The bytes of one range; empty if its start cannot be reached.
fn from<R: Read + Seek>(mut bytes: R, part: &Range<usize>) -> io::Take<R> {
    let is_there = bytes.seek(SeekFrom::Start(part.start as u64)).is_ok();
    bytes.take(if is_there { part.len() as u64 } else { 0 })
}
