//! What a sheet prints about levels, strengths and standings: no zeros, no abbreviations, and no
//! scale or unit that the model did not give. Inputs are in `tests/cases/`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use questfolio::diagnostic::Severity;
use std::collections::BTreeMap;
use support::{SiteTest, assert_no_errors};

/// Every page of a site as text, by path.
fn pages(site: &SiteTest) -> BTreeMap<String, String> {
    assert_no_errors(&site.clean().0.report);
    let files = site.clean_bytes().into_iter().filter(|(path, _)| path.ends_with(".html"));
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

/// Every number before `after`, with its thousands separators.
fn numbers_before(html: &str, after: &str) -> Vec<i64> {
    let number = |at: usize| {
        let before = html[..at].trim_end_matches("</b>");
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != ',').map_or(0, |it| it + 1);
        before[start..].replace(',', "").parse().unwrap()
    };
    html.match_indices(after).map(|(at, _)| number(at)).collect()
}

#[test]
fn a_sparse_sheet_has_no_zeros_and_no_abbreviations() {
    let html = &pages(&SiteTest::case("zeros"))["index.html"];
    for gone in ["0<span class=\"of\">/10", " 0 of 10", "FRO", "MOB", "TOO", "class=\"abbr\""] {
        assert!(!html.contains(gone), "{gone}");
    }
    for skill in ["Rust", "Linux", "PostgreSQL", "Docker"] {
        assert!(html.contains(&format!("<b>{skill}</b></li>")), "{skill} is a strength");
    }
    assert!(html.contains("Rust 7 of 10, Linux 7 of 10, PostgreSQL 6 of 10, Docker 5 of 10"));
}

#[test]
fn words_and_bar_of_the_xp_measure_the_same_stretch() {
    let html = &pages(&SiteTest::case("zeros"))["index.html"];
    let (gained, stretch) =
        (numbers_before(html, " of 1,100 XP"), numbers_before(html, " XP to level"));
    assert_eq!((gained, stretch), (vec![50], vec![1100]));
    assert!(html.contains("style=\"--p:4.5%\""), "50 of 1,100 is 4.5 %");
    assert!(html.contains("<b>2,550</b> XP in all"));
}

#[test]
fn with_fewer_than_three_strengths_bars_stand_in_the_radars_place() {
    let sheet = |profile: &str| {
        pages(&SiteTest::of(&[("content/profile.yaml", profile)])).remove("index.html").unwrap()
    };
    let two = sheet("name: Ada\nskills: { Rust: 7, PostgreSQL: 6 }\n");
    assert!(two.contains("class=\"part bars\"") && !two.contains("class=\"part radar\""));
    assert!(!two.contains("class=\"attrs"), "and no plaques");
    let three = sheet("name: Ada\nskills: { Rust: 7, PostgreSQL: 6, Juggling: 1 }\n");
    assert!(!three.contains("class=\"part bars\"") && three.contains("class=\"part radar\""));
    let none = sheet("name: Ada\nskills: { Rust: 0 }\n");
    assert!(!none.contains("_balance") && !none.contains("class=\"attrs"));
}

#[test]
fn the_scale_is_the_one_of_the_rules_everywhere() {
    let site = SiteTest::case("skills-max");
    for (path, html) in pages(&site) {
        assert!(!html.contains("/10<") && !html.contains("of 10"), "{path}");
        assert!(!html.contains("--m:10"), "{path}");
    }
    let index = &pages(&site)["skills/index.html"];
    assert!(index.contains("<b>3</b><span class=\"of\">/5</span>"), "{index}");
    for (max, bands, advanced) in [
        (3, &[][..], 2),
        (4, &["1", "2", "3", "4"], 2),
        (5, &["1", "2–3", "4", "5"], 3),
        (10, &["1–3", "4–6", "7–8", "9–10"], 6),
        (100, &["1–30", "31–60", "61–80", "81–100"], 60),
    ] {
        let site = SiteTest::of(&[
            ("rules.yaml", &format!("skills: {{ max: {max} }}\n")),
            ("content/profile.yaml", "name: Ada\nskills: { Rust: Advanced }\n"),
        ]);
        let html = pages(&site).remove("index.html").unwrap();
        let scale = html.split("id=\"_scale-title\"").nth(1).unwrap();
        let found: Vec<&str> =
            scale.split("<dt>").skip(1).map(|it| it.split('<').next().unwrap()).collect();
        assert_eq!(found, bands, "of {max}");
        assert!(html.contains(&format!("<b>{advanced}</b><span class=\"of\">/{max}<")), "of {max}");
    }
    let hall = SiteTest::of(&[
        ("guild.yaml", "name: F\n"),
        ("rules.yaml", "skills: { max: 5 }\n"),
        ("content/profiles/ada.yaml", "name: Ada\nskills: { Rust: 5, HTML: 4 }\n"),
    ]);
    let hall = &pages(&hall)["index.html"];
    assert!(hall.contains("Strength from 1 to 5. Solid cells are deep (5 or more)"), "{hall}");
    assert!(hall.contains("class=\"deep hi\"") && hall.contains("class=\"cov\" style=\"--m:5\""));
    assert!(!hall.contains("Mobile"), "an axis that nobody has a level on is no column");
}

#[test]
fn a_board_says_what_it_counts() {
    let site = SiteTest::case("leaderboard-by-quests");
    let board = |by: &str, words: &str| {
        site.write("guild.yaml", format!("name: F\nleaderboard: {{ by: {by}, show: everyone }}\n"));
        site.write("site.yaml", format!("words: {words}\n"));
        let html = pages(&site).remove("index.html").unwrap();
        let table = html[html.find("<table>").unwrap()..].to_owned();
        let text = |from: &str, to: &str| {
            let start = table.find(from).unwrap() + from.len();
            table[start..start + table[start..].find(to).unwrap()].to_owned()
        };
        (text("<caption>", "<"), text("class=\"num xpc\">", "<"))
    };
    let is = |caption: &str, column: &str| (caption.to_owned(), column.to_owned());
    assert_eq!(board("xp", "rpg"), is("XP earned from finished work.", "XP"));
    assert_eq!(board("xp", "professional"), is("Points earned from finished work.", "Points"));
    assert_eq!(board("quests", "rpg"), is("Quests completed.", "Quests"));
    assert_eq!(board("quests", "professional"), is("Challenges passed.", "Challenges"));
    assert_eq!(board("badges", "rpg"), is("Badges awarded.", "Badges"));
}

#[test]
fn any_word_is_a_class() {
    let site = |class: &str| {
        let profile = format!("name: Ada\nlabel: Engineer\nclass: {class}\n");
        SiteTest::of(&[("content/profile.yaml", &profile)])
    };
    let said = |class: &str| -> Vec<(&str, Severity)> {
        let report = site(class).clean().0.report;
        report.iter().map(|it| (it.code, it.severity)).collect()
    };
    for own in ["Lamplighter", "[Juggler, 灯台守]", "{ Bard: 2, Night Watch: 1 }"] {
        assert_eq!(said(own), [], "{own}");
    }
    assert_eq!(said("Wardne"), [("unknown-class", Severity::Warning)]);
    let html = &pages(&site("Lamplighter"))["index.html"];
    let hue = html.split("--hue-1:").nth(1).unwrap().split(';').next().unwrap();
    assert!(html.contains(&format!("<b style=\"--h:{hue}\">Lamplighter</b>")), "{hue}");
    let other = &pages(&site("Night Watch"))["index.html"];
    assert!(!other.contains(&format!("--hue-1:{hue};")), "another word has another hue");
}
