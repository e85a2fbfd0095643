//! Questfolio builds developer portfolios that read like role-playing character sheets: profiles in
//! YAML and Markdown in, a static site out.
//!
//! # The whole program is one function
//!
//! ```text
//! pub fn again(snapshot, options, Store { previous, blobs, memory }, extent, observer) -> Build {
//!     let site   = load::again(snapshot, options, memory, …);        // files  → what the author said
//!     let themes = theme::again(snapshot, &site, memory, …);         // layers → templates and options
//!     let plan   = plan::again(subject, blobs, memory, extent, …);   // what to write, from what
//!     let run    = engine::run(&plan.jobs, previous, blobs, …);      // bytes, each made at most once
//!     Build { report, run, site, … }
//! }
//! ```
//!
//! `build`, `check` and `serve` call this and nothing else. There is no second path for
//! «incremental» and none for «watch»: `previous`, `blobs` and `memory` save work and never change a
//! byte. What is kept in `memory` stands beside everything it was made from ([`engine::memo`]), so
//! there is nothing to invalidate. `serve` asks for the open pages first (`extent`), and for the
//! whole site after them.
//!
//! ```text
//!  disk ──► Snapshot ──► Site ──► Plan ──► Outputs ──► publish ──► public/
//!           bytes,       what     what to   bytes,  └─► serve ───► browser
//!           digests      was said make      digests
//!                          │        ▲
//!                          ▼        │
//!                        model    Theme            Report gathers diagnostics all along the way
//!                    Profile → Sheet → Row
//! ```
//!
//! # Floors
//!
//! Imports point downwards only (`tests/architecture.rs` holds it):
//!
//! - [`cli`] prints, and is the only code that does; [`serve`] talks to the browser
//! - [`build`]: the function above; [`edit`]: one value of a profile, changed from the page
//! - [`check`] looks over finished outputs; [`plan`] decides what is written, and from what
//! - [`render`]: values → bytes (Markdown, pictures, feeds)
//! - [`load`]: files → what the author said, every mistake reported; [`theme`]: layers of files →
//!   templates, options, assets
//! - [`source`]: files at one moment, YAML with places; [`engine`]: makes what is not already made,
//!   publishes what differs
//! - [`diagnostic_text`], [`diagnostic`]: what is wrong, where, and what to write instead
//! - [`model`]: the game: profile + rules → sheet
//! - [`span`], [`path`], [`digest`], [`file`]
//!
//! # Invariants
//!
//! - `model` knows no files, `engine` knows no game.
//! - Only the edges touch disk, network, clock or terminal: `cli`, `serve`, `source::snapshot`,
//!   `engine::{blobs, traces, publish}`, with `file` below them. All else is a function of its
//!   arguments.
//! - A template sees only what its page's fingerprint names, so no page can be stale.
//! - A task never warns: what can be wrong is found by `load`, `theme` and `plan`, which always run.
//! - Only `publish` writes to the output folder, and only over its own files.
//! - Only `serve::desk` writes to what the author wrote, and only what a page of theirs asks for.
//! - Deleting the cache changes no output.
//! - Content is untrusted: it is never compiled, never opens a path, never reaches a page unescaped.
//!   Themes and configuration are trusted.
//!
//! # How to add a kind of page
//!
//! Five places and no framework: a reader in `load/`, a type in `model/`, a function in `plan/`, a
//! template in `themes/codex/`, and an example under `examples/`.

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
pub mod model;
pub mod path;
pub mod plan;
pub mod render;
pub mod serve;
pub mod source;
pub mod span;
pub mod theme;
