//! What is printed: mistakes on standard error for people, or on standard output for programs;
//! everything else for people, and nothing of it with `--quiet`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "edge: the terminal")]

use super::args::{ColorChoice, MessageFormat, OutputArguments};
use crate::diagnostic::{Report, Severity};
use crate::diagnostic_text;
use crate::path::SitePath;
use std::io::{IsTerminal, Write};

/// Where everything is printed.
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

    /// The result of a command, on standard output; a closed pipe is no mistake.
    pub(crate) fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// A line about the work, for people.
    pub(crate) fn say(&self, line: &str) {
        if !self.quiet && self.format == MessageFormat::Human {
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    /// A question; `None` when nobody is there to answer it.
    pub(crate) fn ask(&self, question: &str, default: &str) -> Option<String> {
        if !self.interactive || !std::io::stdin().is_terminal() {
            return None;
        }
        let hint = if default.is_empty() { String::new() } else { format!(" [{default}]") };
        eprint!("{}{hint} ", self.bold(question));
        let _ = std::io::stderr().flush();
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer).ok()?;
        let answer = answer.trim();
        Some(if answer.is_empty() { default.to_owned() } else { answer.to_owned() })
    }

    /// A line that is written over by the next one, on a terminal only.
    pub(crate) fn progress(&self, line: &str) {
        if self.interactive && self.format == MessageFormat::Human {
            let _ = write!(std::io::stderr(), "\r\x1b[2K{line}");
            let _ = std::io::stderr().flush();
        }
    }

    /// Everything that is wrong, and how much of it there is.
    pub(crate) fn report<'a>(
        &self,
        report: &Report,
        source: &dyn Fn(&SitePath) -> Option<&'a str>,
    ) {
        for diagnostic in report {
            match self.format {
                MessageFormat::Human => {
                    let text = diagnostic_text::render(diagnostic, source, self.styled);
                    let _ = writeln!(std::io::stderr(), "{}\n", text.trim_end());
                }
                MessageFormat::Json => println!("{}", diagnostic_text::to_json(diagnostic, source)),
                MessageFormat::Github => {
                    println!("{}", diagnostic_text::to_github(diagnostic, source));
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

    /// Bold, where colours are on.
    pub(crate) fn bold(&self, text: &str) -> String {
        if self.styled { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// Green, where colours are on.
    pub(crate) fn green(&self, text: &str) -> String {
        if self.styled { format!("\x1b[1;32m{text}\x1b[0m") } else { text.to_owned() }
    }
}
