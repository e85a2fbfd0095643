//! Access control for edits: a picture or a value, sent by a page of this server that is open on
//! this machine. Everything is checked before any of a body is read.

use crate::serve::head::{self, Head, Refusal};
use serde_json::{Value, json};
use std::io::{self, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The minimum average upload rate in bytes per second: the sender is this machine.
const RATE: usize = 1_000_000;

/// Additional time allowed for a body.
const EXTRA_TIME: Duration = Duration::from_secs(3);

/// A path that accepts a body.
#[derive(Clone, Debug)]
pub struct UploadEndpoint {
    /// Its path.
    pub path: String,
    /// The media type it accepts.
    pub media_type: &'static str,
    /// The maximum size of a body, in bytes.
    pub most: usize,
}

/// The paths that accept a body, and the token required to write to them.
#[derive(Clone, Debug)]
pub struct UploadEndpoints {
    /// All paths.
    pub all: Vec<UploadEndpoint>,
    /// The token that pages of this server contain and send back.
    pub token: String,
}

impl UploadEndpoints {
    /// The inbox that a request is addressed to.
    pub fn endpoint_of(&self, head: &Head) -> Option<&UploadEndpoint> {
        let path = head.target.split('?').next().unwrap_or_default();
        self.all.iter().find(|it| head.method == "POST" && it.path == path)
    }

    /// The number of bytes to read.
    ///
    /// # Errors
    /// The refusal to send.
    pub fn admit(
        &self,
        it: &UploadEndpoint,
        head: &Head,
        is_local: bool,
    ) -> Result<usize, Refusal> {
        let same_origin = format!("http://{}", head.host);
        let is_ours = is_local
            && head::is_ours(&head.host, &[])
            && head.origin.as_deref() == Some(&same_origin)
            && matches!(head.site.as_deref(), None | Some("same-origin"))
            && head.token.as_deref() == Some(&self.token);
        if !is_ours {
            return Err(head::FORBIDDEN);
        }
        let length = match head.length {
            Some(length) if !head.is_chunked => length,
            _ => return Err(head::NO_LENGTH),
        };
        let length = usize::try_from(length).ok().filter(|length| *length <= it.most);
        let length = length.ok_or(head::NO_BODIES)?;
        if head.media_type.as_deref() != Some(it.media_type) {
            return Err(head::WRONG_TYPE);
        }
        Ok(length)
    }
}

/// Reads the rest of a body in limited time; `body` is the part already received.
///
/// # Errors
/// The refusal to send.
pub fn read_body(stream: &TcpStream, body: &mut Vec<u8>, length: usize) -> Result<(), Refusal> {
    let start = Instant::now();
    let patience = EXTRA_TIME + Duration::from_secs((length / RATE) as u64);
    let mut chunk = vec![0; 64 * 1024];
    while body.len() < length {
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
            return Err(head::TOO_SLOW);
        }
        match (&*stream).read(&mut chunk) {
            Ok(0) => return Err(head::MALFORMED),
            Ok(count) => body.extend_from_slice(&chunk[..count]),
            Err(err) if err.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return Err(head::TOO_SLOW),
        }
    }
    // Bytes after the body are ignored.
    body.truncate(length);
    Ok(())
}

/// The reason for a refusal, as shown on the page.
pub fn explained(refusal: Refusal, most: usize) -> Value {
    let limit = format!("the limit is {most} bytes");
    let (message, help) = match refusal.status {
        403 => (
            "only a page of this server may change files, and only on the machine it runs on",
            "reload the page at `localhost`",
        ),
        408 => ("it arrived too slowly", "try it again"),
        411 => ("it has no length", "send it with its length"),
        413 => (limit.as_str(), "make it smaller: 2000 pixels on the shorter side are enough"),
        415 => ("its type is not accepted here", "send it as the page does"),
        _ => (refusal.reason, "try it again"),
    };
    json!({ "diagnostics": [
        { "code": "not-taken", "severity": "error", "message": message, "help": help }
    ] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_on_this_machine_may_write() {
        let it =
            UploadEndpoint { path: "/p/field".into(), media_type: "application/json", most: 10 };
        let uploads = UploadEndpoints { all: vec![it.clone()], token: "secret".into() };
        let good = "POST /p/field?page=/ HTTP/1.1\r\nHost: localhost:3000\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: same-origin\r\nX-Questfolio-Token: secret\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 10\r\n\r\n";
        let status = |text: &str, is_local: bool| {
            let head = head::parse(text.as_bytes()).unwrap();
            assert!(uploads.endpoint_of(&head).is_some());
            uploads.admit(&it, &head, is_local).map_err(|it| it.status)
        };
        assert_eq!(status(good, true), Ok(10));
        assert_eq!(status(good, false), Err(403));
        for (from, to, refusal) in [
            ("Origin: http://localhost:3000", "Origin: http://localhost:4000", 403),
            ("Origin: http://localhost:3000", "Origin: null", 403),
            ("Origin: http://localhost:3000\r\n", "", 403),
            ("Host: localhost:3000", "Host: box:3000", 403),
            ("same-origin", "none", 403),
            ("same-origin", "cross-site", 403),
            ("Token: secret", "Token: secre", 403),
            ("X-Questfolio-Token: secret\r\n", "", 403),
            ("Content-Length: 10\r\n", "", 411),
            ("Content-Length: 10", "Transfer-Encoding: chunked", 411),
            ("Content-Length: 10", "Content-Length: 10\r\nTransfer-Encoding: chunked", 411),
            ("Content-Length: 10", "Content-Length: 11", 413),
            ("Content-Length: 10", "Content-Length: 99999999999999999999999999", 413),
            ("application/json", "text/plain", 415),
            ("Content-Type: application/json; charset=utf-8\r\n", "", 415),
        ] {
            assert_eq!(status(&good.replace(from, to), true), Err(refusal), "{to}");
        }
        let other =
            |text: &str| uploads.endpoint_of(&head::parse(text.as_bytes()).unwrap()).is_none();
        assert!(other(&good.replace("/p/field", "/p/field/")));
        assert!(other("GET /p/field HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
}
