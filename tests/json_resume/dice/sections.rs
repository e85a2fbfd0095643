//! Random entries of JSON Resume's sections.

use super::Dice;
use questfolio::model::profile::{Award, Certificate, Education, Portrait, Project, Publication};

impl Dice {
    pub(super) fn education(&mut self) -> Education {
        Education {
            institution: self.maybe(Dice::text),
            url: self.maybe(Dice::url),
            area: self.maybe(Dice::text),
            study_type: self.maybe(Dice::text),
            start: self.maybe(Dice::date),
            end: self.maybe(Dice::date),
            score: self.maybe(Dice::text),
            courses: self.texts(),
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }

    pub(super) fn project(&mut self) -> Project {
        Project {
            name: self.maybe(Dice::text),
            description: self.maybe(Dice::prose),
            highlights: self.some(Dice::prose),
            keywords: self.texts(),
            start: self.maybe(Dice::date),
            end: self.maybe(Dice::date),
            url: self.maybe(Dice::url),
            roles: self.texts(),
            entity: self.maybe(Dice::text),
            kind: self.maybe(Dice::text),
            image: self.maybe(|it| Portrait { focus: None, ..it.portrait() }),
            skills: self.mentions(),
            rarity: self.maybe(|_| "rare".to_owned()),
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }

    pub(super) fn award(&mut self) -> Award {
        Award {
            title: self.maybe(Dice::text),
            date: self.maybe(Dice::date),
            awarder: self.maybe(Dice::text),
            summary: self.maybe(Dice::prose),
            url: self.maybe(Dice::url),
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }

    pub(super) fn certificate(&mut self) -> Certificate {
        Certificate {
            name: self.maybe(Dice::text),
            date: self.maybe(Dice::date),
            url: self.maybe(Dice::url),
            issuer: self.maybe(Dice::text),
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }

    pub(super) fn publication(&mut self) -> Publication {
        Publication {
            name: self.maybe(Dice::text),
            publisher: self.maybe(Dice::text),
            date: self.maybe(Dice::date),
            url: self.maybe(Dice::url),
            summary: self.maybe(Dice::prose),
            tags: self.texts(),
            private: self.yes(),
            extra: self.extra(),
        }
    }
}
