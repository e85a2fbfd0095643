//! The settings of the server.

use super::listen::Reach;
use super::watch::{Scope, WatchMode};

/// Settings of the server.
#[derive(Clone, Debug)]
pub struct Options {
    /// What to watch.
    pub scope: Scope,
    /// How to detect changes.
    pub mode: WatchMode,
    /// Who can connect to the server.
    pub reach: Reach,
    /// The first port to try; 0 for any free port.
    pub port: u16,
    /// Host names to accept in addition to `localhost` and its addresses.
    pub hosts: Vec<String>,
    /// The URL pattern that opens a file of the site in the author's editor: see [`editor::link`](super::editor::link).
    pub editor: String,
}
