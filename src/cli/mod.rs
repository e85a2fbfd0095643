//! The command-line interface: the only code that prints.

mod args;
mod build;
mod check;
mod clock;
mod git;
mod inputs;
mod new;
mod panic;
mod qr;
mod schema;
mod serve;
mod signal;
mod terminal;
mod today;

use args::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::process::ExitCode;
use terminal::Terminal;

/// Runs the command given by the process arguments and returns the exit code: 0, 1 if something is
/// wrong with the site, 2 if something is wrong with the arguments (from clap). A signal ends the
/// process earlier.
pub fn run() -> ExitCode {
    signal::heed();
    panic::guard(perform)
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
