//! The event streams of open pages.

use crate::path::SitePath;
use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Maximum number of unread messages of a page. If there are more, the stream is closed, and the
/// page reconnects.
const BEHIND: usize = 8;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                    X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n\
                    retry: 500\n\n";

/// The streams, and the first message for a new one.
#[derive(Default)]
pub struct Streams {
    first: String,
    open: Vec<Stream>,
}

struct Stream {
    /// The page that opened it.
    page: Option<SitePath>,
    /// The channel to the thread that writes to the page.
    messages: SyncSender<Arc<str>>,
}

impl Streams {
    /// Opens a stream on its own thread, so that a page that does not read blocks nobody else.
    pub fn open(&mut self, page: Option<SitePath>, mut out: Box<dyn Write + Send>) {
        let (messages, waiting) = sync_channel::<Arc<str>>(BEHIND);
        let stream = Stream { page, messages };
        let is_told = stream.tell(&format!("{HEAD}{}", self.first).into());
        let write = move || {
            for message in waiting {
                if out.write_all(message.as_bytes()).and_then(|()| out.flush()).is_err() {
                    return;
                }
            }
        };
        if is_told && thread::Builder::new().stack_size(64 * 1024).spawn(write).is_ok() {
            self.open.push(stream);
        }
    }

    /// The pages that opened the streams.
    pub fn pages(&self) -> impl Iterator<Item = &SitePath> {
        self.open.iter().filter_map(|stream| stream.page.as_ref())
    }

    /// Sends `event` to every stream, unless the first message for new streams is unchanged.
    pub fn tell_all(&mut self, first: String, event: &str) {
        if self.first != first {
            self.first = first;
            self.tell(&event.into());
        }
    }

    /// Sends a heartbeat; closed streams are removed.
    pub fn beat(&mut self) {
        self.tell(&": heartbeat\n\n".into());
    }

    fn tell(&mut self, message: &Arc<str>) {
        self.open.retain(|stream| stream.tell(message));
    }
}

impl Stream {
    /// Whether the message was queued: the stream is open and not too far behind.
    fn tell(&self, message: &Arc<str>) -> bool {
        self.messages.try_send(message.clone()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    /// A writer that accepts a message only when it is allowed to.
    struct Slow {
        allowed: Receiver<()>,
        taken: Sender<usize>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let broken = |_| std::io::ErrorKind::BrokenPipe;
            self.allowed.recv().map_err(broken)?;
            self.taken.send(bytes.len()).map_err(|_| std::io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nobody_waits_for_a_page_that_does_not_read() {
        let (allow, allowed) = channel();
        let (taken, took) = channel();
        let mut streams = Streams::default();
        let page = SitePath::new("index.html");
        streams.open(page.clone(), Box::new(Slow { allowed, taken }));
        assert_eq!(streams.pages().cloned().collect::<Vec<_>>(), Vec::from_iter(page));
        for number in 0..100 {
            streams.tell_all(number.to_string(), "event");
        }
        assert_eq!(streams.pages().count(), 0, "it is cut off");
        // Messages sent earlier are not lost.
        (0..BEHIND).for_each(|_| allow.send(()).unwrap());
        for _ in 0..BEHIND {
            took.recv_timeout(Duration::from_secs(5)).unwrap();
        }
    }
}
