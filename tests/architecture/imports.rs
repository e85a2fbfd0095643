//! Which file imports what from which: paths resolved through re-exports to the file that defines
//! the item.

use super::source::{Module, Source, code, test_modules};
use std::collections::{BTreeMap, BTreeSet};

/// File → the files it imports from → the names it imports.
pub type Graph = BTreeMap<Module, BTreeMap<Module, BTreeSet<String>>>;

/// Words that begin the definition of an item.
const ITEMS: [&str; 8] = ["struct", "enum", "fn", "const", "static", "type", "trait", "union"];

/// What a file says about names.
#[derive(Default)]
struct File {
    /// Paths used in the code, and those of imports that are not re-exports.
    paths: Vec<String>,
    /// Names of imports and the paths they stand for.
    names: BTreeMap<String, String>,
    /// Names that are re-exported.
    exports: BTreeMap<String, String>,
    /// Modules of which everything is re-exported.
    globs: Vec<String>,
    /// Names of items that are defined.
    items: BTreeSet<String>,
}

/// The imports between the files of the program. Files that are only compiled for tests are left
/// out. A module's re-export is not an import, unless the module uses the name itself.
pub fn graph(sources: &BTreeMap<Module, Source>) -> Graph {
    let tests: BTreeSet<Module> = sources
        .iter()
        .flat_map(|(module, source)| {
            let names = test_modules(&source.text);
            names.into_iter().map(move |name| [&module[..], &[name]].concat())
        })
        .collect();
    let is_test = |module: &Module| (0..=module.len()).any(|at| tests.contains(&module[..at]));
    let files: BTreeMap<&Module, File> = sources
        .iter()
        .filter(|(module, _)| !is_test(module))
        .map(|(module, source)| (module, read(&code(&source.text))))
        .collect();
    let mut graph = Graph::new();
    for (module, file) in &files {
        let imports = graph.entry((*module).clone()).or_default();
        for path in &file.paths {
            let (target, item) = resolve(&files, module, path, 0);
            if let (Some(target), Some(item)) = (target, item)
                && target != **module
            {
                imports.entry(target).or_default().insert(item);
            }
        }
    }
    graph
}

/// Reads the imports, definitions and paths of some code.
fn read(code: &str) -> File {
    let mut file = File::default();
    let mut body = String::new();
    let mut exported = Vec::new();
    let mut rest = code;
    while let Some((before, is_public, tree, after)) = next_use(rest) {
        body.push_str(before);
        for path in flat(&tree.split_whitespace().collect::<Vec<_>>().join(" ")) {
            let (path, name) = match path.split_once(" as ") {
                Some((path, name)) => (path.to_owned(), name.to_owned()),
                None => (path.clone(), path.rsplit("::").next().unwrap_or_default().to_owned()),
            };
            let path = path.trim_end_matches("::self").to_owned();
            let name = if name == "self" { last(&path) } else { name };
            match (is_public, name.as_str()) {
                (true, "*") => file.globs.push(path.trim_end_matches("::*").to_owned()),
                (true, _) => {
                    file.exports.insert(name.clone(), path.clone());
                    exported.push((name.clone(), path.clone()));
                }
                (false, _) => file.paths.push(path.clone()),
            }
            file.names.insert(name, path);
        }
        rest = after;
    }
    body.push_str(rest);
    let words: Vec<&str> =
        body.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == ':')).collect();
    for pair in words.windows(2).filter(|pair| ITEMS.contains(&pair[0])) {
        file.items.insert(pair[1].trim_end_matches(':').to_owned());
    }
    for word in words.iter().filter(|word| word.contains("::")) {
        let (first, others) = word.split_once("::").unwrap_or_default();
        let path = match file.names.get(first) {
            Some(path) => format!("{path}::{others}"),
            None => (*word).to_owned(),
        };
        file.paths.push(path.trim_end_matches(':').to_owned());
    }
    // A name that is both re-exported and used.
    let used: BTreeSet<&str> = words.iter().filter_map(|word| word.split("::").next()).collect();
    file.paths.extend(exported.into_iter().filter(|it| used.contains(&*it.0)).map(|it| it.1));
    file
}

/// The code before the next `use`, whether it is public, its tree, and the code after it.
fn next_use(code: &str) -> Option<(&str, bool, &str, &str)> {
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        let start = line.trim_start();
        let visible = start.strip_prefix("pub ").or_else(|| {
            start.strip_prefix("pub(").and_then(|it| it.split_once(") ")).map(|(_, it)| it)
        });
        if let Some(tree) = visible.unwrap_or(start).strip_prefix("use ") {
            let begin = at + line.len() - tree.len();
            let end = begin + code[begin..].find(';')?;
            return Some((&code[..at], visible.is_some(), &code[begin..end], &code[end + 1..]));
        }
        at += line.len();
    }
    None
}

/// `a::{b, c::{d}}` → `a::b`, `a::c::d`
fn flat(tree: &str) -> Vec<String> {
    let Some((prefix, inside)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inside = inside.trim_end().trim_end_matches('}');
    // `trim_end_matches` takes more than one brace of a nested tree, so they are counted again.
    let missing = inside.matches('{').count() - inside.matches('}').count();
    let inside = format!("{inside}{}", "}".repeat(missing));
    let (mut depth, mut begin, mut parts) = (0, 0, Vec::new());
    for (at, character) in inside.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[begin..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(flat).map(|part| format!("{}{part}", prefix.trim())).collect()
}

fn last(path: &str) -> String {
    path.rsplit("::").next().unwrap_or_default().to_owned()
}

/// The file that defines what a path in `module` names, and the item's name: `None` for the item if
/// the path names a module, and for both if it leads out of the program.
fn resolve(
    files: &BTreeMap<&Module, File>,
    module: &Module,
    path: &str,
    depth: usize,
) -> (Option<Module>, Option<String>) {
    let mut segments = path.split("::").peekable();
    let mut at = module.clone();
    match segments.peek() {
        Some(&"crate") => {
            segments.next();
            at = Module::new();
        }
        Some(&"self") => {
            segments.next();
        }
        Some(&"super") => {
            while segments.next_if_eq(&"super").is_some() {
                at.pop();
            }
        }
        Some(first) if files.contains_key(&child(module, first)) => {}
        _ => return (None, None),
    }
    while let Some(segment) = segments.next() {
        let below = child(&at, segment);
        if files.contains_key(&below) {
            at = below;
            continue;
        }
        let rest: Vec<&str> = segments.collect();
        let further = |path: &str| [&[path], &rest[..]].concat().join("::");
        let Some(file) = files.get(&at).filter(|_| depth < 8) else { break };
        if let Some(path) = file.exports.get(segment) {
            return resolve(files, &at, &further(path), depth + 1);
        }
        let through = file.globs.iter().filter(|_| !file.items.contains(segment));
        for glob in through.map(|glob| further(&format!("{glob}::{segment}"))) {
            let found = resolve(files, &at, &glob, depth + 1);
            let defines = |module: &Module| files[module].items.contains(segment);
            if found.0.as_ref().is_some_and(defines) {
                return found;
            }
        }
        return (Some(at), Some(segment.to_owned()));
    }
    (Some(at), None)
}

fn child(module: &Module, name: &str) -> Module {
    [&module[..], &[name.to_owned()]].concat()
}

/// The shortest circle through each group of files that import each other.
pub fn circles(graph: &Graph) -> Vec<Vec<Module>> {
    let mut circles = Vec::new();
    let mut seen: BTreeSet<&Module> = BTreeSet::new();
    for start in graph.keys() {
        if let Some(circle) = circle_through(graph, start)
            && !circle.iter().any(|module| seen.contains(module))
        {
            seen.extend(graph.keys().filter(|it| circle.contains(it)));
            circles.push(circle);
        }
    }
    circles
}

/// The shortest way from a file back to itself, without the file at its end.
fn circle_through(graph: &Graph, start: &Module) -> Option<Vec<Module>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let here = way.last()?;
            for next in graph.get(here).into_iter().flat_map(BTreeMap::keys) {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next.clone()) {
                    longer.push([&way[..], std::slice::from_ref(next)].concat());
                }
            }
        }
        ways = longer;
    }
    None
}
