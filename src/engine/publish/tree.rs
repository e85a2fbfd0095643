//! Reads an output folder without following links in it.

use crate::path::SitePath;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

/// What lies at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Nothing,
    /// A file of this length.
    File(u64),
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A device, a socket, or something that cannot be looked at.
    Other,
}

/// A path seen from the top: what lies there, or what is in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// This lies there.
    At(Kind),
    /// A parent is no folder but this.
    Blocked(SitePath, Kind),
}

/// An output folder, with what is known of its folders.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    folders: BTreeMap<SitePath, Look>,
}

impl Tree {
    /// Nothing is known yet.
    pub fn new(root: &Path) -> Tree {
        Tree { root: root.to_owned(), folders: BTreeMap::new() }
    }

    /// What lies at the path.
    pub fn look(&mut self, path: &SitePath) -> Look {
        match path.parent().map(|parent| (self.look_at_folder(&parent), parent)) {
            None | Some((Look::At(Kind::Folder), _)) => Look::At(kind(&path.below(&self.root))),
            Some((Look::At(Kind::Nothing), _)) => Look::At(Kind::Nothing),
            Some((Look::At(other), parent)) => Look::Blocked(parent, other),
            Some((blocked, _)) => blocked,
        }
    }

    fn look_at_folder(&mut self, folder: &SitePath) -> Look {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let look = self.look(folder);
        self.folders.insert(folder.clone(), look.clone());
        look
    }

    /// Every file of the folder whose path can be one of ours, in order.
    pub fn files(&self) -> Vec<SitePath> {
        let entries = walkdir::WalkDir::new(&self.root).min_depth(1).sort_by_file_name();
        entries
            .into_iter()
            .filter_entry(|entry| entry.file_name() != ".git")
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .filter_map(|entry| {
                SitePath::from_relative(entry.path().strip_prefix(&self.root).ok()?)
            })
            .collect()
    }
}

fn kind(path: &Path) -> Kind {
    match path.symlink_metadata() {
        Ok(meta) => kind_of(&meta),
        Err(err) if err.kind() == io::ErrorKind::NotFound => Kind::Nothing,
        Err(_) => Kind::Other,
    }
}

fn kind_of(meta: &Metadata) -> Kind {
    if meta.is_symlink() {
        Kind::Link
    } else if meta.is_file() {
        Kind::File(meta.len())
    } else if meta.is_dir() {
        Kind::Folder
    } else {
        Kind::Other
    }
}
