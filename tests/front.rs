//! A front page of the author's own, and pages that link to each other.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use std::fs;
use support::{SiteTest, assert_no_errors, root};

const FRONT: (&str, &str) = (
    "content/pages/index.md",
    "---\ntitle: Welcome\ndescription: What this is.\n---\n[Her sheet](profile:ada)\n",
);
const URL: (&str, &str) = ("site.yaml", "url: https://x.example/base\n");

#[test]
fn a_front_page_moves_the_sheet_of_a_solo_site() {
    let site =
        SiteTest::of(&[URL, FRONT, ("content/profile.yaml", "name: Ada\nskills: { Rust: 5 }\n")]);
    let files = site.clean_bytes();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert!(text("index.html").contains("href=\"/base/sheet/\""));
    assert!(text("index.html").contains("<h1 dir=\"auto\">Welcome</h1>"));
    assert!(text("sheet/index.html").contains("https://x.example/base/sheet/"));
    assert!(files.contains_key("sheet/resume.json") && files.contains_key("sheet/card.png"));
    assert!(text("sitemap.xml").contains("<loc>https://x.example/base/sheet/</loc>"));
}

#[test]
fn a_front_page_moves_the_hall_of_a_guild() {
    let guild = ("guild.yaml", "name: Forge\n");
    let site = SiteTest::of(&[URL, FRONT, guild, ("content/profiles/ada.yaml", "name: Ada\n")]);
    let (built, _) = site.clean();
    assert_no_errors(&built.report);
    let files = site.clean_bytes();
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert!(text("guild/index.html").contains("<h1 dir=\"auto\">Forge</h1>"));
    assert!(text("profiles/ada/index.html").contains("href=\"/base/guild/\">Forge</a>"));
    assert!(text("index.html").contains("<a href=\"/base/guild/\">Forge</a>"), "navigation");
    let sitemap = text("sitemap.xml");
    for route in ["/", "/guild/", "/profiles/ada/"] {
        assert!(sitemap.contains(&format!("<loc>https://x.example/base{route}</loc>")), "{route}");
    }
}

#[test]
fn a_draft_of_a_front_page_moves_nothing() {
    let draft = ("content/pages/index.md", "---\ntitle: Welcome\ndraft: true\n---\nText.\n");
    let site = SiteTest::of(&[draft, ("content/profile.yaml", "name: Ada\n")]);
    let files = site.clean_bytes();
    assert!(files.contains_key("resume.json") && !files.contains_key("sheet/index.html"));
}

/// The project's front page, README and smallest example show the same lines.
#[test]
fn the_eight_lines_are_the_same_everywhere() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let example = read("examples/minimal/content/profile.yaml");
    let lines: Vec<&str> =
        example.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert_eq!(lines.len(), 8);
    for path in ["README.md", "content/pages/index.md"] {
        assert!(read(path).contains(&lines.join("\n")), "{path}");
    }
}

/// From the manual's first page, "next" leads through every page of it, and "previous" back.
#[test]
fn the_manual_is_read_from_page_to_page() {
    let files = SiteTest::own().clean_bytes();
    let link = |route: &str, rel: &str| -> Option<String> {
        let file = format!("{}index.html", route.trim_start_matches('/'));
        let page = String::from_utf8(files[&file].clone()).unwrap();
        let at = page.find(&format!("rel=\"{rel}\" href=\""))?;
        Some(page[at..].split('"').nth(3)?.to_owned())
    };
    let mut route = "/manual/".to_owned();
    let mut read = vec![route.clone()];
    while let Some(next) = link(&route, "next") {
        assert_eq!(link(&next, "prev").as_deref(), Some(route.as_str()), "back from {next}");
        route = next;
        read.push(route.clone());
    }
    let pages = files.keys().filter(|path| path.starts_with("manual/") && path.ends_with(".html"));
    assert_eq!(read.len(), pages.count(), "{read:#?}");
}

/// Listing all pages on each of them would grow with the square of their number.
#[test]
fn a_large_section_links_neighbours_and_lists_nobody() {
    let section = |count: usize| {
        let site = SiteTest::of(&[("content/profile.yaml", "name: Ada\n")]);
        for number in 0..count {
            site.write(&format!("content/pages/notes/n{number:03}.md"), "# Note\n\nText.\n");
        }
        String::from_utf8(site.clean_bytes()["notes/n010/index.html"].clone()).unwrap()
    };
    let (small, large) = (section(50), section(51));
    assert!(small.contains("<nav class=\"section") && !large.contains("<nav class=\"section"));
    for page in [small, large] {
        assert!(page.contains("rel=\"prev\" href=\"/notes/n009/\""));
        assert!(page.contains("rel=\"next\" href=\"/notes/n011/\""));
    }
}
