//! Sites that people could have written, and what must come of them: `tests/cases/NAME`.

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

/// The pages of a site without an error, by path.
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
    // One mistake is told once, of the first page that it fails.
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
