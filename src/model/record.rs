//! What is on record: the latest deeds, attempts at quests, badges.

use crate::model::catalogue::mention;
use crate::model::link;
use crate::model::number::signed;
use crate::model::profile::{Deed, Profile, QuestStatus};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::{BadgeLine, DeedLine, Prose, QuestLine};
use crate::model::when::date_text;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Deeds on the sheet: the latest.
const MOST_DEEDS: usize = 20;

/// The latest published deeds up to today, the newest first; of one day, the last written first.
pub fn deeds(profile: &Profile, rules: &Ruleset, today: Date) -> Vec<DeedLine> {
    let published = profile.log.iter().filter(|deed| !deed.private && deed.date <= today);
    let mut deeds: Vec<&Deed> = published.collect();
    deeds.reverse();
    deeds.sort_by_key(|deed| Reverse(deed.date));
    let line = |deed: &Deed| DeedLine {
        date: date_text(&deed.date.into()),
        xp: signed(deed.xp),
        reason: deed.reason.clone().map(Prose::line),
        skill: deed.skill.as_deref().and_then(|slug| mention(profile, rules, slug)),
        evidence: deed.evidence.as_deref().and_then(link::safe),
    };
    deeds.into_iter().take(MOST_DEEDS).map(line).collect()
}

/// Published attempts at quests, the newest first, those without a day on top: they are open.
pub fn quests(profile: &Profile) -> Vec<QuestLine> {
    let mut entries: Vec<_> = profile.quests.iter().filter(|entry| !entry.private).collect();
    entries.sort_by_key(|entry| (entry.date.is_some(), Reverse(entry.date)));
    let line = |entry: &crate::model::profile::QuestEntry| QuestLine {
        slug: entry.quest.clone(),
        name: name_of(&entry.quest),
        status: match entry.status {
            QuestStatus::Accepted => "accepted",
            QuestStatus::Submitted => "submitted",
            QuestStatus::Passed => "passed",
            QuestStatus::Failed => "failed",
        }
        .to_owned(),
        date: entry.date.map(|date| date_text(&date.into())),
        score: entry.score,
        evidence: entry.evidence.as_deref().and_then(link::safe),
    };
    entries.into_iter().map(line).collect()
}

/// Published badges awarded by hand, the newest first.
pub fn badges(profile: &Profile) -> Vec<BadgeLine> {
    let mut entries: Vec<_> = profile.badges.iter().filter(|entry| !entry.private).collect();
    entries.sort_by_key(|entry| Reverse(entry.date));
    let line = |entry: &crate::model::profile::BadgeEntry| BadgeLine {
        slug: entry.badge.clone(),
        name: name_of(&entry.badge),
        date: entry.date.map(|date| date_text(&date.into())),
        evidence: entry.evidence.as_deref().and_then(link::safe),
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
        let deeds = deeds(&sample::full(), &sample::ruleset(), sample::today());
        let told: Vec<_> = deeds.iter().map(|deed| (&*deed.date.iso, &*deed.xp)).collect();
        assert_eq!(told, [("2026-03-01", "\u{2212}40"), ("2026-02-11", "+1,500")]);
        assert_eq!(deeds[0].skill, Some(("Rust".to_owned(), "rust".to_owned())));
    }

    #[test]
    fn names_come_from_slugs() {
        let (profile, speaker) = (sample::full(), "Conference speaker");
        assert_eq!(badges(&profile)[0].name, speaker);
        assert_eq!((quests(&profile)[0].name.as_str(), quests(&profile)[0].status.as_str()), {
            ("Lru cache", "passed")
        });
    }
}
