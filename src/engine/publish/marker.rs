//! The marker in an output folder: which of its files are ours, and which traces describe them.
//!
//! It is in the folder and not in the cache, so that losing the cache costs nothing but time. Paths
//! and bytes are stored as digests: readers of a deployed copy learn nothing of pages that no other
//! page links to.
//!
//! Edge: reads the output folder.

use crate::digest::Digest;
use crate::engine::publish::BLANK;
use crate::file;
use crate::path::SitePath;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::{self, Read};
use std::path::Path;

/// The marker's name.
pub const MARKER: &str = ".questfolio-output";

/// The folder for temporary files. It is ours, and exists only while we publish.
pub(super) const TEMPORARY: &str = ".questfolio-tmp";

const HEAD: &str = "questfolio output 1\n\
    # Which files of this folder questfolio wrote, and so may replace and remove; it touches no others.\n";

/// The maximum length of a marker, in bytes: enough for a million files.
pub(super) const MOST: u64 = 128 * 1024 * 1024;

/// Stands for the digest of a folder.
const FOLDER: &str = "folder";

/// What we wrote: paths, each with the bytes it may have. While a build publishes, a path may have
/// its old or its new bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnedFiles(BTreeMap<String, BTreeSet<String>>);

impl OwnedFiles {
    /// Adds a file with these bytes as ours.
    pub fn add(&mut self, path: &SitePath, bytes: Digest) {
        self.0.entry(path_key(path.as_str())).or_default().insert(bytes_key(bytes));
    }

    /// Adds a folder that we created.
    pub fn add_folder(&mut self, path: &SitePath) {
        self.0.entry(path_key(path.as_str())).or_default().insert(FOLDER.to_owned());
    }

    /// Adds all entries of `other`.
    pub fn extend(&mut self, other: &OwnedFiles) {
        for (path, bytes) in &other.0 {
            self.0.entry(path.clone()).or_default().extend(bytes.iter().cloned());
        }
    }

    /// Whether the file at this path is ours, even if it was changed since.
    pub fn has_file(&self, path: &SitePath) -> bool {
        let bytes = self.0.get(&path_key(path.as_str()));
        bytes.is_some_and(|bytes| bytes.iter().any(|it| it != FOLDER))
    }

    /// Whether we created the folder.
    pub fn has_folder(&self, path: &SitePath) -> bool {
        self.0.get(&path_key(path.as_str())).is_some_and(|bytes| bytes.contains(FOLDER))
    }

    /// Whether the file is ours and unchanged. Remains of an interrupted build are also ours, and
    /// so is a file that a power failure left full of zeros.
    pub fn is_unchanged(&self, path: &SitePath, content: Content) -> bool {
        let owned = self.0.get(&path_key(path.as_str()));
        let is_listed = |key: String| owned.is_some_and(|owned| owned.contains(&key));
        self.has_file(path) && (content.is_ours || is_listed(bytes_key(content.digest)))
    }
}

/// The contents of a file, as far as they show whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    digest: Digest,
    /// Whether the contents can only be ours.
    is_ours: bool,
}

impl Content {
    /// The contents of a file in the output folder, of any length.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Content> {
        Content::of_reader(file::open(path)?.0)
    }

    fn of_reader(reader: impl Read) -> io::Result<Content> {
        let mut reader = Zeros { reader, are_all: true };
        let (digest, _) = Digest::of_reader(&mut reader)?;
        let is_ours = reader.are_all || digest == Digest::of_bytes(BLANK.as_bytes());
        Ok(Content { digest, is_ours })
    }
}

/// A reader that detects whether all bytes are zero.
struct Zeros<R> {
    reader: R,
    are_all: bool,
}

impl<R: Read> Read for Zeros<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let len = self.reader.read(bytes)?;
        self.are_all = self.are_all && bytes[..len].iter().all(|byte| *byte == 0);
        Ok(len)
    }
}

fn path_key(path: &str) -> String {
    Digest::of_bytes(path.as_bytes()).short()
}

fn bytes_key(bytes: Digest) -> String {
    bytes.to_string()[..32].to_owned()
}

/// The marker's contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marker {
    /// The traces that describe the folder; `None` while it is being changed.
    pub traces: Option<Digest>,
    /// The files and folders that are ours.
    pub owned: OwnedFiles,
}

impl Marker {
    /// The marker of a folder; `None` if there is none. Invalid lines are ignored: then a file of
    /// ours counts as foreign, never the other way round.
    pub fn read(out: &Path) -> Option<Marker> {
        let bytes = file::read(&out.join(MARKER), MOST).ok()?;
        Some(Marker::parse(&String::from_utf8_lossy(&bytes)))
    }

    fn parse(text: &str) -> Marker {
        let mut marker = Marker::default();
        let Some(lines) = text.strip_prefix(HEAD) else { return marker };
        for line in lines.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
            match line.split_once(' ') {
                Some(("traces", digest)) => marker.traces = Digest::parse(digest),
                Some((path, bytes))
                    if is_hex(path, 16) && (bytes == FOLDER || is_hex(bytes, 32)) =>
                {
                    marker.owned.0.entry(path.to_owned()).or_default().insert(bytes.to_owned());
                }
                _ => {}
            }
        }
        marker
    }

    /// The marker as text.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        if let Some(traces) = self.traces {
            writeln!(text, "traces {traces}").expect("text grows");
        }
        for (path, owned) in &self.owned.0 {
            for bytes in owned {
                writeln!(text, "{path} {bytes}").expect("text grows");
            }
        }
        text
    }
}

fn is_hex(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_as_it_was_written_and_harm_only_takes_away() {
        let [page, folder] = ["a/index.html", "a"].map(|path| SitePath::new(path).unwrap());
        let mut marker = Marker { traces: Some(Digest::of_bytes(b"t")), ..Marker::default() };
        marker.owned.add(&page, Digest::of_bytes(b"page"));
        marker.owned.add_folder(&folder);
        let text = marker.text();
        assert_eq!(Marker::parse(&text), marker);
        let made =
            |bytes: &[u8]| marker.owned.is_unchanged(&page, Content::of_reader(bytes).unwrap());
        assert!(made(b"page") && made(b"\0\0") && made(b"") && made(BLANK.as_bytes()));
        assert!(!made(b"edited") && marker.owned.has_file(&page));
        assert!(!marker.owned.has_file(&folder) && marker.owned.has_folder(&folder));
        for end in 0..text.len() {
            let harmed = Marker::parse(&text[..end]);
            assert!(harmed.traces.is_none() || harmed.traces == marker.traces);
            assert!(harmed.owned.0.iter().all(|(path, it)| it.is_subset(&marker.owned.0[path])));
        }
    }
}
