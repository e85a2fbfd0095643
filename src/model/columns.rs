//! The two columns of a wide sheet, balanced so that neither ends far above the other. Heights are
//! estimates in pixels at desktop width; narrower screens have one column and do not need them.

use crate::model::sheet::{EmploymentLine, PositionLine, Prose, Sheet, SkillLine};
use serde::Serialize;

/// Height of a section's heading with the space below it.
const HEADING: usize = 54;
/// Space between two sections of the story, and between two panels.
const BETWEEN: usize = 58;
const GUTTER: usize = 20;
/// Frame and heading of a panel.
const PANEL: usize = 84;
/// A line of text, and one of small print.
const LINE: usize = 25;
const SMALL: usize = 21;
/// Characters per line of the story, of the summary and of a panel.
const STORY: usize = 78;
const SUMMARY: usize = 70;
const NARROW: usize = 36;
/// How far the panels may extend below the story.
const SLACK: usize = 120;
/// A gap of this height would be noticed at once.
const MUCH: usize = 300;
/// Height of a row of skills, and of a group's heading.
const SKILL: usize = 78;
const GROUP: usize = 60;

/// The two columns of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Columns {
    /// Whether the skills are below the story, because the panels leave space for them there.
    pub skills_beside: bool,
    /// Whether the skills are below the panels, because the story extends far below them.
    pub skills_in_rail: bool,
    /// The first panel that does not fit beside the story: `balance`, `availability`, `education`,
    /// `languages`, `team`, `interests` or `following`. It and the following ones are in a row
    /// below.
    pub below: Option<&'static str>,
}

/// Balances the columns of a sheet whose prose is rendered. `team` and `following` are the numbers
/// of lines in these panels.
pub fn columns(sheet: &Sheet, team: usize, following: usize) -> Columns {
    let panels = panels(sheet, team, following);
    let rail: usize = panels.iter().map(|(_, height)| height + GUTTER).sum();
    let (story, skills, narrow) = (story(sheet), skills(sheet), narrow_skills(sheet));
    let lacking = |height: usize| story + SLACK < height;
    let first = panels.first().map_or(0, |(_, height)| *height);
    let skills_fit = lacking(rail) && story + skills <= rail + MUCH;
    let skills_beside = rail > 0 && skills > 0 && (story == 0 || skills_fit || lacking(first));
    let is_short = rail + MUCH < story && rail + narrow <= story + SLACK;
    let skills_in_rail = !skills_beside && skills > 0 && is_short;
    let story = if skills_beside { story + skills } else { story };
    let below = below(&panels, story).map(|index| panels[index].0);
    Columns { skills_beside, skills_in_rail, below }
}

/// The index of the first panel placed below the story: never the very first panel, and a short
/// panel is never alone there.
fn below(panels: &[(&'static str, usize)], story: usize) -> Option<usize> {
    let mut reached = 0;
    let first = panels.iter().position(|(_, height)| {
        reached += height + GUTTER;
        reached > story + SLACK
    })?;
    let (last, height) = panels.len().checked_sub(1).map(|last| (last, panels[last].1))?;
    match first.max(1) {
        first if first < last => Some(first),
        // The panel before it moves too, unless that is the very first.
        first if first == last && last > 1 => Some(last - 1),
        first => (first == last && height > MUCH).then_some(last),
    }
}

fn lines(letters: usize, in_a_line: usize) -> usize {
    letters.div_ceil(in_a_line).max(1)
}

fn count(text: &str) -> usize {
    text.chars().count()
}

fn prose(prose: &Option<Prose>, in_a_line: usize, line: usize) -> usize {
    let text = prose.as_ref().map(|prose| count(&prose.text)).filter(|letters| *letters > 0);
    text.map_or(0, |letters| lines(letters, in_a_line) * line)
}

fn story(sheet: &Sheet) -> usize {
    let summary = prose(&sheet.summary, SUMMARY, 31);
    let parts = [
        if summary > 0 { HEADING + summary } else { 0 },
        employers(&sheet.work),
        employers(&sheet.volunteer),
    ];
    let told = parts.into_iter().filter(|height| *height > 0);
    told.map(|height| height + BETWEEN).sum::<usize>().saturating_sub(BETWEEN)
}

fn employers(employers: &[EmploymentLine]) -> usize {
    if employers.is_empty() {
        return 0;
    }
    let employer = |line: &EmploymentLine| {
        let several = line.positions.len() > 1;
        let own = if several { 52 + 18 } else { 0 };
        own + line.positions.iter().map(|it| position(it) + 24).sum::<usize>() + 12
    };
    HEADING + employers.iter().map(employer).sum::<usize>()
}

fn position(position: &PositionLine) -> usize {
    let summary = prose(&position.summary, STORY, LINE);
    let highlight = |it: &Prose| lines(count(&it.text), STORY - 3) * LINE + 7;
    let highlights: usize = position.highlights.iter().map(highlight).sum();
    let tags: usize = position.skills.iter().map(|(name, _)| count(name) + 5).sum();
    let tags = if tags > 0 { lines(tags, 110) * 32 + 14 } else { 0 };
    52 + summary + highlights + tags + if summary > 0 { 12 } else { 0 }
}

fn skills(sheet: &Sheet) -> usize {
    let rows: usize = sheet.skills.iter().map(|group| group.skills.len()).sum();
    if rows == 0 {
        return 0;
    }
    // Two columns of groups, or of rows if there is only one group.
    HEADING + BETWEEN + 40 + (rows.div_ceil(2) * SKILL + sheet.skills.len().div_ceil(2) * GROUP)
}

/// The height of the skills in one column as narrow as a panel.
fn narrow_skills(sheet: &Sheet) -> usize {
    let keywords = |skill: &SkillLine| {
        let letters: usize = skill.keywords.iter().map(|it| count(&it.name) + 5).sum();
        if letters > 0 { lines(letters, NARROW) * 30 + 8 } else { 0 }
    };
    let rows = sheet.skills.iter().flat_map(|group| &group.skills);
    let row = |skill: &SkillLine| if skill.level.is_some() { SKILL } else { SKILL / 2 };
    let rows: usize = rows.map(|skill| row(skill) + keywords(skill)).sum();
    HEADING + BETWEEN + 40 + rows + sheet.skills.len() * GROUP
}

/// The panels that are not empty, in order, with their heights.
fn panels(sheet: &Sheet, team: usize, following: usize) -> Vec<(&'static str, usize)> {
    let panels = [
        ("balance", balance(sheet)),
        ("availability", availability(sheet)),
        ("education", education(sheet)),
        ("languages", languages(sheet)),
        ("team", team * LINE),
        ("interests", interests(sheet)),
        ("following", following * 23),
    ];
    let there = panels.into_iter().filter(|(_, height)| *height > 0);
    there.map(|(name, height)| (name, height + PANEL)).collect()
}

fn balance(sheet: &Sheet) -> usize {
    match &sheet.radar {
        Some(radar) => radar.height as usize * 294 / radar.width.max(1) as usize + 36,
        None => sheet.attributes.len() * 50,
    }
}

fn availability(sheet: &Sheet) -> usize {
    let Some(line) = &sheet.availability else { return 0 };
    let row = |text: &str| if text.is_empty() { 0 } else { lines(count(text), 20) * 23 + 13 };
    let from = line.from.as_ref().map_or(0, |date| row(&date.text));
    let button = if sheet.email_url.is_some() { 60 } else { 0 };
    from + row(&line.roles) + row(&line.places) + button
}

fn education(sheet: &Sheet) -> usize {
    let entry = |line: &crate::model::sheet::EducationLine| {
        let names = [&line.title, &line.institution].into_iter().filter(|name| !name.is_empty());
        let names: usize = names.map(|name| lines(count(name), NARROW) * 23).sum();
        let courses = count(&line.courses.join(", "));
        let courses = if courses > 0 { lines(courses, NARROW + 6) * SMALL } else { 0 };
        names + SMALL + courses + 29
    };
    sheet.education.iter().map(entry).sum::<usize>().saturating_sub(29)
}

fn languages(sheet: &Sheet) -> usize {
    let row = |line: &crate::model::sheet::LanguageLine| {
        let fluency = line.fluency.as_deref().map_or(0, count);
        lines(count(&line.language) + fluency + 2, NARROW) * 23
    };
    sheet.languages.iter().map(row).sum()
}

fn interests(sheet: &Sheet) -> usize {
    let row = |line: &crate::model::sheet::InterestLine| {
        lines(count(&line.name) + count(&line.keywords.join(", ")) + 2, NARROW - 4) * 23 + 13
    };
    sheet.interests.iter().map(row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::derive::sheet;
    use crate::model::profile::Profile;
    use crate::model::sample;
    use crate::model::sheet::{EducationLine, InterestLine, LanguageLine};

    fn with(skills: &[(&str, u32)]) -> Sheet {
        let skills = skills.iter().map(|(name, level)| sample::skill(name, *level)).collect();
        let profile = Profile { skills, ..Profile::default() };
        sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording())
    }

    fn add_panels(sheet: &mut Sheet) {
        let school = EducationLine {
            institution: "University".to_owned(),
            url: None,
            title: "BSc".to_owned(),
            when: crate::model::sheet::When::default(),
            score: None,
            courses: Vec::new(),
        };
        sheet.education = vec![school; 4];
        sheet.languages = vec![LanguageLine { language: "English".to_owned(), fluency: None }];
        sheet.interests =
            vec![InterestLine { name: "Chess".to_owned(), keywords: Vec::new(), off_paper: false }];
    }

    fn told(letters: usize) -> Option<Prose> {
        let text = "x".repeat(letters);
        Some(Prose { html: text.clone(), text, ..Prose::default() })
    }

    #[test]
    fn an_empty_sheet_has_no_columns() {
        assert_eq!(columns(&Sheet::default(), 0, 0), Columns::default());
    }

    #[test]
    fn few_skills_stand_beside_the_panels() {
        let mut sheet = with(&[("Rust", 7), ("PostgreSQL", 6)]);
        assert!(columns(&sheet, 0, 0).skills_beside);
        add_panels(&mut sheet);
        sheet.summary = told(200);
        assert!(columns(&sheet, 0, 0).skills_beside, "there is room under a short summary");
        sheet.summary = told(4000);
        let columns = columns(&sheet, 0, 0);
        assert!(!columns.skills_beside && columns.below.is_none());
    }

    #[test]
    fn skills_fill_the_space_below_panels_that_end_far_above_the_story() {
        let mut sheet = with(&[("Rust", 7), ("PostgreSQL", 6)]);
        add_panels(&mut sheet);
        sheet.summary = told(4000);
        assert!(columns(&sheet, 0, 0).skills_in_rail);
        sheet.summary = told(2000);
        assert!(!columns(&sheet, 0, 0).skills_in_rail, "the panels end where the story does");
        let many: Vec<(String, u32)> = (0..40).map(|it| (format!("Skill {it}"), 5)).collect();
        let many: Vec<(&str, u32)> = many.iter().map(|(name, level)| (&**name, *level)).collect();
        let mut sheet = with(&many);
        sheet.summary = told(4000);
        assert!(!columns(&sheet, 0, 0).skills_in_rail, "they would extend far below it");
    }

    #[test]
    fn panels_without_room_beside_the_story_stand_below_it() {
        let mut sheet = with(&[]);
        add_panels(&mut sheet);
        sheet.summary = told(900);
        assert_eq!(columns(&sheet, 0, 0).below, Some("languages"));
        sheet.summary = told(1100);
        assert_eq!(columns(&sheet, 0, 0).below, Some("languages"), "two of them, not one alone");
        sheet.summary = told(2000);
        assert_eq!(columns(&sheet, 0, 0).below, None);
        assert_eq!(below(&[("education", 500), ("languages", 120)], 100), None);
        assert_eq!(below(&[("education", 500), ("languages", 420)], 100), Some(1));
        assert_eq!(below(&[("balance", 400)], 0), None);
    }
}
