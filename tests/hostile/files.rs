//! Things other than content in a content folder: links, pipes, devices, names with a special
//! meaning, endless files. Each is reported, and the rest of the site is built.

use crate::support::SiteTest;
use questfolio::diagnostic::Report;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

fn site() -> SiteTest {
    SiteTest::of(&[
        ("site.yaml", "url: https://example.org\n"),
        ("content/profile.yaml", "name: Ada\nskills: { Rust: 8 }\n"),
        ("content/pages/about.md", "# About\n\nText.\n"),
    ])
}

/// Builds, and returns the codes reported. Also asserts that the valid page is there, and no
/// secret.
fn codes(site: &SiteTest) -> BTreeSet<&'static str> {
    let (built, blobs) = site.clean();
    assert!(built.run.outputs.iter().any(|it| it.0.as_str() == "about/index.html"));
    for (path, output) in &built.run.outputs {
        let bytes = output.bytes(path, &blobs, None).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("root:x:0") && !text.contains("TOPSECRET"), "{path}");
    }
    built.report.iter().map(|it| it.code).collect()
}

#[test]
fn links_are_said_and_never_followed() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.md"), "# Secret\n\nTOPSECRET\n").unwrap();
    fs::write(outside.path().join("profile.yaml"), "name: TOPSECRET\n").unwrap();
    let targets = [
        ("content/pages/file.md", outside.path().join("secret.md")),
        ("content/pages/folder", outside.path().to_owned()),
        ("content/pages/relative.md", Path::new("../../site.yaml").to_owned()),
        ("content/pages/dangling.md", Path::new("nowhere").to_owned()),
        ("content/pages/circle", Path::new(".").to_owned()),
        ("content/pages/passwd.md", Path::new("/etc/passwd").to_owned()),
        ("static/passwd.txt", Path::new("/etc/passwd").to_owned()),
        ("templates/secret.html", outside.path().join("secret.md")),
        ("rules.yaml", outside.path().join("profile.yaml")),
    ];
    for (link, target) in &targets {
        let site = site();
        site.write(&format!("{link}.keep/x"), "");
        site.remove(&format!("{link}.keep"));
        symlink(target, site.path().join(link)).unwrap();
        assert!(codes(&site).contains("symlink"), "{link}");
    }
    // A linked folder in place of a whole source folder.
    let site = site();
    site.write("elsewhere/posts/2026-01-01-a.md", "# A\n\nTOPSECRET\n");
    symlink("../elsewhere/posts", site.path().join("content/posts")).unwrap();
    assert!(codes(&site).contains("symlink"));
    let site = SiteTest::of(&[("site.yaml", ""), ("real/profile.yaml", "name: TOPSECRET\n")]);
    symlink("real", site.path().join("content")).unwrap();
    let (built, _) = site.clean();
    assert!(built.report.iter().any(|it| it.code == "symlink"));
    assert!(built.site.profiles.is_empty());
}

#[test]
fn pipes_and_devices_are_never_opened() {
    let site = site();
    let pipe = site.path().join("content/pages/pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let socket = std::os::unix::net::UnixListener::bind(site.path().join("content/pages/s.md"));
    let found = codes(&site);
    assert!(socket.is_ok() && found.contains("special-file"), "{found:?}");
    let device = site.path().join("content/pages/zero.md");
    let made = Command::new("mknod").arg(&device).args(["c", "1", "5"]).output();
    match made.is_ok_and(|it| it.status.success()) {
        true => assert!(codes(&site).contains("special-file")),
        false => println!("skipped: a device cannot be made here"),
    }
}

#[test]
fn files_without_end_cost_little() {
    let site = site();
    for name in ["content/pages/huge.md", "content/pages/huge.yaml", "content/huge.json"] {
        site.write(name, "");
        let file = fs::File::options().write(true).open(site.path().join(name)).unwrap();
        file.set_len(64 << 30).unwrap();
    }
    let started = std::time::Instant::now();
    assert!(codes(&site).contains("file-too-large"));
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn folders_without_end_are_walked() {
    let site = site();
    let deep = format!("content/pages/{}", "d/".repeat(1_200));
    fs::create_dir_all(site.path().join(&deep)).unwrap();
    site.write(&format!("{deep}deep.md"), "# Deep\n\nText.\n");
    let found = codes(&site);
    assert!(found.is_subset(&["path-too-long", "unsound-name"].into()), "{found:?}");
}

/// Names, and what is reported for each: nothing, or one of these codes.
const NAMES: [(&str, &[&str]); 22] = [
    ("a\\b.md", &["unsound-name"]),
    ("a:b.md", &["unsound-name"]),
    ("a\nb.md", &["unsound-name"]),
    ("a\u{1b}[31mb.md", &["unsound-name"]),
    ("a\u{7f}b.md", &["unsound-name"]),
    ("a\u{85}b.md", &["unsound-name"]),
    ("..md", &[]),
    ("...md", &[]),
    ("\u{202e}dm.exe.md", &[]),
    ("CON.md", &[]),
    ("aux.md", &[]),
    ("nul.tar.md", &[]),
    ("index.md", &[]),
    ("404.md", &[]),
    ("posts.md", &[]),
    ("skills.md", &[]),
    ("resume.json.md", &[]),
    ("trailing.md ", &[]),
    ("%2e%2e%2fx.md", &[]),
    ("<script>alert(1)<script>.md", &[]),
    ("{{ x }}.md", &[]),
    ("\u{200b}.md", &["no-address", "bad-name", "bad-slug"]),
];

#[test]
fn names_are_made_harmless_or_refused() {
    for (name, wanted) in NAMES {
        let site = site();
        fs::write(site.path().join("content/pages").join(name), "# Page\n\nText.\n").unwrap();
        let (built, _) = site.clean();
        let found: BTreeSet<&str> = built.report.iter().map(|it| it.code).collect();
        let is_wanted = wanted.is_empty() || wanted.iter().any(|it| found.contains(it));
        assert!(is_wanted, "{name:?}: {found:?}");
        for path in built.run.outputs.keys() {
            let plain = |it: char| it.is_ascii_alphanumeric() || "-_./".contains(it);
            assert!(path.as_str().chars().all(plain), "{name:?}: {path}");
        }
        let printed = questfolio::diagnostic_text::printable(&format!("{:?}", built.report));
        assert!(!printed.contains('\u{1b}'));
    }
    use std::os::unix::ffi::OsStrExt;
    let site = site();
    let name = std::ffi::OsStr::from_bytes(b"a\xff\xfe.md");
    fs::write(site.path().join("content/pages").join(name), "# Page\n").unwrap();
    assert!(codes(&site).contains("unsound-name"));
}

#[test]
fn no_page_takes_anothers_place() {
    let pairs = [
        ("pages/Ada.md", "pages/ada.md"),
        ("pages/caf\u{e9}.md", "pages/cafe\u{301}.md"),
        ("pages/stra\u{df}e.md", "pages/strasse.md"),
        ("pages/\u{212a}elvin.md", "pages/kelvin.md"),
        ("pages/\u{fb01}n.md", "pages/fin.md"),
        ("pages/\u{ff21}da.md", "pages/ada.md"),
        ("pages/a b.md", "pages/a-b.md"),
        ("pages/x/index.md", "pages/x.md"),
        ("posts/2026-01-01-a.md", "posts/2026-02-02-a.md"),
        ("pages/posts/a.md", "posts/2026-02-02-a.md"),
        ("pages/skills/rust.md", "profile.yaml"),
        ("pages/index.md", "pages/sheet.md"),
        ("../static/about", "profile.yaml"),
        ("../static/About/index.html", "profile.yaml"),
        ("../static/assets", "profile.yaml"),
    ];
    for (first, second) in pairs {
        let site = site();
        for path in [first, second] {
            if !path.ends_with(".yaml") {
                site.write(&format!("content/{path}"), "# Page\n\nText.\n");
            }
        }
        let (built, _) = site.clean();
        let found: BTreeSet<&str> = built.report.iter().map(|it| it.code).collect();
        let said = ["duplicate-page", "two-pages-one-path", "bad-slug", "bad-name", "no-address"];
        assert!(said.iter().any(|it| found.contains(it)), "{first} {second}: {found:?}");
        assert!(built.report.has_errors());
    }
}

#[test]
fn aliases_stay_addresses() {
    for alias in [
        "/../x",
        "/.git/config",
        "/.well-known/x",
        "/a/../../b",
        "/a//b",
        "/con",
        "/a/AUX.html",
        "/a.",
        "/a b",
        "/a\\b",
        "/a:b",
        "/<b>",
        "/a\"b",
        "/\u{202e}b",
        "/a%2e",
        "//evil.example",
        "https://x",
        "a",
        "/",
        "",
        "/robots.txt/",
        "/about/",
        "/Index.html",
        "/resume.json/x",
    ] {
        let site = site();
        let front = serde_json::json!({"title": "Page", "aliases": [alias]});
        site.write("content/pages/page.md", format!("---\n{front}\n---\nText.\n"));
        let found = codes(&site);
        let said = ["bad-alias", "two-pages-one-path"];
        assert!(said.iter().any(|it| found.contains(it)), "{alias:?}: {found:?}");
    }
    let site = site();
    site.write(
        "content/pages/page.md",
        "---\naliases: [/old/Page_1.html, /2019/über, /@ada]\n---\n# Page\n",
    );
    assert_eq!(codes(&site), BTreeSet::new());
}

#[test]
fn members_cannot_be_each_other() {
    for (first, second) in [
        ("Ada.yaml", "ada.yaml"),
        ("ada.yaml", "ada/profile.yaml"),
        ("ada.yaml", "ada.json"),
        ("\u{e9}ve.yaml", "e\u{301}ve.yaml"),
        ("kelvin.yaml", "\u{212a}elvin.yaml"),
    ] {
        let site = SiteTest::of(&[("guild.yaml", "name: Guild\n")]);
        for path in [first, second] {
            let text = if path.ends_with("json") { "{\"name\": \"Ada\"}" } else { "name: Ada\n" };
            site.write(&format!("content/profiles/{path}"), text);
        }
        let (built, _) = site.clean();
        let found: BTreeSet<&str> = built.report.iter().map(|it| it.code).collect();
        assert!(found.contains("duplicate-profile"), "{first} {second}: {found:?}");
    }
}

#[test]
fn links_in_the_output_are_replaced_and_never_written_through() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("kept.html"), "kept").unwrap();
    let site = site();
    site.build().ok();
    let public = site.path().join("public");
    fs::remove_file(public.join("index.html")).unwrap();
    symlink(outside.path().join("kept.html"), public.join("index.html")).unwrap();
    fs::remove_dir_all(public.join("about")).unwrap();
    symlink(outside.path(), public.join("about")).unwrap();
    site.write("content/pages/about.md", "# About\n\nOther text.\n");
    site.edit("content/profile.yaml", "Ada", "Ada Okafor");
    let built = site.build();
    let said: Vec<_> = built.report.iter().map(|it| it.code).collect();
    assert_eq!(fs::read_to_string(outside.path().join("kept.html")).unwrap(), "kept", "{said:?}");
    let left: Vec<_> =
        fs::read_dir(outside.path()).unwrap().flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["kept.html"], "{said:?}");
}

#[test]
fn one_bad_file_hides_no_others_mistake() {
    let site = site();
    site.write("content/pages/a.md", b"\xff\xfe\x00broken");
    site.write("content/pages/b.md", "---\ntitle: [\n---\n");
    site.write("content/pages/c.md", "---\ndate: yesterday\n---\n# C\n");
    let mut report = Report::default();
    site.snapshot(&mut report);
    let found = codes(&site);
    for code in ["not-utf8", "yaml-syntax", "bad-date"] {
        assert!(found.contains(code), "{code}: {found:?}");
    }
}
