//! The invariant: whatever earlier builds left behind, the published bytes are those of a clean
//! build. And no more is made or written than necessary.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use proptest::prelude::*;
use std::collections::BTreeSet;
use support::SiteTest;

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn a_second_build_does_nothing() {
    let site = SiteTest::example("guild");
    let first = site.build().ok();
    assert!(first.costly > 0 && first.decoded.0 > 0, "the example has pictures");
    let again = site.build().ok();
    assert_eq!(again.made, set(&[]));
    assert_eq!(again.written(), set(&[]));
    assert_eq!(again.decoded, (0, 0));
}

#[test]
fn a_restored_cache_is_all_that_pictures_need() {
    let site = SiteTest::example("guild");
    let first = site.build().ok();
    std::fs::remove_dir_all(site.path().join("public")).unwrap();
    let restored = site.build().ok();
    assert_eq!((restored.costly, restored.decoded), (0, (0, 0)));
    assert_eq!(restored.written().len(), first.written().len(), "the site is whole");
}

#[test]
fn one_backstory_is_one_page_and_its_resume() {
    let site = SiteTest::example("guild");
    site.build().ok();
    site.write("content/profiles/tamsin/about.md", "New words.\n");
    let built = site.build().ok();
    let both = ["profiles/tamsin/index.html", "profiles/tamsin/resume.json"];
    assert_eq!(built.written(), set(&both));
    assert_eq!(built.costly, 0, "no picture is made again");
}

#[test]
fn a_member_who_leaves_takes_their_pages_along() {
    let site = SiteTest::example("guild");
    site.build().ok();
    site.remove("content/profiles/adaeze.yaml");
    site.edit("guild.yaml", "Harbour: [tamsin, adaeze]", "Harbour: [tamsin]");
    let built = site.build();
    if built.report.has_errors() {
        // Others mention her in endorsements and posts, which they must fix; nothing was changed.
        assert!(built.published.written.is_empty() && built.published.removed.is_empty());
        return;
    }
    assert!(built.removed().contains("profiles/adaeze/index.html"), "{:?}", built.removed());
    assert_eq!(site.public(), site.clean_bytes());
}

#[test]
fn a_mistake_leaves_the_published_site_alone() {
    let site = SiteTest::example("minimal");
    site.build().ok();
    let before = site.public();
    site.edit("content/profile.yaml", "skills:", "skils:");
    site.write("content/pages/new.md", "# New\n\n[nowhere](missing.md)\n");
    let built = site.build();
    assert!(built.report.has_errors());
    assert_eq!(site.public(), before);
}

#[test]
fn a_lost_cache_costs_work_and_no_truth() {
    let site = SiteTest::example("minimal");
    site.build().ok();
    let before = site.public();
    site.remove(".questfolio");
    let again = site.build().ok();
    assert_eq!(again.written(), set(&[]));
    assert_eq!(site.public(), before);
}

/// One action of an author.
#[derive(Clone, Debug)]
enum Edit {
    Backstory(u8),
    Skill(u8, u8),
    Deed(u8, u16),
    AddMember(u8),
    RemoveMember(u8),
    Page(u8),
    RemovePage(u8),
    Post(u8),
    Template(u8),
    Style(u8),
    Title(u8),
    Words(bool),
    Address(u8),
    Portrait(u8),
    Rules(u8),
    HarmCache(u8),
    HarmOutput(u8),
    Touch,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        (0u8..4).prop_map(Edit::Backstory),
        (0u8..4, 0u8..11).prop_map(|(who, level)| Edit::Skill(who, level)),
        (0u8..4, 0u16..999).prop_map(|(who, xp)| Edit::Deed(who, xp)),
        (0u8..4).prop_map(Edit::AddMember),
        (0u8..4).prop_map(Edit::RemoveMember),
        (0u8..3).prop_map(Edit::Page),
        (0u8..3).prop_map(Edit::RemovePage),
        (0u8..3).prop_map(Edit::Post),
        (0u8..3).prop_map(Edit::Template),
        (0u8..3).prop_map(Edit::Style),
        (0u8..3).prop_map(Edit::Title),
        any::<bool>().prop_map(Edit::Words),
        (0u8..3).prop_map(Edit::Address),
        (0u8..4).prop_map(Edit::Portrait),
        (0u8..3).prop_map(Edit::Rules),
        (0u8..4).prop_map(Edit::HarmCache),
        (0u8..4).prop_map(Edit::HarmOutput),
        Just(Edit::Touch),
    ];
    prop::collection::vec(edit, 1..8)
}

fn member(who: u8, level: u8) -> String {
    format!(
        "name: Member {who}\nsummary: |\n  Number {who}, **bold**.\nskills:\n  Rust: {level}\n  Go: 3\n  Kubernetes: {{ level: 4, requires: [Go] }}\n"
    )
}

fn apply(site: &SiteTest, edit: &Edit) {
    let profile = |who: u8| format!("content/profiles/m{who}/profile.yaml");
    let exists = |path: &str| site.path().join(path).exists();
    match *edit {
        Edit::Backstory(who) if exists(&profile(who)) => {
            site.write(&format!("content/profiles/m{who}/about.md"), format!("Story {who}.\n"));
        }
        Edit::Skill(who, level) if exists(&profile(who)) => {
            site.write(&profile(who), member(who, level));
        }
        Edit::Deed(who, xp) if exists(&profile(who)) => {
            let deed = format!("log:\n  - {{ date: 2026-01-05, xp: {xp}, skill: Rust }}\n");
            site.write(&profile(who), member(who, 5) + &deed);
        }
        Edit::AddMember(who) => {
            site.write(&profile(who), member(who, 2));
        }
        Edit::RemoveMember(who) if who > 0 && exists(&profile(who)) => {
            site.remove(&format!("content/profiles/m{who}"));
        }
        Edit::Page(page) => {
            site.write(
                &format!("content/pages/p{page}.md"),
                "# Page\n\nSee [the first](profile:m0) and [Rust](skill:rust).\n",
            );
        }
        Edit::RemovePage(page) if exists(&format!("content/pages/p{page}.md")) => {
            site.remove(&format!("content/pages/p{page}.md"));
        }
        Edit::Post(post) => {
            site.write(
                &format!("content/posts/2026-01-0{}-x{post}.md", post + 1),
                "# Post\n\nText.\n",
            );
        }
        Edit::Template(turn) => {
            let text = format!("{{% extends \"codex/404.html\" %}}{{# turn {turn} #}}");
            site.write("templates/404.html", text);
        }
        Edit::Style(turn) => {
            site.write("static/custom.css", format!("a {{ order: {turn} }}\n"));
        }
        Edit::Title(turn) => {
            site.write("site.yaml", format!("title: Site {turn}\nurl: https://x.org/r\n"));
        }
        Edit::Words(rpg) => {
            let words = if rpg { "rpg" } else { "professional" };
            site.write("site.yaml", format!("words: {words}\nurl: https://x.org/r\n"));
        }
        Edit::Address(turn) => {
            site.write("site.yaml", format!("url: https://x.org/{turn}\n"));
        }
        Edit::Portrait(who) if exists(&profile(who)) => {
            let from = support::root().join("examples/minimal/content/avatar.jpg");
            let picture = std::fs::read(from).unwrap();
            site.write(&format!("content/profiles/m{who}/avatar.jpg"), picture);
        }
        Edit::Rules(turn) => {
            site.write("rules.yaml", format!("xp: {{ skill: {} }}\n", 100 + u32::from(turn)));
        }
        Edit::HarmCache(how) => harm_cache(site, how),
        Edit::HarmOutput(how) => harm_output(site, how),
        _ => {}
    }
}

fn harm_cache(site: &SiteTest, how: u8) {
    let cache = site.path().join(".questfolio/cache");
    let folder = if how.is_multiple_of(2) { "traces" } else { "blobs" };
    let Ok(entries) = std::fs::read_dir(cache.join(folder)) else { return };
    for entry in entries.flatten().take(2) {
        if entry.path().is_dir() {
            let _ = std::fs::remove_dir_all(entry.path());
        } else if how < 2 {
            let _ = std::fs::write(entry.path(), "harmed");
        } else {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn harm_output(site: &SiteTest, how: u8) {
    let page = site.path().join("public/index.html");
    if page.exists() {
        let _ = if how.is_multiple_of(2) { std::fs::remove_file(&page) } else { Ok(()) };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn incremental_equals_clean(edits in edits()) {
        let site = SiteTest::of(&[
            ("guild.yaml", "name: Guild\nleaderboard: { show: everyone }\n"),
            ("site.yaml", "url: https://x.org/r\n"),
            ("content/profiles/m0/profile.yaml", &member(0, 4)),
        ]);
        site.build().ok();
        for edit in &edits {
            apply(&site, edit);
            site.build().ok();
            let (published, clean) = (site.public(), site.clean_bytes());
            prop_assert_eq!(paths(&published), paths(&clean));
            let differ: Vec<&String> =
                published.keys().filter(|path| published[*path] != clean[*path]).collect();
            prop_assert!(differ.is_empty(), "after {edit:?} these differ: {differ:?}");
            let again = site.build().ok();
            prop_assert!(again.made.is_empty() && again.published.written.is_empty());
        }
    }
}

fn paths<T>(files: &std::collections::BTreeMap<String, T>) -> Vec<&String> {
    files.keys().collect()
}
