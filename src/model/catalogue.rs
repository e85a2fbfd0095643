//! Merges a skill of the profile with its catalogue entry: the profile wins, the catalogue fills
//! in.

use crate::model::profile::{Profile, Skill};
use crate::model::ruleset::{CatalogueSkill, Ruleset};

/// The level that merged skills must reach when neither profile nor catalogue says (DevRPG's
/// `merge_min_level`).
const MERGE_LEVEL: u32 = 3;

impl Ruleset {
    /// The catalogue entry with this slug.
    pub fn entry(&self, slug: &str) -> Option<&CatalogueSkill> {
        self.catalogue.by_slug(slug)
    }

    /// The index of an axis on the radar.
    pub fn axis_index(&self, id: &str) -> Option<usize> {
        self.radar.axes.iter().position(|axis| axis.id == id)
    }

    /// The axis a catalogue skill counts for: its own, or its category's.
    fn axis_of_entry<'a>(&'a self, entry: &'a CatalogueSkill) -> Option<&'a str> {
        let by_category = || {
            let category = entry.category.as_ref()?.to_lowercase();
            self.radar.categories.get(&category).map(String::as_str)
        };
        entry.axis.as_deref().or_else(by_category)
    }

    /// The entry that a keyword refers to, by name or alias.
    pub fn entry_named(&self, name: &str) -> Option<&CatalogueSkill> {
        self.catalogue.by_name(name)
    }
}

/// A skill of a profile with its catalogue entry.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// As declared in the profile.
    pub skill: &'a Skill,
    /// The catalogue entry, if there is one.
    pub entry: Option<&'a CatalogueSkill>,
}

impl<'a> Known<'a> {
    /// Looks up the catalogue entry of a declared skill.
    pub fn new(skill: &'a Skill, rules: &'a Ruleset) -> Known<'a> {
        Known { skill, entry: rules.entry(&skill.slug) }
    }

    /// The published skills of a profile, in the order written.
    pub fn all(profile: &'a Profile, rules: &'a Ruleset) -> Vec<Known<'a>> {
        let published = profile.skills.iter().filter(|skill| !skill.private);
        published.map(|skill| Known::new(skill, rules)).collect()
    }

    /// The category from the catalogue.
    pub fn category(self) -> Option<&'a str> {
        self.entry?.category.as_deref()
    }

    /// The id of the radar axis this skill counts for: its own, the catalogue's, its category's or,
    /// for the broad skills of a JSON Resume (`Web Development`), the axis that most of its
    /// keywords share.
    pub fn axis(self, rules: &'a Ruleset) -> Option<&'a str> {
        let own = self.skill.axis.as_deref();
        let known = || self.entry.and_then(|entry| rules.axis_of_entry(entry));
        own.or_else(known).or_else(|| self.axis_of_keywords(rules))
    }

    fn axis_of_keywords(self, rules: &'a Ruleset) -> Option<&'a str> {
        let mut votes = vec![0_usize; rules.radar.axes.len()];
        for keyword in &self.skill.keywords {
            let axis = rules.entry_named(keyword).and_then(|entry| rules.axis_of_entry(entry));
            if let Some(index) = axis.and_then(|axis| rules.axis_index(axis)) {
                votes[index] += 1;
            }
        }
        let most = votes.iter().copied().max().filter(|most| *most > 0)?;
        let winner = votes.iter().position(|count| *count == most)?;
        Some(&rules.radar.axes[winner].id)
    }

    /// Slugs of the skills it requires; the profile's take precedence over the catalogue's.
    pub fn requires(self) -> Vec<&'a str> {
        both(&self.skill.requires, self.entry.map(|entry| &entry.requires))
    }

    /// Slugs of the skills that merge into it.
    pub fn merges(self) -> Vec<&'a str> {
        both(&self.skill.merges, self.entry.map(|entry| &entry.merges))
    }

    /// The level every merged skill must reach.
    pub fn merge_level(self) -> u32 {
        self.skill.at.or_else(|| self.entry?.at).unwrap_or(MERGE_LEVEL)
    }

    /// Its rarity.
    pub fn rarity(self) -> Option<&'a str> {
        self.skill.rarity.as_deref().or_else(|| self.entry?.rarity.as_deref())
    }
}

fn both<'a>(own: &'a [String], known: Option<&'a Vec<String>>) -> Vec<&'a str> {
    let mut slugs: Vec<&str> = Vec::new();
    for slug in own.iter().chain(known.into_iter().flatten()) {
        if !slugs.contains(&slug.as_str()) {
            slugs.push(slug);
        }
    }
    slugs
}

/// Name and slug of a skill that another entry refers to; `None` if the profile keeps it private.
pub fn mention(profile: &Profile, rules: &Ruleset, slug: &str) -> Option<(String, String)> {
    let declared = profile.skills.iter().find(|skill| skill.slug == slug);
    if declared.is_some_and(|skill| skill.private) {
        return None;
    }
    let name = declared.map(|skill| skill.name.as_str());
    let name = name
        .or_else(|| rules.entry(slug).map(|entry| entry.name.as_str()))
        .or_else(|| profile.mentioned.get(slug).map(String::as_str));
    Some((name.unwrap_or(slug).to_owned(), slug.to_owned()))
}

/// `mention` for a list; private skills are left out.
pub fn mentions(profile: &Profile, rules: &Ruleset, slugs: &[String]) -> Vec<(String, String)> {
    slugs.iter().filter_map(|slug| mention(profile, rules, slug)).collect()
}
