//! JSON Resume's other sections, with the standard's keys.

use super::keys::{ProfileKeys, RENAMED};
use super::scope::{Known, Scope, private, unless_blank};
use crate::load::fields::Fields;
use crate::load::portrait;
use crate::load::read::Reader;
use crate::model::profile::{
    Award, Certificate, Education, Entry, Interest, Language, Profile, Project, Publication,
    Reference,
};
use crate::source::yaml::Node;

pub(super) fn read(
    scope: &Scope<'_>,
    known: &Known,
    top: &mut ProfileKeys<'_, '_>,
    profile: &mut Profile,
) {
    let top = &mut top.fields;
    profile.education =
        each(top, "education", "an entry of `education`", |fields| school(scope, fields));
    profile.awards = each(top, "awards", "an award", award);
    profile.certificates = each(top, "certificates", "a certificate", certificate);
    profile.publications = each(top, "publications", "a publication", publication);
    profile.languages = each(top, "languages", "a language", language);
    profile.interests = each(top, "interests", "an interest", interest);
    profile.references = each(top, "references", "a reference", reference);
    profile.projects = each(top, "projects", "a project", |fields| project(scope, known, fields));
}

/// The entries of a section; `T` decides what happens to unknown keys.
fn each<T: Entry>(
    top: &mut Fields<'_, '_>,
    key: &'static str,
    what: &str,
    mut entry: impl FnMut(Fields<'_, '_>) -> T,
) -> Vec<T> {
    top.each(key, |read: &mut Reader<'_>, node: &Node| {
        let fields = read.fields(node, what).renamed(RENAMED);
        let entry = fields.is_map().then(|| entry(fields))?;
        unless_blank(read, node, entry)
    })
}

fn school(scope: &Scope<'_>, mut fields: Fields<'_, '_>) -> Education {
    let url = scope.renamed(&mut fields, "url", "website");
    let score = scope.renamed(&mut fields, "score", "gpa");
    let (start, end) = scope.period(&mut fields);
    let school = Education {
        institution: fields.optional_text("institution"),
        url: fields.url(url),
        area: fields.optional_text("area"),
        study_type: fields.optional_text("studyType"),
        start,
        end,
        score: fields.optional_text(score),
        courses: fields.texts("courses"),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Education::default()
    };
    Education { extra: fields.finish_keeping(), ..school }
}

fn award(mut fields: Fields<'_, '_>) -> Award {
    let award = Award {
        title: fields.optional_text("title"),
        date: fields.partial_date("date"),
        awarder: fields.optional_text("awarder"),
        summary: fields.markdown("summary"),
        url: fields.url("url"),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Award::default()
    };
    Award { extra: fields.finish_keeping(), ..award }
}

fn certificate(mut fields: Fields<'_, '_>) -> Certificate {
    let certificate = Certificate {
        name: fields.optional_text("name"),
        date: fields.partial_date("date"),
        url: fields.url("url"),
        issuer: fields.optional_text("issuer"),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Certificate::default()
    };
    Certificate { extra: fields.finish_keeping(), ..certificate }
}

fn publication(mut fields: Fields<'_, '_>) -> Publication {
    let publication = Publication {
        name: fields.optional_text("name"),
        publisher: fields.optional_text("publisher"),
        date: fields.partial_date("releaseDate"),
        url: fields.url("url"),
        summary: fields.markdown("summary"),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Publication::default()
    };
    Publication { extra: fields.finish_keeping(), ..publication }
}

fn language(mut fields: Fields<'_, '_>) -> Language {
    let language = Language {
        language: fields.optional_text("language"),
        fluency: fields.optional_text("fluency"),
        private: private(&mut fields),
        ..Language::default()
    };
    Language { extra: fields.finish_keeping(), ..language }
}

fn interest(mut fields: Fields<'_, '_>) -> Interest {
    let interest = Interest {
        name: fields.optional_text("name"),
        keywords: fields.texts("keywords"),
        private: private(&mut fields),
        ..Interest::default()
    };
    Interest { extra: fields.finish_keeping(), ..interest }
}

fn reference(mut fields: Fields<'_, '_>) -> Reference {
    let reference = Reference {
        name: fields.optional_text("name"),
        reference: fields.markdown("reference"),
        private: private(&mut fields),
        ..Reference::default()
    };
    Reference { extra: fields.finish_keeping(), ..reference }
}

fn project(scope: &Scope<'_>, known: &Known, mut fields: Fields<'_, '_>) -> Project {
    let url = scope.renamed(&mut fields, "url", "website");
    let (start, end) = scope.period(&mut fields);
    let skills = fields.optional("skills", |read, node| Some(known.mentioned(read, node)));
    let project = Project {
        name: fields.optional_text("name"),
        description: fields.markdown("description"),
        highlights: fields.markdowns("highlights"),
        keywords: fields.texts("keywords"),
        start,
        end,
        url: fields.url(url),
        roles: fields.texts("roles"),
        entity: fields.optional_text("entity"),
        kind: fields.optional_text("type"),
        image: fields
            .optional("image", |read, node| portrait::whole(read, "image", node, scope.snapshot)),
        skills: skills.unwrap_or_default(),
        rarity: scope.rarity(&mut fields),
        tags: fields.texts("tags"),
        private: private(&mut fields),
        ..Project::default()
    };
    Project { extra: fields.finish_keeping(), ..project }
}
