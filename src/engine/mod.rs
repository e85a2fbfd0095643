//! Makes only what is not already made, and publishes only what differs. Knows no game.
//!
//! A **job** is an output path and a task. A **task** names everything its bytes depend on (its
//! fingerprint) and can make those bytes. Nothing depends on another job, so there is no graph.
//! The law, tested: whatever earlier builds left behind, the bytes are those of a clean build.

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
    /// Where it goes in the output.
    pub path: SitePath,
    /// What makes it.
    pub task: W,
}

/// A way to make bytes.
pub trait Work: Sync {
    /// What somebody who waits is told of the costly ones.
    const COSTLY: &'static str = "making files";

    /// Everything the bytes depend on, by name.
    fn fingerprint(&self) -> Fingerprint;
    /// The bytes. Reads nothing that the fingerprint does not name; never warns. What is costly by
    /// itself and part of it may be had from the store.
    fn make(&self, blobs: &Blobs) -> Result<Vec<u8>>;
    /// Why it failed, with what it was for; `others` more failed in the same words.
    fn explain(&self, path: &SitePath, failure: Diagnostic, others: usize) -> Diagnostic {
        let _ = (path, others);
        failure
    }
    /// The file that its bytes are, where they are those of a file that is not held. It is copied when
    /// it is published, and nothing is made.
    fn copied(&self) -> Option<&OnDisk> {
        None
    }
    /// Whether making takes so much longer than reading that the bytes deserve a blob.
    fn is_costly(&self) -> bool;
    /// A weight to begin the heaviest first: pixels for a picture, nothing for text.
    fn weight(&self) -> u64 {
        0
    }
}

/// The bytes of one output, wherever they lie.
#[derive(Clone, Debug)]
pub struct Output {
    /// What they were made from.
    pub fingerprint: Fingerprint,
    /// What they are.
    pub digest: Digest,
    /// How many there are.
    pub len: u64,
    /// Where they lie.
    pub body: Body,
}

impl Output {
    /// An output whose bytes are at hand.
    pub fn held(fingerprint: Fingerprint, bytes: impl Into<Arc<[u8]>>) -> Output {
        let bytes = bytes.into();
        Output {
            fingerprint,
            digest: Digest::of_bytes(&bytes),
            len: bytes.len() as u64,
            body: Body::Memory(bytes),
        }
    }

    /// An output whose bytes are those of a file.
    pub fn copied(fingerprint: Fingerprint, file: OnDisk) -> Output {
        Output { fingerprint, digest: file.digest, len: file.len, body: Body::File(file) }
    }
}

/// Where bytes lie.
#[derive(Clone, Debug)]
pub enum Body {
    /// Here.
    Memory(Arc<[u8]>),
    /// In a file of the author's, to be copied.
    File(OnDisk),
    /// In the blob store, under the fingerprint's digest.
    Blob,
    /// In the output folder, as an earlier build left them.
    Published,
}

/// Every output by its path.
pub type Outputs = BTreeMap<SitePath, Output>;
