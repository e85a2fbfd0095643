//! One step of publishing.

use crate::path::SitePath;

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Write the new bytes of this path to a temporary file.
    WriteTemporary(SitePath),
    /// Mark the folder as changing: its current files and the new ones are ours, and no traces
    /// describe it.
    MarkChanging,
    /// Remove a link where a folder is needed; its target is not touched.
    Unlink(SitePath),
    /// Place a page without links at this path.
    Blank(SitePath),
    /// Place the staged bytes at this path.
    Write(SitePath),
    /// Remove a file that we made.
    Remove(SitePath),
    /// Remove a folder that we created, if it is empty by then.
    RemoveFolder(SitePath),
    /// Save the traces.
    SaveTraces,
    /// Mark the folder as described by the traces.
    MarkStable,
}
