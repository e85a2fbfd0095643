//! Values → bytes, each a pure function: Markdown to HTML, pictures to variants.

pub mod image;
pub mod markdown;
