//! Who builds the site for the server, and what a build gives.

use crate::edit::Sheets;
use crate::engine::Outputs;
use crate::path::SitePath;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// A full build to show.
#[derive(Clone, Debug)]
pub struct FullBuild {
    /// Every output. Outputs missing because of an error are those of the previous build.
    pub outputs: Outputs,
    /// The diagnostics in the format of `--message-format json`: a list of objects with `severity`,
    /// `code`, `message` and, if known, `file`, `line`, `column`, `end_line`, `end_column`,
    /// `source` (the text of the line), `label`, `help` and `related`; `built_in` if the file is
    /// not one of the site's.
    pub diagnostics: Value,
    /// Whether any of them is an error.
    pub has_errors: bool,
    /// The base path, with a leading and a trailing slash: `/` or `/repo/`.
    pub base: String,
    /// The pages that can be edited, and their source files.
    pub sheets: Arc<Sheets>,
}

/// A partial build: some pages, built before the whole site.
#[derive(Clone, Debug)]
pub struct PartialBuild {
    /// The pages, and the other files visible on them.
    pub outputs: Outputs,
    /// The pages that can be edited; `None` if those known so far remain valid. Later changes of
    /// this list come with a full build, but the first pages are shown before there was one.
    pub sheets: Option<Arc<Sheets>>,
}

/// Builds the site for the server.
pub trait Builder {
    /// The base path, as far as it can be determined before a build.
    fn base(&mut self) -> String;

    /// A full build of the site, given the outputs shown now. `None` if `is_cancelled` became true
    /// meanwhile and the build was abandoned for a newer one.
    fn build(
        &mut self,
        shown: &Outputs,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<FullBuild>;

    /// A partial build of these pages and the other files visible on them, after only these files
    /// changed; given the outputs shown now. `None` if a full build is needed.
    fn build_pages(
        &mut self,
        shown: &Outputs,
        changed: &BTreeSet<PathBuf>,
        pages: &BTreeSet<SitePath>,
    ) -> Option<PartialBuild>;
}
