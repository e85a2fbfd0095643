//! The event streams of open pages.

use crate::path::SitePath;
use std::io::Write;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n\
                    retry: 500\n\n";

/// The streams, and what a new one is told first.
#[derive(Default)]
pub struct Streams {
    first: String,
    open: Vec<Stream>,
}

struct Stream {
    /// The page it belongs to.
    page: Option<SitePath>,
    out: Box<dyn Write + Send>,
}

impl Streams {
    /// Begins one.
    pub fn open(&mut self, page: Option<SitePath>, out: Box<dyn Write + Send>) {
        let mut stream = Stream { page, out };
        if stream.tell(&format!("{HEAD}{}", self.first)) {
            self.open.push(stream);
        }
    }

    /// The pages they belong to.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.open.iter().filter_map(|stream| stream.page.as_ref())
    }

    /// Tells every stream what is new, unless what a new one is told `first` stays what it was.
    pub fn tell_all(&mut self, first: String, news: &str) {
        if self.first != first {
            self.first = first;
            self.open.retain_mut(|stream| stream.tell(news));
        }
    }

    /// Shows that the server lives; streams that are gone are forgotten.
    pub fn beat(&mut self) {
        self.open.retain_mut(|stream| stream.tell(": heartbeat\n\n"));
    }
}

impl Stream {
    /// Whether there was somebody to tell.
    fn tell(&mut self, message: &str) -> bool {
        self.out.write_all(message.as_bytes()).and_then(|()| self.out.flush()).is_ok()
    }
}
