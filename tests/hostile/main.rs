//! Security tests of the whole pipeline: anything that people may write or put into content.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "tests read their fixtures and say what they skip"
)]

#[cfg(unix)]
mod files;
mod filled;
mod links;
mod lint;
mod outputs;
mod payloads;
mod privacy;
mod strict_html;
#[path = "../support/mod.rs"]
mod support;

use filled::Files;
use questfolio::path::SitePath;
use std::collections::BTreeMap;
use std::path::Path;

/// Checks every output of this site, whatever mistakes the site has.
fn hold(files: &Files, what: &str) {
    let (built, outputs) = files.build();
    let said: Vec<_> = built.report.iter().map(|it| (it.code, &it.message)).take(5).collect();
    assert!(!built.site.profiles.is_empty(), "{what}: there is somebody: {said:?}");
    for it in &built.report {
        assert!(!["task-panicked", "markdown-failed"].contains(&it.code), "{what}: {it:?}");
    }
    keep(&outputs, what);
    let wrong: Vec<String> = outputs
        .iter()
        .filter_map(|(path, bytes)| Some((path, outputs::check(path, bytes).err()?)))
        .map(|(path, wrong)| format!("{what}: {path}: {wrong}"))
        .collect();
    let first = wrong[..wrong.len().min(40)].join("\n");
    assert!(wrong.is_empty(), "{} of {} outputs:\n{first}", wrong.len(), outputs.len());
    let as_text = |(path, bytes): (&String, &Vec<u8>)| {
        Some((SitePath::new(path.as_str())?, String::from_utf8(bytes.clone()).ok()?))
    };
    let paths: Vec<SitePath> = outputs.keys().filter_map(|it| SitePath::new(it.as_str())).collect();
    let looked =
        questfolio::check::site(&built.site, &outputs.iter().filter_map(as_text).collect(), &paths);
    for it in &looked {
        let harmful = ["dead-link", "dead-anchor", "duplicate-id", "foreign-request"];
        assert!(!harmful.contains(&it.code), "{what}: {it:?}");
    }
    for profile in built.site.profiles.values() {
        let is_sheet = |path: &&str| outputs.contains_key(*path);
        let path = format!("profiles/{}/index.html", profile.slug);
        let path = [path.as_str(), "index.html"].into_iter().find(is_sheet).unwrap();
        outputs::check_linked_data(&outputs[path], profile);
    }
}

/// Writes the outputs to `HOSTILE_OUT`, for other checkers.
fn keep(outputs: &BTreeMap<String, Vec<u8>>, what: &str) {
    let Some(folder) = std::env::var_os("HOSTILE_OUT") else { return };
    for (path, bytes) in outputs {
        let file = Path::new(&folder).join(what).join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

#[test]
fn no_payload_comes_alive_in_a_guild() {
    let payloads = payloads::all();
    hold(&filled::guild(&payloads), "guild");
}

#[test]
fn no_payload_comes_alive_in_a_site_of_one() {
    // The guild tests every payload; what differs here is the frame: titles, feeds, the front page.
    let step = if std::env::var_os("HOSTILE_OUT").is_some() { 1 } else { 8 };
    let payloads = payloads::all();
    for (index, part) in filled::parts(&payloads, 16).into_iter().enumerate().step_by(step) {
        hold(&filled::solo(part), &format!("solo-{index}"));
    }
}
