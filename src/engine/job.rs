//! What a build is made of: jobs, each an output path and a task that makes its bytes.

use crate::diagnostic::{Diagnostic, Result};
use crate::engine::{Blobs, Fingerprint};
use crate::file::OnDisk;
use crate::path::SitePath;

/// One file to write, and the work that makes it.
#[derive(Debug)]
pub struct Job<W> {
    /// The output path.
    pub path: SitePath,
    /// The task that makes it.
    pub task: W,
}

/// A task: a way to make bytes.
pub trait Work: Sync {
    /// The progress message while costly tasks run.
    const COSTLY: &'static str = "making files";

    /// Everything the bytes depend on, by name.
    fn fingerprint(&self) -> Fingerprint;
    /// Makes the bytes. Must not read anything that the fingerprint does not name, and never warns.
    /// Intermediate results that are costly may come from the store.
    fn make(&self, blobs: &Blobs) -> Result<Vec<u8>>;
    /// The diagnostic of a failure, with its context; `others` is the number of further failures
    /// with the same message.
    fn explain(&self, path: &SitePath, failure: Diagnostic, others: usize) -> Diagnostic {
        let _ = (path, others);
        failure
    }
    /// The file whose bytes it is, unchanged, if that is not held in memory. It is copied when it
    /// is published, and nothing is made.
    fn copied(&self) -> Option<&OnDisk> {
        None
    }
    /// Whether making the bytes takes so much longer than reading them that they should be stored
    /// as a blob.
    fn is_costly(&self) -> bool;
    /// A weight, so that the heaviest tasks are started first: pixels for a picture, 0 for text.
    fn weight(&self) -> u64 {
        0
    }
}
