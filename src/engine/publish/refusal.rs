//! Folders that are never published to, whatever the flags.

use crate::diagnostic::{Diagnostic, Result};
use crate::engine::publish::marker::TEMPORARY;
use std::io;
use std::path::{Path, PathBuf};

/// Folders of the author, which are never used as output.
#[derive(Clone, Debug)]
pub struct ProtectedFolders {
    /// The site's root.
    pub root: PathBuf,
    /// Folders with the author's sources: `content`, `templates`, …
    pub sources: Vec<PathBuf>,
    /// The cache folder.
    pub cache: PathBuf,
}

/// The folder with links resolved, even if it does not exist yet.
pub fn resolve(out: &Path) -> io::Result<PathBuf> {
    let out = std::path::absolute(out)?;
    let mut missing = Vec::new();
    let mut existing = out.as_path();
    loop {
        match existing.canonicalize() {
            Ok(resolved) => {
                return Ok(missing.iter().rev().fold(resolved, |path, name| path.join(name)));
            }
            Err(err) if err.kind() != io::ErrorKind::NotFound => return Err(err),
            // A dangling link exists but cannot be resolved.
            Err(err) if existing.is_symlink() => return Err(err),
            Err(err) => {
                let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
                    return Err(err);
                };
                missing.push(name);
                existing = parent;
            }
        }
    }
}

/// Refuses folders in which a mistake would be costly. `out` must be resolved.
pub fn check(out: &Path, bounds: &ProtectedFolders, home: Option<&Path>) -> Result<()> {
    let real = |path: &Path| resolve(path).unwrap_or_else(|_| path.to_owned());
    let root = real(&bounds.root);
    let cache = real(&bounds.cache);
    let why = if out.parent().is_none() {
        "is the root of the file system".to_owned()
    } else if home.map(real).is_some_and(|home| home.starts_with(out)) {
        "is a home folder, or contains one".to_owned()
    } else if root == out {
        "is the site itself".to_owned()
    } else if root.starts_with(out) {
        "contains the site".to_owned()
    } else if out.starts_with(&cache) || cache.starts_with(out) {
        "is the cache, or contains it".to_owned()
    } else if bounds.sources.iter().any(|it| out.starts_with(real(it))) {
        "contains files that you wrote".to_owned()
    } else if out.exists() && !out.is_dir() {
        "is a file".to_owned()
    } else if out.metadata().is_ok_and(|meta| meta.permissions().readonly()) {
        "is not writable".to_owned()
    } else {
        return Ok(());
    };
    let message = format!("cannot publish to `{}`: it {why}", out.display());
    Err(Diagnostic::error("output-refused", message)
        .help("choose another folder with `--out`, such as `--out public`"))
}

/// Refuses a folder that is not empty, since none of its contents are ours.
pub fn check_foreign(out: &Path) -> Result<()> {
    let mut entries = match out.read_dir() {
        Ok(entries) => entries.flatten(),
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(err) => return Err(Diagnostic::io("cannot read the output folder", out, &err)),
    };
    // The remains of a first build that was interrupted before it wrote the marker.
    if entries.all(|entry| entry.file_name() == TEMPORARY) {
        return Ok(());
    }
    let what = if out.join(".git").is_dir() { "is a git repository" } else { "is not empty" };
    let message =
        format!("`{}` {what}, and its contents were not written by questfolio", out.display());
    Err(Diagnostic::error("foreign-output", message)
        .help("choose an empty folder with `--out`, or use `--adopt`: its files are left alone"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dear_folders_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let root = base.join("site");
        std::fs::create_dir_all(root.join("content/deep")).unwrap();
        std::fs::File::create(root.join("file")).unwrap();
        let bounds = ProtectedFolders {
            root: root.clone(),
            sources: vec![root.join("content"), root.join("static")],
            cache: root.join(".questfolio/cache"),
        };
        let home = base.join("home/ada");
        let refused = |out: &Path| {
            check(&resolve(out).unwrap(), &bounds, Some(&home)).map_err(|it| it.code).err()
        };
        for bad in [
            "/",
            "..",
            "site",
            "site/../site/.",
            "site/content",
            "site/content/deep/new",
            "site/static",
            "site/.questfolio",
            "site/.questfolio/cache/out",
            "site/file",
            "home",
            "home/ada",
        ] {
            assert_eq!(refused(&base.join(bad)), Some("output-refused"), "{bad}");
        }
        for good in ["site/public", "elsewhere", "home/ada/www"] {
            assert_eq!(refused(&base.join(good)), None, "{good}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_output_is_judged_by_where_it_leads() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        std::fs::create_dir(base.join("site")).unwrap();
        std::os::unix::fs::symlink(base.join("site"), base.join("out")).unwrap();
        std::os::unix::fs::symlink(base.join("nowhere"), base.join("dead")).unwrap();
        let bounds = ProtectedFolders {
            root: base.join("site"),
            sources: Vec::new(),
            cache: base.join("cache"),
        };
        assert!(check(&resolve(&base.join("out")).unwrap(), &bounds, None).is_err());
        assert!(resolve(&base.join("dead")).is_err());
    }
}
