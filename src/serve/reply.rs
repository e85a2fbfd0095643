//! Sending answers: no client may hold up a thread that others wait for.

use crate::serve::answer::Answer;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Response, StatusCode};

/// An answer of so many bytes is taken by the sockets at once, whether its client reads or not.
const SHORT: usize = 128 * 1024;

/// Sends an answer. Nobody else waits for a client that does not read; one may be gone, and then there
/// is nobody to tell.
pub(super) fn send(request: tiny_http::Request, answer: Answer) {
    let is_short = answer.part.len() <= SHORT;
    let response = response(answer);
    let respond = move || drop(request.respond(response));
    if is_short { respond() } else { apart(respond) }
}

/// Does something on a thread of its own: at most one for each connection that the gate lets in.
pub(super) fn apart(work: impl FnOnce() + Send + 'static) {
    // Where the system has no thread left, the request is dropped, and its connection ends.
    drop(thread::Builder::new().spawn(work));
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
