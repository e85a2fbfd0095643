//! Levels → one value for each axis, and the skills behind it.

use crate::model::catalogue::Known;
use crate::model::profile::Profile;
use crate::model::ruleset::{Axis, Fold, Ruleset};
use crate::model::sheet::Attribute;

/// Skills named behind an attribute.
const NOTED: usize = 3;

/// How strong somebody is on one axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength<'a> {
    /// The axis.
    pub axis: &'a Axis,
    /// 0 to `rules.skills.max`, not lifted to the floor.
    pub value: u32,
    /// Names of the skills behind it, the strongest first.
    pub skills: Vec<&'a str>,
}

/// One strength for each axis of the rules, in their order, from the published skills.
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

/// The headline strengths; none where all are zero.
pub fn attributes(strengths: &[Strength<'_>], max: u32) -> Vec<Attribute> {
    if strengths.iter().all(|strength| strength.value == 0) {
        return Vec::new();
    }
    let attribute = |strength: &Strength<'_>| Attribute {
        id: strength.axis.id.clone(),
        name: strength.axis.name.clone(),
        abbr: strength.axis.abbr.clone(),
        value: strength.value,
        max,
        note: strength.skills.iter().take(NOTED).copied().collect::<Vec<_>>().join(", "),
    };
    strengths.iter().map(attribute).collect()
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

    #[test]
    fn the_strongest_skills_stand_behind_an_attribute() {
        let (profile, rules) = (sample::smallest(), sample::ruleset());
        let attributes = attributes(&strengths(&profile, &rules), 10);
        assert_eq!((attributes[1].value, attributes[1].note.as_str()), (7, "Rust, PostgreSQL"));
    }
}
