//! Skills as they are listed: the evidence for each, how long and where it was used, what merges
//! into it, in groups with the strongest first.

use crate::model::catalogue::Known;
use crate::model::keywords::{is_hidden, slug_of};
use crate::model::link;
use crate::model::profile::Profile;
use crate::model::ruleset::{Ruleset, SkillScale};
use crate::model::sheet::{
    EndorsementLine, KeywordLine, LinkText, SkillGroup, SkillLine, Standing,
};
use crate::model::usage::{Usage, Usages, career_end, usage};
use crate::model::when::date_text;
use crate::model::wording::Wording;
use jiff::civil::Date;

/// The published skills by category or else by axis, the strongest group first. Those that have
/// neither are the last group.
pub fn groups(
    profile: &Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> Vec<SkillGroup> {
    let other = wording.skill_group_other.as_str();
    let usages = usage(profile, rules, today, wording);
    let until = career_end(profile, today);
    let unused = Usage::default();
    let mut groups: Vec<SkillGroup> = Vec::new();
    for known in Known::all(profile, rules) {
        let usage = usages.get(known.skill.slug.as_str()).unwrap_or(&unused);
        let years = usage.years(&known.skill.since, until, today);
        let keywords = keywords(known, profile, rules, &usages, today, wording);
        let line = SkillLine { keywords, ..line(known, profile, rules, usage, years, wording) };
        let name = group_name(known, rules).unwrap_or(other);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.skills.push(line),
            None => groups.push(SkillGroup { name: name.to_owned(), skills: vec![line] }),
        }
    }
    // If it is the only group, its heading would say nothing.
    if let [only] = groups.as_mut_slice()
        && only.name == other
    {
        only.name.clear();
    }
    for group in &mut groups {
        group.skills.sort_by_key(|line| std::cmp::Reverse(line.level));
    }
    groups.sort_by_key(|group| {
        let levels = || group.skills.iter().filter_map(|line| line.level);
        let strength = (levels().max(), levels().map(u64::from).sum::<u64>());
        (group.name == other, std::cmp::Reverse(strength))
    });
    groups
}

fn group_name<'a>(known: Known<'a>, rules: &'a Ruleset) -> Option<&'a str> {
    let axis = || rules.axis_index(known.axis(rules)?).map(|index| &*rules.radar.axes[index].name);
    known.category().or_else(axis)
}

fn line(
    known: Known<'_>,
    profile: &Profile,
    rules: &Ruleset,
    usage: &Usage,
    years: usize,
    wording: &Wording,
) -> SkillLine {
    let skill = known.skill;
    let endorsed: Vec<EndorsementLine> = endorsements(known, profile, wording);
    let evidenced = usage.proven || !skill.evidence.is_empty();
    let standing = match (endorsed.is_empty(), evidenced) {
        (false, _) => Standing::Endorsed,
        (true, true) => Standing::Evidenced,
        (true, false) => Standing::Declared,
    };
    let years = (years > 0).then(|| wording.count(&wording.count_years, years));
    let missing = lacking(known, profile, rules);
    SkillLine {
        name: skill.name.clone(),
        slug: skill.slug.clone(),
        category: known.category().map(str::to_owned),
        axis: known.axis(rules).map(str::to_owned),
        level: skill.level,
        max: rules.skills.max,
        word: word(known, &rules.skills),
        rarity: known.rarity().map(str::to_owned),
        shape: known.rarity().map(|word| rules.shape_of(word)),
        standing,
        proof: proof(years.as_deref(), usage.projects, endorsed.len(), wording),
        years,
        last_used: usage.last_used(wording),
        evidence: skill.evidence.iter().map(|text| evidence(text)).collect(),
        endorsed,
        keywords: Vec::new(),
        icon: known.entry.and_then(|entry| entry.icon.clone()),
        xp: (usage.xp != 0).then(|| wording.number(usage.xp)),
        unlocked: !known.merges().is_empty() && missing.is_empty(),
        missing: missing.iter().flatten().map(|it| it.text(wording)).collect(),
        used: usage.lines.clone(),
    }
}

/// The keywords of a skill, each with its own uses. Private skills are not listed.
fn keywords(
    known: Known<'_>,
    profile: &Profile,
    rules: &Ruleset,
    usages: &Usages<'_>,
    today: Date,
    wording: &Wording,
) -> Vec<KeywordLine> {
    let line = |word: &String| {
        let slug = slug_of(word, rules).unwrap_or_default();
        let usage = usages.get(slug.as_str());
        let years = usage.map_or(0, |usage| usage.years(&None, None, today));
        let years = (years > 0).then(|| wording.count(&wording.count_years, years));
        let projects = usage.map_or(0, |usage| usage.projects);
        KeywordLine {
            name: word.trim().to_owned(),
            proof: proof(years.as_deref(), projects, 0, wording),
            used: usage.map(|usage| usage.lines.clone()).unwrap_or_default(),
            slug,
        }
    };
    let lines = known.skill.keywords.iter().map(line);
    lines.filter(|line| !line.name.is_empty() && !is_hidden(profile, &line.slug)).collect()
}

/// A source of a merged skill that is below the required level.
pub struct Lacking<'a> {
    name: &'a str,
    level: u32,
    needed: u32,
}

impl Lacking<'_> {
    /// `PostgreSQL 0 of 4`
    fn text(&self, wording: &Wording) -> String {
        let (value, max) = (self.level.to_string(), self.needed.to_string());
        wording.value_of.fill(&[("name", self.name), ("value", &value), ("max", &max)])
    }
}

/// What a merged skill still lacks: one entry for each source skill below the required level;
/// `None` for a private one, which counts but is not named. Empty once all have reached it.
pub fn lacking<'a>(
    known: Known<'a>,
    profile: &'a Profile,
    rules: &'a Ruleset,
) -> Vec<Option<Lacking<'a>>> {
    let needed = known.merge_level();
    let source = |slug: &'a str| {
        let declared = profile.skills.iter().find(|skill| skill.slug == slug);
        let level = declared.and_then(|skill| skill.level).unwrap_or(0);
        if level >= needed {
            return None;
        }
        if declared.is_some_and(|skill| skill.private) {
            return Some(None);
        }
        let name = declared.map(|skill| skill.name.as_str());
        let name = name.or_else(|| rules.entry(slug).map(|entry| entry.name.as_str()));
        Some(Some(Lacking { name: name.unwrap_or(slug), level, needed }))
    };
    known.merges().into_iter().filter_map(source).collect()
}

/// The declared word, or else the highest word of the scale that the level has reached.
fn word(known: Known<'_>, scale: &SkillScale) -> Option<String> {
    if let Some(word) = &known.skill.word {
        return Some(word.clone());
    }
    let level = known.skill.level.filter(|level| *level > 0)?;
    let reached = scale.proficiency.iter().filter(|(_, value)| *value <= level);
    // Of two words for one level, the one written last is more specific.
    reached.max_by_key(|(_, value)| *value).map(|(word, _)| word.clone())
}

/// Endorsements by others; self-endorsements do not count.
fn endorsements(known: Known<'_>, profile: &Profile, wording: &Wording) -> Vec<EndorsementLine> {
    let others = known
        .skill
        .endorsed
        .iter()
        .filter(|word| word.by != profile.slug && !word.by.eq_ignore_ascii_case(&profile.name));
    let line = |word: &crate::model::profile::Endorsement| EndorsementLine {
        by: word.by.clone(),
        date: word.date.as_ref().map(|date| date_text(date, wording)),
        url: word.url.as_deref().and_then(link::safe),
    };
    others.map(line).collect()
}

/// An address becomes a link, anything else plain text.
fn evidence(text: &str) -> LinkText {
    match link::safe(text) {
        Some(url) => LinkText { text: link::spoken(text), url: Some(url) },
        None => LinkText { text: text.to_owned(), url: None },
    }
}

/// `3 years, 1 project, 2 endorsements`
fn proof(years: Option<&str>, projects: usize, endorsements: usize, wording: &Wording) -> String {
    let counted =
        [(projects, &wording.count_projects), (endorsements, &wording.count_endorsements)];
    let counted = counted.into_iter().filter(|(number, _)| *number > 0);
    let counted = counted.map(|(number, forms)| wording.count(forms, number));
    wording.joined(years.map(str::to_owned).into_iter().chain(counted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::{Project, Skill};
    use crate::model::sample;

    fn full() -> Vec<SkillGroup> {
        groups(&sample::full(), &sample::ruleset(), sample::today(), &sample::wording())
    }

    fn named(groups: &[SkillGroup], slug: &str) -> SkillLine {
        let mut lines = groups.iter().flat_map(|group| &group.skills);
        lines.find(|line| line.slug == slug).unwrap().clone()
    }

    #[test]
    fn skills_stand_in_groups_the_strongest_first() {
        let groups = full();
        let names: Vec<_> = groups.iter().map(|group| group.name.as_str()).collect();
        assert_eq!(names, ["Programming Language", "Containers", "Other"]);
        let slugs: Vec<_> = groups[1].skills.iter().map(|line| line.slug.as_str()).collect();
        assert_eq!(slugs, ["docker", "kubernetes"]);
    }

    #[test]
    fn a_level_is_founded_by_others_by_proof_or_not_at_all() {
        let groups = full();
        assert_eq!(named(&groups, "kubernetes").standing, Standing::Endorsed);
        assert_eq!(named(&groups, "rust").standing, Standing::Evidenced);
        assert_eq!(named(&groups, "linux").standing, Standing::Declared);
        let mut vain = sample::full();
        vain.skills[3].endorsed[0].by = "ada".to_owned();
        let groups = groups_of(&vain);
        assert_eq!(named(&groups, "kubernetes").standing, Standing::Evidenced);
    }

    fn groups_of(profile: &Profile) -> Vec<SkillGroup> {
        groups(profile, &sample::ruleset(), sample::today(), &sample::wording())
    }

    #[test]
    fn use_gives_years_and_last_use() {
        let rust = named(&full(), "rust");
        assert_eq!(
            (rust.years.as_deref(), rust.last_used.as_deref()),
            (Some("9 years"), Some("present"))
        );
        assert_eq!(rust.xp.as_deref(), Some("1,500"));
        let texts: Vec<_> = rust.used.iter().map(|used| (used.kind, used.text.as_str())).collect();
        let expected = [
            ("work", "Staff Engineer, Nimbus Storage"),
            ("deed", "A lost bet"),
            ("deed", "First merged pull request"),
            ("work", "Senior Engineer, nimbus storage"),
            ("work", "Engineer, Brook & Co"),
        ];
        assert_eq!(texts, expected);
        assert_eq!(named(&full(), "kubernetes").proof, "4 years, 1 endorsement");
    }

    #[test]
    fn a_closed_project_dates_the_last_use() {
        let project = Project {
            name: Some("driftwatch".to_owned()),
            start: sample::on("2019"),
            end: sample::on("2021-04"),
            skills: vec!["go".to_owned()],
            ..Project::default()
        };
        let profile = Profile {
            skills: vec![sample::skill("Go", 2)],
            projects: vec![project],
            ..Profile::default()
        };
        let go = named(&groups_of(&profile), "go");
        assert_eq!((go.last_used.as_deref(), go.proof.as_str()), (Some("2021"), "1 project"));
    }

    #[test]
    fn skills_do_not_age_after_a_career() {
        let mut profile = sample::full();
        profile.work.remove(0);
        profile.log.clear();
        let kubernetes = |profile: &Profile| named(&groups_of(profile), "kubernetes").years;
        assert_eq!(kubernetes(&profile).as_deref(), Some("1 year"), "work ended in Dec 2023");
        let open = Project {
            start: sample::on("2022"),
            skills: vec!["kubernetes".to_owned()],
            ..Project::default()
        };
        profile.projects = vec![open];
        assert_eq!(kubernetes(&profile).as_deref(), Some("1 year"));
        profile.work.clear();
        assert_eq!(kubernetes(&profile).as_deref(), Some("4 years"));
    }

    #[test]
    fn a_merged_skill_tells_what_it_lacks() {
        let platform = named(&full(), "platform-engineering");
        assert!(!platform.unlocked);
        assert_eq!(platform.missing, ["PostgreSQL 0 of 4"]);
        let mut profile = sample::full();
        profile.skills.push(Skill { private: true, ..sample::skill("PostgreSQL", 3) });
        let hidden = named(&groups_of(&profile), "platform-engineering");
        assert!(!hidden.unlocked && hidden.missing.is_empty());
        profile.skills.last_mut().unwrap().level = Some(4);
        assert!(named(&groups_of(&profile), "platform-engineering").unlocked);
    }

    #[test]
    fn levels_have_words() {
        let groups = full();
        assert_eq!(named(&groups, "rust").word.as_deref(), Some("Expert"));
        assert_eq!(named(&groups, "docker").word.as_deref(), Some("Intermediate"));
        assert_eq!(named(&groups, "go").word.as_deref(), Some("learning"));
        assert_eq!(named(&groups, "platform-engineering").word, None);
    }
}
