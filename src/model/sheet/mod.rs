//! Everything a theme may print about one profile: derived, complete and formatted. A theme never
//! computes; if it would have to, a field is missing here. The field names are a contract with
//! theme authors (docs/themes.md). What depends on other profiles or on URLs (rank, URL, pictures)
//! is in `plan::views`.

mod prose;
mod resume;
mod skill;
mod text;

pub use resume::*;
pub use skill::*;
pub use text::*;

use serde::Serialize;

/// The sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sheet {
    /// ada
    pub slug: String,
    /// Ada Okafor
    pub name: String,
    /// Length in characters of the longest word in the name, with which the theme sizes the
    /// heading.
    pub longest_word: usize,
    /// AO
    pub initials: String,
    /// Backend Engineer
    pub label: Option<String>,
    /// One short paragraph for the cover: the summary, if it is short, or its first sentences.
    pub pitch: Option<Prose>,
    /// The section "Summary": the backstory, or what did not fit on the cover.
    pub summary: Option<Prose>,
    /// One line of plain text for `<meta name=description>`.
    pub description: String,
    /// `Berlin, Germany`; published parts only.
    pub location: Option<String>,
    /// Published parts, for h-card and JSON-LD.
    pub address: Address,
    /// `12 years, 3 companies`; empty without work.
    pub experience: String,
    /// Published email address.
    pub email: Option<String>,
    /// The same as a link: `mailto:…`.
    pub email_url: Option<String>,
    /// Published telephone number.
    pub phone: Option<String>,
    /// The same as a link, if it is a valid telephone number: `tel:…`.
    pub phone_url: Option<String>,
    /// Their own site.
    pub url: Option<String>,
    /// Accounts on other sites; those with a URL get rel="me".
    pub accounts: Vec<AccountLine>,
    /// What they are looking for.
    pub availability: Option<AvailabilityLine>,
    /// Class line and colours.
    pub class: ClassLine,
    /// Level and XP.
    pub level: Level,
    /// Headline strengths: the axes that have a level, in order. If the site did not define its
    /// axes and fewer than three have a level, the strongest skills.
    pub attributes: Vec<Attribute>,
    /// The radar of these; absent if there are fewer than three, in which case themes draw bars.
    pub radar: Option<Radar>,
    /// The axes of the rules that have a level, independent of `attributes`, for comparing members
    /// of a guild.
    pub areas: Vec<Attribute>,
    /// Skills by group, the strongest group first.
    pub skills: Vec<SkillGroup>,
    /// The skill tree; absent if no skill requires another.
    pub tree: Option<Tree>,
    /// The latest ledger entries, newest first.
    pub deeds: Vec<DeedLine>,
    /// Attempts at quests, newest first.
    pub quests: Vec<QuestLine>,
    /// The number of quests passed, counted by the rules.
    pub quests_passed: usize,
    /// Badges awarded by hand, newest first.
    pub badges: Vec<BadgeLine>,
    /// Employers, newest first, promotions grouped.
    pub work: Vec<EmploymentLine>,
    /// Organisations, newest first.
    pub volunteer: Vec<EmploymentLine>,
    /// Education, newest first.
    pub education: Vec<EducationLine>,
    /// Projects, in the order written.
    pub projects: Vec<ProjectLine>,
    /// Certificates and awards in one list, newest first.
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
    /// Events, newest first.
    pub timeline: Vec<Moment>,
    /// A description of what is left out on paper.
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

/// An account on another site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccountLine {
    /// GitHub
    pub network: String,
    /// ada-okafor
    pub username: String,
    /// https://github.com/ada-okafor
    pub url: Option<String>,
}

/// What they are looking for.
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
    /// `5`, if there are several classes.
    pub level: Option<u32>,
    /// 52
    pub hue: u16,
    /// Name of the theme's icon.
    pub emblem: Option<String>,
    /// Its first letter, for a crest without an emblem.
    pub initial: String,
    /// A sentence describing it.
    pub description: Option<String>,
}

/// Level and XP. Numbers are ready to print: `14,820`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Level {
    /// 14
    pub number: u32,
    /// Total XP.
    pub xp: i64,
    /// `14,820`
    pub xp_text: String,
    /// XP at which this level starts.
    pub floor: i64,
    /// XP of the next level; absent at the end of a table.
    pub next: Option<i64>,
    /// `16,500`
    pub next_text: Option<String>,
    /// `1,680`
    pub missing_text: Option<String>,
    /// `950`: XP since the start of this level.
    pub gained_text: String,
    /// `2,630`: XP from the start of this level to that of the next.
    pub stretch_text: Option<String>,
    /// Progress from floor to next, in thousandths: the ratio of `gained_text` to `stretch_text`.
    pub progress: u32,
    /// The same for CSS: `45.8%`.
    pub percent: String,
    /// XP for skills and the résumé (MODEL.md: the opening balance).
    pub opening: i64,
    /// XP of the ledger.
    pub earned: i64,
    /// The first day on which this XP was reached; absent if the opening balance reached it.
    pub reached: Option<DateText>,
}
