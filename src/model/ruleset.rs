//! The rules of the game: level curve, skill scale, radar axes, opening XP, and the catalogues of
//! classes and skills. `Ruleset::default()` is what a site without any of these files gets.

use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that turns a profile into a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ruleset {
    /// Level → XP.
    pub levels: Curve,
    /// Least score that passes a quest, 0 to 100.
    pub pass: u32,
    /// Which attempts count.
    pub attempts: Attempts,
    /// Quest XP by difficulty, in thousandths.
    pub difficulty: BTreeMap<String, u32>,
    /// The skill scale.
    pub skills: SkillScale,
    /// The radar.
    pub radar: RadarRules,
    /// XP of the opening balance: `skill`, `work.month`, `project`, `certificate`, `publication`.
    pub opening: BTreeMap<String, i64>,
    /// Streaks.
    pub streak: StreakRules,
    /// Rarities, from common to rare.
    pub rarity: Vec<String>,
    /// Classes by id, in the catalogue's order.
    pub classes: Vec<Class>,
    /// The catalogue of skills, in its order.
    pub catalogue: Vec<CatalogueSkill>,
    /// The guild's tests of its own rules.
    pub tests: Vec<RuleTest>,
}

/// The shapes that rarities are drawn with, from common to rare.
pub const SHAPES: [&str; 5] = ["common", "uncommon", "rare", "epic", "legendary"];

impl Ruleset {
    /// The shape of a rarity: a word that names a shape has that one, any other word the one of its
    /// rank among the site's rarities.
    pub fn shape_of(&self, rarity: &str) -> &'static str {
        if let Some(shape) = SHAPES.into_iter().find(|shape| *shape == rarity) {
            return shape;
        }
        let last = self.rarity.len().saturating_sub(1);
        let rank = self.rarity.iter().position(|word| word == rarity).unwrap_or(0);
        let most = SHAPES.len() - 1;
        SHAPES[(rank * most).checked_div(last).unwrap_or(most / 2).min(most)]
    }
}

/// Level → XP needed to reach it, in integer arithmetic (see `xp`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Curve {
    /// base·(L−1)², SkillQuest's.
    Sqrt {
        /// XP of level 2.
        base: u64,
    },
    /// ⌈√(base²·(L−1)³)⌉, Gamification Scratch's.
    Power {
        /// XP of level 2.
        base: u64,
    },
    /// 10·base/2·L·(L−1), DevRPG's with base 100.
    Linear {
        /// A tenth of the XP of level 2.
        base: u64,
    },
    /// XP of level 2, 3, … as listed; strictly rising, never empty.
    Table(Vec<u64>),
}

/// Which attempts at a quest count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Attempts {
    Best,
    First,
    Every,
}

/// The skill scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SkillScale {
    /// The highest level.
    pub max: u32,
    /// Words for levels, in the order written; looked up without regard to case.
    pub proficiency: Vec<(String, u32)>,
}

/// How values on one axis become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum Fold {
    Max,
    Mean,
    Sum,
}

/// The radar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RadarRules {
    /// 3 to 12 axes, clockwise from 12 o'clock.
    pub axes: Vec<Axis>,
    /// Whether the site names them itself. If not, a profile with levels on fewer than three of
    /// them has its strongest skills for axes instead.
    pub named: bool,
    /// How levels on one axis become its value.
    pub fold: Fold,
    /// Values below are drawn as this (DevRPG: 1). An axis without any level is not drawn.
    pub floor: u32,
    /// Category (lower case) → axis id.
    pub categories: BTreeMap<String, String>,
}

/// One direction of the radar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// backend
    pub id: String,
    /// Backend
    pub name: String,
}

/// How streaks are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StreakRules {
    /// `day`, `week` or `month`.
    pub unit: String,
    /// Days that neither count nor break it: `Mon` … `Sun`.
    pub rest: Vec<String>,
    /// Units that may be missed.
    pub freezes: u32,
}

/// A class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// artificer
    pub id: String,
    /// Artificer
    pub name: String,
    /// The plain word: Tooling Engineer.
    pub role: String,
    /// Hue of its colour, 0 to 359 (VISUAL.md §3.4).
    pub hue: u16,
    /// Axis ids that make somebody this class when none is written.
    pub axes: Vec<String>,
    /// Name of its emblem: an icon of the theme.
    pub emblem: Option<String>,
    /// A sentence.
    pub description: Option<String>,
}

/// A skill every profile may name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CatalogueSkill {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Programming Language
    pub category: Option<String>,
    /// Axis id, when not its category's.
    pub axis: Option<String>,
    /// Slugs of what it builds on.
    pub requires: Vec<String>,
    /// Slugs of what merges into it.
    pub merges: Vec<String>,
    /// Level the merged ones must reach.
    pub at: Option<u32>,
    /// A word of `rarity`.
    pub rarity: Option<String>,
    /// Name of an icon of the theme.
    pub icon: Option<String>,
    /// A sentence.
    pub description: Option<String>,
}

/// A test of the rules: with this profile, expect this.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleTest {
    /// The profile's part that matters.
    pub given: Box<crate::model::profile::Profile>,
    /// Expected level.
    pub level: Option<u32>,
    /// Expected XP.
    pub xp: Option<i64>,
    /// Expected badges, as slugs.
    pub badges: Option<Vec<String>>,
    /// Where it stands, for the message.
    #[serde(skip)]
    pub at: Option<crate::span::Span>,
}
