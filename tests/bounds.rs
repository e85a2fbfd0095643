//! Input from strangers costs no more than its size allows: the messages about it, the outputs made
//! from it, the files copied. `tests/hostile_effort.rs` measures the build itself.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod shell;

use shell::{Shell, err, out};
use std::collections::BTreeMap;

/// Two thousand mistakes in a line of 32 kB: in Markdown, and in YAML.
fn with_long_lines() -> Shell {
    let shell = Shell::new();
    let unknown: String = (0..2_000).map(|it| format!("kye{it}: x, ")).collect();
    shell.write("content/profile.yaml", &format!("name: Ada\nwork: [{{name: X, {unknown}}}]\n"));
    let links = "[a](profile:x) ".repeat(2_184);
    shell.write("content/pages/x.md", &format!("---\ntitle: X\n---\n{links}\n"));
    shell
}

#[test]
fn of_a_thousand_mistakes_on_a_line_the_first_hundred_are_shown() {
    let shell = with_long_lines();
    let human = err(&shell.run("build"));
    assert!(human.len() < 400_000, "{} bytes", human.len());
    let links = human.matches("--> content/pages/x.md:4:").count();
    assert_eq!(links, 101, "a hundred, and the first of the rest");
    assert!(human.contains("2084 more mistakes of this kind in this file"), "{human:.2000}");
    assert!(human.contains("1900 more mistakes of this kind"), "the profile has too many as well");
    assert!(human.contains("content/pages/x.md:4:1490\n"), "the columns are those of the file");
    let github = out(&shell.run("build --message-format github"));
    assert_eq!(github.matches("file=content/pages/x.md,line=4").count(), 101);
}

#[test]
fn programs_are_told_all_without_the_whole_line_each_time() {
    let shell = with_long_lines();
    let json = out(&shell.run("build --message-format json"));
    assert!(json.len() < 5_000_000, "{} bytes", json.len());
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for line in json.lines() {
        let it: serde_json::Value = serde_json::from_str(line).unwrap();
        *files.entry(it["file"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
        let source = it["source"].as_str().unwrap_or_default();
        let begin = it["source_column"].as_u64().unwrap_or(1);
        let column = it["column"].as_u64().unwrap_or(1);
        let marked: String = source.chars().skip((column - begin) as usize).collect();
        assert!(marked.starts_with("profile:x") || marked.starts_with("kye"), "{it}");
    }
    assert_eq!(files["content/pages/x.md"], 2_184);
    assert_eq!(files["content/profile.yaml"], 2_000);
}
