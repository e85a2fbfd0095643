//! Each documented key changes at least one byte of what is published, or gives a message. The keys
//! are those of the schemas, so that a new one is looked at without being named here.

use crate::values::{Dice, value};
use crate::workshop::{Built, Workshop};
use crate::written::{Written, schema};
use questfolio::check;
use questfolio::path::SitePath;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SCHEMAS: [&str; 7] = ["site", "guild", "rules", "skills", "classes", "page", "profile"];

/// Keys that do nothing by themselves, each with the reason.
const ELSEWHERE: [(&str, &str); 6] = [
    ("profile/$schema", "names the schema for editors"),
    ("profile/basics", "its keys are those of the profile, see tests/json_resume"),
    ("profile/meta", "JSON Resume's, passed on as it stands, see tests/json_resume"),
    ("page/template", "names a file of the theme, see tests/pages.rs"),
    ("rules/levels/base", "not used by a table; of the other curves it is seen"),
    (
        "site/images/max_megapixels",
        "bites on pictures of many megapixels, see tests/bad_pictures.rs",
    ),
];

/// Every key of a schema: `/work/[]/position`, `/*/hue`.
fn documented(root: &Value, schema: &Value, at: &str, keys: &mut BTreeSet<String>) {
    if let Some(target) = schema["$ref"].as_str() {
        return documented(root, root.pointer(&target[1..]).unwrap(), at, keys);
    }
    for ways in ["anyOf", "allOf"].iter().filter_map(|it| schema[*it].as_array()) {
        ways.iter().for_each(|way| documented(root, way, at, keys));
    }
    for (key, of) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        documented(root, of, &at, keys);
        keys.insert(at);
    }
    if schema["items"].is_object() {
        documented(root, &schema["items"], at, keys);
    }
    if schema["additionalProperties"].is_object() {
        documented(root, &schema["additionalProperties"], &format!("{at}/*"), keys);
    }
}

/// The places of these keys in a value, each with the key's schema.
fn places(
    root: &Value,
    schema: &Value,
    value: &Value,
    (key, place): (&str, &str),
    found: &mut Vec<(String, String, Value)>,
) {
    if let Some(target) = schema["$ref"].as_str() {
        return places(root, root.pointer(&target[1..]).unwrap(), value, (key, place), found);
    }
    for ways in ["anyOf", "allOf"].iter().filter_map(|it| schema[*it].as_array()) {
        ways.iter().for_each(|way| places(root, way, value, (key, place), found));
    }
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                if let Some(of) = schema["properties"].get(name) {
                    let key = format!("{key}/{name}");
                    places(root, of, inner, (&key, &place), found);
                    found.push((key, place, of.clone()));
                } else if schema["additionalProperties"].is_object() {
                    let of = &schema["additionalProperties"];
                    places(root, of, inner, (&format!("{key}/*"), &place), found);
                }
            }
        }
        Value::Array(items) if schema["items"].is_object() => {
            for (index, inner) in items.iter().enumerate() {
                let place = format!("{place}/{index}");
                places(root, &schema["items"], inner, (key, &place), found);
            }
        }
        _ => {}
    }
}

/// Everything that somebody would see.
fn seen(built: &Built, is_checked: bool) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let mut report = built.report.clone();
    if is_checked {
        let paths: Vec<SitePath> =
            built.outputs.keys().filter_map(|it| SitePath::new(&**it)).collect();
        report.extend(check::site(&built.site, &BTreeMap::new(), &paths));
    }
    let said = report.iter().map(|it| format!("{}: {}", it.code, it.message)).collect();
    (built.outputs.clone(), said)
}

#[test]
fn every_documented_key_does_something_or_says_that_it_does_not() {
    let mut left = BTreeSet::new();
    for name in SCHEMAS {
        let schema = schema(name);
        let mut keys = BTreeSet::new();
        documented(&schema, &schema, "", &mut keys);
        left.extend(keys.into_iter().map(|key| format!("{name}{key}")));
    }
    assert!(left.len() > 300, "only {} keys: has a schema moved?", left.len());
    left.retain(|key| {
        !ELSEWHERE.iter().any(|(known, _)| {
            key.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    });
    for seed in 0..24 {
        if left.is_empty() {
            break;
        }
        let workshop = Workshop::default();
        let mut dice = Dice::new(seed, 100, false);
        let written = Written::random(&mut dice);
        let base = workshop.build(&written);
        for (file, (name, keys)) in &written.keys {
            let schema = schema(name);
            let mut found = Vec::new();
            places(&schema, &schema, keys, ("", ""), &mut found);
            for (key, place, of) in found {
                let key = format!("{name}{key}");
                if !left.contains(&key) {
                    continue;
                }
                let is_checked = key.starts_with("rules/tests");
                let before = seen(&base, is_checked);
                let is_announced = |said: &String| {
                    let named = key.split('/').any(|it| said.contains(&format!("`{it}`")));
                    said.starts_with("not-yet") && named
                };
                let other = value(&schema, &of, place.rsplit('/').next().unwrap(), &mut dice);
                let tried = [written.without(file, &place), written.with(file, &place, other)];
                let differs = |tried: &Written| {
                    let after = seen(&workshop.build(tried), is_checked);
                    let is_missed = after.1.iter().any(|it| it.starts_with("missing-key"));
                    !is_missed && after != before
                };
                if before.1.iter().any(is_announced) || tried.iter().any(differs) {
                    left.remove(&key);
                }
            }
        }
    }
    assert!(left.is_empty(), "{} keys do nothing and say nothing: {left:#?}", left.len());
}
