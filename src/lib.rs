//! Questfolio builds developer portfolios that read like role-playing character sheets.

pub mod diagnostic;
pub mod diagnostic_text;
pub mod digest;
pub mod engine;
pub mod load;
pub mod model;
pub mod path;
pub mod render;
pub mod source;
pub mod span;
