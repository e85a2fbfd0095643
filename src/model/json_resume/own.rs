//! What JSON Resume has no key for: `meta.questfolio`, with the keys of a profile.

use super::Export;
use super::entry::{date, flag, list, prose, text, texts};
use crate::model::date::{DateOrText, known};
use crate::model::profile::{
    Availability, BadgeEntry, ClassChoice, Deed, Endorsement, Journey, Portrait, PrivateField,
    QuestEntry, QuestStatus, Skill, Stage, StageStatus,
};
use serde_json::{Map, Value, json};

impl Export<'_> {
    /// Every key that has a value.
    pub(super) fn own(&self) -> Map<String, Value> {
        let profile = self.profile;
        object([
            ("image", profile.image.as_ref().and_then(portrait)),
            ("about", prose(&profile.about)),
            ("publish", self.publish()),
            ("availability", profile.availability.as_ref().map(availability)),
            ("class", classes(&profile.class)),
            ("guild", text(&profile.guild)),
            ("party", text(&profile.party)),
            ("leaderboard", profile.leaderboard.map(Value::from)),
            ("theme", text(&profile.theme)),
            ("paper", profile.paper_pages.map(|pages| json!({ "pages": pages }))),
            ("skills", self.skill_details()),
            ("work", self.employments(&profile.work, "name").1),
            ("volunteer", self.employments(&profile.volunteer, "organization").1),
            ("log", list(self.shown(&profile.log, |it| it.private).map(|it| self.deed(it)))),
            ("quests", list(self.shown(&profile.quests, |it| it.private).map(quest))),
            ("badges", list(self.shown(&profile.badges, |it| it.private).map(badge))),
            ("journeys", list(self.shown(&profile.journeys, |it| it.private).map(journey))),
            ("following", texts(&profile.following)),
        ])
    }

    fn publish(&self) -> Option<Value> {
        let published = |field: &PrivateField| self.profile.publish.contains(field);
        let words = PrivateField::ALL.iter().filter(|(_, field)| published(field));
        list(words.map(|(word, _)| *word))
    }

    /// Skills by name, as a profile writes them: a level, or a map of details.
    fn skill_details(&self) -> Option<Value> {
        let mut skills = Map::new();
        for skill in self.shown(&self.profile.skills, |it| it.private) {
            let level = skill.level.filter(|_| skill.word.is_none());
            let details = self.details(skill);
            let value = match (level, details.is_empty()) {
                (None, true) => continue,
                (Some(level), true) => Value::from(level),
                _ => {
                    let level = level.map(|level| ("level".to_owned(), Value::from(level)));
                    Value::Object(level.into_iter().chain(details).collect())
                }
            };
            skills.insert(skill.name.clone(), value);
        }
        (!skills.is_empty()).then_some(Value::Object(skills))
    }

    fn details(&self, skill: &Skill) -> Map<String, Value> {
        object([
            ("since", date(&known(&skill.since).map(DateOrText::from))),
            ("axis", text(&skill.axis)),
            ("requires", self.skill_names(&skill.requires)),
            ("merges", self.skill_names(&skill.merges)),
            ("at", skill.at.map(Value::from)),
            ("rarity", text(&skill.rarity)),
            ("evidence", texts(&skill.evidence)),
            ("endorsed", list(skill.endorsed.iter().map(endorsement))),
            ("private", flag(skill.private)),
        ])
    }

    fn deed(&self, deed: &Deed) -> Value {
        let skill = deed.skill.as_deref().filter(|slug| self.shows_skill(slug));
        Value::Object(object([
            ("date", Some(Value::from(deed.date.to_string()))),
            ("xp", Some(Value::from(deed.xp))),
            ("skill", skill.map(|slug| self.skill_name(slug))),
            ("for", prose(&deed.reason)),
            ("evidence", text(&deed.evidence)),
            ("private", flag(deed.private)),
        ]))
    }
}

fn object<const N: usize>(fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

/// The portrait's settings, which the standard's `image`, a URL, cannot hold.
pub(super) fn portrait(image: &Portrait) -> Option<Value> {
    let focus = image.focus.map(|(x, y)| json!([thousandths(x), thousandths(y)]));
    let said = object([("focus", focus), ("alt", text(&image.alt))]);
    (!said.is_empty()).then_some(Value::Object(said))
}

fn thousandths(of: u16) -> f64 {
    f64::from(of) / 1000.0
}

fn availability(it: &Availability) -> Value {
    Value::Object(object([
        ("from", date(&it.from)),
        ("roles", texts(&it.roles)),
        ("places", texts(&it.places)),
    ]))
}

fn classes(classes: &[ClassChoice]) -> Option<Value> {
    match classes {
        [] => None,
        [ClassChoice { class, level: None }] => Some(Value::from(class.as_str())),
        _ => {
            let levels = classes.iter().map(|it| (it.class.clone(), Value::from(it.level)));
            Some(Value::Object(levels.collect()))
        }
    }
}

fn endorsement(it: &Endorsement) -> Value {
    Value::Object(object([
        ("by", Some(Value::from(it.by.as_str()))),
        ("date", date(&it.date)),
        ("url", text(&it.url)),
    ]))
}

fn quest(it: &QuestEntry) -> Value {
    let status = match it.status {
        QuestStatus::Accepted => "accepted",
        QuestStatus::Submitted => "submitted",
        QuestStatus::Passed => "passed",
        QuestStatus::Failed => "failed",
    };
    Value::Object(object([
        ("quest", Some(Value::from(it.quest.as_str()))),
        ("status", Some(Value::from(status))),
        ("date", it.date.map(|date| Value::from(date.to_string()))),
        ("score", it.score.map(Value::from)),
        ("evidence", text(&it.evidence)),
        ("private", flag(it.private)),
    ]))
}

fn badge(it: &BadgeEntry) -> Value {
    Value::Object(object([
        ("badge", Some(Value::from(it.badge.as_str()))),
        ("date", it.date.map(|date| Value::from(date.to_string()))),
        ("evidence", text(&it.evidence)),
        ("private", flag(it.private)),
    ]))
}

fn journey(it: &Journey) -> Value {
    Value::Object(object([
        ("name", Some(Value::from(it.name.as_str()))),
        ("stages", list(it.stages.iter().map(stage))),
        ("private", flag(it.private)),
    ]))
}

fn stage(it: &Stage) -> Value {
    let status = match it.status {
        StageStatus::Done => "done",
        StageStatus::Active => "active",
        StageStatus::Planned => "planned",
    };
    Value::Object(object([
        ("name", Some(Value::from(it.name.as_str()))),
        ("date", date(&it.date)),
        ("status", Some(Value::from(status))),
        ("note", prose(&it.note)),
    ]))
}
