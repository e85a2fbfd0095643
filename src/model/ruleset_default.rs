//! The rules of a site that defines none: those of MODEL.md, with DevRPG's five axes and its
//! mapping from categories to axes.

use crate::model::catalogue_default;
use crate::model::ruleset::{
    Attempts, Axis, Class, Curve, Fold, RadarRules, Ruleset, SkillScale, StreakRules,
};
use std::collections::BTreeMap;

const PROFICIENCY: [(&str, u32); 7] = [
    ("learning", 1),
    ("Novice", 1),
    ("Beginner", 2),
    ("Intermediate", 4),
    ("Advanced", 6),
    ("Expert", 8),
    ("Master", 10),
];

/// XP of the opening balance, by source.
const OPENING: [(&str, i64); 5] = [
    ("skill", 100),
    ("work.month", 20),
    ("project", 150),
    ("certificate", 300),
    ("publication", 250),
];

const AXES: [&str; 5] = ["frontend", "backend", "cloud", "mobile", "tools"];

const CATEGORIES: [(&str, &str); 11] = [
    ("programming language", "backend"),
    ("data & databases", "backend"),
    ("web framework", "backend"),
    ("systems & operations", "cloud"),
    ("containerization", "cloud"),
    ("container orchestration", "cloud"),
    ("version control", "tools"),
    ("collaboration & devops", "tools"),
    ("frontend framework", "frontend"),
    ("design", "frontend"),
    ("mobile development", "mobile"),
];

/// Name, role, hue, axes and description. Axes that the radar does not have are intended: they
/// serve sites that add these axes.
const CLASSES: [(&str, &str, u16, &[&str], &str); 11] = [
    (
        "Warden",
        "Reliability Engineer",
        185,
        &["cloud"],
        "Keeps the lights on, and knows which ones may go out.",
    ),
    (
        "Artificer",
        "Tooling Engineer",
        52,
        &["tools"],
        "Builds the tools that other engineers reach for.",
    ),
    (
        "Runesmith",
        "Backend Engineer",
        118,
        &["backend"],
        "Cuts the words that machines obey behind closed doors.",
    ),
    (
        "Weaver",
        "Frontend Engineer",
        340,
        &["frontend"],
        "Turns threads of data into something one can see and touch.",
    ),
    ("Ranger", "Mobile Engineer", 140, &["mobile"], "Travels light and works far from any server."),
    (
        "Alchemist",
        "Full-Stack Engineer",
        95,
        &["frontend", "backend"],
        "Mixes what others keep apart, and it holds.",
    ),
    (
        "Arcanist",
        "Machine Learning Engineer",
        295,
        &["ml"],
        "Teaches machines what nobody could write down.",
    ),
    ("Oracle", "Data Engineer", 265, &["data"], "Reads in numbers what has been and what may be."),
    (
        "Rogue",
        "Security Engineer",
        255,
        &["security"],
        "Gets in first, and tells you how to lock the door.",
    ),
    (
        "Bard",
        "Developer Advocate",
        20,
        &["writing"],
        "Writes it down, and says it so that others listen.",
    ),
    (
        "Cartographer",
        "Product Engineer",
        225,
        &["product"],
        "Draws the map that everybody else walks by.",
    ),
];

impl Default for Ruleset {
    fn default() -> Ruleset {
        Ruleset {
            levels: Curve::Sqrt { base: 100 },
            pass: 70,
            attempts: Attempts::Best,
            difficulty: ["easy", "medium", "hard"].map(|word| (word.to_owned(), 1000)).into(),
            skills: SkillScale {
                max: 10,
                proficiency: PROFICIENCY.map(|(word, level)| (word.to_owned(), level)).into(),
            },
            radar: radar(),
            opening: OPENING.map(|(key, xp)| (key.to_owned(), xp)).into(),
            streak: StreakRules {
                unit: "week".to_owned(),
                rest: ["Sat", "Sun"].map(str::to_owned).into(),
                freezes: 2,
            },
            rarity: ["common", "uncommon", "rare", "epic", "legendary"].map(str::to_owned).into(),
            classes: classes(),
            catalogue: catalogue_default::catalogue().into(),
            tests: Vec::new(),
        }
    }
}

fn radar() -> RadarRules {
    // A category may also be the name of an axis.
    let categories: BTreeMap<String, String> = AXES
        .map(|axis| (axis, axis))
        .into_iter()
        .chain(CATEGORIES)
        .map(|(category, axis)| (category.to_owned(), axis.to_owned()))
        .collect();
    let axes = AXES.map(Axis::of_id).into();
    RadarRules { axes, named: false, fold: Fold::Max, floor: 0, categories }
}

fn classes() -> Vec<Class> {
    let class = |(name, role, hue, axes, description): (&str, &str, u16, &[&str], &str)| Class {
        id: name.to_lowercase(),
        name: name.to_owned(),
        role: role.to_owned(),
        hue,
        axes: axes.iter().map(|axis| (*axis).to_owned()).collect(),
        emblem: Some(name.to_lowercase()),
        description: Some(description.to_owned()),
    };
    CLASSES.map(class).into()
}

impl Axis {
    /// An axis whose name is made from its id: `site-reliability` → `Site reliability`.
    pub fn of_id(id: &str) -> Axis {
        let words = id.replace(['-', '_'], " ");
        let mut rest = words.chars();
        let name = rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect();
        Axis { id: id.to_owned(), name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::slug::slugify;

    #[test]
    fn the_defaults_agree_with_themselves() {
        let rules = Ruleset::default();
        let axes: Vec<&str> = rules.radar.axes.iter().map(|axis| axis.id.as_str()).collect();
        for (category, axis) in &rules.radar.categories {
            assert!(axes.contains(&axis.as_str()), "{category}");
            assert_eq!(category, &category.to_lowercase());
        }
        for axis in axes {
            assert!(rules.classes.iter().any(|class| class.axes == [axis]), "{axis}");
        }
        for skill in rules.catalogue.iter() {
            let category = skill.category.as_deref().unwrap_or_default().to_lowercase();
            assert!(rules.radar.categories.contains_key(&category), "{}", skill.name);
        }
    }

    #[test]
    fn no_name_of_the_catalogue_means_two_skills() {
        let mut seen = BTreeMap::new();
        for skill in Ruleset::default().catalogue.iter() {
            for name in std::iter::once(&skill.name).chain(&skill.aliases) {
                let slug = slugify(name).unwrap();
                if let Some(other) = seen.insert(slug, skill.name.clone()) {
                    assert_eq!(other, skill.name, "{name}");
                }
            }
        }
    }

    #[test]
    fn axes_are_named_by_their_ids() {
        assert_eq!(Axis::of_id("site-reliability").name, "Site reliability");
    }
}
