//! Profiles made from random numbers, with every field. Zeros give the smallest one, so that
//! failures shrink well.

mod sections;

use questfolio::model::date::{DateOrText, PartialDate};
use questfolio::model::profile::*;
use questfolio::model::ruleset::Ruleset;
use questfolio::model::slug::slugify;
use questfolio::path::SitePath;
use questfolio::span::Markdown;
use serde_json::json;
use std::collections::BTreeMap;

/// The file of a random profile.
pub const PROFILE: &str = "content/profiles/ada/profile.json";

const TEXTS: [&str; 12] = [
    "a",
    "null",
    "42",
    "no",
    "two\nlines",
    "\"quoted\"",
    "ünï 漢字 😀",
    "- x: [y]",
    "# h",
    "a\\b\tc",
    "{}",
    "'",
];
const NAMES: [&str; 6] = ["Rust", "C++", "Node.js", "Quiet Thinking", "漢字", "Zig"];

/// Numbers to consume, followed by zeros.
pub struct Dice {
    numbers: std::vec::IntoIter<u32>,
    rules: Ruleset,
}

impl Dice {
    pub fn new(numbers: Vec<u32>) -> Dice {
        Dice { numbers: numbers.into_iter(), rules: Ruleset::default() }
    }

    fn below(&mut self, most: u32) -> u32 {
        self.numbers.next().unwrap_or(0) % most
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn some<T>(&mut self, make: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        let count = self.below(3);
        self.times(count, make)
    }

    fn times<T>(&mut self, count: u32, mut make: impl FnMut(&mut Dice) -> T) -> Vec<T> {
        (0..count).map(|_| make(self)).collect()
    }

    fn text(&mut self) -> String {
        TEXTS[self.below(12) as usize].to_owned()
    }

    fn texts(&mut self) -> Vec<String> {
        self.some(Dice::text)
    }

    fn prose(&mut self) -> Markdown {
        // As from the JSON reader, which keeps line breaks.
        Markdown::new(format!("{} *{}*", self.text(), self.text()).replace("two\n", "two  \n"))
    }

    fn url(&mut self) -> String {
        ["https://example.org/", "https://example.org/a?b=c#d", "/about", "mailto:a@b.example"]
            [self.below(4) as usize]
            .to_owned()
    }

    fn day(&mut self) -> jiff::civil::Date {
        jiff::civil::date(
            1970 + self.below(100) as i16,
            1 + self.below(12) as i8,
            1 + self.below(28) as i8,
        )
    }

    fn date(&mut self) -> DateOrText {
        let day = self.day().to_string();
        let text = &day[..[4, 7, 10][self.below(3) as usize]];
        PartialDate::parse(text).unwrap().into()
    }

    fn extra(&mut self) -> Extra {
        let mut extra = Extra::new();
        if self.below(4) == 3 {
            let value = json!([null, true, 1, -1.5, self.text(), {"a": []}]);
            extra.insert(["colour", "x-y", "Ü"][self.below(3) as usize].to_owned(), value);
        }
        extra
    }

    fn slug(&mut self) -> String {
        ["grace", "lru-cache", "a1"][self.below(3) as usize].to_owned()
    }

    pub(super) fn portrait(&mut self) -> Portrait {
        let own = self.yes();
        let src = if own { "me.jpg" } else { "https://example.org/me.jpg" };
        Portrait {
            src: src.to_owned(),
            file: SitePath::new("content/profiles/ada/me.jpg").filter(|_| own),
            focus: self.maybe(|it| (it.below(1001) as u16, it.below(1001) as u16)),
            alt: self.maybe(Dice::text),
            at: None,
        }
    }

    /// Skills that require only skills after them.
    fn skills(&mut self) -> Vec<Skill> {
        let names = &NAMES[self.below(6) as usize..];
        let names = &names[..names.len().min(self.below(7) as usize)];
        let mut skills: Vec<Skill> = Vec::new();
        for name in names.iter().rev() {
            let slugs: Vec<String> = skills.iter().map(|skill| skill.slug.clone()).collect();
            let skill = self.skill(name, &slugs);
            skills.push(skill);
        }
        skills
    }

    fn skill(&mut self, name: &str, others: &[String]) -> Skill {
        let word =
            self.maybe(|it| ["Master", "expert", "Wizardly"][it.below(3) as usize].to_owned());
        let level = match word.as_deref() {
            Some("Master") => Some(10),
            Some("expert") => Some(8),
            Some(_) => None,
            None => self.maybe(|it| it.below(11)),
        };
        let own: Vec<String> = others.iter().filter(|_| self.yes()).cloned().collect();
        Skill {
            name: name.to_owned(),
            slug: slugify(name).unwrap(),
            level,
            word,
            keywords: self.texts(),
            since: self.maybe(Dice::date),
            axis: self.maybe(|_| "cloud".to_owned()),
            merges: own.iter().take(1).cloned().collect(),
            requires: own,
            at: self.maybe(|it| 1 + it.below(10)),
            rarity: self.maybe(|_| "epic".to_owned()),
            evidence: self.some(Dice::url),
            endorsed: self.some(|it| Endorsement {
                by: it.text(),
                date: it.maybe(Dice::date),
                url: it.maybe(Dice::url),
            }),
            private: self.below(4) == 3,
            extra: self.extra(),
            place: None,
        }
    }

    fn mentions(&mut self) -> Vec<String> {
        let mut slugs = self.some(|it| slugify(NAMES[it.below(6) as usize]).unwrap());
        slugs.dedup();
        slugs
    }

    fn position(&mut self) -> Position {
        Position {
            title: self.maybe(Dice::text),
            start: self.maybe(Dice::date),
            end: self.maybe(Dice::date),
            summary: self.maybe(Dice::prose),
            highlights: self.some(Dice::prose),
            skills: self.mentions(),
            ..Position::default()
        }
    }

    fn employment(&mut self) -> Employment {
        let grouped = self.yes();
        let positions = match grouped {
            false => vec![self.position()],
            true => {
                let count = 1 + self.below(3);
                self.times(count, |it| Position {
                    tags: it.texts(),
                    private: it.yes(),
                    extra: it.extra(),
                    ..it.position()
                })
            }
        };
        Employment {
            name: self.maybe(Dice::text),
            location: self.maybe(Dice::text),
            description: self.maybe(Dice::text),
            url: self.maybe(Dice::url),
            positions,
            grouped,
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }

    fn classes(&mut self) -> Vec<ClassChoice> {
        let names: Vec<String> =
            self.rules.classes.iter().map(|class| class.name.clone()).collect();
        let count = self.below(4) as usize;
        names
            .into_iter()
            .take(count)
            .map(|class| ClassChoice { class, level: self.maybe(|it| 1 + it.below(99)) })
            .collect()
    }

    fn deed(&mut self) -> Deed {
        Deed {
            date: self.day(),
            xp: i64::from(self.below(2_000_001)) * 1000 - 1_000_000_000,
            skill: self.maybe(|it| slugify(NAMES[it.below(6) as usize]).unwrap()),
            reason: self.maybe(Dice::prose),
            evidence: self.maybe(Dice::url),
            private: self.yes(),
        }
    }

    fn quest(&mut self) -> QuestEntry {
        let statuses = [
            QuestStatus::Accepted,
            QuestStatus::Submitted,
            QuestStatus::Passed,
            QuestStatus::Failed,
        ];
        let status = statuses[self.below(4) as usize];
        // A passed quest with a score that is too low would give a warning.
        let least = if status == QuestStatus::Passed { 70 } else { 0 };
        QuestEntry {
            quest: self.slug(),
            status,
            date: self.maybe(Dice::day),
            score: self.maybe(|it| least + it.below(101 - least)),
            evidence: self.maybe(Dice::url),
            private: self.yes(),
        }
    }

    fn journey(&mut self) -> Journey {
        let statuses = [StageStatus::Done, StageStatus::Active, StageStatus::Planned];
        let stage = |it: &mut Dice| Stage {
            name: it.text(),
            date: it.maybe(Dice::date),
            status: statuses[it.below(3) as usize],
            note: it.maybe(Dice::prose),
        };
        Journey { name: self.text(), stages: self.some(stage), private: self.yes() }
    }

    /// A profile as the reader returns it: blank entries are removed.
    pub fn profile(&mut self) -> Profile {
        let mut profile = self.any_profile();
        fn said<T: Entry>(entries: &mut Vec<T>) {
            entries.retain(|entry| !entry.is_blank());
        }
        profile.location = profile.location.filter(|it| !it.is_blank());
        profile.availability = profile.availability.filter(|it| *it != Availability::default());
        said(&mut profile.accounts);
        said(&mut profile.work);
        said(&mut profile.volunteer);
        said(&mut profile.education);
        said(&mut profile.awards);
        said(&mut profile.certificates);
        said(&mut profile.publications);
        said(&mut profile.languages);
        said(&mut profile.interests);
        said(&mut profile.references);
        said(&mut profile.projects);
        profile
    }

    fn any_profile(&mut self) -> Profile {
        let publish =
            PrivateField::ALL.into_iter().filter(|_| self.yes()).map(|(_, field)| field).collect();
        let mut profile = Profile {
            mentioned: Default::default(),
            slug: "ada".to_owned(),
            file: SitePath::new(PROFILE),
            wraps: false,
            name: self.text(),
            label: self.maybe(Dice::text),
            image: self.maybe(Dice::portrait),
            email: self.maybe(|_| "ada@example.org".to_owned()),
            phone: self.maybe(Dice::text),
            url: self.maybe(|_| "https://example.org/".to_owned()),
            summary: self.maybe(Dice::prose),
            about: self.maybe(Dice::prose),
            location: self.maybe(|it| Location {
                address: it.maybe(Dice::text),
                postal_code: it.maybe(Dice::text),
                city: it.maybe(Dice::text),
                country_code: it.maybe(Dice::text),
                region: it.maybe(Dice::text),
                extra: it.extra(),
            }),
            accounts: self.some(|it| Account {
                network: it.maybe(Dice::text),
                username: it.maybe(Dice::text),
                url: it.maybe(Dice::url),
                extra: it.extra(),
            }),
            publish,
            availability: self.maybe(|it| Availability {
                from: it.maybe(Dice::date),
                roles: it.texts(),
                places: it.texts(),
            }),
            class: self.classes(),
            guild: self.maybe(Dice::text),
            places: Default::default(),
            following_at: Vec::new(),
            party: self.maybe(Dice::text),
            leaderboard: self.maybe(Dice::yes),
            theme: self.maybe(Dice::text),
            paper_pages: self.maybe(|it| 1 + it.below(100)),
            skills: self.skills(),
            log: self.some(Dice::deed),
            quests: self.some(Dice::quest),
            badges: self.some(|it| BadgeEntry {
                badge: it.slug(),
                date: it.maybe(Dice::day),
                evidence: it.maybe(Dice::url),
                private: it.yes(),
            }),
            work: self.some(Dice::employment),
            volunteer: self.some(Dice::employment),
            education: self.some(Dice::education),
            awards: self.some(Dice::award),
            certificates: self.some(Dice::certificate),
            publications: self.some(Dice::publication),
            languages: self.some(|it| Language {
                language: it.maybe(Dice::text),
                fluency: it.maybe(Dice::text),
                private: it.yes(),
                extra: it.extra(),
            }),
            interests: self.some(|it| Interest {
                name: it.maybe(Dice::text),
                keywords: it.texts(),
                private: it.yes(),
                extra: it.extra(),
            }),
            references: self.some(|it| Reference {
                name: it.maybe(Dice::text),
                reference: it.maybe(Dice::prose),
                private: it.yes(),
                extra: it.extra(),
            }),
            projects: self.some(Dice::project),
            journeys: self.some(Dice::journey),
            following: self
                .some(|it| if it.yes() { it.slug() } else { "https://lin.example.org".to_owned() }),
            extra: self.extra(),
            basics_extra: self.extra(),
            meta: self.extra(),
        };
        profile.mentioned = mentioned(&profile);
        profile
    }
}

/// The names of skills that entries mention.
fn mentioned(profile: &Profile) -> BTreeMap<String, String> {
    let employers = profile.work.iter().chain(&profile.volunteer);
    let positions = employers.flat_map(|it| &it.positions).flat_map(|it| &it.skills);
    let projects = profile.projects.iter().flat_map(|it| &it.skills);
    let deeds = profile.log.iter().filter_map(|it| it.skill.as_ref());
    let name = |slug: &String| {
        let name = NAMES.iter().find(|name| slugify(name).as_ref() == Some(slug));
        (slug.clone(), (*name.expect("one of them")).to_owned())
    };
    positions.chain(projects).chain(deeds).map(name).collect()
}
