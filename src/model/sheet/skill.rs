//! Strengths, radar, skills and the skill tree, as themes print them.

use crate::model::sheet::{DateText, LinkText};
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
    /// `Rust, PostgreSQL`: the skills behind it; empty where it is a skill itself.
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
    /// Backend; empty where the only group is one of skills that nothing groups.
    pub name: String,
    /// The strongest first.
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
    /// 0 to max; absent where no level was given.
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
    /// `7 years, 3 projects`: since when, and what shows it.
    pub proof: String,
    /// `4 years`, from `since` or from work that names it.
    pub years: Option<String>,
    /// `2024`, or `present`: when work or a deed last named it.
    pub last_used: Option<String>,
    /// Links to proofs.
    pub evidence: Vec<LinkText>,
    /// Endorsements by others.
    pub endorsed: Vec<EndorsementLine>,
    /// JSON Resume's keywords: what it takes in.
    pub keywords: Vec<KeywordLine>,
    /// Name of an icon of the theme.
    pub icon: Option<String>,
    /// XP the ledger gave for it, `450`; absent when none.
    pub xp: Option<String>,
    /// Whether it merges others and every one of them has reached its level.
    pub unlocked: bool,
    /// `Kubernetes 4 of 5`: what a merged skill still lacks.
    pub missing: Vec<String>,
    /// Where it was used: entries of work, projects, deeds.
    pub used: Vec<UseLine>,
}

/// A skill that another one takes in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KeywordLine {
    /// React
    pub name: String,
    /// react; empty where no address can be made of it.
    pub slug: String,
    /// `2 years, 1 project`: what shows it.
    pub proof: String,
    /// Where it was used.
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

/// An endorsement.
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
    /// A word of `rules.rarity`: common …
    pub rarity: Option<String>,
    /// The shape it is drawn with: `common`, `uncommon`, `rare`, `epic` or `legendary`.
    pub shape: Option<&'static str>,
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
