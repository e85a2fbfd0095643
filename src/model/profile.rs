//! What a developer declares: a superset of JSON Resume, every key typed and kept.

mod blank;
mod sections;

pub use blank::Entry;
pub use sections::*;

use crate::model::date::Dated;
use crate::path::SitePath;
use crate::span::{Markdown, Span};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Unknown keys: kept, passed through, and reported as warnings.
pub type Extra = Map<String, Value>;

/// One person, as declared. Totals are never in here: they are computed (see `sheet`).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Profile {
    /// Its name in addresses: `ada` of `content/profiles/ada.yaml`.
    pub slug: String,
    /// The file it was read from.
    pub file: Option<SitePath>,
    /// Full name.
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
    /// Accounts elsewhere (JSON Resume calls them `profiles`).
    pub accounts: Vec<Account>,
    /// Private fields that are to be published all the same.
    pub publish: BTreeSet<PrivateField>,
    /// What they look for.
    pub availability: Option<Availability>,
    /// Written classes with their levels; empty means: derive it.
    pub class: Vec<ClassChoice>,
    /// The guild they belong to.
    pub guild: Option<String>,
    /// A part of the guild.
    pub party: Option<String>,
    /// Whether they want to stand on the guild's leaderboard, if they say so.
    pub leaderboard: Option<bool>,
    /// A theme for this sheet only.
    pub theme: Option<String>,
    /// How many pages of paper the sheet may take; as many as it needs where nothing is said.
    pub paper_pages: Option<u32>,
    /// Where some values stand whose mistakes show only when the whole site is known, by key.
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
    /// As `work`.
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
    /// Dated courses through stages.
    pub journeys: Vec<Journey>,
    /// Slugs or addresses of people they follow.
    pub following: Vec<String>,
    /// Where each of them stands.
    #[serde(skip)]
    pub following_at: Vec<Span>,
    /// Whether its texts are wrapped as in Markdown: a single line break in them is a space. In JSON
    /// from elsewhere it is meant.
    pub wraps: bool,
    /// Unknown keys at the top level.
    pub extra: Extra,
    /// Unknown keys of a written-out `basics`.
    pub basics_extra: Extra,
    /// JSON Resume's `meta`, less our own part.
    pub meta: Extra,
}

/// A field that is not published unless asked for.
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
    /// Every one with the word that publishes it.
    pub const ALL: [(&'static str, PrivateField); 5] = [
        ("email", PrivateField::Email),
        ("phone", PrivateField::Phone),
        ("address", PrivateField::Address),
        ("postalCode", PrivateField::PostalCode),
        ("references", PrivateField::References),
    ];
}

/// A portrait in the site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Portrait {
    /// What was written: a path beside the profile, or an address elsewhere (never fetched).
    pub src: String,
    /// The file it means, if it is one of the site's.
    pub file: Option<SitePath>,
    /// The point to keep in view, in thousandths from the left and from the top of the upright
    /// picture.
    pub focus: Option<(u16, u16)>,
    /// Text for those who do not see it.
    pub alt: Option<String>,
    /// Where to point when something is wrong with the picture.
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

/// An account elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Account {
    /// GitHub
    pub network: Option<String>,
    /// ada-okafor
    pub username: Option<String>,
    /// Written, or filled in from the network's pattern when shown.
    pub url: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// What they look for.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Availability {
    /// From when.
    pub from: Option<Dated>,
    /// Roles.
    pub roles: Vec<String>,
    /// Places.
    pub places: Vec<String>,
}

/// One class of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassChoice {
    /// The class's name as the catalogue writes it.
    pub class: String,
    /// Levels taken in it, if written.
    pub level: Option<u32>,
}

/// One skill.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Skill {
    /// Its name, as the catalogue writes it where it has one.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// Declared level, 0 to `rules.skills.max`.
    pub level: Option<u32>,
    /// The word it was declared by, if it was a word (`Master`).
    pub word: Option<String>,
    /// JSON Resume's keywords.
    pub keywords: Vec<String>,
    /// Used since.
    pub since: Option<Dated>,
    /// The radar axis it counts for, when not its category's.
    pub axis: Option<String>,
    /// Slugs of the skills it builds on.
    pub requires: Vec<String>,
    /// Slugs of the skills that merge into it.
    pub merges: Vec<String>,
    /// The level every merged skill must reach.
    pub at: Option<u32>,
    /// How seldom it appears alongside the same role.
    pub rarity: Option<String>,
    /// Proofs.
    pub evidence: Vec<String>,
    /// Endorsements by others.
    pub endorsed: Vec<Endorsement>,
    /// Left out of everything published.
    pub private: bool,
    /// Unknown keys (JSON Resume entries only).
    pub extra: Extra,
    /// Where its name stands.
    #[serde(skip)]
    pub place: Option<Span>,
}

/// An endorsement of a skill by somebody else.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are the documentation")]
pub struct Endorsement {
    pub by: String,
    pub date: Option<Dated>,
    pub url: Option<String>,
}

/// One entry of the XP ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deed {
    /// The day it counts from.
    pub date: Date,
    /// May be negative.
    pub xp: i64,
    /// Slug of the skill it belongs to.
    pub skill: Option<String>,
    /// What it was for.
    pub reason: Option<Markdown>,
    /// Its proof.
    pub evidence: Option<String>,
    /// Left out of everything published, though it counts.
    pub private: bool,
}

/// Where an attempt at a quest stands.
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
    /// Where it stands.
    pub status: QuestStatus,
    /// The day of that.
    pub date: Option<Date>,
    /// 0 to 100.
    pub score: Option<u32>,
    /// Its proof.
    pub evidence: Option<String>,
    /// Left out of everything published.
    pub private: bool,
}

/// A badge awarded by hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BadgeEntry {
    /// The badge's slug.
    pub badge: String,
    /// The day.
    pub date: Option<Date>,
    /// Its proof.
    pub evidence: Option<String>,
    /// Left out of everything published.
    pub private: bool,
}

/// One employer (or organisation), with every position held there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Employment {
    /// The company (`work`) or organisation (`volunteer`).
    pub name: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// What the company does.
    pub description: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// One or several, as written.
    pub positions: Vec<Position>,
    /// Whether they were written under `positions:` (so that they are written that way again).
    pub grouped: bool,
    /// Variants it belongs to.
    pub tags: Vec<String>,
    /// Left out of everything published.
    pub private: bool,
    /// Unknown keys.
    pub extra: Extra,
}

/// One position held.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Position {
    /// Its title.
    pub title: Option<String>,
    /// From.
    pub start: Option<Dated>,
    /// To; `None` while it lasts.
    pub end: Option<Dated>,
    /// What it was about.
    pub summary: Option<Markdown>,
    /// What came of it.
    pub highlights: Vec<Markdown>,
    /// Slugs of skills used.
    pub skills: Vec<String>,
    /// Variants it belongs to.
    pub tags: Vec<String>,
    /// Left out of everything published.
    pub private: bool,
    /// Unknown keys (under `positions:` only).
    pub extra: Extra,
}

/// A dated course through stages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Journey {
    /// EU Blue Card
    pub name: String,
    /// In the order written.
    pub stages: Vec<Stage>,
    /// Left out of everything published.
    pub private: bool,
}

/// One stage of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// Applied
    pub name: String,
    /// When.
    pub date: Option<Dated>,
    /// Done, active or planned.
    pub status: StageStatus,
    /// More about it.
    pub note: Option<Markdown>,
}

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum StageStatus {
    Done,
    Active,
    Planned,
}
