//! Rules and profiles for the model's own tests: the smallest profile and the full one of MODEL.md.

use crate::model::date::{DateOrText, PartialDate};
use crate::model::profile::*;
use crate::model::ruleset::*;
use crate::model::wording::Wording;
use crate::span::Markdown;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};

/// The build date of the tests.
pub fn today() -> Date {
    date(2026, 3, 20)
}

/// A date that may be partial.
pub fn on(text: &str) -> Option<DateOrText> {
    PartialDate::parse(text).map(DateOrText::from)
}

/// The rules with a small catalogue.
pub fn ruleset() -> Ruleset {
    let number = |(word, value): (&str, u32)| (word.to_owned(), value);
    let worth = |(key, xp): (&str, i64)| (key.to_owned(), xp);
    Ruleset {
        levels: Curve::Sqrt { base: 100 },
        pass: 70,
        attempts: Attempts::Best,
        difficulty: BTreeMap::new(),
        skills: SkillScale {
            max: 10,
            proficiency: [("learning", 1), ("Novice", 1), ("Intermediate", 4), ("Expert", 8)]
                .map(number)
                .to_vec(),
        },
        radar: RadarRules {
            axes: ["Frontend", "Backend", "Cloud", "Mobile", "Tools"].map(axis).to_vec(),
            named: true,
            fold: Fold::Max,
            floor: 0,
            categories: [
                ("programming language", "backend"),
                ("database", "backend"),
                ("containers", "cloud"),
                ("markup", "frontend"),
            ]
            .map(|(category, axis)| (category.to_owned(), axis.to_owned()))
            .into(),
        },
        opening: [
            ("skill", 100),
            ("work.month", 20),
            ("project", 150),
            ("certificate", 300),
            ("publication", 250),
        ]
        .map(worth)
        .into(),
        streak: StreakRules { unit: "week".to_owned(), rest: Vec::new(), freezes: 2 },
        rarity: ["common", "rare", "epic"].map(str::to_owned).to_vec(),
        classes: classes(),
        catalogue: catalogue().into(),
        tests: Vec::new(),
    }
}

/// An axis with this name.
pub fn axis(name: &str) -> Axis {
    Axis { id: name.to_lowercase(), name: name.to_owned() }
}

fn classes() -> Vec<Class> {
    let class = |name: &str, role: &str, hue, axes: &[&str]| Class {
        id: name.to_lowercase(),
        name: name.to_owned(),
        role: role.to_owned(),
        hue,
        axes: axes.iter().map(|axis| (*axis).to_owned()).collect(),
        emblem: Some(name.to_lowercase()),
        description: None,
    };
    vec![
        class("Artificer", "Tooling Engineer", 52, &["tools"]),
        class("Warden", "Backend Engineer", 185, &["backend"]),
        class("Ranger", "Mobile Engineer", 140, &["mobile"]),
        class("Weaver", "Frontend Engineer", 340, &["frontend"]),
        class("Skipper", "Cloud Engineer", 200, &["cloud"]),
        class("Alchemist", "Full-stack Engineer", 95, &["frontend", "backend"]),
    ]
}

fn catalogue() -> Vec<CatalogueSkill> {
    let skill = |name: &str, category: &str| CatalogueSkill {
        name: name.to_owned(),
        slug: name.to_lowercase(),
        category: Some(category.to_owned()),
        ..CatalogueSkill::default()
    };
    let requires = vec!["docker".to_owned()];
    vec![
        skill("Rust", "Programming Language"),
        skill("Go", "Programming Language"),
        skill("PostgreSQL", "Database"),
        CatalogueSkill { rarity: Some("rare".to_owned()), ..skill("Docker", "Containers") },
        CatalogueSkill { requires, ..skill("Kubernetes", "Containers") },
        CatalogueSkill { aliases: vec!["HTML5".to_owned()], ..skill("HTML", "Markup") },
    ]
}

/// A skill at a level.
pub fn skill(name: &str, level: u32) -> Skill {
    let slug = crate::model::slug::slugify(name).unwrap_or_default();
    Skill { name: name.to_owned(), slug, level: Some(level), ..Skill::default() }
}

/// MODEL.md's smallest profile.
pub fn smallest() -> Profile {
    Profile {
        slug: "ada".to_owned(),
        name: "Ada Okafor".to_owned(),
        label: Some("Backend Engineer".to_owned()),
        summary: Some(Markdown::new("I make slow things fast.")),
        accounts: vec![Account {
            network: Some("GitHub".to_owned()),
            username: Some("ada-okafor".to_owned()),
            ..Account::default()
        }],
        skills: vec![skill("Rust", 7), skill("PostgreSQL", 6)],
        ..Profile::default()
    }
}

/// MODEL.md's full profile, with a private entry wherever `private` is supported.
pub fn full() -> Profile {
    let text = |text: &str| Some(text.to_owned());
    Profile {
        email: text("ada@example.org"),
        phone: text("+49 30 0000000"),
        url: text("https://ada.example.org"),
        summary: Some(Markdown::new("I make slow things fast, and I write down **how**.")),
        location: Some(Location {
            address: text("Hidden Lane 1"),
            postal_code: text("10115"),
            city: text("Berlin"),
            country_code: text("DE"),
            ..Location::default()
        }),
        publish: BTreeSet::from([PrivateField::Email]),
        class: vec![
            ClassChoice { class: "Artificer".to_owned(), level: Some(5) },
            ClassChoice { class: "Ranger".to_owned(), level: Some(2) },
        ],
        skills: skills(),
        log: log(),
        quests: vec![QuestEntry {
            quest: "lru-cache".to_owned(),
            status: QuestStatus::Passed,
            date: Some(today()),
            score: Some(92),
            evidence: text("https://example.org/lru"),
            private: false,
        }],
        badges: vec![BadgeEntry {
            badge: "conference-speaker".to_owned(),
            date: Some(date(2025, 10, 4)),
            evidence: None,
            private: false,
        }],
        work: work(),
        education: vec![Education {
            institution: text("University of Glasgow"),
            area: text("Computer Science"),
            study_type: text("BSc"),
            start: on("2012"),
            end: on("2016"),
            ..Education::default()
        }],
        references: vec![Reference { name: text("Secret Referee"), ..Reference::default() }],
        journeys: vec![Journey {
            name: "EU Blue Card".to_owned(),
            stages: vec![
                stage("Applied", "2020-11-02", StageStatus::Done),
                stage("Permanent residence", "2026-12", StageStatus::Planned),
            ],
            private: false,
        }],
        ..smallest()
    }
}

fn stage(name: &str, day: &str, status: StageStatus) -> Stage {
    Stage { name: name.to_owned(), date: on(day), status, note: None }
}

fn skills() -> Vec<Skill> {
    let slugs = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect();
    vec![
        skill("Rust", 8),
        skill("Docker", 6),
        skill("Linux", 7),
        Skill {
            since: on("2022-03"),
            axis: Some("cloud".to_owned()),
            requires: slugs(&["docker", "linux"]),
            evidence: slugs(&["https://github.com/ada-okafor/k8s-homelab"]),
            endorsed: vec![Endorsement {
                by: "grace".to_owned(),
                date: on("2026-01-05"),
                url: None,
            }],
            ..skill("Kubernetes", 4)
        },
        Skill {
            merges: slugs(&["kubernetes", "postgresql"]),
            at: Some(4),
            rarity: Some("epic".to_owned()),
            level: None,
            ..skill("Platform Engineering", 0)
        },
        Skill { word: Some("learning".to_owned()), ..skill("Go", 1) },
        Skill { private: true, ..skill("Secret Craft", 9) },
    ]
}

fn log() -> Vec<Deed> {
    let deed = |day, xp, skill: &str, reason: &str, private| Deed {
        date: day,
        xp,
        skill: Some(skill.to_owned()),
        reason: Some(Markdown::new(reason)),
        evidence: Some("https://example.org/proof".to_owned()),
        private,
    };
    vec![
        deed(date(2026, 2, 11), 1500, "rust", "First **merged** pull request", false),
        deed(date(2026, 2, 12), 40, "rust", "Secret deed", true),
        deed(date(2026, 3, 1), -40, "rust", "A lost bet", false),
        deed(date(2027, 1, 1), 9000, "rust", "The future", false),
    ]
}

fn work() -> Vec<Employment> {
    let position = |title: &str, start: &str, end: &str| Position {
        title: Some(title.to_owned()),
        start: on(start),
        end: on(end),
        skills: vec!["rust".to_owned(), "secret-craft".to_owned()],
        ..Position::default()
    };
    let employer = |name: &str, positions: Vec<Position>| Employment {
        name: Some(name.to_owned()),
        positions,
        ..Employment::default()
    };
    vec![
        employer("Nimbus Storage", vec![position("Staff Engineer", "2024-01", "")]),
        employer("nimbus storage", vec![position("Senior Engineer", "2021-05", "2023-12")]),
        Employment {
            private: true,
            ..employer("Secret Startup", vec![position("Founder", "2019", "2020")])
        },
        employer("Brook & Co", vec![position("Engineer", "2016-09", "2021-04")]),
    ]
}

/// The words of the built-in theme.
#[cfg(test)]
pub fn wording() -> Wording {
    crate::theme::english().clone()
}
