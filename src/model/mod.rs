//! The game: pure functions from a developer's profile and the rules to what a theme prints. Knows
//! nothing of files, YAML or pages.

pub mod board;
pub mod career;
pub mod catalogue;
mod catalogue_default;
pub mod catalogue_skills;
pub mod class;
pub mod collation;
pub mod columns;
pub mod contact;
pub mod country;
pub mod date;
pub mod derive;
pub mod grammar;
pub mod json_resume;
pub mod keywords;
pub mod ledger;
pub mod link;
pub mod networks;
pub mod number;
pub mod opening;
pub mod paper;
pub mod phrase;
pub mod plain;
pub mod plural;
pub mod profile;
pub mod publish_time;
mod punycode;
pub mod radar;
pub mod record;
pub mod resume;
pub mod roster;
pub mod ruleset;
mod ruleset_default;
#[cfg(test)]
mod sample;
pub mod sheet;
pub mod skills;
pub mod slug;
pub mod story;
pub mod timeline;
pub mod tree;
pub mod url;
pub mod usage;
pub mod when;
pub mod wording;
pub mod xp;
