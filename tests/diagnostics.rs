//! Every mistake a user can make has a reviewed message: each code has cases in
//! `tests/diagnostics/<code>.txt`, which contain what a terminal shows.
//!
//! `SNAPSHOTS=overwrite cargo test --test diagnostics` rewrites the expected texts.
#![expect(clippy::disallowed_methods, reason = "reads the cases and the sources")]

use jiff::civil::{Date, date};
use questfolio::diagnostic::Report;
use questfolio::diagnostic_text::{Sources, render};
use questfolio::engine::{Blobs, Outputs};
use questfolio::path::SitePath;
use questfolio::source::snapshot::Snapshot;
use questfolio::theme::embedded_source;
use questfolio::{build, check};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const TODAY: Date = date(2026, 3, 20);

/// Codes that a case cannot provoke (command line, folders, links, devices, ports), each with the
/// file whose tests do.
const OF_THE_MACHINE: [(&str, &str); 34] = [
    ("bad-epoch", "tests/cli.rs"),
    ("cache-unusable", "tests/engine_blobs.rs"),
    ("cannot-edit", "src/edit/tests.rs"),
    ("cannot-serve", "src/serve/listen.rs"),
    ("cannot-write", "tests/serve.rs"),
    ("changed-output", "tests/publish.rs"),
    ("changed-since", "tests/serve.rs"),
    ("changed-while-read", "src/source/snapshot/walk/tests.rs"),
    ("file-too-large", "src/source/snapshot/walk/tests.rs"),
    ("foreign-file", "tests/publish.rs"),
    ("foreign-output", "tests/publish.rs"),
    ("in-the-way", "tests/cli.rs"),
    ("io", "tests/publish.rs"),
    ("lost-bytes", "src/engine/traces.rs"),
    // No text that provokes it is known: the tests search for one.
    ("markdown-failed", "tests/markdown/hostile.rs"),
    ("no-answer", "tests/cli.rs"),
    ("no-sheet", "tests/serve.rs"),
    ("no-site", "src/source/snapshot/walk/tests.rs"),
    ("no-such-folder", "src/source/snapshot/walk/tests.rs"),
    ("not-a-photo", "tests/cli.rs"),
    ("not-a-resume", "tests/cli.rs"),
    ("not-taken", "tests/serve.rs"),
    ("old-picture", "src/edit/tests.rs"),
    ("output-refused", "src/engine/publish/refusal.rs"),
    ("picture-link", "tests/bad_pictures.rs"),
    ("picture-special", "tests/bad_pictures.rs"),
    ("picture-unreadable", "tests/bad_pictures.rs"),
    ("replaced-link", "tests/publish.rs"),
    ("special-file", "src/source/snapshot/walk/tests.rs"),
    ("symlink", "src/source/snapshot/walk/tests.rs"),
    ("task-panicked", "tests/engine.rs"),
    ("unknown-schema", "tests/cli.rs"),
    ("unreadable-file", "src/source/snapshot/walk/tests.rs"),
    ("unsound-name", "src/source/snapshot/walk/tests.rs"),
];

/// Sites with mistakes in many files, which are reported in one run.
const ALL_AT_ONCE: &str = "all-at-once";

/// A site and its diagnostics.
#[derive(Default)]
struct Case {
    files: Vec<(String, String)>,
    /// `--drafts`, `--url URL`, as on the command line.
    options: String,
    /// Whether the finished site is checked too, as by `questfolio check`.
    check: bool,
    expected: String,
}

impl Case {
    fn parse(text: &str) -> Case {
        let mut case = Case::default();
        for block in format!("\n{}", text.trim_start()).split("\n=== ").skip(1) {
            let (head, body) = block.split_once('\n').unwrap_or((block, ""));
            match head.trim() {
                "expect" => case.expected = body.trim_end().to_owned(),
                "options" => case.options = body.trim_end().to_owned(),
                "check" => case.check = true,
                path => case.files.push((path.to_owned(), format!("{body}\n"))),
            }
        }
        case
    }

    fn shown(&self) -> String {
        let files: Vec<(&str, Vec<u8>)> =
            self.files.iter().map(|(path, text)| (path.as_str(), expand(text))).collect();
        let bytes = files.iter().map(|(path, text)| (*path, text.as_slice()));
        let snapshot = Snapshot::of_files(TODAY, bytes);
        let sources =
            Sources::new(|path| snapshot.text(path.as_str()).or_else(|| embedded_source(path)));
        let report = self.report(&snapshot);
        let shown: Vec<String> = report.iter().map(|it| render(it, &sources, false)).collect();
        shown.join("\n\n")
    }

    fn report(&self, snapshot: &Snapshot) -> Report {
        let mut options = build::Options::default();
        let mut words = self.options.split_whitespace();
        while let Some(word) = words.next() {
            match word {
                "--drafts" => options.drafts = true,
                "--url" => options.url = words.next().map(str::to_owned),
                other => panic!("the cases know no option `{other}`"),
            }
        }
        let blobs = Blobs::in_memory();
        let mut built = build::build(snapshot, &options, &Outputs::new(), &blobs);
        if self.check && !built.report.has_errors() {
            let outputs = &built.run.outputs;
            let text = |path: &SitePath| {
                String::from_utf8(outputs[path].bytes(path, &blobs, None).ok()?.to_vec()).ok()
            };
            let texts = outputs.keys().filter_map(|path| Some((path.clone(), text(path)?)));
            let paths: Vec<SitePath> = outputs.keys().cloned().collect();
            built.report.extend(check::site(&built.site, &texts.collect(), &paths));
        }
        built.report.sorted()
    }

    fn write(&self, expected: &str) -> String {
        let files = self.files.iter().map(|(path, text)| {
            format!("=== {path}\n{}\n", text.strip_suffix('\n').unwrap_or(text))
        });
        let options =
            (!self.options.is_empty()).then(|| format!("=== options\n{}\n", self.options));
        let check = self.check.then(|| "=== check\n".to_owned());
        let ends = options.into_iter().chain(check).chain([format!("=== expect\n{expected}\n")]);
        files.chain(ends).collect()
    }
}

/// `%{300×ab}` is `ab` three hundred times, `%{U+0007}` a character that editors do not show,
/// `%{0xFF}` a byte that is not valid UTF-8.
fn expand(text: &str) -> Vec<u8> {
    let mut expanded = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("%{") {
        let (inside, after) = after.split_once('}').expect("a closed `%{`");
        expanded.extend(before.as_bytes());
        if let Some((times, what)) = inside.split_once('×') {
            expanded.extend(what.repeat(times.parse().expect("a number")).as_bytes());
        } else if let Some(hex) = inside.strip_prefix("0x") {
            expanded.push(u8::from_str_radix(hex, 16).expect("a byte"));
        } else {
            let hex = inside.strip_prefix("U+").expect("`U+`, `0x` or `×`");
            let code = u32::from_str_radix(hex, 16).expect("a code point");
            let character = char::from_u32(code).expect("a character");
            expanded.extend(character.to_string().as_bytes());
        }
        rest = after;
    }
    expanded.extend(rest.as_bytes());
    expanded
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn case_files() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(root().join("tests/diagnostics")).expect("a folder of cases");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let code = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    paths.map(|path| (code(&path), path)).collect()
}

#[test]
fn every_mistake_is_said_as_written_down() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite");
    let mut wrong = Vec::new();
    for (code, path) in case_files() {
        let text = fs::read_to_string(&path).unwrap();
        let cases: Vec<Case> = text.split("\n---8<---\n").map(Case::parse).collect();
        let shown: Vec<String> = cases.iter().map(Case::shown).collect();
        if overwrite {
            let written = cases.iter().zip(&shown).map(|(case, shown)| case.write(shown));
            fs::write(&path, written.collect::<Vec<_>>().join("---8<---\n")).unwrap();
        }
        for (case, shown) in cases.iter().zip(&shown) {
            if !overwrite && case.expected != *shown {
                wrong.push(format!("{code}:\n{}\ninstead of\n{}", shown, case.expected));
            }
            if code != ALL_AT_ONCE && !shown.contains(&format!("[{code}]")) {
                wrong.push(format!("{code}: a case that does not show it\n{shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n\nSNAPSHOTS=overwrite accepts them", wrong.join("\n\n"));
}

#[test]
fn every_code_has_a_case_and_every_case_a_code() {
    let mut codes = BTreeSet::new();
    collect_codes(&root().join("src"), &mut codes);
    let cases = case_files().into_keys().filter(|it| it != ALL_AT_ONCE);
    let cases: BTreeSet<String> = cases.collect();
    let of_the_machine: BTreeSet<String> = OF_THE_MACHINE.map(|(code, _)| code.to_owned()).into();
    let without: Vec<_> = codes.difference(&cases).collect();
    let without: Vec<_> = without.into_iter().filter(|it| !of_the_machine.contains(*it)).collect();
    for (code, file) in OF_THE_MACHINE {
        let text = fs::read_to_string(root().join(file)).expect("a file with tests");
        let tests = if file.starts_with("src") { text.split("#[cfg(test)]").last() } else { None };
        let tests = tests.unwrap_or(&text);
        assert!(tests.contains(&format!("\"{code}\"")), "{file} does not provoke {code}");
    }
    let unused: Vec<_> = cases.union(&of_the_machine).filter(|it| !codes.contains(*it)).collect();
    assert!(without.is_empty(), "codes without a case in tests/diagnostics: {without:?}");
    assert!(unused.is_empty(), "cases of codes that nobody uses: {unused:?}");
}

/// Every literal after `Diagnostic::error(` or `Diagnostic::warning(`, except in tests.
fn collect_codes(folder: &Path, codes: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect_codes(&path, codes);
            continue;
        }
        let is_code = path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs");
        if !is_code {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source in UTF-8");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in ["Diagnostic::error(", "Diagnostic::warning("] {
            for after in text.split(word).skip(1) {
                let literal = after.trim_start().strip_prefix('"');
                codes.extend(literal.and_then(|it| it.split('"').next()).map(str::to_owned));
            }
        }
    }
}
