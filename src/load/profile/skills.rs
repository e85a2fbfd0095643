//! Skills: `Rust: 8`, `Go: learning`, details, or JSON Resume's list.

use super::keys::ProfileKeys;
use super::scope::{Known, Scope, addressable, one_of, private};
use super::skill_draft::SkillDraft;
use super::tree;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::model::profile::{Endorsement, Profile, Skill};
use crate::model::slug::slugify;
use crate::source::yaml::Node;

/// The maximum number of skills of one profile, because each of them becomes a page.
const MAX_SKILLS: usize = 1_000;

/// Reads `skills` into the profile. Returns every skill that the rest of the profile may refer to.
pub(super) fn read(
    scope: &Scope<'_>,
    top: &mut ProfileKeys<'_, '_>,
    profile: &mut Profile,
) -> Known {
    let mut known = Known::new(scope.catalogue);
    let written = top.fields.take("skills");
    let details = top.fields.take("meta.questfolio.skills");
    let read = top.fields.reader();
    let mut drafts = written.map(|node| skills(scope, read, node)).unwrap_or_default();
    refuse_crowd(read, &mut drafts);
    for (key, node) in details.map(|it| read.entries("skills", it)).unwrap_or_default() {
        if let Some(draft) = drafts.iter_mut().find(|draft| draft.skill.name == key.name) {
            from_value(scope, read, draft, node);
        }
    }
    let mut drafts = resolve(scope, read, &mut known, drafts);
    tree::connect(scope, read, &known, &mut drafts);
    profile.skills = drafts.into_iter().map(|draft| draft.skill).collect();
    let keywords = profile.skills.iter().flat_map(|skill| &skill.keywords);
    for (word, slug) in keywords.filter_map(|word| Some((word, slugify(word)?))) {
        known.declare(&slug, word.trim());
    }
    known
}

/// Limits the number of skills: each one is a line, a node of the tree and a page.
fn refuse_crowd(read: &mut Reader<'_>, drafts: &mut Vec<SkillDraft<'_>>) {
    if let Some(first) = drafts.get(MAX_SKILLS) {
        let message = format!(
            "a profile can have at most {MAX_SKILLS} skills, and this one has {}",
            drafts.len()
        );
        let diagnostic = Diagnostic::error("too-many-skills", message)
            .at(first.at.clone())
            .label("the first one over the limit")
            .help("keep the most important ones; others can be `keywords` of a skill");
        read.report.push(diagnostic);
    }
    drafts.truncate(MAX_SKILLS);
}

fn skills<'n>(scope: &Scope<'_>, read: &mut Reader<'_>, node: &'n Node) -> Vec<SkillDraft<'n>> {
    if let Some(items) = node.as_list() {
        return items.iter().filter_map(|item| listed(scope, read, item)).collect();
    }
    let mut drafts = Vec::new();
    for (key, value) in read.entries("skills", node) {
        let mut draft = SkillDraft::new(&key.name, read.key_span(key));
        from_value(scope, read, &mut draft, value);
        drafts.push(draft);
    }
    drafts
}

/// A level, a word for one, null, or details.
fn from_value<'n>(
    scope: &Scope<'_>,
    read: &mut Reader<'_>,
    draft: &mut SkillDraft<'n>,
    node: &'n Node,
) {
    if node.as_map().is_none() {
        if !node.is_null() {
            level(scope, read, &mut draft.skill, node);
        }
        return;
    }
    let mut fields = read.fields(node, "a skill");
    if let Some(node) = fields.take("level") {
        level(scope, fields.reader(), &mut draft.skill, node);
    }
    if let Some(keywords) = fields.take("keywords") {
        draft.skill.keywords = fields.reader().texts("keywords", keywords);
    }
    details(scope, &mut fields, draft);
    fields.finish();
}

/// An entry of JSON Resume's list.
fn listed<'n>(scope: &Scope<'_>, read: &mut Reader<'_>, node: &'n Node) -> Option<SkillDraft<'n>> {
    if node.as_str().is_some() && !node.is_null() {
        let name = read.text("skills", node).filter(|name| !name.trim().is_empty())?;
        return Some(SkillDraft::new(&name, read.span(node)));
    }
    let mut fields = read.fields(node, "a skill");
    let at = fields.take("name").map_or(node, |name| name);
    let at = fields.reader().span(at);
    let mut draft = SkillDraft::new(&fields.text("name")?, at);
    if let Some(node) = fields.take("level") {
        word_or_level(scope, fields.reader(), &mut draft.skill, node);
    }
    draft.skill.keywords = fields.texts("keywords");
    details(scope, &mut fields, &mut draft);
    draft.skill.extra = fields.finish_keeping();
    Some(draft)
}

/// The fields of a skill that JSON Resume does not have.
fn details<'n>(scope: &Scope<'_>, fields: &mut Fields<'n, '_>, draft: &mut SkillDraft<'n>) {
    let skill = &mut draft.skill;
    skill.since = fields.partial_date("since");
    skill.axis = fields.optional("axis", |read, node| axis(scope, read, node));
    draft.requires = fields.take("requires");
    draft.merges = fields.take("merges");
    let most = i64::from(scope.ruleset.skills.max);
    skill.at = fields.integer("at", 1..=most).map(|at| at as u32);
    skill.rarity = scope.rarity(fields);
    skill.evidence = fields.each("evidence", |read, node| read.url("evidence", node));
    skill.endorsed = fields.each("endorsed", endorsement);
    skill.private = private(fields);
}

fn endorsement(read: &mut Reader<'_>, node: &Node) -> Option<Endorsement> {
    let mut fields = read.fields(node, "an endorsement");
    let by = fields.text("by");
    let (date, url) = (fields.partial_date("date"), fields.url("url"));
    fields.finish();
    Some(Endorsement { by: by?, date, url })
}

fn axis(scope: &Scope<'_>, read: &mut Reader<'_>, node: &Node) -> Option<String> {
    let written = read.text("axis", node)?;
    let known = scope.ruleset.radar.axes.iter().map(|axis| axis.id.as_str());
    if known.clone().any(|id| id == written) {
        return Some(written);
    }
    let message = format!("the radar has no axis called `{written}`");
    let diagnostic = Diagnostic::error("unknown-axis", message)
        .at(read.span(node))
        .help(one_of(&written, known));
    read.report.push(diagnostic);
    None
}

/// JSON Resume allows any word here; one that is not on the scale has no number. In another tool's
/// résumé, a quoted number is a level, and a number off the scale is treated as a word.
fn word_or_level(scope: &Scope<'_>, read: &mut Reader<'_>, skill: &mut Skill, node: &Node) {
    let word = node.as_str().unwrap_or_default().trim();
    let number =
        word.parse().ok().filter(|level| scope.is_foreign && *level <= scope.ruleset.skills.max);
    if node.plain().is_some() || node.as_str().is_none() {
        level(scope, read, skill, node);
        let is_shown = scope.is_foreign && skill.level.is_none() && skill.word.is_none();
        skill.word = skill.word.take().or_else(|| Some(word.to_owned()).filter(|_| is_shown));
        skill.word = skill.word.take().filter(|word| !word.is_empty());
    } else if let Some(number) = number {
        (skill.level, skill.word) = (Some(number), None);
    } else if !word.is_empty() {
        (skill.level, skill.word) = (of_word(scope, word), Some(word.to_owned()));
    }
}

fn of_word(scope: &Scope<'_>, word: &str) -> Option<u32> {
    let words = &scope.ruleset.skills.proficiency;
    words.iter().find(|(known, _)| known.to_lowercase() == word.to_lowercase()).map(|it| it.1)
}

/// A number on the scale, or a word for one.
fn level(scope: &Scope<'_>, read: &mut Reader<'_>, skill: &mut Skill, node: &Node) {
    let is_word = |text: &str| text.chars().any(char::is_alphabetic);
    let Some(word) = node.as_str().filter(|text| is_word(text) && node.as_number().is_none())
    else {
        let most = i64::from(scope.ruleset.skills.max);
        if let Some(level) = read.integer("level", node, 0..=most) {
            (skill.level, skill.word) = (Some(level as u32), None);
        }
        return;
    };
    if let Some(level) = of_word(scope, word.trim()) {
        (skill.level, skill.word) = (Some(level), Some(word.trim().to_owned()));
        return;
    }
    let words = scope.ruleset.skills.proficiency.iter().map(|(word, _)| word.as_str());
    let message = format!("no level is called `{word}`");
    let help = did_you_mean(word, words.clone()).unwrap_or_else(|| {
        format!("{}, or a number from 0 to {}", one_of(word, words), scope.ruleset.skills.max)
    });
    let diagnostic =
        Diagnostic::error("unknown-proficiency", message).at(read.span(node)).help(help);
    read.report.push(diagnostic);
}

/// Gives every skill its name and slug, which must be unique.
fn resolve<'n>(
    scope: &Scope<'_>,
    read: &mut Reader<'_>,
    known: &mut Known,
    drafts: Vec<SkillDraft<'n>>,
) -> Vec<SkillDraft<'n>> {
    let mut kept: Vec<SkillDraft<'n>> = Vec::new();
    for mut draft in drafts {
        let written = draft.skill.name.clone();
        match known.get(&written) {
            Some((slug, name)) => {
                (draft.skill.slug, draft.skill.name) = (slug.to_owned(), name.to_owned());
            }
            None => {
                suspect(scope, read, known, &draft);
                let Some(slug) = addressable(read, draft.at.clone(), &written) else { continue };
                draft.skill.slug = slug;
            }
        }
        match kept.iter().find(|other| other.skill.slug == draft.skill.slug) {
            Some(first) => twice(read, first, &draft, &written),
            None => kept.push(draft),
        }
    }
    for draft in &kept {
        known.declare(&draft.skill.slug, &draft.skill.name);
    }
    kept
}

/// Reports a name that differs from one in the catalogue by a letter.
fn suspect(scope: &Scope<'_>, read: &mut Reader<'_>, known: &Known, draft: &SkillDraft<'_>) {
    let name = &draft.skill.name;
    let Some(near) = known.almost(name).filter(|_| !scope.ruleset.catalogue.is_empty()) else {
        return;
    };
    let diagnostic =
        Diagnostic::warning("unknown-skill", format!("there is no skill called `{name}`"))
            .at(draft.at.clone())
            .help(format!("did you mean `{near}`?"));
    read.report.push(diagnostic);
}

fn twice(read: &mut Reader<'_>, first: &SkillDraft<'_>, second: &SkillDraft<'_>, written: &str) {
    let diagnostic =
        Diagnostic::error("duplicate-skill", format!("the skill `{written}` is declared twice"))
            .at(second.at.clone())
            .related(first.at.clone(), "first declared here")
            .help("merge the two entries");
    read.report.push(diagnostic);
}
