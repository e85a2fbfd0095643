//! The program as a person or a script meets it: exit codes, streams, formats, first steps.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Shell {
    folder: TempDir,
}

impl Shell {
    fn new() -> Shell {
        Shell { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) -> &Shell {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_questfolio"))
            .args(line.split_whitespace())
            .current_dir(self.path())
            .env_remove("QUESTFOLIO_CACHE")
            .env("SOURCE_DATE_EPOCH", "1795046400")
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    }

    fn ok(&self, line: &str) -> String {
        let output = self.run(line);
        assert!(output.status.success(), "`{line}` failed:\n{}", err(&output));
        out(&output)
    }
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

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
fn a_guild_and_a_resume_are_beginnings_too() {
    let shell = Shell::new();
    shell.ok("new hall --yes --guild --name Mirela");
    shell.ok("check hall");
    shell.write("resume.json", r#"{"basics": {"name": "Ola Nordmann"}, "work": []}"#);
    shell.ok("new mine --yes --from resume.json");
    shell.ok("build mine");
    let page = fs::read_to_string(shell.path().join("mine/public/index.html")).unwrap();
    assert!(page.contains("Ola Nordmann"));
}

#[test]
fn new_touches_nothing_that_exists() {
    let shell = Shell::new();
    shell.write("site.yaml", "title: Mine\n");
    let output = shell.run("new --yes");
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("site.yaml` exists already"), "{}", err(&output));
    assert_eq!(fs::read_dir(shell.path()).unwrap().count(), 1, "nothing was written");
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
    for line in ["", "bild", "build --date yesterday", "build --nonsense", "schema nothing"] {
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
    assert!(shell.ok("build --timings").contains(" ms  building"));
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
    for line in ["--help", "new --help", "build --help", "check --help", "serve --help"] {
        let text = shell.ok(line);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    }
    assert!(shell.ok("--version").starts_with("questfolio 0.1.0"));
}

#[test]
fn mistakes_on_the_command_line_are_diagnostics_too() {
    let shell = Shell::new();
    shell.write("note.json", "[1, 2").write("nameless.json", "{}").write("site.yaml", "title: A\n");
    for (line, code) in [
        ("new x --yes --skills Rust:11", "bad-skill"),
        ("new x --yes --from note.json", "not-a-resume"),
        ("new x --yes --from nameless.json", "not-a-resume"),
        ("new x --yes --from missing.json", "io"),
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
