//! Captures the warnings of the SVG renderer while it parses a document. It writes them to the
//! process's log, which nobody reads, and continues without what it did not understand.

use log::{LevelFilter, Log, Metadata, Record};
use std::cell::RefCell;
use std::sync::Once;

/// Starts or parts of messages that concern the template. Other messages concern letters and
/// pictures from content, which are checked elsewhere.
const OF_TEMPLATES: [&str; 9] = [
    "Failed to parse",
    "Error during path parsing",
    "Invalid 'font-size'",
    "Selector parsing failed",
    "is not supported",
    "has an invalid",
    "has less than 2 points",
    "is not a valid filter",
    "cannot be used to",
];

thread_local! {
    /// Messages on this thread since listening started.
    static SAID: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

struct Capture;

impl Log for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        SAID.with_borrow_mut(|said| {
            if let Some(said) = said {
                said.push(record.args().to_string());
            }
        });
    }

    fn flush(&self) {}
}

/// Runs this, and returns its result with the first message that concerns a template.
pub(super) fn listening<T>(run: impl FnOnce() -> T) -> (T, Option<String>) {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        // If this library is used in another program that has its own logger, nothing is captured.
        if log::set_logger(&Capture).is_ok() {
            log::set_max_level(LevelFilter::Warn);
        }
    });
    SAID.set(Some(Vec::new()));
    let result = run();
    let said = SAID.take().unwrap_or_default();
    let of_template = |it: &String| OF_TEMPLATES.iter().any(|part| it.contains(part));
    (result, said.into_iter().find(of_template))
}

/// The value that a message refers to: the text in its last quotes.
pub(super) fn value(said: &str) -> Option<&str> {
    let (before, _) = said.rsplit_once('\'')?;
    let (_, value) = before.rsplit_once('\'')?;
    Some(value).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_template_wrote_is_heard() {
        let (number, said) = listening(|| {
            log::warn!("Fallback from A to B.");
            log::info!("Failed to parse nothing.");
            log::warn!("Failed to parse fill value: '{}'. Fallback to black.", "var(--x)");
            7
        });
        assert_eq!(number, 7);
        let said = said.unwrap();
        assert_eq!(value(&said), Some("var(--x)"));
        log::warn!("Failed to parse that nobody listens to.");
        assert_eq!(listening(|| ()).1, None);
    }
}
