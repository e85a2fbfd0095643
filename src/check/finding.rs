//! What `check` finds on pages: a mistake in a template is on many pages and is reported once.

use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use std::collections::BTreeMap;

/// The kinds of mistake.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wrong {
    DeadLink,
    DeadAnchor,
    RepeatedId,
    ForeignRequest,
    MissingAlt,
}

/// Mistakes, with the pages on which they occur.
#[derive(Default)]
pub(super) struct Findings<'p>(BTreeMap<(Wrong, String), Finding<'p>>);

struct Finding<'p> {
    pages: Vec<&'p SitePath>,
    help: Option<String>,
}

impl<'p> Findings<'p> {
    /// Adds a mistake in `what`: a link, an id, a picture.
    pub(super) fn add(
        &mut self,
        wrong: Wrong,
        what: &str,
        page: &'p SitePath,
        help: Option<String>,
    ) {
        let entry = self.0.entry((wrong, what.to_owned()));
        entry.or_insert_with(|| Finding { pages: Vec::new(), help }).pages.push(page);
    }

    /// Reports one diagnostic for each mistake.
    pub(super) fn report(self, report: &mut Report) {
        for ((wrong, what), finding) in self.0 {
            let pages = several(&finding.pages, "page");
            report.push(diagnostic(wrong, &what, &pages).help_opt(finding.help));
        }
    }
}

fn diagnostic(wrong: Wrong, what: &str, pages: &str) -> Diagnostic {
    match wrong {
        Wrong::DeadLink => {
            let message = format!(
                "the link `{what}` on {pages} points to a page or file that is not published"
            );
            Diagnostic::error("dead-link", message)
        }
        Wrong::DeadAnchor => {
            let message =
                format!("the link `{what}` on {pages} points to an id that does not exist");
            Diagnostic::error("dead-anchor", message)
        }
        Wrong::RepeatedId => {
            let message = format!("the id `{what}` occurs more than once on {pages}");
            Diagnostic::error("duplicate-id", message)
        }
        Wrong::ForeignRequest => {
            let message = format!("`{what}` is loaded from another host on {pages}");
            Diagnostic::warning("foreign-request", message)
        }
        Wrong::MissingAlt => {
            let message = format!("the picture `{what}` on {pages} has no alternative text");
            Diagnostic::warning("missing-alt", message)
        }
    }
}

/// `a/index.html`, or `a/index.html` and 2 other pages.
pub(super) fn several(paths: &[&SitePath], noun: &str) -> String {
    match paths {
        [] => "nothing".to_owned(),
        [only] => format!("`{only}`"),
        [first, second] => format!("`{first}` and `{second}`"),
        [first, rest @ ..] => format!("`{first}` and {} other {noun}s", rest.len()),
    }
}
