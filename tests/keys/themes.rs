//! The promises of `docs/themes.md` about the blocks of a page, on every kind of page; and the
//! texts that codex's templates use.

use crate::support::{SiteTest, root};
use std::fs;

/// Blocks of `base.html` that are for themes.
const OF_THEMES: [&str; 6] = ["styles", "head_extra", "nav", "prefs", "footer", "body_end"];

/// A site with every kind of page.
fn site(is_guild: bool) -> SiteTest {
    let site = SiteTest::of(&[
        ("site.yaml", "theme: p\n"),
        ("themes/p/theme.yaml", "name: p\nversion: 0.1.0\nextends: codex\n"),
        ("content/pages/about.md", "# About\n\n```component tree\n```\n"),
        ("content/posts/2026-01-01-a.md", "# A\n\nText.\n"),
    ]);
    let profile = "name: Ada\nskills: { Rust: 7, Tokio: { level: 3, requires: [Rust] } }\n";
    if is_guild {
        site.write("guild.yaml", "name: G\n").write("content/profiles/ada.yaml", profile);
        site.write("content/pages/about.md", "# About\n\n```component tree\nprofile: ada\n```\n");
    } else {
        site.write("content/profile.yaml", profile);
    }
    site
}

fn templates() -> Vec<(String, String)> {
    let root = root().join("themes/codex/templates");
    let folders = [root.clone(), root.join("components")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    paths
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn what_a_theme_adds_to_the_frame_is_on_every_page() {
    let mut base = "{% extends \"codex/base.html\" %}\n".to_owned();
    for block in OF_THEMES {
        base += &format!("{{% block {block} %}}{{{{ super() }}}}<!--{block}-->{{% endblock %}}\n");
    }
    let mut kinds = Vec::new();
    for is_guild in [false, true] {
        let site = site(is_guild);
        site.write("themes/p/templates/base.html", &base);
        for (path, bytes) in site.clean_bytes().iter().filter(|(path, _)| path.ends_with(".html")) {
            let page = String::from_utf8_lossy(bytes);
            for block in OF_THEMES {
                let marks = page.matches(&format!("<!--{block}-->")).count();
                assert_eq!(marks, 1, "the block `{block}` on {path}");
            }
            kinds.push(path.clone());
        }
    }
    for kind in ["about/", "posts/a/", "posts/", "skills/", "skills/rust/", "profiles/ada/", ""] {
        assert!(kinds.contains(&format!("{kind}index.html")), "{kind} in {kinds:?}");
    }
    assert!(kinds.contains(&"404.html".to_owned()));
    let guide = fs::read_to_string(root().join("docs/themes.md")).unwrap();
    for block in OF_THEMES {
        assert!(guide.contains(&format!("\n| `{block}` ")), "`{block}` is in docs/themes.md");
        let filled = format!("block {block} ");
        let others = templates().into_iter().filter(|(name, _)| name != "base.html");
        let filling: Vec<String> =
            others.filter(|(_, text)| text.contains(&filled)).map(|it| it.0).collect();
        assert_eq!(filling, [""; 0], "`{block}` is left to themes");
    }
}

#[test]
fn a_word_that_comes_from_content_has_another_to_fall_back_on() {
    for (name, text) in templates() {
        for (at, _) in text.match_indices("| get(key=") {
            let end = text[at..].find("}}").map_or(text.len(), |end| at + end);
            let asked = &text[at..end];
            assert!(asked.contains("default="), "{name}: {asked}");
        }
    }
}
