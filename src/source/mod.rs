//! What the author wrote, as it stands on disk: files at one moment, and YAML with its places.

pub mod snapshot;
pub mod yaml;
