//! Why a picture cannot be decoded.

/// The error is the reason why a picture cannot be decoded. The decoders' own messages are about
/// their internals.
pub(super) type Decoded<T> = std::result::Result<T, &'static str>;

pub(super) const DAMAGED: &str = "its pixels are damaged";
pub(super) const CUT: &str = "it ends too early";
pub(super) const DIFFERS: &str = "its size differs from the size in its header";
pub(super) const STRANGE: &str = "its colour type is unknown";
pub(super) const HUGE: &str = "it needs more memory than its size allows";
