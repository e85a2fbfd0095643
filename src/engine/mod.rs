//! The build engine: makes only what has not been made yet, and publishes only what differs. It
//! knows nothing of the game.
//!
//! A **job** is an output path and a task. A **task** names everything its bytes depend on (its
//! fingerprint) and can make these bytes. No job depends on another, so there is no graph. The
//! invariant, which is tested: whatever earlier builds left behind, the bytes are those of a clean
//! build.

pub mod blobs;
pub mod fingerprint;
mod job;
pub mod memo;
pub mod observer;
mod output;
pub mod publish;
pub mod run;
pub mod traces;

pub use blobs::Blobs;
pub use fingerprint::Fingerprint;
pub use job::{Job, Work};
pub use observer::Observer;
pub use output::{Body, Output, Outputs};
pub use publish::{Destination, Foreign, ProtectedFolders, Published};
pub use run::{Origin, Provenance, Run, run};
