//! The end that somebody asks for: Ctrl-C, a closed terminal, or a supervisor that stops the program.

#[cfg(unix)]
use crate::engine::publish::whole;
#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
#[cfg(unix)]
use signal_hook::iterator::Signals;

/// From here on a signal ends the program at once, whatever it is doing, and nothing half written
/// stays behind. It then dies of that very signal, so that a shell sees 130 or 143, and a script
/// that runs it ends as well.
///
/// Elsewhere than on Unix the system ends it, and the next sweep of the cache takes what stays.
#[cfg(unix)]
pub(crate) fn heed() {
    // Where no handler may be had, the system's own way is good enough.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            whole::abandon();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
pub(crate) fn heed() {}
