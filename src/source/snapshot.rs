//! A snapshot: every input file by path, at one moment. All other modules work on it and never read
//! from disk.

use crate::diagnostic::Report;
use crate::digest::Digest;
use crate::path::{self, SitePath};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;

mod file;
mod walk;

pub use file::{File, Unread};
pub use walk::SOURCES;

/// Every input file as it was at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The build date: an input like any other.
    pub today: Date,
    files: BTreeMap<SitePath, File>,
    unread: BTreeMap<SitePath, Unread>,
    /// Paths that are not in NFC, by their NFC form.
    composed: BTreeMap<String, SitePath>,
    names: Digest,
}

impl Snapshot {
    /// A site without a folder: for tests, and for files built into the program.
    pub fn of_files<'a>(
        today: Date,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Snapshot {
        let files = files
            .into_iter()
            .filter_map(|(path, bytes)| Some((SitePath::new(path)?, File::held(bytes))))
            .collect();
        Snapshot::new(today, files, BTreeMap::new())
    }

    fn new(
        today: Date,
        files: BTreeMap<SitePath, File>,
        unread: BTreeMap<SitePath, Unread>,
    ) -> Snapshot {
        let read = files.keys().map(|path| (path, "read"));
        let not = unread.iter().map(|(path, why)| (path, why.word()));
        let text: String =
            read.chain(not).flat_map(|(path, is)| [path.as_str(), "\0", is, "\n"]).collect();
        let composed = files.keys().filter(|path| !path.is_composed());
        let composed = composed.map(|path| (path.composed(), path.clone())).collect();
        Snapshot { today, files, unread, composed, names: Digest::of_bytes(text.as_bytes()) }
    }

    /// Reads the site at `root`. Links, devices, names that are not valid paths, and files that
    /// cannot be read are reported and left out.
    pub fn take(root: &Path, today: Date, report: &mut Report) -> Snapshot {
        let nothing = Snapshot::of_files(today, []);
        nothing.retake(root, today, report, &|| false).unwrap_or(nothing)
    }

    /// Reads the site again. Files not held in memory are hashed again only if they may have
    /// changed since this snapshot. `None` if `is_cancelled` became true meanwhile.
    pub fn retake(
        &self,
        root: &Path,
        today: Date,
        report: &mut Report,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<Snapshot> {
        let (files, unread) = walk::files(root, &self.files, report, is_cancelled)?;
        Some(Snapshot::new(today, files, unread))
    }

    /// Reads these files again, if each was a file before and still is one. Paths that do not
    /// belong to the site are ignored. Returns whether the snapshot is now complete: if files were
    /// added, removed or became unreadable, `retake` is needed.
    pub fn reread(&mut self, root: &Path, paths: &[SitePath]) -> bool {
        paths.iter().all(|path| match self.files.get(path) {
            Some(earlier) => match walk::reread(root, path, earlier) {
                Some(file) => self.files.insert(path.clone(), file).is_some(),
                None => false,
            },
            None => walk::is_foreign(root, path),
        })
    }

    /// A digest of which files exist, regardless of their contents, and of the entries that are not
    /// files.
    pub fn names(&self) -> Digest {
        self.names
    }

    /// Whether any file makes this a site; if none does, that is the only error to report.
    pub fn holds_site(&self) -> bool {
        self.files.keys().any(walk::makes_site)
    }

    /// The file at this path; both may be in any Unicode normal form.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.entry(path).map(|(_, file)| file)
    }

    /// Why the entry at this path, or a folder above it, is not a file of the site.
    pub fn unread(&self, path: &SitePath) -> Option<Unread> {
        let of = |path: &SitePath| self.unread.get(path).copied();
        of(path).or_else(|| path.ancestors().find_map(|folder| of(&folder)))
    }

    /// The path as it is on disk, and the file. macOS may store names decomposed (`u` and a
    /// diaeresis) that keyboards type composed (`ü`).
    pub fn entry(&self, path: &str) -> Option<(&SitePath, &File)> {
        self.files.get_key_value(path).or_else(|| {
            let composed = path::composed(path);
            let on_disk = self.composed.get(&*composed);
            self.files.get_key_value(on_disk.map_or(&*composed, SitePath::as_str))
        })
    }

    /// Every file with its path, ordered by path.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.files.iter()
    }

    /// Every file below a folder, ordered by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SitePath, &'a File)> {
        let first = format!("{folder}/");
        self.files
            .range::<str, _>((Bound::Included(first.as_str()), Bound::Unbounded))
            .take_while(move |(path, _)| path.strip_prefix(folder).is_some())
    }

    /// Every file from this path on, ordered by path.
    pub fn from(&self, folder: Option<SitePath>) -> impl Iterator<Item = (&SitePath, &File)> {
        let first = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
        self.files.range::<str, _>((Bound::Included(first.as_str()), Bound::Unbounded))
    }

    /// The text of a file held in memory; `None` if there is none or if it is not UTF-8 (reported
    /// by `load`).
    pub fn text(&self, path: &str) -> Option<&str> {
        self.file(path)?.text()
    }
}
