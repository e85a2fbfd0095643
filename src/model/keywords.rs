//! Keywords as skills. The skills of a JSON Resume are often broad (`Web Development`), and their
//! keywords name the technologies used.

use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::slug::slugify;
use std::collections::BTreeSet;

/// Slug of the skill that a keyword names: the catalogue's, by any of its names, or else a slug of
/// the keyword itself.
pub fn slug_of(word: &str, rules: &Ruleset) -> Option<String> {
    let word = word.trim();
    let known = rules.entry_named(word).map(|entry| entry.slug.clone());
    known.or_else(|| slugify(word))
}

/// Whether the profile keeps the skill with this slug private.
pub fn is_hidden(profile: &Profile, slug: &str) -> bool {
    profile.skills.iter().any(|skill| skill.private && skill.slug == slug)
}

/// Slugs of every published skill of a profile, including the keywords of its skills.
pub fn claimed(profile: &Profile, rules: &Ruleset) -> BTreeSet<String> {
    let published = || profile.skills.iter().filter(|skill| !skill.private);
    let words = published().flat_map(|skill| &skill.keywords);
    let listed = words.filter_map(|word| slug_of(word, rules));
    let listed = listed.filter(|slug| !is_hidden(profile, slug));
    published().map(|skill| skill.slug.clone()).chain(listed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::Skill;
    use crate::model::sample;

    #[test]
    fn keywords_are_skills_too_unless_they_are_private() {
        let broad = Skill {
            keywords: ["HTML5", "Sitka", "Rust"].map(str::to_owned).to_vec(),
            ..sample::skill("Frontend", 4)
        };
        let hidden = Skill { private: true, ..sample::skill("Rust", 3) };
        let profile = Profile { skills: vec![broad, hidden], ..Profile::default() };
        let claimed = claimed(&profile, &Ruleset::default());
        let claimed: Vec<&str> = claimed.iter().map(String::as_str).collect();
        assert_eq!(claimed, ["frontend", "html", "sitka"]);
    }
}
