//! The ledger, the résumé's sections and the timeline, as themes print them.

use super::text::{DateText, Prose, When};
use crate::path::SitePath;
use serde::Serialize;

/// One ledger entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeedLine {
    /// The day.
    pub date: DateText,
    /// `+150` or `−40`
    pub xp: String,
    /// The reason.
    pub reason: Option<Prose>,
    /// The skill's name and slug.
    pub skill: Option<(String, String)>,
    /// A link to its evidence.
    pub evidence: Option<String>,
}

/// One attempt at a quest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestLine {
    /// lru-cache
    pub slug: String,
    /// LRU cache: made from the slug, until quests have pages.
    pub name: String,
    /// accepted, submitted, passed, failed
    pub status: String,
    /// The date.
    pub date: Option<DateText>,
    /// 92
    pub score: Option<u32>,
    /// A link to its evidence.
    pub evidence: Option<String>,
}

/// A badge awarded by hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BadgeLine {
    /// conference-speaker
    pub slug: String,
    /// Conference speaker
    pub name: String,
    /// The date.
    pub date: Option<DateText>,
    /// A link to its evidence.
    pub evidence: Option<String>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// An employer with its positions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EmploymentLine {
    /// Nimbus Storage
    pub name: String,
    /// Its URL.
    pub url: Option<String>,
    /// Its location.
    pub location: Option<String>,
    /// A description of it.
    pub description: Option<String>,
    /// From the start of the first position to the end of the last.
    pub when: When,
    /// Newest first.
    pub positions: Vec<PositionLine>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// One position.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionLine {
    /// Staff Engineer
    pub title: String,
    /// Its period.
    pub when: When,
    /// A description of the work.
    pub summary: Option<Prose>,
    /// Achievements.
    pub highlights: Vec<Prose>,
    /// Skills used: name and slug.
    pub skills: Vec<(String, String)>,
    /// How many of its highlights are printed on paper: see `paper` in the profile.
    pub highlights_on_paper: usize,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A school or course of studies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EducationLine {
    /// University of Glasgow
    pub institution: String,
    /// Its URL.
    pub url: Option<String>,
    /// `BSc Computer Science`
    pub title: String,
    /// Its period.
    pub when: When,
    /// Score as written.
    pub score: Option<String>,
    /// Courses.
    pub courses: Vec<String>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProjectLine {
    /// driftwatch
    pub name: String,
    /// Its URL.
    pub url: Option<String>,
    /// A description.
    pub description: Option<Prose>,
    /// Achievements.
    pub highlights: Vec<Prose>,
    /// Its period.
    pub when: When,
    /// `Maintainer, author`
    pub roles: String,
    /// The client or organisation.
    pub entity: Option<String>,
    /// `application`
    pub kind: Option<String>,
    /// Keywords that are not skills of this person.
    pub keywords: Vec<String>,
    /// Skills used: name and slug.
    pub skills: Vec<(String, String)>,
    /// A word of `rules.rarity`: common …
    pub rarity: Option<String>,
    /// The shape it is drawn with: `common`, `uncommon`, `rare`, `epic` or `legendary`.
    pub shape: Option<&'static str>,
    /// The file of its picture: the key of the profile's `pictures`.
    pub image: Option<SitePath>,
    /// Alternative text.
    pub image_alt: Option<String>,
    /// How many of its highlights are printed on paper: see `paper` in the profile.
    pub highlights_on_paper: usize,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A certificate or an award.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HonourLine {
    /// `certificate` or `award`
    pub kind: &'static str,
    /// CKA
    pub name: String,
    /// The issuer.
    pub by: Option<String>,
    /// The date.
    pub date: Option<DateText>,
    /// Its URL.
    pub url: Option<String>,
    /// A description.
    pub summary: Option<Prose>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A publication.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublicationLine {
    /// Its title.
    pub name: String,
    /// The publisher.
    pub publisher: Option<String>,
    /// The date.
    pub date: Option<DateText>,
    /// Its URL.
    pub url: Option<String>,
    /// A description.
    pub summary: Option<Prose>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A spoken language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct LanguageLine {
    pub language: String,
    pub fluency: Option<String>,
}

/// An interest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct InterestLine {
    pub name: String,
    pub keywords: Vec<String>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A published reference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct ReferenceLine {
    pub name: Option<String>,
    pub reference: Option<Prose>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// A journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JourneyLine {
    /// EU Blue Card
    pub name: String,
    /// In the order written.
    pub stages: Vec<StageLine>,
    /// Whether it is left out on paper: see `paper` in the profile.
    pub off_paper: bool,
}

/// One stage of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageLine {
    /// Applied
    pub name: String,
    /// The date.
    pub date: Option<DateText>,
    /// done, active or planned
    pub status: String,
    /// A note.
    pub note: Option<Prose>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// The date.
    pub date: DateText,
    /// `level`, `work`, `education`, `project`, `honour`, `publication`, `badge`, `quest`, `stage`.
    pub kind: &'static str,
    /// Level 5
    pub title: String,
    /// Nimbus Storage
    pub text: Option<String>,
    /// Its URL.
    pub url: Option<String>,
}
