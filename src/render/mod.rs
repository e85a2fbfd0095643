//! Values → bytes, each a pure function: Markdown to HTML, pictures to variants, feeds, linked data.

pub mod code;
pub mod drawing;
pub mod feed;
pub mod feed_html;
mod filters;
pub mod image;
pub mod json_ld;
pub mod markdown;
pub mod sitemap;
pub mod vector;
pub mod xml;
