//! `questfolio build`: snapshot → build → publish → a line about it.

use super::args::{BuildArguments, SiteArguments};
use super::report::Terminal;
use super::today;
use crate::build::{Build, build};
use crate::diagnostic::{Report, Result};
use crate::engine::publish::{Bounds, Destination, Foreign, Published};
use crate::engine::{Blobs, Way};
use crate::source::snapshot::{SOURCES, Snapshot};
use crate::theme::embedded_source;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

pub(crate) fn run(args: &BuildArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(code) => code,
        Err(diagnostic) => super::fail(terminal, diagnostic),
    }
}

fn perform(args: &BuildArguments, terminal: &Terminal) -> Result<ExitCode> {
    let mut clock = Clock::start();
    let today = today::resolve(args.site.date, &args.site.site)?;
    let mut report = Report::default();
    let snapshot = super::snapshot(&args.site, today, &mut report);
    clock.lap("reading files");
    if !snapshot.holds_site() {
        show(&report, &snapshot, terminal);
        return Ok(ExitCode::FAILURE);
    }
    let out = args.out.clone().unwrap_or_else(|| args.site.site.join("public"));
    let foreign = if args.adopt { Foreign::Adopt } else { Foreign::Refuse };
    let destination = Destination::open(&out, &bounds(&args.site), foreign, &|| {
        terminal.say("Waiting for another build to finish …");
    })?;
    let blobs = Blobs::open(&cache(&args.site));
    let options = super::options(&args.site);
    let previous = destination.previous();
    let Build { report: found, run, .. } =
        terminal.while_working("Building", || build(&snapshot, &options, &previous, &blobs));
    report.extend(found);
    clock.lap("building");
    if args.strict {
        report = report.strict();
    }
    let mut published = Published::default();
    if !report.has_errors() {
        published = destination.publish(&run.outputs, &blobs, &mut report);
        blobs.warn(&mut report);
        clock.lap("publishing");
    }
    show(&report.clone().sorted(), &snapshot, terminal);
    if report.has_errors() {
        terminal.say("Nothing was published");
        return Ok(ExitCode::FAILURE);
    }
    blobs.sweep();
    if args.explain {
        explain(&run, terminal);
    }
    if args.timings {
        clock.print(terminal);
    }
    let line = summary(&published, run.outputs.len());
    let (done, took) = (terminal.green("Built"), clock.total().as_secs_f64());
    terminal.say(&format!("{done} {}: {line}, in {took:.2} s", plain(&out)));
    Ok(ExitCode::SUCCESS)
}

/// Prints what is wrong, with the lines of the site's files and of built-in themes.
pub(crate) fn show(report: &Report, snapshot: &Snapshot, terminal: &Terminal) {
    terminal.report(report, &|path| snapshot.text(path.as_str()).or_else(|| embedded_source(path)));
}

/// Where finished pictures are kept.
pub(crate) fn cache(args: &SiteArguments) -> PathBuf {
    args.cache.clone().unwrap_or_else(|| args.site.join(".questfolio/cache"))
}

fn bounds(args: &SiteArguments) -> Bounds {
    Bounds {
        root: args.site.clone(),
        sources: SOURCES.iter().map(|source| args.site.join(source)).collect(),
        cache: cache(args),
    }
}

/// Says of every file that was not simply reused, why.
fn explain(run: &crate::engine::Run, terminal: &Terminal) {
    for (path, done) in run.done.iter().filter(|(_, done)| done.way != Way::Fresh) {
        let why = if done.because.is_empty() {
            "was not there".to_owned()
        } else {
            done.because.join(", ")
        };
        let way = match done.way {
            Way::Restored => "restored",
            Way::Failed => "failed",
            Way::Made | Way::Fresh => "made",
        };
        terminal.print(&format!("{way} {path}: {why}\n"));
    }
}

/// `21 files, 3 changed, 1 removed`
fn summary(published: &Published, files: usize) -> String {
    let Published { written, removed, .. } = published;
    let mut line = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
    match (written.len(), removed.len()) {
        (0, 0) => line.push_str(", nothing changed"),
        (count, 0) if count == files => line.push_str(", all new"),
        (count, gone) => {
            line.push_str(&format!(", {count} new or changed"));
            if gone > 0 {
                line.push_str(&format!(", {gone} removed"));
            }
        }
    }
    line
}

/// A path without the `./` that only we put there.
fn plain(path: &Path) -> std::path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

/// Where the time went.
struct Clock {
    begun: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    fn start() -> Clock {
        let now = Instant::now();
        Clock { begun: now, last: now, laps: Vec::new() }
    }

    fn lap(&mut self, name: &'static str) {
        self.laps.push((name, self.last.elapsed()));
        self.last = Instant::now();
    }

    fn total(&self) -> Duration {
        self.begun.elapsed()
    }

    fn print(&self, terminal: &Terminal) {
        for (name, took) in &self.laps {
            terminal.print(&format!("{:>8.1} ms  {name}\n", took.as_secs_f64() * 1000.0));
        }
    }
}
