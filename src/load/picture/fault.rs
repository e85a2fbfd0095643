//! Why a picture's header cannot be used.

use super::kind::PictureKind;
use crate::diagnostic::Diagnostic;
use crate::path::SitePath;

/// The diagnostic for a picture whose damage is only found by decoding it.
pub fn broken(path: &SitePath, kind: PictureKind, why: &str) -> Diagnostic {
    let why = why.lines().next().unwrap_or_default();
    let message = format!("`{path}` is a broken {} picture: {why}", kind.name());
    Diagnostic::error("broken-picture", message).help("open it in an editor and save it again")
}

/// Why a header cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The file ends before its header does.
    Truncated,
    /// The header contradicts itself.
    Broken(&'static str),
    /// A rare variant that browsers do not show either, or that the decoders do not support.
    Unsupported(&'static str),
}

impl Fault {
    pub(super) fn diagnostic(self, path: &SitePath, kind: PictureKind) -> Diagnostic {
        let name = kind.name();
        match self {
            Fault::Truncated => {
                let message =
                    format!("`{path}` is cut off: only the start of a {name} picture is there");
                Diagnostic::error("truncated-picture", message).help("copy or download it again")
            }
            Fault::Broken(why) => broken(path, kind, why),
            Fault::Unsupported(what) => {
                let message = format!("`{path}` is {what}, which cannot be read");
                Diagnostic::error("unsupported-picture", message)
                    .help("save it as a plain JPEG or PNG")
            }
        }
    }
}
