//! The work for a file grows with its length and not faster, whatever it is made of. How much it is
//! in a release build, `scripts/bounds` measures.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test measures itself")]

#[path = "../markdown/constructs.rs"]
mod constructs;
mod content;
mod data;
mod markdown;
mod measure;
#[path = "../markdown/site.rs"]
#[expect(dead_code, reason = "of the site, pages are enough here")]
mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of a site.
type Files = BTreeMap<String, String>;

/// What makes a site in which something is repeated, for about so many bytes; with its name.
type Repeated = (String, Box<dyn Fn(usize) -> Files>);

/// Bytes of a file that `scripts/bounds` measures: nearly as many as one may have.
const MOST: usize = 250_000;

/// `scripts/bounds` measures sites of about this length. With `BOUNDS_SITES` it has each of them
/// written into a folder of its own, its name beside it.
#[test]
fn each_site_is_about_as_long_as_it_is_asked_to_be() {
    let out = std::env::var_os("BOUNDS_SITES").map(PathBuf::from);
    let length = if out.is_some() { MOST } else { MOST / 25 };
    let sites = [markdown::sites(), data::sites(), content::sites()];
    for (index, (name, make)) in sites.into_iter().flatten().enumerate() {
        let files = make(length);
        let longest = files.values().map(String::len).max().unwrap_or_default();
        assert!((length / 2..length * 6 / 5).contains(&longest), "{name}: {longest} bytes");
        if let Some(out) = &out {
            write(&out.join(format!("{index:04}")), &name, &files);
        }
    }
}

fn write(folder: &Path, name: &str, files: &Files) {
    for (path, text) in files {
        let file = folder.join("site").join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }
    std::fs::write(folder.join("name"), name).expect("a file");
}
