//! A guild's tests of its own rules: the expected level for a given ledger and skills.

use crate::load::read::Reader;
use crate::model::profile::{Deed, Profile, Skill};
use crate::model::ruleset::{RuleTest, Ruleset};
use crate::model::slug::slugify;
use crate::source::yaml::{Key, Node};

/// The maximum XP that one entry may give or take.
const MAX_XP: i64 = 1_000_000_000_000;

/// Reads the list of tests.
pub(super) fn tests(read: &mut Reader<'_>, node: &Node, rules: &Ruleset) -> Vec<RuleTest> {
    read.items("tests", node).iter().filter_map(|node| test(read, node, rules)).collect()
}

fn test(read: &mut Reader<'_>, node: &Node, rules: &Ruleset) -> Option<RuleTest> {
    let at = Some(read.span(node));
    let mut fields = read.fields(node, "a test of the rules");
    let given = fields.required("given", |read, node| given(read, node, rules));
    let mut expected = fields.map("expect", "`expect`");
    let mut test = RuleTest { given: Box::default(), level: None, xp: None, badges: None, at };
    if let Some(expected) = &mut expected {
        let level = expected.integer("level", 1..=1_000_000);
        test.level = level.and_then(|level| u32::try_from(level).ok());
        test.xp = expected.integer("xp", -MAX_XP..=MAX_XP);
        test.badges = expected.take("badges").map(|_| expected.texts("badges"));
        expected.not_yet("badges", "no rule awards badges, so nothing is compared");
    }
    match expected {
        Some(expected) => expected.finish(),
        None => fields.report_missing("expect"),
    }
    fields.finish();
    test.given = Box::new(given?);
    Some(test)
}

/// The parts of a profile that earn XP.
fn given(read: &mut Reader<'_>, node: &Node, rules: &Ruleset) -> Option<Profile> {
    let mut fields = read.fields(node, "`given`");
    let mut profile = Profile { log: fields.each("log", deed), ..Profile::default() };
    for (key, node) in fields.entries("skills") {
        profile.skills.extend(skill(fields.reader(), key, node, rules));
    }
    fields.finish();
    Some(profile)
}

fn deed(read: &mut Reader<'_>, node: &Node) -> Option<Deed> {
    let mut fields = read.fields(node, "an entry of `log`");
    let date = fields.required("date", |read, node| read.date("date", node));
    let xp = fields.required("xp", |read, node| read.integer("xp", node, -MAX_XP..=MAX_XP));
    let skill = fields.optional_text("skill").and_then(|name| slugify(&name));
    let reason = fields.markdown("for");
    fields.finish();
    Some(Deed { date: date?, xp: xp?, skill, reason, evidence: None, private: false })
}

fn skill(read: &mut Reader<'_>, key: &Key, node: &Node, rules: &Ruleset) -> Option<Skill> {
    let words = rules.skills.proficiency.iter().map(|(word, level)| (word.as_str(), *level));
    let level = match node.as_integer() {
        Some(_) => read.integer(&key.name, node, 0..=i64::from(rules.skills.max))?,
        None => i64::from(read.word(&key.name, node, &words.collect::<Vec<_>>())?),
    };
    let level = u32::try_from(level).ok();
    Some(Skill { name: key.name.clone(), slug: slugify(&key.name)?, level, ..Skill::default() })
}
