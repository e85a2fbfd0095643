//! The architecture: imports point downwards, files are short and start with a description.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// From top to bottom. A module may import from any floor below its own, and from itself.
const FLOORS: [&[&str]; 13] = [
    &["main"],
    &["cli"],
    &["serve"],
    &["build", "edit"],
    &["check", "plan"],
    &["render"],
    &["load", "theme"],
    &["source", "engine"],
    &["diagnostic_text"],
    &["diagnostic"],
    &["model"],
    &["span"],
    &["file"],
];

/// Below all floors.
const GROUND: [&str; 2] = ["path", "digest"];

/// Modules on the same floor of which the first may import the second.
const NEIGHBOURS: [(&str, &str); 1] = [("theme", "load")];

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 40, "the sources were not found");
    files
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

fn floor(module: &str) -> usize {
    if GROUND.contains(&module) {
        return FLOORS.len();
    }
    let found = FLOORS.iter().position(|floor| floor.contains(&module));
    found.unwrap_or_else(|| panic!("`{module}` stands on no floor: add it to FLOORS"))
}

/// `engine` for `src/engine/run.rs`, `path` for `src/path.rs`.
fn module_of(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = path.strip_prefix(root).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let module = module_of(&path);
        if module == "lib" {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let name: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if name.is_empty() || name == module {
                continue;
            }
            let neighbour = NEIGHBOURS.contains(&(module.as_str(), name.as_str()));
            if floor(&module) >= floor(&name) && !neighbour {
                wrong.push(format!("{}: `{module}` imports `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_is_short_and_says_what_it_is() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{} does not open with `//! …`", path.display()));
        }
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{} has {lines} lines: has it one subject?", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let edges = ["src/cli/", "src/serve/", "src/source/snapshot", "src/engine/", "src/file.rs"];
    for (path, text) in sources() {
        let is_test = path.file_stem().is_some_and(|name| name == "tests");
        if text.contains("clippy::disallowed_methods") && !is_test {
            let shown = path.display().to_string();
            assert!(edges.iter().any(|edge| shown.contains(edge)), "{shown} is no edge");
            assert!(text.contains("reason = \"edge: "), "{shown} does not say what it touches");
        }
    }
}

#[test]
fn names_say_what_things_are() {
    for (path, _) in sources() {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for banned in ["utils", "util", "helpers", "helper", "manager", "common", "misc"] {
            assert_ne!(name, banned, "{}", path.display());
        }
    }
}
