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
use std::path::PathBuf;

/// The files of a site.
type Files = BTreeMap<String, String>;

/// What makes a site in which something is repeated, for about so many bytes; with its name.
type Repeated = (String, Box<dyn Fn(usize) -> Files>);

/// Bytes of a file that `scripts/bounds` measures: nearly as many as one may have.
const MOST: usize = 250_000;

/// Writes each site into a folder of its own, with its name beside it.
#[test]
#[ignore = "scripts/bounds asks for it, and says where"]
fn sites_for_scripts_bounds() {
    let out = PathBuf::from(std::env::var_os("BOUNDS_SITES").expect("a folder"));
    let sites = [markdown::sites(), data::sites(), content::sites()];
    for (index, (name, make)) in sites.into_iter().flatten().enumerate() {
        let folder = out.join(format!("{index:04}"));
        for (path, text) in make(MOST) {
            let file = folder.join("site").join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        std::fs::write(folder.join("name"), name).expect("a file");
    }
}
