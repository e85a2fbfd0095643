//! Pictures: header → limits → upright → crop → sizes → formats. One interface for all pictures:
//! portraits, pictures in Markdown, icons and previews only differ in the request.
//!
//! `make_variants` takes all pictures of a site at once, before anything is rendered. Those that are not
//! in the blob store are decoded, once for all sizes and formats, and encoded, on all processors
//! and within a memory budget. The result for each is an `Offer`: the variants a page may refer to,
//! and a placeholder. A second build decodes nothing.

mod chroma;
mod colour;
mod crop;
mod decode;
mod decode_error;
mod decoder;
mod encode;
mod focus;
mod half;
mod jpeg;
mod kernels;
mod lanczos;
mod make_variants;
mod markup;
mod offer;
mod placeholder;
mod pyramid;
mod raw;
mod resize;
mod resize_plan;
mod rgba;
mod small;
mod spec;
mod trial;
mod variant;

pub use decoder::Decoder;
pub use make_variants::{Request, Workers, make_variants};
pub use markup::{Loading, PictureView, Source};
pub use offer::{Offer, Set};
pub use placeholder::Placeholder;
pub use rgba::Rgba;
pub use spec::{Crop, Picture, PictureSpec};
pub use variant::Variant;
