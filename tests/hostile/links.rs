//! Where links in content may lead, and what they may publish.

use crate::filled::Files;
use crate::strict_html;
use std::collections::{BTreeMap, BTreeSet};

fn site(text: &str) -> Files {
    let mut files = Files::default();
    files.put("site.yaml", "markdown: {}\n");
    files.put("rules.yaml", "{}\n");
    files.put("content/profile.yaml", "name: Ada\nskills: { Rust: 8 }\n");
    files.put("content/pages/about.md", "# About\n\n## Here\n\nText.\n");
    files.put("content/pages/deep/under.md", format!("# Under\n\n{text}\n"));
    for kind in [
        "pdf", "txt", "html", "htm", "xhtml", "svg", "xml", "js", "css", "html.gz", "tar.gz",
        "svgz", "yaml",
    ] {
        files.put(format!("content/pages/deep/file.{kind}"), "x");
        files.put(format!("static/file.{kind}"), "x");
    }
    files
}

/// The links on the page, and every output.
fn led(text: &str) -> (Vec<String>, BTreeSet<String>, BTreeMap<String, Vec<u8>>) {
    let (built, outputs) = site(text).build();
    let page = outputs.get("deep/under/index.html").expect("the page is there");
    let page = std::str::from_utf8(page).unwrap();
    let start = page.find("<article").expect("the theme puts texts there");
    let end = page.find("</article>").expect("the article ends") + "</article>".len();
    let links = strict_html::read(&page[start..end]).unwrap().links;
    let codes = built.report.iter().map(|it| it.code.to_owned()).collect();
    (links, codes, outputs)
}

#[test]
fn links_that_leave_or_hide_lead_nowhere() {
    let long = format!("../about.md?{}", "x".repeat(4_000));
    let longer = "../".repeat(5_000);
    for target in [
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "///evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "http:\\\\evil.example",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:x",
        "about:blank",
        "ftp://a.example",
        "view-source:x",
        "ws://a.example",
        "../../../../etc/passwd",
        "/../etc/passwd",
        "/%2e%2e/etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2f..%2fsite.yaml",
        "../../../site.yaml",
        "../../../rules.yaml",
        "../../profile.yaml",
        "../../../static/file.txt",
        "%00",
        "file.pdf%00.html",
        "%ff",
        "%",
        "%zz",
        ".",
        "..",
        "./",
        "//",
        "/nowhere",
        "profile:../../x",
        "profile:%2e%2e",
        "profile:",
        "skill:",
        "skill:nobody",
        "profile://evil.example",
        "file.html",
        "file.htm",
        "file.xhtml",
        "file.svg",
        "file.xml",
        "file.js",
        "file.css",
        "file.html.gz",
        "file.svgz",
        "file.yaml",
        "file.HTML",
        "file.pdf/../file.html",
        "under.md/../file.svg",
        "https://user:pass@evil.example/",
        "https://evil.example:99999/",
        "https://0x7f.1/",
        "https://[::1]/",
        "mailto:nobody",
        &long,
        &longer,
    ] {
        let (links, codes, outputs) = led(&format!("[x](<{target}>)"));
        assert!(links.is_empty(), "{target}: {links:?}");
        assert!(!codes.is_empty(), "{target}: nothing was said");
        let extra: Vec<_> = outputs.keys().filter(|it| it.starts_with("files/")).collect();
        assert!(extra.is_empty(), "{target}: {extra:?}");
    }
}

#[test]
fn links_that_are_sound_lead_there() {
    for (target, wanted) in [
        ("../about.md", "/base/about/"),
        ("../about.md#here", "/base/about/#s-here"),
        ("/about/", "/base/about/"),
        ("/about", "/base/about/"),
        ("%75nder.md", "/base/deep/under/"),
        ("./../about.md", "/base/about/"),
        ("/", "/base/"),
        ("file.pdf", "/base/files/pages/deep/file.pdf"),
        ("file.tar.gz", "/base/files/pages/deep/file.tar.gz"),
        ("/file.html", "/base/file.html"),
        ("/file.svg", "/base/file.svg"),
        ("skill:Rust", "/base/skills/rust/"),
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
    ] {
        let (links, codes, outputs) = led(&format!("[x](<{target}>)"));
        assert_eq!(links, [wanted], "{target}: {codes:?}");
        assert!(!codes.contains("broken-link"));
        if let Some(file) = wanted.strip_prefix("/base/files/") {
            assert!(outputs.contains_key(&format!("files/{file}")));
        }
    }
}
