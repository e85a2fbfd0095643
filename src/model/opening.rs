//! The opening balance: XP for what a résumé already shows, before the first entry of the ledger.
//!
//! MODEL.md gives a profile without a ledger "an opening level (100 XP × skill levels)"
//! and a profile with one the replay of it. Here both count: **XP = opening balance + ledger**. The
//! balance has no dates, so a level reached by it has no day on the timeline; the ledger's entries
//! have dates, and the replay starts from the balance. The balance follows from what is declared:
//! it grows while a position is ongoing. A guild that wants only earned XP sets these rules to 0.
//!
//! Private ledger entries count (a sum does not reveal its parts). Private skills and résumé
//! entries do not, so that the balance can be recomputed from the published sheet.

use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::when::{Months, has_come};
use jiff::civil::Date;

/// XP for skills, months of work, projects, certificates and publications.
pub fn balance(profile: &Profile, rules: &Ruleset, today: Date) -> i64 {
    let levels = profile.skills.iter().filter(|skill| !skill.private);
    let levels: usize = levels
        .filter_map(|skill| skill.level)
        .map(|level| level.min(rules.skills.max) as usize)
        .sum();
    let projects = profile.shown_projects();
    let certificates = profile.certificates.iter().filter(|certificate| !certificate.private);
    let publications = profile.publications.iter().filter(|publication| !publication.private);
    let counts = [
        ("skill", levels),
        ("work.month", months_of_work(profile, today).count()),
        ("project", projects.filter(|project| has_come(&project.start, today)).count()),
        ("certificate", certificates.filter(|entry| has_come(&entry.date, today)).count()),
        ("publication", publications.filter(|entry| has_come(&entry.date, today)).count()),
    ];
    let sum: i128 = counts
        .into_iter()
        .map(|(key, count)| {
            i128::from(rules.opening.get(key).copied().unwrap_or(0)) * count as i128
        })
        .sum();
    clamped(sum)
}

/// Months in published positions of `work`; overlapping months are counted once.
pub fn months_of_work(profile: &Profile, today: Date) -> Months {
    let mut months = Months::default();
    let employers = profile.work.iter().filter(|employment| !employment.private);
    let positions = employers.flat_map(|employment| &employment.positions);
    for position in positions.filter(|position| !position.private) {
        months.add(&position.start, &position.end, today);
    }
    months
}

/// Clamps a sum of XP to the range a ledger can hold.
pub fn clamped(sum: i128) -> i64 {
    let bounds = (i128::from(i64::MIN), i128::from(i64::MAX));
    i64::try_from(sum.clamp(bounds.0, bounds.1)).expect("clamped to its bounds")
}
