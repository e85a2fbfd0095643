//! `rules.yaml`: every rule that is written replaces its default.

use crate::diagnostic::{Diagnostic, Report};
use crate::load::axes::{axes, known_axis};
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::load::{catalogue, classes, document, rule_test};
use crate::model::ruleset::{Attempts, Curve, Fold, RadarRules, Ruleset};
use crate::source::snapshot::Snapshot;
use crate::source::yaml::Node;

/// The maximum XP that a rule may give or require.
const MAX_XP: i64 = 1_000_000_000;

/// Reads `rules.yaml`, the classes and the catalogue of skills.
pub fn ruleset(snapshot: &Snapshot, report: &mut Report) -> Ruleset {
    let mut rules = Ruleset::default();
    let document = document::yaml(snapshot, "rules.yaml", report);
    let mut tests = None;
    if let Some((file, node)) = &document {
        let mut fields = Fields::new(node, file, "`rules.yaml`", report);
        read_rules(&mut fields, &mut rules);
        tests = fields.take("tests");
        fields.finish();
    }
    classes::classes(snapshot, &mut rules, report);
    catalogue::catalogue(snapshot, &mut rules, report);
    // A test contains a small profile, which is parsed by the rules under test.
    if let (Some((file, _)), Some(node)) = (&document, tests) {
        let mut read = Reader::new(file, report);
        rules.tests = rule_test::tests(&mut read, node, &rules);
    }
    rules
}

fn read_rules(fields: &mut Fields<'_, '_>, rules: &mut Ruleset) {
    set(&mut rules.levels, fields.optional("levels", curve));
    set(&mut rules.pass, whole(fields, "pass", 0, 100));
    set(&mut rules.attempts, fields.word("attempts", &ATTEMPTS));
    fields.not_yet("difficulty", "quests earn no XP that it could multiply");
    fields.not_yet("streak", "no streaks are counted");
    for (key, node) in fields.entries("difficulty") {
        if let Some(multiplier) = multiplier(fields.reader(), &key.name, node) {
            rules.difficulty.insert(key.name.clone(), multiplier);
        }
    }
    if let Some(mut skills) = fields.map("skills", "`skills`") {
        set(&mut rules.skills.max, whole(&mut skills, "max", 1, 100));
        proficiency(&mut skills, rules);
        skills.finish();
    }
    if let Some(mut radar) = fields.map("radar", "`radar`") {
        read_radar(&mut radar, &mut rules.radar, rules.skills.max);
        radar.finish();
    }
    opening(fields, rules);
    if let Some(mut streak) = fields.map("streak", "`streak`") {
        set(&mut rules.streak.unit, streak.word("unit", &UNITS).map(str::to_owned));
        if streak.take("rest").is_some() {
            rules.streak.rest =
                streak.each("rest", |read, node| read.word("rest", node, &DAYS).map(str::to_owned));
        }
        set(&mut rules.streak.freezes, whole(&mut streak, "freezes", 0, 100));
        streak.finish();
    }
    let rarity = fields.texts("rarity");
    if !rarity.is_empty() {
        rules.rarity = rarity;
    }
}

const ATTEMPTS: [(&str, Attempts); 3] =
    [("best", Attempts::Best), ("first", Attempts::First), ("every", Attempts::Every)];
const UNITS: [(&str, &str); 3] = [("day", "day"), ("week", "week"), ("month", "month")];
const DAYS: [(&str, &str); 7] = [
    ("Mon", "Mon"),
    ("Tue", "Tue"),
    ("Wed", "Wed"),
    ("Thu", "Thu"),
    ("Fri", "Fri"),
    ("Sat", "Sat"),
    ("Sun", "Sun"),
];

fn set<T>(rule: &mut T, written: Option<T>) {
    if let Some(written) = written {
        *rule = written;
    }
}

fn whole(fields: &mut Fields<'_, '_>, key: &'static str, least: i64, most: i64) -> Option<u32> {
    fields.integer(key, least..=most).and_then(|value| u32::try_from(value).ok())
}

/// `{curve: sqrt, base: 100}`, or the XP of level 2, 3, … as a list.
fn curve(read: &mut Reader<'_>, node: &Node) -> Option<Curve> {
    if node.as_list().is_some() {
        return table(read, node);
    }
    let mut fields = read.fields(node, "`levels`");
    let words = [("sqrt", "sqrt"), ("power", "power"), ("linear", "linear"), ("table", "table")];
    let word = fields.word("curve", &words).unwrap_or("sqrt");
    let base = fields.integer("base", 1..=1_000_000).and_then(|base| u64::try_from(base).ok());
    let base = base.unwrap_or(100);
    let listed = if word == "table" { fields.required("table", table) } else { None };
    fields.finish();
    match word {
        "power" => Some(Curve::Power { base }),
        "linear" => Some(Curve::Linear { base }),
        "table" => listed,
        _ => Some(Curve::Sqrt { base }),
    }
}

fn table(read: &mut Reader<'_>, node: &Node) -> Option<Curve> {
    let mut levels: Vec<u64> = Vec::new();
    for item in read.items("table", node) {
        let xp = read.integer("table", item, 1..=MAX_XP).and_then(|xp| u64::try_from(xp).ok())?;
        if levels.last().is_some_and(|last| *last >= xp) {
            let diagnostic = Diagnostic::error(
                "level-table",
                "each level must need more XP than the one before",
            )
            .at(read.span(item))
            .help("list the total XP for level 2, 3, …, in rising order");
            read.report.push(diagnostic);
            return None;
        }
        levels.push(xp);
    }
    if levels.is_empty() {
        let diagnostic = Diagnostic::error("level-table", "the table has no levels")
            .at(read.span(node))
            .help("list the total XP for level 2, 3, …, in rising order");
        read.report.push(diagnostic);
        return None;
    }
    Some(Curve::Table(levels))
}

/// A factor such as `1.5`, in thousandths.
fn multiplier(read: &mut Reader<'_>, name: &str, node: &Node) -> Option<u32> {
    let value = node.as_number().and_then(|number| number.as_f64());
    match value.filter(|value| (0.0..=100.0).contains(value)) {
        Some(value) => Some((value * 1000.0).round() as u32),
        None => {
            let help = "for example, write `1.5`".to_owned();
            read.wrong_kind(name, "a number from 0 to 100", node, Some(help));
            None
        }
    }
}

/// Converts a level on a scale of ten to a scale that ends at `max`: rounded, and at least 1.
fn of_ten(level: u32, max: u32) -> u32 {
    match level {
        0 => 0,
        _ => ((level * max + 5) / 10).clamp(1, max),
    }
}

fn proficiency(skills: &mut Fields<'_, '_>, rules: &mut Ruleset) {
    let entries = skills.entries("proficiency");
    if entries.is_empty() {
        let max = rules.skills.max;
        rules.skills.proficiency.iter_mut().for_each(|(_, level)| *level = of_ten(*level, max));
        return;
    }
    let most = i64::from(rules.skills.max);
    rules.skills.proficiency = entries
        .iter()
        .filter_map(|(key, node)| {
            let level = skills.reader().integer(&key.name, node, 0..=most)?;
            Some((key.name.clone(), u32::try_from(level).ok()?))
        })
        .collect();
}

fn read_radar(fields: &mut Fields<'_, '_>, radar: &mut RadarRules, max: u32) {
    if let Some(axes) = fields.optional("axes", axes) {
        radar.categories.retain(|_, axis| axes.iter().any(|known| known.id == *axis));
        let named = axes.iter().map(|axis| (axis.id.clone(), axis.id.clone()));
        radar.categories.extend(named.collect::<Vec<_>>());
        (radar.axes, radar.named) = (axes, true);
    }
    let folds = [("max", Fold::Max), ("mean", Fold::Mean), ("sum", Fold::Sum)];
    set(&mut radar.fold, fields.word("fold", &folds));
    set(&mut radar.floor, whole(fields, "floor", 0, i64::from(max)));
    for (key, node) in fields.entries("categories") {
        if let Some(axis) = known_axis(fields.reader(), &key.name, node, &radar.axes) {
            radar.categories.insert(key.name.to_lowercase(), axis);
        }
    }
}

fn opening(fields: &mut Fields<'_, '_>, rules: &mut Ruleset) {
    const KEYS: [&str; 5] = ["skill", "work.month", "project", "certificate", "publication"];
    let Some(mut xp) = fields.map("xp", "`xp`") else { return };
    for key in KEYS {
        if let Some(value) = xp.integer(key, 0..=MAX_XP) {
            rules.opening.insert(key.to_owned(), value);
        }
    }
    xp.finish();
}
