//! Files that are copied unchanged, however long they are, are never held in memory.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    reason = "tests look at the disk, and at what a process takes"
)]

mod process_memory;
mod serve_client;
mod shell;

use process_memory::peak;
use serve_client::program::Program;
use shell::Shell;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::process::Stdio;
use std::time::Duration;

/// Length of the film in bytes. Holding it in memory takes more than `ROOM`.
const LONG: u64 = 200 << 20;
/// Memory for a build with nothing else in it, in bytes: three times what it takes.
const ROOM: u64 = 120 << 20;

fn site() -> Shell {
    let shell = Shell::new();
    shell.write("content/profile.yaml", "name: Ada Okafor\nskills: { Rust: 7 }\n");
    shell.write("static/film.mp4", "begin");
    film(&shell, "end");
    shell
}

/// A sparse file, with data only at its start and its end.
fn film(shell: &Shell, end: &str) {
    let film = fs::File::options().write(true).open(shell.path().join("static/film.mp4"));
    let mut film = film.unwrap();
    film.set_len(LONG).unwrap();
    film.seek(SeekFrom::End(-3)).unwrap();
    film.write_all(end.as_bytes()).unwrap();
}

/// The peak memory of a command, polled until it ends.
fn most(shell: &Shell, line: &str) -> u64 {
    let mut child = shell.command(line).stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(peak(&child.id().to_string()).unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success(), "{line}");
    most
}

#[test]
fn a_long_file_is_copied_in_pieces() {
    let shell = site();
    let read = |path: &str| {
        let mut file = fs::File::open(shell.path().join(path)).unwrap();
        file.seek(SeekFrom::End(-3)).unwrap();
        (file.metadata().unwrap().len(), std::io::read_to_string(file).unwrap())
    };
    for (line, end) in [("build", "end"), ("build", "END"), ("build", "END"), ("check", "END")] {
        film(&shell, end);
        let most = most(&shell, line);
        assert!((1 << 20..ROOM).contains(&most), "{line}: {} MiB", most >> 20);
        assert_eq!(read("public/film.mp4"), (LONG, end.to_owned()));
    }
}

#[test]
fn a_long_file_is_served_in_pieces() {
    let shell = site();
    let program = Program::serve(shell.path(), &[]);
    program.wait_for_status("/", 200);
    let part = |range: String| {
        let answer = program.get("/film.mp4", &format!("Range: bytes={range}\r\n"));
        (answer.status, answer.text().to_owned())
    };
    assert_eq!(part("0-4".to_owned()), (206, "begin".to_owned()));
    assert_eq!(part("-3".to_owned()), (206, "end".to_owned()));
    assert_eq!(part(format!("{LONG}-")).0, 416);
    let head = program.send("HEAD", "/film.mp4", "");
    let len = LONG.to_string();
    assert_eq!((head.status, head.header("content-length")), (200, Some(len.as_str())));
    let whole = program.get("/film.mp4", "").body;
    assert_eq!((whole.len() as u64, whole.ends_with(b"end")), (LONG, true));

    film(&shell, "END");
    program.wait("/film.mp4", "Range: bytes=-3\r\n", |answer| answer.text() == "END");
    // The bytes do not depend on where they are stored.
    fs::create_dir(shell.path().join("static/films")).unwrap();
    let [old, new] = ["static/film.mp4", "static/films/film.mp4"].map(|it| shell.path().join(it));
    fs::rename(&old, &new).unwrap();
    program.wait_for_status("/film.mp4", 404);
    let range = "Range: bytes=-3\r\n";
    program.wait("/films/film.mp4", range, |answer| answer.text() == "END");
    let most = peak(&program.id().to_string()).unwrap();
    assert!(most < ROOM, "{} MiB", most >> 20);
}
