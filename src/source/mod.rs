//! What the author wrote, as it stands on disk: files at one moment, and YAML and JSON with their
//! places.

pub mod json;
pub mod snapshot;
pub mod yaml;
