//! The replay: opening balance, then every deed in order of date, up to today. Totals are never
//! stored, so they cannot go stale, and a level-up has the date on which it really happened.

use crate::model::number::percent;
use crate::model::opening::{balance, clamped};
use crate::model::profile::{Deed, Profile};
use crate::model::ruleset::{Curve, Ruleset};
use crate::model::sheet::Level;
use crate::model::when::date_text;
use crate::model::wording::Wording;
use jiff::civil::Date;

/// The result of the replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger {
    /// XP before the first deed.
    pub opening: i64,
    /// XP of the deeds.
    pub earned: i64,
    /// Levels first reached through a deed, oldest first; if several were reached on one day, the
    /// highest.
    pub level_ups: Vec<(Date, u32)>,
    /// The first day on which today's XP was reached; `None` if the opening balance already reached
    /// it.
    pub reached: Option<Date>,
}

impl Ledger {
    /// Total XP.
    pub fn xp(&self) -> i64 {
        self.opening.saturating_add(self.earned)
    }
}

/// Replays a profile's ledger. Deeds after `today` do not count yet.
pub fn replay(profile: &Profile, rules: &Ruleset, today: Date) -> Ledger {
    let opening = balance(profile, rules, today);
    let mut deeds: Vec<&Deed> = profile.log.iter().filter(|deed| deed.date <= today).collect();
    deeds.sort_by_key(|deed| deed.date);

    let mut days: Vec<(Date, i64)> = Vec::new();
    let mut sum = i128::from(opening);
    for day in deeds.chunk_by(|one, other| one.date == other.date) {
        sum += day.iter().map(|deed| i128::from(deed.xp)).sum::<i128>();
        days.push((day[0].date, clamped(sum)));
    }
    let xp = days.last().map_or(opening, |(_, xp)| *xp);
    let first_reached = || days.iter().find(|(_, sum)| *sum >= xp).map(|(date, _)| *date);
    Ledger {
        opening,
        earned: clamped(i128::from(xp) - i128::from(opening)),
        level_ups: level_ups(&rules.levels, opening, &days),
        reached: if opening >= xp { None } else { first_reached() },
    }
}

fn level_ups(curve: &Curve, opening: i64, days: &[(Date, i64)]) -> Vec<(Date, u32)> {
    let mut highest = curve.level_of(opening);
    let mut level_ups = Vec::new();
    for (date, xp) in days {
        let level = curve.level_of(*xp);
        if level > highest {
            highest = level;
            level_ups.push((*date, level));
        }
    }
    level_ups
}

/// The level with its bar, ready to print.
pub fn level(curve: &Curve, ledger: &Ledger, wording: &Wording) -> Level {
    let xp = ledger.xp();
    let number = curve.level_of(xp);
    let floor = curve.floor_of(number).unwrap_or(0);
    let next = number.checked_add(1).and_then(|next| curve.floor_of(next));
    let gained = xp.saturating_sub(floor).max(0);
    let stretch = next.map(|next| next.saturating_sub(floor).max(1));
    let progress = stretch.map_or(1000, |stretch| {
        let share = i128::from(gained) * 1000 / i128::from(stretch);
        u32::try_from(share.min(1000)).expect("at most 1000")
    });
    Level {
        number,
        xp,
        xp_text: wording.number(xp),
        floor,
        next,
        next_text: next.map(|next| wording.number(next)),
        missing_text: next.map(|next| wording.number(next.saturating_sub(xp))),
        gained_text: wording.number(gained),
        stretch_text: stretch.map(|stretch| wording.number(stretch)),
        progress,
        percent: percent(progress),
        opening: ledger.opening,
        earned: ledger.earned,
        reached: ledger.reached.map(|date| date_text(&date.into(), wording)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;
    use jiff::civil::date;

    fn deed(day: Date, xp: i64) -> Deed {
        Deed { date: day, xp, skill: None, reason: None, evidence: None, private: false }
    }

    fn with(log: Vec<Deed>) -> Ledger {
        let profile = Profile { log, ..Profile::default() };
        replay(&profile, &sample::ruleset(), date(2026, 3, 20))
    }

    #[test]
    fn the_smallest_profile_opens_at_level_four() {
        let rules = sample::ruleset();
        let ledger = replay(&sample::smallest(), &rules, date(2026, 3, 20));
        let level = level(&rules.levels, &ledger, &sample::wording());
        assert_eq!((level.xp, level.number, level.opening, level.earned), (1300, 4, 1300, 0));
        assert_eq!(level.next_text.as_deref(), Some("1,600"));
        assert_eq!(level.missing_text.as_deref(), Some("300"));
        assert_eq!((level.progress, level.percent.as_str()), (571, "57.1%"));
        assert_eq!(
            (level.gained_text.as_str(), level.stretch_text.as_deref()),
            ("400", Some("700"))
        );
    }

    #[test]
    fn the_rules_own_test_passes() {
        let ledger = with(vec![deed(date(2026, 1, 1), 400)]);
        assert_eq!(sample::ruleset().levels.level_of(ledger.xp()), 3);
    }

    #[test]
    fn levels_carry_the_day_they_came() {
        let log = vec![
            deed(date(2026, 2, 1), 500),
            deed(date(2026, 1, 1), 100),
            deed(date(2026, 2, 2), -450),
            deed(date(2026, 3, 1), 400),
            deed(date(2026, 3, 21), 10_000),
        ];
        let ledger = with(log);
        assert_eq!(ledger.level_ups, [(date(2026, 1, 1), 2), (date(2026, 2, 1), 3)]);
        assert_eq!((ledger.xp(), ledger.reached), (550, Some(date(2026, 2, 1))));
    }

    #[test]
    fn lost_xp_is_level_one_with_an_empty_bar() {
        let ledger = with(vec![deed(date(2026, 1, 1), -40)]);
        let level = level(&sample::ruleset().levels, &ledger, &sample::wording());
        assert_eq!((level.number, level.progress, level.xp_text.as_str()), (1, 0, "\u{2212}40"));
        assert_eq!(level.reached, None);
    }

    #[test]
    fn no_ledger_is_too_large() {
        let day = date(2026, 1, 1);
        let ledger = with(vec![deed(day, i64::MAX), deed(day, i64::MAX)]);
        assert_eq!(ledger.xp(), i64::MAX);
        assert_eq!(with(vec![deed(day, i64::MIN), deed(day, i64::MIN)]).xp(), i64::MIN);
    }

    #[test]
    fn work_projects_and_papers_open_the_balance() {
        let mut profile = sample::full();
        let rules = sample::ruleset();
        let before = balance(&profile, &rules, date(2026, 3, 20));
        profile.projects.push(crate::model::profile::Project::default());
        profile.certificates.push(crate::model::profile::Certificate::default());
        profile.publications.push(crate::model::profile::Publication::default());
        assert_eq!(balance(&profile, &rules, date(2026, 3, 20)) - before, 150 + 300 + 250);
        assert_eq!(balance(&profile, &rules, date(2026, 4, 1)) - before, 150 + 300 + 250 + 20);
    }
}
