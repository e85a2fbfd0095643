//! Strengths, radar, skills and the skill tree, as themes print them.

use super::text::{DateText, LinkText};
use serde::Serialize;

/// One headline strength: an axis of the radar with its value, or a skill with its level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribute {
    /// backend
    pub id: String,
    /// Backend
    pub name: String,
    /// 1 to max.
    pub value: u32,
    /// 10
    pub max: u32,
    /// `Rust, PostgreSQL`: the skills behind it; empty if it is a skill itself.
    pub note: String,
}

/// The radar, ready to draw in a view box of `width` × `height` (VISUAL.md §6.1), and in the plain
/// 100 × 100 box of MODEL.md.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Radar {
    /// In user units.
    pub width: u32,
    /// In user units.
    pub height: u32,
    /// Outer to inner, each a `points` attribute.
    pub rings: Vec<String>,
    /// From the centre to the outer ring.
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

/// A line between two points, formatted.
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
    /// Position.
    pub x: String,
    /// Position.
    pub y: String,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// A group of skills.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SkillGroup {
    /// Backend; empty if the only group has no category.
    pub name: String,
    /// Strongest first.
    pub skills: Vec<SkillLine>,
}

/// How well a level is supported.
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
    /// 0 to max; absent if no level is given.
    pub level: Option<u32>,
    /// 10
    pub max: u32,
    /// `Advanced`: the word for the level, if the scale has one.
    pub word: Option<String>,
    /// A word of `rules.rarity`: common … legendary
    pub rarity: Option<String>,
    /// The shape it is drawn with: `common`, `uncommon`, `rare`, `epic` or `legendary`.
    pub shape: Option<&'static str>,
    /// Declared, evidenced or endorsed.
    pub standing: Standing,
    /// `7 years, 3 projects`: a summary of the evidence.
    pub proof: String,
    /// `4 years`, from `since` or from work that names it.
    pub years: Option<String>,
    /// `2024`, or `present`: when work or a deed last named it.
    pub last_used: Option<String>,
    /// Links to evidence.
    pub evidence: Vec<LinkText>,
    /// Endorsements by others.
    pub endorsed: Vec<EndorsementLine>,
    /// JSON Resume's keywords: the skills it includes.
    pub keywords: Vec<KeywordLine>,
    /// Name of an icon in the theme.
    pub icon: Option<String>,
    /// XP that the ledger gave for it, `450`; absent if none.
    pub xp: Option<String>,
    /// Whether it merges others, all of which have reached the required level.
    pub unlocked: bool,
    /// `Kubernetes 4 of 5`: what a merged skill still lacks.
    pub missing: Vec<String>,
    /// Where it was used: entries of work, projects, deeds.
    pub used: Vec<UseLine>,
}

/// A skill that is a keyword of another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeywordLine {
    /// React
    pub name: String,
    /// react; empty if no slug can be made from the name.
    pub slug: String,
    /// `2 years, 1 project`: a summary of the evidence.
    pub proof: String,
    /// Where it was used.
    pub used: Vec<UseLine>,
}

/// A use of a skill.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UseLine {
    /// `work`, `volunteer`, `project`, `deed` or `quest`.
    pub kind: &'static str,
    /// Staff Engineer, Nimbus Storage
    pub text: String,
    /// Its period.
    pub when: String,
    /// Its URL, if it has one.
    pub url: Option<String>,
}

/// An endorsement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EndorsementLine {
    /// Slug of a member, or a name.
    pub by: String,
    /// The date.
    pub date: Option<DateText>,
    /// The URL at which it can be read.
    pub url: Option<String>,
}

/// The skill tree with its layout (VISUAL.md §6.2). Positions are in percent of the board,
/// formatted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tree {
    /// In reading order: tier by tier, top to bottom.
    pub nodes: Vec<TreeNode>,
    /// Behind the nodes, in a view box of 100 × 100.
    pub edges: Vec<TreeEdge>,
    /// The number of columns.
    pub tiers: usize,
    /// The number of rows in the longest column.
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
    /// A word of `rules.rarity`: common …
    pub rarity: Option<String>,
    /// The shape it is drawn with: `common`, `uncommon`, `rare`, `epic` or `legendary`.
    pub shape: Option<&'static str>,
    /// Whether it is learned (level above 0, or merged and unlocked).
    pub learned: bool,
    /// Names of the skills it requires.
    pub requires: Vec<String>,
    /// Column, from 0.
    pub tier: usize,
    /// Left edge, in percent.
    pub x: String,
    /// Vertical centre, in percent.
    pub y: String,
}

/// A line between two nodes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TreeEdge {
    /// Slug of the required skill.
    pub from: String,
    /// Slug of the skill that requires it.
    pub to: String,
    /// Path data.
    pub d: String,
    /// Whether both ends are learned.
    pub learned: bool,
}
