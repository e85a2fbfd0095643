//! `questfolio new` as a newcomer uses it: questions, answers, and the first files.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod shell;

use shell::{Shell, err};
use std::fs;
use std::path::Path;

#[test]
fn a_guild_and_a_resume_are_beginnings_too() {
    let shell = Shell::new();
    shell.ok("new hall --yes --guild --name Mirela");
    shell.ok("check hall");
    shell.write("resume.json", r#"{"basics": {"name": "Ola Nordmann"}, "work": []}"#);
    shell.ok("new mine --yes --from resume.json");
    shell.ok("build mine");
    assert!(shell.read("mine/public/index.html").contains("Ola Nordmann"));
    assert_eq!(shell.read("mine/content/profile.json"), shell.read("resume.json"), "as it stands");
    for (text, why) in [("[", "it is not valid JSON"), ("{}", "it has no `basics.name`")] {
        shell.write("other.json", text);
        let output = shell.run("new other --yes --from other.json");
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains(why), "{}", err(&output));
    }
}

#[test]
fn new_touches_nothing_that_exists() {
    for taken in ["site.yaml", "content/profile.md", "content/profiles/ada.yaml"] {
        let shell = Shell::new();
        shell.write(taken, "title: Mine\n");
        let output = shell.run("new");
        assert_eq!(output.status.code(), Some(1));
        assert!(err(&output).contains("` already exists"), "{}", err(&output));
        assert_eq!(fs::read_dir(shell.path()).unwrap().count(), 1, "nothing was written");
    }
}

#[test]
fn new_fits_into_a_repository_that_has_begun() {
    let shell = Shell::new();
    shell.write("README.md", "mine").write(".gitignore", "mine");
    let output = shell.run("new --yes --name Ada");
    assert!(output.status.success());
    assert!(err(&output).contains("Kept .gitignore, as it was: add /public/"), "{}", err(&output));
    assert_eq!((shell.read("README.md"), shell.read(".gitignore")), ("mine".into(), "mine".into()));
    shell.ok("check");
}

#[test]
fn wrong_answers_are_asked_again_and_nothing_is_written_before_the_last() {
    let shell = Shell::new();
    let answers = "Grace Hopper\n\nCOBOL 99\nCOBOL 9, Compilers 10\nno one!\n@grace\nmissing.png\n\nnowhere\n\nperhaps\nyes\n";
    let output = shell.told("new sheet", answers);
    let text = err(&output);
    assert!(output.status.success(), "{text}");
    for reason in [
        "`COBOL 99`: a level is a whole number from 0 to 10",
        "`no one!` is not a GitHub user name",
        "`missing.png` cannot be read: no such file or directory",
        "`nowhere` is not the address of a site",
        "`yes` or `no`",
    ] {
        assert!(text.contains(reason), "{reason} is not in:\n{text}");
    }
    let profile = shell.read("sheet/content/profile.yaml");
    assert!(profile.contains("name: Grace Hopper\n") && profile.contains("  Compilers: 10\n"));
    assert!(shell.read("sheet/site.yaml").contains("url: https://grace.github.io/sheet\n"));
    shell.ok("check sheet --strict");
    shell.ok("build sheet --strict");

    let shell = Shell::new();
    let cut_short = shell.told("new sheet", "Grace\n\n");
    assert_eq!(cut_short.status.code(), Some(1));
    assert!(err(&cut_short).contains("no-answer"), "{}", err(&cut_short));
    assert!(shell.is_empty());
}

#[test]
fn all_that_new_writes_in_comments_can_be_switched_on() {
    let shell = Shell::new();
    for (line, folder) in [
        ("new one --yes --name Ada --url https://a.example --posts", "one"),
        ("new hall --yes --guild=Forge --name Ada --url https://a.example --posts", "hall"),
    ] {
        shell.ok(line);
        shell.ok(&format!("check {folder} --strict"));
        let profile =
            if folder == "one" { "content/profile.yaml" } else { "content/profiles/ada.yaml" };
        let photo = Path::new(profile).with_file_name("avatar.jpg");
        let picture =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal/content/avatar.jpg");
        fs::copy(picture, shell.path().join(folder).join(photo)).unwrap();
        for file in [profile, "site.yaml", "guild.yaml"] {
            let path = format!("{folder}/{file}");
            if shell.path().join(&path).exists() {
                let text = switched_on(&shell.read(&path));
                shell.write(&path, &text);
            }
        }
        shell.ok(&format!("check {folder} --strict"));
        assert!(shell.read(&format!("{folder}/{profile}")).contains("\nwork:\n  - name:"));
    }
}

/// Enables the comments that start with a key or a dash, which are YAML. A key that is already
/// present stays disabled.
fn switched_on(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let indent = line.len() - line.trim_start().len();
        let Some(rest) = line.trim_start().strip_prefix("# ") else { return line.to_owned() };
        let is_yaml = rest.starts_with([' ', '-', '{'])
            || rest.split_once(": ").is_some_and(|(key, _)| key.chars().all(char::is_alphanumeric))
            || rest.ends_with(':') && !rest.contains(' ');
        let key = format!("\n{}:", rest.split(':').next().unwrap());
        let is_there = indent == 0 && text.contains(&key);
        if is_yaml && !is_there { format!("{}{rest}", " ".repeat(indent)) } else { line.to_owned() }
    });
    lines.map(|line| line + "\n").collect()
}

#[test]
fn a_failure_half_way_leaves_nothing_behind() {
    let shell = Shell::new();
    shell.write(".github", "a file where a folder has to be");
    let output = shell.run("new --yes --name Ada");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(shell.path()).unwrap().count(), 1, "{}", err(&output));
}

#[test]
fn editors_find_the_schemas_from_where_the_files_lie() {
    let shell = Shell::new();
    shell.ok("new one --yes --name Ada");
    shell.ok("new hall --yes --guild --name Ada");
    for path in [
        "one/content/profile.yaml",
        "one/site.yaml",
        "hall/content/profiles/ada.yaml",
        "hall/guild.yaml",
    ] {
        let text = shell.read(path);
        let line = text.lines().next().unwrap();
        let schema = line.strip_prefix("# yaml-language-server: $schema=").unwrap();
        let schema = shell.path().join(path).with_file_name(schema);
        assert!(schema.is_file(), "{path} points at {}", schema.display());
    }
}

#[test]
fn the_examples_are_inside_the_program() {
    let shell = Shell::new();
    for name in ["minimal", "solo", "guild"] {
        shell.ok(&format!("new {name} --example {name}"));
        shell.ok(&format!("check {name} --url https://ada.example/sheet --strict"));
    }
    assert!(shell.path().join("guild/crest.svg").is_file());
    assert_eq!(shell.run("new x --example nothing").status.code(), Some(2));
}
