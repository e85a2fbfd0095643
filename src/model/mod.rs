//! The game: pure functions from what a developer declares and the rules to what a theme prints.
//! Knows no files, no YAML and no pages.

mod catalogue_default;
pub mod date;
pub mod profile;
pub mod ruleset;
mod ruleset_default;
pub mod sheet;
pub mod slug;
