//! Outputs: what was made, and where its bytes are.

use crate::digest::Digest;
use crate::engine::Fingerprint;
use crate::file::OnDisk;
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::sync::Arc;

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
