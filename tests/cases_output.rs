//! The output folder contains what was made, whatever was in the way; and messages about it are
//! true, and the same in every run. Tested through the program's command line.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod shell;
mod support;

use questfolio::engine::publish::disk::Disk;
use shell::{Shell, err, out};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use support::SiteTest;

/// Far more than a build of these sites takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn site() -> Shell {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada Okafor\nskills: { Rust: 7 }\n");
    shell
}

/// The output of a command that must end in time.
fn in_time(shell: &Shell, line: &str) -> Output {
    let mut command = shell.command(line);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("`{line}` hangs");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

/// Every published file except the marker, which also depends on whether there are traces.
fn published(shell: &Shell) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files(&shell.path().join("public"));
    files.remove(Path::new(".questfolio-output"));
    files
}

/// Every file below a folder, by relative path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_owned();
        (path, fs::read(entry.path()).unwrap())
    };
    files.map(file).collect()
}

#[test]
fn empty_folder_in_the_way() {
    let shell = site();
    shell.write("static/deep/a.css", "a");
    shell.ok("build");
    fs::remove_file(shell.path().join("public/deep/a.css")).unwrap();
    fs::remove_dir_all(shell.path().join("static/deep")).unwrap();
    shell.write("static/deep", "file");
    shell.ok("build");
    shell.ok("build");
    assert_eq!(fs::read_to_string(shell.path().join("public/deep")).unwrap(), "file");
}

#[test]
fn nothing_was_published() {
    let shell = site();
    shell.write("static/aa.txt", "1").write("static/b.txt", "b");
    shell.ok("build");
    let published = |name: &str| shell.path().join("public").join(name);
    // A foreign file in place of a folder of ours: refused before anything is changed.
    shell.write("static/aa.txt", "2").write("static/new/b.txt", "b");
    fs::write(published("new"), "mine").unwrap();
    let refused = shell.run("build");
    assert!(err(&refused).contains("Nothing was published"), "{}", err(&refused));
    assert_eq!(fs::read_to_string(published("aa.txt")).unwrap(), "1");
    assert_eq!(fs::read_to_string(published("new")).unwrap(), "mine");
    fs::remove_file(published("new")).unwrap();
    shell.ok("build");
    assert_eq!(fs::read_to_string(published("aa.txt")).unwrap(), "2");
}

/// A site with mistakes of many kinds in many files, and with a template that has more.
fn mistaken() -> Shell {
    let shell = Shell::new();
    shell
        .write("site.yaml", "url: https://example.org\ntheme: mine\n")
        .write("guild.yaml", "name: Guild\nparties: { A: [nobody, m1], B: [m2, ghost] }\n")
        .write("themes/mine/theme.yaml", "name: mine\nextends: codex\n")
        .write(
            "themes/mine/templates/404.html",
            "{% component chip(a=1, b=2) %}{{ a }}{{ b }}{% endcomponent chip %}\n\
             {{<chip zeta={1} eta={2} theta={3} iota={4} kappa={5} lambda={6} />}}{{ nothing_of_this }}\n",
        )
        .write("themes/mine/templates/page.html", "{{ sites.title }}{{ pages }}\n");
    for index in 0..12 {
        let profile = format!(
            "name: M{index}\nskils: 1\nclass: wizzard\nskills:\n  Rust: {{ levle: 7, since: never }}\n  \
             Go: 99\nwork:\n  - {{ name: X, startDate: someday, endDate: 2020-13-01 }}\n"
        );
        shell.write(&format!("content/profiles/m{index}/profile.yaml"), &profile);
        let page = format!(
            "---\ntitle: P{index}\ndate: no\n---\n\n[a](profile:x) [b](skill:y) ![c](d.png) [e](f.md)\n\n\
             ```component radar\nsize: x\nzeta: 1\neta: 2\ntheta: 3\n```\n\n```component tree\nprofile: m1\n\
             hue: x\n```\n"
        );
        shell.write(&format!("content/pages/p{index}.md"), &page);
    }
    shell
}

#[test]
fn messages_come_in_the_same_order_in_every_run() {
    let shell = mistaken();
    for format in ["human", "json"] {
        let mut first: Option<(String, String)> = None;
        for run in 0..6 {
            let threads = ["1", "2", "7"][run % 3];
            let line = format!("build --message-format {format}");
            let done = shell.command(&line).env("RAYON_NUM_THREADS", threads).output().unwrap();
            let said = (out(&done), err(&done));
            assert!(said.0.len() + said.1.len() > 5_000, "{said:?}");
            match &first {
                None => first = Some(said),
                Some(first) => assert_eq!(*first, said, "run {run} on {threads} threads"),
            }
        }
    }
}

#[test]
fn a_template_that_gives_a_component_too_much_is_told_so_in_order() {
    let shell = site();
    shell.write("site.yaml", "theme: mine\n");
    shell.write("themes/mine/theme.yaml", "name: mine\nextends: codex\n");
    shell.write(
        "themes/mine/templates/404.html",
        "{% component chip(b=1, a=2) %}{{ a }}{{ b }}{% endcomponent chip %}\n\
         {{<chip zeta={1} eta={2} theta={3} iota={4} kappa={5} />}}\n",
    );
    for _ in 0..4 {
        let said = err(&shell.run("build"));
        let message = "this component takes no `eta`, `iota`, `kappa`, `theta`, `zeta`";
        assert!(said.contains(message) && said.contains("it takes `a`, `b`"), "{said}");
    }
}

/// Replaces a file by something else.
type Harm = fn(&Path);

const HARMS: [(&str, Harm); 9] = [
    ("a pipe", |path| {
        fs::remove_file(path).unwrap();
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }),
    ("a link to a device", |path| {
        fs::remove_file(path).unwrap();
        symlink("/dev/zero", path).unwrap();
    }),
    ("a link to nowhere", |path| {
        fs::remove_file(path).unwrap();
        symlink(path.with_extension("nowhere"), path).unwrap();
    }),
    ("a folder", |path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }),
    ("nothing in it", |path| fs::write(path, "").unwrap()),
    ("half of it", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    }),
    ("a bit changed", |path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes.get_mut(middle).into_iter().for_each(|byte| *byte ^= 4);
        fs::write(path, bytes).unwrap();
    }),
    ("a hundred gigabytes", |path| {
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_len(100 << 30).unwrap();
    }),
    ("another version", |path| fs::write(path, "questfolio blob 9 traces 9\n").unwrap()),
];

#[test]
fn whatever_lies_in_the_cache_the_output_is_right() {
    let shell = site();
    shell.ok("build");
    let clean = published(&shell);
    let cache = shell.path().join(".questfolio/cache");
    for (what, harm) in HARMS {
        for entry in walkdir::WalkDir::new(&cache).into_iter().map(Result::unwrap) {
            if entry.file_type().is_file() {
                harm(entry.path());
            }
        }
        // One build that finds all of its output, and one that finds none.
        for removed in [false, true] {
            if removed {
                fs::remove_dir_all(shell.path().join("public")).unwrap();
            }
            let done = in_time(&shell, "build");
            assert_eq!(done.status.code(), Some(0), "{what}: {}", err(&done));
            let told = err(&done).matches("warning").count();
            assert!(told <= 2, "{what}: told once, and counted: {}", err(&done));
            assert!(published(&shell) == clean, "{what}, public removed: {removed}");
        }
        fs::remove_dir_all(&cache).unwrap();
        shell.ok("build");
    }
}

#[test]
fn whatever_lies_in_the_markers_place_nothing_hangs_and_nothing_is_lost() {
    for (what, harm) in HARMS {
        let shell = site();
        shell.ok("build");
        let clean = published(&shell);
        let marker = shell.path().join("public/.questfolio-output");
        harm(&marker);
        let done = in_time(&shell, "build");
        if marker.is_dir() {
            assert!(err(&done).contains("Nothing was published"), "{what}: {}", err(&done));
            fs::remove_dir(&marker).unwrap();
            shell.ok("build");
        }
        assert!(published(&shell) == clean, "{what}: {}", err(&done));
    }
}

#[test]
fn a_cache_that_takes_nothing_is_told_of_once() {
    let shell = site();
    shell.ok("build");
    let clean = published(&shell);
    fs::remove_dir_all(shell.path().join("public")).unwrap();
    for part in ["blobs", "traces"] {
        let part = shell.path().join(".questfolio/cache").join(part);
        fs::remove_dir_all(&part).unwrap();
        fs::write(&part, "in the way").unwrap();
    }
    let done = shell.run("build");
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(err(&done).matches("cache-unusable").count(), 1, "{}", err(&done));
    assert!(published(&shell) == clean);
}

/// A guild with members, pages and posts that link to each other.
fn guild() -> SiteTest {
    let site = SiteTest::of(&[
        ("guild.yaml", "name: Guild\n"),
        ("site.yaml", "url: https://example.org/r\n"),
    ]);
    for member in ["ada", "bo"] {
        let profile = format!("name: {member}\nskills: {{ Rust: 7, Go: 3 }}\n");
        site.write(&format!("content/profiles/{member}/profile.yaml"), profile);
    }
    site.write("content/pages/old.md", "# Old\n\n[Ada](profile:ada) and [gone](gone.md)\n");
    site.write("content/pages/gone.md", "# Gone\n\n[Old](old.md)\n");
    site.write("content/posts/2026-01-01-first.md", "# First\n\n[Old](../pages/old.md)\n");
    site
}

/// Adds, removes and changes files, all at once.
fn change(site: &SiteTest) {
    site.write("content/pages/old.md", "# Old\n\n[Cy](profile:cy) and [new](new.md)\n");
    site.write("content/pages/new.md", "# New\n\n[Newer](newer.md) and [Go](skill:go)\n");
    site.write("content/pages/newer.md", "# Newer\n\n[New](new.md), [Cy](profile:cy)\n");
    site.remove("content/pages/gone.md").remove("content/profiles/bo");
    site.write("content/profiles/cy/profile.yaml", "name: cy\nskills: { Go: 5, Zig: 2 }\n");
    site.write("content/posts/2026-02-02-second.md", "# Second\n\n[New](../pages/new.md)\n");
}

/// The targets of a page's links within the site.
fn targets(html: &str) -> Vec<String> {
    let starts = ["href=\"/r/", "href=/r/", "src=\"/r/", "src=/r/"];
    let rests = starts.iter().flat_map(|start| html.split(start).skip(1));
    let ends = ['"', '#', '?', ' ', '>'];
    let paths = rests.map(|rest| rest.split(ends).next().unwrap().to_owned());
    paths
        .map(|path| if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path })
        .collect()
}

/// Returns the number of links.
fn assert_every_link_leads_somewhere(files: &BTreeMap<String, Vec<u8>>, when: &str) -> usize {
    let mut links = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        for target in targets(&String::from_utf8_lossy(bytes)) {
            assert!(
                files.contains_key(&target),
                "{when}: {name} leads to {target}, which is missing"
            );
            links += 1;
        }
    }
    links
}

#[test]
fn a_site_cut_off_anywhere_has_no_link_that_leads_nowhere() {
    let clean = {
        let site = guild();
        change(&site);
        site.clean_bytes()
    };
    for is_first in [true, false] {
        // A step that is coprime to any period.
        for operations in (3..).step_by(37) {
            let when = format!("after {operations} operations, first build: {is_first}");
            let site = guild();
            if !is_first {
                site.build().ok();
            }
            change(&site);
            let disk = Disk::that_stops_after(operations);
            site.build_on(&disk);
            let links = assert_every_link_leads_somewhere(&site.public(), &when);
            site.build().ok();
            assert!(site.public() == clean, "{when}: the next build makes it whole");
            if disk.operations() <= operations {
                assert!(links > 50, "{links} links were looked at");
                break;
            }
        }
    }
}
