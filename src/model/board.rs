//! Leaderboards of a guild. Standard competition ranking (1, 2, 2, 4): members with the same score
//! share a rank and are listed in the order in which they reached it, then by name.

use crate::model::collation::key;
use crate::model::number::percent;
use crate::model::roster::Row;
use crate::model::wording::Wording;
use serde::Serialize;
use std::cmp::Reverse;

/// What a board counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// XP in all.
    Xp,
    /// Quests passed.
    Quests,
    /// Badges.
    Badges,
}

impl Measure {
    /// Parses the word used in `guild.yaml`; `None` for any other word.
    pub fn parse(word: &str) -> Option<Measure> {
        match word {
            "xp" => Some(Measure::Xp),
            "quests" => Some(Measure::Quests),
            "badges" => Some(Measure::Badges),
            _ => None,
        }
    }

    /// The member's score by this measure.
    pub fn of(self, row: &Row) -> i64 {
        match self {
            Measure::Xp => row.level.xp,
            Measure::Quests => i64::try_from(row.quests).unwrap_or(i64::MAX),
            Measure::Badges => i64::try_from(row.badges).unwrap_or(i64::MAX),
        }
    }
}

/// A place on a leaderboard.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BoardEntry {
    /// 1, 2, 2, 4
    pub rank: usize,
    /// Slug of the member or of the party.
    pub slug: String,
    /// Ada Okafor, or the party's name.
    pub name: String,
    /// The level of a member, or the levels of a party added up.
    pub level: u64,
    /// XP, quests or badges.
    pub score: i64,
    /// `14,820`: the score, ready to print.
    pub xp_text: String,
    /// Share of the highest score for CSS: `45.8%`.
    pub progress: String,
    /// The number of members of a party; 1 for a member.
    pub members: usize,
}

/// The language that ties are collated in: the root collation, whatever the site's language.
const ROOT: &str = "";

/// The best `top` of the rows. The caller decides who may be shown: a board of members who opted in
/// gets only their rows.
pub fn members<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    measure: Measure,
    top: usize,
    wording: &Wording,
) -> Vec<BoardEntry> {
    let mut standing: Vec<&Row> = rows.into_iter().collect();
    standing.sort_by_cached_key(|row| {
        // XP from the opening balance has no date and counts as earliest: `None` sorts first.
        let arrival = match measure {
            Measure::Xp => row.level.reached.as_ref().map(|day| day.iso.clone()),
            Measure::Quests | Measure::Badges => None,
        };
        (Reverse(measure.of(row)), arrival, key(&row.name, ROOT), row.slug.clone())
    });
    let place = |row: &Row| {
        (row.slug.clone(), row.name.clone(), u64::from(row.level.number), measure.of(row), 1)
    };
    ranked(standing.into_iter().map(place).collect(), top, wording)
}

/// Parties ranked by the sum of their members' scores; members without a party are skipped. Ties
/// are listed by name.
pub fn parties<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    measure: Measure,
    top: usize,
    wording: &Wording,
) -> Vec<BoardEntry> {
    let mut sums: Vec<(String, String, u64, i64, usize)> = Vec::new();
    for row in rows {
        let Some(party) = &row.party else { continue };
        let score = measure.of(row);
        match sums.iter_mut().find(|(slug, ..)| slug == party) {
            Some((_, _, level, sum, members)) => {
                *level += u64::from(row.level.number);
                *sum = sum.saturating_add(score);
                *members += 1;
            }
            None => {
                let level = u64::from(row.level.number);
                sums.push((party.clone(), party.clone(), level, score, 1));
            }
        }
    }
    sums.sort_by_cached_key(|(slug, name, _, sum, _)| {
        (Reverse(*sum), key(name, ROOT), slug.clone())
    });
    ranked(sums, top, wording)
}

/// Places for (slug, name, level, score, members), already sorted by score.
fn ranked(
    standing: Vec<(String, String, u64, i64, usize)>,
    top: usize,
    wording: &Wording,
) -> Vec<BoardEntry> {
    let highest = standing.first().map_or(0, |(_, _, _, score, _)| *score);
    let mut places: Vec<BoardEntry> = Vec::new();
    for (index, (slug, name, level, score, members)) in standing.into_iter().take(top).enumerate() {
        let shared = places.last().filter(|last| last.score == score).map(|last| last.rank);
        places.push(BoardEntry {
            rank: shared.unwrap_or(index + 1),
            slug,
            name,
            level,
            score,
            xp_text: wording.number(score),
            progress: percent(share(score, highest)),
            members,
        });
    }
    places
}

/// The share in thousandths; 0 when the highest score is 0.
fn share(score: i64, highest: i64) -> u32 {
    if score <= 0 || highest <= 0 {
        return 0;
    }
    let share = i128::from(score) * 1000 / i128::from(highest);
    u32::try_from(share.min(1000)).expect("at most 1000")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::derive::sheet;
    use crate::model::profile::{Deed, Profile};
    use crate::model::{roster, sample};
    use jiff::civil::date;

    /// Name, ledger entries as (day of January, XP), party.
    type Member<'a> = (&'a str, &'a [(i8, i64)], &'a str);

    fn rows(guild: &[Member<'_>]) -> Vec<Row> {
        let deed = |(day, xp): &(i8, i64)| Deed {
            date: date(2026, 1, *day),
            xp: *xp,
            skill: None,
            reason: None,
            evidence: None,
            private: false,
        };
        let sheets: Vec<_> = guild
            .iter()
            .map(|(name, log, _)| Profile {
                slug: name.to_lowercase(),
                name: (*name).to_owned(),
                log: log.iter().map(deed).collect(),
                ..Profile::default()
            })
            .map(|profile| sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording()))
            .collect();
        let party = |slug: &str| {
            let found = guild.iter().find(|(name, ..)| name.to_lowercase() == slug);
            found.map(|(_, _, party)| (*party).to_owned()).filter(|party| !party.is_empty())
        };
        let rows = sheets.iter().map(|sheet| roster::row(sheet, party(&sheet.slug)));
        rows.collect()
    }

    fn told(places: &[BoardEntry]) -> Vec<(usize, &str, i64)> {
        places.iter().map(|place| (place.rank, &*place.slug, place.score)).collect()
    }

    #[test]
    fn equal_scores_share_a_place_and_the_earlier_stands_first() {
        let rows = rows(&[
            ("Zed", &[(3, 500)], ""),
            ("Ben", &[(1, 200), (5, 300)], ""),
            ("Ada", &[(5, 500)], ""),
            ("Kim", &[(1, 900)], ""),
            ("Lin", &[(9, -20)], ""),
        ]);
        let board = members(&rows, Measure::Xp, 10, &sample::wording());
        let expected =
            [(1, "kim", 900), (2, "zed", 500), (2, "ada", 500), (2, "ben", 500), (5, "lin", -20)];
        assert_eq!(told(&board), expected);
        assert_eq!((board[1].progress.as_str(), board[4].progress.as_str()), ("55.5%", "0%"));
        assert_eq!(board[4].xp_text, "\u{2212}20");
        assert_eq!(members(&rows, Measure::Xp, 2, &sample::wording()).len(), 2);
        assert!(
            members(&rows, Measure::Badges, 10, &sample::wording())
                .iter()
                .all(|place| place.rank == 1)
        );
    }

    #[test]
    fn parties_are_the_sum_of_their_members() {
        let rows = rows(&[
            ("Ada", &[(1, 300)], "storage"),
            ("Lin", &[(1, 300)], "storage"),
            ("Kim", &[(1, 500)], "web"),
            ("Zed", &[(1, 900)], ""),
        ]);
        let board = parties(&rows, Measure::Xp, 10, &sample::wording());
        assert_eq!(told(&board), [(1, "storage", 600), (2, "web", 500)]);
        assert_eq!((board[0].members, board[0].level), (2, 4));
    }
}
