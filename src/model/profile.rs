//! What a developer declares: a superset of JSON Resume. Every key is typed and kept.

mod blank;
mod sections;

pub use blank::Entry;
pub use sections::*;

use crate::model::date::DateOrText;
use crate::path::SitePath;
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Unknown keys: kept, passed through and reported as warnings.
pub type Extra = Map<String, Value>;

/// One person, as declared. Contains no totals: those are computed (see `sheet`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Profile {
    /// Its slug in URLs: `ada` for `content/profiles/ada.yaml`.
    pub slug: String,
    /// The file it was read from.
    pub file: Option<SitePath>,
    /// The full name.
    pub name: String,
    /// What they do, in a line.
    pub label: Option<String>,
    /// The portrait.
    pub image: Option<Portrait>,
    /// Private unless published.
    pub email: Option<String>,
    /// Private unless published.
    pub phone: Option<String>,
    /// Their own site.
    pub url: Option<String>,
    /// A paragraph about them.
    pub summary: Option<Markdown>,
    /// The backstory: the body of `profile.md`, or `about.md` beside the profile.
    pub about: Option<Markdown>,
    /// Where they live.
    pub location: Option<Location>,
    /// Accounts on other sites (JSON Resume calls them `profiles`).
    pub accounts: Vec<Account>,
    /// Private fields to publish anyway.
    pub publish: BTreeSet<PrivateField>,
    /// What they are looking for.
    pub availability: Option<Availability>,
    /// Classes with their levels, as written; if empty, they are derived.
    pub class: Vec<ClassChoice>,
    /// The guild they belong to.
    pub guild: Option<String>,
    /// The party: a part of the guild.
    pub party: Option<String>,
    /// Whether they want to be on the guild's leaderboard, if they say.
    pub leaderboard: Option<bool>,
    /// A theme for this sheet only.
    pub theme: Option<String>,
    /// The maximum number of printed pages; unlimited if `None`.
    pub paper_pages: Option<u32>,
    /// Source positions, by key, of values whose mistakes can only be found once the whole site is
    /// known.
    #[serde(skip)]
    pub places: BTreeMap<&'static str, Span>,
    /// Skills, in the order written.
    pub skills: Vec<Skill>,
    /// Names of the skills that entries mention, by slug.
    pub mentioned: BTreeMap<String, String>,
    /// The XP ledger.
    pub log: Vec<Deed>,
    /// Attempts at quests.
    pub quests: Vec<QuestEntry>,
    /// Badges awarded by hand.
    pub badges: Vec<BadgeEntry>,
    /// Employers, each with one position or several.
    pub work: Vec<Employment>,
    /// Like `work`.
    pub volunteer: Vec<Employment>,
    /// Schools.
    pub education: Vec<Education>,
    /// Awards.
    pub awards: Vec<Award>,
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Publications.
    pub publications: Vec<Publication>,
    /// Spoken languages.
    pub languages: Vec<Language>,
    /// Interests.
    pub interests: Vec<Interest>,
    /// Private unless published.
    pub references: Vec<Reference>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Journeys: dated courses through stages.
    pub journeys: Vec<Journey>,
    /// Slugs or addresses of the people they follow.
    pub following: Vec<String>,
    /// The source position of each of them.
    #[serde(skip)]
    pub following_at: Vec<Span>,
    /// Whether its texts are wrapped as in Markdown, so that a single line break is a space. In
    /// JSON from other tools a line break is kept.
    pub wraps: bool,
    /// Unknown top-level keys.
    pub extra: Extra,
    /// Unknown keys in an explicit `basics`.
    pub basics_extra: Extra,
    /// JSON Resume's `meta`, without our own part.
    pub meta: Extra,
}

/// A field that is only published on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum PrivateField {
    /// `email`
    Email,
    /// `phone`
    Phone,
    /// `address`, in `location`
    Address,
    /// `postalCode`, in `location`
    PostalCode,
    /// `references`
    References,
}

impl PrivateField {
    /// All of them, each with the word that publishes it.
    pub const ALL: [(&'static str, PrivateField); 5] = [
        ("email", PrivateField::Email),
        ("phone", PrivateField::Phone),
        ("address", PrivateField::Address),
        ("postalCode", PrivateField::PostalCode),
        ("references", PrivateField::References),
    ];
}

/// A portrait.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Portrait {
    /// As written: a path relative to the profile, or an external address (never fetched).
    pub src: String,
    /// The file it refers to, if it is in the site.
    pub file: Option<SitePath>,
    /// The point to keep in view, in thousandths from the left and from the top of the upright
    /// picture.
    pub focus: Option<(u16, u16)>,
    /// Text for those who cannot see it.
    pub alt: Option<String>,
    /// The source position to report problems of the picture at.
    #[serde(skip)]
    pub at: Option<Span>,
}

impl Profile {
    /// The projects that are published.
    pub fn shown_projects(&self) -> impl Iterator<Item = &Project> {
        self.projects.iter().filter(|project| !project.private)
    }
}

/// JSON Resume's `location`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Location {
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub country_code: Option<String>,
    pub region: Option<String>,
    pub extra: Extra,
}

/// An account on another site.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Account {
    /// GitHub
    pub network: Option<String>,
    /// ada-okafor
    pub username: Option<String>,
    /// As written, or filled in from the network's pattern when shown.
    pub url: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// What they are looking for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Availability {
    /// The date from which they are available.
    pub from: Option<DateOrText>,
    /// Roles they are looking for.
    pub roles: Vec<String>,
    /// Places they would work in.
    pub places: Vec<String>,
}

/// One class of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassChoice {
    /// The class's name as the catalogue writes it.
    pub class: String,
    /// The levels in it, if written.
    pub level: Option<u32>,
}

/// One skill.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Skill {
    /// Its name; spelled as in the catalogue, if it is there.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// Declared level, 0 to `rules.skills.max`.
    pub level: Option<u32>,
    /// The word that gave the level, if it was a word (`Master`).
    pub word: Option<String>,
    /// JSON Resume's keywords.
    pub keywords: Vec<String>,
    /// The date since when it is used.
    pub since: Option<DateOrText>,
    /// The radar axis it counts for, if not its category's.
    pub axis: Option<String>,
    /// Slugs of the skills it requires.
    pub requires: Vec<String>,
    /// Slugs of the skills that merge into it.
    pub merges: Vec<String>,
    /// The level every merged skill must reach.
    pub at: Option<u32>,
    /// Its rarity: how seldom it appears with the same role.
    pub rarity: Option<String>,
    /// Links to evidence.
    pub evidence: Vec<String>,
    /// Endorsements by others.
    pub endorsed: Vec<Endorsement>,
    /// Excluded from all output.
    pub private: bool,
    /// Unknown keys (JSON Resume entries only).
    pub extra: Extra,
    /// The source position of its name.
    #[serde(skip)]
    pub place: Option<Span>,
}

/// An endorsement of a skill by somebody else.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are the documentation")]
pub struct Endorsement {
    pub by: String,
    pub date: Option<DateOrText>,
    pub url: Option<String>,
}

/// One entry of the XP ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deed {
    /// The day it counts from.
    pub date: Date,
    /// May be negative.
    pub xp: i64,
    /// Slug of the skill it counts for.
    pub skill: Option<String>,
    /// The reason for the XP.
    pub reason: Option<Markdown>,
    /// A link to its evidence.
    pub evidence: Option<String>,
    /// Excluded from all output, although it counts.
    pub private: bool,
}

/// The status of an attempt at a quest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum QuestStatus {
    Accepted,
    Submitted,
    Passed,
    Failed,
}

/// An attempt at a quest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestEntry {
    /// The quest's slug.
    pub quest: String,
    /// Its status.
    pub status: QuestStatus,
    /// The day of that status.
    pub date: Option<Date>,
    /// 0 to 100.
    pub score: Option<u32>,
    /// A link to its evidence.
    pub evidence: Option<String>,
    /// Excluded from all output.
    pub private: bool,
}

/// A badge awarded by hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BadgeEntry {
    /// The badge's slug.
    pub badge: String,
    /// The day it was awarded.
    pub date: Option<Date>,
    /// A link to its evidence.
    pub evidence: Option<String>,
    /// Excluded from all output.
    pub private: bool,
}

/// One employer (or organisation), with all positions held there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Employment {
    /// The company (`work`) or organisation (`volunteer`).
    pub name: Option<String>,
    /// Its location.
    pub location: Option<String>,
    /// What the company does.
    pub description: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// One or several, as written.
    pub positions: Vec<Position>,
    /// Whether they were written under `positions:`, so that they are exported in the same form.
    pub grouped: bool,
    /// Variants of the résumé it belongs to.
    pub tags: Vec<String>,
    /// Excluded from all output.
    pub private: bool,
    /// Unknown keys.
    pub extra: Extra,
}

/// One position held.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Position {
    /// Its title.
    pub title: Option<String>,
    /// The start date.
    pub start: Option<DateOrText>,
    /// The end date; `None` while it is ongoing.
    pub end: Option<DateOrText>,
    /// A description of the work.
    pub summary: Option<Markdown>,
    /// Achievements.
    pub highlights: Vec<Markdown>,
    /// Slugs of the skills used.
    pub skills: Vec<String>,
    /// Variants of the résumé it belongs to.
    pub tags: Vec<String>,
    /// Excluded from all output.
    pub private: bool,
    /// Unknown keys (only under `positions:`).
    pub extra: Extra,
}

/// A dated course through stages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Journey {
    /// EU Blue Card
    pub name: String,
    /// The stages, in the order written.
    pub stages: Vec<Stage>,
    /// Excluded from all output.
    pub private: bool,
}

/// One stage of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// Applied
    pub name: String,
    /// Its date.
    pub date: Option<DateOrText>,
    /// Done, active or planned.
    pub status: StageStatus,
    /// A note about it.
    pub note: Option<Markdown>,
}

/// The status of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum StageStatus {
    Done,
    Active,
    Planned,
}
