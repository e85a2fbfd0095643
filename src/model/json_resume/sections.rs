//! The sections of a résumé, with the standard's keys.

use super::entry::{Entry, date, flag, list, prose, proses, text, texts};
use super::{Export, own};
use crate::model::profile::{
    Award, Certificate, Education, Employment, Portrait, Position, Project, Publication, Skill,
};
use crate::model::ruleset::SkillScale;
use crate::model::slug::slugify;
use serde_json::{Map, Value};

/// Keys of a skill that are kept in `meta.questfolio.skills`.
const DETAILS: [&str; 9] =
    ["since", "axis", "requires", "merges", "at", "rarity", "evidence", "endorsed", "private"];

impl Export<'_> {
    /// Every section of the standard, in its order.
    pub(super) fn sections(&self) -> [(&'static str, Option<Value>); 12] {
        let profile = self.profile;
        [
            ("basics", self.basics()),
            ("work", self.employments(&profile.work, "name").0),
            ("volunteer", self.employments(&profile.volunteer, "organization").0),
            (
                "education",
                list(self.shown(&profile.education, |it| it.private).map(|it| self.school(it))),
            ),
            ("awards", list(self.shown(&profile.awards, |it| it.private).map(|it| self.award(it)))),
            (
                "certificates",
                list(
                    self.shown(&profile.certificates, |it| it.private)
                        .map(|it| self.certificate(it)),
                ),
            ),
            (
                "publications",
                list(
                    self.shown(&profile.publications, |it| it.private)
                        .map(|it| self.publication(it)),
                ),
            ),
            ("skills", list(self.shown(&profile.skills, |it| it.private).map(|it| self.skill(it)))),
            ("languages", self.languages()),
            ("interests", self.interests()),
            ("references", self.references()),
            (
                "projects",
                list(self.shown(&profile.projects, |it| it.private).map(|it| self.project(it))),
            ),
        ]
    }

    /// The entries of a list that may be shown.
    pub(super) fn shown<'b, T>(
        &'b self,
        entries: &'b [T],
        private: impl Fn(&T) -> bool + 'b,
    ) -> impl Iterator<Item = &'b T> {
        entries.iter().filter(move |entry| self.shows(private(entry)))
    }

    /// One entry for each position, and how they are grouped by employer.
    pub(super) fn employments(
        &self,
        employments: &[Employment],
        name: &'static str,
    ) -> (Option<Value>, Option<Value>) {
        let (mut entries, mut groups) = (Vec::new(), Vec::new());
        let none = [Position::default()];
        for employment in self.shown(employments, |it| it.private) {
            let held =
                if employment.positions.is_empty() { &none } else { &employment.positions[..] };
            let shown: Vec<&Position> = self.shown(held, |it| it.private).collect();
            if (employment.grouped || held.len() > 1) && !shown.is_empty() {
                groups.push(self.group(employment, entries.len(), shown.len()));
            }
            let grouped = employment.grouped || held.len() > 1;
            entries.extend(shown.iter().map(|it| self.position(employment, it, name, grouped)));
        }
        (list(entries), list(groups))
    }

    /// Details of an employer that none of its entries can hold.
    fn group(&self, employment: &Employment, first: usize, count: usize) -> Value {
        let mut group = Map::new();
        group.insert("first".to_owned(), Value::from(first));
        group.insert("count".to_owned(), Value::from(count));
        let extra = (!employment.extra.is_empty()).then(|| Value::Object(employment.extra.clone()));
        let rest = [
            ("tags", texts(&employment.tags)),
            ("private", flag(employment.private)),
            ("extra", extra),
        ];
        group.extend(rest.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))));
        Value::Object(group)
    }

    fn position(
        &self,
        employment: &Employment,
        position: &Position,
        name: &'static str,
        grouped: bool,
    ) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put(name, text(&employment.name));
        entry.put("position", text(&position.title));
        entry.put("location", text(&employment.location));
        entry.put("description", text(&employment.description));
        entry.put("url", text(&employment.url));
        entry.put("startDate", date(&position.start));
        entry.put("endDate", date(&position.end));
        entry.put("summary", prose(&position.summary));
        entry.put("highlights", proses(&position.highlights));
        entry.put("skills", self.skill_names(&position.skills));
        if grouped {
            entry.put("tags", texts(&position.tags));
            entry.put("private", flag(position.private));
            return Value::Object(entry.with_extra(&position.extra));
        }
        entry.put("tags", list(employment.tags.iter().chain(&position.tags).map(String::as_str)));
        entry.put("private", flag(employment.private || position.private));
        let mut extra = position.extra.clone();
        extra.extend(employment.extra.clone());
        Value::Object(entry.with_extra(&extra))
    }

    fn school(&self, it: &Education) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("institution", text(&it.institution));
        entry.put("url", text(&it.url));
        entry.put("area", text(&it.area));
        entry.put("studyType", text(&it.study_type));
        entry.put("startDate", date(&it.start));
        entry.put("endDate", date(&it.end));
        entry.put("score", text(&it.score));
        entry.put("courses", texts(&it.courses));
        entry.put("tags", texts(&it.tags));
        entry.put("private", flag(it.private));
        Value::Object(entry.with_extra(&it.extra))
    }

    fn award(&self, it: &Award) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("title", text(&it.title));
        entry.put("date", date(&it.date));
        entry.put("awarder", text(&it.awarder));
        entry.put("summary", prose(&it.summary));
        entry.put("url", text(&it.url));
        entry.put("tags", texts(&it.tags));
        entry.put("private", flag(it.private));
        Value::Object(entry.with_extra(&it.extra))
    }

    fn certificate(&self, it: &Certificate) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("name", text(&it.name));
        entry.put("date", date(&it.date));
        entry.put("url", text(&it.url));
        entry.put("issuer", text(&it.issuer));
        entry.put("tags", texts(&it.tags));
        entry.put("private", flag(it.private));
        Value::Object(entry.with_extra(&it.extra))
    }

    fn publication(&self, it: &Publication) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("name", text(&it.name));
        entry.put("publisher", text(&it.publisher));
        entry.put("releaseDate", date(&it.date));
        entry.put("url", text(&it.url));
        entry.put("summary", prose(&it.summary));
        entry.put("tags", texts(&it.tags));
        entry.put("private", flag(it.private));
        Value::Object(entry.with_extra(&it.extra))
    }

    fn skill(&self, it: &Skill) -> Value {
        let word = it.word.as_deref().or_else(|| word(self.scale, it.level?));
        let mut entry = Entry::new(self.audience);
        entry.put("name", Some(Value::from(it.name.as_str())));
        entry.put("level", word.map(Value::from));
        let words = it
            .keywords
            .iter()
            .filter(|word| slugify(word).is_none_or(|slug| self.shows_skill(&slug)));
        entry.put("keywords", list(words.map(String::as_str)));
        for detail in DETAILS {
            entry.put(detail, None);
        }
        Value::Object(entry.with_extra(&it.extra))
    }

    fn languages(&self) -> Option<Value> {
        list(self.shown(&self.profile.languages, |it| it.private).map(|it| {
            let mut entry = Entry::new(self.audience);
            entry.put("language", text(&it.language));
            entry.put("fluency", text(&it.fluency));
            entry.put("private", flag(it.private));
            Value::Object(entry.with_extra(&it.extra))
        }))
    }

    fn interests(&self) -> Option<Value> {
        list(self.shown(&self.profile.interests, |it| it.private).map(|it| {
            let mut entry = Entry::new(self.audience);
            entry.put("name", text(&it.name));
            entry.put("keywords", texts(&it.keywords));
            entry.put("private", flag(it.private));
            Value::Object(entry.with_extra(&it.extra))
        }))
    }

    fn references(&self) -> Option<Value> {
        let references = list(self.shown(&self.profile.references, |it| it.private).map(|it| {
            let mut entry = Entry::new(self.audience);
            entry.put("name", text(&it.name));
            entry.put("reference", prose(&it.reference));
            entry.put("private", flag(it.private));
            Value::Object(entry.with_extra(&it.extra))
        }));
        self.guarded(crate::model::profile::PrivateField::References, references)
    }

    fn project(&self, it: &Project) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("name", text(&it.name));
        entry.put("description", prose(&it.description));
        entry.put("highlights", proses(&it.highlights));
        entry.put("keywords", texts(&it.keywords));
        entry.put("startDate", date(&it.start));
        entry.put("endDate", date(&it.end));
        entry.put("url", text(&it.url));
        entry.put("roles", texts(&it.roles));
        entry.put("entity", text(&it.entity));
        entry.put("type", text(&it.kind));
        entry.put("image", it.image.as_ref().map(picture));
        entry.put("skills", self.skill_names(&it.skills));
        entry.put("rarity", text(&it.rarity));
        entry.put("tags", texts(&it.tags));
        entry.put("private", flag(it.private));
        Value::Object(entry.with_extra(&it.extra))
    }
}

/// A picture as written; in the long form only if the short one would lose something.
fn picture(image: &Portrait) -> Value {
    let src = Value::from(image.src.as_str());
    match own::portrait(image) {
        Some(Value::Object(mut said)) => {
            said.insert("src".to_owned(), src);
            Value::Object(said)
        }
        _ => src,
    }
}

/// The word for a level, or for the nearest lower level that has one.
fn word(scale: &SkillScale, level: u32) -> Option<&str> {
    let below = scale.proficiency.iter().filter(|(_, of)| *of <= level);
    below.max_by_key(|(_, of)| *of).map(|(word, _)| word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_without_a_word_takes_the_one_below() {
        let words = [("learning", 1), ("Novice", 1), ("Expert", 8)];
        let proficiency = words.map(|(word, level)| (word.to_owned(), level)).to_vec();
        let scale = SkillScale { max: 10, proficiency };
        assert_eq!(
            [0, 1, 7, 9].map(|level| word(&scale, level)),
            [None, Some("Novice"), Some("Novice"), Some("Expert")]
        );
    }
}
