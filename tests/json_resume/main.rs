//! Profiles and JSON Resume: nothing is lost in either direction, and nothing private is published.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]
#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

mod dice;

use dice::{Dice, PROFILE};
use jiff::civil::date;
use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::load;
use questfolio::model::json_resume::{Audience, published, resume};
use questfolio::model::profile::Profile;
use questfolio::model::ruleset::Ruleset;
use questfolio::path::SitePath;
use questfolio::source::snapshot::Snapshot;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Reads a profile from the text of a file that has a picture beside it.
fn read(path: &str, text: &str) -> (Option<Profile>, Report) {
    let picture: &[u8] = b"a picture";
    let files = [(path, text.as_bytes()), ("content/profiles/ada/me.jpg", picture)];
    let snapshot = Snapshot::of_files(date(2026, 3, 1), files);
    let mut report = Report::default();
    let path = SitePath::new(path).unwrap();
    let profile = load::profile(&snapshot, &path, &Ruleset::default(), &mut report);
    (profile, report)
}

/// As exported for the owner, or as published.
fn export(profile: &Profile, audience: Audience) -> Value {
    let scale = Ruleset::default().skills;
    match audience {
        Audience::Owner => resume(profile, &scale, audience),
        Audience::Public => published(profile, &scale, Some("https://ada.example/me.jpg")),
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/jsonresume")
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(fixtures().join("schema.json")).unwrap()).unwrap()
}

/// Every URL of a résumé, by its position.
fn addresses(value: &Value, place: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter().filter(|(key, _)| *key != "meta") {
                let place = format!("{place}/{key}");
                found.extend(
                    value
                        .as_str()
                        .filter(|_| key == "url")
                        .map(|it| (place.clone(), it.to_owned())),
                );
                addresses(value, &place, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                addresses(value, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// What themes and stricter validators fail on.
fn stumbles(resume: &Value) -> Vec<String> {
    let mut found = Vec::new();
    addresses(resume, "", &mut found);
    let sound = |address: &str| {
        address.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
    };
    let odd = found.into_iter().filter(|(_, address)| !sound(address));
    let mut stumbles: Vec<String> = odd.map(|(place, _)| place).collect();
    stumbles.extend((!resume["basics"]["location"].is_object()).then(|| "location".to_owned()));
    stumbles.extend((!resume["basics"]["profiles"].is_array()).then(|| "profiles".to_owned()));
    stumbles
}

/// The violations of the schema in a résumé, with their positions.
fn mistakes(resume: &Value) -> Vec<String> {
    static SCHEMA: OnceLock<jsonschema::Validator> = OnceLock::new();
    let schema = SCHEMA.get_or_init(|| jsonschema::validator_for(&schema()).unwrap());
    let errors = schema.iter_errors(resume);
    let mut mistakes: Vec<String> =
        errors.map(|it| format!("{}: {it}", it.instance_path())).collect();
    mistakes.sort();
    mistakes
}

/// Every résumé in a folder and its subfolders, sorted by name.
fn resumes(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_lowercase();
        if path.is_dir() {
            found.extend(resumes(&path));
        } else if name.contains("resume") && name.ends_with(".json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Compares a résumé with itself after an import and an export. The only difference: a person
/// without a name gets that of the file.
fn check_round_trip(file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let mut original: Value = serde_json::from_str(&text).unwrap();
    let (profile, report) = read("content/profiles/ada/profile.json", &text);
    let profile = profile.unwrap_or_else(|| panic!("{}: {report:?}", file.display()));
    let is_nameless = original["basics"]["name"].is_null();
    assert_eq!(report.has_errors(), is_nameless, "{}: {report:#?}", file.display());
    let exported = export(&profile, Audience::Owner);
    if is_nameless {
        original["basics"]["name"] = json!("ada");
    }
    assert_eq!(exported, original, "{}", file.display());
    assert_eq!(mistakes(&exported), mistakes(&original), "{}", file.display());
    let public = export(&profile, Audience::Public);
    assert_eq!(mistakes(&public), [""; 0], "{}", file.display());
}

#[test]
fn every_resume_of_the_fixtures_comes_back_as_it_was() {
    let files = resumes(&fixtures());
    assert_eq!(files.len(), 3);
    files.iter().for_each(|file| check_round_trip(file));
}

#[test]
fn every_resume_of_the_corpora_comes_back_as_it_was() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("QUESTFOLIO_SHARED").map_or(beside, PathBuf::from);
    let corpus = shared.join("corpora/jsonresume");
    if !corpus.is_dir() {
        #[expect(clippy::print_stderr, reason = "a test says what it could not do")]
        {
            eprintln!("skipped: there is no {}", corpus.display());
        }
        return;
    }
    let files = resumes(&corpus);
    assert!(files.len() >= 9, "{files:?}");
    files.iter().for_each(|file| check_round_trip(file));
}

/// A profile without what a résumé cannot contain: the file it was read from.
fn told(profile: &Profile) -> Value {
    let mut told = serde_json::to_value(profile).unwrap();
    told["file"] = Value::Null;
    told
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_profile_comes_back_from_its_resume(numbers in prop::collection::vec(any::<u32>(), 0..700)) {
        let profile = Dice::new(numbers).profile();
        let exported = export(&profile, Audience::Owner);
        // The owner gets back what they wrote, even an address within the site.
        let unfit = mistakes(&exported).into_iter().filter(|it| !it.contains("\"/about\" is not a"));
        prop_assert_eq!(unfit.collect::<Vec<_>>(), [""; 0]);
        let text = serde_json::to_string_pretty(&exported).unwrap();
        let (again, report) = read(PROFILE, &text);
        let again = again.unwrap();
        prop_assert!(!report.has_errors());
        prop_assert_eq!(told(&again), told(&profile), "{}\n{:#?}", text, report);
        prop_assert_eq!(export(&again, Audience::Owner).to_string(), exported.to_string());
    }

    #[test]
    fn what_is_published_reads_as_a_profile_too(numbers in prop::collection::vec(any::<u32>(), 0..700)) {
        let profile = Dice::new(numbers).profile();
        let public = export(&profile, Audience::Public);
        prop_assert_eq!(mistakes(&public), [""; 0]);
        let (again, report) = read(PROFILE, &public.to_string());
        prop_assert!(again.is_some());
        let unfit = report.iter().filter(|it| !["unknown-key", "picture-elsewhere", "ends-before-start", "bad-url", "empty-entry"].contains(&it.code));
        prop_assert_eq!(unfit.map(|it| &it.message).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    /// A real résumé with any value in any place is published in a form that other tools accept,
    /// and imports as what it was.
    #[test]
    fn what_is_published_is_valid_whatever_was_written(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..6)
    ) {
        let mut wild: Value = serde_json::from_str(WILD).unwrap();
        for (place, value) in &places {
            let mut leaves = Vec::new();
            pointers(&wild, "", &mut leaves);
            let pointer = place.get(&leaves);
            *wild.pointer_mut(pointer).unwrap() = value.get(&odd_values()).clone();
        }
        let (profile, report) = read(PROFILE, &wild.to_string());
        let Some(profile) = profile else {
            prop_assert!(report.has_errors());
            return Ok(());
        };
        let public = export(&profile, Audience::Public);
        prop_assert_eq!(mistakes(&public), [""; 0], "{}\n{:#}", wild, public);
        prop_assert_eq!(stumbles(&public), [""; 0], "{}\n{:#}", wild, public);
        let (again, _) = read(PROFILE, &public.to_string());
        let again = export(&again.unwrap(), Audience::Public);
        prop_assert_eq!(again.to_string(), public.to_string(), "{}", wild);
    }

    #[test]
    fn no_text_makes_the_reader_fail(text in "\\PC{0,80}", json in any::<bool>()) {
        let path = if json { PROFILE } else { "content/profiles/ada/profile.yaml" };
        read(path, &text);
    }
}

/// A sample of every section.
const WILD: &str = r#"{
    "$schema": "https://example.org/schema.json",
    "basics": {
        "name": "Ada", "label": "Engineer", "image": "me.jpg", "email": "ada@example.org",
        "phone": "1", "url": "https://ada.example", "summary": "One\ntwo",
        "location": {"address": "a", "postalCode": "b", "city": "c", "countryCode": "DE", "region": "d"},
        "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}]
    },
    "publish": ["email"],
    "work": [{"name": "A", "position": "B", "url": "https://a.example", "startDate": "2012-10", "endDate": "2014", "summary": "s", "highlights": ["h"]}],
    "volunteer": [{"organization": "A", "position": "B", "url": "https://a.example", "startDate": "2012", "endDate": "2014", "highlights": ["h"]}],
    "education": [{"institution": "A", "url": "https://a.example", "area": "B", "studyType": "C", "startDate": "2012", "endDate": "2014", "score": "1", "courses": ["c"]}],
    "awards": [{"title": "A", "date": "2014", "awarder": "B", "summary": "s"}],
    "certificates": [{"name": "A", "date": "2014", "issuer": "B", "url": "https://a.example"}],
    "publications": [{"name": "A", "publisher": "B", "releaseDate": "2014", "url": "https://a.example", "summary": "s"}],
    "skills": [{"name": "Rust", "level": "Master", "keywords": ["k"]}],
    "languages": [{"language": "A", "fluency": "B"}],
    "interests": [{"name": "A", "keywords": ["k"]}],
    "references": [{"name": "A", "reference": "B"}],
    "projects": [{"name": "A", "description": "d", "highlights": ["h"], "keywords": ["k"], "startDate": "2012", "endDate": "2014", "url": "https://a.example", "roles": ["r"], "entity": "B", "type": "C"}],
    "meta": {"canonical": "https://ada.example/resume.json", "version": "v1", "lastModified": "2026-01-01"}
}"#;

/// Values that may be in place of the expected ones.
fn odd_values() -> Vec<Value> {
    let texts = [
        "",
        " ",
        "two\nlines",
        "July 2014",
        "Present",
        "some summer",
        "2014-19-39",
        "3014",
        "2014-6",
        "https://münchen.example/über",
        "/about",
        "www.example.org",
        "jürgen@example.org",
        "ada@münchen.example",
        "https://a.example/{x}|y",
        "javascript:alert(1)",
        "9",
        "漢字",
    ];
    let others = [
        json!(null),
        json!(true),
        json!(7),
        json!(1.5),
        json!([]),
        json!({}),
        json!([""]),
        json!(["a"]),
        json!({"a": "b"}),
    ];
    texts.into_iter().map(Value::from).chain(others).collect()
}

/// The pointers to all values inside a value.
fn pointers(value: &Value, place: &str, found: &mut Vec<String>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(entries) => entries.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    for (step, value) in entries {
        let place = format!("{place}/{step}");
        pointers(value, &place, found);
        found.push(place);
    }
}

const CANARIES: &str = r#"
name: Ada
email: canary@example.org
phone: "+49 canary 1"
location: { address: canary street, postalCode: canary-2, city: Berlin }
references: [{ name: canary name, reference: canary praise }]
skills:
  Rust: 8
  Canary Skill: { level: 3, private: true, evidence: https://canary.example/ }
  Systems: { level: 4, requires: [Rust, Canary Skill], merges: [Canary Skill] }
log:
  - { date: 2026-01-01, xp: 10, for: canary deed, private: true }
  - { date: 2026-01-02, xp: 10, skill: Canary Skill, for: told }
quests: [{ quest: canary-quest, private: true }]
badges: [{ badge: canary-badge, private: true }]
journeys: [{ name: canary journey, private: true, stages: [{ name: canary stage }] }]
work:
  - { name: canary employer, private: true }
  - name: Nimbus
    positions:
      - { position: Staff, startDate: 2024, skills: [Rust, Canary Skill] }
      - { position: canary position, private: true }
  - { name: unreadable, private: canary, position: canary hidden }
volunteer: [{ organization: canary organization, private: true }]
education: [{ institution: canary school, private: true }]
awards: [{ title: canary award, private: true }]
certificates: [{ name: canary certificate, private: true }]
publications: [{ name: canary publication, private: true }]
languages: [{ language: canary language, private: true }]
interests: [{ name: canary interest, private: true }]
projects: [{ name: canary project, private: true }, { name: Told, skills: [Canary Skill] }]
"#;

#[test]
fn nothing_private_is_published() {
    let (profile, _) = read("content/profiles/ada/profile.yaml", CANARIES);
    let profile = profile.unwrap();
    let owner = export(&profile, Audience::Owner).to_string();
    assert_eq!(owner.to_lowercase().matches("canary").count(), 30, "{owner}");
    let public = export(&profile, Audience::Public);
    assert!(!public.to_string().to_lowercase().contains("canary"), "{public:#}");
    assert_eq!(mistakes(&public), [""; 0]);
}

#[test]
fn nothing_private_is_published_of_what_could_not_be_read() {
    let text = r#"{
        "email": ["canary"], "phone": {"canary": 1}, "location": "canary street",
        "references": ["canary praise"],
        "skills": [{"name": "Rust", "since": ["canary"]}, {"level": "canary", "private": true}],
        "work": [{"name": "A", "private": "canary"}, {"name": "B", "skills": [["canary"]]}],
        "basics": {"name": "Ada", "email": {"canary": 1}, "location": {"address": ["canary"]}}
    }"#;
    let (profile, _) = read(PROFILE, text);
    let profile = profile.unwrap();
    let owner = export(&profile, Audience::Owner);
    assert_eq!(owner, serde_json::from_str::<Value>(text).unwrap());
    let public = export(&profile, Audience::Public).to_string();
    assert!(!public.contains("canary"), "{public}");
}

#[test]
fn what_is_asked_for_is_published() {
    let yaml =
        format!("{CANARIES}publish: [email, phone, address, location.postalCode, references]\n");
    let (profile, _) = read("content/profiles/ada/profile.yaml", &yaml);
    let public = export(&profile.unwrap(), Audience::Public).to_string();
    for told in ["canary@", "+49 canary", "canary street", "canary-2", "canary praise"] {
        assert!(public.contains(told), "{told}");
    }
}

#[test]
fn a_resume_is_written_in_a_settled_order() {
    let yaml = "skills: {Rust: 9}\nclass: {Artificer: 5}\nwork: [{name: A, positions: [{position: B}, {position: C}]}]\n\
                profiles: {GitHub: ada}\nname: Ada\nimage: {src: me.jpg, focus: [0.5, 0.3]}\n";
    let (profile, report) = read("content/profiles/ada/profile.yaml", yaml);
    assert!(report.is_empty(), "{report:?}");
    let expected = json!({
        "basics": {
            "name": "Ada",
            "image": "me.jpg",
            "profiles": [{"network": "GitHub", "username": "ada", "url": "https://github.com/ada"}],
        },
        "work": [{"name": "A", "position": "B"}, {"name": "A", "position": "C"}],
        "skills": [{"name": "Rust", "level": "Expert"}],
        "meta": {"questfolio": {
            "image": {"focus": [0.5, 0.3]},
            "class": {"Artificer": 5},
            "skills": {"Rust": 9},
            "work": [{"first": 0, "count": 2}],
        }},
    });
    assert_eq!(export(&profile.unwrap(), Audience::Owner).to_string(), expected.to_string());
}
