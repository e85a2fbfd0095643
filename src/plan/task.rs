//! The tasks that produce output files, and what each depends on.

use crate::diagnostic::{Diagnostic, Result};
use crate::digest::Digest;
use crate::engine::{Blobs, Fingerprint, Work};
use crate::file::OnDisk;
use crate::path::SitePath;
use crate::render::drawing::Drawing;
use crate::render::image::{Decoder, Variant};
use crate::source::snapshot::File;
use crate::span::Span;
use crate::theme::{Templates, Vars};
use std::sync::Arc;

/// Cache version of pages; raised when the same variables and templates give different bytes.
const PAGE: &str = concat!("page/", env!("CARGO_PKG_VERSION"));
/// Cache version of texts, which are written unchanged.
const TEXT: &str = "text/1";
/// Cache version of copied files.
const COPY: &str = "copy/1";

/// Work that produces one output file.
#[derive(Debug)]
pub enum Task {
    /// A template with its variables.
    Page {
        /// The theme's templates.
        templates: Arc<Templates>,
        /// The template's name.
        template: String,
        /// The variables it may read.
        vars: Vars,
        /// The file the page is about, for messages.
        origin: Option<SitePath>,
    },
    /// Text that is already complete: feeds, JSON, stylesheets.
    Text(String),
    /// One size and format of a picture.
    Variant {
        /// Which size and format.
        variant: Box<Variant>,
        /// The file with the original picture.
        source: File,
        /// Where the picture is decoded again, if its bytes were lost since planning.
        decoder: Arc<Decoder>,
    },
    /// A social card or an icon.
    Drawing(Box<Drawing>),
    /// A file, copied unchanged.
    Copy(File),
}

impl Task {
    /// The file it was made from, if known.
    pub(super) fn origin(&self) -> Option<&SitePath> {
        match self {
            Task::Page { origin, .. } => origin.as_ref(),
            _ => None,
        }
    }
}

impl Work for Task {
    const COSTLY: &'static str = "encoding pictures";

    fn fingerprint(&self) -> Fingerprint {
        match self {
            Task::Page { templates, template, vars, .. } => Fingerprint::new(PAGE)
                .with("templates", templates.digest)
                .with("template", Digest::of_bytes(template.as_bytes()))
                .with_all(
                    templates.read_by(template, vars).map(|(name, var)| (name, var.digest())),
                ),
            Task::Text(text) => {
                Fingerprint::new(TEXT).with("text", Digest::of_bytes(text.as_bytes()))
            }
            Task::Variant { variant, .. } => variant.fingerprint(),
            Task::Drawing(drawing) => drawing.fingerprint(),
            Task::Copy(file) => Fingerprint::new(COPY).with("file", file.digest),
        }
    }

    fn make(&self, blobs: &Blobs) -> Result<Vec<u8>> {
        match self {
            Task::Page { templates, template, vars, .. } => {
                templates.render(template, vars).map(String::into_bytes)
            }
            Task::Text(text) => Ok(text.clone().into_bytes()),
            Task::Variant { variant, source, decoder } => variant.make(source, decoder),
            Task::Drawing(drawing) => drawing.make(blobs),
            Task::Copy(file) => file.read().map(|bytes| bytes.to_vec()),
        }
    }

    fn copied(&self) -> Option<&OnDisk> {
        match self {
            Task::Copy(file) => file.on_disk(),
            _ => None,
        }
    }

    fn explain(&self, path: &SitePath, failure: Diagnostic, others: usize) -> Diagnostic {
        match self {
            Task::Page { origin, .. } => on_page(failure, path, origin.as_ref(), others),
            _ => failure,
        }
    }

    fn is_costly(&self) -> bool {
        matches!(self, Task::Variant { .. } | Task::Drawing(_))
    }

    fn weight(&self) -> u64 {
        match self {
            Task::Drawing(_) => 1,
            _ => 0,
        }
    }
}

/// The diagnostic of a failed template with the page it failed on: the same template may render
/// other pages without errors.
pub(super) fn on_page(
    failure: Diagnostic,
    path: &SitePath,
    origin: Option<&SitePath>,
    others: usize,
) -> Diagnostic {
    let page = path.as_str().strip_suffix("index.html").unwrap_or(path.as_str());
    let more = match others {
        0 => String::new(),
        1 => ", and in one other page".to_owned(),
        more => format!(", and in {more} other pages"),
    };
    let failure = failure.label(format!("while making `/{page}`{more}"));
    match origin {
        Some(file) => {
            failure.related(Span::file(file), format!("`/{page}` is made from this file"))
        }
        None => failure,
    }
}
