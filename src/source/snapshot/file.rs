//! One input file of a snapshot, or why an entry is none.

use crate::diagnostic::{Diagnostic, Result};
use crate::digest::Digest;
use crate::file::OnDisk;
use std::sync::Arc;
use std::time::SystemTime;

/// Why an entry of the site's folders is not a file of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A symbolic link: its target may be outside the site.
    Link,
    /// A device, a pipe or a socket.
    Special,
    /// Permission denied.
    Denied,
}

impl Unread {
    pub(super) fn word(self) -> &'static str {
        match self {
            Unread::Link => "link",
            Unread::Special => "special",
            Unread::Denied => "denied",
        }
    }
}

/// One input file.
#[derive(Clone, Debug)]
pub struct File {
    /// Digest of its bytes.
    pub digest: Digest,
    /// Length in bytes.
    pub len: u64,
    pub(super) content: Content,
}

impl File {
    /// A file whose bytes are held in memory.
    pub fn held(bytes: &[u8]) -> File {
        File {
            digest: Digest::of_bytes(bytes),
            len: bytes.len() as u64,
            content: Content::Held(Arc::from(bytes)),
        }
    }

    /// Its text, if it is held in memory and UTF-8.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Held(bytes) => std::str::from_utf8(bytes).ok(),
            Content::OnDisk { .. } => None,
        }
    }

    /// Its bytes, read from disk if they are not held in memory.
    ///
    /// # Errors
    /// If the file cannot be read, or has changed since the snapshot.
    pub fn read(&self) -> Result<Arc<[u8]>> {
        match &self.content {
            Content::Held(bytes) => Ok(bytes.clone()),
            Content::OnDisk { file, .. } => {
                let bytes = file.open().and_then(|opened| opened.bytes());
                let bytes = bytes.map_err(|err| Diagnostic::io("cannot read", &file.path, &err))?;
                bytes.ok_or_else(|| Diagnostic::changed_while_read(&file.path))
            }
        }
    }

    /// The file with its bytes, if they are not held in memory.
    pub fn on_disk(&self) -> Option<&OnDisk> {
        match &self.content {
            Content::Held(_) => None,
            Content::OnDisk { file, .. } => Some(file),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Content {
    Held(Arc<[u8]>),
    OnDisk {
        file: OnDisk,
        /// Used on systems without stamps.
        modified: Option<SystemTime>,
    },
}
