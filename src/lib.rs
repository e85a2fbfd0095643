//! Questfolio builds developer portfolios that read like role-playing character sheets: profiles in
//! YAML and Markdown in, a static site out.
//!
//! # The whole program is one function
//!
//! ```text
//! pub fn run(snapshot, options, Store { previous, blobs, memory }, extent, observer) -> Build {
//!     let site   = load::site(snapshot, options, memory, …);        // files  → the author's content
//!     let themes = theme::open(snapshot, &site, memory, …);         // layers → templates and options
//!     let plan   = plan::plan(subject, blobs, memory, extent, …);    // what to write, from what
//!     let run    = engine::run(&plan.jobs, previous, blobs, …);      // bytes, each made at most once
//!     Build { report, run, site, … }
//! }
//! ```
//!
//! `build`, `check` and `serve` call this and nothing else. There is no separate code path for
//! incremental builds or for watching: `previous`, `blobs` and `memory` save work and never change
//! a byte. Everything in `memory` is stored with its inputs ([`engine::memo`]), so nothing needs to
//! be invalidated. `serve` first builds the open pages (`extent`), and then the whole site.
//!
//! ```text
//!  disk ──► Snapshot ──► Site ──► Plan ──► Outputs ──► publish ──► public/
//!           bytes,       content  what to   bytes,  └─► serve ───► browser
//!           digests               write     digests
//!                          │        ▲
//!                          ▼        │
//!                        model    Theme            Report collects diagnostics at every step
//!                    Profile → Sheet → Row
//! ```
//!
//! # Modules
//!
//! Imports only point downwards (checked by `tests/architecture.rs`):
//!
//! - [`cli`] is the only code that prints; [`serve`] talks to the browser
//! - [`build`]: the function above; [`edit`]: changes one value of a profile from its page
//! - [`check`] checks finished outputs; [`plan`] decides what is written, and from what
//! - [`render`]: values → bytes (Markdown, pictures, feeds)
//! - [`load`]: files → content, with every mistake reported; [`theme`]: layers of files →
//!   templates, options, assets
//! - [`source`]: snapshots of files, YAML with source positions; [`engine`]: makes what has not
//!   been made yet, publishes what differs
//! - [`diagnostic_text`], [`diagnostic`]: what is wrong, where, and what to write instead
//! - [`model`]: the game: profile + rules → sheet
//! - [`span`], [`path`], [`digest`], [`file`]; and `lock`
//!
//! # Invariants
//!
//! - `model` knows nothing of files, and `engine` nothing of the game.
//! - Only the edges access disk, network, clock and terminal: `cli`, `serve`, `source::snapshot`,
//!   `engine::{blobs, traces, publish}`, and `file` below them. All other code is a function of its
//!   arguments.
//! - A template sees only what its page's fingerprint names, so no page can be stale.
//! - A task never warns: mistakes are found by `load`, `theme` and `plan`, which always run.
//! - Only `publish` writes to the output folder, and only over its own files.
//! - Only `serve::edit_handler` writes to the author's files, and only edits requested by a page of theirs.
//! - Deleting the cache changes no output.
//! - Content is untrusted: it is never compiled, never opens a path, and never reaches a page
//!   unescaped. Themes and configuration are trusted.
//!
//! # How to add a kind of page
//!
//! Five places and no framework: a reader in `load/`, a type in `model/`, a file in `plan/kind/`, a
//! template in `themes/codex/`, and an example in `examples/`.

pub mod build;
pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod diagnostic_text;
pub mod digest;
pub mod edit;
pub mod engine;
pub mod file;
pub mod load;
mod lock;
pub mod model;
pub mod path;
pub mod plan;
pub mod render;
pub mod serve;
pub mod source;
pub mod span;
pub mod theme;
