//! `questfolio build`: snapshot → build → publish → a summary line.

use super::args::{BuildArguments, SiteArguments};
use super::clock::Clock;
use super::terminal::Terminal;
use super::{inputs, today};
use crate::build::{self, Build};
use crate::diagnostic::{Report, Result};
use crate::engine::publish::{Destination, Foreign, ProtectedFolders, Published};
use crate::engine::{Blobs, Observer, Origin};
use crate::path::SitePath;
use crate::serve::{ServerEvent, WatchMode, Watcher};
use crate::source::snapshot::SOURCES;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The message if publishing stopped halfway.
const UNFINISHED: &str = "Published only in part: some files are new and some are as they were. \
    The next build that succeeds finishes it.";

pub(crate) fn run(args: &BuildArguments, terminal: &Terminal) -> ExitCode {
    if !args.watch {
        return once(args, terminal);
    }
    let mut say = |event: ServerEvent| {
        if let ServerEvent::Polling { why } = event {
            terminal.say_polling(&why);
        }
    };
    // Watching starts before the first build, so that no change during the build is missed.
    let scope = inputs::scope(&args.site, out(args));
    let mut watcher = Watcher::new(scope, WatchMode::of(args.poll), &mut say);
    loop {
        once(args, terminal);
        terminal.say("Waiting for changes  (Ctrl-C to stop)");
        watcher.wait();
        watcher.settle(&mut say, &|| false);
    }
}

fn once(args: &BuildArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(code) => code,
        Err(diagnostic) => terminal.fail(diagnostic),
    }
}

fn out(args: &BuildArguments) -> PathBuf {
    args.out.clone().unwrap_or_else(|| args.site.site.join("public"))
}

fn perform(args: &BuildArguments, terminal: &Terminal) -> Result<ExitCode> {
    let clock = Clock::start("Building");
    let today = today::resolve(args.site.date, &args.site.site)?;
    clock.step_finished("date");
    let mut report = Report::default();
    let snapshot = inputs::snapshot(&args.site, today, &mut report);
    clock.step_finished("files");
    if !snapshot.holds_site() {
        inputs::show(&report, &snapshot, terminal);
        return Ok(ExitCode::FAILURE);
    }
    let out = out(args);
    let foreign = if args.adopt { Foreign::Adopt } else { Foreign::Refuse };
    let destination = Destination::open(&out, &bounds(&args.site), foreign, &|| {
        terminal.say("Waiting for another build to finish …");
    })?;
    let blobs = Blobs::open(&inputs::cache(&args.site));
    let options = inputs::options(&args.site);
    let previous = destination.previous();
    clock.step_finished("traces");
    let built = terminal.while_working(&clock, || {
        build::build_observed(&snapshot, &options, previous, &blobs, &clock)
    });
    let Build { report: wrong, run, found, decoded, .. } = built;
    report.extend(wrong);
    if args.strict {
        report = report.strict();
    }
    let mut published = Published::default();
    if !report.has_errors() {
        published = destination.publish(&run.outputs, &blobs, &mut report);
        blobs.warn(&mut report);
        clock.step_finished("publish");
    }
    inputs::show(&report.clone().sorted(), &snapshot, terminal);
    if report.has_errors() {
        terminal.say(match published.has_begun {
            true => UNFINISHED,
            false => "Nothing was published",
        });
        return Ok(ExitCode::FAILURE);
    }
    blobs.sweep();
    if args.explain {
        explain(&run, terminal);
        explain_crops(&found, terminal);
    }
    if args.timings {
        terminal.print(&clock.timings());
        let (pictures, variants) = decoded;
        terminal.print(&format!("{pictures:>8} pictures decoded, {variants} variants encoded\n"));
    }
    let line = summary(&published, run.outputs.len());
    let (done, took) = (terminal.green("Built"), clock.total().as_secs_f64());
    terminal.say(&format!("{done} {}: {line}, in {took:.2} s", plain(&out)));
    Ok(ExitCode::SUCCESS)
}

fn bounds(args: &SiteArguments) -> ProtectedFolders {
    ProtectedFolders {
        root: args.site.clone(),
        sources: SOURCES.iter().map(|source| args.site.join(source)).collect(),
        cache: inputs::cache(args),
    }
}

/// Prints why each file was not simply reused.
fn explain(run: &crate::engine::Run, terminal: &Terminal) {
    for (path, done) in run.provenance.iter().filter(|(_, done)| done.origin != Origin::Reused) {
        let why = if done.because.is_empty() {
            "did not exist".to_owned()
        } else {
            done.because.join(", ")
        };
        let way = match done.origin {
            Origin::Restored => "restored",
            Origin::Failed => "failed",
            Origin::Made | Origin::Reused => "made",
        };
        terminal.print(&format!("{way} {path}: {why}\n"));
    }
}

/// Prints the focus point found for every crop without a `focus:`, so that the author can keep it.
fn explain_crops(found: &BTreeMap<SitePath, (u16, u16)>, terminal: &Terminal) {
    for (file, (x, y)) in found {
        let part = |thousandths: &u16| f64::from(*thousandths) / 1000.0;
        let focus = format!("[{}, {}]", part(x), part(y));
        terminal.print(&format!(
            "cropped {file} around {focus}; to keep this crop, write `focus: {focus}`\n"
        ));
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

/// A path without the leading `./` that we added.
fn plain(path: &Path) -> std::path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}
