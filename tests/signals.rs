//! Ctrl-C at any moment: the program ends at once, and leaves nothing half written behind.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests start programs and look at the disk"
)]

mod serve_client;

use serve_client::program::{self, Program};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;

/// Far above the 200 ms that it may take, as tests run beside each other.
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

/// Files that were begun and have no name of their own yet.
fn temporary(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten();
    let names = entries.map(|entry| entry.path().display().to_string());
    names.filter(|name| name.contains(".questfolio-tmp-")).collect()
}

/// The signal it died of, and how long that took.
/// How it ended, and how soon.
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
            // The first time there is none.
            let _ = fs::remove_dir_all(root.path().join(made));
        }
        let mut child = start(root.path(), commands[turn % 3]);
        sleep(Duration::from_millis(wait));
        send(name, child.id());
        let (status, took) = ended(&mut child);
        // A build may have been done before.
        let is_done = status.success() && commands[turn % 3] == ["build"];
        assert!(is_done || status.signal() == Some(signal), "after {wait} ms: {status}");
        assert_eq!(temporary(root.path()), Vec::<String>::new(), "after {wait} ms");
        times.push(took);
    }
    // One may have been slow because of what else the machine does.
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
    // What it kept is good: the next build is as fast as any.
    assert_eq!(temporary(root.path()), Vec::<String>::new());
    let next = Program::serve(root.path(), &[]);
    assert_eq!(next.get("/", "").status, 200);
}
