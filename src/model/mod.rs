//! The game: pure functions from what a developer declares and the rules to what a theme prints.
//! Knows no files, no YAML and no pages.

pub mod catalogue;
pub mod class;
pub mod country;
pub mod date;
pub mod ledger;
pub mod link;
pub mod networks;
pub mod number;
pub mod opening;
pub mod profile;
pub mod radar;
pub mod ruleset;
#[cfg(test)]
mod sample;
pub mod sheet;
pub mod slug;
pub mod when;
pub mod xp;
