//! Where each skill was used: the work, volunteering, projects and deeds that name it.

use crate::model::date::{DateOrText, PartialDate, known};
use crate::model::grammar::Shape;
use crate::model::keywords;
use crate::model::link;
use crate::model::plain::{plain, shortened};
use crate::model::profile::{Employment, Profile};
use crate::model::resume;
use crate::model::ruleset::Ruleset;
use crate::model::sheet::UseLine;
use crate::model::when::{Months, is_current, when};
use crate::model::wording::Wording;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The maximum number of deeds listed with one skill; the ledger shows all.
const MOST_DEEDS: usize = 20;
/// The maximum number of characters of a deed's reason in a list.
const REASON: usize = 120;

/// Everything known about the use of a skill.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Published uses, newest first.
    pub lines: Vec<UseLine>,
    /// Months of work and volunteering.
    pub months: Months,
    /// The number of projects.
    pub projects: usize,
    /// Whether an entry that names it is ongoing.
    pub current: bool,
    /// The latest date of an entry that names it.
    pub last: Option<PartialDate>,
    /// XP that the ledger gave for it, including private entries.
    pub xp: i64,
    /// Whether a published deed links to evidence.
    pub proven: bool,
    dated: Vec<(Option<PartialDate>, UseLine)>,
    deeds: usize,
}

/// The use of skills, by slug.
pub type Usages<'a> = BTreeMap<Cow<'a, str>, Usage>;

/// The use of every skill that an entry names. Private entries are ignored.
pub fn usage<'a>(
    profile: &'a Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> Usages<'a> {
    let mut all = Usages::new();
    employments(&mut all, "work", &profile.work, today, wording);
    employments(&mut all, "volunteer", &profile.volunteer, today, wording);
    projects(&mut all, profile, rules, today, wording);
    if career_end(profile, today).is_some() {
        // Once a person has retired, their open projects may continue without them.
        all.values_mut().for_each(|usage| usage.current = false);
    }
    deeds(&mut all, profile, today, wording);
    for usage in all.values_mut() {
        // Newest first; entries without a date last.
        usage.dated.sort_by_key(|(date, _)| std::cmp::Reverse(*date));
        usage.lines = std::mem::take(&mut usage.dated).into_iter().map(|(_, line)| line).collect();
    }
    all
}

impl Usage {
    /// Adds an entry that names the skill. Its line is listed, if it has a text.
    fn add(
        &mut self,
        start: &Option<DateOrText>,
        end: &Option<DateOrText>,
        today: Date,
        line: UseLine,
    ) {
        let is_current = is_current(start, end, today);
        self.current |= is_current;
        let last = known(end).or(known(start));
        self.last = self.last.max(last.filter(|date| date.earliest() <= today));
        let shown = if is_current { Some(today.into()) } else { last };
        // An entry without a name cannot be listed, but it counts.
        if !line.text.is_empty() {
            self.dated.push((shown, line));
        }
    }
}

fn employments<'a>(
    all: &mut Usages<'a>,
    kind: &'static str,
    employments: &'a [Employment],
    today: Date,
    wording: &Wording,
) {
    for employment in employments.iter().filter(|employment| !employment.private) {
        for position in employment.positions.iter().filter(|position| !position.private) {
            let names = [&position.title, &employment.name].into_iter().flatten();
            let line = UseLine {
                kind,
                text: wording.joined(names),
                when: when(&position.start, &position.end, today, wording).text,
                url: employment.url.as_deref().and_then(link::safe),
            };
            let named: BTreeSet<&String> = position.skills.iter().collect();
            for slug in named {
                let usage = all.entry(slug.into()).or_default();
                usage.months.add(&position.start, &position.end, today);
                usage.add(&position.start, &position.end, today, line.clone());
            }
        }
    }
}

/// A project names skills in `skills`, and through those of its keywords that are skills of the
/// person.
fn projects<'a>(
    all: &mut Usages<'a>,
    profile: &'a Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) {
    let claimed = keywords::claimed(profile, rules);
    for project in profile.shown_projects() {
        let words = project.keywords.iter().filter_map(|word| keywords::slug_of(word, rules));
        let words = words.filter(|slug| claimed.contains(slug)).map(Cow::Owned);
        let named = project.skills.iter().map(|slug| Cow::Borrowed(slug.as_str()));
        for slug in named.chain(words).collect::<BTreeSet<_>>() {
            let usage = all.entry(slug).or_default();
            usage.projects += 1;
            let line = UseLine {
                kind: "project",
                text: resume::named(&project.name, &project.url),
                when: when(&project.start, &project.end, today, wording).text,
                url: project.url.as_deref().and_then(link::safe),
            };
            usage.add(&project.start, &project.end, today, line);
        }
    }
}

fn deeds<'a>(all: &mut Usages<'a>, profile: &'a Profile, today: Date, wording: &Wording) {
    let mut log: Vec<_> = profile.log.iter().filter(|deed| deed.date <= today).collect();
    log.sort_by_key(|deed| std::cmp::Reverse(deed.date));
    for deed in log {
        let Some(slug) = deed.skill.as_deref() else { continue };
        let usage = all.entry(slug.into()).or_default();
        usage.xp = usage.xp.saturating_add(deed.xp);
        if deed.private {
            continue;
        }
        let date = Some(deed.date.into());
        let url = deed.evidence.as_deref().and_then(link::safe);
        usage.proven |= deed.evidence.is_some();
        usage.last = usage.last.max(date);
        usage.deeds += 1;
        let reason =
            deed.reason.as_ref().map(|it| plain(&it.text, Shape::Line)).unwrap_or_default();
        if usage.deeds <= MOST_DEEDS && !reason.is_empty() {
            let text = shortened(&reason, REASON);
            let when = wording.date(deed.date.into());
            usage.dated.push((date, UseLine { kind: "deed", text, when, url }));
        }
    }
}

impl Usage {
    /// The present if an entry that names it is ongoing, else the year of the latest one.
    pub fn last_used(&self, wording: &Wording) -> Option<String> {
        if self.current {
            return Some(wording.period_present.clone());
        }
        self.last.map(|date| date.year().to_string())
    }

    /// Whole years since it was first used, up to `until` (see `career_end`) if no entry that names
    /// it is ongoing; without a start date, the time covered by work that names it. 0 for a skill
    /// that has not been started yet.
    pub fn years(
        &self,
        since: &Option<DateOrText>,
        until: Option<PartialDate>,
        today: Date,
    ) -> usize {
        let Some(first) = known(since).filter(|since| since.earliest() <= today) else {
            return self.months.years();
        };
        let until = until.filter(|until| !self.current && *until >= first);
        let mut months = Months::default();
        months.add(since, &until.map(DateOrText::from), today);
        months.years()
    }
}

/// When a career ended; `None` while it is ongoing. It is the latest date of published work,
/// projects, publications, education and deeds, if no position is open or, for those without
/// positions, no project. It keeps a retired person's years of skill from growing.
pub fn career_end(profile: &Profile, today: Date) -> Option<PartialDate> {
    let employers = profile.work.iter().chain(&profile.volunteer).filter(|it| !it.private);
    let positions = employers.flat_map(|it| &it.positions).filter(|it| !it.private);
    let positions: Vec<_> = positions.map(|it| (&it.start, &it.end)).collect();
    let projects = profile.shown_projects();
    let projects: Vec<_> = projects.map(|it| (&it.start, &it.end)).collect();
    let deciding = if positions.is_empty() { &projects } else { &positions };
    if deciding.iter().any(|(start, end)| is_current(start, end, today)) {
        return None;
    }
    let education = profile.education.iter().filter(|it| !it.private);
    let publications = profile.publications.iter().filter(|it| !it.private);
    let deeds = profile.log.iter().filter(|it| !it.private).map(|it| Some(it.date.into()));
    let stretches =
        positions.iter().chain(&projects).map(|(start, end)| known(end).or(known(start)));
    let dates = stretches
        .chain(education.map(|it| known(&it.end).or(known(&it.start))))
        .chain(publications.map(|it| known(&it.date)))
        .chain(deeds);
    dates.flatten().filter(|date| date.earliest() <= today).max()
}
