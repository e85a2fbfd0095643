//! The rules of the game: level curve, skill scale, radar axes, opening XP, and the catalogues of
//! classes and skills. `Ruleset::default()` applies to a site without any of these files.

pub use crate::model::catalogue_skills::{Catalogue, CatalogueSkill};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that turns a profile into a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ruleset {
    /// Level → XP.
    pub levels: Curve,
    /// The lowest score that passes a quest, 0 to 100.
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
    pub catalogue: Catalogue,
    /// The guild's own tests of its rules.
    pub tests: Vec<RuleTest>,
}

/// The shapes that rarities are drawn as, from common to rare.
pub const SHAPES: [&str; 5] = ["common", "uncommon", "rare", "epic", "legendary"];

impl Ruleset {
    /// The shape of a rarity: if the word names a shape, that one; otherwise the one at its rank
    /// among the site's rarities.
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

/// How several values on one axis are combined.
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
    /// Whether the site defines the axes. If not, a profile with levels on fewer than three of them
    /// uses its strongest skills as axes.
    pub named: bool,
    /// How levels on one axis are combined into its value.
    pub fold: Fold,
    /// Lower values are drawn as this one (DevRPG: 1). An axis without any level is not drawn.
    pub floor: u32,
    /// Category (lower case) → axis id.
    pub categories: BTreeMap<String, String>,
}

/// One axis of the radar.
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
    /// Days that neither count nor break a streak: `Mon` … `Sun`.
    pub rest: Vec<String>,
    /// Units that may be missed without breaking a streak.
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
    /// Ids of the axes that give this class if none is written.
    pub axes: Vec<String>,
    /// Name of its emblem: an icon of the theme.
    pub emblem: Option<String>,
    /// A sentence.
    pub description: Option<String>,
}

/// A test of the rules: the expected result for a given profile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleTest {
    /// The relevant part of the profile.
    pub given: Box<crate::model::profile::Profile>,
    /// Expected level.
    pub level: Option<u32>,
    /// Expected XP.
    pub xp: Option<i64>,
    /// Expected badges, as slugs.
    pub badges: Option<Vec<String>>,
    /// The source position, for messages.
    #[serde(skip)]
    pub at: Option<crate::span::Span>,
}
