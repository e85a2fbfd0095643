//! Input by people who did not read the manual: it is accepted if it is clear, reported if it is
//! not, and never misinterpreted.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use questfolio::build::Build;
use questfolio::diagnostic::{Diagnostic, Severity};
use questfolio::engine::Blobs;
use questfolio::model::opening::balance;
use serde_json::{Value, json};
use std::fs;
use support::{SiteTest, root};

/// A folder of `tests/cases`, with a URL.
fn case(name: &str) -> SiteTest {
    let mut site = SiteTest::case(name);
    site.options.url = Some("https://x.example".to_owned());
    site
}

fn of_profile(json: &str) -> SiteTest {
    let mut site = SiteTest::of(&[("content/profile.json", json)]);
    site.options.url = Some("https://x.example".to_owned());
    site
}

fn told(built: &Build) -> Vec<String> {
    let line = |it: &Diagnostic| {
        let help = it.help.as_deref().unwrap_or_default();
        format!("{:?} {}: {} ({help})", it.severity, it.code, it.message)
    };
    built.report.iter().map(line).collect()
}

fn text((built, blobs): &(Build, Blobs), path: &str) -> String {
    let (path, output) =
        built.run.outputs.iter().find(|(it, _)| it.as_str() == path).expect("it is published");
    String::from_utf8(output.bytes(path, blobs, None).unwrap().to_vec()).unwrap()
}

#[test]
fn a_file_without_a_person_is_no_profile() {
    assert!(case("empty-json-profile").build().report.has_errors());
    let nobody = [
        "",
        " \n",
        "null",
        "[]",
        "[{\"name\": \"Ada\"}]",
        "\"Ada\"",
        "7",
        "{}",
        "{\"basics\": {}}",
        "{\"basics\": null}",
        "{\"basics\": {\"name\": \"  \"}}",
        "{\"basics\": {\"name\": null}}",
        "{\"basics\": {\"name\": [\"Ada\"]}}",
        "{\"name\": \"\"}",
    ];
    for text in nobody {
        let site = of_profile(text);
        let built = site.build();
        assert!(built.report.has_errors(), "{text:?}");
        assert!(site.public().is_empty(), "{text:?}");
    }
}

#[test]
fn a_missing_comma_is_called_one() {
    let (built, _) = case("missing-comma-in-json").clean();
    let told = told(&built);
    assert!(
        told[0].contains(r#"json-syntax: a comma is missing between `"gin"` and `"echo"`"#),
        "{told:?}"
    );
    assert!(!told[0].contains("YAML"), "{told:?}");
}

#[test]
fn an_end_that_is_written_in_words_is_an_end() {
    let site = case("worded-end-date").clean();
    let (built, _) = &site;
    assert_eq!(
        told(built),
        ["Warning bad-date: `endDate` is not a date: `July 2014` (write `2014-07`)"]
    );
    let page = text(&site, "index.html");
    assert!(page.contains(">Jul 2014</time>") && !page.contains("present"), "{page}");
    assert!(!page.contains("worksFor"));
    let resume: Value = serde_json::from_str(&text(&site, "resume.json")).unwrap();
    assert_eq!(resume["work"][0]["endDate"], "2014-07");
}

/// Everything that may be written as an end, and whether it means that there is none.
#[test]
fn only_what_says_so_goes_on() {
    let check = |end: &str, shown: &str, goes_on: bool| {
        let json = format!(
            r#"{{"basics": {{"name": "Mira"}}, "work": [{{"name": "Mill", "position": "Miller", "startDate": "2012-10", "endDate": {end}}}]}}"#
        );
        let site = of_profile(&json).clean();
        let page = text(&site, "index.html");
        assert!(page.contains(shown), "{end}: {shown} is missing");
        assert_eq!(page.contains("worksFor"), goes_on, "{end}");
        let resume: Value = serde_json::from_str(&text(&site, "resume.json")).unwrap();
        let job = &resume["work"][0];
        // Other programs must not read an ended job as an ongoing one.
        assert_eq!(job["endDate"].is_null() && job["startDate"].is_string(), goes_on, "{job}");
        let is_told = told(&site.0).iter().any(|it| it.contains("date"));
        assert_eq!(is_told, !["null", "\"\"", "\"2014\""].contains(&end), "{end}");
    };
    check("null", "present", true);
    check("\"\"", "present", true);
    check("\"Present\"", "present", true);
    check("\"heute\"", "present", true);
    check("\"2014\"", ">2014</time>", false);
    check("\"2014/07\"", ">Jul 2014</time>", false);
    check("\"some summer\"", "some summer", false);
    check("\"6/7/2014\"", "6/7/2014", false);
    check("false", "false", false);
    check("{\"year\": 2014}", "– ?", false);
}

#[test]
fn time_after_an_end_that_cannot_be_read_earns_nothing() {
    let xp = |end: &str| {
        let json = format!(
            r#"{{"basics": {{"name": "Mira"}}, "work": [{{"name": "Mill", "startDate": "2012-10", "endDate": "{end}"}}]}}"#
        );
        let (built, _) = of_profile(&json).clean();
        let profile = built.site.profiles.values().next().unwrap();
        balance(profile, &built.site.ruleset, jiff::civil::date(2026, 11, 28))
    };
    assert_eq!(xp("some summer"), 20);
    assert_eq!(xp("2012-12"), 60);
    assert!(xp("") > 1_000);
}

#[test]
fn lines_of_plain_text_stay_apart() {
    let page = text(&case("lines-run-together").clean(), "index.html");
    for item in
        ["<li>Built the search</li>", "<li>Cut the bill by half</li>", "<li>Hired four people</li>"]
    {
        assert!(page.contains(item), "{item} is missing");
    }
    assert!(!page.contains('•'));
    let json = r#"{"basics": {"name": "Tove", "summary": "First line\nSecond line"}}"#;
    let page = text(&of_profile(json).clean(), "index.html");
    assert!(page.contains("First line<br"), "{page}");
    let yaml = SiteTest::of(&[(
        "content/profile.yaml",
        "name: Tove\nsummary: |\n  First line\n  Second line\n",
    )]);
    assert!(!text(&yaml.clean(), "index.html").contains("First line<br"));
}

#[test]
fn updated_takes_what_date_takes() {
    let site = case("updated-with-time").clean();
    assert_eq!(told(&site.0), [""; 0]);
    let feed = text(&site, "feed.xml");
    assert!(feed.contains("<published>2026-03-10T09:00:00Z</published>"), "{feed}");
    assert!(feed.contains("<updated>2026-03-11T08:00:00Z</updated>"), "{feed}");
}

#[test]
fn posts_stand_in_the_order_of_their_times() {
    let site = case("time-of-day-dropped").clean();
    let feed = text(&site, "feed.xml");
    let titles: Vec<&str> = feed
        .split("<entry>")
        .skip(1)
        .filter_map(|entry| entry.split("<title>").nth(1)?.split("</title>").next())
        .collect();
    assert_eq!(titles, ["Still the 11th in New York", "Evening", "Morning"]);
    assert!(feed.contains("<published>2026-03-11T22:00:00-04:00</published>"), "{feed}");
    let json: Value = serde_json::from_str(&text(&site, "feed.json")).unwrap();
    assert_eq!(json["items"][1]["date_published"], "2026-03-10T14:00:00-04:00");
    let post = text(&site, "posts/night/index.html");
    assert!(post.contains("11 Mar 2026") && !post.contains("12 Mar 2026"), "{post}");
    let list = text(&site, "posts/index.html");
    assert!(list.find("Evening").unwrap() < list.find("Morning").unwrap());
}

/// Every date field also accepts a time, and uses as much of it as it needs.
#[test]
fn whatever_takes_a_date_takes_the_same_dates() {
    let files = [
        (
            "content/profiles/ada.yaml",
            "name: Ada\nskills: {Rust: {level: 3, since: DATE}}\nwork: [{name: A, start: DATE, end: DATE}]\neducation: [{institution: A, startDate: DATE, endDate: DATE}]\nprojects: [{name: A, startDate: DATE}]\nawards: [{title: A, date: DATE}]\ncertificates: [{name: A, date: DATE}]\npublications: [{name: A, releaseDate: DATE}]\nlog: [{date: DATE, xp: 5}]\nbadges: [{badge: a, date: DATE}]\nquests: [{quest: a, date: DATE}]\njourneys: [{name: A, stages: [{name: B, date: DATE}]}]\navailability: {from: DATE}\n",
        ),
        ("content/posts/a.md", "---\ntitle: A\ndate: DATE\nupdated: DATE\n---\nText.\n"),
        ("guild.yaml", "name: G\nseasons: [{name: W, start: DATE, end: DATE}]\n"),
        ("rules.yaml", "tests: [{given: {log: [{date: DATE, xp: 4}]}, expect: {xp: 4}}]\n"),
    ];
    for date in
        ["2026-03-10", "2026-03-10T09:00:00Z", "2026-03-10 09:00", "2026-03-10 09:00:00 +0100"]
    {
        let written =
            files.map(|(path, text)| (path, text.replace("DATE", &format!("\"{date}\""))));
        let site = SiteTest::of(&written.each_ref().map(|(path, text)| (*path, text.as_str())));
        let (built, _) = site.clean();
        let of_dates: Vec<_> = told(&built).into_iter().filter(|it| it.contains("date")).collect();
        assert_eq!(of_dates, [""; 0], "{date}");
    }
}

/// Every kind of blank value, in every key of every section of JSON Resume: as if the key were
/// missing.
#[test]
fn what_is_blank_counts_as_not_written() {
    let schema: Value = serde_json::from_str(
        &fs::read_to_string(root().join("tests/fixtures/jsonresume/schema.json")).unwrap(),
    )
    .unwrap();
    let bare = of_profile(r#"{"basics": {"name": "Ada"}}"#).clean();
    for blank in [json!(""), json!("  "), json!(null), json!([]), json!([""]), json!({})] {
        let mut resume = json!({});
        for (section, described) in schema["properties"].as_object().unwrap() {
            let keys = |it: &Value| it["properties"].as_object().cloned().unwrap_or_default();
            let of = |it: &Value| {
                let keys = keys(it).into_iter().filter(|(_, it)| {
                    let is_list = it["type"] == "array";
                    blank.is_null() || blank.is_string() || (blank.is_array() && is_list)
                });
                Value::Object(keys.map(|(key, _)| (key, blank.clone())).collect())
            };
            match described["type"].as_str() {
                Some("array") => resume[section] = json!([of(&described["items"])]),
                Some("object") if section != "meta" => resume[section] = of(described),
                _ => {}
            }
        }
        resume["basics"]["name"] = json!("Ada");
        let site = of_profile(&resume.to_string()).clean();
        let errors: Vec<_> =
            site.0.report.iter().filter(|it| it.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        for page in ["index.html", "resume.json"] {
            assert_eq!(text(&site, page), text(&bare, page), "{blank}: {resume:#}");
        }
    }
}

/// Files of real people, with the words replaced: all of them give a sheet.
#[test]
fn what_the_wild_writes_is_read() {
    for entry in fs::read_dir(root().join("tests/cases/wild-shapes")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(json) = fs::read_to_string(path.join("content/profile.json")) else { continue };
        let site = of_profile(&json).clean();
        let errors = site.0.report.iter().filter(|it| it.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{}", path.display());
        let resume: Value = serde_json::from_str(&text(&site, "resume.json")).unwrap();
        let written: Value = serde_json::from_str(&json).unwrap();
        for section in ["work", "education", "skills", "projects"] {
            let count = |it: &Value| it[section].as_array().map_or(0, Vec::len);
            assert_eq!(count(&resume), count(&written), "{}: {section}", path.display());
        }
    }
}

#[test]
fn the_picture_of_a_published_resume_is_the_published_one() {
    let site = SiteTest::example("solo").clean();
    let resume: Value = serde_json::from_str(&text(&site, "resume.json")).unwrap();
    let image = resume["basics"]["image"].as_str().unwrap();
    let (_, path) = image.split_once("://").unwrap().1.split_once('/').unwrap();
    let is_published = |path: &str| site.0.run.outputs.keys().any(|it| path.ends_with(it.as_str()));
    assert!(is_published(path) && path.ends_with(".jpg"), "{image}");
    let source = resume["meta"]["questfolio"]["image"]["src"].as_str().unwrap();
    assert!(!source.contains('/'), "{source}");
    let nowhere = SiteTest::example("solo");
    nowhere.edit("site.yaml", "url: https://tamsin.oyelaran.example\n", "");
    let resume: Value = serde_json::from_str(&text(&nowhere.clean(), "resume.json")).unwrap();
    assert!(resume["basics"]["image"].is_null());
}

#[test]
fn a_private_account_is_published_nowhere() {
    for profile in [
        "name: A\nprofiles:\n  - { network: GitHub, username: secretacc, private: true }\n",
        "name: A\nprofiles: { GitHub: { username: secretacc, private: true }, Mastodon: shown }\n",
    ] {
        let site = SiteTest::of(&[("content/profile.yaml", profile)]);
        let built = site.build().ok();
        assert!(!built.report.has_errors(), "{:#?}", built.report);
        for (path, bytes) in site.public() {
            assert!(!String::from_utf8_lossy(&bytes).contains("secretacc"), "{path}");
        }
    }
    // Where an entry cannot be private, the key is no mere curiosity.
    let site = SiteTest::of(&[(
        "content/profile.yaml",
        "name: A\nlocation: { city: X, private: true }\n",
    )]);
    assert!(site.build().report.has_errors());
}

#[test]
fn a_sheet_with_something_on_it_has_begun() {
    let sheet = |text: &str| {
        let site = SiteTest::of(&[("content/profile.yaml", &format!("name: A\n{text}"))]);
        site.build().ok();
        String::from_utf8(site.public().remove("index.html").unwrap()).unwrap()
    };
    assert!(sheet("").contains("still to be written"));
    for text in ["publications: [{ name: C }]\n", "certificates: [{ name: C }]\n"] {
        assert!(!sheet(text).contains("still to be written"), "{text}");
    }
}
