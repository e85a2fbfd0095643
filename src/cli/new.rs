//! `questfolio new`: asks a few questions and writes the first files. Nothing that exists is
//! touched: one file in the way, and none is written.
#![expect(clippy::disallowed_methods, reason = "edge: writes a new site")]

use super::args::NewArguments;
use super::report::Terminal;
use super::schema;
use crate::diagnostic::{Diagnostic, Result};
use crate::model::slug::slugify;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const WORKFLOW: &str = include_str!("../../examples/github-pages.yml");
const IGNORED: &str = "/public/\n/.questfolio/cache/\n";

/// What the questions gave.
struct Answers {
    name: String,
    label: String,
    skills: Vec<(String, u32)>,
    github: String,
    url: String,
}

pub(crate) fn run(args: &NewArguments, terminal: &Terminal) -> ExitCode {
    match write(args, terminal) {
        Ok(files) => {
            congratulate(args, &files, terminal);
            ExitCode::SUCCESS
        }
        Err(diagnostic) => super::fail(terminal, diagnostic),
    }
}

fn write(args: &NewArguments, terminal: &Terminal) -> Result<Vec<PathBuf>> {
    let answers = answers(args, terminal)?;
    let files = files(args, &answers)?;
    let taken: Vec<String> = files
        .keys()
        .map(|file| args.dir.join(file))
        .filter(|path| path.symlink_metadata().is_ok())
        .map(|path| format!("`{}`", path.display()))
        .collect();
    if !taken.is_empty() {
        return Err(Diagnostic::error("in-the-way", format!("{} exists already", taken.join(", ")))
            .help("nothing was written; name another folder, or move these files away"));
    }
    for (file, text) in &files {
        let path = args.dir.join(file);
        let folder = path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)
            .map_err(|err| Diagnostic::io("cannot make", folder, &err))?;
        std::fs::write(&path, text).map_err(|err| Diagnostic::io("cannot write", &path, &err))?;
    }
    schema::write_all(&args.dir.join(".questfolio/schemas"))?;
    Ok(files.into_keys().map(PathBuf::from).collect())
}

fn answers(args: &NewArguments, terminal: &Terminal) -> Result<Answers> {
    let ask = |flag: &Option<String>, question: &str, default: &str| {
        let asked = || if args.yes { None } else { terminal.ask(question, default) };
        flag.clone().or_else(asked).unwrap_or_else(|| default.to_owned())
    };
    if args.from.is_some() {
        let url = args.url.clone().unwrap_or_default();
        return Ok(Answers {
            name: args.name.clone().unwrap_or_default(),
            label: String::new(),
            skills: Vec::new(),
            github: String::new(),
            url,
        });
    }
    let name = ask(&args.name, "What is your name?", "Ada Okafor");
    let label = ask(&args.label, "What do you do?", "Backend Engineer");
    let skills = ask(
        &args.skills,
        "What are you good at, from 0 to 10?",
        "Rust 7, PostgreSQL 6, Linux 7, Docker 5",
    );
    let github = ask(&args.github, "Your name at GitHub? (empty: none)", "");
    let default_url = if github.is_empty() {
        String::new()
    } else {
        format!("https://{}.github.io/{}", github.to_lowercase(), repository(&args.dir))
    };
    let url = ask(&args.url, "Where will it be published? (empty: not known yet)", &default_url);
    Ok(Answers { name, label, skills: parse_skills(&skills)?, github, url })
}

/// The folder's name, as the repository probably will be called.
fn repository(dir: &Path) -> String {
    let full = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    full.file_name().map_or_else(|| "portfolio".into(), |name| name.to_string_lossy().into_owned())
}

/// `Rust 7, PostgreSQL: 6, Docker` → names with levels; 5 where none is said.
fn parse_skills(text: &str) -> Result<Vec<(String, u32)>> {
    let mut skills: Vec<(String, u32)> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, level) = match part.rsplit_once([' ', ':']) {
            Some((name, level)) if level.bytes().all(|byte| byte.is_ascii_digit()) => {
                (name.trim_end_matches([':', ' ']), level.parse().unwrap_or(u32::MAX))
            }
            _ => (part, 5),
        };
        if level > 10 || slugify(name).is_none() {
            return Err(Diagnostic::error("bad-skill", format!("`{part}` is no skill with a level"))
                .help("write names with levels from 0 to 10: `Rust 7, PostgreSQL 6`"));
        }
        skills.push((name.to_owned(), level));
    }
    Ok(skills)
}

/// Every file to write, by its path.
fn files(args: &NewArguments, answers: &Answers) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    match &args.from {
        Some(from) => {
            let text = std::fs::read_to_string(from)
                .map_err(|err| Diagnostic::io("cannot read", from, &err))?;
            let path = profile_path(args.guild, &resume_name(from, &text)?, "json")?;
            files.insert(path, text);
        }
        None => {
            let depth = if args.guild { "../../" } else { "../" };
            let path = profile_path(args.guild, &answers.name, "yaml")?;
            files.insert(path, profile(answers, depth));
        }
    }
    if args.guild {
        files.insert("guild.yaml".to_owned(), guild(answers));
    }
    files.insert("site.yaml".to_owned(), site(args, answers));
    files.insert(".gitignore".to_owned(), IGNORED.to_owned());
    if !args.no_workflow {
        files.insert(".github/workflows/pages.yml".to_owned(), WORKFLOW.to_owned());
    }
    Ok(files)
}

fn profile_path(is_guild: bool, name: &str, extension: &str) -> Result<String> {
    if !is_guild {
        return Ok(format!("content/profile.{extension}"));
    }
    let slug = slugify(name).ok_or_else(|| {
        Diagnostic::error("bad-name", format!("no address can be made from the name `{name}`"))
            .help("give a name with letters: `--name \"Ada Okafor\"`")
    })?;
    Ok(format!("content/profiles/{slug}.{extension}"))
}

/// The name in a JSON Resume: it becomes the file's name in a guild.
fn resume_name(from: &Path, text: &str) -> Result<String> {
    let wrong = |why: String| {
        Diagnostic::error("not-a-resume", format!("`{}` is no JSON Resume: {why}", from.display()))
            .help("see https://jsonresume.org/schema for the format")
    };
    let resume: serde_json::Value =
        serde_json::from_str(text).map_err(|err| wrong(err.to_string()))?;
    let name = resume.get("basics").unwrap_or(&resume).get("name").and_then(|name| name.as_str());
    name.map(str::to_owned).ok_or_else(|| wrong("it has no `basics.name`".to_owned()))
}

fn profile(answers: &Answers, up: &str) -> String {
    let mut text = format!(
        "# yaml-language-server: $schema={up}.questfolio/schemas/profile.schema.json\n\
         name: {}\n\
         label: {}\n\
         # image: avatar.jpg            # a photo beside this file: any size, it is cut and compressed for you\n\
         summary: |\n  A sentence or two about what you make and what you are known for.\n  **Markdown** works here.\n",
        quoted(&answers.name),
        quoted(&answers.label),
    );
    if !answers.github.is_empty() {
        text.push_str(&format!("profiles: {{ GitHub: {} }}\n", quoted(&answers.github)));
    }
    text.push_str("\nskills:\n");
    for (name, level) in &answers.skills {
        text.push_str(&format!("  {}: {level}\n", quoted(name)));
    }
    text.push_str(
        "\n# What you did, with the day it counts from. Every entry adds to your level.\n\
         # log:\n\
         #   - { date: 2026-02-11, xp: 150, skill: Rust, for: First merged pull request, evidence: https://… }\n\
         \n\
         # work:\n\
         #   - name: Nimbus Storage\n\
         #     positions:\n\
         #       - { position: Staff Engineer, startDate: 2024-01, highlights: [Cut p99 latency by 61 %] }\n",
    );
    text
}

fn site(args: &NewArguments, answers: &Answers) -> String {
    let schema = "# yaml-language-server: $schema=.questfolio/schemas/site.schema.json\n";
    let mut text = schema.to_owned();
    if args.guild {
        text.push_str("title: Our guild\n");
    }
    match answers.url.trim_end_matches('/') {
        "" => text.push_str("# url: https://you.github.io/portfolio\n"),
        url => text.push_str(&format!("url: {}\n", quoted(url))),
    }
    text.push_str("theme: codex\n");
    text
}

fn guild(answers: &Answers) -> String {
    let founder = slugify(&answers.name).map(|slug| format!("founder: {slug}\n"));
    format!(
        "# yaml-language-server: $schema=.questfolio/schemas/guild.schema.json\nname: Our guild\n{}",
        founder.unwrap_or_default()
    )
}

/// A YAML scalar: plain where that is safe, else in double quotes, which JSON's are.
fn quoted(text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/'))
        && text.starts_with(char::is_alphabetic)
        && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no")
        && text.trim() == text;
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

fn congratulate(args: &NewArguments, files: &[PathBuf], terminal: &Terminal) {
    let dir = args.dir.display();
    terminal.say(&format!("{} {dir}", terminal.green("Created")));
    files.iter().for_each(|file| terminal.say(&format!("  {}", file.display())));
    let site = if args.dir == Path::new(".") { String::new() } else { format!(" {dir}") };
    terminal.say(&format!(
        "\nNext:\n  {}   see it, and follow your edits\n  {}          find what is missing",
        terminal.bold(&format!("questfolio serve{site} --open")),
        terminal.bold(&format!("questfolio check{site}")),
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_are_read_as_people_type_them() {
        let skills = parse_skills("Rust 7, C++: 3,Machine Learning 10, Go").unwrap();
        let expected = [("Rust", 7), ("C++", 3), ("Machine Learning", 10), ("Go", 5)];
        assert_eq!(skills, expected.map(|(name, level)| (name.to_owned(), level)));
        assert!(parse_skills("Rust 11").is_err());
    }

    #[test]
    fn what_yaml_would_misread_is_quoted() {
        assert_eq!(quoted("Ada Okafor"), "Ada Okafor");
        assert_eq!(quoted("no"), "\"no\"");
        assert_eq!(quoted("C#"), "\"C#\"");
        assert_eq!(quoted("07"), "\"07\"");
        assert_eq!(quoted("a: b"), "\"a: b\"");
    }
}
