//! The dev server, as seen by a browser, a malicious client and a busy author.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]

mod serve_client;

use serve_client::{Site, text};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn pages_come_from_memory_with_the_script_added() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head><h1>Ada</h1>");
    site.wait_for("/", "Ada");
    let page = site.get("/", "");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_eq!(page.header("access-control-allow-origin"), None);
    assert_eq!(page.header("cross-origin-resource-policy"), Some("same-origin"));
    let script = page.attribute("src");
    assert!(page.text().contains("<script defer src="));
    let script = site.get(&script, "");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert!(script.text().contains("EventSource"));
    site.write("a.css", "h1 { color: red }");
    site.wait_for("/a.css", "red");
    assert_eq!(site.get("/a.css", "").text(), "h1 { color: red }", "nothing is added to others");
}

#[test]
fn head_etag_and_range() {
    let site = Site::serve("/");
    site.write("a.txt", "0123456789");
    site.wait_for("/a.txt", "0123");
    let whole = site.get("/a.txt", "");
    let etag = whole.header("etag").unwrap();
    let head = site.send("HEAD", "/a.txt", "");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("10"), 0));
    let known = site.get("/a.txt", &format!("If-None-Match: {etag}\r\n"));
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(site.get("/a.txt", "If-None-Match: \"other\"\r\n").status, 200);
    let part = site.get("/a.txt", "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.text()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let beyond = site.get("/a.txt", "Range: bytes=10-\r\n");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
    assert_eq!(site.get("/a.txt", "Range: bytes=0-1,3-4\r\n").text(), "0123456789");
}

#[test]
fn a_base_path_is_where_the_site_begins() {
    let site = Site::serve("/repo/");
    site.write("a/index.html", "<p>welcome");
    site.wait_for("/repo/a/", "welcome");
    for (target, to) in [("/", "/repo/"), ("/repo", "/repo/"), ("/repo/a", "/repo/a/")] {
        let answer = site.get(target, "");
        assert_eq!((answer.status, answer.header("location")), (302, Some(to)), "{target}");
    }
    assert_eq!(site.get("/a/", "").status, 404);
}

#[test]
fn a_missing_page_is_the_sites_own_404() {
    let site = Site::serve("/");
    assert_eq!(site.get("/nothing", "").status, 404);
    site.write("404.html", "<h1>Lost</h1>");
    site.wait_for("/nothing", "Lost");
    assert_eq!(site.get("/nothing", "").status, 404);
    assert!(site.get("/nothing", "").text().contains("data-status=\"404\""));
}

#[test]
fn no_address_leaves_the_site() {
    let site = Site::serve("/");
    fs::write(site.folder().join("secret.txt"), "secret").unwrap();
    for target in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/a/../../secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "//secret.txt",
        "/./../secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/secret.txt::$DATA",
        "/content/../../secret.txt",
        "/.git/config",
        "/@fs/etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "/file:///etc/passwd",
    ] {
        let answer = site.get(target, "");
        assert_eq!(answer.status, 404, "{target}");
        assert!(!answer.text().contains("secret") && !answer.text().contains("root:"), "{target}");
    }
    for target in ["secret.txt", "../secret.txt", "http://localhost/secret.txt", "/ü"] {
        assert_eq!(site.get(target, "").status, 400, "{target}");
    }
}

#[test]
fn other_sites_get_nothing() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head>mine");
    site.wait_for("/", "mine");
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "0.0.0.0", "[::2]"] {
        let answer = site.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.text().contains("mine"));
    }
    assert_eq!(site.raw(b"GET / HTTP/1.1\r\n\r\n").status, 400);
    for host in ["LOCALHOST", "127.0.0.1:1", "[::1]:99", "box.internal"] {
        let answer = site.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        assert_eq!(answer.status, 200, "{host}");
    }
    let page = site.get("/", "");
    for path in [page.attribute("data-events"), page.attribute("src")] {
        for from in ["cross-site", "same-site"] {
            let answer = site.get(&path, &format!("Sec-Fetch-Site: {from}\r\n"));
            assert_eq!(answer.status, 403, "{path} {from}");
        }
    }
}

#[test]
fn nothing_but_reading() {
    let site = Site::serve("/");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH"] {
        let answer = site.send(method, "/", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    // Each of these would crash or block the server behind the gate.
    for (head, status) in [
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", 413),
        (
            "GET / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
            413,
        ),
    ] {
        assert_eq!(site.raw(head.as_bytes()).status, status, "{head:?}");
    }
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1 << 20));
    assert_eq!(site.raw(long.as_bytes()).status, 431);
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(2000));
    assert_eq!(site.raw(many.as_bytes()).status, 431);
    assert_eq!(site.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").status, 400);
    assert_eq!(site.get("/", "").status, 404, "and it lives");
}

#[test]
fn bodies_without_an_end_keep_nobody_out() {
    let site = Site::serve("/");
    site.write("index.html", "honest");
    site.wait_for("/", "honest");
    let start = Instant::now();
    let greedy: Vec<_> = ["Content-Length: 999999999999", "Transfer-Encoding: chunked"]
        .into_iter()
        .cycle()
        .take(40)
        .map(|kind| {
            let mut stream = site.connect();
            let head = format!("POST / HTTP/1.1\r\nHost: localhost\r\n{kind}\r\n\r\n");
            std::thread::spawn(move || {
                stream.write_all(head.as_bytes()).unwrap();
                // Until the other side closes the connection.
                while stream.write_all(&[b'a'; 65536]).is_ok() {}
            })
        })
        .collect();
    for _ in 0..10 {
        let asked = Instant::now();
        assert_eq!(site.get("/", "").status, 200);
        assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    }
    for client in greedy {
        client.join().unwrap();
    }
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn nothing_is_kept_by_browsers() {
    let site = Site::serve("/");
    site.write("a/index.html", "some words");
    site.wait_for("/a/", "some words");
    let etag = site.get("/a/", "").header("etag").unwrap().to_owned();
    for (method, target, headers, status) in [
        ("GET", "/a/", String::new(), 200),
        ("HEAD", "/a/", String::new(), 200),
        ("GET", "/a/", "Range: bytes=0-0\r\n".to_owned(), 206),
        ("GET", "/a/", format!("If-None-Match: {etag}\r\n"), 304),
        ("GET", "/a/", "Range: bytes=9999-\r\n".to_owned(), 416),
        ("GET", "/a", String::new(), 302),
        ("HEAD", "/nothing", String::new(), 404),
        ("PUT", "/a/", String::new(), 405),
    ] {
        let answer = site.send(method, target, &headers);
        assert_eq!((answer.status, answer.header("cache-control")), (status, Some("no-store")));
        assert!(method != "HEAD" || answer.body.is_empty(), "{target}");
    }
}

/// Asserts that other clients still get responses.
fn answers_at_once(site: &Site) {
    for _ in 0..20 {
        let start = Instant::now();
        assert_eq!(site.get("/", "").status, 200);
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

#[test]
fn half_open_connections_keep_nobody_out() {
    let site = Site::serve("/");
    site.write("index.html", "honest");
    site.wait_for("/", "honest");
    let half: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = site.connect();
            // Some are closed at once, because there are too many.
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nX-");
            stream
        })
        .collect();
    answers_at_once(&site);
    drop(half);
    assert_eq!(site.get("/", "").status, 200);
}

#[test]
fn long_answers_that_nobody_reads_keep_nobody_out() {
    let site = Site::serve("/");
    site.write("index.html", "honest");
    site.wait_for("/", "honest");
    // One that fits into socket buffers, and one that must wait for its reader.
    for (name, words) in [("reel.txt", 6_000), ("film.txt", 400_000)] {
        site.write(name, &"a film of many reels ".repeat(words));
        site.wait_for(&format!("/{name}"), "reels");
        let request = format!("GET /{name} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let greedy: Vec<TcpStream> = (0..40)
            .map(|_| {
                let mut stream = site.connect();
                stream.write_all(request.as_bytes()).unwrap();
                stream
            })
            .collect();
        answers_at_once(&site);
        drop(greedy);
    }
}

#[test]
fn streams_that_nobody_reads_keep_nobody_out() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head>one");
    site.wait_for("/", "one");
    let events = site.get("/", "").attribute("data-events");
    let request = format!("GET {events} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let streams: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = site.connect();
            let _ = stream.write_all(request.as_bytes());
            stream
        })
        .collect();
    site.write("index.html", "<head></head>two");
    site.wait_for("/", "two");
    drop(streams);
}

#[test]
fn fifty_open_pages_follow() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head>one");
    site.wait_for("/", "one");
    let events = site.get("/", "").attribute("data-events");
    let mut pages: Vec<_> = (0..50).map(|_| site.listen(&events)).collect();
    for page in &mut pages {
        page.next();
    }
    for text in ["two", "three"] {
        site.write("index.html", &format!("<head></head>{text}"));
        for page in &mut pages {
            assert_eq!(page.next()["changed"], serde_json::json!(["/index.html"]));
        }
        let start = Instant::now();
        assert!(site.get("/", "").text().contains(text));
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

#[test]
fn one_head_may_come_in_many_pieces_but_not_slowly() {
    let site = Site::serve("/");
    site.write("index.html", "patient");
    site.wait_for("/", "patient");
    let mut stream = site.connect();
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" {
        stream.write_all(&[*byte]).unwrap();
        stream.flush().unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let mut slow = site.connect();
    slow.write_all(b"GET / HTTP/1.1\r\n").unwrap();
    let mut answer = String::new();
    slow.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[test]
fn open_pages_hear_of_every_change() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head>one");
    site.wait_for("/", "one");
    let page = site.get("/", "");
    let mut events = site.listen(&page.attribute("data-events"));
    let first = events.next();
    assert_eq!(first["build"], page.attribute("data-build"));
    assert!(first["changed"].is_null());

    site.write("index.html", "<head></head>two");
    let second = events.next();
    assert_eq!(second["changed"], serde_json::json!(["/index.html"]));
    assert_ne!(second["build"], first["build"]);

    fs::remove_file(site.content().join("index.html")).unwrap();
    let third = events.next();
    assert_eq!(third["changed"], serde_json::json!(["/index.html"]));
    assert_eq!(site.get("/", "").status, 404);
}

#[test]
fn a_broken_build_keeps_the_last_good_page_and_says_why() {
    let site = Site::serve("/");
    site.write("index.html", "<head></head>good");
    site.wait_for("/", "good");
    let mut events = site.listen(&site.get("/", "").attribute("data-events"));
    assert_eq!(events.next()["diagnostics"], serde_json::json!([]));
    site.write("index.html", "error: <script>alert(1)</script>");
    let broken = events.next();
    assert_eq!(broken["diagnostics"][0]["message"], "<script>alert(1)</script>");
    assert!(site.get("/", "").text().contains("good"));
    site.write("index.html", "<head></head>good");
    assert_eq!(events.next()["diagnostics"], serde_json::json!([]));
}

#[test]
fn folders_may_go_and_come_back() {
    let site = Site::serve("/");
    site.write("a/b/c.txt", "one");
    site.wait_for("/a/b/c.txt", "one");
    fs::remove_dir_all(site.content()).unwrap();
    site.wait_for_status("/a/b/c.txt", 404);
    site.write("a/b/c.txt", "two");
    site.wait_for("/a/b/c.txt", "two");

    // The root itself.
    let aside = site.folder().with_extension("aside");
    fs::rename(site.folder(), &aside).unwrap();
    site.wait_for_status("/a/b/c.txt", 404);
    fs::create_dir(site.folder()).unwrap();
    site.write("a/b/c.txt", "three");
    site.wait_for("/a/b/c.txt", "three");
    site.write("a/b/c.txt", "four");
    site.wait_for("/a/b/c.txt", "four");
    fs::remove_dir_all(aside).unwrap();
}

#[test]
fn a_storm_is_a_few_builds() {
    let site = Site::serve("/");
    for index in 0..1000 {
        site.write(&format!("{index}.txt"), "x");
    }
    site.wait_for("/999.txt", "x");
    std::thread::sleep(Duration::from_millis(700));
    assert!(site.builds() < 12, "{} builds", site.builds());
    let before = site.builds();
    for entry in fs::read_dir(site.content()).unwrap() {
        fs::read(entry.unwrap().path()).unwrap();
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(site.builds(), before, "reading is no change");
}

#[test]
fn polling_sees_changes_too() {
    let site = Site::poll("/");
    site.write("index.html", "one");
    site.wait_for("/", "one");
    site.write("index.html", "two");
    site.wait_for("/", "two");
}

#[test]
fn a_taken_port_is_somebody_elses() {
    let first = Site::serve("/");
    let second = Site::serve_on("/", first.port());
    assert_ne!(first.port(), second.port());
    let notes = text(&second.notes());
    assert!(notes.contains(&format!("PortTaken {{ wanted: {}", first.port())), "{notes}");
}

const YAML: &str = "# mine\nname: Ada # me\nskills: { Rust: 7 }\n";

/// A site with one sheet, and the values in its page.
fn sheet() -> (Site, Page) {
    let site = Site::serve("/");
    site.write("profile.yaml", YAML);
    let page = Page::open(&site, "");
    (site, page)
}

impl Page {
    fn open(site: &Site, folder: &str) -> Page {
        site.write(&format!("{folder}index.html"), "<head></head>sheet");
        let address = format!("/{folder}");
        site.wait_for(&address, "data-token");
        let page = site.get(&address, "");
        Page {
            token: page.attribute("data-token"),
            private: page.attribute("data-edit"),
            sheet: page.attribute("data-sheet"),
        }
    }
}

struct Page {
    token: String,
    private: String,
    sheet: String,
}

impl Page {
    fn head(&self, site: &Site, name: &str, len: usize) -> String {
        let Page { token, private, sheet } = self;
        let media_type =
            if name == "field" { "application/json" } else { "application/octet-stream" };
        let origin = format!("localhost:{}", site.port());
        format!(
            "POST {private}{name}?page={sheet}&name=cat.png HTTP/1.1\r\nHost: {origin}\r\n\
             Origin: http://{origin}\r\nSec-Fetch-Site: same-origin\r\n\
             X-Questfolio-Token: {token}\r\nContent-Type: {media_type}\r\n\
             Content-Length: {len}\r\n\r\n"
        )
    }

    fn post(&self, site: &Site, name: &str, body: &[u8]) -> serve_client::Answer {
        site.raw(&[self.head(site, name, body.len()).as_bytes(), body].concat())
    }

    fn level(&self, site: &Site, was: &str, value: &str) -> serve_client::Answer {
        let body = serde_json::json!({
            "field": "level", "skill": "rust", "was": was, "value": value
        });
        self.post(site, "field", body.to_string().as_bytes())
    }
}

fn code(answer: &serve_client::Answer) -> String {
    let json: serde_json::Value = serde_json::from_str(answer.text()).unwrap();
    json["diagnostics"][0]["code"].as_str().unwrap_or_default().to_owned()
}

fn profile(site: &Site) -> String {
    fs::read_to_string(site.content().join("profile.yaml")).unwrap()
}

/// The names in `content/`.
fn names(site: &Site) -> Vec<String> {
    let entries = fs::read_dir(site.content()).unwrap();
    let mut names: Vec<String> =
        entries.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![120; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

#[test]
fn a_value_is_written_into_the_profile() {
    let (site, page) = sheet();
    let answer = page.level(&site, "7", "8");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    assert_eq!(profile(&site), YAML.replace("Rust: 7", "Rust: 8"));
    let again = page.level(&site, "7", "9");
    assert_eq!((again.status, code(&again).as_str()), (422, "changed-since"));
    let beyond = page.level(&site, "8", "11");
    assert_eq!((beyond.status, code(&beyond).as_str()), (422, "out-of-range"));
    assert!(beyond.text().contains("\"line\":3"), "{}", beyond.text());
    // A change by the author in between is kept.
    site.write("profile.yaml", "name: Eve\nskills:\n  Rust: 8 # it\n");
    assert_eq!(page.level(&site, "8", "9").status, 200);
    assert_eq!(profile(&site), "name: Eve\nskills:\n  Rust: 9 # it\n");
    assert_eq!(names(&site), ["index.html", "profile.yaml"]);
    for body in ["", "{", "[]", "{\"field\":\"email\",\"was\":\"\",\"value\":\"\"}"] {
        let answer = page.post(&site, "field", body.as_bytes());
        assert_eq!((answer.status, code(&answer).as_str()), (422, "not-taken"), "{body}");
    }
}

#[test]
fn a_portrait_is_written_beside_the_profile() {
    let (site, page) = sheet();
    let portrait = png(40, 30);
    let answer = page.post(&site, "avatar", &portrait);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(fs::read(site.content().join("avatar.png")).unwrap(), portrait);
    assert_eq!(profile(&site), YAML, "it is found by its name");
    let same = page.post(&site, "avatar", &portrait);
    assert!(same.text().contains("\"changed\":false"), "{}", same.text());
    // A picture of another format does not replace it; the profile refers to the new one.
    let gif =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let answer = page.post(&site, "avatar", gif);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(names(&site), ["avatar.gif", "avatar.png", "index.html", "profile.yaml"]);
    // `avatar.gif` sorts before `avatar.png`, so it is found by its name as well.
    assert_eq!(profile(&site), YAML);
    let answer = page.post(&site, "avatar", &png(20, 20));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        profile(&site),
        YAML.replace("# me\n", "# me\nimage: avatar-2.png\n"),
        "an author's file is never replaced by another kind, nor lost"
    );
    assert_eq!(fs::read(site.content().join("avatar.png")).unwrap(), portrait);
}

#[test]
fn in_a_guild_a_portrait_has_its_persons_name() {
    let site = Site::serve("/");
    site.write("profiles/ada.yaml", "name: Ada\nimage: bob.png\n");
    site.write("profiles/bob.png", "his");
    let page = Page::open(&site, "ada/");
    let answer = page.post(&site, "avatar", &png(9, 9));
    assert_eq!(answer.status, 200, "{}", answer.text());
    let read = |name: &str| fs::read(site.content().join("profiles").join(name)).unwrap();
    assert_eq!(read("ada.png"), png(9, 9));
    assert_eq!(read("bob.png"), b"his", "what is another's stays");
    assert_eq!(read("ada.yaml"), b"name: Ada\nimage: ada.png\n");
}

#[test]
fn a_bad_picture_is_refused_before_anything_is_written() {
    let (site, page) = sheet();
    let mut cut = png(200, 200);
    cut.truncate(cut.len() / 2);
    let mut bomb = png(1, 1);
    bomb[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
    for (bytes, status) in [
        (b"just a text".to_vec(), 415),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), 415),
        (Vec::new(), 415),
        (cut, 422),
        (bomb, 413),
    ] {
        let answer = page.post(&site, "avatar", &bytes);
        assert_eq!(answer.status, status, "{}", answer.text());
        assert!(answer.text().contains("cat.png"), "{}", answer.text());
    }
    let start = Instant::now();
    let answer = site.raw(page.head(&site, "avatar", 200_000_000).as_bytes());
    assert_eq!((answer.status, code(&answer).as_str()), (413, "not-taken"));
    assert!(start.elapsed() < Duration::from_secs(2), "nothing is waited for");
    let long = page.post(&site, "field", &[b' '; 5000]);
    assert_eq!(long.status, 413);
    assert_eq!(names(&site), ["index.html", "profile.yaml"]);
    assert_eq!(profile(&site), YAML);
    assert_eq!(site.get("/", "").status, 200, "and it lives");
}

#[test]
fn only_the_page_itself_may_write() {
    let (site, page) = sheet();
    let body = r#"{"field":"level","skill":"rust","was":"7","value":"8"}"#;
    let head = page.head(&site, "field", body.len());
    let port = site.port().to_string();
    for (from, to, status) in [
        (format!("Origin: http://localhost:{port}"), "Origin: http://evil.example".to_owned(), 403),
        (format!("Origin: http://localhost:{port}\r\n"), String::new(), 403),
        ("same-origin".to_owned(), "cross-site".to_owned(), 403),
        (page.token.clone(), "0".repeat(32), 403),
        (format!("X-Questfolio-Token: {}\r\n", page.token), String::new(), 403),
        (format!("Host: localhost:{port}"), "Host: box.internal".to_owned(), 403),
        (format!("Host: localhost:{port}"), "Host: evil.example".to_owned(), 403),
        (format!("Content-Length: {}\r\n", body.len()), String::new(), 411),
        (
            "Content-Length".to_owned(),
            "Transfer-Encoding: chunked\r\nContent-Length".to_owned(),
            411,
        ),
        ("application/json".to_owned(), "text/plain".to_owned(), 415),
        ("POST".to_owned(), "PUT".to_owned(), 405),
        ("field?".to_owned(), "fields?".to_owned(), 405),
        ("index.html".to_owned(), "other.html".to_owned(), 422),
        ("index.html".to_owned(), "..%2findex.html".to_owned(), 422),
    ] {
        assert!(head.contains(&from), "{from}");
        let answer = site.raw(format!("{}{body}", head.replace(&from, &to)).as_bytes());
        assert_eq!(answer.status, status, "{to}");
        assert_eq!(profile(&site), YAML, "{to}");
        match status {
            405 | 421 => {}
            422 => assert_eq!(code(&answer), "no-sheet"),
            _ => assert_eq!(code(&answer), "not-taken"),
        }
    }
    let preflight = site.send("OPTIONS", &format!("{}field", page.private), "");
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (405, None));
    assert_eq!(site.raw(format!("{head}{body}").as_bytes()).status, 200, "and this is right");
}

#[test]
fn a_body_that_never_ends_is_cut_off() {
    let (site, page) = sheet();
    let mut stream = site.connect();
    stream.write_all(page.head(&site, "avatar", 1_000_000).as_bytes()).unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) && stream.write_all(b"x").is_ok() {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(start.elapsed() < Duration::from_secs(10), "it was read for ever");
    let mut left = site.connect();
    left.write_all(page.head(&site, "avatar", 1_000).as_bytes()).unwrap();
    left.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    left.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(names(&site), ["index.html", "profile.yaml"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    use std::os::unix::fs::symlink;
    let (site, page) = sheet();
    let outside = site.folder().with_extension("elsewhere");
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret.png"), "secret").unwrap();
    symlink(outside.join("secret.png"), site.content().join("avatar.png")).unwrap();
    let answer = page.post(&site, "avatar", &png(9, 9));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(fs::read_to_string(outside.join("secret.png")).unwrap(), "secret");
    assert!(site.content().join("avatar.png").is_symlink(), "the link is its author's");
    assert_eq!(fs::read(site.content().join("avatar-2.png")).unwrap(), png(9, 9));

    let real = outside.join("profile.yaml");
    fs::write(&real, YAML).unwrap();
    fs::remove_file(site.content().join("profile.yaml")).unwrap();
    symlink(&real, site.content().join("profile.yaml")).unwrap();
    let answer = page.level(&site, "7", "8");
    assert_eq!((answer.status, code(&answer).as_str()), (422, "unreadable-file"));
    assert_eq!(fs::read_to_string(&real).unwrap(), YAML);

    fs::rename(site.content(), outside.join("content")).unwrap();
    symlink(outside.join("content"), site.content()).unwrap();
    fs::remove_file(outside.join("content/profile.yaml")).unwrap();
    fs::write(outside.join("content/profile.yaml"), YAML).unwrap();
    let answer = page.level(&site, "7", "8");
    assert_eq!((answer.status, code(&answer).as_str()), (422, "symlink"));
    assert_eq!(fs::read_to_string(outside.join("content/profile.yaml")).unwrap(), YAML);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let (site, page) = sheet();
    let permit = |mode| {
        fs::set_permissions(site.content(), fs::Permissions::from_mode(mode)).unwrap();
    };
    permit(0o555);
    // Root may write everywhere.
    if fs::write(site.content().join("probe"), "").is_err() {
        for answer in [page.level(&site, "7", "8"), page.post(&site, "avatar", &png(9, 9))] {
            assert_eq!((answer.status, code(&answer).as_str()), (500, "cannot-write"));
        }
        assert_eq!(profile(&site), YAML);
    }
    permit(0o755);
    fs::remove_dir_all(site.content()).unwrap();
    let answer = page.level(&site, "7", "8");
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert_eq!(site.get("/nothing", "").status, 404, "and it lives");
}
