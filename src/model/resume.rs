//! The other sections of a résumé: education, projects, honours, publications, languages,
//! interests, references and journeys.

use crate::model::catalogue::mentions;
use crate::model::date::{PartialDate, known};
use crate::model::keywords;
use crate::model::link;
use crate::model::profile::{Education, Journey, PrivateField, Profile, Project, StageStatus};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::*;
use crate::model::slug::slugify;
use crate::model::when::{date_text, recency_key, when};
use crate::model::wording::Wording;
use crate::span::Markdown;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Published education, newest first.
pub fn education(profile: &Profile, today: Date, wording: &Wording) -> Vec<EducationLine> {
    let mut schools: Vec<&Education> =
        profile.education.iter().filter(|entry| !entry.private).collect();
    schools.sort_by_key(|entry| Reverse(recency_key(&entry.start, &entry.end)));
    let line = |entry: &Education| {
        let title = [entry.study_type.as_deref(), entry.area.as_deref()];
        EducationLine {
            institution: named(&entry.institution, &entry.url),
            url: url(&entry.url),
            title: title.into_iter().flatten().collect::<Vec<_>>().join(" "),
            when: when(&entry.start, &entry.end, today, wording),
            score: entry.score.clone(),
            courses: entry.courses.clone(),
        }
    };
    schools.into_iter().map(line).collect()
}

/// Published projects, in the order written.
pub fn projects(
    profile: &Profile,
    rules: &Ruleset,
    today: Date,
    wording: &Wording,
) -> Vec<ProjectLine> {
    let claimed = keywords::claimed(profile, rules);
    let is_skill =
        |word: &&String| keywords::slug_of(word, rules).is_some_and(|slug| claimed.contains(&slug));
    let line = |project: &Project| ProjectLine {
        name: named(&project.name, &project.url),
        url: url(&project.url),
        description: prose(&project.description),
        highlights: project.highlights.iter().cloned().map(Prose::line).collect(),
        when: when(&project.start, &project.end, today, wording),
        roles: wording.joined(&project.roles),
        entity: project.entity.clone(),
        kind: project.kind.clone(),
        keywords: project
            .keywords
            .iter()
            .filter(|word| !is_skill(word) && is_not_named(word, project))
            .cloned()
            .collect(),
        skills: skills_of(profile, rules, project, is_skill),
        rarity: project.rarity.clone(),
        shape: project.rarity.as_deref().map(|word| rules.shape_of(word)),
        image: project.image.as_ref().and_then(|image| image.file.clone()),
        image_alt: project.image.as_ref().and_then(|image| image.alt.clone()),
        highlights_on_paper: project.highlights.len(),
        off_paper: false,
    };
    profile.shown_projects().map(line).collect()
}

/// The skills a project names: those in `skills`, and those of its keywords that are skills.
fn skills_of(
    profile: &Profile,
    rules: &Ruleset,
    project: &Project,
    is_skill: impl Fn(&&String) -> bool,
) -> Vec<(String, String)> {
    let mut skills = mentions(profile, rules, &project.skills);
    for word in project.keywords.iter().filter(is_skill) {
        let Some(slug) = keywords::slug_of(word, rules) else { continue };
        if !skills.iter().any(|(_, known)| *known == slug) {
            skills.push((word.trim().to_owned(), slug));
        }
    }
    skills
}

fn is_not_named(keyword: &str, project: &Project) -> bool {
    let slug = slugify(keyword);
    !project.skills.iter().any(|skill| slug.as_ref() == Some(skill))
}

/// Published certificates and awards in one list, newest first.
pub fn honours(profile: &Profile, wording: &Wording) -> Vec<HonourLine> {
    let certificates = profile.certificates.iter().filter(|entry| !entry.private);
    let certificates = certificates.map(|entry| {
        let line = HonourLine {
            kind: "certificate",
            name: named(&entry.name, &entry.url),
            by: entry.issuer.clone(),
            date: entry.date.as_ref().map(|date| date_text(date, wording)),
            url: url(&entry.url),
            summary: None,
            off_paper: false,
        };
        (known(&entry.date), line)
    });
    let awards = profile.awards.iter().filter(|entry| !entry.private).map(|entry| {
        let line = HonourLine {
            kind: "award",
            name: named(&entry.title, &entry.url),
            by: entry.awarder.clone(),
            date: entry.date.as_ref().map(|date| date_text(date, wording)),
            url: url(&entry.url),
            summary: prose(&entry.summary),
            off_paper: false,
        };
        (known(&entry.date), line)
    });
    newest_first(certificates.chain(awards).collect())
}

/// Published publications, newest first.
pub fn publications(profile: &Profile, wording: &Wording) -> Vec<PublicationLine> {
    let published = profile.publications.iter().filter(|entry| !entry.private);
    let lines = published.map(|entry| {
        let line = PublicationLine {
            name: named(&entry.name, &entry.url),
            publisher: entry.publisher.clone(),
            date: entry.date.as_ref().map(|date| date_text(date, wording)),
            url: url(&entry.url),
            summary: prose(&entry.summary),
            off_paper: false,
        };
        (known(&entry.date), line)
    });
    newest_first(lines.collect())
}

/// Spoken languages, in the order written.
pub fn languages(profile: &Profile) -> Vec<LanguageLine> {
    let published = profile.languages.iter().filter(|entry| !entry.private);
    let line = |entry: &crate::model::profile::Language| {
        let (language, fluency) = (entry.language.clone(), entry.fluency.clone());
        let is_said = language.is_some() || fluency.is_some();
        is_said.then(|| LanguageLine { language: language.unwrap_or_default(), fluency })
    };
    published.filter_map(line).collect()
}

/// Interests, in the order written.
pub fn interests(profile: &Profile) -> Vec<InterestLine> {
    let published = profile.interests.iter().filter(|entry| !entry.private);
    let line = |entry: &crate::model::profile::Interest| {
        let (name, keywords) = (entry.name.clone(), entry.keywords.clone());
        let is_said = name.is_some() || !keywords.is_empty();
        is_said.then(|| InterestLine { name: name.unwrap_or_default(), keywords, off_paper: false })
    };
    published.filter_map(line).collect()
}

/// References, if the profile publishes them.
pub fn references(profile: &Profile) -> Vec<ReferenceLine> {
    if !profile.publish.contains(&PrivateField::References) {
        return Vec::new();
    }
    let line = |entry: &crate::model::profile::Reference| ReferenceLine {
        name: entry.name.clone(),
        reference: prose(&entry.reference),
        off_paper: false,
    };
    profile.references.iter().filter(|entry| !entry.private).map(line).collect()
}

/// Published journeys, with their stages in the order written.
pub fn journeys(profile: &Profile, wording: &Wording) -> Vec<JourneyLine> {
    let line = |journey: &Journey| {
        let stage = |stage: &crate::model::profile::Stage| StageLine {
            name: stage.name.clone(),
            date: stage.date.as_ref().map(|date| date_text(date, wording)),
            status: match stage.status {
                StageStatus::Done => "done",
                StageStatus::Active => "active",
                StageStatus::Planned => "planned",
            }
            .to_owned(),
            note: stage.note.clone().map(Prose::line),
        };
        JourneyLine {
            name: journey.name.clone(),
            stages: journey.stages.iter().map(stage).collect(),
            off_paper: false,
        }
    };
    profile.journeys.iter().filter(|journey| !journey.private).map(line).collect()
}

fn newest_first<T>(mut dated: Vec<(Option<PartialDate>, T)>) -> Vec<T> {
    dated.sort_by_key(|(date, _)| Reverse(*date));
    dated.into_iter().map(|(_, line)| line).collect()
}

/// A name; without one, the readable form of the address, so that a link has a text.
pub(crate) fn named(name: &Option<String>, address: &Option<String>) -> String {
    let spoken = || url(address).map(|it| link::spoken(&it));
    name.clone().or_else(spoken).unwrap_or_default()
}

fn url(written: &Option<String>) -> Option<String> {
    link::safe(written.as_deref()?)
}

fn prose(text: &Option<Markdown>) -> Option<Prose> {
    let text = text.as_ref().filter(|text| !text.text.trim().is_empty())?;
    Some(Prose::new(text.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::{Award, Certificate};
    use crate::model::sample;

    #[test]
    fn certificates_and_awards_share_a_wall() {
        let certificate = |name: &str, date: &str, private| Certificate {
            name: Some(name.to_owned()),
            date: sample::on(date),
            url: Some("javascript:alert(1)".to_owned()),
            private,
            ..Certificate::default()
        };
        let award = Award {
            title: Some("Best talk".to_owned()),
            date: sample::on("2023-06"),
            ..Award::default()
        };
        let profile = Profile {
            certificates: vec![
                certificate("CKA", "2022", false),
                certificate("Undated", "", false),
                certificate("AWS", "2024-01", false),
                certificate("Hidden", "2025", true),
            ],
            awards: vec![award],
            ..Profile::default()
        };
        let wall = honours(&profile, &sample::wording());
        let names: Vec<_> = wall.iter().map(|line| (line.kind, line.name.as_str())).collect();
        let expected = [
            ("certificate", "AWS"),
            ("award", "Best talk"),
            ("certificate", "CKA"),
            ("certificate", "Undated"),
        ];
        assert_eq!(names, expected);
        assert_eq!(wall[0].url, None);
    }

    #[test]
    fn keywords_that_are_skills_are_said_once() {
        let project = Project {
            keywords: vec!["Rust".to_owned(), "CLI".to_owned()],
            skills: vec!["rust".to_owned()],
            ..Project::default()
        };
        let profile = Profile { projects: vec![project], ..sample::full() };
        let line = &projects(&profile, &sample::ruleset(), sample::today(), &sample::wording())[0];
        assert_eq!((line.keywords.as_slice(), line.skills.len()), (&["CLI".to_owned()][..], 1));
    }

    #[test]
    fn references_wait_to_be_published() {
        let mut profile = sample::full();
        assert_eq!(references(&profile), []);
        profile.publish.insert(PrivateField::References);
        assert_eq!(references(&profile).len(), 1);
    }
}
