//! What a site may have many of, from its files to its pages.

use crate::measure::{Cost, cost, running_away};
use crate::{Files, Repeated};
use questfolio::build::{Build, Extent, Memory, Options, Store, run};
use questfolio::engine::{Blobs, Outputs};
use questfolio::source::snapshot::Snapshot;
use std::rc::Rc;
use std::time::Duration;

/// Bytes of the smallest of three files.
const LENGTH: usize = 16 * 1024;

/// A file, how it begins, and what is repeated in it: `@` is a number of five digits,
/// `^` the one before it.
type Part = (&'static str, &'static str, &'static str);

const PROFILE: &str = "content/profile.yaml";

/// Two long files that have to do with each other.
const PAIRS: &[[Part; 2]] = &[
    [CATALOGUE, (PROFILE, "work:\n  - name: N\n    skills:", "      - Z@\n")],
    [CATALOGUE, (PROFILE, "work:\n  - name: N\n    skills:", "      - T@\n")],
    [CATALOGUE, (PROFILE, "work:\n  - name: N\n    skills:", "      - Skill @ez\n")],
    [CATALOGUE, (PROFILE, "work:", "  - { name: N@, position: P, skills: [S@, Q@] }\n")],
    [CATALOGUE, (PROFILE, "projects:\n  - name: N\n    keywords:", "      - Z@\n")],
    [CATALOGUE, (PROFILE, "projects:", "  - { name: N@, keywords: [Z@] }\n")],
    [CATALOGUE, (PROFILE, "skills:\n  Rust:\n    keywords:", "      - Z@\n")],
    [CATALOGUE, (PROFILE, "skills:\n  Rust:\n    requires:", "      - Skill @ez\n")],
    [CATALOGUE, (PROFILE, "interests:", "  - { name: N@, keywords: [S@] }\n")],
    [CATALOGUE, (PROFILE, "log:", "  - { date: 2026-01-02, xp: 9, skill: Z@ }\n")],
    [CATALOGUE, ("content/pages/a.md", "# A", "[x](skill:z@)\n\n")],
    [("content/classes.yaml", "", "C@: {}\n"), (PROFILE, "class:", "  C@: 2\n")],
];

const CATALOGUE: Part = ("content/skills.yaml", "", "Skill @: { aliases: [S@, T@] }\n");

const PARTS: &[Part] = &[
    (PROFILE, "skills:", "  S@: 3\n"),
    (PROFILE, "skills:", "  S@: { level: 3, requires: [S^] }\n"),
    (PROFILE, "skills:", "  S@: { merges: [S^], at: 3 }\n"),
    (PROFILE, "skills:", "  S@: { level: 3, requires: [S00000] }\n"),
    (PROFILE, "skills:", "  S@: { level: 3, requires: [Rust, Go, Docker] }\n"),
    (PROFILE, "skills:", "  S@: { level: 2, evidence: https://a.example/@ }\n"),
    (PROFILE, "skills:", "  S@: { level: 2, endorsed: { by: B@ } }\n"),
    (PROFILE, "skills:", "  S@: { level: 2, keywords: [k@, l@] }\n"),
    (PROFILE, "skills:", "  - { name: S@, keywords: [k@] }\n"),
    (PROFILE, "log:", "  - { date: 2026-01-02, xp: 9, skill: S@, for: A deed }\n"),
    (PROFILE, "log:", "  - { date: 2026-01-02, xp: 900000 }\n"),
    (PROFILE, "quests:", "  - { quest: q@, status: passed, date: 2026-01-02 }\n"),
    (PROFILE, "quests:", "  - { quest: q, score: 3 }\n"),
    (PROFILE, "badges:", "  - { badge: b@, date: 2026-01-02 }\n"),
    (PROFILE, "journeys:", "  - { name: J@, stages: [{ name: x, date: 2026 }] }\n"),
    (PROFILE, "journeys:\n  - name: J\n    stages:", "      - { name: s@ }\n"),
    (PROFILE, "following:", "  - https://a@.example\n"),
    (PROFILE, "following:", "  - nobody@\n"),
    (PROFILE, "profiles:", "  - { network: GitHub, username: a@ }\n"),
    (PROFILE, "class:", "  C@: 2\n"),
    (PROFILE, "work:", "  - { name: N@, position: P, start: 2020, skills: [S@] }\n"),
    (PROFILE, "work:", "  - { name: N, position: P@, start: 2020, highlights: [a, b] }\n"),
    (PROFILE, "work:\n  - name: N\n    positions:", "      - { position: P@, start: 2020 }\n"),
    (PROFILE, "work:\n  - name: N\n    highlights:", "      - Made it **fast** @\n"),
    (PROFILE, "work:\n  - name: N\n    skills:", "      - S@\n"),
    (PROFILE, "volunteer:", "  - { organization: N@, position: P, start: 2020 }\n"),
    (PROFILE, "education:", "  - { institution: N@, area: A, start: 2020, courses: [a@] }\n"),
    (PROFILE, "awards:", "  - { title: N@, date: 2020 }\n"),
    (PROFILE, "certificates:", "  - { name: N@, date: 2020, issuer: I }\n"),
    (PROFILE, "publications:", "  - { name: N@, releaseDate: 2020, publisher: P }\n"),
    (PROFILE, "languages:", "  - { language: L@, fluency: good }\n"),
    (PROFILE, "interests:", "  - { name: I@, keywords: [k@] }\n"),
    (PROFILE, "publish: references\nreferences:", "  - { name: N@, reference: Good }\n"),
    (PROFILE, "projects:", "  - { name: N@, description: D, skills: [S@], keywords: [k@] }\n"),
    (PROFILE, "availability:\n  roles:", "    - r@\n"),
    (PROFILE, "about: |", "  A paragraph [x](skill:rust).\n\n"),
    (PROFILE, "about: |", "  A line of *text*.\n"),
    (PROFILE, "kye: x", "kye@: x\n"),
    (PROFILE, "work:", "  - { nmae: N@ }\n"),
    (PROFILE, "skills:", "  S@: much\n"),
    (PROFILE, "skills:", "  Rust @: 2\n"),
    (PROFILE, "paper: { pages: 2 }\nprojects:", "  - { name: N@, description: D }\n"),
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
    let site = |parts: &'static [Part]| -> Repeated {
        let names = parts.iter().map(|(file, begin, part)| format!("{file}: {begin}\n{part}"));
        (names.collect(), Box::new(move |length| files(parts, length)))
    };
    PARTS
        .iter()
        .map(std::slice::from_ref)
        .chain(PAIRS.iter().map(<[_; 2]>::as_slice))
        .map(site)
        .collect()
}

fn files(parts: &[Part], length: usize) -> Files {
    let known = "name: Ada\nskills: { S1: 3, S2: 4, Rust: 3 }\n";
    let is_guild = parts.iter().any(|(file, ..)| *file == "guild.yaml");
    let person = if is_guild { "content/profiles/ada.yaml" } else { PROFILE };
    let mut files = Files::from([(person.to_owned(), known.to_owned())]);
    for (file, begin, part) in parts {
        let mut text = if *file == PROFILE { "name: Ada\n".to_owned() } else { String::new() };
        text += begin;
        if !begin.is_empty() {
            text.push('\n');
        }
        let mut index: usize = 0;
        while text.len() < length {
            let [number, before] = [index, index.saturating_sub(1)].map(|it| format!("{it:05}"));
            text += &part.replace('@', &number).replace('^', &before);
            index += 1;
        }
        if file.ends_with(".md") && begin.matches("---").count() == 1 {
            text += "---\n# A\n";
        }
        files.insert((*file).to_owned(), text);
    }
    files
}

/// What a first build leaves to the others, so that they cost what is in their files.
#[derive(Default)]
struct Workshop {
    memory: Memory,
    blobs: Blobs,
    outputs: Outputs,
}

impl Workshop {
    /// On this thread alone, if its pool has no other.
    fn build(&self, files: &Files) -> (Build, Duration) {
        let bytes = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        let snapshot = Snapshot::of_files(jiff::civil::date(2026, 11, 20), bytes);
        let store = Store { previous: &self.outputs, blobs: &self.blobs, memory: &self.memory };
        let mut built = None;
        let cost = cost(|| {
            built = Some(run(&snapshot, &Options::default(), store, Extent::Whole, &()));
        });
        (built.expect("it was built"), cost)
    }
}

#[test]
fn nothing_that_a_site_has_many_of_costs_more_than_its_length() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let wrong = pool.install(|| {
        let mut workshop = Workshop::default();
        let (first, _) = workshop.build(&files(&[(PROFILE, "x:", "")], 0));
        workshop.outputs = first.run.outputs;
        let workshop = Rc::new(workshop);
        let costs = sites().into_iter().map(|(name, files)| -> Cost {
            let workshop = workshop.clone();
            (name, Box::new(move |length| workshop.build(&files(length)).1))
        });
        running_away(LENGTH, costs)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
