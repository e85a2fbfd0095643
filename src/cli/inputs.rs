//! What the commands make of the arguments that name a site.

use super::args::SiteArguments;
use super::terminal::Terminal;
use crate::diagnostic::Report;
use crate::diagnostic_text::Sources;
use crate::load::Options;
use crate::serve::Scope;
use crate::source::snapshot::{SOURCES, Snapshot};
use crate::theme::embedded_source;
use jiff::civil::Date;
use std::path::PathBuf;

/// The loading options for these arguments.
pub(super) fn options(args: &SiteArguments) -> Options {
    Options { drafts: args.drafts, url: args.url.clone() }
}

/// A snapshot of the site's files.
pub(super) fn snapshot(args: &SiteArguments, today: Date, report: &mut Report) -> Snapshot {
    Snapshot::take(&args.site, today, report)
}

/// What to watch: the site, without its output and cache.
pub(super) fn scope(args: &SiteArguments, out: PathBuf) -> Scope {
    Scope {
        root: args.site.clone(),
        folders: SOURCES.iter().map(|source| args.site.join(source)).collect(),
        ignored: vec![cache(args), out],
    }
}

/// Prints the diagnostics, with source lines from the site's files and from built-in themes.
pub(super) fn show(report: &Report, snapshot: &Snapshot, terminal: &Terminal) {
    terminal.report(report, &sources(snapshot));
}

/// The texts that diagnostics can refer to.
pub(super) fn sources(snapshot: &Snapshot) -> Sources<'_> {
    Sources::new(|path| snapshot.text(path.as_str()).or_else(|| embedded_source(path)))
}

/// The folder of the cache.
pub(super) fn cache(args: &SiteArguments) -> PathBuf {
    args.cache.clone().unwrap_or_else(|| args.site.join(".questfolio/cache"))
}
