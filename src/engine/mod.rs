//! The build engine: makes only what has not been made yet, and publishes only what differs. It
//! knows nothing of the game.
//!
//! A **job** is an output path and a task. A **task** names everything its bytes depend on (its
//! fingerprint) and can make these bytes. No job depends on another, so there is no graph. The
//! invariant, which is tested: whatever earlier builds left behind, the bytes are those of a clean
//! build.

pub mod blobs;
pub mod fingerprint;
pub mod memo;
pub mod observer;
pub mod publish;
pub mod run;
pub mod traces;

use crate::diagnostic::{Diagnostic, Result};
use crate::digest::Digest;
use crate::file::OnDisk;
use crate::path::SitePath;
pub use blobs::Blobs;
pub use fingerprint::Fingerprint;
pub use observer::Observer;
pub use publish::{Bounds, Destination, Foreign, Published};
pub use run::{Done, Run, Way, run};
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// An output, wherever its bytes are stored.
#[derive(Clone, Debug)]
pub struct Output {
    /// What they were made from.
    pub fingerprint: Fingerprint,
    /// Digest of the bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    /// Where the bytes are.
    pub body: Body,
}

impl Output {
    /// An output whose bytes are held in memory.
    pub fn held(fingerprint: Fingerprint, bytes: impl Into<Arc<[u8]>>) -> Output {
        let bytes = bytes.into();
        Output {
            fingerprint,
            digest: Digest::of_bytes(&bytes),
            len: bytes.len() as u64,
            body: Body::Memory(bytes),
        }
    }

    /// An output that is a copy of a file.
    pub fn copied(fingerprint: Fingerprint, file: OnDisk) -> Output {
        Output { fingerprint, digest: file.digest, len: file.len, body: Body::File(file) }
    }
}

/// Where bytes are stored.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Memory(Arc<[u8]>),
    /// In a file of the author's, to be copied.
    File(OnDisk),
    /// In the blob store, under the fingerprint's digest.
    Blob,
    /// In the output folder, from an earlier build.
    Published,
}

/// Every output, by path.
pub type Outputs = BTreeMap<SitePath, Output>;
