//! The record: the latest deeds, attempts at quests, and badges.

use crate::model::catalogue::mention;
use crate::model::link;
use crate::model::profile::{Deed, Profile, QuestEntry, QuestStatus};
use crate::model::ruleset::{Attempts, Ruleset};
use crate::model::sheet::{BadgeLine, DeedLine, Prose, QuestLine};
use crate::model::when::date_text;
use crate::model::wording::Wording;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The maximum number of deeds on a sheet.
const MOST_DEEDS: usize = 20;

/// The latest published deeds up to today, newest first; within one day, the last written first.
pub fn deeds(profile: &Profile, rules: &Ruleset, today: Date, wording: &Wording) -> Vec<DeedLine> {
    let published = profile.log.iter().filter(|deed| !deed.private && deed.date <= today);
    let mut deeds: Vec<&Deed> = published.collect();
    deeds.reverse();
    deeds.sort_by_key(|deed| Reverse(deed.date));
    let line = |deed: &Deed| DeedLine {
        date: date_text(&deed.date.into(), wording),
        xp: wording.signed(deed.xp),
        reason: deed.reason.clone().map(Prose::line),
        skill: deed.skill.as_deref().and_then(|slug| mention(profile, rules, slug)),
        evidence: deed.evidence.as_deref().and_then(link::safe),
    };
    deeds.into_iter().take(MOST_DEEDS).map(line).collect()
}

/// Published attempts at quests, newest first; those without a date come first, because they are
/// open.
pub fn quests(profile: &Profile, wording: &Wording) -> Vec<QuestLine> {
    let mut entries: Vec<_> = profile.quests.iter().filter(|entry| !entry.private).collect();
    entries.sort_by_key(|entry| (entry.date.is_some(), Reverse(entry.date)));
    let line = |entry: &QuestEntry| QuestLine {
        slug: entry.quest.clone(),
        name: name_of(&entry.quest),
        status: match entry.status {
            QuestStatus::Accepted => "accepted",
            QuestStatus::Submitted => "submitted",
            QuestStatus::Passed => "passed",
            QuestStatus::Failed => "failed",
        }
        .to_owned(),
        date: entry.date.map(|date| date_text(&date.into(), wording)),
        score: entry.score,
        evidence: entry.evidence.as_deref().and_then(link::safe),
    };
    entries.into_iter().map(line).collect()
}

/// The number of quests passed, counting the attempts that the rules count.
pub fn passed(profile: &Profile, rules: &Ruleset) -> usize {
    let mut attempts: BTreeMap<&str, Vec<&QuestEntry>> = BTreeMap::new();
    for entry in profile.quests.iter().filter(|entry| !entry.private) {
        attempts.entry(&entry.quest).or_default().push(entry);
    }
    let is_passed = |entry: &&&QuestEntry| entry.status == QuestStatus::Passed;
    let count = |attempts: &Vec<&QuestEntry>| match rules.attempts {
        Attempts::Every => attempts.iter().filter(is_passed).count(),
        Attempts::Best => usize::from(attempts.iter().any(|it| is_passed(&it))),
        // An attempt without a date is still open.
        Attempts::First => {
            let first = attempts.iter().min_by_key(|entry| (entry.date.is_none(), entry.date));
            usize::from(first.is_some_and(|it| is_passed(&it)))
        }
    };
    attempts.values().map(count).sum()
}

/// Published badges awarded by hand, newest first.
pub fn badges(profile: &Profile, wording: &Wording) -> Vec<BadgeLine> {
    let mut entries: Vec<_> = profile.badges.iter().filter(|entry| !entry.private).collect();
    entries.sort_by_key(|entry| Reverse(entry.date));
    let line = |entry: &crate::model::profile::BadgeEntry| BadgeLine {
        slug: entry.badge.clone(),
        name: name_of(&entry.badge),
        date: entry.date.map(|date| date_text(&date.into(), wording)),
        evidence: entry.evidence.as_deref().and_then(link::safe),
        off_paper: false,
    };
    entries.into_iter().map(line).collect()
}

/// `conference-speaker` → `Conference speaker`.
pub fn name_of(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;

    #[test]
    fn deeds_are_told_from_the_latest() {
        let (rules, wording) = (sample::ruleset(), sample::wording());
        let deeds = deeds(&sample::full(), &rules, sample::today(), &wording);
        let told: Vec<_> = deeds.iter().map(|deed| (&*deed.date.iso, &*deed.xp)).collect();
        assert_eq!(told, [("2026-03-01", "\u{2212}40"), ("2026-02-11", "+1,500")]);
        assert_eq!(deeds[0].skill, Some(("Rust".to_owned(), "rust".to_owned())));
    }

    #[test]
    fn names_come_from_slugs() {
        let (profile, wording) = (sample::full(), sample::wording());
        assert_eq!(badges(&profile, &wording)[0].name, "Conference speaker");
        let quest = &quests(&profile, &wording)[0];
        assert_eq!((quest.name.as_str(), quest.status.as_str()), ("Lru cache", "passed"));
    }

    #[test]
    fn attempts_at_one_quest_count_as_the_rules_say() {
        let attempt = |quest: &str, day: i8, status| QuestEntry {
            quest: quest.to_owned(),
            status,
            date: (day > 0).then(|| jiff::civil::date(2026, 1, day)),
            score: None,
            evidence: None,
            private: false,
        };
        let quests = vec![
            attempt("a", 3, QuestStatus::Passed),
            attempt("a", 2, QuestStatus::Passed),
            attempt("a", 1, QuestStatus::Failed),
            attempt("b", 1, QuestStatus::Passed),
            attempt("b", 0, QuestStatus::Accepted),
            attempt("c", 1, QuestStatus::Submitted),
        ];
        let profile = Profile { quests, ..Profile::default() };
        let count = |attempts| passed(&profile, &Ruleset { attempts, ..sample::ruleset() });
        assert_eq!([Attempts::Best, Attempts::First, Attempts::Every].map(count), [2, 1, 3]);
    }
}
