//! The catalogue of skills that profiles may refer to.

use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::Deref;

/// A skill in the catalogue, which any profile may refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CatalogueSkill {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// Aliases.
    pub aliases: Vec<String>,
    /// Programming Language
    pub category: Option<String>,
    /// The axis id, if not its category's.
    pub axis: Option<String>,
    /// Slugs of the skills it requires.
    pub requires: Vec<String>,
    /// Slugs of the skills that merge into it.
    pub merges: Vec<String>,
    /// The level that the merged skills must reach.
    pub at: Option<u32>,
    /// A word of `rarity`.
    pub rarity: Option<String>,
    /// Name of an icon of the theme.
    pub icon: Option<String>,
    /// A sentence.
    pub description: Option<String>,
}

/// Skills in an order of their own, found by slug and by name: there may be thousands, and a profile
/// may name as many.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    skills: Vec<CatalogueSkill>,
    by_slug: BTreeMap<String, usize>,
    /// By name and alias in small letters.
    by_name: BTreeMap<String, usize>,
}

impl From<Vec<CatalogueSkill>> for Catalogue {
    fn from(skills: Vec<CatalogueSkill>) -> Catalogue {
        let (mut by_slug, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (index, skill) in skills.iter().enumerate() {
            by_slug.entry(skill.slug.clone()).or_insert(index);
            for name in [&skill.name].into_iter().chain(&skill.aliases) {
                by_name.entry(name.to_ascii_lowercase()).or_insert(index);
            }
        }
        Catalogue { skills, by_slug, by_name }
    }
}

impl Catalogue {
    /// The skill with this slug.
    pub fn by_slug(&self, slug: &str) -> Option<&CatalogueSkill> {
        self.by_slug.get(slug).map(|index| &self.skills[*index])
    }

    /// The skill with this name or alias, in any case.
    pub fn by_name(&self, name: &str) -> Option<&CatalogueSkill> {
        self.by_name.get(&name.to_ascii_lowercase()).map(|index| &self.skills[*index])
    }
}

impl Deref for Catalogue {
    type Target = [CatalogueSkill];

    fn deref(&self) -> &[CatalogueSkill] {
        &self.skills
    }
}

impl Serialize for Catalogue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.skills.serialize(serializer)
    }
}
