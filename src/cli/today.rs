//! The build's date: `--date`, else `SOURCE_DATE_EPOCH`, else the last commit's date where nothing
//! is uncommitted, else today. An input like any other: below this file nobody asks the clock.
#![expect(clippy::disallowed_methods, reason = "edge: the clock and the environment")]

use super::git;
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::path::Path;

/// The date to build `site` at.
pub(crate) fn resolve(given: Option<Date>, site: &Path) -> Result<Date, Diagnostic> {
    if let Some(date) = given {
        return Ok(date);
    }
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        return from_epoch(&epoch);
    }
    Ok(last_commit(site).unwrap_or_else(clock))
}

/// The date to preview at: what was written today counts today.
pub(crate) fn resolve_live(given: Option<Date>) -> Result<Date, Diagnostic> {
    match (given, std::env::var("SOURCE_DATE_EPOCH")) {
        (Some(date), _) => Ok(date),
        (None, Ok(epoch)) => from_epoch(&epoch),
        (None, Err(_)) => Ok(clock()),
    }
}

fn clock() -> Date {
    Zoned::now().date()
}

fn from_epoch(epoch: &str) -> Result<Date, Diagnostic> {
    let seconds = epoch.trim().parse::<i64>().ok();
    let moment = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    moment.map(|moment| moment.to_zoned(TimeZone::UTC).date()).ok_or_else(|| {
        Diagnostic::error("bad-epoch", format!("SOURCE_DATE_EPOCH is `{epoch}`"))
            .help("write seconds since 1970: `SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)`")
    })
}

/// The committer's date of the last commit, if the folder is in a repository and clean.
fn last_commit(site: &Path) -> Option<Date> {
    if !git::ask(site, &["status", "--porcelain", "--untracked-files=normal", "."])?
        .trim()
        .is_empty()
    {
        return None;
    }
    let line = git::ask(site, &["log", "-1", "--format=%cs"])?;
    line.trim().parse().ok()
}
