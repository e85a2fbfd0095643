//! The game: pure functions from what a developer declares and the rules to what a theme prints.
//! Knows no files, no YAML and no pages.

pub mod date;
pub mod number;
pub mod profile;
pub mod ruleset;
pub mod sheet;
pub mod slug;
pub mod when;
pub mod xp;
