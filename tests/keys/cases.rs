//! Realistic sites and the expected results: `tests/cases/NAME`.

use crate::support::{SiteTest, assert_no_errors, copy, root};
use questfolio::build::Build;
use questfolio::diagnostic::{Diagnostic, Report};
use std::collections::BTreeMap;

/// A copy of a case.
fn case(name: &str) -> SiteTest {
    let site = SiteTest::empty();
    copy(&root().join("tests/cases").join(name), site.path());
    site
}

/// The pages of a site without errors, by path.
fn pages(site: &SiteTest) -> BTreeMap<String, String> {
    let texts = site.clean_bytes().into_iter().filter(|(path, _)| path.ends_with(".html"));
    texts.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

fn said<'a>(report: &'a Report, code: &str) -> Vec<&'a Diagnostic> {
    report.iter().filter(|it| it.code == code).collect()
}

fn build(site: &SiteTest) -> Build {
    site.clean().0
}

#[test]
fn a_guild_with_an_address_counts_its_badges_on_its_card() {
    let site = case("guild-badge-url");
    let files = site.clean_bytes();
    assert!(files.contains_key("card.png") && files["index.html"].len() > 1_000);
}

#[test]
fn rarities_of_the_rules_are_shown_by_their_own_words() {
    let site = case("custom-rarity");
    site.write(
        "content/profile.yaml",
        "name: Ada\nskills:\n  Rust: { level: 7, rarity: gold }\n  Go: { level: 2, rarity: silver, requires: [Rust] }\n\
         projects: [{ name: A forge, rarity: bronze }]\n",
    );
    site.write("content/posts/2026-01-01-a.md", "# A\n\n```component tree\n```\n");
    let pages = pages(&site);
    let page = &pages["index.html"];
    for (shape, word) in [("common", "bronze"), ("rare", "silver"), ("legendary", "gold")] {
        let legend = format!(
            "class=\"gem {shape}\" aria-hidden=\"true\"><use href=\"#_r-{shape}\"/></svg>{word}"
        );
        assert!(page.contains(&legend), "{word} is drawn as {shape}");
    }
    assert!(page.contains("<article class=\"card common\">") && !page.contains("#_r-gold"));
    assert!(page.contains("title=\"gold\"") && !page.contains("Legendary"));
    assert!(pages["posts/a/index.html"].contains(">gold<"));
    site.write("i18n/en.yaml", "rarity_gold: Pure gold\n");
    assert!(build(&site).report.is_empty());
    assert!(self::pages(&site)["index.html"].contains("title=\"Pure gold\""));
}

#[test]
fn a_language_without_words_is_told_and_not_claimed() {
    let site = case("language-without-words");
    let report = build(&site).report;
    let told = said(&report, "no-words");
    assert_eq!((report.iter().count(), told.len()), (1, 1), "{report:#?}");
    assert_eq!(told[0].at.as_ref().unwrap().file.as_str(), "site.yaml");
    assert!(told[0].help.as_ref().unwrap().contains("`i18n/de.yaml`"));
    assert!(pages(&site)["index.html"].contains("<html lang=\"en\""));
    site.write("i18n/de.yaml", "experience: Berufserfahrung\n");
    assert!(build(&site).report.is_empty());
    let page = &pages(&site)["index.html"];
    assert!(page.contains("<html lang=\"de\"") && page.contains("Berufserfahrung"));
    for (language, shown) in [("de-AT", "de-AT"), ("en-GB", "en-GB"), ("fr", "en")] {
        site.write("site.yaml", format!("languages: [{language}]\n"));
        let page = &pages(&site)["index.html"];
        assert!(page.contains(&format!("<html lang=\"{shown}\"")), "{language}");
        assert_eq!(build(&site).report.is_empty(), language != "fr", "{language}");
    }
}

#[test]
fn a_failing_template_says_for_which_page() {
    let mut site = case("template-error-names-no-page");
    let told = |site: &SiteTest| -> (Diagnostic, usize) {
        let report = build(site).report;
        let told = said(&report, "template");
        (told[0].clone(), told.len())
    };
    let (failure, count) = told(&site);
    assert_eq!(count, 1);
    assert_eq!(failure.at.as_ref().unwrap().file.as_str(), "templates/post.html");
    assert_eq!(failure.label.as_deref(), Some("while making `/posts/two/`"));
    let (file, text) = &failure.related[0];
    assert_eq!(file.file.as_str(), "content/posts/two.md");
    assert_eq!(text, "`/posts/two/` is made from this file");
    // One mistake is reported once, for the first page it fails.
    for name in ["three", "four"] {
        site.write(&format!("content/posts/{name}.md"), "---\ndate: 2026-01-03\n---\n# X\n");
    }
    let (failure, count) = told(&site);
    let label = "while making `/posts/four/`, and in 2 other pages";
    assert_eq!((failure.label.as_deref(), count), (Some(label), 1));
    // A card is drawn by a template too.
    site.remove("templates/post.html");
    site.write("templates/card.svg", "<svg>{{ page.extra.kicker }}</svg>");
    site.options.url = Some("https://x.example".into());
    let (failure, count) = told(&site);
    let label = "while making `/card.png`, and in 3 other pages";
    assert_eq!((failure.label.as_deref(), count), (Some(label), 1));
    assert_eq!(failure.related[0].0.file.as_str(), "content/profile.yaml");
}

#[test]
fn a_style_sheet_of_a_theme_reaches_every_page() {
    let site = case("theme-style-lost");
    assert_no_errors(&build(&site).report);
    let pages = pages(&site);
    assert!(pages.len() > 1);
    for (path, page) in pages {
        assert_eq!(page.matches("/css/p.").count(), 1, "{path}");
    }
}

/// The keys and values that `not-yet` warnings point at, with their files.
fn not_yet(site: &SiteTest) -> Vec<String> {
    let report = build(site).report;
    assert_no_errors(&report);
    let place = |it: &&Diagnostic| {
        let at = it.at.as_ref().unwrap();
        let text = site.read(at.file.as_str());
        format!("{}: {}", at.file, &text[at.range()])
    };
    said(&report, "not-yet").iter().map(place).collect()
}

#[test]
fn what_has_no_effect_yet_is_said_where_it_stands() {
    let site = case("dead-keys");
    site.edit("site.yaml", "api: true", "api: true\nlanguages: [en, de]");
    site.edit(
        "rules.yaml",
        "difficulty",
        "tests: [{ given: { log: [] }, expect: { badges: [a] } }]\ndifficulty",
    );
    let expected = [
        "guild.yaml: seasons",
        "rules.yaml: streak",
        "rules.yaml: badges",
        "rules.yaml: difficulty",
        "site.yaml: variants",
        "site.yaml: api",
        "site.yaml: de",
        "site.yaml: cards",
        "site.yaml: collections",
    ];
    assert_eq!(not_yet(&site), expected);
    let solo = case("keys-without-effect");
    let keys = ["api", "cards", "variants", "collections"].map(|key| format!("site.yaml: {key}"));
    assert_eq!(not_yet(&solo), keys);
    // A key with the value `false` gives no warning.
    solo.write("site.yaml", "api: false\n");
    assert_eq!(not_yet(&solo), [""; 0]);
}

#[test]
fn whoever_opts_in_stands_on_the_board() {
    let site = SiteTest::of(&[
        ("guild.yaml", "name: F\n"),
        ("content/profiles/ada.yaml", "name: Ada A\nskills: { Rust: 3 }\n"),
        ("content/profiles/bob.yaml", "name: Bob B\nleaderboard: true\n"),
        ("content/profiles/cleo.yaml", "name: Cleo C\nleaderboard: false\n"),
    ]);
    let on_board = |show: &str| -> Vec<&str> {
        site.write("guild.yaml", format!("name: F\n{show}"));
        let pages = pages(&site);
        let page = pages["index.html"].split("id=\"_members\"").next().unwrap();
        let board = page.split_once("id=\"_board\"").map_or("", |it| it.1);
        ["Ada A", "Bob B", "Cleo C"].into_iter().filter(|name| board.contains(name)).collect()
    };
    assert_eq!(on_board(""), ["Bob B"]);
    assert_eq!(on_board("leaderboard: { show: opt-in }\n"), ["Bob B"]);
    assert_eq!(on_board("leaderboard: { show: everyone }\n"), ["Ada A", "Bob B"]);
    site.write("content/profiles/bob.yaml", "name: Bob B\n");
    assert_eq!(on_board(""), [""; 0]);
}

#[test]
fn a_score_passes_by_the_rules() {
    let site = case("dead-keys");
    let report = build(&site).report;
    let told = said(&report, "below-pass");
    assert_eq!(told.len(), 1, "{report:#?}");
    assert_eq!(told[0].at.as_ref().unwrap().file.as_str(), "content/profiles/ada.yaml");
    for (pass, status) in [(50, "Passed"), (51, "Not passed")] {
        site.write("rules.yaml", format!("pass: {pass}\n"));
        site.write("content/profiles/ada.yaml", "name: Ada\nquests: [{ quest: a, score: 50 }]\n");
        let page = &pages(&site)["profiles/ada/index.html"];
        assert!(page.contains(&format!("\">{status}</span>")), "{pass}");
        assert!(said(&build(&site).report, "below-pass").is_empty());
    }
}
