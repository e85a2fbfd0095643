//! The command line as seen by a person or a script: exit codes, streams, formats.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod shell;

use shell::{Shell, err, out};
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

#[test]
fn from_nothing_to_a_published_sheet() {
    let shell = Shell::new();
    shell.ok("new portfolio --yes --name Mirela --github mirela --url https://mirela.github.io/cv");
    shell.ok("check portfolio");
    shell.ok("build portfolio");
    let page = fs::read_to_string(shell.path().join("portfolio/public/index.html")).unwrap();
    assert!(page.contains("Mirela") && page.contains("/cv/assets/"), "the base path is respected");
    let workflow = shell.path().join("portfolio/.github/workflows/pages.yml");
    assert!(workflow.is_file());
    let schema = shell.path().join("portfolio/.questfolio/schemas/profile.schema.json");
    assert!(schema.is_file());
}

#[test]
fn mistakes_are_told_in_three_ways_and_nothing_is_published() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\nskills:\n  Rust: { levle: 8 }\n");
    let human = shell.run("build");
    assert_eq!(human.status.code(), Some(1));
    assert_eq!(out(&human), "");
    let text = err(&human);
    assert!(text.contains("content/profile.yaml:3:11"), "{text}");
    assert!(text.contains("did you mean `level`?"), "{text}");
    assert!(!shell.path().join("public").exists());

    let json = out(&shell.run("build --message-format json"));
    let line: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(line["file"], "content/profile.yaml");
    assert_eq!((&line["line"], &line["column"]), (&3.into(), &11.into()));
    assert_eq!(line["severity"], "error");

    let github = out(&shell.run("check --message-format github"));
    assert!(github.starts_with("::error file=content/profile.yaml,line=3,"), "{github}");
}

#[test]
fn warnings_stop_a_strict_build_only() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\nfavourite: tea\n");
    assert_eq!(shell.run("build").status.code(), Some(0));
    assert_eq!(shell.run("build --strict").status.code(), Some(1));
}

#[test]
fn bad_usage_exits_with_two() {
    let shell = Shell::new();
    for line in [
        "",
        "bild",
        "build --date yesterday",
        "build --url nowhere",
        "build --nonsense",
        "schema nothing",
        "new x --yes --skills Rust=11",
        "new x --yes --url nowhere",
        "new x --yes --github a/b/c",
        "new x --yes --from resume.json --name Ada",
    ] {
        assert_eq!(shell.run(line).status.code(), Some(2), "`{line}`");
    }
    assert!(err(&shell.run("bild")).contains("build"), "the nearest command is suggested");
}

#[test]
fn an_empty_folder_says_how_to_begin() {
    let shell = Shell::new();
    let output = shell.run("build");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("questfolio new"), "{}", err(&output));
    for line in ["build nowhere", "check nowhere", "check", "serve", "serve nowhere"] {
        assert_eq!(shell.run(line).status.code(), Some(1), "`{line}`");
    }
    assert!(shell.is_empty(), "a folder without a site is left as it was");
    shell.write("sheet/content/profile.yaml", "name: Ada\n").write("sheet/static/a.txt", "");
    let inside = shell.command("build").current_dir(shell.path().join("sheet/static")).output();
    assert!(err(&inside.unwrap()).contains("it is inside the site `/"));
}

#[test]
fn summaries_say_what_changed() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\n");
    let says = |part: &str| {
        let text = err(&shell.run("build"));
        assert!(text.starts_with("Built public: ") && text.contains(part), "{text}");
    };
    says(" files, all new, in ");
    says(" files, nothing changed, in ");
    shell.write("content/pages/now.md", "---\ntitle: Now\n---\n");
    says(" new or changed, in ");
    fs::remove_file(shell.path().join("content/pages/now.md")).unwrap();
    says(" removed, in ");
    let checked = err(&shell.run("check"));
    assert!(checked.contains("no problems found") && checked.contains("`--url`"), "{checked}");
}

#[test]
fn a_reader_that_leaves_early_is_no_mistake() {
    let shell = Shell::new();
    let keys: String = (0..2000).map(|n| format!("key{n}: 1\n")).collect();
    shell.write("content/profile.yaml", &format!("name: Ada\n{keys}"));
    let mut command = shell.command("check --message-format json");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\n").write("public/mine.txt", "keep");
    let output = shell.run("build");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("--adopt"), "{}", err(&output));
    shell.ok("build --adopt");
    assert_eq!(fs::read_to_string(shell.path().join("public/mine.txt")).unwrap(), "keep");
    assert!(shell.path().join("public/index.html").is_file());
}

#[test]
fn explain_names_what_changed() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\nskills: { Rust: 3 }\n");
    shell.ok("build");
    shell.write("content/profile.yaml", "name: Ada\nskills: { Rust: 4 }\n");
    let text = shell.ok("build --explain");
    assert!(text.contains("made index.html: "), "{text}");
    assert!(text.contains("profile changed"), "{text}");
    assert_eq!(shell.ok("build --explain"), "");
}

#[test]
fn quiet_is_quiet_and_timings_are_told() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\n");
    let output = shell.run("build --quiet");
    assert_eq!((out(&output), err(&output)), (String::new(), String::new()));
    assert!(shell.ok("build --timings").contains(" ms  publish"));
}

#[test]
fn schemas_and_completions_are_printed() {
    let shell = Shell::new();
    let names = shell.ok("schema");
    assert!(names.lines().any(|name| name == "profile"), "{names}");
    let schema: serde_json::Value = serde_json::from_str(&shell.ok("schema profile")).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    for name in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(shell.ok(&format!("completions {name}")).contains("questfolio"), "{name}");
    }
}

#[test]
fn help_is_worth_reading() {
    let shell = Shell::new();
    for command in ["", "new ", "serve ", "check ", "build ", "schema ", "completions "] {
        let text = shell.ok(&format!("{command}--help"));
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        assert!(text.contains("\n  questfolio ") || text.contains("source <("), "{text}");
    }
    assert!(shell.ok("--version").starts_with("questfolio 0.1.0"));
}

#[test]
fn mistakes_on_the_command_line_are_diagnostics_too() {
    let shell = Shell::new();
    shell.write("note.json", "[1, 2").write("nameless.json", "{}").write("site.yaml", "title: A\n");
    for (line, code) in [
        ("new x --yes --from note.json", "not-a-resume"),
        ("new x --yes --from nameless.json", "not-a-resume"),
        ("new x --yes --from missing.json", "not-a-resume"),
        ("new x --yes --image note.json", "not-a-photo"),
        ("new x", "no-answer"),
        ("new . --yes", "in-the-way"),
        ("schema profil", "unknown-schema"),
    ] {
        let output = shell.run(line);
        assert!(err(&output).contains(&format!("error[{code}]")), "`{line}`: {}", err(&output));
        assert!(!shell.path().join("x").exists(), "`{line}` wrote something");
    }
}

#[test]
fn an_epoch_that_is_no_number_is_said() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada\n");
    let output = Command::new(env!("CARGO_BIN_EXE_questfolio"))
        .arg("build")
        .current_dir(shell.path())
        .env("SOURCE_DATE_EPOCH", "yesterday")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("bad-epoch"), "{}", err(&output));
}

/// Waits until a file contains a text.
fn wait_for(path: &std::path::Path, text: &str) {
    let begun = std::time::Instant::now();
    while !fs::read_to_string(path).is_ok_and(|found| found.contains(text)) {
        assert!(begun.elapsed().as_secs() < 30, "no `{text}` in {}", path.display());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_watched_build_follows_every_change_and_outlives_mistakes() {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada Okafor\n");
    let said = shell.path().join("said.txt");
    let mut child = shell
        .command("build --watch --poll")
        .stdin(Stdio::null())
        .stderr(fs::File::create(&said).unwrap())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let page = shell.path().join("public/index.html");
    wait_for(&page, "Ada Okafor");
    shell.write("content/profile.yaml", "name: Ada Byron\n");
    wait_for(&page, "Ada Byron");
    shell.write("content/profile.yaml", "name: [Ada\n");
    wait_for(&said, "Nothing was published");
    assert!(fs::read_to_string(&page).unwrap().contains("Ada Byron"), "the site stays whole");
    shell.write("content/profile.yaml", "name: Ada King\n");
    wait_for(&page, "Ada King");
    child.kill().unwrap();
    child.wait().unwrap();
}
