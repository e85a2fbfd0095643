//! Everything a theme may print about one profile: derived, complete, formatted. A theme never
//! computes; where it would have to, a field is missing here. Field names are the theme author's
//! contract (docs/themes.md). What depends on other profiles or on addresses (rank, URL, pictures)
//! is not in here: see `plan::vars`.

use crate::span::Markdown;
use serde::Serialize;

/// Markdown on its way to the page. `derive` fills `source`; rendering fills the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Prose {
    /// What was written.
    #[serde(skip)]
    pub source: Markdown,
    /// Rendered, ready for `| safe`.
    pub html: String,
    /// Without markup, for attributes and descriptions.
    pub text: String,
}

impl Prose {
    /// Prose still to be rendered.
    pub fn new(source: Markdown) -> Prose {
        Prose { source, html: String::new(), text: String::new() }
    }
}

/// A date or a stretch of time, formatted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct When {
    /// `Mar 2022`
    pub start: Option<DateText>,
    /// `present` when open.
    pub end: Option<DateText>,
    /// Whether it still goes on.
    pub current: bool,
    /// `Mar 2022 – present`, plain text.
    pub text: String,
    /// `3 years 2 months`; empty where it cannot be told.
    pub length: String,
}

/// One date twice: for machines and for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DateText {
    /// `2022-03`, for `<time datetime>`.
    pub iso: String,
    /// `Mar 2022`
    pub text: String,
}

/// A name with an address, where it has one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LinkText {
    /// What is shown.
    pub text: String,
    /// Checked: `https`, `http` or `mailto`.
    pub url: Option<String>,
}

/// The sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sheet {
    /// ada
    pub slug: String,
    /// Ada Okafor
    pub name: String,
    /// Characters of the longest word of the name: the theme fits the heading with it.
    pub longest_word: usize,
    /// AO
    pub initials: String,
    /// Backend Engineer
    pub label: Option<String>,
    /// One short paragraph for the cover: the summary, if it is short, or its first sentences.
    pub pitch: Option<Prose>,
    /// The section «Summary»: the backstory, or what the cover had no room for.
    pub summary: Option<Prose>,
    /// One line of plain text for `<meta name=description>`.
    pub description: String,
    /// `Berlin, Germany`; published parts only.
    pub location: Option<String>,
    /// Published parts, for h-card and JSON-LD.
    pub address: Address,
    /// `12 years, 3 companies`; empty without work.
    pub experience: String,
    /// Published mail address.
    pub email: Option<String>,
    /// Published telephone number.
    pub phone: Option<String>,
    /// Their own site.
    pub url: Option<String>,
    /// Accounts elsewhere; every one with an address gets rel="me".
    pub accounts: Vec<AccountLine>,
    /// What they look for.
    pub availability: Option<AvailabilityLine>,
    /// Class line and colours.
    pub class: ClassLine,
    /// Level and XP.
    pub level: Level,
    /// One per radar axis, in the order of the axes.
    pub attributes: Vec<Attribute>,
    /// The radar; absent when there is nothing to draw.
    pub radar: Option<Radar>,
    /// Skills by group, the strongest group first.
    pub skills: Vec<SkillGroup>,
    /// The skill tree; absent where no skill builds on another.
    pub tree: Option<Tree>,
    /// The latest ledger entries, newest first.
    pub deeds: Vec<DeedLine>,
    /// Attempts at quests, newest first.
    pub quests: Vec<QuestLine>,
    /// Badges awarded by hand, newest first.
    pub badges: Vec<BadgeLine>,
    /// Employers, newest first, promotions grouped.
    pub work: Vec<EmploymentLine>,
    /// Organisations, newest first.
    pub volunteer: Vec<EmploymentLine>,
    /// Schools, newest first.
    pub education: Vec<EducationLine>,
    /// Projects as written.
    pub projects: Vec<ProjectLine>,
    /// Certificates and awards in one wall, newest first.
    pub honours: Vec<HonourLine>,
    /// Publications, newest first.
    pub publications: Vec<PublicationLine>,
    /// Spoken languages.
    pub languages: Vec<LanguageLine>,
    /// Interests.
    pub interests: Vec<InterestLine>,
    /// Published references.
    pub references: Vec<ReferenceLine>,
    /// Journeys.
    pub journeys: Vec<JourneyLine>,
    /// What happened when, newest first.
    pub timeline: Vec<Moment>,
}

/// Published parts of the place.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct Address {
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country_code: Option<String>,
    pub country: Option<String>,
}

/// An account elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountLine {
    /// GitHub
    pub network: String,
    /// ada-okafor
    pub username: String,
    /// https://github.com/ada-okafor
    pub url: Option<String>,
}

/// What they look for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AvailabilityLine {
    /// February 2027
    pub from: Option<DateText>,
    /// `Staff, principal`
    pub roles: String,
    /// `EU remote, Lisbon`
    pub places: String,
}

/// Class line and colours.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ClassLine {
    /// `Artificer 5 / Ranger 2`
    pub text: String,
    /// One to four classes.
    pub parts: Vec<ClassPart>,
    /// Whether it was derived from the radar.
    pub derived: bool,
    /// First hue of the page.
    pub hue_1: u16,
    /// Second hue, at least 30 degrees from the first.
    pub hue_2: u16,
}

/// One class of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClassPart {
    /// artificer
    pub id: String,
    /// Artificer
    pub name: String,
    /// Tooling engineer
    pub role: String,
    /// 5, when several are shared out.
    pub level: Option<u32>,
    /// 52
    pub hue: u16,
    /// Name of the theme's icon.
    pub emblem: Option<String>,
    /// Its first letter, for a crest without an emblem.
    pub initial: String,
}

/// Level and XP. Numbers are ready to print: `14,820`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    /// 14
    pub number: u32,
    /// XP in all.
    pub xp: i64,
    /// `14,820`
    pub xp_text: String,
    /// XP at which this level began.
    pub floor: i64,
    /// XP of the next level; absent at the end of a table.
    pub next: Option<i64>,
    /// `16,500`
    pub next_text: Option<String>,
    /// `1,680`
    pub missing_text: Option<String>,
    /// Way from floor to next, in thousandths.
    pub progress: u32,
    /// The same for CSS: `45.8%`.
    pub percent: String,
    /// XP the skills and the résumé brought (MODEL.md: the opening balance).
    pub opening: i64,
    /// XP of the ledger.
    pub earned: i64,
    /// The first day on which this XP was reached; absent where the opening balance brought it.
    pub reached: Option<DateText>,
}

/// One headline strength: a radar axis with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribute {
    /// backend
    pub id: String,
    /// Backend
    pub name: String,
    /// BAC
    pub abbr: String,
    /// 0 to max.
    pub value: u32,
    /// 10
    pub max: u32,
    /// `Rust, PostgreSQL`: the skills behind it.
    pub note: String,
}

/// The radar, ready to draw in a view box of `width` × `height` (VISUAL.md §6.1), and in the plain
/// 100 × 100 box of MODEL.md.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Radar {
    /// Units.
    pub width: u32,
    /// Units.
    pub height: u32,
    /// Outer to inner, each a `points` attribute.
    pub rings: Vec<String>,
    /// From the centre outwards.
    pub spokes: Vec<Line>,
    /// The person's own polygon.
    pub points: String,
    /// A dot for each value.
    pub dots: Vec<Point>,
    /// Axis names, placed.
    pub labels: Vec<RadarLabel>,
    /// The polygon in the box of 100 × 100 with centre 50 and radius 40 (DevRPG's own points with
    /// `floor: 1`).
    pub unit_points: String,
    /// The outer ring in that box.
    pub unit_grid: String,
    /// `Backend 8 of 10, Cloud 7 of 10, …`
    pub description: String,
}

/// A stretch from one point to another, formatted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "SVG's own attributes")]
pub struct Line {
    pub x1: String,
    pub y1: String,
    pub x2: String,
    pub y2: String,
}

/// A point, formatted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "SVG's own attributes")]
pub struct Point {
    pub x: String,
    pub y: String,
}

/// The name of an axis, placed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RadarLabel {
    /// Backend
    pub text: String,
    /// Where.
    pub x: String,
    /// Where.
    pub y: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// Skills that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkillGroup {
    /// Backend
    pub name: String,
    /// The strongest first.
    pub skills: Vec<SkillLine>,
}

/// How well a level is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Standing {
    Declared,
    Evidenced,
    Endorsed,
}

/// One skill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkillLine {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// Catalogue's category.
    pub category: Option<String>,
    /// backend
    pub axis: Option<String>,
    /// 0 to max; absent where no level was given.
    pub level: Option<u32>,
    /// 10
    pub max: u32,
    /// `Advanced`: the word for the level, if the scale has one.
    pub word: Option<String>,
    /// common … legendary
    pub rarity: Option<String>,
    /// Declared, evidenced or endorsed.
    pub standing: Standing,
    /// `7 years, 3 projects`: since when, and what shows it.
    pub proof: String,
    /// `4 years`, from `since` or from work that names it.
    pub years: Option<String>,
    /// `2024`, or `present`: when work or a deed last named it.
    pub last_used: Option<String>,
    /// Links to proofs.
    pub evidence: Vec<LinkText>,
    /// Words of others.
    pub endorsed: Vec<EndorsementLine>,
    /// JSON Resume's keywords.
    pub keywords: Vec<String>,
    /// XP the ledger gave for it, `450`; absent when none.
    pub xp: Option<String>,
    /// Whether it merges others and every one of them has reached its level.
    pub unlocked: bool,
    /// `Kubernetes 4 of 5`: what a merged skill still lacks.
    pub missing: Vec<String>,
    /// Where it was used: entries of work, projects, deeds.
    pub used: Vec<UseLine>,
}

/// A place where a skill was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseLine {
    /// `work`, `volunteer`, `project`, `deed` or `quest`.
    pub kind: &'static str,
    /// Staff Engineer, Nimbus Storage
    pub text: String,
    /// When.
    pub when: String,
    /// Its address, if it has one.
    pub url: Option<String>,
}

/// Somebody else's word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndorsementLine {
    /// Slug of a member, or a name.
    pub by: String,
    /// When.
    pub date: Option<DateText>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// The skill tree, laid out (VISUAL.md §6.2). Positions are per cent of the board, formatted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tree {
    /// In reading order: tier by tier, top to bottom.
    pub nodes: Vec<TreeNode>,
    /// Behind the nodes, in a view box of 100 × 100.
    pub edges: Vec<TreeEdge>,
    /// Columns.
    pub tiers: usize,
    /// Rows of the fullest column.
    pub rows: usize,
    /// Whether it fits the wide board (at most 6 tiers and 8 rows).
    pub wide: bool,
}

/// A skill in the tree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeNode {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// Its level, if it has one.
    pub level: Option<u32>,
    /// common …
    pub rarity: Option<String>,
    /// Whether it is learned (level above 0, or merged and unlocked).
    pub learned: bool,
    /// Names of what it builds on.
    pub requires: Vec<String>,
    /// Column, from 0.
    pub tier: usize,
    /// Left edge.
    pub x: String,
    /// Middle.
    pub y: String,
}

/// A line between two nodes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeEdge {
    /// Slug.
    pub from: String,
    /// Slug.
    pub to: String,
    /// Path data.
    pub d: String,
    /// Whether both ends are learned.
    pub learned: bool,
}

/// One ledger entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeedLine {
    /// The day.
    pub date: DateText,
    /// `+150` or `−40`
    pub xp: String,
    /// What for.
    pub reason: Option<Prose>,
    /// The skill's name and slug.
    pub skill: Option<(String, String)>,
    /// Its proof.
    pub evidence: Option<String>,
}

/// One attempt at a quest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestLine {
    /// lru-cache
    pub slug: String,
    /// LRU cache: from the slug until quests have pages.
    pub name: String,
    /// accepted, submitted, passed, failed
    pub status: String,
    /// The day.
    pub date: Option<DateText>,
    /// 92
    pub score: Option<u32>,
    /// Its proof.
    pub evidence: Option<String>,
}

/// A badge awarded by hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BadgeLine {
    /// conference-speaker
    pub slug: String,
    /// Conference speaker
    pub name: String,
    /// The day.
    pub date: Option<DateText>,
    /// Its proof.
    pub evidence: Option<String>,
}

/// An employer with its positions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EmploymentLine {
    /// Nimbus Storage
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// From the first position's start to the last one's end.
    pub when: When,
    /// The newest first.
    pub positions: Vec<PositionLine>,
}

/// One position.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionLine {
    /// Staff Engineer
    pub title: String,
    /// When.
    pub when: When,
    /// What it was about.
    pub summary: Option<Prose>,
    /// What came of it.
    pub highlights: Vec<Prose>,
    /// Skills used: name and slug.
    pub skills: Vec<(String, String)>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EducationLine {
    /// University of Glasgow
    pub institution: String,
    /// Its address.
    pub url: Option<String>,
    /// `BSc Computer Science`
    pub title: String,
    /// When.
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
    /// Its address.
    pub url: Option<String>,
    /// What it is.
    pub description: Option<Prose>,
    /// What came of it.
    pub highlights: Vec<Prose>,
    /// When.
    pub when: When,
    /// `Maintainer, author`
    pub roles: String,
    /// For whom.
    pub entity: Option<String>,
    /// Keywords that are no skills.
    pub keywords: Vec<String>,
    /// Skills used: name and slug.
    pub skills: Vec<(String, String)>,
    /// common …
    pub rarity: Option<String>,
}

/// A certificate or an award.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HonourLine {
    /// `certificate` or `award`
    pub kind: &'static str,
    /// CKA
    pub name: String,
    /// Who gave it.
    pub by: Option<String>,
    /// When.
    pub date: Option<DateText>,
    /// Its address.
    pub url: Option<String>,
    /// More about it.
    pub summary: Option<Prose>,
}

/// A publication.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublicationLine {
    /// Its title.
    pub name: String,
    /// Who printed it.
    pub publisher: Option<String>,
    /// When.
    pub date: Option<DateText>,
    /// Its address.
    pub url: Option<String>,
    /// More about it.
    pub summary: Option<Prose>,
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
}

/// A published reference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "JSON Resume's own fields")]
pub struct ReferenceLine {
    pub name: Option<String>,
    pub reference: Option<Prose>,
}

/// A journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JourneyLine {
    /// EU Blue Card
    pub name: String,
    /// In the order written.
    pub stages: Vec<StageLine>,
}

/// One stage of a journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageLine {
    /// Applied
    pub name: String,
    /// When.
    pub date: Option<DateText>,
    /// done, active or planned
    pub status: String,
    /// More about it.
    pub note: Option<Prose>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moment {
    /// When.
    pub date: DateText,
    /// `level`, `work`, `education`, `project`, `honour`, `publication`, `badge`, `quest`, `stage`.
    pub kind: &'static str,
    /// Level 5
    pub title: String,
    /// Nimbus Storage
    pub text: Option<String>,
    /// Its address.
    pub url: Option<String>,
}
