//! Work and volunteering: employers with all their positions, newest first.

use crate::model::catalogue::mentions;
use crate::model::date::{DateOrText, known};
use crate::model::link;
use crate::model::opening::months_of_work;
use crate::model::profile::{Employment, Position, Profile};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::{EmploymentLine, PositionLine, Prose};
use crate::model::when::{recency_key, when};
use crate::model::wording::Wording;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// One position with its employer, used while sorting.
struct Held<'a> {
    employer: &'a Employment,
    position: &'a Position,
}

/// Published employers, newest first. Consecutive entries that name the same company are one
/// employer with promotions, whether they were written under one `positions:` or one by one, as
/// JSON Resume does.
pub fn employers(
    entries: &[Employment],
    profile: &Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> Vec<EmploymentLine> {
    let blank = Position::default();
    let mut held: Vec<Held<'_>> = Vec::new();
    for employer in entries.iter().filter(|entry| !entry.private) {
        let published = employer.positions.iter().filter(|position| !position.private);
        held.extend(published.map(|position| Held { employer, position }));
        if employer.positions.is_empty() {
            held.push(Held { employer, position: &blank });
        }
    }
    held.sort_by_key(|held| Reverse(recency_key(&held.position.start, &held.position.end)));
    let stretches = held.chunk_by(|one, other| is_same(one.employer, other.employer));
    let lines = stretches.map(|positions| employer(positions, profile, rules, today, wording));
    lines.filter(is_said).collect()
}

/// Whether the entry has anything to show: it may hold only private or unknown fields.
fn is_said(line: &EmploymentLine) -> bool {
    let facts = [&line.location, &line.description];
    !line.name.is_empty() || !line.positions.is_empty() || facts.into_iter().any(Option::is_some)
}

fn is_same(one: &Employment, other: &Employment) -> bool {
    let key = |entry: &Employment| {
        let name = entry.name.as_deref().unwrap_or("").trim().to_lowercase();
        Some(name).filter(|name| !name.is_empty())
    };
    std::ptr::eq(one, other) || key(one).is_some_and(|name| key(other) == Some(name))
}

fn employer(
    held: &[Held<'_>],
    profile: &Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> EmploymentLine {
    let entries = || held.iter().map(|held| held.employer);
    let first = |field: fn(&Employment) -> &Option<String>| {
        entries().find_map(|entry| field(entry).clone())
    };
    let (start, end) = stretch(held);
    let blank = Position::default();
    let positions = held.iter().map(|held| held.position).filter(|position| **position != blank);
    let url = entries().find_map(|entry| link::safe(entry.url.as_deref()?));
    EmploymentLine {
        name: first(|entry| &entry.name)
            .or_else(|| url.as_deref().map(link::spoken))
            .unwrap_or_default(),
        url,
        location: first(|entry| &entry.location),
        description: first(|entry| &entry.description),
        when: when(&start, &end, today, wording),
        positions: positions
            .map(|written| position(written, profile, rules, today, wording))
            .collect(),
        off_paper: false,
    }
}

/// From the first start to the last end; `held` is sorted newest first.
fn stretch(held: &[Held<'_>]) -> (Option<DateOrText>, Option<DateOrText>) {
    let (first, last) = (&held[held.len() - 1].position.start, &held[0].position.end);
    let starts = held.iter().filter_map(|held| known(&held.position.start));
    let start = starts.min().map(DateOrText::from).or_else(|| first.clone());
    if held.iter().any(|held| held.position.start.is_some() && held.position.end.is_none()) {
        return (start, None);
    }
    if let Some(DateOrText::Text(_)) = last {
        return (start, last.clone());
    }
    let ends = held.iter().filter_map(|held| known(&held.position.end));
    (start, ends.max().map(DateOrText::from))
}

fn position(
    position: &Position,
    profile: &Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> PositionLine {
    PositionLine {
        title: position.title.clone().unwrap_or_default(),
        when: when(&position.start, &position.end, today, wording),
        summary: position.summary.clone().map(Prose::new),
        highlights: position.highlights.iter().cloned().map(Prose::line).collect(),
        skills: mentions(profile, rules, &position.skills),
        highlights_on_paper: position.highlights.len(),
        off_paper: false,
    }
}

/// `12 years, 3 companies`: whole years of published work, overlaps counted once. Empty without
/// work.
pub fn experience(profile: &Profile, today: Date, wording: &Wording) -> String {
    let published = profile.work.iter().filter(|entry| !entry.private);
    let names = published.filter_map(|entry| entry.name.as_deref());
    let companies: BTreeSet<String> = names.map(|name| name.trim().to_lowercase()).collect();
    let years = months_of_work(profile, today).years();
    let parts = [(years, &wording.count_years), (companies.len(), &wording.count_companies)];
    let counted = parts.into_iter().filter(|(number, _)| *number > 0);
    wording.joined(counted.map(|(number, forms)| wording.count(forms, number)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    fn lines(work: &[Employment]) -> Vec<EmploymentLine> {
        employers(work, &sample::full(), &sample::ruleset(), sample::today(), &sample::wording())
    }

    #[test]
    fn promotions_are_one_employer() {
        let lines = lines(&sample::full().work);
        let told: Vec<_> = lines
            .iter()
            .map(|line| (&*line.name, &*line.when.text, line.positions.len()))
            .collect();
        let expected = [
            ("Nimbus Storage", "May 2021 \u{2013} present", 2),
            ("Brook & Co", "Sep 2016 \u{2013} Apr 2021", 1),
        ];
        assert_eq!(told, expected);
        assert_eq!(lines[0].positions[0].title, "Staff Engineer");
        assert_eq!(lines[1].when.length, "4 years 8 months");
    }

    #[test]
    fn a_return_is_a_new_chapter() {
        let job = |name: &str, start: &str, end: &str| Employment {
            name: Some(name.to_owned()),
            positions: vec![Position {
                start: sample::on(start),
                end: sample::on(end),
                ..Position::default()
            }],
            ..Employment::default()
        };
        let work = [job("A", "2010", "2012"), job("A", "2020", ""), job("B", "2012", "2020")];
        let names: Vec<_> = lines(&work).into_iter().map(|line| line.name).collect();
        assert_eq!(names, ["A", "B", "A"]);
    }

    #[test]
    fn private_positions_and_skills_are_left_out() {
        let mut work = sample::full().work;
        work[0].positions[0].private = true;
        let lines = lines(&work);
        assert_eq!(lines[0].positions.len(), 1);
        assert_eq!(lines[0].positions[0].skills, [("Rust".to_owned(), "rust".to_owned())]);
        assert!(!format!("{lines:?}").contains("Secret"));
        work[0].positions.clear();
        assert_eq!(self::lines(&work[..1])[0].positions, []);
    }

    #[test]
    fn experience_counts_years_and_companies() {
        let told = |profile: &Profile| experience(profile, sample::today(), &sample::wording());
        assert_eq!(told(&sample::full()), "9 years, 2 companies");
        assert_eq!(told(&sample::smallest()), "");
    }
}
