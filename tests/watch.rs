//! The watcher with editors, Git and file systems: each test makes the same system calls.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]
#![allow(clippy::disallowed_types, reason = "sed and git are the real ones")]

mod serve_client;

use serve_client::Site;
use serve_client::program::{self, Program};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

const PROFILE: (&str, &str) = ("content/profile.yaml", "name: Ada\nskills: { Rust: 7 }\n");
const PAGE: &str = "content/pages/now.md";
const NOTE: &str = "static/note.txt";

/// Long enough for a build to start, if there were a reason.
const MOMENT: Duration = Duration::from_millis(120);

fn beside(file: &Path, name: impl AsRef<OsStr>) -> PathBuf {
    file.with_file_name(name)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// The files Vim keeps beside a file while it is open.
fn vim_opens(file: &Path) -> PathBuf {
    let swap = beside(file, format!(".{}.swp", name(file)));
    // Vim tests whether names of this length are possible, and removes the file again.
    let probe = beside(file, format!(".{}.swx", name(file)));
    fs::write(&probe, "").unwrap();
    fs::write(&swap, "b0VIM 9.0").unwrap();
    fs::remove_file(probe).unwrap();
    fs::write(&swap, "b0VIM 9.0 and more").unwrap();
    swap
}

/// `backupcopy=auto` and `no`: Vim tests whether it can create a file here, moves the old one away
/// and writes a new one.
fn vim_renaming(file: &Path, text: &str) {
    let swap = vim_opens(file);
    sleep(MOMENT);
    let probe = beside(file, "4913");
    fs::write(&probe, "").unwrap();
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o644)).unwrap();
    fs::remove_file(probe).unwrap();
    let backup = beside(file, format!("{}~", name(file)));
    fs::rename(file, &backup).unwrap();
    let mut new = File::create(file).unwrap();
    new.write_all(text.as_bytes()).unwrap();
    new.sync_all().unwrap();
    drop(new);
    fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    fs::remove_file(backup).unwrap();
    fs::remove_file(swap).unwrap();
}

/// `backupcopy=yes`: Vim makes a copy and writes the file itself.
fn vim_copying(file: &Path, text: &str) {
    let swap = vim_opens(file);
    let backup = beside(file, format!("{}~", name(file)));
    fs::copy(file, &backup).unwrap();
    in_place(file, text);
    fs::remove_file(backup).unwrap();
    fs::remove_file(swap).unwrap();
}

/// VS Code and nano: the file is truncated and written.
fn in_place(file: &Path, text: &str) {
    let mut file = OpenOptions::new().write(true).truncate(true).open(file).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.sync_all().unwrap();
}

/// nano with `set backup`: a copy with a tilde is kept.
fn nano(file: &Path, text: &str) {
    let lock = beside(file, format!(".{}.swp", name(file)));
    fs::write(&lock, "nano").unwrap();
    fs::copy(file, beside(file, format!("{}~", name(file)))).unwrap();
    in_place(file, text);
    fs::remove_file(lock).unwrap();
}

/// JetBrains' safe write.
fn jetbrains(file: &Path, text: &str) {
    let new = beside(file, format!("{}___jb_tmp___", name(file)));
    let old = beside(file, format!("{}___jb_old___", name(file)));
    fs::write(&new, text).unwrap();
    fs::rename(file, &old).unwrap();
    fs::rename(&new, file).unwrap();
    fs::remove_file(old).unwrap();
}

/// Emacs: a lock (a dangling link), an auto-save file, and a backup that is kept.
fn emacs(file: &Path, text: &str) {
    let lock = beside(file, format!(".#{}", name(file)));
    let saved = beside(file, format!("#{}#", name(file)));
    symlink("ada@box.4711:1790000000", &lock).unwrap();
    fs::write(&saved, "half a word").unwrap();
    sleep(MOMENT);
    fs::rename(file, beside(file, format!("{}~", name(file)))).unwrap();
    let mut new = OpenOptions::new().write(true).create_new(true).open(file).unwrap();
    new.write_all(text.as_bytes()).unwrap();
    new.sync_all().unwrap();
    drop(new);
    fs::remove_file(lock).unwrap();
    fs::remove_file(saved).unwrap();
}

/// gedit and other programs that write through GLib.
fn gnome(file: &Path, text: &str) {
    let new = beside(file, ".goutputstream-X7K2Q3");
    fs::write(&new, text).unwrap();
    fs::set_permissions(&new, fs::Permissions::from_mode(0o644)).unwrap();
    fs::rename(new, file).unwrap();
}

/// `sed -i`.
fn sed(file: &Path, text: &str) {
    let script = format!("1,$c\\\n{}", text.trim_end().replace('\n', "\\\n"));
    assert!(Command::new("sed").arg("-i").arg(script).arg(file).status().unwrap().success());
}

/// Kate, Sublime's `atomic_save` and most programs: a new file, renamed.
fn renaming(file: &Path, text: &str) {
    let new = beside(file, format!("{}.tmp", name(file)));
    fs::write(&new, text).unwrap();
    fs::rename(new, file).unwrap();
}

type Save = fn(&Path, &str);

const EDITORS: [(&str, Save); 9] = [
    ("vim, renaming", vim_renaming),
    ("vim, copying", vim_copying),
    ("vs code", in_place),
    ("nano", nano),
    ("jetbrains", jetbrains),
    ("emacs", emacs),
    ("gnome", gnome),
    ("sed", sed),
    ("another file's name", renaming),
];

#[test]
fn every_editor_is_seen_and_what_it_leaves_is_not() {
    let root =
        program::site(&[PROFILE, (PAGE, "---\ntitle: Now\n---\n\nzero\n"), (NOTE, "zero\n")]);
    let program = Program::serve(root.path(), &[]);
    for (editor, save) in EDITORS {
        for (file, address) in [(PAGE, "/now/"), (NOTE, "/note.txt")] {
            let before = program.quiet();
            let words = format!("By {editor}.");
            let text = match file {
                PAGE => format!("---\ntitle: Now\n---\n\n{words}\n"),
                _ => format!("{words}\n"),
            };
            save(&program.path(file), &text);
            program.wait_for(address, &words);
            let builds = program.quiet() - before;
            // Files put beside it first may cause a build; the save itself causes one or two.
            assert!(builds <= 4, "{editor}: {builds} builds for {file}");
            assert_eq!(program.mistakes(), Vec::<String>::new(), "{editor}");
            for litter in ["note.txt~", ".note.txt.swp", "%23note.txt%23", "4913"] {
                assert_eq!(
                    program.get(&format!("/{litter}"), "").status,
                    404,
                    "{editor}: {litter}"
                );
            }
        }
    }
}

#[test]
fn a_plain_save_is_one_build() {
    let site = Site::serve("/");
    site.write("a.txt", "zero");
    site.wait_for("/a.txt", "zero");
    for (turn, save) in [in_place as Save, gnome, in_place, gnome].into_iter().enumerate() {
        sleep(MOMENT);
        let before = site.builds();
        save(&site.content().join("a.txt"), &format!("turn {turn}"));
        site.wait_for("/a.txt", &format!("turn {turn}"));
        sleep(MOMENT);
        assert_eq!(site.builds() - before, 1, "turn {turn}");
    }
}

#[test]
fn files_come_and_go() {
    let root = program::site(&[PROFILE]);
    let program = Program::serve(root.path(), &[]);
    for (turn, page) in ["one", "two", "three"].into_iter().enumerate() {
        let folder = program.path(&format!("content/pages/{page}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.md"), format!("---\ntitle: Page {page}\n---\n")).unwrap();
        program.wait_for(&format!("/{page}/"), &format!("Page {page}"));
        if turn > 0 {
            fs::remove_dir_all(folder).unwrap();
            program.wait_for_status(&format!("/{page}/"), 404);
        }
    }
    assert_eq!(program.get("/one/", "").status, 200);
    assert_eq!(program.mistakes(), Vec::<String>::new());
}

#[test]
fn a_storm_of_renames_ends_where_the_disk_does() {
    let site = Site::serve("/");
    for index in 0..50 {
        site.write(&format!("{index}.txt"), &format!("file {index}"));
    }
    site.wait_for("/49.txt", "file 49");
    sleep(Duration::from_millis(600));
    let (before, begun) = (site.builds(), Instant::now());
    let path = |folder: &str, name: &str| site.content().join(folder).join(name);
    fs::create_dir(site.content().join("aside")).unwrap();
    for round in 0..20 {
        let (from, to) = if round % 2 == 0 { ("", "aside") } else { ("aside", "") };
        for index in 0..50 {
            let name = format!("{index}.txt");
            fs::rename(path(from, &name), path(to, &name)).unwrap();
        }
    }
    fs::rename(path("", "7.txt"), path("", "seven.txt")).unwrap();
    fs::rename(site.content().join("aside"), site.content().join("else")).unwrap();
    let took = begun.elapsed();
    site.wait_for("/seven.txt", "file 7");
    site.wait_for_status("/7.txt", 404);
    sleep(Duration::from_millis(600));
    let allowed = 3 + took.as_millis() as usize / 500;
    assert!(site.builds() - before <= allowed, "{} builds", site.builds() - before);
    for index in (0..50).filter(|index| *index != 7) {
        assert_eq!(site.get(&format!("/{index}.txt"), "").text(), format!("file {index}"));
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args([
            "-c",
            "user.name=Ada",
            "-c",
            "user.email=ada@example.org",
            "-c",
            "core.autocrlf=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .status();
    assert!(status.unwrap().success(), "git {arguments:?}");
}

#[test]
fn a_checkout_that_swaps_a_thousand_files_is_one_build_or_two() {
    let site = Site::serve("/");
    git(site.folder(), &["init", "--quiet", "--initial-branch", "one"]);
    for branch in ["one", "two"] {
        if branch == "two" {
            git(site.folder(), &["switch", "--quiet", "--create", "two"]);
        }
        for index in 0..1000 {
            site.write(&format!("{}/{index}.txt", index % 20), &format!("{branch} {index}"));
        }
        site.write(&format!("only-{branch}.txt"), branch);
        git(site.folder(), &["add", "."]);
        git(site.folder(), &["commit", "--quiet", "--message", branch]);
    }
    site.wait_for("/19/999.txt", "two 999");
    for branch in ["one", "two"] {
        sleep(Duration::from_millis(700));
        let (before, begun) = (site.builds(), Instant::now());
        git(site.folder(), &["switch", "--quiet", branch]);
        let took = begun.elapsed();
        site.wait_for("/19/999.txt", branch);
        sleep(Duration::from_millis(700));
        // A batch lasts half a second at most; on a busy machine, Git takes longer.
        let allowed = 2 + took.as_millis() as usize / 500;
        let builds = site.builds() - before;
        assert!(builds <= allowed, "{builds} builds, and git took {took:?}");
        for index in (0..1000).step_by(37) {
            let answer = site.get(&format!("/{}/{index}.txt", index % 20), "");
            assert_eq!(answer.text(), format!("{branch} {index}"));
        }
        let status = if branch == "two" { 200 } else { 404 };
        assert_eq!(site.get("/only-two.txt", "").status, status, "a file came or went");
    }
}

#[test]
fn a_file_that_is_half_written_is_waited_for() {
    let root = program::site(&[PROFILE]);
    let program = Program::serve(root.path(), &[]);
    let file = program.path("content/profile.yaml");
    for turn in 0..10 {
        program.quiet();
        let before = program.mistakes().len();
        let mut open = OpenOptions::new().write(true).truncate(true).open(&file).unwrap();
        open.write_all(b"name: Ada\nlabel: \"Turn").unwrap();
        let begun = Instant::now();
        sleep(Duration::from_millis(30));
        writeln!(open, " {turn}\"").unwrap();
        drop(open);
        // On a busy machine, sleeping takes longer.
        if begun.elapsed() > Duration::from_millis(40) {
            continue;
        }
        program.wait_for("/", &format!("Turn {turn}"));
        assert_eq!(program.mistakes().len(), before, "{:?}", program.mistakes());
        return;
    }
    panic!("the machine is too busy to tell");
}

/// As after `cp -p` and `rsync -t`.
#[test]
fn a_file_of_equal_length_and_date_is_seen() {
    const FILM: &str = "static/film.bin";
    let root = program::site(&[PROFILE, (FILM, "zero")]);
    for arguments in [&[] as &[&str], &["--poll"]] {
        let program = Program::serve(root.path(), arguments);
        let modified = fs::metadata(program.path(FILM)).unwrap().modified().unwrap();
        for text in ["take", "zero"] {
            fs::write(program.path("film.new"), text).unwrap();
            let new = File::options().write(true).open(program.path("film.new")).unwrap();
            new.set_modified(modified).unwrap();
            fs::rename(program.path("film.new"), program.path(FILM)).unwrap();
            program.wait_for("/film.bin", text);
        }
    }
}

#[test]
fn polling_follows_every_editor_too() {
    let root = program::site(&[PROFILE, (NOTE, "zero\n")]);
    let program = Program::serve(root.path(), &["--poll"]);
    for (editor, save) in EDITORS {
        save(&program.path(NOTE), &format!("By {editor}.\n"));
        program.wait_for("/note.txt", editor);
    }
    assert_eq!(program.mistakes(), Vec::<String>::new());
}
