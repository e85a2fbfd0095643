//! Each documented key does something: with another value, or without it, a file of the site is
//! different. What does nothing says so.
//!
//! The keys are those of the schemas. The sites of `tests/keys/effect/` have each of them at least
//! once, so a new key has to be written in one of them.

use crate::support::{read_all, root};
use crate::workshop::{Built, Files, Workshop};
use crate::written::{picture, schema};
use questfolio::check;
use questfolio::diagnostic::{Report, Severity};
use questfolio::path::SitePath;
use questfolio::source::yaml;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const SITES: [&str; 3] = ["solo", "resume", "guild"];

/// Files of keys, each with what the keys are those of, and with their schema.
const KINDS: [(&str, &str, &str); 9] = [
    ("site.yaml", "site", "site"),
    ("guild.yaml", "guild", "guild"),
    ("rules.yaml", "rules", "rules"),
    ("content/skills.yaml", "skills", "skills"),
    ("content/classes.yaml", "classes", "classes"),
    ("content/pages/", "page", "page"),
    ("content/posts/", "post", "page"),
    ("content/profile", "profile", "profile"),
    ("content/profiles/", "profile", "profile"),
];

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Nothing,
    /// It changes `resume.json`, which hands on whatever is written, and no other file.
    HandedOn,
    Shown,
}

/// Keys that are not shown and do not say so, each with the reason. A key that begins with `*` stands
/// for all that end like it.
const NOT_SHOWN: [(&str, Effect, &str); 7] = [
    ("profile/$schema", Effect::HandedOn, "it is for editors"),
    ("profile/meta", Effect::HandedOn, "JSON Resume's notes about the file itself"),
    ("*/tags", Effect::HandedOn, "they choose for `variants`, which says that it does nothing yet"),
    (
        "site/images/max_megapixels",
        Effect::Nothing,
        "it refuses larger ones: tests/bad_pictures.rs",
    ),
    (
        "rules/tests/given/log/date",
        Effect::Nothing,
        "so that an entry can be copied from a profile",
    ),
    ("rules/tests/given/log/skill", Effect::Nothing, "as the date"),
    ("rules/tests/given/log/for", Effect::Nothing, "as the date"),
];

/// Every key of a schema: `/work/position`, `/skills/*/level`.
fn documented(root: &Value, schema: &Value, at: &str, keys: &mut BTreeSet<String>) {
    for schema in ways(root, schema) {
        for (key, of) in schema["properties"].as_object().into_iter().flatten() {
            let at = format!("{at}/{key}");
            documented(root, of, &at, keys);
            keys.insert(at);
        }
        documented_within(root, &schema["items"], at, keys);
        documented_within(root, &schema["additionalProperties"], &format!("{at}/*"), keys);
    }
}

fn documented_within(root: &Value, schema: &Value, at: &str, keys: &mut BTreeSet<String>) {
    if schema.is_object() {
        documented(root, schema, at, keys);
    }
}

/// The schemas that a value may follow, without references.
fn ways<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    if let Some(target) = schema["$ref"].as_str() {
        return ways(root, root.pointer(&target[1..]).unwrap());
    }
    let ways_of = |it: &&str| schema[*it].as_array();
    let inner = ["anyOf", "allOf"].iter().filter_map(ways_of).flatten();
    [schema].into_iter().chain(inner.flat_map(|way| ways(root, way))).collect()
}

/// A key where it is written.
struct Place<'a> {
    /// `profile/work/position`
    key: String,
    file: &'a str,
    /// `/work/0/position`
    pointer: String,
    /// What its value may be.
    schemas: Vec<&'a Value>,
}

/// Every documented key of a file.
fn places<'a>(
    root: &'a Value,
    schemas: &[&'a Value],
    value: &Value,
    (key, file, pointer): (&str, &'a str, &str),
    found: &mut Vec<Place<'a>>,
) {
    let within = |name: &str| -> Vec<&'a Value> {
        let inner = schemas.iter().map(|it| &it[name]).filter(|it| it.is_object());
        inner.flat_map(|it| ways(root, it)).collect()
    };
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let pointer = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
                let named = schemas.iter().filter_map(|it| it["properties"].get(name));
                let of: Vec<&Value> = named.flat_map(|it| ways(root, it)).collect();
                if of.is_empty() {
                    let of = within("additionalProperties");
                    places(root, &of, inner, (&format!("{key}/*"), file, &pointer), found);
                } else {
                    let key = format!("{key}/{name}");
                    places(root, &of, inner, (&key, file, &pointer), found);
                    found.push(Place { key, file, pointer, schemas: of });
                }
            }
        }
        Value::Array(items) => {
            let of = within("items");
            for (index, inner) in items.iter().enumerate() {
                places(root, &of, inner, (key, file, &format!("{pointer}/{index}")), found);
            }
        }
        _ => {}
    }
}

/// Other values of the same key; the schemas say what they may be.
fn others(schemas: &[&Value], value: &Value) -> Vec<Value> {
    let words = schemas.iter().filter_map(|it| it["enum"].as_array()).flatten();
    let words: Vec<Value> = words.filter(|word| *word != value).cloned().collect();
    let within = |at: &str, inner: &Value| -> Vec<Value> {
        let with = |other| {
            let mut changed = value.clone();
            *changed.pointer_mut(at).unwrap() = other;
            changed
        };
        others(&[], inner).into_iter().map(with).collect()
    };
    match value {
        _ if !words.is_empty() => words,
        Value::Bool(it) => vec![json!(!it)],
        Value::Number(it) => it.as_i64().into_iter().map(|it| json!(it + 1)).collect(),
        // A day, a picture, or any word.
        Value::String(it) => match it.replacen("202", "201", 1).replace("photo", "other") {
            other if other != *it => vec![json!(other)],
            _ => vec![json!(format!("{it}s"))],
        },
        Value::Array(items) => {
            let inner = items.iter().enumerate().map(|(index, it)| (format!("/{index}"), it));
            inner.flat_map(|(at, it)| within(&at, it)).collect()
        }
        Value::Object(map) => {
            map.iter().flat_map(|(key, it)| within(&format!("/{key}"), it)).collect()
        }
        Value::Null => Vec::new(),
    }
}

/// A site of `tests/keys/effect/`, its keys apart from its other files.
struct Site {
    files: Files,
    keys: BTreeMap<String, Value>,
    bodies: BTreeMap<String, String>,
}

impl Site {
    fn read(name: &str) -> Site {
        let mut site = Site { files: Files::new(), keys: BTreeMap::new(), bodies: BTreeMap::new() };
        let mut files = Files::new();
        read_all(&root().join("tests/keys/effect").join(name), "", &mut files);
        for (path, bytes) in files {
            if kind(&path).is_none() {
                site.files.insert(path, bytes);
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            let keys = match text.strip_prefix("---\n").and_then(|it| it.split_once("---\n")) {
                Some((keys, body)) => {
                    site.bodies.insert(path.clone(), body.to_owned());
                    keys.to_owned()
                }
                None => text,
            };
            let file = SitePath::new(&*path).unwrap();
            let mut report = Report::default();
            let keys = yaml::parse(&file, &keys, 0, &mut report).unwrap().to_json();
            assert!(report.is_empty(), "{report:#?}");
            site.keys.insert(path, keys);
        }
        for folder in ["", "content/", "content/pages/", "content/posts/"] {
            site.files.insert(format!("{folder}photo.png"), picture(120, 100));
            site.files.insert(format!("{folder}other.png"), picture(120, 110));
        }
        site
    }

    /// All files, one of them with these keys.
    fn with(&self, file: &str, changed: &Value) -> Files {
        let mut files = self.files.clone();
        for (path, keys) in &self.keys {
            let keys = if path == file { changed } else { keys };
            let text = match self.bodies.get(path) {
                Some(body) => format!("---\n{keys}\n---\n{body}"),
                None => keys.to_string(),
            };
            files.insert(path.clone(), text.into_bytes());
        }
        files
    }
}

fn kind(path: &str) -> Option<(&'static str, &'static str)> {
    let is_text = path.ends_with(".md") || path.ends_with(".yaml") || path.ends_with(".json");
    let known = KINDS.iter().filter(|it| is_text && path.starts_with(it.0));
    known.map(|it| (it.1, it.2)).next_back()
}

/// What is different in two builds, of the files and of what `check` says about the rules' own tests.
fn effect(one: &Built, other: &Built) -> Effect {
    let rule_tests = |built: &Built| -> Vec<String> {
        let checked = check::site(&built.site, &BTreeMap::new(), &[]);
        checked.iter().map(|it| it.message.clone()).collect()
    };
    let paths: BTreeSet<&String> = one.outputs.keys().chain(other.outputs.keys()).collect();
    let differs = |path: &&&String| one.outputs.get(**path) != other.outputs.get(**path);
    let different: Vec<&String> = paths.iter().filter(differs).copied().collect();
    match different.as_slice() {
        _ if rule_tests(one) != rule_tests(other) => Effect::Shown,
        [] => Effect::Nothing,
        [only] if *only == "resume.json" => Effect::HandedOn,
        _ => Effect::Shown,
    }
}

/// Whether the report says that this key, or one that it stands in, does nothing.
fn is_announced(report: &Report, place: &Place<'_>) -> bool {
    report.iter().filter(|it| ["not-yet", "not-read"].contains(&it.code)).any(|it| {
        let is_here = it.at.as_ref().is_some_and(|at| at.file.as_str() == place.file);
        let named = |key: &str| it.message.contains(&format!("`{key}`"));
        is_here && place.key.split('/').skip(1).any(named)
    })
}

/// The values to build with in place of the one that is written: none, then others.
fn changes(keys: &Value, place: &Place<'_>) -> Vec<Value> {
    let (parent, _) = place.pointer.rsplit_once('/').unwrap();
    let name = place.key.rsplit_once('/').unwrap().1;
    let mut without = keys.clone();
    without.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(name);
    let value = keys.pointer(&place.pointer).unwrap();
    let with = others(&place.schemas, value).into_iter().map(|other| {
        let mut changed = keys.clone();
        *changed.pointer_mut(&place.pointer).unwrap() = other;
        changed
    });
    [without].into_iter().chain(with).collect()
}

#[test]
fn every_documented_key_does_something_or_says_that_it_does_not() {
    let schemas: BTreeMap<&str, Value> = KINDS.iter().map(|it| (it.2, schema(it.2))).collect();
    let mut unwritten = BTreeSet::new();
    for (_, name, schema) in KINDS {
        let schema = &schemas[schema];
        documented(schema, schema, name, &mut unwritten);
    }
    assert!(unwritten.len() > 300, "only {} keys: has a schema moved?", unwritten.len());
    let mut effects: BTreeMap<String, Effect> = BTreeMap::new();
    for name in SITES {
        let site = Site::read(name);
        let mut workshop = Workshop::default();
        let base = workshop.build(&site.with("", &Value::Null));
        let errors = base.report.iter().filter(|it| it.severity == Severity::Error);
        let errors: Vec<String> = errors.map(|it| format!("{:?}: {}", it.at, it.message)).collect();
        assert_eq!(errors, [""; 0], "{name} is a sound site");
        for (file, keys) in &site.keys {
            let (name, schema) = kind(file).unwrap();
            let schema = &schemas[schema];
            let mut found = Vec::new();
            places(schema, &ways(schema, schema), keys, (name, file, ""), &mut found);
            for place in found {
                unwritten.remove(&place.key);
                let known = effects.entry(place.key.clone()).or_insert(Effect::Nothing);
                if is_announced(&base.report, &place) {
                    *known = Effect::Shown;
                }
                for changed in changes(keys, &place) {
                    if *known == Effect::Shown {
                        break;
                    }
                    let built = workshop.build(&site.with(file, &changed));
                    // A value that is refused says nothing about its key.
                    if !built.report.has_errors() {
                        *known = effect(&base, &built).max(*known);
                    }
                }
            }
        }
    }
    assert!(unwritten.is_empty(), "no site of tests/keys/effect has {unwritten:#?}");
    effects.retain(|_, effect| *effect != Effect::Shown);
    for (name, effect, reason) in NOT_SHOWN {
        let before = effects.len();
        let is_meant = |key: &str| match name.strip_prefix('*') {
            Some(end) => key.ends_with(end),
            None => key == name,
        };
        effects.retain(|key, found| !is_meant(key) || *found != effect);
        assert!(effects.len() < before, "`{name}` does more than is said of it: {reason}");
    }
    assert!(effects.is_empty(), "keys that do nothing and do not say so: {effects:#?}");
}
