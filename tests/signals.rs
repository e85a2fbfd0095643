//! Ctrl-C at any moment: the program ends at once, and leaves no temporary files.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests start programs and look at the disk"
)]

mod serve_client;

use serve_client::program::{self, Program};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;

/// Far above the 200 ms that it may take, because tests run in parallel.
const SOON: Duration = Duration::from_secs(2);

fn send(signal: &str, id: u32) {
    assert!(Command::new("kill").args([signal, &id.to_string()]).status().unwrap().success());
}

/// A guild with a social card for each member: seconds of drawing and writing.
fn guild(members: usize) -> tempfile::TempDir {
    let root = program::site(&[("guild.yaml", "name: Large\n")]);
    for index in 0..members {
        let home = root.path().join(format!("content/profiles/member-{index}"));
        fs::create_dir_all(&home).unwrap();
        let text = format!("name: Member {index}\nlabel: Engineer\nskills: {{ Rust: 5, Go: 3 }}\n");
        fs::write(home.join("profile.yaml"), text).unwrap();
    }
    root
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_questfolio"));
    command
        .args(arguments)
        .arg(folder)
        .args(["--date", "2026-11-20"])
        .env_remove("QUESTFOLIO_CACHE");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Files that have not been renamed yet.
fn temporary(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let names = entries.map(|entry| entry.path().display().to_string());
    names.filter(|name| name.contains(".questfolio-tmp-")).collect()
}

/// The exit status, and how long the program took to end.
fn ended(child: &mut Child) -> (ExitStatus, Duration) {
    let begun = Instant::now();
    while begun.elapsed() < SOON {
        if let Some(status) = child.try_wait().unwrap() {
            return (status, begun.elapsed());
        }
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("it goes on");
}

#[test]
fn a_build_of_a_thousand_profiles_ends_at_any_moment() {
    let root = guild(1000);
    let mut times = Vec::new();
    for (turn, wait) in [30, 100, 250, 500, 750, 1000].into_iter().enumerate() {
        let commands: [&[&str]; 3] = [&["serve", "--port", "0"], &["build"], &["build", "--watch"]];
        let (name, signal) = [("-INT", SIGINT), ("-TERM", SIGTERM)][turn % 2];
        for made in ["public", ".questfolio"] {
            // The first time it does not exist.
            let _ = fs::remove_dir_all(root.path().join(made));
        }
        let mut child = start(root.path(), commands[turn % 3]);
        sleep(Duration::from_millis(wait));
        send(name, child.id());
        let (status, took) = ended(&mut child);
        // A build may have ended before.
        let is_done = status.success() && commands[turn % 3] == ["build"];
        assert!(is_done || status.signal() == Some(signal), "after {wait} ms: {status}");
        assert_eq!(temporary(root.path()), Vec::<String>::new(), "after {wait} ms");
        times.push(took);
    }
    // A single one may have been slow because of load on the machine.
    times.sort_unstable();
    assert!(times[times.len() / 2] < Duration::from_millis(200), "{times:?}");
}

#[test]
fn a_server_with_open_pages_ends_at_once() {
    let root = program::site(&[("content/profile.yaml", "name: Ada\n")]);
    let mut program = Program::serve(root.path(), &[]);
    let events = program.get("/", "").attribute("data-events");
    let mut page = program.listen(&events);
    page.next();
    let half_open = program.connect();
    send("-INT", program.id());
    let status = program.ended_within(SOON).expect("it goes on");
    assert_eq!(status.signal(), Some(SIGINT));
    drop(half_open);
    // Its cache is valid: the next build is as fast as any.
    assert_eq!(temporary(root.path()), Vec::<String>::new());
    let next = Program::serve(root.path(), &[]);
    assert_eq!(next.get("/", "").status, 200);
}

#[test]
fn what_a_killed_server_left_half_written_goes() {
    let root = program::site(&[
        ("content/profiles/ada/profile.yaml", "name: Ada\n"),
        ("guild.yaml", "name: Small\n"),
    ]);
    let beside = root.path().join("content/profiles/ada");
    let [left, held] = [1, 2].map(|number| beside.join(format!(".questfolio-tmp-99999-{number}")));
    fs::write(&left, "name: A").unwrap();
    let somebody = fs::File::create(&held).unwrap();
    somebody.lock().unwrap();
    let _program = Program::serve(root.path(), &[]);
    assert!(!left.exists(), "nobody works on it any more");
    assert!(held.exists(), "another server is writing this one");
}

/// The number of builds killed, at moments spread over the duration of one.
const KILLS: u32 = 36;

#[test]
fn a_build_that_is_killed_leaves_no_dead_link_and_the_next_one_makes_it_whole() {
    let site = tempfile::tempdir().unwrap();
    let clean = tempfile::tempdir().unwrap();
    // One output has a folder of links, the other a file in its place.
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let change = |turn: u32| {
        let _ = fs::remove_dir_all(site.path().join("content"));
        let _ = fs::remove_dir_all(site.path().join("static"));
        write("guild.yaml", &format!("name: Guild {turn}\nleaderboard: {{ show: everyone }}\n"));
        for member in (turn % 3) * 8..(turn % 3) * 8 + 24 {
            let text =
                format!("name: Member {member}\nskills: {{ Rust: {}, Go: 3 }}\n", turn % 9 + 1);
            write(&format!("content/profiles/member-{member}.yaml"), &text);
        }
        write(["static/way", "static/way/out"][turn as usize % 2], "a folder or a file");
    };
    let build = |out: &Path| {
        let status = start(site.path(), &["build", "--out", out.to_str().unwrap()]).wait().unwrap();
        assert!(status.success());
    };
    let out = site.path().join("public");
    change(0);
    let begun = Instant::now();
    build(&out);
    let takes = begun.elapsed();
    let mut interrupted = 0;
    for turn in 1..=KILLS {
        change(turn);
        let mut child = start(site.path(), &["build"]);
        sleep(takes * (turn * 7 % KILLS) / KILLS);
        send("-KILL", child.id());
        interrupted += u32::from(!child.wait().unwrap().success());
        assert_eq!(dead_links(&out), Vec::<String>::new(), "killed in turn {turn}");
        if turn % 4 == 0 {
            build(&out);
            let fresh = clean.path().join(format!("{turn}"));
            build(&fresh);
            assert_eq!(files(&out), files(&fresh), "after turn {turn}");
        }
    }
    assert!(interrupted > KILLS / 3, "only {interrupted} were cut off");
}

/// Every file of an output except its marker.
fn files(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(out).into_iter().map(Result::unwrap);
    let files = entries.filter(|it| it.file_type().is_file());
    let files = files.map(|it| it.path().strip_prefix(out).unwrap().to_owned());
    let files = files.filter(|path| path != Path::new(".questfolio-output"));
    files.map(|path| (path.clone(), fs::read(out.join(path)).unwrap())).collect()
}

/// Links of pages whose target does not exist.
fn dead_links(out: &Path) -> Vec<String> {
    let mut dead = Vec::new();
    for (path, bytes) in files(out) {
        let html = String::from_utf8_lossy(&bytes).into_owned();
        if path.extension().is_none_or(|it| it != "html") {
            continue;
        }
        for link in html.split("href=\"/").skip(1) {
            let link = link.split(['"', '#', '?']).next().unwrap();
            let file = if link.is_empty() || link.ends_with('/') { "index.html" } else { "" };
            if !out.join(format!("{link}{file}")).is_file() {
                dead.push(format!("{}: /{link}", path.display()));
            }
        }
    }
    dead
}
