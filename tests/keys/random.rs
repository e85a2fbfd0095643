//! Random sites from all documented keys, with random words in all free texts: no template fails,
//! nothing on a page is empty, and the HTML is valid.
//!
//! `KEYS_CASES=5000` tries more sites, `KEYS_SEED` others, and `KEYS_OUT` keeps their pages for
//! other checkers.

use crate::empty::empty;
use crate::strict_html;
use crate::values::Dice;
use crate::workshop::Workshop;
use crate::written::Written;
use std::path::Path;

/// Codes that are never caused by an author's mistake.
const OURS: [&str; 6] =
    ["template", "task-panicked", "markdown-failed", "missing-word", "bad-drawing", "io"];

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The problems of one site, and whether it was a valid site.
fn look(seed: u64) -> (Vec<String>, bool) {
    let share = [15, 40, 70, 100][(seed % 4) as usize];
    let mut dice = Dice::new(seed, share, !seed.is_multiple_of(3));
    let written = Written::random(&mut dice);
    let built = Workshop::default().build(&written.files());
    let wrong_in_itself = built.report.has_errors();
    let mut wrong = Vec::new();
    for it in built.report.iter().filter(|it| OURS.contains(&it.code)) {
        wrong.push(format!("{}: {} {:?} {:?}", it.code, it.message, it.at, it.label));
    }
    for (path, page) in built.pages() {
        match strict_html::read(page) {
            Err(why) => wrong.push(format!("{path}: {why}")),
            // A site with mistakes is not published.
            Ok(_) if wrong_in_itself => {}
            Ok(_) => wrong.extend(empty(page).into_iter().map(|it| format!("{path}: {it}"))),
        }
        if let Some(folder) = std::env::var_os("KEYS_OUT") {
            let file = Path::new(&folder).join(seed.to_string()).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, page).unwrap();
        }
    }
    let wrong = wrong.into_iter().map(|it| format!("seed {seed}: {it}")).collect();
    (wrong, !wrong_in_itself)
}

#[test]
fn no_combination_of_keys_breaks_a_page() {
    let (first, count) = (number("KEYS_SEED").unwrap_or(0), number("KEYS_CASES").unwrap_or(100));
    // One after the other: each build is parallel, and a worker that waits in one build would start
    // another on the same stack.
    let looked: Vec<_> = (first..first + count).map(look).collect();
    let valid = looked.iter().filter(|(_, is_valid)| *is_valid).count() as u64;
    let wrong: Vec<&String> = looked.iter().flat_map(|(wrong, _)| wrong).collect();
    let shown: Vec<&str> = wrong.iter().take(60).map(|it| it.as_str()).collect();
    assert!(wrong.is_empty(), "{} in all:\n{}", wrong.len(), shown.join("\n"));
    // The others have mistakes in combinations, such as a season that ends before it starts.
    assert!(valid * 10 > count * 4, "only {valid} of {count} sites were valid");
}
