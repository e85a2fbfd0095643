//! The message for a bug in the program itself: one line, and where to report it.
#![expect(clippy::disallowed_methods, reason = "edge: the last words")]

use std::any::Any;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// The source location of the last panic.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// The exit code after a panic, the same as Rust's own.
const PANIC_EXIT_CODE: u8 = 101;

/// Runs the program. Panics that are caught elsewhere, where a third-party decoder or parser failed
/// on an input file, become diagnostics there and print nothing here. A panic that gets here is a
/// bug of ours and is reported as one. With `RUST_BACKTRACE` set, Rust's own message comes first.
pub(crate) fn guard(work: impl FnOnce() -> ExitCode) -> ExitCode {
    let usual = take_hook();
    let is_wanted = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    set_hook(Box::new(move |info: &PanicHookInfo| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line()));
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
        if is_wanted {
            usual(info);
        }
    }));
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let line = last_words(panic.as_ref(), place.as_deref());
        let _ = writeln!(std::io::stderr(), "{line}");
        ExitCode::from(PANIC_EXIT_CODE)
    })
}

fn last_words(panic: &(dyn Any + Send), place: Option<&str>) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let what = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
    let what = what.lines().next().unwrap_or_default();
    format!(
        "questfolio {} has a bug, and it is not your fault: {what} ({}). Please report it: {}/issues",
        env!("CARGO_PKG_VERSION"),
        place.unwrap_or("at an unknown location"),
        env!("CARGO_PKG_REPOSITORY"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_are_one_line_with_the_place_and_the_tracker() {
        let line = last_words(&"index out of bounds\nbacktrace".to_owned(), Some("src/a.rs:7"));
        assert!(line.contains("index out of bounds (src/a.rs:7)"), "{line}");
        assert!(line.ends_with("/issues") && !line.contains('\n'), "{line}");
        assert!(last_words(&7_u8, None).contains("no reason given"));
    }
}
