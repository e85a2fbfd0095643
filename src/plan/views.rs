//! The values that templates read, in addition to the sheet: the contract with theme authors,
//! documented in `docs/themes.md`. A page gets only the values it prints.

use crate::model::columns::Columns;
use crate::model::roster::Row;
use crate::model::sheet::{
    ClassLine, DateText, EndorsementLine, LinkText, Prose, Sheet, Standing, UseLine,
};
use crate::render::image::PictureView;
use crate::render::markdown::Heading;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `site`: the same on every page.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its title.
    pub title: String,
    /// A sentence describing it.
    pub description: Option<String>,
    /// `en`: the language of the theme's texts.
    pub language: String,
    /// `rpg` or `professional`.
    pub words: crate::load::Vocabulary,
    /// The rarities of the site's rules, from common to rare.
    pub rarities: Vec<RarityView>,
    /// Base path: empty, or `/repo`.
    pub base: String,
    /// URL of the front page.
    pub home: String,
    /// Whether it is a guild.
    pub is_guild: bool,
    /// Links of the navigation.
    pub nav: Vec<NavView>,
    /// Feeds.
    pub feeds: FeedsView,
    /// Icons.
    pub icons: IconsView,
    /// Hosts from which pictures may be shown, for the Content-Security-Policy.
    pub image_hosts: Vec<String>,
    /// `Questfolio 0.1.0`
    pub generator: String,
}

/// A rarity of the site's rules.
#[derive(Clone, Debug, Serialize)]
pub struct RarityView {
    /// As `rules.yaml` writes it.
    pub word: String,
    /// The shape it is drawn with: `common`, `uncommon`, `rare`, `epic` or `legendary`.
    pub shape: &'static str,
}

/// A link of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavView {
    /// What is shown.
    pub label: String,
    /// The address it links to.
    pub url: String,
}

/// URLs of the site's icons.
#[derive(Clone, Debug, Serialize)]
pub struct IconsView {
    /// SVG, for any size; nothing if the guild's crest is a photograph.
    pub svg: Option<String>,
    /// 16, 32 and 48 pixels.
    pub ico: String,
    /// 180 pixels, for home screens.
    pub apple: String,
    /// The manifest, which lists the other icons.
    pub manifest: String,
}

/// URLs of the feeds.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct FeedsView {
    pub atom: Option<String>,
    pub json: Option<String>,
}

/// `page`: what is specific to one page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    /// `sheet`, `hall`, `page`, `post`, `posts`, `skill`, `skills` or `404`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The title, followed by the site's.
    pub full_title: String,
    /// One line of plain text.
    pub description: String,
    /// URL with the base path.
    pub url: String,
    /// The absolute URL.
    pub canonical: Option<String>,
    /// The picture for previews on other sites.
    pub image: Option<ImageView>,
    /// The picture at its top.
    pub picture: Option<PictureView>,
    /// JSON-LD, safe inside `<script>`.
    pub json_ld: Option<String>,
    /// Rendered Markdown.
    pub html: String,
    /// The table of contents: its headings.
    pub toc: Vec<Heading>,
    /// The date of a post.
    pub date: Option<DateText>,
    /// The date of the last change.
    pub updated: Option<DateText>,
    /// Reading time in minutes.
    pub minutes: usize,
    /// Tags.
    pub tags: Vec<String>,
    /// The authors.
    pub authors: Vec<LinkText>,
    /// The URL at which its source can be edited.
    pub edit_url: Option<String>,
    /// The older post, or the previous page in the section.
    pub previous: Option<PageLink>,
    /// The newer post, or the next page in the section.
    pub next: Option<PageLink>,
    /// The pages of its section, in reading order; empty for a page without a section, and in
    /// sections of more than fifty pages.
    pub section: Vec<SectionView>,
    /// The theme's own keys in the front matter.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A page of a section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The number of parent pages: 0 for the section's own page.
    pub depth: usize,
}

/// A picture for previews on other sites.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "Open Graph's own words")]
pub struct ImageView {
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub mime: String,
    pub alt: String,
}

/// A title with a URL.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct PageLink {
    pub title: String,
    pub url: String,
}

/// A post in a list.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct PostItem {
    pub title: String,
    pub url: String,
    pub description: Option<String>,
    pub date: Option<DateText>,
    pub minutes: usize,
    pub tags: Vec<String>,
}

/// `profile`: a sheet with everything that depends on more than the profile.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileView {
    /// Every field of the sheet.
    #[serde(flatten)]
    pub sheet: Arc<Sheet>,
    /// URL with the base path.
    pub page_url: String,
    /// URL of its `resume.json`.
    pub resume_url: String,
    /// The portrait.
    pub picture: Option<PictureView>,
    /// The pictures of projects, by file.
    pub pictures: BTreeMap<String, PictureView>,
    /// The party: a part of the guild.
    pub party: Option<String>,
    /// The guild.
    pub guild: Option<PageLink>,
    /// Posts by this person, newest first.
    pub posts: Vec<PostItem>,
    /// Skill slug → URL.
    pub skill_urls: BTreeMap<String, String>,
    /// The people they follow: members of the guild, and URLs.
    pub following: Vec<LinkText>,
    /// Other members of the same party.
    pub companions: Vec<Arc<MemberView>>,
    /// What is shown side by side on a wide screen.
    pub columns: Columns,
}

/// A sheet as components in texts get it.
#[derive(Clone, Debug, Serialize)]
pub struct BareView {
    /// Every field of the sheet; its prose is not rendered.
    #[serde(flatten)]
    pub sheet: Arc<Sheet>,
    /// Skill slug → URL.
    pub skill_urls: BTreeMap<String, String>,
}

/// A member in short form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberView {
    /// Every field of the row.
    #[serde(flatten)]
    pub row: Row,
    /// URL with the base path.
    pub url: String,
    /// The portrait.
    pub picture: Option<PictureView>,
}

/// `skill`: a skill and everyone who has it.
#[derive(Clone, Debug, Serialize)]
pub struct SkillView {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// Programming Language
    pub category: Option<String>,
    /// The axis's name.
    pub axis: Option<String>,
    /// A sentence describing it.
    pub description: Option<String>,
    /// Name of an icon in the theme.
    pub icon: Option<String>,
    /// The skills it requires.
    pub requires: Vec<PageLink>,
    /// The skills that require it.
    pub unlocks: Vec<PageLink>,
    /// People who have it, highest level first.
    pub holders: Vec<HolderView>,
}

/// A person who has a skill.
#[derive(Clone, Debug, Serialize)]
pub struct HolderView {
    /// Full name.
    pub name: String,
    /// Address of the sheet.
    pub url: String,
    /// The portrait.
    pub picture: Option<PictureView>,
    /// AO
    pub initials: String,
    /// The first hue of their class.
    pub hue: u16,
    /// Level.
    pub level: Option<u32>,
    /// 10
    pub max: u32,
    /// Declared, evidenced or endorsed.
    pub standing: Standing,
    /// `7 years, 3 projects`
    pub proof: String,
    /// `Advanced`: the word for the level, if the scale has one.
    pub word: Option<String>,
    /// `2024`, or `present`: when work or a deed last named it.
    pub last_used: Option<String>,
    /// XP that the ledger gave for it, `450`; absent if none.
    pub xp: Option<String>,
    /// Where it was used.
    pub used: Vec<UseLine>,
    /// Links to evidence.
    pub evidence: Vec<LinkText>,
    /// Endorsements by others.
    pub endorsed: Vec<EndorsementLine>,
    /// The skills it includes, with the URLs of those that have a page.
    pub keywords: Vec<LinkText>,
    /// The skills that list it as a keyword; empty if it is a skill of its own.
    pub part_of: Vec<PageLink>,
}

/// One group of `skills`.
#[derive(Clone, Debug, Serialize)]
pub struct SkillGroupView {
    /// Programming Language
    pub name: String,
    /// Sorted by name.
    pub skills: Vec<SkillItem>,
}

/// A skill in the index of skills.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct SkillItem {
    pub name: String,
    pub url: String,
    pub best: Option<u32>,
    pub max: u32,
    pub holders: usize,
}

/// `guild`: the guild's own data.
#[derive(Clone, Debug, Serialize)]
pub struct GuildView {
    /// Ferris Forge
    pub name: String,
    /// A description, a sentence or two.
    pub description: Option<Prose>,
    /// Its crest.
    pub crest: Option<PictureView>,
    /// Its founder.
    pub founder: Option<PageLink>,
    /// The guild's totals.
    pub totals: crate::model::roster::Totals,
    /// Parties with the slugs of their members.
    pub parties: Vec<PartyView>,
    /// The coverage table: members × axes.
    pub coverage: crate::model::roster::Coverage,
    /// The leaderboard; empty unless the guild shows it.
    pub board: Vec<crate::model::board::BoardEntry>,
    /// What it is sorted by: `xp`, `quests` or `badges`.
    pub board_by: String,
    /// Who is ranked: `parties`, or else members.
    pub board_of: String,
    /// Slug → URL, for the rows of `coverage` and `board`.
    pub urls: BTreeMap<String, String>,
    /// Minimum level to join.
    pub join_level: Option<u32>,
}

/// A party.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct PartyView {
    pub name: String,
    pub members: Vec<String>,
}

/// `card`: what only cards print.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The title of the page; if no font has its letters, a name that can be drawn: the handle of
    /// the person, or the host.
    pub title: String,
    /// `ada.example`: the site's address without the scheme.
    pub host: String,
    /// The person the page is about, or its authors, at most three.
    pub people: Vec<FaceView>,
}

/// A person on a card.
#[derive(Clone, Debug, Serialize)]
pub struct FaceView {
    /// Ada Okafor
    pub name: String,
    /// AO
    pub initials: String,
    /// The first hue of their class.
    pub hue: u16,
    /// The name of the square portrait for `<image href>`.
    pub picture: Option<String>,
}

/// `mark`: the mark of the whole site, on cards and icons.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// The site's title.
    pub name: String,
    /// The name of the guild's own crest for `<image href>`.
    pub picture: Option<String>,
    /// The number of people on the site.
    pub members: usize,
    /// Of the only person.
    pub initials: Option<String>,
    /// Of the only person.
    pub class: Option<ClassLine>,
    /// Of the only person.
    pub level: Option<u32>,
}

/// `icon`: the icon to draw.
#[derive(Clone, Debug, Serialize)]
pub struct IconView {
    /// Whether the mark is on a background that fills the square, with a margin: operating systems
    /// cut off the corners.
    pub filled: bool,
}
