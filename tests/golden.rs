//! Builds of every example and of the repository's own site. The expected output is in
//! `tests/golden/`: the list of files for each, and every text of the smallest one.
//!
//! After an intended change, run `SNAPSHOTS=overwrite cargo test --test golden` and review the
//! diff.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use support::{SiteTest, assert_no_errors, root};

fn sites() -> Vec<(&'static str, SiteTest)> {
    vec![
        ("minimal", SiteTest::example("minimal")),
        ("solo", SiteTest::example("solo")),
        ("guild", SiteTest::example("guild")),
        ("own", SiteTest::own()),
    ]
}

/// Digests in names change with every edit of a stylesheet: `codex.0123456789.css` → `codex.….css`.
fn without_digests(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(dot) = rest.find('.') {
        let (before, after) = rest.split_at(dot + 1);
        plain.push_str(before);
        let hex = after.bytes().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let is_digest = (hex == 10 || hex == 16) && after[hex..].starts_with('.');
        plain.push_str(if is_digest { "…" } else { "" });
        rest = if is_digest { &after[hex..] } else { after };
    }
    plain + rest
}

fn expect(name: &str, actual: &str) {
    let path = root().join("tests/golden").join(name);
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    if expected != actual {
        let line = expected.lines().zip(actual.lines()).position(|(a, b)| a != b);
        let line = line.unwrap_or_else(|| expected.lines().count().min(actual.lines().count()));
        panic!(
            "{name} differs at line {}:\n  was: {}\n  is:  {}\nif that is meant: SNAPSHOTS=overwrite cargo test --test golden",
            line + 1,
            expected.lines().nth(line).unwrap_or("(nothing)"),
            actual.lines().nth(line).unwrap_or("(nothing)"),
        );
    }
}

#[test]
fn examples_are_without_a_warning() {
    for (name, site) in sites() {
        let (built, _) = site.clean();
        assert!(built.report.is_empty(), "{name}: {:#?}", built.report);
    }
}

#[test]
fn every_site_publishes_these_files() {
    for (name, site) in sites() {
        let mut paths: Vec<String> =
            site.clean_bytes().keys().map(|path| without_digests(path) + "\n").collect();
        paths.sort();
        expect(&format!("{name}.files.txt"), &paths.concat());
    }
}

#[test]
fn the_smallest_site_reads_like_this() {
    let site = SiteTest::example("minimal");
    for (path, bytes) in site.clean_bytes() {
        if path.ends_with(".html") || path.ends_with(".json") || path.ends_with(".txt") {
            if path.starts_with("assets/") {
                continue;
            }
            let text = String::from_utf8(bytes).unwrap();
            expect(&format!("minimal/{path}"), &without_digests(&text));
        }
    }
}

#[test]
fn the_same_bytes_in_any_run_folder_and_number_of_threads() {
    let build = |threads: usize| -> BTreeMap<String, Vec<u8>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut site = SiteTest::example("minimal");
        site.encodes = true;
        pool.install(|| site.clean_bytes())
    };
    let once = build(1);
    assert!(once == build(4) && once == build(2));
    let guild = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| SiteTest::example("guild").clean_bytes())
    };
    assert!(guild(1) == guild(7));
}

#[test]
fn nothing_private_is_published() {
    let canaries = [
        "canary-mail@example.org",
        "+1 555 0100 777",
        "Canary Street 9",
        "CA-90210-X",
        "a canary reference",
        "hidden canary job",
    ];
    let site = SiteTest::of(&[
        ("site.yaml", "url: https://x.org\n"),
        (
            "content/profile.yaml",
            "name: Ada\nemail: canary-mail@example.org\nphone: \"+1 555 0100 777\"\n\
             location: { city: Berlin, address: Canary Street 9, postalCode: CA-90210-X }\n\
             references: [{ name: Bo, reference: a canary reference }]\n\
             work: [{ name: hidden canary job, position: X, startDate: 2020, private: true }]\n",
        ),
    ]);
    let (built, _) = site.clean();
    assert_no_errors(&built.report);
    for (path, bytes) in site.clean_bytes() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for canary in canaries {
            assert!(!text.contains(canary), "{path} shows {canary}");
        }
    }
    site.edit("content/profile.yaml", "name: Ada\n", "name: Ada\npublish: [email]\n");
    let page = &site.clean_bytes()["index.html"];
    assert!(String::from_utf8_lossy(page).contains("canary-mail@example.org"));
}

#[test]
fn the_base_path_is_everywhere() {
    let mut site = SiteTest::example("guild");
    site.options.url = Some("https://user.github.io/repo".to_owned());
    for (path, bytes) in site.clean_bytes() {
        if !path.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        for attribute in ["href=\"/", "src=\"/", "srcset=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let address = &text[at + attribute.len() - 1..];
                assert!(
                    address.starts_with("/repo/"),
                    "{path}: {}",
                    &address[..40.min(address.len())]
                );
            }
        }
    }
}
