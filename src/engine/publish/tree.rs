//! Reads an output folder without following links in it.

use crate::file::Stamp;
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::fs::{FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// The kind of entry at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Nothing.
    Nothing,
    /// A file with its length in bytes, and its stamp on systems that have them.
    File(u64, Option<Stamp>),
    /// A folder.
    Folder,
    /// A symbolic link, whatever its target.
    Link,
    /// A device, a socket, or an entry that cannot be examined.
    Other,
}

/// The result of looking up a path from the root: its entry, or the obstacle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The entry at the path.
    At(EntryKind),
    /// A parent is not a folder but this.
    Blocked(SitePath, EntryKind),
}

/// An output folder, with a cache of its subfolders.
#[derive(Debug)]
pub struct Tree {
    root: PathBuf,
    folders: BTreeMap<SitePath, Lookup>,
}

impl Tree {
    /// A tree with an empty cache.
    pub fn new(root: &Path) -> Tree {
        Tree { root: root.to_owned(), folders: BTreeMap::new() }
    }

    /// Looks up the entry at a path.
    pub fn lookup(&mut self, path: &SitePath) -> Lookup {
        match path.parent().map(|parent| (self.lookup_folder(&parent), parent)) {
            None | Some((Lookup::At(EntryKind::Folder), _)) => {
                Lookup::At(kind(&path.below(&self.root)))
            }
            Some((Lookup::At(EntryKind::Nothing), _)) => Lookup::At(EntryKind::Nothing),
            Some((Lookup::At(other), parent)) => Lookup::Blocked(parent, other),
            Some((blocked, _)) => blocked,
        }
    }

    fn lookup_folder(&mut self, folder: &SitePath) -> Lookup {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let found = self.lookup(folder);
        self.folders.insert(folder.clone(), found.clone());
        found
    }

    /// Whether two paths refer to the same file, as they do on a case-insensitive file system.
    pub fn is_same(&mut self, one: &SitePath, other: &SitePath) -> bool {
        match (self.lookup(one), self.lookup(other)) {
            (Lookup::At(EntryKind::File(_, one)), Lookup::At(EntryKind::File(_, other))) => {
                one == other
            }
            _ => false,
        }
    }

    /// All entries with valid paths, sorted: files and folders separately.
    pub fn files_and_folders(&self) -> (Vec<SitePath>, Vec<SitePath>) {
        let entries = self.walk(&self.root).filter(|(_, kind)| kind.is_file() || kind.is_dir());
        let (files, folders): (Vec<_>, Vec<_>) = entries.partition(|(_, kind)| kind.is_file());
        let paths = |entries: Vec<(Option<SitePath>, FileType)>| {
            entries.into_iter().filter_map(|(path, _)| path).collect()
        };
        (paths(files), paths(folders))
    }

    /// All entries below a folder, and whether each is a folder; the path is `None` if it is not
    /// valid.
    pub fn below(&self, folder: &SitePath) -> Vec<(Option<SitePath>, bool)> {
        let folder = folder.below(&self.root);
        self.walk(&folder).map(|(path, kind)| (path, kind.is_dir())).collect()
    }

    fn walk(&self, folder: &Path) -> impl Iterator<Item = (Option<SitePath>, FileType)> {
        let entries = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
        let entries = entries.into_iter().filter_entry(|entry| entry.file_name() != ".git");
        entries.flatten().map(|entry| {
            let relative = entry.path().strip_prefix(&self.root).ok();
            (relative.and_then(SitePath::from_relative), entry.file_type())
        })
    }
}

fn kind(path: &Path) -> EntryKind {
    match path.symlink_metadata() {
        Ok(meta) => kind_of(&meta),
        Err(err) if err.kind() == io::ErrorKind::NotFound => EntryKind::Nothing,
        Err(_) => EntryKind::Other,
    }
}

fn kind_of(meta: &Metadata) -> EntryKind {
    if meta.is_symlink() {
        EntryKind::Link
    } else if meta.is_file() {
        EntryKind::File(meta.len(), Stamp::of(meta))
    } else if meta.is_dir() {
        EntryKind::Folder
    } else {
        EntryKind::Other
    }
}
