//! What the last publish left behind: one text file per output folder, in the cache.
#![expect(
    clippy::disallowed_methods,
    reason = "edge: reads and writes the cache and output folders"
)]

use crate::diagnostic::{Diagnostic, Result};
use crate::digest::Digest;
use crate::engine::blobs;
use crate::engine::publish::tree::{Kind, Look, Tree};
use crate::engine::publish::whole::{self, Durability};
use crate::engine::{Blobs, Body, Fingerprint, Output, Outputs};
use crate::path::SitePath;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FORMAT: &str = "questfolio traces 1";

/// What each published path was made from, and what its bytes were.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// By path; every body is [`Body::Published`].
    pub outputs: Outputs,
}

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
    /// What these outputs leave behind once they are published.
    pub fn of<'a>(outputs: impl IntoIterator<Item = (&'a SitePath, &'a Output)>) -> Traces {
        let published = |(path, output): (&SitePath, &Output)| {
            (path.clone(), Output { body: Body::Published, ..output.clone() })
        };
        Traces { outputs: outputs.into_iter().map(published).collect() }
    }

    /// The traces of an output folder. A file that cannot be read, was harmed, or is of another
    /// version is an empty one.
    pub fn load(cache: &Path, out: &Path) -> Traces {
        std::fs::read(file(cache, out))
            .ok()
            .and_then(|bytes| Traces::parse(std::str::from_utf8(&bytes).ok()?))
            .unwrap_or_default()
    }

    /// Keeps the traces of an output folder.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub fn save(&self, cache: &Path, out: &Path) -> io::Result<()> {
        blobs::prepare(cache)?;
        let file = file(cache, out);
        let folder = file.parent().expect("traces lie in a folder of the cache");
        std::fs::create_dir_all(folder)?;
        let body = self.body();
        let text = format!("{FORMAT} {}\n{body}", Digest::of_bytes(body.as_bytes()));
        whole::replace(folder, &file, text.as_bytes(), Durability::Eventual)
    }

    /// What they are: the marker in the output folder names it.
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.body().as_bytes())
    }

    /// Leaves out what the folder no longer holds, or holds in another length.
    pub fn believed(mut self, tree: &mut Tree) -> Traces {
        self.outputs.retain(|path, output| tree.look(path) == Look::At(Kind::File(output.len)));
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
        let outputs: Option<Outputs> = body.lines().map(parse_line).collect();
        outputs.map(|outputs| Traces { outputs })
    }
}

fn parse_line(line: &str) -> Option<(SitePath, Output)> {
    let Line { path, digest, len, recipe, inputs } = serde_json::from_str(line).ok()?;
    let fingerprint = Fingerprint { recipe, inputs };
    let digest = Digest::parse(&digest)?;
    Some((SitePath::new(path)?, Output { fingerprint, digest, len, body: Body::Published }))
}

fn file(cache: &Path, out: &Path) -> PathBuf {
    let name = Digest::of_bytes(out.as_os_str().as_encoded_bytes()).short();
    cache.join("traces").join(name)
}

impl Output {
    /// The bytes, wherever they lie; `out` is the folder for those that are published already.
    ///
    /// # Errors
    /// When they lie nowhere any more, or are not what they were.
    pub fn bytes(&self, path: &SitePath, blobs: &Blobs, out: Option<&Path>) -> Result<Arc<[u8]>> {
        let bytes = match &self.body {
            Body::Memory(bytes) => return Ok(bytes.clone()),
            Body::Blob => blobs.get(&self.fingerprint),
            Body::Published => {
                out.and_then(|out| std::fs::read(path.below(out)).ok()).map(Arc::from)
            }
        };
        bytes.filter(|bytes| Digest::of_bytes(bytes) == self.digest).ok_or_else(|| {
            let message = format!("`{path}` was changed or removed during the build");
            Diagnostic::error("lost-bytes", message).help("build again")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traces() -> Traces {
        let output = |text: &str| {
            let fingerprint = Fingerprint::new("page/1").with("odd \n name", Digest::of(text));
            Output::held(fingerprint, text.as_bytes())
        };
        let paths = ["a b/ü.html", "index.html"].map(|path| SitePath::new(path).unwrap());
        let outputs: Outputs = paths.into_iter().map(|path| (path, output("x"))).collect();
        Traces::of(&outputs)
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
        traces().save(cache, out).unwrap();
        assert_eq!(Traces::load(cache, out).digest(), traces().digest());
        assert!(Traces::load(cache, Path::new("/elsewhere")).outputs.is_empty());

        let file = file(cache, out);
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
