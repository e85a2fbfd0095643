//! The source files of the program, and their code without comments, texts and tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The path of a module: `["engine", "run"]`; empty for the crate's root.
pub type Module = Vec<String>;

/// A source file.
pub struct Source {
    /// Its path below `src`: `engine/run.rs`.
    pub path: String,
    pub text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file below `src`, by its module.
pub fn sources() -> BTreeMap<Module, Source> {
    let mut files = Vec::new();
    collect(&root(), &mut files);
    assert!(files.len() > 40, "the sources were not found");
    let of_root = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string();
    files
        .into_iter()
        .map(|(path, text)| (of_root(&path), text))
        .map(|(path, text)| (module_of(&path), Source { path, text }))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            files.push((path, text));
        }
    }
}

/// `engine/publish/mod.rs` → `engine::publish`
fn module_of(path: &str) -> Module {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Module::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The code without comments, texts and what is only compiled for tests.
pub fn code(text: &str) -> String {
    let plain = without_texts(text);
    let mut code = String::new();
    let mut lines = plain.lines();
    while let Some(line) = lines.next() {
        if !is_for_tests(line) {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        // The item after the attribute: rustfmt ends it at the attribute's own depth.
        let depth = line.len() - line.trim_start().len();
        for line in lines.by_ref() {
            let is_its_end = line.len() - line.trim_start().len() == depth
                && line.trim_end().ends_with([';', '}', ',']);
            if is_its_end && !line.trim_start().starts_with('#') {
                break;
            }
        }
    }
    code
}

/// The names of the modules that a file declares for tests only.
pub fn test_modules(text: &str) -> Vec<String> {
    let plain = without_texts(text);
    let lines: Vec<&str> = plain.lines().collect();
    let pairs = lines.windows(2).filter(|pair| is_for_tests(pair[0]));
    let named = pairs.filter_map(|pair| pair[1].trim().strip_prefix("mod ")?.strip_suffix(';'));
    named.map(str::to_owned).collect()
}

fn is_for_tests(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test")
}

/// Comments, and the contents of texts and characters, replaced by nothing.
fn without_texts(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if next == '"' {
            1 + end_of_text(&rest[1..])
        } else if let Some(hashes) = raw_text(rest, &code) {
            let end = format!("\"{}", "#".repeat(hashes));
            let start = hashes + 2;
            start + rest[start..].find(&end).map_or(rest.len() - start, |at| at + end.len())
        } else if let Some(length) = character(rest) {
            length
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[length..];
    }
    code
}

/// The length of a text up to and with its closing quote.
fn end_of_text(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

/// The number of `#` of a raw text that begins here.
fn raw_text(rest: &str, before: &str) -> Option<usize> {
    let is_in_word = before.ends_with(|it: char| it != 'b' && (it.is_alphanumeric() || it == '_'));
    let hashes = rest.strip_prefix('r').filter(|_| !is_in_word)?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    hashes[count..].starts_with('"').then_some(count)
}

/// The length of a character literal that begins here: `'"'`, `'\''`, but not `'static`.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return inside[2..].find('\'').map(|at| at + 4);
    }
    let one = inside.chars().next()?.len_utf8();
    inside[one..].starts_with('\'').then_some(one + 2)
}
