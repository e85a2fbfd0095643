//! All members of a guild in short form: rows for the hall, who covers which axis, totals.

use crate::model::ruleset::{Axis, Ruleset};
use crate::model::sheet::{Attribute, ClassLine, Level, Sheet};
use crate::model::wording::Wording;
use serde::Serialize;
use std::collections::BTreeSet;

/// The number of skills listed with a member.
const TOP_SKILLS: usize = 3;

/// A member in a list of people. Its URL and picture are added by `plan`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// ada
    pub slug: String,
    /// Ada Okafor
    pub name: String,
    /// Backend Engineer
    pub label: Option<String>,
    /// AO
    pub initials: String,
    /// Class line and colours.
    pub class: ClassLine,
    /// Level and XP.
    pub level: Level,
    /// As on the sheet.
    pub attributes: Vec<Attribute>,
    /// As on the sheet.
    pub areas: Vec<Attribute>,
    /// The strongest skills, at most three.
    pub top_skills: Vec<TopSkill>,
    /// The party they belong to.
    pub party: Option<String>,
    /// The number of published quests passed.
    pub quests: usize,
    /// The number of published badges.
    pub badges: usize,
}

/// A skill listed with a member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopSkill {
    /// Rust
    pub name: String,
    /// rust
    pub slug: String,
    /// 8
    pub level: u32,
}

/// A member in short form. `party` is passed in, because `guild.yaml` may also assign it.
pub fn row(sheet: &Sheet, party: Option<String>) -> Row {
    let lines = sheet.skills.iter().flat_map(|group| &group.skills);
    let mut skills: Vec<TopSkill> = lines
        .filter_map(|line| {
            let level = line.level.filter(|level| *level > 0)?;
            Some(TopSkill { name: line.name.clone(), slug: line.slug.clone(), level })
        })
        .collect();
    skills.sort_by_key(|skill| std::cmp::Reverse(skill.level));
    skills.truncate(TOP_SKILLS);
    Row {
        slug: sheet.slug.clone(),
        name: sheet.name.clone(),
        label: sheet.label.clone(),
        initials: sheet.initials.clone(),
        class: sheet.class.clone(),
        level: sheet.level.clone(),
        attributes: sheet.attributes.clone(),
        areas: sheet.areas.clone(),
        top_skills: skills,
        party,
        quests: sheet.quests_passed,
        badges: sheet.badges.len(),
    }
}

/// Members × axes: who covers which.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// The columns: the axes of the rules on which somebody has a level.
    pub axes: Vec<CoverageAxis>,
    /// `10`: the end of the scale.
    pub max: u32,
    /// `9`: the lowest value that counts as strong, in the highest fifth of the scale.
    pub strong: u32,
    /// One for each member, in the order of the rows.
    pub rows: Vec<CoverageRow>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageAxis {
    /// backend
    pub id: String,
    /// Backend
    pub name: String,
    /// The highest value of the column.
    pub best: u32,
}

/// One member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CoverageRow {
    /// ada
    pub slug: String,
    /// Ada Okafor
    pub name: String,
    /// One for each column.
    pub values: Vec<CoverageCell>,
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CoverageCell {
    /// 0 to max.
    pub value: u32,
    /// Whether it is the highest in its column, and not zero.
    pub best: bool,
    /// Whether it is in the highest fifth of the scale (9 and 10 of 10): at least `strong`.
    pub strong: bool,
}

/// The coverage table; empty if nobody has a level on any axis.
pub fn coverage(rows: &[Row], rules: &Ruleset) -> Coverage {
    let value =
        |row: &Row, id: &str| row.areas.iter().find(|it| it.id == id).map_or(0, |it| it.value);
    let column = |axis: &Axis| {
        let best = rows.iter().map(|row| value(row, &axis.id)).max().filter(|best| *best > 0)?;
        Some(CoverageAxis { id: axis.id.clone(), name: axis.name.clone(), best })
    };
    let axes: Vec<CoverageAxis> = rules.radar.axes.iter().filter_map(column).collect();
    if axes.is_empty() {
        return Coverage::default();
    }
    let max = rules.skills.max;
    let strong = u32::try_from(u64::from(max) * 8 / 10 + 1).unwrap_or(max);
    let cell = |row: &Row, axis: &CoverageAxis| {
        let value = value(row, &axis.id);
        CoverageCell { value, best: value > 0 && value == axis.best, strong: value >= strong }
    };
    let line = |row: &Row| CoverageRow {
        slug: row.slug.clone(),
        name: row.name.clone(),
        values: axes.iter().map(|axis| cell(row, axis)).collect(),
    };
    Coverage { rows: rows.iter().map(line).collect(), axes, max, strong }
}

/// The guild's totals.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// The number of members.
    pub members: usize,
    /// XP of all members.
    pub xp: i64,
    /// `142,300`
    pub xp_text: String,
    /// Levels of all members, added up.
    pub level: u64,
    /// `64`
    pub level_text: String,
    /// The highest level.
    pub top_level: u32,
    /// The number of different skills in which somebody has a level.
    pub skills: usize,
    /// The number of quests passed.
    pub quests: usize,
    /// The number of badges.
    pub badges: usize,
}

/// The guild's totals, from its sheets.
pub fn totals<'a>(sheets: impl IntoIterator<Item = &'a Sheet>, wording: &Wording) -> Totals {
    let mut totals = Totals::default();
    let mut skills: BTreeSet<&str> = BTreeSet::new();
    for sheet in sheets {
        totals.members += 1;
        totals.xp = totals.xp.saturating_add(sheet.level.xp);
        totals.level += u64::from(sheet.level.number);
        totals.top_level = totals.top_level.max(sheet.level.number);
        totals.quests += sheet.quests_passed;
        totals.badges += sheet.badges.len();
        let lines = sheet.skills.iter().flat_map(|group| &group.skills);
        skills.extend(lines.filter(|line| line.level > Some(0)).map(|line| &*line.slug));
    }
    totals.skills = skills.len();
    totals.xp_text = wording.number(totals.xp);
    totals.level_text = wording.number(i64::try_from(totals.level).unwrap_or(i64::MAX));
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::collation::key;
    use crate::model::derive::sheet;
    use crate::model::profile::Profile;
    use crate::model::sample;

    fn member(slug: &str, name: &str, skills: &[(&str, u32)]) -> Sheet {
        let profile = Profile {
            slug: slug.to_owned(),
            name: name.to_owned(),
            skills: skills.iter().map(|(name, level)| sample::skill(name, *level)).collect(),
            ..Profile::default()
        };
        sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording())
    }

    fn guild() -> Vec<Sheet> {
        vec![
            member("lin", "Lin", &[]),
            member("zoe", "zoë", &[("HTML", 9), ("Rust", 2)]),
            member("ada", "Ada", &[("Rust", 7), ("PostgreSQL", 6), ("Go", 8), ("Docker", 3)]),
            member("ake", "Åke", &[("Docker", 3)]),
        ]
    }

    #[test]
    fn members_stand_by_name_with_their_best_skills() {
        let party = |slug: &str| (slug == "ada").then(|| "storage".to_owned());
        let mut rows: Vec<Row> = guild().iter().map(|it| row(it, party(&it.slug))).collect();
        rows.sort_by_cached_key(|row| key(&row.name, "en"));
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Ada", "Åke", "Lin", "zoë"]);
        let skills: Vec<_> = rows[0].top_skills.iter().map(|it| (&*it.slug, it.level)).collect();
        assert_eq!(skills, [("go", 8), ("rust", 7), ("postgresql", 6)]);
        assert_eq!(rows[0].party.as_deref(), Some("storage"));
    }

    #[test]
    fn coverage_shows_the_best_of_each_column() {
        let mut rows: Vec<Row> = guild().iter().map(|sheet| row(sheet, None)).collect();
        rows.sort_by_cached_key(|row| key(&row.name, "en"));
        let coverage = coverage(&rows, &sample::ruleset());
        let columns: Vec<_> = coverage.axes.iter().map(|it| (&*it.id, it.best)).collect();
        assert_eq!(columns, [("frontend", 9), ("backend", 8), ("cloud", 3)]);
        assert_eq!((coverage.max, coverage.strong), (10, 9));
        let marks = |row: usize| -> Vec<(u32, bool, bool)> {
            let cells = coverage.rows[row].values.iter();
            cells.map(|cell| (cell.value, cell.best, cell.strong)).collect()
        };
        assert_eq!(marks(0)[..3], [(0, false, false), (8, true, false), (3, true, false)]);
        assert_eq!(marks(1)[2], (3, true, false));
        assert_eq!(marks(2), [(0, false, false); 3]);
        assert_eq!(marks(3)[0], (9, true, true));
        assert_eq!(super::coverage(&[], &sample::ruleset()), Coverage::default());
    }

    #[test]
    fn what_is_strong_follows_the_scale() {
        for (max, strong) in [(1, 1), (2, 2), (3, 3), (5, 5), (6, 5), (10, 9), (20, 17), (100, 81)]
        {
            let mut rules = sample::ruleset();
            rules.skills.max = max;
            let profile =
                Profile { skills: vec![sample::skill("Rust", max)], ..Profile::default() };
            let rows = [row(&sheet(&profile, &rules, sample::today(), &sample::wording()), None)];
            let coverage = coverage(&rows, &rules);
            assert_eq!((coverage.max, coverage.strong), (max, strong));
            assert!(coverage.rows[0].values[0].strong, "{max}");
        }
    }

    #[test]
    fn a_guild_adds_up() {
        let totals = totals(&guild(), &sample::wording());
        assert_eq!((totals.members, totals.skills, totals.xp), (4, 5, 3800));
        assert_eq!((totals.level_text.as_str(), totals.top_level), ("12", 5));
    }
}
