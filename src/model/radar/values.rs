//! Levels → one value per axis, and the skills behind it.

use crate::model::catalogue::Known;
use crate::model::profile::Profile;
use crate::model::radar::LEAST;
use crate::model::ruleset::{Axis, Fold, Ruleset};
use crate::model::sheet::Attribute;
use crate::model::wording::Wording;

/// The number of skills named with an attribute.
const NOTED: usize = 3;

/// The number of skills shown when skills are the headline strengths.
const HEADLINES: usize = 6;

/// The strength on one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength<'a> {
    /// The axis.
    pub axis: &'a Axis,
    /// 0 to `rules.skills.max`, before the floor is applied.
    pub value: u32,
    /// Names of the skills behind it, strongest first.
    pub skills: Vec<&'a str>,
}

/// One strength per axis of the rules, in order, from the published skills.
pub fn strengths<'a>(profile: &'a Profile, rules: &'a Ruleset) -> Vec<Strength<'a>> {
    let mut on_axis: Vec<Vec<(u32, &str)>> = vec![Vec::new(); rules.radar.axes.len()];
    for known in Known::all(profile, rules) {
        let index = known.axis(rules).and_then(|axis| rules.axis_index(axis));
        if let (Some(index), Some(level)) = (index, known.skill.level) {
            on_axis[index].push((level, &known.skill.name));
        }
    }
    let strength = |(axis, mut skills): (&'a Axis, Vec<(u32, &'a str)>)| {
        let levels: Vec<u32> = skills.iter().map(|(level, _)| *level).collect();
        skills.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        let worth_a_note = skills.into_iter().filter(|(level, _)| *level > 0);
        Strength {
            axis,
            value: fold(rules.radar.fold, &levels).min(rules.skills.max),
            skills: worth_a_note.map(|(_, name)| name).collect(),
        }
    };
    rules.radar.axes.iter().zip(on_axis).map(strength).collect()
}

fn fold(fold: Fold, levels: &[u32]) -> u32 {
    let sum: u64 = levels.iter().copied().map(u64::from).sum();
    let count = levels.len() as u64;
    let value = match fold {
        Fold::Max => levels.iter().copied().max().map_or(0, u64::from),
        Fold::Sum => sum,
        Fold::Mean if count == 0 => 0,
        Fold::Mean => (sum * 2 + count) / (count * 2),
    };
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The axes that have a level.
pub fn areas(strengths: &[Strength<'_>], rules: &Ruleset, wording: &Wording) -> Vec<Attribute> {
    let with_a_level = strengths.iter().filter(|strength| strength.value > 0);
    let attribute = |strength: &Strength<'_>| Attribute {
        id: strength.axis.id.clone(),
        name: strength.axis.name.clone(),
        value: strength.value,
        max: rules.skills.max,
        note: wording.joined(strength.skills.iter().take(NOTED)),
    };
    with_a_level.map(attribute).collect()
}

/// The headline strengths: the axes that have a level. If the site did not define its axes and too
/// few of them have a level for a polygon, the strongest skills take their place, if there are
/// enough.
pub fn attributes(
    profile: &Profile,
    rules: &Ruleset,
    strengths: &[Strength<'_>],
    wording: &Wording,
) -> Vec<Attribute> {
    let areas = areas(strengths, rules, wording);
    if rules.radar.named || areas.len() >= LEAST {
        return areas;
    }
    let skills = strongest(profile, rules);
    if skills.len() > areas.len() { skills } else { areas }
}

/// The published skills with the highest levels, strongest first.
fn strongest(profile: &Profile, rules: &Ruleset) -> Vec<Attribute> {
    let attribute = |known: Known<'_>| {
        let value = known.skill.level.filter(|level| *level > 0)?.min(rules.skills.max);
        let (id, name) = (known.skill.slug.clone(), known.skill.name.clone());
        Some(Attribute { id, name, value, max: rules.skills.max, note: String::new() })
    };
    let mut skills: Vec<Attribute> =
        Known::all(profile, rules).into_iter().filter_map(attribute).collect();
    skills.sort_by_key(|skill| std::cmp::Reverse(skill.value));
    skills.truncate(HEADLINES);
    skills
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::Skill;
    use crate::model::sample;

    fn values(skills: Vec<Skill>, fold: Fold) -> Vec<u32> {
        let mut rules = sample::ruleset();
        rules.radar.fold = fold;
        let profile = Profile { skills, ..Profile::default() };
        strengths(&profile, &rules).iter().map(|strength| strength.value).collect()
    }

    #[test]
    fn levels_on_one_axis_become_one_value() {
        let skills = || vec![sample::skill("Rust", 8), sample::skill("PostgreSQL", 5)];
        assert_eq!(values(skills(), Fold::Max), [0, 8, 0, 0, 0]);
        assert_eq!(values(skills(), Fold::Mean), [0, 7, 0, 0, 0]);
        assert_eq!(values(skills(), Fold::Sum), [0, 10, 0, 0, 0]);
        assert_eq!(values(Vec::new(), Fold::Mean), [0, 0, 0, 0, 0]);
    }

    #[test]
    fn an_axis_is_found_from_the_nearest_word_for_it() {
        let skills = vec![
            Skill { axis: Some("tools".to_owned()), ..sample::skill("Rust", 3) },
            sample::skill("Kubernetes", 4),
            Skill {
                keywords: vec!["html5".to_owned(), "Juggling".to_owned()],
                ..sample::skill("Web Development", 6)
            },
            Skill { axis: Some("nowhere".to_owned()), ..sample::skill("Go", 9) },
            Skill { private: true, ..sample::skill("PostgreSQL", 9) },
        ];
        assert_eq!(values(skills, Fold::Max), [6, 0, 4, 0, 3]);
    }

    fn headlines(skills: &[(&str, u32)], named: bool) -> Vec<String> {
        let mut rules = sample::ruleset();
        rules.radar.named = named;
        let skills = skills.iter().map(|(name, level)| sample::skill(name, *level)).collect();
        let profile = Profile { skills, ..Profile::default() };
        let attributes =
            attributes(&profile, &rules, &strengths(&profile, &rules), &sample::wording());
        attributes.iter().map(|it| format!("{} {}", it.name, it.value)).collect()
    }

    #[test]
    fn the_strongest_skills_stand_behind_an_attribute() {
        let (profile, rules) = (sample::smallest(), sample::ruleset());
        let attributes =
            attributes(&profile, &rules, &strengths(&profile, &rules), &sample::wording());
        let told = (attributes[0].value, attributes[0].note.as_str());
        assert_eq!((attributes.len(), told), (1, (7, "Rust, PostgreSQL")));
    }

    #[test]
    fn axes_without_a_level_are_left_out() {
        let skills = [("Rust", 8), ("Docker", 0), ("HTML", 5), ("Kubernetes", 4)];
        assert_eq!(headlines(&skills, true), ["Frontend 5", "Backend 8", "Cloud 4"]);
        assert_eq!(headlines(&skills, false), headlines(&skills, true));
        assert!(headlines(&[("Docker", 0), ("Rust", 0)], false).is_empty());
    }

    #[test]
    fn where_the_rules_name_no_axes_the_skills_are_the_axes() {
        let skills = [("Rust", 7), ("PostgreSQL", 6), ("Juggling", 8), ("Docker", 0)];
        assert_eq!(headlines(&skills, false), ["Juggling 8", "Rust 7", "PostgreSQL 6"]);
        assert_eq!(headlines(&skills, true), ["Backend 7"]);
        let many: Vec<String> = (0..9).map(|it| format!("Trick {it}")).collect();
        let many: Vec<(&str, u32)> = many.iter().map(|it| (it.as_str(), 5)).collect();
        assert_eq!(headlines(&many, false).len(), HEADLINES);
    }

    #[test]
    fn no_headline_is_above_the_scale() {
        let mut rules = sample::ruleset();
        (rules.skills.max, rules.radar.named) = (5, false);
        let skills = ["A", "B", "C"].map(|name| sample::skill(name, 9)).to_vec();
        let profile = Profile { skills, ..Profile::default() };
        let attributes =
            attributes(&profile, &rules, &strengths(&profile, &rules), &sample::wording());
        assert!(attributes.iter().all(|it| (it.value, it.max) == (5, 5)) && attributes.len() == 3);
    }
}
