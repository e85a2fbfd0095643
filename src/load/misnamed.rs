//! Content files with names that are never read. They are reported, because ignoring them silently
//! would look like a bug.

use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;

/// Content that is a single file.
const FILES: [&str; 5] = [
    "content/classes.yaml",
    "content/profile.json",
    "content/profile.md",
    "content/profile.yaml",
    "content/skills.yaml",
];

/// Folders of content.
const FOLDERS: [&str; 3] = ["content/pages", "content/posts", "content/profiles"];

/// Common wrong names of folders and files, with the right ones.
const SLIPS: [(&str, &str); 11] = [
    ("content/profile", "content/profiles"),
    ("content/members", "content/profiles"),
    ("content/people", "content/profiles"),
    ("content/page", "content/pages"),
    ("content/post", "content/posts"),
    ("content/blog", "content/posts"),
    ("content/site", "site"),
    ("content/rules", "rules"),
    ("content/guild", "guild"),
    ("content/skill", "content/skills"),
    ("content/class", "content/classes"),
];

/// Folders reserved for later versions.
const LATER: [&str; 2] = ["badges", "quests"];

/// Reports every such file; for a folder, only the folder.
pub(super) fn report(snapshot: &Snapshot, report: &mut Report) {
    let mut said: Option<String> = None;
    for (path, _) in snapshot.below("content") {
        let Some((written, meant)) = meant(path) else {
            if let Some(name) = unread(path).filter(|name| said.as_ref() != Some(name)) {
                report.push(not_read(&name).in_file(path));
                said = Some(name);
            }
            continue;
        };
        if said.as_ref() == Some(&written) {
            continue;
        }
        let help = format!("rename it to `{meant}`");
        let message = format!("`{written}` is not read");
        let is_stray = written.ends_with(".md");
        report.push(if is_stray {
            Diagnostic::warning("misnamed-file", message).in_file(path).help(help)
        } else {
            Diagnostic::error("misnamed-file", message).in_file(path).help(help)
        });
        said = Some(written);
    }
}

/// The folder of a text that is never read, or a data file with an unknown name. Pictures and other
/// files may be anywhere, and so may a README.
fn unread(path: &SitePath) -> Option<String> {
    let is_text = ["json", "md", "yaml"].contains(&path.extension());
    let is_readme = path.stem().eq_ignore_ascii_case("readme");
    let inside = path.strip_prefix("content").filter(|_| is_text && !is_readme)?;
    match inside.split_once('/') {
        None => (path.extension() != "md" && !FILES.contains(&path.as_str()))
            .then(|| path.as_str().to_owned()),
        Some((name, _)) => {
            let folder = format!("content/{name}");
            (!FOLDERS.contains(&folder.as_str())).then(|| format!("{folder}/"))
        }
    }
}

fn not_read(name: &str) -> Diagnostic {
    if let Some(kind) = LATER.into_iter().find(|kind| name == format!("content/{kind}/")) {
        return later(name, &format!("{kind} are only read in profiles"));
    }
    if name.starts_with("content/profile.") {
        return later(name, "translations are not read");
    }
    let is_folder = name.ends_with('/');
    let message = format!("nothing reads {}`{name}`", if is_folder { "the texts in " } else { "" });
    let help = "pages belong in `content/pages/`, posts in `content/posts/`, people in \
                `content/profiles/`; what is not meant to be read begins with `_`";
    let diagnostic = Diagnostic::warning("not-read", message).help(help);
    if is_folder { diagnostic.label("the first of them") } else { diagnostic }
}

fn later(name: &str, instead: &str) -> Diagnostic {
    Diagnostic::warning("not-yet", format!("`{name}` is not read yet"))
        .label(instead)
        .help("keep it for a later version under a name that begins with `_`")
}

/// Whether one of them may be a profile: then the missing profile is not reported as well.
pub(super) fn hide_profile(snapshot: &Snapshot) -> bool {
    let meant = snapshot.below("content").filter_map(|(path, _)| meant(path));
    meant.into_iter().any(|(_, meant)| meant.starts_with("content/profile"))
}

/// The path as written, and the one that was probably meant.
fn meant(path: &SitePath) -> Option<(String, String)> {
    let text = path.as_str();
    let lower = text.to_lowercase();
    let (stem, extension) = lower.rsplit_once('.').unwrap_or((&lower, ""));
    let right = match extension {
        "yml" => format!("{stem}.yaml"),
        "markdown" | "mdown" => format!("{stem}.md"),
        _ => lower.clone(),
    };
    if FILES.contains(&right.as_str()) {
        return (right != text).then(|| (text.to_owned(), right));
    }
    for (slip, meant) in SLIPS {
        match lower.strip_prefix(slip) {
            Some(rest) if rest.starts_with('/') && FOLDERS.contains(&meant) => {
                return Some((format!("{}/", text.get(..slip.len())?), format!("{meant}/")));
            }
            Some(".yaml" | ".yml") => return Some((text.to_owned(), format!("{meant}.yaml"))),
            _ => {}
        }
    }
    let in_other_case = |folder: &&&str| {
        let rest = lower.strip_prefix(**folder).unwrap_or_default();
        rest.starts_with('/') && !text.starts_with(**folder)
    };
    if let Some(folder) = FOLDERS.iter().find(in_other_case) {
        return Some((format!("{}/", text.get(..folder.len())?), format!("{folder}/")));
    }
    in_folder(text, &right)
}

/// A file in a known folder with the wrong extension, or a page outside the folders.
fn in_folder(text: &str, right: &str) -> Option<(String, String)> {
    let (folder, name) =
        text.strip_prefix("content/").map(|it| it.split_once('/').unwrap_or(("", it)))?;
    let end = |text: &str| text.rsplit_once('.').map(|(_, end)| end.to_owned());
    let ending = end(right).filter(|ending| end(text).as_ref() != Some(ending));
    match (folder, ending.as_deref()) {
        ("profiles", Some("yaml" | "md")) | ("pages" | "posts", Some("md")) => {
            let (stem, _) = text.rsplit_once('.')?;
            Some((text.to_owned(), format!("{stem}.{}", ending?)))
        }
        ("", _)
            if right.ends_with(".md")
                && !["about.md", "readme.md"].contains(&&*name.to_lowercase()) =>
        {
            Some((text.to_owned(), format!("content/pages/{name}")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_not_misnamed_and_what_nearly_is_is() {
        let meant = |text: &str| meant(&SitePath::new(text).unwrap()).map(|(_, meant)| meant);
        for right in [
            "content/profile.yaml",
            "content/about.md",
            "content/profiles/ada.yaml",
            "content/profiles/ada/profile.md",
            "content/profile.de.yaml",
            "content/pages/profile.md",
            "content/pages/map.html",
            "content/sites.csv",
            "content/avatar.jpg",
        ] {
            assert_eq!(meant(right), None, "{right}");
        }
        for (written, right) in [
            ("content/profile.yml", "content/profile.yaml"),
            ("content/Profile.yaml", "content/profile.yaml"),
            ("content/profile/ada.yaml", "content/profiles/"),
            ("content/profiles/ada.yml", "content/profiles/ada.yaml"),
            ("content/site.yml", "site.yaml"),
            ("content/skill.yaml", "content/skills.yaml"),
            ("content/pages/a.markdown", "content/pages/a.md"),
            ("content/Blog/a.md", "content/posts/"),
            ("content/Pages/a.md", "content/pages/"),
            ("content/talks.md", "content/pages/talks.md"),
        ] {
            assert_eq!(meant(written).as_deref(), Some(right), "{written}");
        }
    }
}
