//! The build date: `--date`, else `SOURCE_DATE_EPOCH`, else the date of the last commit if nothing
//! is uncommitted, else today. It is an input like any other: no other module reads the clock.
#![expect(clippy::disallowed_methods, reason = "edge: the clock and the environment")]

use super::git;
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::path::Path;

/// The build date for the folder `site`.
pub(crate) fn resolve(given: Option<Date>, site: &Path) -> Result<Date, Diagnostic> {
    if let Some(date) = given {
        return Ok(date);
    }
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        return from_epoch(&epoch);
    }
    Ok(last_commit(site).unwrap_or_else(clock))
}

/// The build date of a preview: entries written today already count.
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

/// The committer date of the last commit, if the folder is in a repository and clean.
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
