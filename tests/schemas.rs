//! The schemas for editors agree with the readers: for every key, both accept and refuse the same
//! values.
#![allow(clippy::unwrap_used, reason = "a test fails where it may not")]
#![expect(clippy::disallowed_methods, reason = "a test reads the sources")]

use jiff::civil::date;
use jiff::tz::TimeZone;
use jsonschema::Validator;
use questfolio::diagnostic::{Report, Severity};
use questfolio::load::{self, schema::schemas};
use questfolio::model::ruleset::Ruleset;
use questfolio::path::SitePath;
use questfolio::source::snapshot::Snapshot;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Each file with the path of a sample, the sources that read it, and the number of samples that
/// cover every form of a value.
const FILES: [(&str, &str, &[&str]); 7] = [
    ("profile", "content/profiles/ada/profile.yaml", &["profile", "portrait.rs"]),
    ("site", "site.yaml", &["config/read.rs"]),
    ("page", "content/pages/a.md", &["page.rs", "portrait.rs"]),
    ("skills", "content/skills.yaml", &["catalogue.rs"]),
    ("classes", "content/classes.yaml", &["classes.rs"]),
    ("rules", "rules.yaml", &["ruleset.rs", "rule_test.rs"]),
    ("guild", "guild.yaml", &["guild.rs", "portrait.rs"]),
];

/// The maximum number of forms of a value.
const FORMS: usize = 6;

fn schema(name: &str) -> Value {
    let file = format!("{name}.schema.json");
    schemas().into_iter().find(|(known, _)| *known == file).expect("a schema").1
}

/// The diagnostics for a sample at its path in a guild.
fn report(path: &str, sample: &Value) -> Report {
    let text = sample.to_string();
    let text = if path.ends_with(".md") { format!("---\n{text}\n---\n# A\n") } else { text };
    let mut files = vec![
        ("guild.yaml", "name: G\n"),
        ("content/profiles/ada/profile.yaml", "name: Ada\n"),
        ("content/profiles/ada/avatar.jpg", ""),
        ("content/pages/avatar.jpg", ""),
        ("avatar.jpg", ""),
        ("crest.svg", ""),
    ];
    files.retain(|(known, _)| *known != path);
    files.push((path, &text));
    let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    let snapshot = Snapshot::of_files(date(2026, 3, 1), files);
    let (mut report, at) = (Report::default(), SitePath::new(path).expect("a path"));
    let rules = Ruleset::default();
    match path {
        _ if path.starts_with("content/profiles") => {
            drop(load::profile(&snapshot, &at, &rules, &mut report))
        }
        _ if path.starts_with("content/pages") => {
            drop(load::page(&snapshot, &at, load::Collection::Pages, &TimeZone::UTC, &mut report))
        }
        "site.yaml" => drop(load::config(&snapshot, &mut report)),
        "guild.yaml" => drop(load::site(
            &snapshot,
            &load::Options::default(),
            &load::Memory::default(),
            &mut report,
        )),
        _ => drop(load::ruleset(&snapshot, &mut report)),
    }
    let own = |it: &&questfolio::diagnostic::Diagnostic| {
        it.at.as_ref().is_some_and(|at| at.file.as_str() == path)
    };
    report.iter().filter(own).cloned().collect()
}

fn errors(report: &Report) -> Vec<String> {
    let errors = report.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| format!("{}: {}", it.code, it.message)).collect()
}

/// A value that the schema describes, in the form with the number `form`.
fn sample(root: &Value, schema: &Value, form: usize) -> Value {
    let alternatives = ["anyOf", "allOf"].iter().find_map(|key| schema[*key].as_array());
    if let Some(target) = schema["$ref"].as_str() {
        return sample(root, root.pointer(&target[1..]).expect("a definition"), form);
    }
    for key in ["examples", "enum"] {
        if let Some(values) = schema[key].as_array() {
            return values[form % values.len()].clone();
        }
    }
    if schema.get("properties").is_none()
        && let Some(alternatives) = alternatives
    {
        return sample(root, &alternatives[form % alternatives.len()], form);
    }
    match schema["type"].as_str() {
        Some("object") => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            let kept =
                properties.iter().filter(|(key, _)| !stands_elsewhere(key, &properties, form));
            let mut object: Map<String, Value> =
                kept.map(|(key, schema)| (key.clone(), sample(root, schema, form))).collect();
            if object.is_empty() && schema["additionalProperties"].is_object() {
                object.insert("Rust".into(), sample(root, &schema["additionalProperties"], form));
            }
            Value::Object(object)
        }
        Some("array") => json!([sample(root, &schema["items"], form)]),
        Some("null") => Value::Null,
        _ if schema.get("const").is_some() => schema["const"].clone(),
        _ => schema["minimum"].as_i64().map_or(json!("text"), |least| json!(least.max(7))),
    }
}

/// Whether a sample in this form uses another key: there are long and short names, and an employer
/// has either positions or a single one.
fn stands_elsewhere(key: &str, properties: &Map<String, Value>, form: usize) -> bool {
    const HELD: [&str; 8] =
        ["position", "start", "end", "startDate", "endDate", "summary", "highlights", "skills"];
    let employs = properties.contains_key("positions");
    let grouped = employs && form % 2 == 1;
    match key {
        "start" | "end" => properties.contains_key("startDate") && (form % 4 < 2 || grouped),
        "startDate" | "endDate" => form % 4 >= 2 || grouped,
        "author" => form % 4 < 2,
        "authors" => form % 4 >= 2,
        "positions" => !grouped,
        _ => grouped && HELD.contains(&key),
    }
}

/// The sample of a whole file. A value that may be in two places is in one of them.
fn whole(name: &str, form: usize) -> Value {
    let schema = schema(name);
    let mut value = sample(&schema, &schema, form);
    if name == "profile" {
        let profile = value.as_object_mut().expect("a map");
        let basics = profile.shift_remove("basics").expect("a map");
        if form % 2 == 1 {
            let keys: Vec<String> = basics.as_object().expect("a map").keys().cloned().collect();
            keys.iter().for_each(|key| drop(profile.shift_remove(key)));
            profile.insert("basics".into(), basics);
        }
        // The sample's tree must have no cycle, and the skills it merges must exist.
        if let Some(skills) = profile["skills"].as_array_mut() {
            skills.retain(|skill| skill != "Rust");
            skills.push(json!("Rust"));
        } else if let Some(skills) = profile["skills"].as_object_mut()
            && let Some(details) = skills.get_mut("Rust").filter(|it| it.is_object())
        {
            details["requires"] = json!(["Go"]);
            details["merges"] = json!("Go");
        }
    }
    value
}

/// Every value within a value, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, it)| places(it, &format!("{at}/{}", escape(key)), found));
        }
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.for_each(|(index, it)| places(it, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

fn validator(name: &str) -> Validator {
    jsonschema::draft7::new(&schema(name)).expect("a schema")
}

#[test]
fn samples_with_every_key_are_taken_by_both() {
    for (name, path, _) in FILES {
        let validator = validator(name);
        for form in 0..FORMS {
            let sample = whole(name, form);
            let mistakes: Vec<String> = validator
                .iter_errors(&sample)
                .map(|it| format!("{}: {it}", it.instance_path()))
                .collect();
            assert_eq!(mistakes, [""; 0], "{sample:#}");
            let report = report(path, &sample);
            let codes = ["unknown-key", "unknown-skill"];
            let unknown = report.iter().find(|it| codes.contains(&it.code));
            assert_eq!((errors(&report).as_slice(), unknown), (&[][..], None), "{sample:#}");
        }
    }
}

#[test]
fn what_one_refuses_the_other_refuses() {
    let mut wrong = BTreeSet::new();
    for (name, path, _) in FILES {
        let validator = validator(name);
        for form in 0..FORMS {
            let sample = whole(name, form);
            let mut all = Vec::new();
            places(&sample, "", &mut all);
            for place in all {
                // The theme's own keys and those of JSON Resume's `meta`: their contents are not
                // known here.
                if place.starts_with("/extra")
                    || place.starts_with("/meta")
                    || place.starts_with("/$schema")
                {
                    continue;
                }
                let mut broken = sample.clone();
                let value = broken.pointer_mut(&place).expect("a place");
                match value {
                    Value::Object(map) => drop(map.insert("zzzz".into(), json!([[1]]))),
                    other => *other = json!({"zzzz": [[1]]}),
                }
                let report = report(path, &broken);
                if validator.is_valid(&broken) == report.has_errors() {
                    let verdict =
                        if report.has_errors() { "only the reader" } else { "only the schema" };
                    wrong
                        .insert(format!("{name} {place}: {verdict} refuses {:?}", errors(&report)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The names of all properties in a schema.
fn properties(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(map) => {
            if let Some(own) = map.get("properties").and_then(Value::as_object) {
                found.extend(own.keys().cloned());
            }
            map.values().for_each(|it| properties(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| properties(it, found)),
        _ => {}
    }
}

/// Every key that the sources take from a map: the first literal after a call that takes one.
fn asked(path: &Path, found: &mut BTreeSet<String>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| asked(&entry.unwrap().path(), found));
        return;
    }
    const CALLS: [&str; 24] = [
        "take",
        "take_either",
        "take_entry",
        "text",
        "optional_text",
        "integer",
        "flag",
        "optional_flag",
        "date",
        "partial_date",
        "url",
        "texts",
        "each",
        "word",
        "markdown",
        "markdowns",
        "map",
        "entries",
        "required",
        "optional",
        "own",
        "whole",
        "chosen",
        "list",
    ];
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap();
    for call in CALLS {
        for (at, _) in text.match_indices(&format!("{call}(")) {
            let before = &text[..at];
            let begins = !before.ends_with(|it: char| it.is_alphanumeric() || it == '_');
            // In `read.text("name", node)`, the name is only for messages.
            let names = before.ends_with("read.") || before.ends_with("reader().");
            let inside = text[at + call.len() + 1..].trim_start();
            let inside = [
                "fields, ",
                "&mut fields, ",
                "&mut skills, ",
                "&mut cards, ",
                "&mut streak, ",
                "top, ",
            ]
            .iter()
            .find_map(|first| inside.strip_prefix(first))
            .unwrap_or(inside);
            if begins && !names && inside.starts_with('"') {
                found.extend(inside[1..].split('"').next().map(str::to_owned));
            }
        }
    }
}

#[test]
fn every_key_the_readers_ask_for_is_in_the_schema() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/load");
    for (name, _, files) in FILES {
        let (mut known, mut keys) = (BTreeSet::new(), BTreeSet::new());
        properties(&schema(name), &mut known);
        files.iter().for_each(|file| asked(&sources.join(file), &mut keys));
        if name == "profile" {
            asked(&sources.join("profile.rs"), &mut keys);
            // Keys that only an exported résumé has, and old names that are only read.
            let machine = ["first", "count", "extra", "company", "website", "gpa", "picture"];
            keys.retain(|key| {
                !key.starts_with("meta.questfolio") && !machine.contains(&key.as_str())
            });
        }
        assert!(keys.len() >= 5, "{name}: {keys:?}");
        let missing: Vec<&String> = keys.difference(&known).collect();
        assert!(missing.is_empty(), "{name}: not in the schema: {missing:?}");
    }
}

#[test]
fn every_key_says_what_it_is() {
    fn silent(root: &Value, schema: &Value, at: &str, found: &mut Vec<String>) {
        if let Value::Object(map) = schema {
            for (key, property) in
                map.get("properties").and_then(Value::as_object).into_iter().flatten()
            {
                let told = match property["$ref"].as_str() {
                    Some(target) => root.pointer(&target[1..]).expect("a definition"),
                    None => property,
                };
                if told["description"].as_str().is_none_or(str::is_empty)
                    && told.get("const").is_none()
                {
                    found.push(format!("{at}/{key}"));
                }
            }
            map.iter().for_each(|(key, it)| silent(root, it, &format!("{at}/{key}"), found));
        } else if let Value::Array(items) = schema {
            items.iter().for_each(|it| silent(root, it, at, found));
        }
    }
    let mut found = Vec::new();
    for (name, schema) in schemas() {
        silent(&schema, &schema, name, &mut found);
    }
    assert_eq!(found, [""; 0]);
}
