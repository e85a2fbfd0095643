//! Every input file, by path, at one moment. Everything above works on this and reads no disk.

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::digest::Digest;
use crate::file::OnDisk;
use crate::path::{self, SitePath};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

mod walk;

pub use walk::SOURCES;

/// Every input file as it was at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The build's date: an input like any other.
    pub today: Date,
    files: BTreeMap<SitePath, File>,
    unread: BTreeMap<SitePath, Unread>,
    /// Names that are not in the normal form texts are usually written in, by that form.
    composed: BTreeMap<String, SitePath>,
    names: Digest,
}

/// Why something in the site's folders is no file of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// A symbolic link: what it points at may be anybody's.
    Link,
    /// A device, a pipe or a socket.
    Special,
    /// The system does not let it be read.
    Denied,
}

impl Unread {
    fn word(self) -> &'static str {
        match self {
            Unread::Link => "link",
            Unread::Special => "special",
            Unread::Denied => "denied",
        }
    }
}

/// One input file.
#[derive(Clone, Debug)]
pub struct File {
    /// What its bytes are.
    pub digest: Digest,
    /// How many there are.
    pub len: u64,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Held(Arc<[u8]>),
    OnDisk {
        file: OnDisk,
        /// Where the system gives no stamps, this has to do.
        modified: Option<SystemTime>,
    },
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

    /// Reads the site at `root`. Links, devices and names that no path can hold are reported and
    /// left out; a file that cannot be read is reported and left out.
    pub fn take(root: &Path, today: Date, report: &mut Report) -> Snapshot {
        let nothing = Snapshot::of_files(today, []);
        nothing.retake(root, today, report, &|| false).unwrap_or(nothing)
    }

    /// Reads the site again. What is not held in memory is hashed again only where somebody may have
    /// touched it since this snapshot saw it. `None` where `is_overtaken` came true
    /// on the way.
    pub fn retake(
        &self,
        root: &Path,
        today: Date,
        report: &mut Report,
        is_overtaken: &(dyn Fn() -> bool + Sync),
    ) -> Option<Snapshot> {
        let (files, unread) = walk::files(root, self, report, is_overtaken)?;
        Some(Snapshot::new(today, files, unread))
    }

    /// Reads these files again, where each was a file before and is one now. What is nothing to the
    /// site is passed over. Gives whether that is all: where files came, went or cannot be read, only
    /// `retake` tells how the site is.
    pub fn reread(&mut self, root: &Path, paths: &[SitePath]) -> bool {
        paths.iter().all(|path| match self.files.get(path) {
            Some(earlier) => match walk::reread(root, path, earlier) {
                Some(file) => self.files.insert(path.clone(), file).is_some(),
                None => false,
            },
            None => walk::is_foreign(root, path),
        })
    }

    /// Which files there are, whatever is in them, and what lies there that is none.
    pub fn names(&self) -> Digest {
        self.names
    }

    /// Whether anything in it makes it a site; where nothing does, that is the only thing to say.
    pub fn holds_site(&self) -> bool {
        self.files.keys().any(walk::makes_site)
    }

    /// The file at this path, in whatever Unicode normal form it is written here or on the disk.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.entry(path).map(|(_, file)| file)
    }

    /// Why the thing at this path, or a folder above it, is not a file of the site.
    pub fn unread(&self, path: &SitePath) -> Option<Unread> {
        let of = |path: &SitePath| self.unread.get(path).copied();
        of(path).or_else(|| path.ancestors().find_map(|folder| of(&folder)))
    }

    /// The path and file, with the path as the snapshot holds it: as it is on the disk. macOS
    /// takes names apart (`u` and a diaeresis) that keyboards type in one piece (`ü`).
    pub fn entry(&self, path: &str) -> Option<(&SitePath, &File)> {
        self.files.get_key_value(path).or_else(|| {
            let composed = path::composed(path);
            let on_disk = self.composed.get(&*composed);
            self.files.get_key_value(on_disk.map_or(&*composed, SitePath::as_str))
        })
    }

    /// Every file with its path, in the order of paths.
    pub fn files(&self) -> impl Iterator<Item = (&SitePath, &File)> {
        self.files.iter()
    }

    /// Every file below a folder, in the order of paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SitePath, &'a File)> {
        let first = format!("{folder}/");
        self.files
            .range::<str, _>((Bound::Included(first.as_str()), Bound::Unbounded))
            .take_while(move |(path, _)| path.strip_prefix(folder).is_some())
    }

    /// Every file from a folder on, in the order of paths.
    pub fn from(&self, folder: Option<SitePath>) -> impl Iterator<Item = (&SitePath, &File)> {
        let first = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
        self.files.range::<str, _>((Bound::Included(first.as_str()), Bound::Unbounded))
    }

    /// The text of a held file; `None` where there is none or it is not UTF-8 (reported by load).
    pub fn text(&self, path: &str) -> Option<&str> {
        self.file(path)?.text()
    }
}

impl File {
    /// A file whose bytes are at hand.
    pub fn held(bytes: &[u8]) -> File {
        File {
            digest: Digest::of_bytes(bytes),
            len: bytes.len() as u64,
            content: Content::Held(Arc::from(bytes)),
        }
    }

    /// Its text, if it is held and UTF-8.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Held(bytes) => std::str::from_utf8(bytes).ok(),
            Content::OnDisk { .. } => None,
        }
    }

    /// Its bytes, read again if they are not held.
    ///
    /// # Errors
    /// When the file cannot be read any more, or is no longer what the snapshot saw.
    pub fn read(&self) -> Result<Arc<[u8]>> {
        match &self.content {
            Content::Held(bytes) => Ok(bytes.clone()),
            Content::OnDisk { file, .. } => {
                let bytes = file.open().and_then(|opened| opened.bytes());
                let bytes = bytes.map_err(|err| Diagnostic::io("cannot read", &file.path, &err))?;
                bytes.ok_or_else(|| Diagnostic::changed_while_read(&file.path))
            }
        }
    }

    /// Where its bytes lie, if they are not held.
    pub fn on_disk(&self) -> Option<&OnDisk> {
        match &self.content {
            Content::Held(_) => None,
            Content::OnDisk { file, .. } => Some(file),
        }
    }
}
