//! Handles requests to end the program: Ctrl-C, a closed terminal, or a supervisor's signal.

#[cfg(unix)]
use crate::engine::publish::atomic_file;
#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
#[cfg(unix)]
use signal_hook::iterator::Signals;

/// Installs the handler: from here on, a signal ends the program at once, and no temporary files
/// stay behind. The process then dies of the same signal, so that a shell sees exit code 130 or
/// 143, and a calling script ends as well.
///
/// On systems other than Unix, the process is simply ended, and the next cache sweep removes
/// temporary files.
#[cfg(unix)]
pub(crate) fn heed() {
    // If a handler cannot be installed, the default action is good enough.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else { return };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            atomic_file::abandon();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
pub(crate) fn heed() {}
