//! The program as a person or a script meets it: exit codes, streams, formats, first steps.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
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

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_questfolio"));
        command
            .args(line.split_whitespace())
            .current_dir(self.path())
            .env_remove("QUESTFOLIO_CACHE")
            .env("SOURCE_DATE_EPOCH", "1795046400")
            .env("NO_COLOR", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).stdin(Stdio::null()).output().unwrap()
    }

    /// With somebody at the keyboard who types these lines.
    fn told(&self, line: &str, answers: &str) -> Output {
        let mut command = self.command(line);
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = pipes.spawn().unwrap();
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn is_empty(&self) -> bool {
        fs::read_dir(self.path()).unwrap().next().is_none()
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
    assert!(shell.read("mine/public/index.html").contains("Ola Nordmann"));
    assert_eq!(shell.read("mine/content/profile.json"), shell.read("resume.json"), "as it stands");
    for (text, why) in [("[", "it is no JSON"), ("{}", "it has no `basics.name`")] {
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
        assert!(err(&output).contains("` exists already"), "{}", err(&output));
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
        "`no one!` is no name at GitHub",
        "`missing.png` cannot be read: no such file or directory",
        "`nowhere` is no address of a site",
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

/// Comments that begin with a key or a dash are YAML. Where it is there already, it stays off.
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
    assert!(err(&inside.unwrap()).contains("it lies inside of the site `/"));
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
    assert!(checked.contains("all is well") && checked.contains("`--url`"), "{checked}");
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
        ("new x --name Ada --image note.json", "not-a-photo"),
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
