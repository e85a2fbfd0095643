//! Traces: a record of the last publish, one text file per output folder, in the cache.
//!
//! Edge: reads and writes the cache and output folders.

use crate::diagnostic::{Diagnostic, Result};
use crate::digest::Digest;
use crate::engine::blobs;
use crate::engine::publish::atomic_file::Durability;
use crate::engine::publish::disk::Disk;
use crate::engine::publish::tree::{EntryKind, Lookup, Tree};
use crate::engine::{Blobs, Body, Fingerprint, Output, Outputs};
use crate::file::{self, Stamp};
use crate::path::SitePath;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FORMAT: &str = "questfolio traces 2";

/// The maximum length of a traces file, in bytes: enough for some hundred thousand outputs.
const MOST: u64 = 256 * 1024 * 1024;

/// The fingerprint and the digest of each published file.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// By path; every body is [`Body::Published`].
    pub outputs: Outputs,
    /// The stamps of files when they had these bytes: while a file's stamp is unchanged, the file
    /// need not be read. Stamps are specific to one folder on one machine, so they are not part of
    /// the digest.
    pub stamps: Stamps,
}

/// The stamps of published files.
pub type Stamps = BTreeMap<SitePath, Stamp>;

/// One line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    digest: String,
    len: u64,
    recipe: String,
    inputs: Vec<(String, String)>,
}

impl Traces {
    /// The traces of these outputs once they are published.
    pub fn of<'a>(outputs: impl IntoIterator<Item = (&'a SitePath, &'a Output)>) -> Traces {
        let published = |(path, output): (&SitePath, &Output)| {
            (path.clone(), Output { body: Body::Published, ..output.clone() })
        };
        Traces { outputs: outputs.into_iter().map(published).collect(), stamps: Stamps::new() }
    }

    /// The traces of an output folder. A file that cannot be read, is damaged, or has another
    /// version counts as empty.
    pub fn load(cache: &Path, out: &Path) -> Traces {
        file::read(&path(cache, out), MOST)
            .ok()
            .and_then(|bytes| Traces::parse(std::str::from_utf8(&bytes).ok()?))
            .unwrap_or_default()
    }

    /// Saves the traces of an output folder.
    ///
    /// # Errors
    /// If the cache cannot be written.
    pub fn save(&self, cache: &Path, out: &Path, disk: &Disk) -> io::Result<()> {
        blobs::prepare(cache)?;
        let path = path(cache, out);
        let folder = path.parent().expect("traces lie in a folder of the cache");
        std::fs::create_dir_all(folder)?;
        let mut body = self.body();
        for (path, stamp) in &self.stamps {
            writeln!(body, "{stamp} {path}").expect("text grows");
        }
        let text = format!("{FORMAT} {}\n{body}", Digest::of_bytes(body.as_bytes()));
        disk.replace(folder, &path, text.as_bytes(), Durability::Eventual)
    }

    /// The digest of the traces, which the marker in the output folder refers to.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.body().as_bytes())
    }

    /// Removes entries that no longer match the folder: files that are missing or have other bytes.
    /// Only files that may have changed are read. Remaining entries get the current stamp, if it is
    /// reliable.
    pub fn verified(mut self, out: &Path) -> Traces {
        let mut tree = Tree::new(out);
        let mut touched = Vec::new();
        self.outputs.retain(|path, output| match tree.lookup(path) {
            Lookup::At(EntryKind::File(len, stamp)) if len == output.len => {
                if stamp.is_none() || stamp != self.stamps.get(path).copied() {
                    touched.push(path.clone());
                }
                true
            }
            _ => false,
        });
        let seen: Vec<(SitePath, Option<Option<Stamp>>)> = touched
            .into_par_iter()
            .map(|path| {
                let stamp = stamp_of(&path.below(out), self.outputs[&path].digest);
                (path, stamp)
            })
            .collect();
        for (path, stamp) in seen {
            self.stamps.remove(&path);
            match stamp {
                Some(stamp) => self.stamps.extend(stamp.map(|stamp| (path, stamp))),
                None => drop(self.outputs.remove(&path)),
            }
        }
        self.stamps.retain(|path, _| self.outputs.contains_key(path));
        self
    }

    fn body(&self) -> String {
        let mut body = String::new();
        for (path, output) in &self.outputs {
            let line = Line {
                path: path.to_string(),
                digest: output.digest.to_string(),
                len: output.len,
                recipe: output.fingerprint.recipe.clone(),
                inputs: output.fingerprint.inputs.clone(),
            };
            let line = serde_json::to_string(&line).expect("text and numbers are JSON");
            writeln!(body, "{line}").expect("text grows");
        }
        body
    }

    fn parse(text: &str) -> Option<Traces> {
        let (head, body) = text.split_once('\n')?;
        let digest = head.strip_prefix(FORMAT)?.strip_prefix(' ')?;
        if Digest::of_bytes(body.as_bytes()).to_string() != digest {
            return None;
        }
        let mut traces = Traces::default();
        for line in body.lines() {
            match line.starts_with('{') {
                true => traces.outputs.extend([parse_line(line)?]),
                false => traces.stamps.extend([parse_stamp(line)?]),
            }
        }
        Some(traces)
    }
}

/// The stamp of a file that has these bytes, if it is reliable; `None` if it does not have these
/// bytes.
pub(super) fn stamp_of(path: &Path, digest: Digest) -> Option<Option<Stamp>> {
    let (file, meta) = file::open(path).ok()?;
    let stamp = Stamp::settled(&meta);
    let (found, _) = Digest::of_reader(file).ok()?;
    (found == digest).then_some(stamp)
}

fn parse_stamp(line: &str) -> Option<(SitePath, Stamp)> {
    // A path may contain spaces.
    let (end, _) = line.match_indices(' ').nth(4)?;
    Some((SitePath::new(&line[end + 1..])?, Stamp::parse(&line[..end])?))
}

fn parse_line(line: &str) -> Option<(SitePath, Output)> {
    let Line { path, digest, len, recipe, inputs } = serde_json::from_str(line).ok()?;
    let fingerprint = Fingerprint { recipe, inputs };
    let digest = Digest::parse(&digest)?;
    Some((SitePath::new(path)?, Output { fingerprint, digest, len, body: Body::Published }))
}

fn path(cache: &Path, out: &Path) -> PathBuf {
    let name = Digest::of_bytes(out.as_os_str().as_encoded_bytes()).short();
    cache.join("traces").join(name)
}

impl Output {
    /// The bytes, wherever they are stored; `out` is the folder of files that are already
    /// published.
    ///
    /// # Errors
    /// If they are missing, or are not what they were.
    pub fn bytes(&self, path: &SitePath, blobs: &Blobs, out: Option<&Path>) -> Result<Arc<[u8]>> {
        let bytes = match &self.body {
            Body::Memory(bytes) => return Ok(bytes.clone()),
            Body::File(file) => {
                let bytes = file.open().and_then(|opened| opened.bytes());
                let bytes = bytes.map_err(|err| Diagnostic::io("cannot read", &file.path, &err))?;
                return bytes.ok_or_else(|| Diagnostic::changed_while_read(&file.path));
            }
            Body::Blob => blobs.get(&self.fingerprint),
            Body::Published => {
                out.and_then(|out| file::read(&path.below(out), self.len).ok()).map(Arc::from)
            }
        };
        bytes.filter(|bytes| Digest::of_bytes(bytes) == self.digest).ok_or_else(|| {
            let message = format!("`{path}` was changed or removed during the build");
            Diagnostic::error("lost-bytes", message).help("build again")
        })
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "edge: reads and writes the cache folder")]
mod tests {
    use super::*;

    fn traces() -> Traces {
        let output = |text: &str| {
            let fingerprint = Fingerprint::new("page/1").with("odd \n name", Digest::of(text));
            Output::held(fingerprint, text.as_bytes())
        };
        let paths = ["a b/ü.html", "index.html"].map(|path| SitePath::new(path).unwrap());
        let outputs: Outputs = paths.into_iter().map(|path| (path, output("x"))).collect();
        let mut traces = Traces::of(&outputs);
        for path in outputs.into_keys() {
            traces.stamps.insert(path, Stamp::parse("1 2 3 4 5").unwrap());
        }
        traces
    }

    #[test]
    fn published_bytes_that_somebody_changed_are_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = SitePath::new("index.html").unwrap();
        let held = Output::held(Fingerprint::new("page/1"), b"x".as_slice());
        let output = Output { body: Body::Published, ..held };
        let bytes = || output.bytes(&path, &Blobs::in_memory(), Some(folder.path()));
        assert_eq!(bytes().unwrap_err().code, "lost-bytes");
        std::fs::write(path.below(folder.path()), "y").unwrap();
        assert_eq!(bytes().unwrap_err().code, "lost-bytes");
        std::fs::write(path.below(folder.path()), "x").unwrap();
        assert_eq!(*bytes().unwrap(), *b"x");
    }

    #[test]
    fn harmed_traces_are_no_traces() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, out) = (folder.path(), Path::new("/somewhere"));
        traces().save(cache, out, &Disk::default()).unwrap();
        assert_eq!(Traces::load(cache, out).digest(), traces().digest());
        assert_eq!(Traces::load(cache, out).stamps, traces().stamps);
        assert!(Traces::load(cache, Path::new("/elsewhere")).outputs.is_empty());

        let file = path(cache, out);
        let whole = std::fs::read(&file).unwrap();
        for end in 0..whole.len() {
            std::fs::write(&file, &whole[..end]).unwrap();
            assert!(Traces::load(cache, out).outputs.is_empty(), "cut at {end}");
        }
        for bit in 0..whole.len() * 8 {
            let mut harmed = whole.clone();
            harmed[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(&file, harmed).unwrap();
            assert!(Traces::load(cache, out).outputs.is_empty(), "bit {bit}");
        }
    }
}
