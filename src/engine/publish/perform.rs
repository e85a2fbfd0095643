//! Performs the steps, one after the other.
//!
//! Edge: writes the output folder.

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::publish::atomic_file::{self, Durability, Staged};
use crate::engine::publish::disk::Disk;
use crate::engine::publish::marker::{self, MARKER, Marker, TEMPORARY};
use crate::engine::publish::plan::{Plan, foreign_file};
use crate::engine::publish::step::Step;
use crate::engine::publish::{BLANK, Destination, Published};
use crate::engine::traces::Stamps;
use crate::engine::{Blobs, Body, Outputs};
use crate::file::{self, OnDisk, Stamp};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

impl Destination {
    /// Performs a plan's steps. Stops at the first that fails; the report names the file.
    pub fn perform(
        &self,
        plan: &Plan,
        disk: &Disk,
        outputs: &Outputs,
        blobs: &Blobs,
        report: &mut Report,
    ) -> Published {
        let mut work = Work {
            to: self,
            plan,
            disk,
            outputs,
            blobs,
            staged: BTreeMap::new(),
            blank: None,
            stamps: Stamps::new(),
            is_remembered: false,
            published: Published::default(),
        };
        let done = work.prepare().and_then(|()| plan.steps.iter().try_for_each(|it| work.step(it)));
        report.ok(done);
        work.clean()
    }
}

/// A plan while it is performed.
struct Work<'a> {
    to: &'a Destination,
    plan: &'a Plan,
    disk: &'a Disk,
    outputs: &'a Outputs,
    blobs: &'a Blobs,
    /// Files that are written but not placed yet.
    staged: BTreeMap<SitePath, Staged>,
    /// A page without links, to be hard-linked wherever one is needed.
    blank: Option<Staged>,
    /// Stamps of the files placed so far.
    stamps: Stamps,
    is_remembered: bool,
    published: Published,
}

impl Work<'_> {
    /// Removes the remains of an interrupted build, and creates the folders needed.
    fn prepare(&mut self) -> Result<()> {
        let out = &self.to.out;
        let cannot = |err| Diagnostic::io("cannot write to the output folder", out, &err);
        self.remove_temporary().map_err(cannot)?;
        if self.plan.steps.iter().all(|step| *step == Step::SaveTraces) {
            return Ok(());
        }
        let temporary = self.temporary();
        if temporary.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
            let name = SitePath::new(TEMPORARY).expect("a plain word is a path");
            return Err(foreign_file(&name, "was not made by questfolio"));
        }
        let made = self.disk.make_folders(out).and_then(|()| self.disk.make_folder(&temporary));
        made.map_err(cannot)
    }

    fn step(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::WriteTemporary(path) => self.stage(path),
            Step::MarkChanging => self.mark(&self.plan.changing),
            Step::Unlink(path) => {
                let file = path.below(&self.to.out);
                self.disk
                    .remove_file(&file)
                    .map_err(|err| Diagnostic::io("cannot remove the link", &file, &err))?;
                self.published.has_begun = true;
                Ok(())
            }
            Step::Blank(path) => self.blank(path),
            Step::Write(path) => self.write(path),
            Step::Remove(path) => self.remove(path),
            Step::RemoveFolder(path) => {
                // A folder that is not empty is kept.
                let _ = self.disk.remove_folder(&path.below(&self.to.out));
                Ok(())
            }
            Step::SaveTraces => {
                self.remember();
                Ok(())
            }
            Step::MarkStable => {
                let traces = self.plan.settled.traces.filter(|_| self.is_remembered);
                self.mark(&Marker { traces, ..self.plan.settled.clone() })
            }
        }
    }

    fn stage(&mut self, path: &SitePath) -> Result<()> {
        let output = &self.outputs[path];
        let staged = match &output.body {
            Body::File(file) => self.copied(path, file)?,
            _ => {
                let bytes = output.bytes(path, self.blobs, Some(&self.to.out))?;
                self.filled(path, |to| to.write_all(&bytes))?
            }
        };
        self.staged.insert(path.clone(), staged.closed());
        Ok(())
    }

    /// However long the file is, only chunks of it are in memory.
    fn copied(&self, path: &SitePath, file: &OnDisk) -> Result<Staged> {
        let opened = file.open().map_err(|err| Diagnostic::io("cannot read", &file.path, &err))?;
        let mut is_seen = false;
        let staged = self.filled(path, |to| {
            is_seen = opened.copy(to)?;
            Ok(())
        })?;
        if !is_seen {
            staged.discard();
            return Err(Diagnostic::changed_while_read(&file.path));
        }
        Ok(staged)
    }

    /// Creates a temporary file for `path`, filled by `fill`.
    fn filled(
        &self,
        path: &SitePath,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<Staged> {
        self.disk
            .stage(&self.temporary(), Durability::Eventual, fill)
            .map_err(|err| Diagnostic::io("cannot write", &path.below(&self.to.out), &err))
    }

    fn write(&mut self, path: &SitePath) -> Result<()> {
        let target = path.below(&self.to.out);
        let cannot = |err| Diagnostic::io("cannot write", &target, &err);
        self.make_folder_of(path)?;
        let staged = self.staged.remove(path).ok_or(io::ErrorKind::NotFound.into());
        staged.and_then(|staged| self.disk.place(staged, &target)).map_err(cannot)?;
        let stamp = target.symlink_metadata().ok().and_then(|meta| Stamp::of(&meta));
        self.stamps.extend(stamp.map(|stamp| (path.clone(), stamp)));
        self.published.has_begun = true;
        self.published.written.push(path.clone());
        Ok(())
    }

    fn blank(&mut self, path: &SitePath) -> Result<()> {
        let target = path.below(&self.to.out);
        self.make_folder_of(path)?;
        self.place_blank(&target).map_err(|err| Diagnostic::io("cannot write", &target, &err))?;
        self.published.has_begun = true;
        Ok(())
    }

    /// Hard-linking one blank page takes a third of the time of writing a file. But a link cannot
    /// replace an existing file, and not all file systems support links, or as many as needed.
    fn place_blank(&mut self, target: &Path) -> io::Result<()> {
        let temporary = self.temporary();
        let write = || {
            let write = |file: &mut File| file.write_all(BLANK.as_bytes());
            self.disk.stage(&temporary, Durability::Eventual, write)
        };
        if target.symlink_metadata().is_err() {
            let blank = match self.blank.take() {
                Some(blank) => blank,
                None => write()?,
            };
            let linked = self.disk.link(blank.path(), target);
            self.blank = Some(blank);
            if linked.is_ok() {
                return Ok(());
            }
        }
        self.disk.place(write()?, target)
    }

    fn make_folder_of(&self, path: &SitePath) -> Result<()> {
        let Some(folder) = path.parent() else { return Ok(()) };
        let folder = folder.below(&self.to.out);
        self.disk
            .make_folders(&folder)
            .map_err(|err| Diagnostic::io("cannot make the folder", &folder, &err))
    }

    fn remove(&mut self, path: &SitePath) -> Result<()> {
        let file = path.below(&self.to.out);
        match self.disk.remove_file(&file) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => {
                return Err(Diagnostic::io("cannot remove", &file, &err));
            }
            _ => {}
        }
        self.published.has_begun = true;
        self.published.removed.push(path.clone());
        Ok(())
    }

    /// Saves the traces before the marker refers to them: in between, no traces are trusted.
    fn remember(&mut self) {
        let mut traces = self.plan.traces.clone();
        traces.stamps.extend(self.reliable_stamps());
        match traces.save(&self.to.cache, &self.to.out, self.disk) {
            Ok(()) => self.is_remembered = true,
            Err(err) => self.blobs.complain(&self.to.cache, &err),
        }
    }

    /// Stamps of written files that no later change can have: those older than a file created now.
    /// Files written within the current tick of the file system's clock are read again by the next
    /// build.
    fn reliable_stamps(&mut self) -> Stamps {
        let mut stamps = std::mem::take(&mut self.stamps);
        if stamps.is_empty() {
            return stamps;
        }
        let now = self.disk.stage(&self.temporary(), Durability::Eventual, |_| Ok(()));
        let stamp = now.ok().and_then(|staged| {
            let stamp = staged.path().symlink_metadata().ok().and_then(|it| Stamp::of(&it));
            staged.discard();
            stamp
        });
        stamps.retain(|_, it| stamp.is_some_and(|now| it.is_before(&now)));
        stamps
    }

    fn mark(&self, marker: &Marker) -> Result<()> {
        let path = self.to.out.join(MARKER);
        let text = marker.text();
        if file::read(&path, marker::MOST).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(());
        }
        self.disk
            .replace(&self.temporary(), &path, text.as_bytes(), Durability::Synced)
            .map_err(|err| Diagnostic::io("cannot write", &path, &err))
    }

    fn temporary(&self) -> PathBuf {
        self.to.out.join(TEMPORARY)
    }

    /// Removes temporary files, and their folder unless it contains something else.
    fn remove_temporary(&self) -> io::Result<()> {
        let temporary = self.temporary();
        if !temporary.symlink_metadata().is_ok_and(|meta| meta.is_dir()) {
            return Ok(());
        }
        let is_ours = |entry: &std::fs::DirEntry| {
            atomic_file::is_temporary(&entry.file_name().to_string_lossy())
                && entry.file_type().is_ok_and(|kind| kind.is_file())
        };
        for entry in temporary.read_dir()?.flatten().filter(is_ours) {
            self.disk.remove_file(&entry.path())?;
        }
        let _ = self.disk.remove_folder(&temporary);
        Ok(())
    }

    fn clean(mut self) -> Published {
        let staged = std::mem::take(&mut self.staged).into_values().chain(self.blank.take());
        staged.for_each(Staged::forget);
        // At worst some litter stays, which the next build removes first.
        let _ = self.remove_temporary();
        self.published
    }
}
