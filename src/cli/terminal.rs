//! Everything that is printed: diagnostics go to standard error for people or to standard output
//! for programs; everything else is for people, and suppressed by `--quiet`.

use super::args::{ColorChoice, MessageFormat, OutputArguments};
use super::clock::Clock;
use super::qr;
use crate::diagnostic::{Diagnostic, Report, Rest, Severity};
use crate::diagnostic_text::{self, Sources};
use std::io::{BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// The delay and interval of progress messages.
const SECOND: Duration = Duration::from_secs(1);

/// Prints to the terminal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    format: MessageFormat,
    quiet: bool,
    styled: bool,
    interactive: bool,
}

impl Terminal {
    pub(crate) fn new(output: OutputArguments) -> Terminal {
        let choice = match output.color {
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
            ColorChoice::Auto => anstream::AutoStream::choice(&std::io::stderr()),
        };
        Terminal {
            format: output.message_format,
            quiet: output.quiet,
            styled: choice != anstream::ColorChoice::Never,
            interactive: std::io::stderr().is_terminal() && !output.quiet,
        }
    }

    /// The result of a command, to standard output; a closed pipe is not an error.
    pub(crate) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// A status line for people.
    pub(crate) fn say(&self, line: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    /// Asks a question with a default answer; `None` at the end of input.
    pub(crate) fn ask(&self, question: &str, default: &str) -> Option<String> {
        self.prompt(&format!("{} [{default}] ", self.bold(question)));
        let mut answer = Vec::new();
        let read = std::io::stdin().lock().read_until(b'\n', &mut answer);
        if !matches!(read, Ok(length) if length > 0) {
            self.prompt("\n");
            return None;
        }
        Some(String::from_utf8_lossy(&answer).trim().to_owned())
    }

    /// Part of a dialogue: printed even with `--quiet`, because an answer is expected.
    pub(crate) fn prompt(&self, text: &str) {
        let mut err = std::io::stderr().lock();
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    /// Runs long work. In a terminal, a line shows its progress, starting after one second.
    pub(crate) fn while_working<T>(&self, clock: &Clock, work: impl FnOnce() -> T) -> T {
        if !self.interactive || self.format != MessageFormat::Human {
            return work();
        }
        std::thread::scope(|scope| {
            // Dropped when the work ends, also by a panic.
            let (_at_work, is_done) = std::sync::mpsc::channel::<()>();
            scope.spawn(move || {
                let mut seconds = 0;
                while is_done.recv_timeout(SECOND) == Err(RecvTimeoutError::Timeout) {
                    seconds += 1;
                    self.prompt(&format!("\r\x1b[2K{} … {seconds} s", clock.doing()));
                }
                if seconds > 0 {
                    self.prompt("\r\x1b[2K");
                }
            });
            work()
        })
    }

    /// Prints a single diagnostic and returns the exit code for it.
    pub(crate) fn fail(&self, diagnostic: Diagnostic) -> ExitCode {
        self.report(&[diagnostic].into_iter().collect(), &Sources::new(|_| None));
        ExitCode::FAILURE
    }

    /// The message, printed once, if no file events are available.
    pub(crate) fn say_polling(&self, why: &str) {
        self.say(&format!(
            "Polling for changes twice a second, because the system sends no notifications: {why}"
        ));
    }

    /// Prints all diagnostics and their number. People get the first ones of each kind in each
    /// file, programs get all.
    pub(crate) fn report(&self, report: &Report, sources: &Sources<'_>) {
        if self.format == MessageFormat::Json {
            for diagnostic in report {
                self.print(&format!("{}\n", diagnostic_text::to_json(diagnostic, sources)));
            }
            return;
        }
        let (told, rest) = report.abridged();
        let rest: Vec<Diagnostic> = rest.iter().map(Rest::diagnostic).collect();
        for diagnostic in told.into_iter().chain(&rest) {
            match self.format {
                MessageFormat::Github => {
                    self.print(&format!("{}\n", diagnostic_text::to_github(diagnostic, sources)));
                }
                _ => {
                    let text = diagnostic_text::render(diagnostic, sources, self.styled);
                    let _ = writeln!(std::io::stderr(), "{}\n", text.trim_end());
                }
            }
        }
        self.say_counts(report);
    }

    fn say_counts(&self, report: &Report) {
        let counts: Vec<String> = [Severity::Error, Severity::Warning]
            .into_iter()
            .map(|severity| (report.count(severity), severity.word()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
            .collect();
        if !counts.is_empty() {
            self.say(&counts.join(", "));
        }
    }

    /// A URL as a QR code for a phone's camera; only if the output is a terminal.
    pub(crate) fn qr(&self, address: &str) -> Option<String> {
        if self.interactive || self.styled { qr::draw(address, self.styled) } else { None }
    }

    /// Bold, if colours are on.
    pub(crate) fn bold(&self, text: &str) -> String {
        if self.styled { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Green, if colours are on.
    pub(crate) fn green(&self, text: &str) -> String {
        if self.styled { format!("\x1b[1;32m{text}\x1b[0m") } else { text.to_owned() }
    }
}
