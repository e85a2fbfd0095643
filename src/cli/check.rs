//! `questfolio check`: a build in memory, then a look at everything it made.

use super::args::CheckArguments;
use super::report::Terminal;
use super::{build, today};
use crate::build::{Build, build as build_site};
use crate::check;
use crate::diagnostic::{Report, Result};
use crate::engine::{Blobs, Outputs};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// Files that hold text somebody could read.
const TEXT: [&str; 9] = ["html", "xml", "json", "txt", "css", "js", "svg", "webmanifest", "csv"];

pub(crate) fn run(args: &CheckArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(code) => code,
        Err(diagnostic) => super::fail(terminal, diagnostic),
    }
}

fn perform(args: &CheckArguments, terminal: &Terminal) -> Result<ExitCode> {
    let today = today::resolve(args.site.date, &args.site.site)?;
    let mut report = Report::default();
    let snapshot = super::snapshot(&args.site, today, &mut report);
    let blobs = Blobs::open(&build::cache(&args.site));
    let options = super::options(&args.site);
    let built = build_site(&snapshot, &options, &Outputs::new(), &blobs);
    report.extend(built.report.clone());
    if !report.has_errors() {
        report.extend(look(&built, &blobs, &mut Report::default()));
    }
    let mut report = report.sorted();
    if args.strict {
        report = report.strict();
    }
    build::show(&report, &snapshot, terminal);
    if report.has_errors() {
        return Ok(ExitCode::FAILURE);
    }
    let profiles = built.site.profiles.len();
    let sheets = if profiles == 1 { "1 sheet".to_owned() } else { format!("{profiles} sheets") };
    let files = built.run.outputs.len();
    terminal.say(&format!("{} {sheets}, {files} files", terminal.green("Checked")));
    Ok(ExitCode::SUCCESS)
}

/// The finished site, looked over.
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
