//! What the drawing program says while it reads a document. It writes to the log of its process, which
//! nobody reads, and goes on without what it did not understand.

use log::{LevelFilter, Log, Metadata, Record};
use std::cell::RefCell;
use std::sync::Once;

/// How messages begin or what they hold that are about what a template wrote. Others are about letters
/// and pictures, which content brings, and which is looked at elsewhere.
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
    /// What was said on this thread since somebody began to listen.
    static SAID: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

struct Ear;

impl Log for Ear {
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

/// Runs this, and gives beside its result the first thing that was said of a template.
pub(super) fn listening<T>(run: impl FnOnce() -> T) -> (T, Option<String>) {
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        // Somebody else's, where the library is part of another program: then nothing is heard.
        if log::set_logger(&Ear).is_ok() {
            log::set_max_level(LevelFilter::Warn);
        }
    });
    SAID.set(Some(Vec::new()));
    let result = run();
    let said = SAID.take().unwrap_or_default();
    let of_template = |it: &String| OF_TEMPLATES.iter().any(|part| it.contains(part));
    (result, said.into_iter().find(of_template))
}

/// The value a message is about: what stands in its last quotes.
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
