//! The invariant for a served site: memoised results of earlier builds change no byte and no
//! message, and a partial build of an open page shows what the full build gives.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use proptest::prelude::*;
use questfolio::engine::Origin;
use std::collections::BTreeMap;
use support::{Running, SiteTest};

/// Pages that are open in a browser.
const OPEN: [&str; 4] =
    ["index.html", "profiles/m0/index.html", "profiles/m1/index.html", "p0/index.html"];

/// One file that an author writes or removes.
#[derive(Clone, Debug)]
enum Edit {
    Write(String, String),
    Remove(String),
    Picture(String),
}

fn member(level: u8, more: &str) -> String {
    format!(
        "name: Member {level}\nskills:\n  Rust: {level}\n  Go: {{ level: 3, requires: [Rust] }}\n{more}"
    )
}

/// Texts that query their surroundings, so that their HTML depends on other files.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..3).prop_map(|it| format!("See [them](profile:m{it}).\n")),
        Just(
            "See [Go](skill:go), [Zig](skill:zig) and [a page](../../pages/p0.md#far).\n"
                .to_owned()
        ),
        (0..3).prop_map(|it| format!("![A picture](a{it}.jpg)\n")),
        (0..3).prop_map(|it| format!("```{{radar}}\nprofile: m{it}\n```\n")),
        "[a-c]{1,4}\n".prop_map(|words| format!("# {words}\n\n{words} **{words}**\n")),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let profile = |who: u8| format!("content/profiles/m{who}/profile.yaml");
    let skill = prop_oneof![
        Just(String::new()),
        Just("image: a0.jpg\n".to_owned()),
        Just("party: Red\nfollowing: [m1]\n".to_owned()),
        Just("work:\n  - { name: Acme, position: Smith, startDate: 2020-01, highlights: [\"By [m1](profile:m1)\"] }\n".to_owned()),
        Just("log:\n  - { date: 2026-01-05, xp: 90, skill: Zig }\n".to_owned()),
        Just("skils: {}\n".to_owned()),
        Just("theme: codex\n".to_owned()),
    ];
    let write = |path: String| move |text: String| Edit::Write(path.clone(), text);
    prop_oneof![
        4 => (0u8..3, 1u8..10, skill).prop_map(move |(who, level, more)| {
            Edit::Write(profile(who), member(level, &more))
        }),
        4 => (0u8..3, text()).prop_map(|(who, text)| {
            Edit::Write(format!("content/profiles/m{who}/about.md"), text)
        }),
        2 => text().prop_map(write("content/pages/p0.md".to_owned())),
        1 => text().prop_map(|text| {
            let front = "---\nauthors: [m0]\n---\n# A post\n\n";
            Edit::Write("content/posts/2026-01-01-x.md".to_owned(), front.to_owned() + &text)
        }),
        1 => (0u8..3).prop_map(|it| Edit::Remove(format!("content/profiles/m{it}"))),
        1 => Just(Edit::Remove("content/pages/p0.md".to_owned())),
        2 => (0u8..3, 0u8..3).prop_map(|(who, it)| {
            Edit::Picture(format!("content/profiles/m{who}/a{it}.jpg"))
        }),
        1 => (0..3).prop_map(|it| Edit::Write("site.yaml".to_owned(), format!("url: https://x.org/{it}\n"))),
        2 => (0_usize..3).prop_map(|it| {
            let crest = ["crest: crest.svg", "crest: crest.png", ""][it];
            Edit::Write("guild.yaml".to_owned(), format!("name: Guild\n{crest}\n"))
        }),
        1 => (0..3).prop_map(|it| {
            Edit::Write("guild.yaml".to_owned(), format!("name: Guild {it}\nparties: {{ Red: [m{it}] }}\n"))
        }),
        1 => (0..3).prop_map(|it| Edit::Write("rules.yaml".to_owned(), format!("xp: {{ skill: {} }}\n", 100 + it))),
        1 => (0..3).prop_map(|it| {
            Edit::Write("templates/404.html".to_owned(), format!("{{% extends \"codex/404.html\" %}}{{# {it} #}}"))
        }),
        1 => (0..3).prop_map(|it| Edit::Write("static/custom.css".to_owned(), format!("a {{ order: {it} }}\n"))),
        1 => Just(Edit::Write("content/skills.yaml".to_owned(), "Zig: { requires: [Rust] }\n".to_owned())),
    ]
}

fn apply(site: &SiteTest, edit: &Edit) -> Option<String> {
    match edit {
        Edit::Write(path, text) => {
            site.write(path, text);
            Some(path.clone())
        }
        Edit::Remove(path) if site.path().join(path).exists() => {
            site.remove(path);
            None
        }
        Edit::Remove(_) => None,
        Edit::Picture(path) => {
            let from = support::root().join("examples/minimal/content/avatar.jpg");
            site.write(path, std::fs::read(from).unwrap());
            Some(path.clone())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_changes_nothing(edits in prop::collection::vec(edit(), 1..10)) {
        let site = SiteTest::of(&[
            ("guild.yaml", "name: Guild\nleaderboard: { show: everyone }\n"),
            ("site.yaml", "url: https://x.org/r\n"),
            ("content/profiles/m0/profile.yaml", &member(4, "")),
            ("content/profiles/m1/profile.yaml", &member(5, "")),
            ("content/pages/p0.md", "# Page\n\nSee [the first](profile:m0).\n"),
            ("crest.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"),
        ]);
        image::RgbImage::new(9, 9).save(site.path().join("crest.png")).unwrap();
        let mut running = Running::start(&site);
        running.whole(&site);
        for edit in &edits {
            let changed = apply(&site, edit);
            let built_pages = changed.and_then(|it| running.build_pages(&site, &[&it], &OPEN));
            let built_pages = built_pages.map(|built| running.bytes(&built));
            let whole = running.whole(&site);
            let (clean, blobs) = site.clean();
            prop_assert_eq!(format!("{:#?}", whole.report.clone().sorted()), format!("{:#?}", clean.report.clone().sorted()));
            if clean.report.has_errors() {
                continue;
            }
            let whole = running.bytes(&whole);
            let clean: BTreeMap<String, Vec<u8>> = clean.run.outputs.iter().map(|(path, output)| {
                (path.to_string(), output.bytes(path, &blobs, None).unwrap().to_vec())
            }).collect();
            prop_assert_eq!(whole.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>());
            let differ: Vec<_> = whole.keys().filter(|path| whole[*path] != clean[*path]).collect();
            prop_assert!(differ.is_empty(), "after {edit:?} these differ: {differ:?}");
            for (path, bytes) in built_pages.into_iter().flatten() {
                prop_assert!(clean.get(&path) == Some(&bytes), "a partial build after {edit:?} has another {path}");
            }
        }
    }
}

#[test]
fn a_glance_makes_the_open_page_and_nothing_else() {
    let site = SiteTest::example("guild");
    let mut running = Running::start(&site);
    running.whole(&site);
    site.edit("content/profiles/tamsin/profile.yaml", "label:", "label: First");
    let page = "profiles/tamsin/index.html";
    let built =
        running.build_pages(&site, &["content/profiles/tamsin/profile.yaml"], &[page]).unwrap();
    let made: Vec<String> = built.run.paths(Origin::Made).map(ToString::to_string).collect();
    assert_eq!(made, [page]);
    assert!(built.run.outputs.keys().filter(|path| path.extension() == "html").count() == 1);
    assert_eq!(built.decoded, (0, 0));
}

#[test]
fn what_came_or_went_is_left_to_the_whole_build() {
    let site = SiteTest::example("guild");
    let mut running = Running::start(&site);
    running.whole(&site);
    let page = ["profiles/tamsin/index.html"];
    site.write("content/pages/new.md", "# New\n");
    assert!(running.build_pages(&site, &["content/pages/new.md"], &page).is_none());
    // Temporary files of editors are ignored.
    site.write("content/pages/.new.md.swp", "x");
    assert!(
        running.build_pages(&site, &["content/pages/.new.md.swp", "notes.txt"], &page).is_some()
    );
    site.remove("content/profiles/tamsin/about.md");
    assert!(running.build_pages(&site, &["content/profiles/tamsin/about.md"], &page).is_none());
}
