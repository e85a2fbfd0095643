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
    /// A sentence about it.
    pub description: Option<String>,
    /// `en`: the language of the theme's words.
    pub language: String,
    /// `rpg` or `professional`.
    pub words: crate::load::Words,
    /// The rarities of the site's rules, from common to rare.
    pub rarities: Vec<RarityView>,
    /// Base path: empty, or `/repo`.
    pub base: String,
    /// Address of the first page.
    pub home: String,
    /// Whether it is a guild.
    pub is_guild: bool,
    /// Links of the navigation.
    pub nav: Vec<NavView>,
    /// Feeds.
    pub feeds: FeedsView,
    /// Icons.
    pub icons: IconsView,
    /// Hosts whose pictures may be shown, for the content security policy.
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
    /// Where it leads.
    pub url: String,
}

/// Addresses of the site's icons.
#[derive(Clone, Debug, Serialize)]
pub struct IconsView {
    /// Lines for any size; nothing where the guild's crest is a photograph.
    pub svg: Option<String>,
    /// 16, 32 and 48 pixels.
    pub ico: String,
    /// 180 pixels, for home screens.
    pub apple: String,
    /// The manifest, which names the others.
    pub manifest: String,
}

/// Addresses of feeds.
#[derive(Clone, Debug, Default, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct FeedsView {
    pub atom: Option<String>,
    pub json: Option<String>,
}

/// `page`: what differs from page to page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageView {
    /// `sheet`, `hall`, `page`, `post`, `posts`, `skill`, `skills` or `404`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// The title with the site's.
    pub full_title: String,
    /// One line of plain text.
    pub description: String,
    /// Address with the base path.
    pub url: String,
    /// Address as the world knows it.
    pub canonical: Option<String>,
    /// A picture for previews elsewhere.
    pub image: Option<ImageView>,
    /// The picture at its top.
    pub picture: Option<PictureView>,
    /// JSON-LD, safe inside `<script>`.
    pub json_ld: Option<String>,
    /// Rendered Markdown.
    pub html: String,
    /// Its headings.
    pub toc: Vec<Heading>,
    /// Day of a post.
    pub date: Option<DateText>,
    /// Day of the last change.
    pub updated: Option<DateText>,
    /// Minutes it takes to read.
    pub minutes: usize,
    /// Tags.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub authors: Vec<LinkText>,
    /// Where its source can be edited.
    pub edit_url: Option<String>,
    /// The older post, or the page before in the section.
    pub previous: Option<PlaceView>,
    /// The newer post, or the page after in the section.
    pub next: Option<PlaceView>,
    /// The pages of the section it is in, in reading order; none for a page that is alone, and none
    /// in a section of more than fifty.
    pub section: Vec<SectionView>,
    /// The theme's own keys of the front matter.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A page of a section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// How many pages lie above it: 0 for the section's own page.
    pub depth: usize,
}

/// A picture for previews elsewhere.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "Open Graph's own words")]
pub struct ImageView {
    pub url: String,
    pub width: u32,
    pub height: u32,
    pub mime: String,
    pub alt: String,
}

/// A title with an address.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct PlaceView {
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

/// `profile`: a sheet with what depends on other things than the profile itself.
#[derive(Clone, Debug, Serialize)]
pub struct ProfileView {
    /// Every field of the sheet.
    #[serde(flatten)]
    pub sheet: Arc<Sheet>,
    /// Address with the base path.
    pub page_url: String,
    /// Address of its `resume.json`.
    pub resume_url: String,
    /// The portrait.
    pub picture: Option<PictureView>,
    /// The pictures of projects, by their files.
    pub pictures: BTreeMap<String, PictureView>,
    /// A part of the guild.
    pub party: Option<String>,
    /// The guild.
    pub guild: Option<PlaceView>,
    /// Posts by this person, newest first.
    pub posts: Vec<PostItem>,
    /// Skill slug → address.
    pub skill_urls: BTreeMap<String, String>,
    /// Whom they follow: members of the guild, and addresses.
    pub following: Vec<LinkText>,
    /// Others of the same party.
    pub companions: Vec<Arc<MemberView>>,
    /// What stands beside what on a wide screen.
    pub columns: Columns,
}

/// A sheet as components in texts get it.
#[derive(Clone, Debug, Serialize)]
pub struct BareView {
    /// Every field of the sheet; its prose is not rendered.
    #[serde(flatten)]
    pub sheet: Arc<Sheet>,
    /// Skill slug → address.
    pub skill_urls: BTreeMap<String, String>,
}

/// A member in short form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MemberView {
    /// Every field of the row.
    #[serde(flatten)]
    pub row: Row,
    /// Address with the base path.
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
    /// A sentence.
    pub description: Option<String>,
    /// Name of an icon of the theme.
    pub icon: Option<String>,
    /// What it builds on.
    pub requires: Vec<PlaceView>,
    /// What builds on it.
    pub unlocks: Vec<PlaceView>,
    /// The strongest first.
    pub holders: Vec<HolderView>,
}

/// Somebody who has a skill.
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
    /// First hue of their class.
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
    /// XP the ledger gave for it, `450`; absent when none.
    pub xp: Option<String>,
    /// Where it was used.
    pub used: Vec<UseLine>,
    /// Proofs.
    pub evidence: Vec<LinkText>,
    /// Endorsements by others.
    pub endorsed: Vec<EndorsementLine>,
    /// What it takes in, with the addresses of those that have a page.
    pub keywords: Vec<LinkText>,
    /// The skills that it is a keyword of; empty where it is a skill of its own.
    pub part_of: Vec<PlaceView>,
}

/// One group of `skills`.
#[derive(Clone, Debug, Serialize)]
pub struct SkillGroupView {
    /// Programming Language
    pub name: String,
    /// By name.
    pub skills: Vec<SkillItem>,
}

/// A skill in the index.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub struct SkillItem {
    pub name: String,
    pub url: String,
    pub best: Option<u32>,
    pub max: u32,
    pub holders: usize,
}

/// `guild`: the hall's own facts.
#[derive(Clone, Debug, Serialize)]
pub struct GuildView {
    /// Ferris Forge
    pub name: String,
    /// A sentence or two.
    pub description: Option<Prose>,
    /// Its mark.
    pub crest: Option<PictureView>,
    /// Who founded it.
    pub founder: Option<PlaceView>,
    /// Sums.
    pub totals: crate::model::roster::Totals,
    /// Parties with the slugs of their members.
    pub parties: Vec<PartyView>,
    /// Members × axes.
    pub coverage: crate::model::roster::Coverage,
    /// The standings; empty unless the guild shows them.
    pub board: Vec<crate::model::board::Place>,
    /// What it counts: `xp`, `quests` or `badges`.
    pub board_by: String,
    /// Whom it ranks: `parties`, or else members.
    pub board_of: String,
    /// Slug → address, for rows of `coverage` and `board`.
    pub urls: BTreeMap<String, String>,
    /// Least level to join.
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
    /// The title of the page, or, where no font has its letters, a name that can be drawn: the
    /// handle of the person, or the host.
    pub title: String,
    /// `ada.example`: the site's address without what stands before it.
    pub host: String,
    /// The person the page is about, or its authors, at most three.
    pub people: Vec<FaceView>,
}

/// Somebody on a card.
#[derive(Clone, Debug, Serialize)]
pub struct FaceView {
    /// Ada Okafor
    pub name: String,
    /// AO
    pub initials: String,
    /// First hue of their class.
    pub hue: u16,
    /// What `<image href>` calls the square portrait.
    pub picture: Option<String>,
}

/// `mark`: what stands for the whole site, on cards and icons.
#[derive(Clone, Debug, Serialize)]
pub struct MarkView {
    /// The site's title.
    pub name: String,
    /// What `<image href>` calls the guild's own crest.
    pub picture: Option<String>,
    /// People of the site.
    pub members: usize,
    /// Of the only person.
    pub initials: Option<String>,
    /// Of the only person.
    pub class: Option<ClassLine>,
    /// Of the only person.
    pub level: Option<u32>,
}

/// `icon`: which icon is wanted.
#[derive(Clone, Debug, Serialize)]
pub struct IconView {
    /// Whether the mark stands on a ground that fills the square, with room around it: systems cut
    /// the corners off.
    pub filled: bool,
}
