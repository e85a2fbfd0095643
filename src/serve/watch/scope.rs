//! What is watched.

use std::path::PathBuf;

/// What is watched.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The site's root: its files, and which folders it contains.
    pub root: PathBuf,
    /// Folders watched recursively; they need not exist.
    pub folders: Vec<PathBuf>,
    /// Folders that are ignored: the output and the cache.
    pub ignored: Vec<PathBuf>,
}
