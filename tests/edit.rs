//! Real profiles, in which each value is edited in turn: one line of the file changes, and a build
//! reads the new value.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "reads the examples")]

use questfolio::diagnostic::Report;
use questfolio::edit::{Change, Field, FileState, Sheets};
use questfolio::load;
use questfolio::load::picture::PictureKind;
use questfolio::model::profile::Profile;
use questfolio::model::ruleset::Ruleset;
use questfolio::path::SitePath;
use questfolio::source::snapshot::Snapshot;
use std::fs;
use std::path::Path;

/// Values that are easily misparsed.
const VALUES: [&str; 6] = ["Ada", "Ada: a #1 'n \"b\"", "12", "~", "- x", "Zoë 😀 {x}"];

fn ruleset(root: &Path) -> Ruleset {
    let snapshot = Snapshot::take(root, jiff::civil::date(2026, 3, 1), &mut Report::default());
    load::ruleset(&snapshot, &mut Report::default())
}

fn read(file: &SitePath, text: &str, ruleset: &Ruleset) -> Profile {
    let files = [(file.as_str(), text.as_bytes())];
    let snapshot = Snapshot::of_files(jiff::civil::date(2026, 3, 1), files);
    load::profile(&snapshot, file, ruleset, &mut Report::default()).unwrap()
}

/// The number of lines that are not in the other text, in order.
fn differing(one: &str, other: &str) -> usize {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let same = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[same..], &other[same..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    one.len().max(other.len()) - tail
}

/// Edits every value of a file that a page can edit; returns their number.
fn check(file: &SitePath, text: &str, ruleset: &Ruleset) -> usize {
    let sheets = Sheets { ruleset: ruleset.clone().into(), ..Sheets::default() };
    let before = read(file, text, ruleset);
    let edited = |field: Field, was: &str, value: &str| {
        let change = Change { field, was: was.to_owned(), value: value.to_owned() };
        let edited = sheets.edited(file, text, &change);
        let edited = edited.unwrap_or_else(|wrong| panic!("{file} {change:?}: {wrong:?}"));
        let lines = differing(text, &edited);
        assert!(lines <= 2, "{file}: {lines} lines differ after {change:?}");
        if file.extension() == "json" {
            serde_json::from_str::<serde_json::Value>(&edited).expect("it still is JSON");
        }
        read(file, &edited, ruleset)
    };
    let label = before.label.clone().unwrap_or_default();
    for value in VALUES {
        assert_eq!(edited(Field::Name, &before.name, value).name, value, "{file}");
        assert_eq!(edited(Field::Label, &label, value).label.as_deref(), Some(value), "{file}");
    }
    for skill in &before.skills {
        let was = skill.level.map(|level| level.to_string()).unwrap_or_default();
        for value in [0, 10] {
            let after = edited(Field::Level(skill.slug.clone()), &was, &value.to_string());
            for (old, new) in before.skills.iter().zip(&after.skills) {
                let level = if old.slug == skill.slug { Some(value) } else { old.level };
                assert_eq!((new.level, &new.slug), (level, &old.slug), "{file} {}", skill.name);
            }
        }
    }
    let edit = sheets.portrait_edit(file, text, PictureKind::Png, &[], &|_| FileState::Nothing);
    let edit = edit.unwrap_or_else(|wrong| panic!("{file}: {wrong:?}"));
    assert!(edit.is_new && differing(text, edit.profile.as_deref().unwrap_or(text)) <= 2);
    2 + before.skills.len()
}

#[test]
fn every_value_of_every_example_can_be_changed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut values = 0;
    for site in ["examples/minimal", "examples/solo", "examples/guild", "."] {
        let site = root.join(site);
        let ruleset = ruleset(&site);
        let content = site.join("content");
        let files = walkdir::WalkDir::new(&content).into_iter().flatten();
        for entry in files.filter(|entry| entry.file_type().is_file()) {
            let path = SitePath::from_relative(entry.path().strip_prefix(&site).unwrap()).unwrap();
            let folder = path.parent().unwrap();
            let is_profile = folder.as_str() == "content/profiles"
                || path.stem() == "profile" && !folder.as_str().starts_with("content/pages");
            if is_profile && ["yaml", "md", "json"].contains(&path.extension()) {
                let text = fs::read_to_string(entry.path()).unwrap();
                values += check(&path, &text, &ruleset);
            }
        }
    }
    assert!(values > 60, "{values}");
}

#[test]
fn every_value_of_a_resume_from_elsewhere_can_be_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/jsonresume");
    let file = SitePath::new("content/profile.json").unwrap();
    let mut values = 0;
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with(".resume.json") && name != "odd.resume.json" {
            let text = fs::read_to_string(entry.path()).unwrap();
            values += check(&file, &text, &Ruleset::default());
        }
    }
    assert!(values > 6, "{values}");
}
