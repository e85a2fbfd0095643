//! `questfolio new`: asks a few questions and writes the first files. Existing files are never
//! changed: if the folder already contains a site, nothing is written.

pub(super) mod answers;
mod files;
mod interview;
mod text;

use super::args::NewArguments;
use super::terminal::Terminal;
use super::today;
use crate::diagnostic::{Diagnostic, Result};
use crate::path::shell_word;
use files::NewFile;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Files that make a folder a site, whatever would be written.
const SITE: [&str; 7] = [
    "site.yaml",
    "guild.yaml",
    "content/profile.yaml",
    "content/profile.yml",
    "content/profile.md",
    "content/profile.json",
    "content/profiles",
];

pub(crate) fn run(args: &NewArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostic) => terminal.fail(diagnostic),
    }
}

fn perform(args: &NewArguments, terminal: &Terminal) -> Result<()> {
    // Before the questions, so that nobody answers them in vain.
    make_way(&args.dir, SITE.iter().copied())?;
    let mut files = match &args.example {
        Some(name) => files::example(args, name),
        None => {
            let today = today::resolve_live(None)?;
            files::files(args, &interview::answers(args, terminal)?, today)
        }
    };
    let is_there = |path: &str| args.dir.join(path).symlink_metadata().is_ok();
    let mut kept = Vec::new();
    files.retain(|path, file| {
        let is_kept = file.yields && is_there(path);
        if is_kept {
            kept.push(path.clone());
        }
        !is_kept
    });
    make_way(&args.dir, files.keys().map(String::as_str))?;
    write_all(&args.dir, &files)?;
    congratulate(args, &files, &kept, terminal);
    Ok(())
}

/// Fails if any of these paths exists.
fn make_way<'a>(dir: &Path, paths: impl Iterator<Item = &'a str>) -> Result<()> {
    let taken: Vec<PathBuf> =
        paths.map(|path| dir.join(path)).filter(|path| path.symlink_metadata().is_ok()).collect();
    let Some(first) = taken.first() else { return Ok(()) };
    let others = match taken.len() {
        1 => String::new(),
        count => format!(", and {} more", count - 1),
    };
    let message = format!("`{}` already exists{others}", first.display());
    Err(Diagnostic::error("in-the-way", message)
        .help("nothing was written; choose another folder for the new site"))
}

/// Writes all files or none: after a failure, the files written so far are removed.
fn write_all(dir: &Path, files: &BTreeMap<String, NewFile>) -> Result<()> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (path, file) in files {
        let path = dir.join(path);
        if let Err(diagnostic) = write(&path, &file.bytes) {
            for path in &written {
                // Only the first failure is reported.
                let _ = std::fs::remove_file(path);
                let folders = path.ancestors().skip(1).take_while(|folder| *folder != dir);
                folders.for_each(|folder| drop(std::fs::remove_dir(folder)));
            }
            return Err(diagnostic.help("nothing was written"));
        }
        written.push(path);
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|err| Diagnostic::io("cannot make", folder, &err))?;
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(|err| Diagnostic::io("cannot write", path, &err))
}

fn congratulate(
    args: &NewArguments,
    files: &BTreeMap<String, NewFile>,
    kept: &[String],
    terminal: &Terminal,
) {
    let dir = args.dir.display();
    terminal.say(&format!("{} {dir}", terminal.green("Created")));
    let mut told: Vec<(&String, &NewFile)> =
        files.iter().filter(|(_, file)| !file.what.is_empty()).collect();
    told.sort_by_key(|(path, _)| !path.starts_with("content/"));
    let width = told.iter().map(|(path, _)| path.chars().count()).max().unwrap_or(0);
    for (path, file) in told {
        terminal.say(&format!("  {path:width$}  {}", file.what));
    }
    for path in kept {
        terminal.say(&format!("{} {path}, as it was{}", terminal.bold("Kept"), advice(path)));
    }
    terminal.say("\nNext:");
    if args.dir != Path::new(".") {
        let word = shell_word(&args.dir.to_string_lossy());
        terminal.say(&format!("  {}", terminal.bold(&format!("cd {word}"))));
    }
    terminal.say(&format!(
        "  {}   see it update as you edit",
        terminal.bold("questfolio serve --open")
    ));
    terminal
        .say(&format!("  {}          check it for mistakes", terminal.bold("questfolio check")));
}

fn advice(path: &str) -> &'static str {
    match path {
        ".gitignore" => ": add /public/ and /.questfolio/cache/ to it",
        _ => "",
    }
}
