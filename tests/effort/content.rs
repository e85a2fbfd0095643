//! What a site may have many of, from its files to its pages.

use crate::measure::{Cost, cost, running_away};
use crate::{Files, Repeated};
use questfolio::build::{Options, build};
use questfolio::engine::{Blobs, Outputs};
use questfolio::source::snapshot::Snapshot;
use std::time::Duration;

/// Bytes of the smallest of three files.
const LENGTH: usize = 4 * 1024;

/// A file, how it begins, and what is repeated in it: `@` is a number, `^` the one before it.
const PARTS: &[(&str, &str, &str)] = &[
    ("content/profile.yaml", "skills:", "  S@: 3\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 3, requires: [S^] }\n"),
    ("content/profile.yaml", "skills:", "  S@: { merges: [S^], at: 3 }\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 3, requires: [S0] }\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 3, requires: [Rust, Go, Docker] }\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 2, evidence: https://a.example/@ }\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 2, endorsed: { by: B@ } }\n"),
    ("content/profile.yaml", "skills:", "  S@: { level: 2, keywords: [k@, l@] }\n"),
    ("content/profile.yaml", "skills:", "  - { name: S@, keywords: [k@] }\n"),
    ("content/profile.yaml", "log:", "  - { date: 2026-01-02, xp: 9, skill: S@, for: A deed }\n"),
    ("content/profile.yaml", "log:", "  - { date: 2026-01-02, xp: 900000 }\n"),
    ("content/profile.yaml", "quests:", "  - { quest: q@, status: passed, date: 2026-01-02 }\n"),
    ("content/profile.yaml", "quests:", "  - { quest: q, score: 3 }\n"),
    ("content/profile.yaml", "badges:", "  - { badge: b@, date: 2026-01-02 }\n"),
    ("content/profile.yaml", "journeys:", "  - { name: J@, stages: [{ name: x, date: 2026 }] }\n"),
    ("content/profile.yaml", "journeys:\n  - name: J\n    stages:", "      - { name: s@ }\n"),
    ("content/profile.yaml", "following:", "  - https://a@.example\n"),
    ("content/profile.yaml", "following:", "  - nobody@\n"),
    ("content/profile.yaml", "profiles:", "  - { network: GitHub, username: a@ }\n"),
    ("content/profile.yaml", "class:", "  C@: 2\n"),
    ("content/profile.yaml", "work:", "  - { name: N@, position: P, start: 2020, skills: [S@] }\n"),
    (
        "content/profile.yaml",
        "work:",
        "  - { name: N, position: P@, start: 2020, highlights: [a, b] }\n",
    ),
    (
        "content/profile.yaml",
        "work:\n  - name: N\n    positions:",
        "      - { position: P@, start: 2020 }\n",
    ),
    ("content/profile.yaml", "work:\n  - name: N\n    highlights:", "      - Made it **fast** @\n"),
    ("content/profile.yaml", "work:\n  - name: N\n    skills:", "      - S@\n"),
    ("content/profile.yaml", "volunteer:", "  - { organization: N@, position: P, start: 2020 }\n"),
    (
        "content/profile.yaml",
        "education:",
        "  - { institution: N@, area: A, start: 2020, courses: [a@] }\n",
    ),
    ("content/profile.yaml", "awards:", "  - { title: N@, date: 2020 }\n"),
    ("content/profile.yaml", "certificates:", "  - { name: N@, date: 2020, issuer: I }\n"),
    (
        "content/profile.yaml",
        "publications:",
        "  - { name: N@, releaseDate: 2020, publisher: P }\n",
    ),
    ("content/profile.yaml", "languages:", "  - { language: L@, fluency: good }\n"),
    ("content/profile.yaml", "interests:", "  - { name: I@, keywords: [k@] }\n"),
    (
        "content/profile.yaml",
        "publish: references\nreferences:",
        "  - { name: N@, reference: Good }\n",
    ),
    (
        "content/profile.yaml",
        "projects:",
        "  - { name: N@, description: D, skills: [S@], keywords: [k@] }\n",
    ),
    ("content/profile.yaml", "availability:\n  roles:", "    - r@\n"),
    ("content/profile.yaml", "about: |", "  A paragraph [x](skill:rust).\n\n"),
    ("content/profile.yaml", "about: |", "  A line of *text*.\n"),
    ("content/profile.yaml", "kye: x", "kye@: x\n"),
    ("content/profile.yaml", "work:", "  - { nmae: N@ }\n"),
    ("content/profile.yaml", "skills:", "  S@: much\n"),
    ("content/profile.yaml", "skills:", "  Rust @: 2\n"),
    (
        "content/profile.yaml",
        "paper: { pages: 2 }\nprojects:",
        "  - { name: N@, description: D }\n",
    ),
    ("content/skills.yaml", "", "S@: { aliases: [T@], requires: [S^] }\n"),
    ("content/skills.yaml", "", "S@: { category: C@ }\n"),
    ("content/skills.yaml", "", "S@: { merges: [S^], at: 2 }\n"),
    ("content/classes.yaml", "", "C@: { role: R, axes: [backend] }\n"),
    ("rules.yaml", "tests:", "  - { given: { log: [] }, expect: { level: 1 } }\n"),
    (
        "rules.yaml",
        "tests:\n - expect: { level: 1 }\n   given:\n    log:",
        "     - { date: 2026-01-02, xp: 3 }\n",
    ),
    ("rules.yaml", "skills:\n  proficiency:", "    w@: 3\n"),
    ("rules.yaml", "radar:\n  categories:", "    c@: backend\n"),
    ("rules.yaml", "rarity:", "  - r@\n"),
    ("rules.yaml", "levels:", "  - 1@\n"),
    ("site.yaml", "nav:", "  L@: /skills/\n"),
    ("site.yaml", "nav:", "  L@: /nowhere-@/\n"),
    ("site.yaml", "markdown:\n  image_hosts:", "    - h@.example\n"),
    ("content/pages/a.md", "---\ntitle: A\ntags:", "  - t@\n"),
    ("content/pages/a.md", "---\ntitle: A\naliases:", "  - /old/@/\n"),
    ("content/pages/a.md", "---\ntitle: A\nauthors:", "  - Ada @\n"),
    ("content/pages/a.md", "---\ntitle: A", "key@: x\n"),
    ("content/pages/a.md", "---\ntitle: A\nextra:", "  key@: x\n"),
    ("content/pages/a.md", "---\ntitle: A\n---", "[x](b@.md)\n\n"),
    ("content/pages/a.md", "---\ntitle: A\n---", "[x](skill:s@)\n\n"),
    ("content/pages/a.md", "---\ntitle: A\n---", "![x](b@.png)\n\n"),
    ("content/pages/a.md", "---\ntitle: A\n---", "## H @\n\n[x](#h-^)\n\n"),
    ("guild.yaml", "name: G\nparties:", "  p@: [ada]\n"),
    ("guild.yaml", "name: G\nparties:\n  p:", "    - m@\n"),
    ("guild.yaml", "name: G\nseasons:", "  - { name: S@, start: 2026-01-01, end: 2026-02-01 }\n"),
];

pub fn sites() -> Vec<Repeated> {
    let site = |part: &(&'static str, &'static str, &'static str)| -> Repeated {
        let part = *part;
        (format!("{}: {}\n{}", part.0, part.1, part.2), Box::new(move |length| files(part, length)))
    };
    PARTS.iter().map(site).collect()
}

fn files((file, begin, part): (&str, &str, &str), length: usize) -> Files {
    let mut text = match file {
        "content/profile.yaml" => "name: Ada\n".to_owned(),
        _ => String::new(),
    };
    text += begin;
    if !begin.is_empty() {
        text.push('\n');
    }
    for index in 0..length / (part.len() + 3) {
        let before = index.saturating_sub(1).to_string();
        text += &part.replace('@', &index.to_string()).replace('^', &before);
    }
    if file.ends_with(".md") && begin.matches("---").count() == 1 {
        text += "---\n# A\n";
    }
    let person = match file {
        "guild.yaml" => "content/profiles/ada.yaml",
        _ => "content/profile.yaml",
    };
    let known = "name: Ada\nskills: { S1: 3, S2: 4, Rust: 3 }\n".to_owned();
    Files::from([(person.to_owned(), known), (file.to_owned(), text)])
}

/// On this thread alone: the pool has no other.
fn built(files: &Files) -> Duration {
    let bytes = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    let snapshot = Snapshot::of_files(jiff::civil::date(2026, 11, 20), bytes);
    cost(|| drop(build(&snapshot, &Options::default(), &Outputs::new(), &Blobs::in_memory())))
}

#[test]
fn nothing_that_a_site_has_many_of_costs_more_than_its_length() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let wrong = pool.install(|| {
        let least = built(&files(("content/profile.yaml", "x:", ""), 0));
        let costs = sites().into_iter().map(|(name, files)| -> Cost {
            (name, Box::new(move |length| built(&files(length)).saturating_sub(least)))
        });
        running_away(LENGTH, costs)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
