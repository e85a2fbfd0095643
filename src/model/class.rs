//! The class line and its colours: as written in the profile, or derived from the radar.

use crate::digest::Digest;
use crate::model::profile::{ClassChoice, Profile};
use crate::model::radar::values::Strength;
use crate::model::ruleset::{Class, Ruleset};
use crate::model::sheet::{ClassLine, ClassPart};
use crate::model::slug::slugify;
use crate::model::wording::Wording;

/// A crest has four fields.
const MOST: usize = 4;

/// Hues closer than this (in degrees) look the same (VISUAL.md §3.4).
const APART: u16 = 30;

/// How far the second hue is rotated if it is too close. A single class's second hue is found the
/// same way.
const TURN: u16 = 150;

/// The class line at `level`. Without a written class the strongest axis decides; a second axis at
/// least three quarters as strong adds a second class. Without either, the class is `class_none`.
pub fn class_line(
    profile: &Profile,
    rules: &Ruleset,
    strengths: &[Strength<'_>],
    level: u32,
    wording: &Wording,
) -> ClassLine {
    let written = written(profile, rules, level);
    let derived = written.is_empty();
    let mut parts = if derived { derive(rules, strengths, level) } else { written };
    if parts.is_empty() {
        let role = profile.label.as_deref().unwrap_or(&wording.class_none_role);
        // Its colour and its icon are the same in every language.
        let (name, initial) = (wording.class_none.clone(), initial(&wording.class_none));
        parts.push(ClassPart { name, initial, ..custom("Adventurer", role) });
    }
    let hue_1 = parts[0].hue;
    let hue_2 = parts.get(1).map_or((hue_1 + TURN) % 360, |second| apart(hue_1, second.hue));
    let text = parts.iter().map(spoken).collect::<Vec<_>>().join(" / ");
    ClassLine { text, parts, derived, hue_1, hue_2 }
}

fn spoken(part: &ClassPart) -> String {
    part.level.map_or_else(|| part.name.clone(), |level| format!("{} {level}", part.name))
}

fn apart(first: u16, second: u16) -> u16 {
    let distance = first.abs_diff(second);
    let distance = distance.min(360 - distance);
    if distance < APART { (second + TURN) % 360 } else { second }
}

fn written(profile: &Profile, rules: &Ruleset, level: u32) -> Vec<ClassPart> {
    let chosen: Vec<&ClassChoice> = profile.class.iter().take(MOST).collect();
    let levels = shares(&chosen, level);
    let label = profile.label.as_deref();
    let parts = chosen.iter().zip(levels).map(|(choice, level)| {
        let name = choice.class.as_str();
        let class = rules.classes.iter().find(|class| {
            class.name.eq_ignore_ascii_case(name) || class.id.eq_ignore_ascii_case(name)
        });
        let part = class.map_or_else(|| custom(name, label.unwrap_or(name)), part);
        ClassPart { level, ..part }
    });
    parts.collect()
}

/// Written levels are kept. Classes without a level share the remaining levels, the first ones
/// taking the remainder, as long as there is at least one level for each.
fn shares(chosen: &[&ClassChoice], level: u32) -> Vec<Option<u32>> {
    let taken = chosen.iter().filter_map(|choice| choice.level).fold(0, u32::saturating_add);
    let open = chosen.iter().filter(|choice| choice.level.is_none()).count() as u32;
    let left = level.saturating_sub(taken);
    let shared = chosen.len() > 1 && open > 0 && left >= open;
    let mut given = 0;
    let mut share = || {
        given += 1;
        left / open + u32::from(given <= left % open)
    };
    chosen.iter().map(|choice| choice.level.or_else(|| shared.then(&mut share))).collect()
}

fn derive(rules: &Ruleset, strengths: &[Strength<'_>], level: u32) -> Vec<ClassPart> {
    let mut ranked: Vec<&Strength<'_>> = strengths.iter().filter(|it| it.value > 0).collect();
    ranked.sort_by_key(|strength| std::cmp::Reverse(strength.value));
    let Some(first) = ranked.first() else { return Vec::new() };
    let strong = |strength: &&&Strength<'_>| strength.value * 4 >= first.value * 3;
    let strong: Vec<&Strength<'_>> = ranked.iter().filter(strong).copied().collect();
    if let Some(class) = class_of_several(rules, &strong) {
        return vec![part(class)];
    }
    // If no class claims an axis, the next axis decides.
    let mut found: Vec<(&Class, u32)> = Vec::new();
    for strength in &ranked {
        let class = rules.classes.iter().find(|class| class.axes == [strength.axis.id.as_str()]);
        let class = class
            .or_else(|| rules.classes.iter().find(|class| class.axes.contains(&strength.axis.id)));
        if let Some(class) = class
            && !found.iter().any(|(other, _)| other.id == class.id)
        {
            found.push((class, strength.value));
        }
    }
    match found.as_slice() {
        [(one, v1), (two, v2), ..] if *v2 * 4 >= *v1 * 3 && level >= 2 => {
            let share = u64::from(level) * u64::from(*v2) / u64::from(*v1 + *v2);
            let share = u32::try_from(share).expect("less than the level").max(1);
            vec![
                ClassPart { level: Some(level - share), ..part(one) },
                ClassPart { level: Some(share), ..part(two) },
            ]
        }
        [(one, _), ..] => vec![part(one)],
        [] => Vec::new(),
    }
}

/// A class that requires several axes, all of them strong: the one that requires the most.
fn class_of_several<'a>(rules: &'a Ruleset, strong: &[&Strength<'_>]) -> Option<&'a Class> {
    let is_strong = |axis: &String| strong.iter().any(|strength| strength.axis.id == *axis);
    let fitting = rules.classes.iter().filter(|class| {
        class.axes.len() > 1
            && class.axes.contains(&strong[0].axis.id)
            && class.axes.iter().all(is_strong)
    });
    fitting.rev().max_by_key(|class| class.axes.len())
}

fn part(class: &Class) -> ClassPart {
    ClassPart {
        id: class.id.clone(),
        name: class.name.clone(),
        role: class.role.clone(),
        level: None,
        hue: class.hue % 360,
        emblem: class.emblem.clone(),
        initial: initial(&class.name),
        description: class.description.clone(),
    }
}

/// The hue of a class that does not define one. It is computed from the name, so it is stable.
pub fn hue_of(name: &str) -> u16 {
    let digest = Digest::of_bytes(name.to_lowercase().as_bytes());
    let [high, low, ..] = *digest.as_bytes();
    u16::from_be_bytes([high, low]) % 360
}

/// A class that is not in the catalogue.
fn custom(name: &str, role: &str) -> ClassPart {
    ClassPart {
        id: slugify(name).unwrap_or_else(|| "custom".to_owned()),
        name: name.to_owned(),
        role: role.to_owned(),
        level: None,
        hue: hue_of(name),
        emblem: None,
        initial: initial(name),
        description: None,
    }
}

fn initial(name: &str) -> String {
    name.trim().chars().next().into_iter().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::radar::values::strengths;
    use crate::model::sample;

    fn line(class: &[(&str, Option<u32>)], skills: &[(&str, u32)], level: u32) -> ClassLine {
        let choice = |(class, level): &(&str, Option<u32>)| ClassChoice {
            class: (*class).to_owned(),
            level: *level,
        };
        let profile = Profile {
            class: class.iter().map(choice).collect(),
            skills: skills.iter().map(|(name, level)| sample::skill(name, *level)).collect(),
            ..Profile::default()
        };
        let rules = sample::ruleset();
        class_line(&profile, &rules, &strengths(&profile, &rules), level, &sample::wording())
    }

    #[test]
    fn written_classes_share_the_level_out() {
        let text = |class: &[(&str, Option<u32>)], level| line(class, &[], level).text;
        assert_eq!(text(&[("artificer", None)], 7), "Artificer");
        assert_eq!(
            text(&[("Artificer", Some(5)), ("Ranger", Some(2))], 7),
            "Artificer 5 / Ranger 2"
        );
        assert_eq!(text(&[("Artificer", None), ("Ranger", None)], 7), "Artificer 4 / Ranger 3");
        assert_eq!(text(&[("Artificer", Some(6)), ("Ranger", None)], 7), "Artificer 6 / Ranger 1");
        assert_eq!(text(&[("Artificer", Some(9)), ("Ranger", None)], 7), "Artificer 9 / Ranger");
        assert_eq!(text(&[("Artificer", None), ("Ranger", None)], 1), "Artificer / Ranger");
    }

    #[test]
    fn the_strongest_axis_gives_the_class() {
        let text = |skills: &[(&str, u32)], level| line(&[], skills, level).text;
        assert_eq!(text(&[("Rust", 7), ("PostgreSQL", 6)], 4), "Warden");
        assert_eq!(text(&[("Rust", 8), ("Docker", 6)], 7), "Warden 4 / Skipper 3");
        assert_eq!(text(&[("Rust", 8), ("Docker", 5)], 7), "Warden");
        assert_eq!(text(&[("Rust", 8), ("Docker", 6)], 1), "Warden");
        assert_eq!(text(&[("Rust", 8), ("HTML", 7)], 7), "Alchemist");
        assert_eq!(text(&[("Juggling", 8)], 7), "Adventurer");
    }

    #[test]
    fn hues_are_told_apart() {
        let hues = |class: &[(&str, Option<u32>)]| {
            let line = line(class, &[], 7);
            (line.hue_1, line.hue_2)
        };
        assert_eq!(hues(&[("Warden", None), ("Artificer", None)]), (185, 52));
        assert_eq!(hues(&[("Warden", None), ("Skipper", None)]), (185, 350));
        assert_eq!(hues(&[("Weaver", None)]), (340, 130));
        assert_eq!(apart(350, 10), 160);
    }

    #[test]
    fn a_class_of_ones_own_keeps_its_hue() {
        let (one, two) = (line(&[("Debugger", None)], &[], 3), line(&[("debugger", None)], &[], 9));
        assert_eq!(one.hue_1, two.hue_1);
        assert_eq!((one.parts[0].initial.as_str(), one.parts[0].emblem.as_deref()), ("D", None));
    }
}
