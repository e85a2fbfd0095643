//! The cost of files by a single contributor: whatever their shape, time and memory are bounded.
//! This program has only one test, so that it measures only its own time and memory.
#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests measure themselves and say what they found"
)]

mod process_memory;

use process_memory::peak;
use questfolio::build::{Options, build};
use questfolio::engine::{Blobs, Outputs};
use questfolio::source::snapshot::Snapshot;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// Processor time for the larger of the two sizes, unoptimised: many times what any case takes, so
/// that only runaway cases fail. Growth is printed, but not checked: `cargo test --test
/// hostile_effort -- --nocapture`.
const MOST: Duration = Duration::from_secs(120);

/// Peak memory of all cases, in bytes.
const MEMORY: u64 = 400 << 20;

type Files = BTreeMap<String, String>;

fn files(parts: &[(&str, String)]) -> Files {
    parts.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect()
}

fn solo(profile: String) -> Files {
    files(&[("site.yaml", "url: https://example.org\n".into()), ("content/profile.yaml", profile)])
}

fn page(text: String) -> Files {
    let mut files = solo("name: Ada\n".into());
    files.insert("content/pages/a.md".into(), text);
    files
}

fn lines(start: &str, count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(start.to_owned(), |mut text, index| {
        writeln!(text, "{}", line(index)).unwrap();
        text
    })
}

/// The processor time used by this program.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

/// The cost of building this, and a summary of the diagnostics.
fn cost(files: &Files) -> (Duration, String) {
    let bytes = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
    let snapshot = Snapshot::of_files(jiff::civil::date(2026, 11, 20), bytes);
    let before = used();
    let built = build(&snapshot, &Options::default(), &Outputs::new(), &Blobs::in_memory());
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    built.report.iter().for_each(|it| *codes.entry(it.code).or_default() += 1);
    (used() - before, format!("{} outputs, {codes:?}", built.run.outputs.len()))
}

type Case = (&'static str, usize, fn(usize) -> Files);

/// Each at half the size that fits into a file.
const CASES: &[Case] = &[
    ("skills", 500, |n| solo(lines("name: Ada\nskills:\n", n, |i| format!("  S{i}: {}", i % 11)))),
    ("skills alike", 1_500, |n| {
        solo(lines("name: Ada\nwork:\n - name: X\n   skills:\n", n, |i| {
            format!("    - Programing {i}")
        }))
    }),
    ("evidence", 2_000, |n| {
        solo(lines("name: Ada\nskills:\n  Rust:\n    evidence:\n", n, |i| {
            format!("     - https://example.org/{i}")
        }))
    }),
    ("log", 2_500, |n| {
        solo(lines("name: Ada\nlog:\n", n, |i| {
            format!(" - {{date: 20{:02}-0{}-02, xp: 900, skill: S{}}}", i % 26, 1 + i % 9, i % 500)
        }))
    }),
    ("too many skills", 5_000, |n| {
        solo(lines("name: Ada\nskills:\n", n, |i| format!("  S{i}: 1")))
    }),
    ("tree, many parents", 300, |n| {
        solo(lines("name: Ada\nskills:\n", n, |i| {
            let parents: Vec<String> =
                (i.saturating_sub(20)..i).map(|it| format!("S{it}")).collect();
            format!("  S{i}: {{level: 3, requires: [{}]}}", parents.join(", "))
        }))
    }),
    ("tree, one long chain", 500, |n| {
        solo(lines("name: Ada\nskills:\n  S0: 3\n", n, |i| {
            format!("  S{}: {{level: 3, requires: S{i}}}", i + 1)
        }))
    }),
    ("tree, two full layers", 250, |n| {
        let tops: Vec<String> = (0..60).map(|it| format!("T{it}")).collect();
        let text = lines("name: Ada\nskills:\n", 60, |i| format!("  T{i}: 4"));
        solo(lines(&text, n, |i| format!("  B{i}: {{level: 3, requires: [{}]}}", tops.join(", "))))
    }),
    ("circles of two", 250, |n| {
        solo(lines("name: Ada\nskills:\n", n, |i| {
            format!("  A{i}: {{level: 3, requires: B{i}}}\n  B{i}: {{level: 3, requires: A{i}}}")
        }))
    }),
    ("circles in one another", 500, |n| {
        solo(lines("name: Ada\nskills:\n", n, |i| {
            format!("  S{i}: {{level: 3, requires: [S{}, S0]}}", (i + 1) % n)
        }))
    }),
    ("circles through the catalogue", 500, |n| {
        let mut files = solo(lines("name: Ada\nskills:\n", n, |i| {
            format!("  S{}: {{level: 2, requires: [S{i}, S{}]}}", i + 1, i / 2)
        }));
        files.insert(
            "content/skills.yaml".into(),
            lines("", n, |i| format!("S{i}: {{requires: S{}}}", (i + 1) % n)),
        );
        files
    }),
    ("catalogue", 2_500, |n| {
        let mut files = solo("name: Ada\nskills: {S1: 3}\n".into());
        files.insert(
            "content/skills.yaml".into(),
            lines("", n, |i| format!("S{i}: {{aliases: [X{i}], requires: S{}}}", i / 2)),
        );
        files
    }),
    ("unknown keys", 5_000, |n| solo(lines("name: Ada\n", n, |i| format!("kye{i}: x")))),
    ("unknown words", 1_200, |n| {
        solo(lines("name: Ada\nquests:\n", n, |i| {
            format!(" - {{quest: a{i}, status: acepted, dat: x, sore: 3}}")
        }))
    }),
    ("work", 1_000, |n| {
        solo(lines("name: Ada\nwork:\n", n, |i| {
            format!(
                " - {{name: C{}, position: P{i}, startDate: {}, skills: [S{i}, Rust], highlights: [a]}}",
                i % 50,
                1980 + i % 40
            )
        }))
    }),
    ("projects", 1_000, |n| {
        solo(lines("name: Ada\nprojects:\n", n, |i| {
            format!(
                " - {{name: C{i}, description: P, startDate: {}, skills: [S{i}, Rust]}}",
                1980 + i % 40
            )
        }))
    }),
    ("awards", 2_000, |n| {
        solo(lines("name: Ada\nawards:\n", n, |i| {
            format!(" - {{title: C{i}, date: {}}}", 1980 + i % 40)
        }))
    }),
    ("accounts", 2_000, |n| {
        solo(lines("name: Ada\nprofiles:\n", n, |i| {
            format!(" - {{network: GitHub, username: a{i}}}")
        }))
    }),
    ("journeys", 1_500, |n| {
        solo(lines("name: Ada\njourneys:\n", n, |i| {
            format!(" - {{name: C{i}, stages: [{{name: x, date: 20{:02}}}]}}", i % 30)
        }))
    }),
    ("interests", 2_000, |n| {
        solo(lines("name: Ada\ninterests:\n", n, |i| {
            format!(" - {{name: C{i}, keywords: [a{i}]}}")
        }))
    }),
    ("deep brackets", 100_000, |n| solo(format!("name: {}", "[".repeat(n)))),
    ("deep blocks", 300, |n| solo(lines("", n, |i| format!("{}a:", " ".repeat(i))))),
    ("one long line", 100_000, |n| solo(format!("name: {}\n", "a ".repeat(n)))),
    ("one long word", 100_000, |n| solo(format!("name: \"{}\"\n", "a".repeat(n)))),
    ("escapes", 30_000, |n| solo(format!("name: \"{}\"\n", "\\u0041".repeat(n / 2)))),
    ("anchors", 10_000, |n| solo(lines("name: Ada\nx:\n", n, |i| format!(" - &a{i} x")))),
    ("aliases", 10_000, |n| solo(lines("name: Ada\nx:\n - &a x\n", n, |_| " - *a".into()))),
    ("tags of YAML", 10_000, |n| solo(lines("name: Ada\nx:\n", n, |_| " - !x y".into()))),
    ("documents", 20_000, |n| solo("---\na: b\n".repeat(n))),
    ("comments", 60_000, |n| solo(format!("name: Ada\n{}", "#\n".repeat(n)))),
    ("keys twice", 15_000, |n| solo(lines("name: Ada\n", n, |_| "a: b".into()))),
    ("complex keys", 10_000, |n| solo(lines("name: Ada\nx:\n", n, |_| " ? a\n : b".into()))),
    ("folded text", 20_000, |n| solo(format!("name: Ada\nsummary: >\n{}", "  a\n\n".repeat(n)))),
    ("headings", 2_500, |n| page(lines("# A\n", n, |i| format!("## H {i}\n\ntext [x](#h-{i})\n")))),
    ("headings alike", 2_500, |n| page(lines("# A\n", n, |_| "## Same\n\ntext\n".into()))),
    ("links nowhere", 2_000, |n| page(lines("# A\n", n, |i| format!("[x](pages-{i}.md)\n")))),
    ("raw HTML", 10_000, |n| page(lines("# A\n", n, |_| "<b>x</b>".into()))),
    ("components", 300, |n| {
        page(lines("# A\n", n, |_| "```component radar\nprofile: profile\n```\n".into()))
    }),
    ("aliases of a page", 5_000, |n| {
        page(format!("---\naliases:\n{}---\n# A\n", lines("", n, |i| format!(" - /old/{i}/"))))
    }),
    ("tags of a page", 8_000, |n| {
        page(format!("---\ntags:\n{}---\n# A\n", lines("", n, |i| format!(" - tag{i}"))))
    }),
    ("pages", 150, |n| {
        let mut files = solo("name: Ada\n".into());
        for i in 0..n {
            files.insert(
                format!("content/pages/p{i}.md"),
                format!("# P {i}\n\n[x](p{}.md) [y](q{i}.md)\n", (i + 1) % n),
            );
        }
        files
    }),
    ("posts", 150, |n| {
        let mut files = solo("name: Ada\n".into());
        for i in 0..n {
            files.insert(format!("content/posts/2026-01-02-p{i}.md"), format!("# P {i}\n\ntext\n"));
        }
        files
    }),
    ("members", 60, |n| {
        let mut files = files(&[("guild.yaml", "name: G\nleaderboard: {show: everyone}\n".into())]);
        for i in 0..n {
            let text = lines(&format!("name: M{i}\nskills:\n"), 30, |s| {
                format!("  S{}: {}", s * 3 + i % 3, s % 10)
            });
            files.insert(format!("content/profiles/m{i}.yaml"), text);
        }
        files
    }),
    ("members of one party", 60, |n| {
        let mut files = files(&[("guild.yaml", "name: G\nparties: {p: []}\n".into())]);
        for i in 0..n {
            files.insert(format!("content/profiles/m{i}.yaml"), format!("name: M{i}\nparty: p\n"));
        }
        files
    }),
];

#[test]
fn no_shape_of_content_runs_away() {
    let only = std::env::var("EFFORT_ONLY").unwrap_or_default();
    let mut wrong = Vec::new();
    cost(&solo("name: Ada\nsummary: Hello\n".into()));
    for (name, half, make) in CASES.iter().filter(|it| it.0.contains(&only)) {
        let (first, _) = cost(&make(*half));
        let (second, said) = cost(&make(*half * 2));
        let ratio = second.as_secs_f64() / first.as_secs_f64().max(0.01);
        let line = format!(
            "{name} ({}): {first:?}, then {second:?}: {ratio:.1}; {} MB; {said}",
            half * 2,
            peak("self").unwrap() >> 20
        );
        println!("{line}");
        if second > MOST {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let most = peak("self").unwrap();
    assert!(most < MEMORY, "{} MB", most >> 20);
}
