//! Requests, reduced to what the site needs, and responses.

use crate::serve::range;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

/// A request, reduced to what matters here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    /// Path and query as sent.
    pub target: &'a str,
    /// The `Range` header.
    pub range: Option<&'a str>,
    /// The `If-None-Match` header.
    pub if_none_match: Option<&'a str>,
    /// The token that a page needs to edit the site; only pages opened on this machine get it.
    pub token: Option<&'a str>,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The whole body.
    pub body: Body,
    /// The range of it to send.
    pub part: Range<usize>,
}

impl Response {
    /// Reduces the response to a single range if the header requests a valid one.
    pub(super) fn ranged(mut self, range: &str) -> Response {
        let len = self.body.len();
        match range::parse(range, len) {
            Some(Ok(part)) => {
                let value = format!("bytes {}-{}/{len}", part.start, part.end - 1);
                self.headers.push(("Content-Range", value));
                Response { status: 206, part, ..self }
            }
            Some(Err(())) => {
                self.headers.push(("Content-Range", format!("bytes */{len}")));
                Response { status: 416, part: 0..0, ..self }
            }
            None => self,
        }
    }
}

/// The body of a response.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Held(Arc<[u8]>),
    /// A file that is read while it is sent, with its length in bytes.
    File(Arc<File>, usize),
}

impl Body {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        match self {
            Body::Held(bytes) => bytes.len(),
            Body::File(_, len) => *len,
        }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Body {
        Body::Held(text.into_bytes().into())
    }
}

pub(super) fn redirect(to: &str) -> Response {
    let mut response = text(302, "This page has moved.");
    response.headers.push(("Location", to.to_owned()));
    response
}

/// A plain-text response.
pub fn text(status: u16, words: &str) -> Response {
    let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
    let body = Body::from(format!("{words}\n"));
    Response { status, headers, part: 0..body.len(), body }
}
