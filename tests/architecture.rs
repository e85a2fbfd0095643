//! The architecture: files import downwards and in no circle; they are short and start with a
//! description.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/source.rs"]
mod source;

use imports::{circles, graph};
use source::{Module, Source, sources};

/// From top to bottom. A room may import from any floor below its own, and from itself.
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
const GROUND: [&str; 3] = ["path", "digest", "lock"];

/// Rooms on the same floor of which the first may import the second.
const NEIGHBOURS: [(&str, &str); 1] = [("theme", "load")];

fn floor(room: &str) -> usize {
    if GROUND.contains(&room) {
        return FLOORS.len();
    }
    let found = FLOORS.iter().position(|floor| floor.contains(&room));
    found.unwrap_or_else(|| panic!("`{room}` stands on no floor: add it to FLOORS"))
}

/// The folder directly below `src` that a file is in, or the file itself; none for the crate's root.
fn room(module: &Module) -> Option<&str> {
    module.first().map(String::as_str)
}

#[test]
fn imports_point_down() {
    let sources = sources();
    let mut wrong = Vec::new();
    for (module, imports) in graph(&sources) {
        for (target, names) in imports {
            let (Some(from), Some(to)) = (room(&module), room(&target)) else { continue };
            if from != to && floor(from) >= floor(to) && !NEIGHBOURS.contains(&(from, to)) {
                let names = names.into_iter().collect::<Vec<_>>().join(", ");
                wrong.push(format!("{} imports {names} from `{to}`", sources[&module].path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point upwards:\n{}", wrong.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = sources();
    let graph = graph(&sources);
    let mut wrong = Vec::new();
    for circle in circles(&graph) {
        let arrows = circle.iter().zip(circle.iter().cycle().skip(1)).map(|(from, to)| {
            let names: Vec<&str> = graph[from][to].iter().map(String::as_str).collect();
            format!("  {} imports {} from", sources[from].path, names.join(", "))
        });
        wrong.push(format!(
            "{}\n  {}",
            arrows.collect::<Vec<_>>().join("\n"),
            sources[&circle[0]].path
        ));
    }
    assert!(wrong.is_empty(), "circles of files:\n{}", wrong.join("\n\n"));
}

#[test]
fn every_file_is_short_and_says_what_it_is() {
    let mut wrong = Vec::new();
    for Source { path, text } in sources().values() {
        if !text.starts_with("//! ") {
            wrong.push(format!("{path} does not open with `//! …`"));
        }
        let lines = text.lines().count();
        if lines > 400 {
            wrong.push(format!("{} has {lines} lines: has it one subject?", path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_touch_the_world() {
    let edges = ["cli/", "serve/", "source/snapshot", "engine/", "file.rs"];
    for Source { path, text } in sources().values() {
        let is_test = path.ends_with("tests.rs");
        if text.contains("clippy::disallowed_methods") && !is_test {
            assert!(edges.iter().any(|edge| path.starts_with(edge)), "{path} is no edge");
            assert!(text.contains("reason = \"edge: "), "{path} does not say what it touches");
        }
    }
}

#[test]
fn names_say_what_things_are() {
    for (module, Source { path, .. }) in sources() {
        let name = module.last().map_or("lib", String::as_str);
        for banned in ["utils", "util", "helpers", "helper", "manager", "common", "misc"] {
            assert_ne!(name, banned, "{path}");
        }
    }
}
