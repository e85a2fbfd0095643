//! The dev server with file system problems: links, unreadable and vanished files, no file events,
//! a full cache.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]
#![allow(clippy::disallowed_types, reason = "a test starts the program in a cage")]

mod serve_client;

use serve_client::program::{self, Program};
use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

const PROFILE: (&str, &str) = ("content/profile.yaml", "name: Ada\nskills: { Rust: 7 }\n");
const PAGE: &str = "content/pages/now.md";
const NOTE: &str = "static/note.txt";

#[test]
fn links_are_told_of_and_lead_nowhere() {
    let secret = tempfile::tempdir().unwrap();
    fs::write(secret.path().join("secret.md"), "---\ntitle: Secret\n---\n").unwrap();
    let root = program::site(&[PROFILE, (NOTE, "zero")]);
    let program = Program::serve(root.path(), &[]);
    let before = program.quiet();
    // A folder elsewhere, the whole file system, a loop, and a missing target.
    fs::create_dir_all(program.path("content/pages")).unwrap();
    symlink(secret.path(), program.path("content/pages/elsewhere")).unwrap();
    symlink("/", program.path("static/all")).unwrap();
    symlink(".", program.path("static/circle")).unwrap();
    symlink("nowhere", program.path("content/pages/dead.md")).unwrap();
    program.wait_until_said("`static/circle` is a symbolic link");
    for address in ["/elsewhere/secret/", "/all/etc/passwd", "/circle/note.txt", "/dead/"] {
        assert_eq!(program.get(address, "").status, 404, "{address}");
    }
    // Changes behind a link are ignored.
    let linked = program.quiet();
    assert!(linked - before <= 4, "{} builds", linked - before);
    fs::write(secret.path().join("secret.md"), "---\ntitle: Changed\n---\n").unwrap();
    sleep(Duration::from_millis(500));
    assert_eq!(program.builds(), linked);
    for link in ["content/pages/elsewhere", "static/all", "static/circle", "content/pages/dead.md"]
    {
        fs::remove_file(program.path(link)).unwrap();
    }
    fs::write(program.path(NOTE), "mended").unwrap();
    program.wait_for("/note.txt", "mended");
    program.quiet();
    assert!(program.said().last().unwrap().starts_with("Built"), "{:?}", program.said());
}

#[test]
fn a_file_that_cannot_be_read_is_told_of_and_the_last_page_stays() {
    let root = program::site(&[PROFILE, (PAGE, "---\ntitle: Now\n---\n\nreadable\n")]);
    let mut command = program::command(root.path(), &[]);
    let elsewhere = tempfile::tempdir().unwrap();
    if is_root() {
        // Root can read everything, so another user runs the server; that user may not enter root's
        // own folder, where the program may have been built. The copy is made by `cp`: a file
        // written by this process cannot be executed while a child of another test has it open.
        use std::os::unix::process::CommandExt;
        let copy = elsewhere.path().join("questfolio");
        assert!(
            Command::new("cp").args([program::BUILT.as_ref(), &*copy]).status().unwrap().success()
        );
        fs::set_permissions(elsewhere.path(), fs::Permissions::from_mode(0o755)).unwrap();
        open_to_all(root.path());
        command = program::command_of(&copy, root.path(), &[]);
        command.uid(65534).gid(65534);
    }
    let program = Program::start(root.path(), command);
    program.wait_for("/now/", "readable");
    let page = program.path(PAGE);
    fs::set_permissions(&page, fs::Permissions::from_mode(0o000)).unwrap();
    program.wait_until_said("`content/pages/now.md` cannot be read");
    assert!(program.get("/now/", "").text().contains("readable"));
    fs::set_permissions(&page, fs::Permissions::from_mode(0o644)).unwrap();
    fs::write(&page, "---\ntitle: Now\n---\n\nagain\n").unwrap();
    program.wait_for("/now/", "again");
    // A whole folder.
    let folder = program.path("content/pages");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).unwrap();
    program.wait_until_said("`content/pages` cannot be read");
    assert!(program.get("/now/", "").text().contains("again"));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(&page, "---\ntitle: Now\n---\n\nat last\n").unwrap();
    program.wait_for("/now/", "at last");
}

fn is_root() -> bool {
    let mine = tempfile::tempdir().unwrap();
    let file = mine.path().join("closed");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    File::open(file).is_ok()
}

fn open_to_all(folder: &Path) {
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let mode = if entry.file_type().is_dir() { 0o777 } else { 0o666 };
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode)).unwrap();
    }
}

#[test]
fn a_folder_that_vanishes_is_told_of_and_may_come_back() {
    let root = program::site(&[PROFILE, (PAGE, "---\ntitle: Now\n---\n\nhere\n")]);
    let site = root.path().join("site");
    fs::create_dir(&site).unwrap();
    fs::rename(root.path().join("content"), site.join("content")).unwrap();
    let cache = root.path().join("cache");
    let program = Program::serve(&site, &["--cache", &cache.to_string_lossy()]);
    program.wait_for("/now/", "here");
    fs::rename(&site, root.path().join("aside")).unwrap();
    program.wait_until_said("there is no folder");
    assert!(program.get("/now/", "").text().contains("here"), "the last good page stays");
    fs::rename(root.path().join("aside"), &site).unwrap();
    let page = program.path(PAGE);
    fs::write(&page, "---\ntitle: Now\n---\n\nback\n").unwrap();
    program.wait_for("/now/", "back");
    fs::write(&page, "---\ntitle: Now\n---\n\nand followed\n").unwrap();
    program.wait_for("/now/", "and followed");
}

#[test]
fn output_and_cache_are_not_watched() {
    for arguments in [&[][..], &["--poll"]] {
        let root = program::site(&[PROFILE, (".git/HEAD", ""), ("node_modules/a.js", "")]);
        let program = Program::serve(root.path(), arguments);
        let before = program.quiet();
        for folder in ["public/a/b", ".questfolio/cache/ab", ".git/objects", "node_modules/x"] {
            let folder = program.path(folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("file.html"), "x").unwrap();
            fs::rename(folder.join("file.html"), folder.join("other.html")).unwrap();
        }
        sleep(Duration::from_millis(1200));
        assert_eq!(program.builds(), before, "{arguments:?}");
    }
}

#[test]
fn without_watches_to_be_had_it_polls_and_says_so_once() {
    let limits = "echo 3 > /proc/sys/user/max_inotify_watches && exec \"$@\"";
    let limited = |program: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", limits, "sh", program]);
        command
    };
    if !limited("true").output().is_ok_and(|it| it.status.success()) {
        // This system has no limits per user; a unit test simulates one.
        return;
    }
    let root = program::site(&[PROFILE, (NOTE, "zero"), (PAGE, "---\ntitle: Now\n---\n")]);
    let plain = program::command(root.path(), &[]);
    let mut command = limited(&plain.get_program().to_string_lossy());
    command.args(plain.get_args()).env("NO_COLOR", "1");
    let program = Program::start(root.path(), command);
    fs::write(program.path(NOTE), "one").unwrap();
    program.wait_for("/note.txt", "one");
    fs::create_dir_all(program.path("static/deep/er")).unwrap();
    fs::write(program.path("static/deep/er/note.txt"), "two").unwrap();
    program.wait_for("/deep/er/note.txt", "two");
    let said = program.said();
    let lines: Vec<_> = said.iter().filter(|it| it.contains("twice a second")).collect();
    assert_eq!(lines.len(), 1, "{said:?}");
    assert!(lines[0].contains("max_user_watches"), "{}", lines[0]);
}

#[test]
fn a_cache_that_is_full_costs_a_warning_and_no_page() {
    let root = program::site(&[PROFILE, (PAGE, "---\ntitle: Now\n---\n\nzero\n")]);
    let cache = root.path().join("full");
    fs::create_dir(&cache).unwrap();
    let fill = "mount -t tmpfs -o size=8k tmpfs \"$1\" && shift && exec \"$@\"";
    let full = |program: &str| {
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", fill, "sh"]);
        command.arg(&cache).arg(program);
        command
    };
    let plain = program::command(root.path(), &["--cache", &cache.to_string_lossy()]);
    // Where mounting is not allowed, a file takes the folder's place.
    let command = if full("true").output().is_ok_and(|it| it.status.success()) {
        let mut command = full(&plain.get_program().to_string_lossy());
        command.args(plain.get_args()).env("NO_COLOR", "1");
        command
    } else {
        fs::remove_dir(&cache).unwrap();
        fs::write(&cache, "").unwrap();
        plain
    };
    let program = Program::start(root.path(), command);
    for turn in ["one", "two", "three"] {
        fs::write(program.path(PAGE), format!("---\ntitle: Page {turn}\n---\n\n{turn}\n")).unwrap();
        program.wait_for("/now/", turn);
    }
    let mistakes = program.mistakes();
    assert_eq!(mistakes.len(), 1, "{:?}", program.said());
    assert!(mistakes[0].starts_with("warning[cache-unusable]"), "{mistakes:?}");
}
