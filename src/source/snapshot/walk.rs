//! Walks a site's folder: finds its files, and reports what is not followed or cannot be read.
//!
//! Edge: reads the site's folder.

use super::file::{Content, File, Unread};
use crate::diagnostic::{Diagnostic, Report, Result, reason};
use crate::file::{self, OnDisk, Stamp};
use crate::path::{SitePath, shell_word};
use crate::span::Span;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs::{FileType, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use walkdir::{DirEntry, WalkDir};

/// Files read in a site's root; other files there are ignored.
const ROOT_FILES: [&str; 3] = ["site.yaml", "rules.yaml", "guild.yaml"];
/// Folders that contain the author's sources.
pub const SOURCES: [&str; 6] = ["content", "templates", "static", "themes", "i18n", "fonts"];

/// Pictures in the root, by name without extension.
const ROOT_PICTURES: [&str; 2] = ["crest", "og"];

/// Extensions of files held in memory: text that is parsed. Other files are read when they are
/// needed.
const HELD: [&str; 12] =
    ["yaml", "yml", "json", "md", "html", "xml", "css", "js", "svg", "txt", "csv", "webmanifest"];

/// The maximum length of a held file, in bytes.
const MAX_HELD: u64 = 1024 * 1024;

/// Names that operating systems and tools leave in any folder.
const LITTER: [&str; 4] = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// A file that was found but not read yet.
struct Found {
    path: SitePath,
    on_disk: PathBuf,
    metadata: Metadata,
}

/// Every file of the site at `root`, read, and the entries that are not files. Unchanged files are
/// taken from `earlier`. `None` if `is_cancelled` became true meanwhile.
pub(super) fn files(
    root: &Path,
    earlier: &BTreeMap<SitePath, File>,
    report: &mut Report,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<(BTreeMap<SitePath, File>, BTreeMap<SitePath, Unread>)> {
    let mut said = Report::default();
    let files = read_all(root, earlier, &mut said, is_cancelled)?;
    let unread = said.iter().filter_map(unread).collect();
    report.extend(said);
    Some((files, unread))
}

/// The current state of one file of an earlier snapshot, if it is still a file.
pub(super) fn reread(root: &Path, path: &SitePath, earlier: &File) -> Option<File> {
    let on_disk = root.join(path.as_str());
    let is_folder = |folder: SitePath| {
        root.join(folder.as_str()).symlink_metadata().is_ok_and(|it| it.is_dir())
    };
    let metadata = on_disk.symlink_metadata().ok().filter(Metadata::is_file)?;
    if !path.ancestors().all(is_folder) {
        return None;
    }
    read(&Found { path: path.clone(), on_disk, metadata }, Some(earlier)).ok()
}

/// Whether a path outside the snapshot still does not belong to the site: nothing exists there, or
/// its name is never read.
pub(super) fn is_foreign(root: &Path, path: &SitePath) -> bool {
    let mut names = path.as_str().split('/');
    let top = names.next().unwrap_or_default();
    let is_ours = ROOT_FILES.contains(&path.as_str())
        || SOURCES.contains(&top)
        || (path.as_str() == top && is_picture_of_root(top));
    let is_left_out = |name: &str| is_litter(name) || (top == "content" && is_hidden(name));
    !is_ours || names.any(is_left_out) || root.join(path.as_str()).symlink_metadata().is_err()
}

/// The path of a diagnostic that explains why an entry is not a file, with the reason.
fn unread(said: &Diagnostic) -> Option<(SitePath, Unread)> {
    let why = match said.code {
        "symlink" => Unread::Link,
        "special-file" => Unread::Special,
        "unreadable-file" => Unread::Denied,
        _ => return None,
    };
    Some((said.at.as_ref()?.file.clone(), why))
}

fn read_all(
    root: &Path,
    earlier: &BTreeMap<SitePath, File>,
    report: &mut Report,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<BTreeMap<SitePath, File>> {
    if let Err(err) = std::fs::read_dir(root) {
        let diagnostic = Diagnostic::error("no-such-folder", unreadable(root, &err))
            .help("give the folder of a site; `questfolio new` makes one");
        report.push(diagnostic);
        return Some(BTreeMap::new());
    }
    let found = find(root, report, is_cancelled)?;
    report_misnamed(root, report);
    if !found.iter().any(|it| makes_site(&it.path)) {
        let message =
            format!("`{}` is not a site: it has neither `site.yaml` nor content", root.display());
        report.push(Diagnostic::error("no-site", message).help(way_out(root)));
    }
    let read: Option<Vec<(SitePath, Result<File>)>> = found
        .into_par_iter()
        .map(|found| {
            let file = read(&found, earlier.get(&found.path));
            (!is_cancelled()).then_some((found.path, file))
        })
        .collect();
    Some(read?.into_iter().filter_map(|(path, file)| Some((path, report.ok(file)?))).collect())
}

/// A hint where the site is: in a folder above, if a command was run in `content/`.
fn way_out(root: &Path) -> String {
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let is_site = |folder: &&Path| {
        let signs = ["site.yaml", "guild.yaml", "content/profile.yaml", "content/profile.md"];
        signs.iter().any(|sign| folder.join(sign).is_file())
    };
    match whole.ancestors().skip(1).find(is_site) {
        Some(site) => format!("it is inside the site `{}`: use that folder", site.display()),
        None if root == Path::new(".") => "`questfolio new` writes one".to_owned(),
        None => format!("`questfolio new {}` writes one", shell_word(&root.to_string_lossy())),
    }
}

/// Whether a folder that contains this file is a site.
pub(super) fn makes_site(path: &SitePath) -> bool {
    ROOT_FILES.contains(&path.as_str()) || path.strip_prefix("content").is_some()
}

fn find(
    root: &Path,
    report: &mut Report,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<Found>> {
    let mut found = Vec::new();
    let tops = ROOT_FILES.iter().chain(&SOURCES).map(|name| (*name).to_owned());
    for name in tops.chain(pictures_of_root(root)) {
        let top = root.join(&name);
        if std::fs::symlink_metadata(&top).is_err() {
            continue;
        }
        let walk = WalkDir::new(&top).follow_links(false).follow_root_links(false);
        let entries = walk.sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|entry| is_read(entry, name == "content")) {
            if is_cancelled() {
                return None;
            }
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if !SOURCES.contains(&name.as_str()) {
                        let what = kind_of(entry.file_type());
                        report.push(not_a_file(root, entry.path(), what));
                        break;
                    }
                }
                Ok(entry) => found.extend(report.ok(examine(root, &entry))),
                Err(err) => report.push(unreadable_entry(root, &err)),
            }
        }
    }
    Some(found)
}

/// Names in the root that are similar to those of a site's files: `site.yml`, `contents/`,
/// `profile.yaml`. Only warned about, because the folder may contain more than a site.
fn report_misnamed(root: &Path, report: &mut Report) {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable();
    for name in &names {
        let Some(meant) = meant_in_root(name) else { continue };
        if root.join(&meant).symlink_metadata().is_err() {
            report.push(
                Diagnostic::warning("misnamed-file", format!("`{name}` is not read"))
                    .help(format!("if it is part of the site, rename it to `{meant}`")),
            );
        }
    }
}

fn meant_in_root(name: &str) -> Option<String> {
    if ROOT_FILES.contains(&name) || SOURCES.contains(&name) {
        return None;
    }
    let lower = name.to_lowercase();
    let (stem, extension) = lower.split_once('.').unwrap_or((&lower, ""));
    let mut sources = SOURCES.into_iter();
    match extension {
        "yaml" | "yml" if stem == "profile" => Some("content/profile.yaml".to_owned()),
        "yaml" | "yml" => {
            let meant = format!("{stem}.yaml");
            ROOT_FILES.contains(&meant.as_str()).then_some(meant)
        }
        "" => sources
            .find(|source| stem.trim_end_matches('s') == source.trim_end_matches('s'))
            .map(str::to_owned),
        _ => None,
    }
}

fn pictures_of_root(root: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_picture_of_root(name)).collect();
    names.sort_unstable();
    names
}

fn is_picture_of_root(name: &str) -> bool {
    name.split_once('.').is_some_and(|(stem, _)| ROOT_PICTURES.contains(&stem))
}

/// In content, a leading `.` or `_` excludes a file or folder. Elsewhere such names have a meaning
/// (`_headers`, `.well-known`).
fn is_read(entry: &DirEntry, content: bool) -> bool {
    let name = entry.file_name().to_string_lossy();
    let hidden = content && entry.depth() > 0 && is_hidden(&name);
    !hidden && !is_litter(&name)
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '_'])
}

fn is_litter(name: &str) -> bool {
    LITTER.contains(&name) || is_of_an_editor(name)
}

/// Temporary files of editors: backups (`~`), Vim's swap files, Emacs' locks and auto-saves,
/// JetBrains' new and old file, GNOME's new file.
fn is_of_an_editor(name: &str) -> bool {
    let is_swap = || {
        let (_, extension) = name.rsplit_once('.').unwrap_or_default();
        name.starts_with('.') && ["swp", "swo", "swn", "swx"].contains(&extension)
    };
    name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || name.starts_with(".goutputstream-")
        || is_swap()
}

fn examine(root: &Path, entry: &DirEntry) -> Result<Found> {
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let Some(path) = SitePath::from_relative(relative) else {
        let message = format!("a file with this name cannot be published: `{}`", shown(relative));
        return Err(Diagnostic::error("unsound-name", message)
            .help("rename it: use UTF-8, without `\\`, `:` or control characters"));
    };
    if entry.path_is_symlink() {
        let message = format!("`{path}` is a symbolic link");
        return Err(Diagnostic::error("symlink", message).in_file(&path).help(
            "replace the link with a copy of the file: a site reads nothing from elsewhere",
        ));
    }
    if !entry.file_type().is_file() {
        return Err(not_a_file(root, entry.path(), kind_of(entry.file_type())));
    }
    let metadata = entry.metadata().map_err(|err| unreadable_entry(root, &err))?;
    Ok(Found { path, on_disk: entry.path().to_owned(), metadata })
}

fn read(found: &Found, earlier: Option<&File>) -> Result<File> {
    let held = HELD.contains(&found.path.extension().to_lowercase().as_str());
    let large = found.metadata.len() > MAX_HELD;
    match held && !(large && is_copied(&found.path)) {
        true => held_file(found),
        false => file_on_disk(found, earlier),
    }
}

/// Files that are copied unchanged may have any length.
fn is_copied(path: &SitePath) -> bool {
    path.as_str().split('/').any(|segment| segment == "static")
}

fn held_file(found: &Found) -> Result<File> {
    let mut bytes = Vec::new();
    file::open(&found.on_disk)
        .and_then(|(file, _)| file.take(MAX_HELD + 1).read_to_end(&mut bytes))
        .map_err(|err| unreadable_file(found, &err))?;
    if bytes.len() as u64 > MAX_HELD {
        let message = format!("`{}` is longer than {} kB", found.path, MAX_HELD / 1024);
        return Err(Diagnostic::error("file-too-large", message)
            .in_file(&found.path)
            .help("split it, or put it in `static/` to have it copied unchanged"));
    }
    Ok(File::held(&bytes))
}

fn file_on_disk(found: &Found, earlier: Option<&File>) -> Result<File> {
    let modified = found.metadata.modified().ok();
    if let Some(Content::OnDisk { file, modified: before }) = earlier.map(|it| &it.content)
        && file.len == found.metadata.len()
        && file.path == found.on_disk
        && is_untouched(file, *before, &found.metadata)
    {
        return Ok(not_held(file.clone(), modified));
    }
    let file = OnDisk::read_through(&found.on_disk, &found.metadata)
        .map_err(|err| unreadable_file(found, &err))?;
    Ok(not_held(file, modified))
}

fn not_held(file: OnDisk, modified: Option<SystemTime>) -> File {
    File { digest: file.digest, len: file.len, content: Content::OnDisk { file, modified } }
}

/// Whether the file was not written to since. Length and modification time are not enough: `cp -p`
/// and `rsync -t` can replace a file by another one with the same of both.
fn is_untouched(file: &OnDisk, modified: Option<SystemTime>, now: &Metadata) -> bool {
    match Stamp::of(now) {
        Some(_) => file.is_untouched(now),
        None => modified.is_some() && modified == now.modified().ok(),
    }
}

fn kind_of(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device, a pipe or a socket" }
}

fn not_a_file(root: &Path, path: &Path, what: &str) -> Diagnostic {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let message = format!("`{}` is {what}, not a file", shown(relative));
    Diagnostic::error("special-file", message)
        .at_opt(SitePath::from_relative(relative).map(|path| Span::file(&path)))
        .help("remove it from the site")
}

fn unreadable_file(found: &Found, err: &std::io::Error) -> Diagnostic {
    Diagnostic::error(
        "unreadable-file",
        format!("`{}` cannot be read: {}", found.path, reason(err)),
    )
    .in_file(&found.path)
    .help("check its permissions")
}

fn unreadable_entry(root: &Path, err: &walkdir::Error) -> Diagnostic {
    let path = err.path().unwrap_or(root);
    let relative = path.strip_prefix(root).unwrap_or(path);
    let reason = err.io_error().map(ToString::to_string).unwrap_or_default();
    let message = format!("`{}` cannot be read: {reason}", shown(relative));
    Diagnostic::error("unreadable-file", message)
        .at_opt(SitePath::from_relative(relative).map(|path| Span::file(&path)))
        .help("check its permissions")
}

fn unreadable(root: &Path, err: &std::io::Error) -> String {
    match err.kind() {
        std::io::ErrorKind::NotFound => format!("there is no folder `{}`", root.display()),
        std::io::ErrorKind::NotADirectory => format!("`{}` is not a folder", root.display()),
        _ => format!("the folder `{}` cannot be read: {}", root.display(), reason(err)),
    }
}

/// A path with any content as printable text.
fn shown(path: &Path) -> String {
    path.to_string_lossy().chars().flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests;
