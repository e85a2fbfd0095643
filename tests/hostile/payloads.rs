//! Malicious strings: the lists of OWASP and DOMPurify, the Big List of Naughty Strings, path
//! traversal, and some of our own for contexts that only we have.

use serde_json::Value;
use std::path::{Path, PathBuf};

/// The folder of large corpora, if there is one.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("QUESTFOLIO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// For our own contexts: templates, linked data, style attributes, classes, `srcset`.
const OWN: [&str; 26] = [
    "{{ get_env(name=\"HOME\") }}",
    "{% include \"base.html\" %}{{ page | safe }}{# x #}",
    "{{ <radar /> }}",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]></title><script>alert(1)</script>",
    "\u{2028}\u{2029}*/alert(1)//",
    "red;}</style><script>alert(1)</script>",
    "url(//evil.example/x)",
    "1;background:url(//evil.example)",
    "x\" onmouseover=\"alert(1)\" style=\"",
    "x' onmouseover='alert(1)",
    "`onmouseover=alert(1)`",
    "\" srcset=\"//evil.example/a.png 1x, //evil.example/b.png 2w",
    "a, //evil.example/b.png 2w",
    "\u{202e}gpj.exe\u{202c}",
    "//evil.example/",
    "\\\\evil.example\\share",
    "https:\\\\evil.example",
    "https://user:pass@evil.example/",
    "https://evil.example/\"><script>alert(1)</script>",
    "javascript&colon;alert(1)",
    "jav\u{ad}ascript:alert(1)",
    "mailto:a@b.example?body=\"><script>alert(1)</script>",
    "{name} {class} {level} {xp} {next}<b>{missing}</b>",
    "\u{feff}\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}\u{85}\u{b}\u{c}\u{7f}\u{9b}31m\u{1b}]8;;https://evil.example\u{7}x",
];

/// Path traversal, drive letters, devices.
const PATHS: [&str; 16] = [
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "..%252f..%252fetc/passwd",
    "..\\..\\..\\windows\\win.ini",
    "..%c0%af..%c0%afetc/passwd",
    "....//....//etc/passwd",
    "/etc/passwd",
    "/etc/passwd%00.png",
    "file:///etc/passwd",
    "C:\\boot.ini",
    "\\\\?\\C:\\x",
    "CON",
    "aux.md",
    "a/./b/../../c",
    "~root/.ssh/id_rsa",
];

/// All of them. Those in the shared folder come last, if it exists.
pub fn all() -> Vec<String> {
    let lists = [
        include_str!("../fixtures/hostile/owasp.json"),
        include_str!("../fixtures/hostile/dompurify.json"),
        include_str!("../fixtures/hostile/blns.json"),
    ];
    let text = |it: &Value| it.get("payload").unwrap_or(it).as_str().map(str::to_owned);
    let mut all: Vec<String> = OWN.iter().chain(&PATHS).map(|it| (*it).to_owned()).collect();
    for list in lists {
        let list: Vec<Value> = serde_json::from_str(list).expect("the fixture is JSON");
        all.extend(list.iter().filter_map(text));
    }
    assert_eq!(all.len(), 848 + OWN.len() + PATHS.len(), "the lists are whole");
    let climbing = shared().and_then(|it| {
        std::fs::read(it.join("corpora/path-traversal/directory_traversal.txt")).ok()
    });
    match climbing {
        Some(bytes) => all.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned)),
        None => println!("skipped: the long list of climbing paths is not beside the project"),
    }
    all.retain(|it| !it.trim().is_empty() && it.chars().count() < 900);
    all
}
