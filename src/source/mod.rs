//! The author's files: a snapshot of them, and YAML and JSON with source positions.

pub mod json;
pub mod snapshot;
pub mod yaml;
