//! Everything a theme may print about one profile: derived, complete and formatted. A theme never
//! computes; if it would have to, a field is missing here. The field names are a contract with
//! theme authors (docs/themes.md). What depends on other profiles or on URLs (rank, URL, pictures)
//! is in `plan::views`.

mod prose;
mod resume;
mod skill;

pub use resume::*;
pub use skill::*;

use crate::model::grammar::Shape;
use crate::span::Markdown;
use serde::Serialize;

/// Markdown on its way to the page. `derive` fills `source`; rendering fills the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Prose {
    /// What was written.
    #[serde(skip)]
    pub source: Markdown,
    /// How much of Markdown it may hold.
    #[serde(skip)]
    pub shape: Shape,
    /// Rendered, ready for `| safe`.
    pub html: String,
    /// Without markup, for attributes and descriptions.
    pub text: String,
}

impl Prose {
    /// Prose to be rendered: with blocks, if it has several lines.
    pub fn new(source: Markdown) -> Prose {
        Prose { source, shape: Shape::Field, ..Prose::default() }
    }

    /// A single-line field to be rendered.
    pub fn line(source: Markdown) -> Prose {
        Prose { source, shape: Shape::Line, ..Prose::default() }
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
    /// The same as an address to link to: `mailto:…`.
    pub email_url: Option<String>,
    /// Published telephone number.
    pub phone: Option<String>,
    /// The same as an address to link to, where it is a number a telephone can call: `tel:…`.
    pub phone_url: Option<String>,
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
    /// Headline strengths: the axes with a level, in their order. Where the rules name no axes and
    /// fewer than three have a level, the strongest skills.
    pub attributes: Vec<Attribute>,
    /// The radar of these; absent where they are fewer than three: themes draw bars then.
    pub radar: Option<Radar>,
    /// The axes of the rules with a level, whatever stands in `attributes`: members of a guild are
    /// compared by them.
    pub areas: Vec<Attribute>,
    /// Skills by group, the strongest group first.
    pub skills: Vec<SkillGroup>,
    /// The skill tree; absent where no skill builds on another.
    pub tree: Option<Tree>,
    /// The latest ledger entries, newest first.
    pub deeds: Vec<DeedLine>,
    /// Attempts at quests, newest first.
    pub quests: Vec<QuestLine>,
    /// How many quests are passed, as the rules count attempts.
    pub quests_passed: usize,
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
    /// What is left out on paper, in words.
    #[serde(skip)]
    pub left_out: Option<String>,
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
    /// A sentence about it.
    pub description: Option<String>,
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
    /// `950`: XP since this level began.
    pub gained_text: String,
    /// `2,630`: XP from the beginning of this level to that of the next.
    pub stretch_text: Option<String>,
    /// Way from floor to next, in thousandths: what `gained_text` is of `stretch_text`.
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
