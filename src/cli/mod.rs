//! The command-line interface: the only code that prints.

mod args;
mod build;
mod check;
mod clock;
mod fall;
mod git;
mod new;
mod qr;
mod report;
mod schema;
mod serve;
mod signal;
mod today;

use crate::diagnostic::{Diagnostic, Report};
use crate::diagnostic_text::Sources;
use crate::serve::Scope;
use crate::source::snapshot::{SOURCES, Snapshot};
use args::{Arguments, Command, SiteArguments};
use clap::{CommandFactory, Parser};
use jiff::civil::Date;
use report::Terminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs the command given by the process arguments and returns the exit code: 0, 1 if something is
/// wrong with the site, 2 if something is wrong with the arguments (from clap). A signal ends the
/// process earlier.
pub fn run() -> ExitCode {
    signal::heed();
    fall::guard(perform)
}

fn perform() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.output);
    match arguments.command {
        Command::New(args) => new::run(&args, &terminal),
        Command::Build(args) => build::run(&args, &terminal),
        Command::Check(args) => check::run(&args, &terminal),
        Command::Serve(args) => serve::run(&args, &terminal),
        Command::Schema(args) => schema::run(&args, &terminal),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "questfolio", &mut text);
            terminal.print(&String::from_utf8_lossy(&text));
            ExitCode::SUCCESS
        }
    }
}

/// The loading options for these arguments.
fn options(args: &SiteArguments) -> crate::load::Options {
    crate::load::Options { drafts: args.drafts, url: args.url.clone() }
}

/// A snapshot of the site's files.
fn snapshot(args: &SiteArguments, today: Date, report: &mut Report) -> Snapshot {
    Snapshot::take(&args.site, today, report)
}

/// What to watch: the site, without its output and cache.
fn scope(args: &SiteArguments, out: PathBuf) -> Scope {
    Scope {
        root: args.site.clone(),
        folders: SOURCES.iter().map(|source| args.site.join(source)).collect(),
        ignored: vec![build::cache(args), out],
    }
}

/// Prints a single diagnostic and returns the exit code for it.
fn fail(terminal: &Terminal, diagnostic: Diagnostic) -> ExitCode {
    terminal.report(&[diagnostic].into_iter().collect(), &Sources::new(|_| None));
    ExitCode::FAILURE
}
