//! `questfolio check`: a build in memory, and then a check of its output.

use super::args::CheckArguments;
use super::clock::Clock;
use super::terminal::Terminal;
use super::{inputs, today};
use crate::build::{self as site_build, Build};
use crate::check;
use crate::diagnostic::{Report, Result};
use crate::engine::{Blobs, Outputs};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Extensions of files that contain readable text.
const TEXT: [&str; 9] = ["html", "xml", "json", "txt", "css", "js", "svg", "webmanifest", "csv"];

/// A hint about what is needed before the site is published.
const NO_ADDRESS: &str = "Feeds, sitemap and link previews need the address of the site: set `url` in site.yaml, or use `--url`";

pub(crate) fn run(args: &CheckArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(code) => code,
        Err(diagnostic) => terminal.fail(diagnostic),
    }
}

fn perform(args: &CheckArguments, terminal: &Terminal) -> Result<ExitCode> {
    let today = today::resolve(args.site.date, &args.site.site)?;
    let mut report = Report::default();
    let snapshot = inputs::snapshot(&args.site, today, &mut report);
    if !snapshot.holds_site() {
        inputs::show(&report, &snapshot, terminal);
        return Ok(ExitCode::FAILURE);
    }
    let blobs = Blobs::open(&inputs::cache(&args.site));
    let options = inputs::options(&args.site);
    let nothing = Outputs::new();
    let clock = Clock::start("Checking");
    let built = terminal.while_working(&clock, || {
        site_build::build_observed(&snapshot, &options, &nothing, &blobs, &clock)
    });
    report.extend(built.report.clone());
    if !report.has_errors() {
        report.extend(look(&built, &blobs, &mut Report::default()));
    }
    let mut report = report.sorted();
    let has_address = built.site.config.url.is_some();
    report = match args.strict {
        true => report.strict(),
        // A site that is not published yet needs no URL; the summary below has a hint instead.
        false => report.iter().filter(|it| it.code != "no-url").cloned().collect(),
    };
    inputs::show(&report, &snapshot, terminal);
    if report.has_errors() {
        return Ok(ExitCode::FAILURE);
    }
    let profiles = built.site.profiles.len();
    let sheets = if profiles == 1 { "1 sheet".to_owned() } else { format!("{profiles} sheets") };
    let files = built.run.outputs.len();
    let verdict = if report.is_empty() { ": no problems found" } else { "" };
    terminal.say(&format!("{} {sheets}, {files} files{verdict}", terminal.green("Checked")));
    if !has_address {
        terminal.say(NO_ADDRESS);
    }
    Ok(ExitCode::SUCCESS)
}

/// Checks the finished site.
fn look(built: &Build, blobs: &Blobs, unread: &mut Report) -> Report {
    let mut texts: BTreeMap<SitePath, String> = BTreeMap::new();
    let paths: Vec<SitePath> = built.run.outputs.keys().cloned().collect();
    for (path, output) in &built.run.outputs {
        if !TEXT.contains(&path.extension()) {
            continue;
        }
        if let Some(bytes) = unread.ok(output.bytes(path, blobs, None)) {
            texts.insert(path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    let mut report = check::site(&built.site, &texts, &paths);
    report.extend(unread.clone());
    report
}
