//! The timeline: levels, work (including volunteering), education, projects, honours, publications,
//! badges, quests and stages of journeys, newest first. Future events are left out.

use crate::model::date::{PartialDate, known};
use crate::model::ledger::Ledger;
use crate::model::link;
use crate::model::profile::{Employment, Profile, QuestStatus, StageStatus};
use crate::model::record;
use crate::model::sheet::Moment;
use crate::model::when::date_text;
use crate::model::wording::Wording;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Collects the moments before they are sorted.
struct Moments<'a> {
    today: Date,
    wording: &'a Wording,
    found: Vec<(PartialDate, Moment)>,
}

impl Moments<'_> {
    fn add(
        &mut self,
        kind: &'static str,
        date: Option<PartialDate>,
        title: Option<&str>,
        text: Option<&str>,
        url: Option<&str>,
    ) {
        let (Some(date), Some(title)) = (date, title) else { return };
        if date.earliest() <= self.today {
            let moment = Moment {
                date: date_text(&date.into(), self.wording),
                kind,
                title: title.to_owned(),
                text: text.map(str::to_owned),
                url: url.and_then(link::safe),
            };
            self.found.push((date, moment));
        }
    }
}

/// The moments from a profile's published entries and its ledger.
pub fn timeline(profile: &Profile, ledger: &Ledger, today: Date, wording: &Wording) -> Vec<Moment> {
    let mut moments = Moments { today, wording, found: Vec::new() };
    for (date, level) in &ledger.level_ups {
        let title = wording.level_of.fill(&[("level", &level.to_string())]);
        moments.add("level", Some((*date).into()), Some(&title), None, None);
    }
    positions(&mut moments, &profile.work);
    positions(&mut moments, &profile.volunteer);
    papers(&mut moments, profile);
    awarded(&mut moments, profile);
    // Newest first; within one day in the order added, with levels first.
    moments.found.sort_by_key(|(date, _)| Reverse(*date));
    moments.found.into_iter().map(|(_, moment)| moment).collect()
}

fn positions(moments: &mut Moments<'_>, entries: &[Employment]) {
    for entry in entries.iter().filter(|entry| !entry.private) {
        for position in entry.positions.iter().filter(|position| !position.private) {
            let (title, name) = (position.title.as_deref(), entry.name.as_deref());
            let text = title.and(name);
            moments.add("work", known(&position.start), title.or(name), text, entry.url.as_deref());
        }
    }
}

fn papers(moments: &mut Moments<'_>, profile: &Profile) {
    for entry in profile.education.iter().filter(|entry| !entry.private) {
        let title = [entry.study_type.as_deref(), entry.area.as_deref()];
        let title = title.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let title = Some(title.as_str()).filter(|title| !title.is_empty());
        let school = entry.institution.as_deref();
        moments.add(
            "education",
            known(&entry.end),
            title.or(school),
            title.and(school),
            entry.url.as_deref(),
        );
    }
    for entry in profile.shown_projects() {
        let date = known(&entry.start).or(known(&entry.end));
        moments.add(
            "project",
            date,
            entry.name.as_deref(),
            entry.entity.as_deref(),
            entry.url.as_deref(),
        );
    }
    for entry in profile.publications.iter().filter(|entry| !entry.private) {
        let (name, by) = (entry.name.as_deref(), entry.publisher.as_deref());
        moments.add("publication", known(&entry.date), name, by, entry.url.as_deref());
    }
}

fn awarded(moments: &mut Moments<'_>, profile: &Profile) {
    for entry in profile.certificates.iter().filter(|entry| !entry.private) {
        let (name, by) = (entry.name.as_deref(), entry.issuer.as_deref());
        moments.add("honour", known(&entry.date), name, by, entry.url.as_deref());
    }
    for entry in profile.awards.iter().filter(|entry| !entry.private) {
        let (title, by) = (entry.title.as_deref(), entry.awarder.as_deref());
        moments.add("honour", known(&entry.date), title, by, entry.url.as_deref());
    }
    for entry in profile.badges.iter().filter(|entry| !entry.private) {
        let name = record::name_of(&entry.badge);
        let date = entry.date.map(PartialDate::from);
        moments.add("badge", date, Some(&name), None, entry.evidence.as_deref());
    }
    let passed = profile.quests.iter().filter(|entry| entry.status == QuestStatus::Passed);
    for entry in passed.filter(|entry| !entry.private) {
        let name = record::name_of(&entry.quest);
        let date = entry.date.map(PartialDate::from);
        moments.add("quest", date, Some(&name), None, entry.evidence.as_deref());
    }
    for journey in profile.journeys.iter().filter(|journey| !journey.private) {
        let come = journey.stages.iter().filter(|stage| stage.status != StageStatus::Planned);
        for stage in come {
            moments.add("stage", known(&stage.date), Some(&stage.name), Some(&journey.name), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ledger, sample};

    #[test]
    fn the_newest_comes_first_and_the_future_not_at_all() {
        let (profile, rules) = (sample::full(), sample::ruleset());
        let ledger = ledger::replay(&profile, &rules, sample::today());
        let moments = timeline(&profile, &ledger, sample::today(), &sample::wording());
        let told: Vec<_> = moments.iter().map(|it| (&*it.date.iso, it.kind, &*it.title)).collect();
        let expected = [
            ("2026-03-20", "quest", "Lru cache"),
            ("2026-02-11", "level", "Level 9"),
            ("2025-10-04", "badge", "Conference speaker"),
            ("2024-01", "work", "Staff Engineer"),
            ("2021-05", "work", "Senior Engineer"),
            ("2020-11-02", "stage", "Applied"),
            ("2016-09", "work", "Engineer"),
            ("2016", "education", "BSc Computer Science"),
        ];
        assert_eq!(told, expected);
    }
}
