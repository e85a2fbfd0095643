//! Everything that is written is shown, or the manual says where it went and why. Every key of
//! every file gets a unique token; each token is searched for on the pages and in `resume.json`.
//! Printing is tested in a browser (`tests/browser/conservation.test.mjs`), which prints the same
//! site.
//!
//! What is meant to be missing is listed in the manual's page "What is shown where", and nowhere
//! else.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod reading;
mod sample;
#[path = "../support/mod.rs"]
mod support;
mod table;

use reading::{folded, readable};
use sample::{Count, Leaf, filled};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use support::{SiteTest, root};
use table::{Place, Row, covers, rows};

const MANUAL: &str = "content/pages/manual/shown.md";
const PROFILE: &str = "content/profiles/zed/profile.yaml";

/// The texts of a site with every key, and the values written into it. They are also in
/// `tests/fixtures/conservation`, for the browser.
fn written() -> (BTreeMap<String, String>, Vec<Leaf>) {
    let mut files = BTreeMap::new();
    let mut leaves = Vec::new();
    let mut next = Count::default();
    let mut add = |path: &str, file, variant| {
        let (value, written) = filled(file, variant, &mut next);
        let text = serde_json::to_string_pretty(&value).unwrap();
        let text = match path.strip_suffix(".md") {
            Some(_) => format!("---\n{text}\n---\n\nWords.\n"),
            None => text + "\n",
        };
        files.insert(path.to_owned(), text);
        leaves.extend(written);
    };
    add(PROFILE, "profile", 0);
    add("site.yaml", "site", 0);
    add("guild.yaml", "guild", 0);
    add("rules.yaml", "rules", 0);
    add("content/skills.yaml", "skills", 0);
    add("content/classes.yaml", "classes", 0);
    for variant in 0..2 {
        add(&format!("content/pages/page-{variant}.md"), "page", variant);
        add(&format!("content/posts/post-{variant}.md"), "post", variant);
    }
    (files, leaves)
}

fn site(files: &BTreeMap<String, String>) -> SiteTest {
    let site = SiteTest::empty();
    for (path, text) in files {
        site.write(path, text);
    }
    let picture = fs::read(root().join("examples/solo/content/avatar.webp")).unwrap();
    let crest = fs::read(root().join("examples/guild/crest.svg")).unwrap();
    for folder in ["content/profiles/zed", "content/pages", "content/posts"] {
        site.write(&format!("{folder}/avatar.webp"), &picture);
    }
    site.write("crest.svg", crest);
    site
}

/// All text of the pages, including URLs.
fn pages(files: &BTreeMap<String, Vec<u8>>) -> String {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let texts = pages.map(|(path, html)| {
        let path = path.replace('/', " ");
        format!(" {} {} ", folded(&path), readable(str::from_utf8(html).unwrap()))
    });
    texts.collect()
}

/// A line that describes where a leaf contradicts the table, if it does.
fn contradiction(table: &[Row], leaf: &Leaf, place: Place, found: bool) -> Option<String> {
    let row = match leaf.private {
        true => {
            let of_its_own = table.iter().find(|row| row.is_about("private", &leaf.key));
            of_its_own.or_else(|| table.iter().find(|row| row.is_about("private", "private")))
        }
        false => table.iter().find(|row| row.is_about(table_of(leaf), &leaf.key)),
    };
    let meant = row.map_or(place != Place::Resume || leaf.file == "profile", |row| row.has(place));
    let told = if meant { "is not found" } else { "is found, against the table" };
    let kind = if leaf.private { " (private)" } else { "" };
    (meant != found).then(|| format!("{}: {}{kind} {told}: {:?}", leaf.file, leaf.key, place))
}

/// Posts have the keys of pages.
fn table_of(leaf: &Leaf) -> &str {
    if leaf.file == "post" { "page" } else { &leaf.file }
}

fn manual() -> Vec<Row> {
    rows(&fs::read_to_string(root().join(MANUAL)).unwrap())
}

#[test]
fn whatever_is_written_is_shown_or_accounted_for() {
    let (files, leaves) = written();
    let files = site(&files).clean_bytes();
    let pages = pages(&files);
    let resume: Value = serde_json::from_slice(&files["profiles/zed/resume.json"]).unwrap();
    let resume = folded(&resume.to_string());
    let table = manual();
    let mut wrong = Vec::new();
    for leaf in &leaves {
        let on_pages = pages.contains(&folded(&leaf.shown));
        wrong.extend(contradiction(&table, leaf, Place::Pages, on_pages));
        let in_resume = resume.contains(&folded(&leaf.written));
        if leaf.file == "profile" {
            wrong.extend(contradiction(&table, leaf, Place::Resume, in_resume));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), leaves.len(), wrong.join("\n"));
}

#[test]
fn every_row_is_about_something_and_says_why() {
    let (_, leaves) = written();
    for row in manual().iter().filter(|row| row.file != "private") {
        assert!(!row.reason.is_empty(), "{row:?} gives no reason");
        for key in &row.keys {
            let about = |leaf: &Leaf| table_of(leaf) == row.file && covers(key, &leaf.key);
            assert!(leaves.iter().any(about), "{}: no key is called `{key}`", row.file);
        }
    }
}

/// Fields that are private by default do not appear without `publish:`.
#[test]
fn what_is_not_published_is_nowhere() {
    const PRIVATE: [&str; 4] = ["email", "phone", "location.address", "location.postalCode"];
    let (mut files, leaves) = written();
    let mut profile: Value = serde_json::from_str(&files[PROFILE]).unwrap();
    profile.as_object_mut().unwrap().remove("publish");
    files.insert(PROFILE.to_owned(), profile.to_string());
    let files = site(&files).clean_bytes();
    let texts = files.iter().filter(|(path, _)| {
        [".html", ".json", ".xml", ".txt"].iter().any(|kind| path.ends_with(kind))
    });
    let texts: String = texts.map(|(_, text)| folded(&String::from_utf8_lossy(text))).collect();
    let hidden: Vec<&Leaf> = leaves
        .iter()
        .filter(|leaf| leaf.file == "profile")
        .filter(|it| PRIVATE.contains(&it.key.as_str()) || it.key.starts_with("references."))
        .collect();
    assert!(hidden.len() > PRIVATE.len());
    for leaf in hidden {
        assert!(!texts.contains(&folded(&leaf.written)), "{} is published", leaf.key);
    }
}

/// The same facts as another tool's résumé, with an explicit `basics`.
#[test]
fn a_json_resume_is_shown_as_a_profile_is() {
    let (value, leaves) = filled("resume", 0, &mut Count::default());
    let mut resume = value;
    let top = resume.as_object_mut().unwrap();
    let ours = ["availability", "class", "guild", "party", "theme", "log", "quests", "badges"];
    for key in ours.iter().chain(&["journeys", "following", "publish", "about"]) {
        top.remove(*key);
    }
    let basics = top["basics"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    basics.iter().for_each(|key| drop(top.remove(key)));
    resume["meta"] = json!({ "questfolio": { "publish": ["email", "phone", "references"] } });
    let site = SiteTest::of(&[("content/profile.json", &resume.to_string())]);
    let picture = fs::read(root().join("examples/solo/content/avatar.webp")).unwrap();
    site.write("content/avatar.webp", picture);
    let files = site.clean_bytes();
    let (pages, table) = (pages(&files), manual());
    let text = resume.to_string();
    let mut wrong = Vec::new();
    for leaf in leaves.iter().filter(|leaf| text.contains(&leaf.written)) {
        let key = leaf.key.strip_prefix("basics.").unwrap_or(&leaf.key);
        let short = key.ends_with(".start") || key.ends_with(".end");
        let hidden = ["location.address", "location.postalCode", "meta"].contains(&key);
        if short || hidden || key.contains("positions") || key.starts_with('$') {
            continue;
        }
        let leaf = Leaf { file: "profile".to_owned(), key: key.to_owned(), ..leaf.clone() };
        let found = pages.contains(&folded(&leaf.shown));
        wrong.extend(contradiction(&table, &leaf, Place::Pages, found));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The browser prints these files.
#[test]
fn the_browser_has_the_same_site() {
    let folder = root().join("tests/fixtures/conservation");
    let (mut files, leaves) = written();
    files.insert("leaves.json".to_owned(), serde_json::to_string_pretty(&leaves).unwrap() + "\n");
    for (path, text) in files {
        let path = folder.join(path);
        if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == text,
            "{} is old: SNAPSHOTS=overwrite cargo test --test conservation",
            path.display()
        );
    }
}

fn sheet_of_case(name: &str) -> String {
    let files = SiteTest::case(name).clean_bytes();
    readable(str::from_utf8(&files["index.html"]).unwrap())
}

#[test]
fn case_json_resume_lost() {
    let page = sheet_of_case("json-resume-lost");
    for words in ["react", "redux", "css", "acm", "for being early.", "application"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn case_fields_never_shown() {
    let page = sheet_of_case("fields-never-shown");
    for words in ["keyword-one", "keyword-two", "award-summary text", "type-of-project"] {
        assert!(page.contains(words), "{words}");
    }
}

/// A keyword is a skill: jobs and projects may name it, and then it gets a page.
#[test]
fn a_keyword_that_something_names_has_a_page() {
    let profile = "name: Ada\n\
        skills:\n  Frontend: { level: 7, keywords: [ReactJS, Sitka, Unused] }\n\
        work: [{ name: Nimbus, position: Engineer, startDate: 2024-01, skills: [React, Two Words] }]\n\
        projects: [{ name: Orrery, keywords: [sitka, other] }]\n";
    let catalogue = "React: { category: Web, aliases: [ReactJS] }\nSitka: { requires: [React] }\n";
    let site =
        SiteTest::of(&[("content/profile.yaml", profile), ("content/skills.yaml", catalogue)]);
    let files = site.clean_bytes();
    let page = |path: &str| files.get(path).map(|html| readable(str::from_utf8(html).unwrap()));
    let react = page("skills/react/index.html").expect("a job names it");
    assert!(react.contains("part of /skills/frontend/ frontend"), "{react}");
    assert!(react.contains("engineer, nimbus"), "{react}");
    let sitka = page("skills/sitka/index.html").expect("a project names it");
    assert!(sitka.contains("orrery"), "{sitka}");
    assert_eq!(page("skills/unused/index.html"), None);
    let sheet = page("index.html").unwrap();
    assert!(sheet.contains("builds on react"), "they stand in the tree: {sheet}");
    assert!(sheet.contains("two words"), "names stay as they are written: {sheet}");
    assert!(String::from_utf8_lossy(&files["resume.json"]).contains("Two Words"));
    let frontend = page("skills/frontend/index.html").unwrap();
    assert!(frontend.contains("/skills/react/ reactjs /skills/sitka/ sitka unused"), "{frontend}");
}
