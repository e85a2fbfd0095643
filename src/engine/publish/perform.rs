//! Does what the steps say, one after the other.
#![expect(clippy::disallowed_methods, reason = "edge: writes the output folder")]

use crate::diagnostic::{Diagnostic, Report, Result};
use crate::engine::publish::marker::{MARKER, Marker};
use crate::engine::publish::steps::{Plan, Step};
use crate::engine::publish::whole::{self, Durability};
use crate::engine::publish::{Destination, Published, TEMPORARY};
use crate::engine::{Blobs, Outputs};
use crate::path::SitePath;
use std::io;
use std::path::{Path, PathBuf};

impl Destination {
    /// Performs some of a plan's steps (all of them, outside of tests). Stops at the first that
    /// fails; the report says which file was to blame.
    pub fn perform(
        &self,
        plan: &Plan,
        steps: &[Step],
        outputs: &Outputs,
        blobs: &Blobs,
        report: &mut Report,
    ) -> Published {
        let mut published = Published::default();
        if steps.is_empty() {
            return published;
        }
        let done = self.prepare_folders().and_then(|()| {
            steps.iter().try_for_each(|step| {
                self.step(step, plan, outputs, blobs)?;
                match step {
                    Step::Write(path) => published.written.push(path.clone()),
                    Step::Remove(path) => published.removed.push(path.clone()),
                    Step::Unsettle | Step::Unlink(_) | Step::Settle => {}
                }
                Ok(())
            })
        });
        report.ok(done);
        // At worst a temporary file is left, which the next build removes first.
        let _ = remove_temporary(&self.temporary());
        published
    }

    fn step(&self, step: &Step, plan: &Plan, outputs: &Outputs, blobs: &Blobs) -> Result<()> {
        match step {
            Step::Unsettle => self.mark(&plan.changing),
            Step::Unlink(path) => {
                let path = path.below(&self.out);
                std::fs::remove_file(&path)
                    .map_err(|err| Diagnostic::io("cannot remove the link", &path, &err))
            }
            Step::Write(path) => {
                let output = &outputs[path];
                self.write(path, &output.bytes(path, blobs, Some(&self.out))?)
            }
            Step::Remove(path) => self.remove(path, plan),
            Step::Settle => self.settle(plan, blobs),
        }
    }

    fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<()> {
        let target = path.below(&self.out);
        if let Some(folder) = path.parent() {
            self.make_folder(&folder)?;
        }
        whole::replace(&self.temporary(), &target, bytes, Durability::Eventual)
            .map_err(|err| Diagnostic::io("cannot write", &target, &err))
    }

    fn make_folder(&self, folder: &SitePath) -> Result<()> {
        let path = folder.below(&self.out);
        if path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = folder.parent() {
            self.make_folder(&parent)?;
        }
        make_folder(&path).map_err(|err| Diagnostic::io("cannot make the folder", &path, &err))
    }

    fn remove(&self, path: &SitePath, plan: &Plan) -> Result<()> {
        let file = path.below(&self.out);
        match std::fs::remove_file(&file) {
            Err(err) if err.kind() != io::ErrorKind::NotFound => {
                return Err(Diagnostic::io("cannot remove", &file, &err));
            }
            _ => {}
        }
        for folder in path.ancestors().take_while(|it| plan.changing.seals.own_folder(it)) {
            // One that is not empty is not removed, and neither are those above it.
            if std::fs::remove_dir(folder.below(&self.out)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// First the traces, then the marker that names them: between the two, neither is trusted.
    fn settle(&self, plan: &Plan, blobs: &Blobs) -> Result<()> {
        let mut settled = plan.settled.clone();
        if let Err(err) = plan.traces.save(&self.cache, &self.out) {
            blobs.complain(&self.cache, &err);
            settled.traces = None;
        }
        self.mark(&settled)
    }

    fn mark(&self, marker: &Marker) -> Result<()> {
        let path = self.out.join(MARKER);
        let text = marker.text();
        if std::fs::read(&path).is_ok_and(|old| old == text.as_bytes()) && !path.is_symlink() {
            return Ok(());
        }
        whole::replace(&self.temporary(), &path, text.as_bytes(), Durability::Synced)
            .map_err(|err| Diagnostic::io("cannot write", &path, &err))
    }

    fn temporary(&self) -> PathBuf {
        self.out.join(TEMPORARY)
    }

    fn prepare_folders(&self) -> Result<()> {
        let temporary = self.temporary();
        make_folders(&self.out)
            .and_then(|()| remove_temporary(&temporary))
            .and_then(|()| make_folder(&temporary))
            .map_err(|err| Diagnostic::io("cannot write to the output folder", &self.out, &err))
    }
}

fn remove_temporary(path: &Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => std::fs::remove_dir_all(path),
        Ok(_) => std::fs::remove_file(path),
        Err(_) => Ok(()),
    }
}

fn make_folders(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    path.parent().map_or(Ok(()), make_folders)?;
    make_folder(path)
}

fn make_folder(path: &Path) -> io::Result<()> {
    match std::fs::create_dir(path) {
        Err(err) if err.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => return Ok(()),
        made => made?,
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
