//! Every example of `docs/themes.md` is run, in the order of the guide, in one site.
//!
//! The word behind the language of a fenced block is a path. The block is that file of the site;
//! below `public/` it is an excerpt of the output, in which `…` stands for any text and all white
//! space is alike. Wherever there is an excerpt, and at the end, the site must build without a
//! diagnostic. Blocks of `bash` are run in the site's folder. Of `text`, the names of templates are
//! those of codex.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use support::{SiteTest, copy, root};

/// A fenced block.
struct Example {
    language: String,
    path: String,
    text: String,
    /// The line it starts at, from 1.
    line: usize,
}

fn guide() -> String {
    fs::read_to_string(root().join("docs/themes.md")).unwrap()
}

fn examples(guide: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = guide.lines().zip(1..);
    while let Some((opening, line)) = lines.next() {
        let info = opening.trim_start_matches('`');
        let fence = &opening[..opening.len() - info.len()];
        if fence.len() < 3 {
            continue;
        }
        let (language, path) = info.split_once(' ').unwrap_or((info, ""));
        let text = lines.by_ref().map(|(text, _)| text).take_while(|text| *text != fence);
        let text = text.map(|text| format!("{text}\n")).collect();
        found.push(Example { language: language.into(), path: path.into(), text, line });
    }
    found
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><")
}

/// Whether the pieces between `…` stand in the text, in this order.
fn shows(text: &str, excerpt: &str) -> bool {
    let (text, excerpt) = (one_space(text), one_space(excerpt));
    let mut rest = text.as_str();
    excerpt.split('…').all(|piece| {
        let at = rest.find(piece);
        rest = at.map_or(rest, |at| &rest[at + piece.len()..]);
        at.is_some()
    })
}

fn run(script: &str, site: &SiteTest, line: usize) {
    let program = Path::new(env!("CARGO_BIN_EXE_questfolio")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("bash");
    shell.args(["-euc", script]).current_dir(site.path()).env("PATH", path);
    let output = shell.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "line {line} of the guide: {said}");
}

#[test]
fn every_example_does_what_the_guide_says() {
    let mut site = SiteTest::empty();
    site.options.url = Some("https://example.org".to_owned());
    copy(&root().join("examples"), &site.path().join("examples"));
    for Example { language, path, text, line } in examples(&guide()) {
        if language == "bash" {
            run(&text, &site, line);
        } else if let Some(page) = path.strip_prefix("public/") {
            let output = output(&site, line);
            let page = output.get(page).map(|bytes| String::from_utf8_lossy(bytes));
            let page = page.unwrap_or_default();
            assert!(shows(&page, &text), "line {line} of the guide: {path} is {page}");
        } else if language != "text" {
            assert!(!path.is_empty(), "line {line} of the guide: the block has no path");
            site.write(&path, &text);
        }
    }
    output(&site, guide().lines().count());
}

/// Every file of the site, which must build without a diagnostic.
fn output(site: &SiteTest, line: usize) -> BTreeMap<String, Vec<u8>> {
    let (built, _) = site.clean();
    assert!(built.report.is_empty(), "line {line} of the guide: {:#?}", built.report);
    site.clean_bytes()
}

fn templates() -> PathBuf {
    root().join("themes/codex/templates")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.path().is_file());
    files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn the_folder_of_a_theme_is_that_of_codex() {
    let tree = examples(&guide()).into_iter().find(|it| it.language == "text").unwrap();
    let is_template = |word: &&str| {
        !word.contains('/')
            && [".html", ".svg", ".webmanifest"].iter().any(|ending| word.ends_with(ending))
    };
    let named = tree.text.split_whitespace().filter(is_template).map(str::to_owned);
    assert_eq!(named.collect::<BTreeSet<_>>(), names(&templates()));
}

#[test]
fn every_component_of_codex_is_in_the_guide_and_alone_in_its_file() {
    let guide = guide();
    let chapter = guide.split("\n## Components\n").nth(1).unwrap();
    let chapter = chapter.split("\n## ").next().unwrap();
    for file in names(&templates().join("components")) {
        let text = fs::read_to_string(templates().join("components").join(&file)).unwrap();
        let name = file.strip_suffix(".html").unwrap();
        assert_eq!(text.matches("{% component ").count(), 1, "{file}");
        assert!(text.contains(&format!("{{% component {name}(")), "{file} is the component {name}");
        assert!(chapter.contains(&format!("`{name}`")), "`{name}` is in docs/themes.md");
    }
}

/// Templates are there to be read: each says at its head what it shows, and no line is longer than
/// 120 characters, but those with the path of a drawing.
#[test]
fn every_template_of_codex_can_be_read() {
    for folder in [templates(), templates().join("components")] {
        for file in names(&folder) {
            let text = fs::read_to_string(folder.join(&file)).unwrap();
            assert!(text.starts_with("{#"), "{file} says at its head what it shows");
            for line in text.lines().filter(|line| line.chars().count() > 120) {
                assert!(line.contains(" d=\""), "{file}: {line}");
            }
        }
    }
}
