//! Every documented key does something or says that it does not, and no combination of them breaks a
//! page of the built-in theme.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

mod cases;
mod effect;
mod empty;
mod random;
#[path = "../hostile/strict_html.rs"]
mod strict_html;
#[path = "../support/mod.rs"]
mod support;
mod themes;
mod values;
mod wording;
mod workshop;
mod written;
