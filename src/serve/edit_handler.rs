//! Writes the edits that pages send: a portrait beside a profile, a value into its file. This is
//! the only code of the server that writes to the site, and it writes only these files: never
//! through a link, never outside `content/`, always atomically.
#![expect(clippy::disallowed_methods, reason = "edge: writes the author's profile and portrait")]

use crate::diagnostic::{Diagnostic, reason};
use crate::diagnostic_text::{self, Sources};
use crate::edit::{Change, Field, FileState, Result, Sheets};
use crate::engine::publish::atomic_file;
use crate::load::picture::{self, Limits, PictureKind};
use crate::path::{SitePath, percent_decoded};
use crate::render::image::{Decoder, Picture};
use crate::source::snapshot::File;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The maximum size in bytes of a request to edit a value.
pub const MOST_OF_FIELD: usize = 4 * 1024;

/// How often an edit is repeated because its author saved the file meanwhile.
const TRIES: usize = 5;

/// The body of an edit request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditRequest<'a> {
    /// A picture file.
    Avatar(&'a [u8]),
    /// `{"field": "level", "skill": "rust", "was": "7", "value": "8"}`
    Field(&'a [u8]),
}

/// Makes the edits, one at a time.
pub struct EditHandler {
    root: PathBuf,
    decoder: Decoder,
    busy: Mutex<()>,
}

/// The result of an edit.
struct Edited {
    changed: bool,
    remarks: Vec<Diagnostic>,
}

impl EditHandler {
    /// Edits the site in the folder `root`. Removes temporary files left there by a killed
    /// server.
    pub fn new(root: &Path) -> EditHandler {
        atomic_file::sweep(&root.join("content"));
        EditHandler { root: root.to_owned(), decoder: Decoder::default(), busy: Mutex::new(()) }
    }

    /// Performs an edit. Returns the HTTP status and the response for the page.
    pub fn receive(&self, sheets: &Sheets, query: &str, sent: EditRequest<'_>) -> (u16, Value) {
        let _turn = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        let page = parameter(query, "page").and_then(SitePath::new);
        let file = page.as_ref().and_then(|page| sheets.files.get(page));
        let done = match (file, sent) {
            (None, _) => Err(vec![no_sheet()]),
            (Some(file), EditRequest::Avatar(bytes)) => {
                let name = parameter(query, "name").and_then(SitePath::new);
                self.portrait_edit(sheets, file, name.as_ref(), bytes)
            }
            (Some(file), EditRequest::Field(body)) => self.edit(sheets, file, body),
        };
        let text = file.and_then(|file| fs::read_to_string(file.below(&self.root)).ok());
        let sources = Sources::new(|path| text.as_deref().filter(|_| Some(path) == file));
        let json = |it: &Diagnostic| diagnostic_text::to_json(it, &sources);
        match done {
            Ok(Edited { changed, remarks }) => {
                let remarks: Vec<Value> = remarks.iter().map(json).collect();
                (200, json!({ "changed": changed, "diagnostics": remarks }))
            }
            Err(wrong) => {
                let status = wrong.first().map_or(422, |it| status(it.code));
                let wrong: Vec<Value> = wrong.iter().map(json).collect();
                (status, json!({ "changed": false, "diagnostics": wrong }))
            }
        }
    }

    fn edit(&self, sheets: &Sheets, file: &SitePath, body: &[u8]) -> Result<Edited> {
        let change = change(body).ok_or_else(|| vec![unreadable()])?;
        let changed = self.rewrite(file, |text| sheets.edited(file, text, &change).map(Some))?;
        Ok(Edited { changed, remarks: Vec::new() })
    }

    fn portrait_edit(
        &self,
        sheets: &Sheets,
        file: &SitePath,
        name: Option<&SitePath>,
        bytes: &[u8],
    ) -> Result<Edited> {
        let kind = self.check(sheets, name, bytes).map_err(|it| vec![it])?;
        let folder = self.folder(file)?;
        let state_of = |path: &SitePath| match folder.join(path.file_name()).symlink_metadata() {
            Ok(it) if it.is_file() => FileState::File,
            Ok(_) => FileState::Other,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => FileState::Nothing,
            Err(_) => FileState::Other,
        };
        let entries = fs::read_dir(&folder)
            .map_err(|err| vec![Diagnostic::io("cannot read", &folder, &err)])?;
        let beside: Vec<SitePath> = entries
            .flatten()
            .filter_map(|entry| file.resolve(entry.file_name().to_str()?))
            .filter(|path| path != file && state_of(path) == FileState::File)
            .collect();
        let edit = |text: &str| sheets.portrait_edit(file, text, kind, &beside, &state_of);
        let plan = edit(&self.text(file)?)?;
        let picture = folder.join(plan.picture.file_name());
        if !plan.is_new && fs::read(&picture).is_ok_and(|old| old == bytes) {
            return Ok(Edited { changed: false, remarks: Vec::new() });
        }
        let written = match plan.is_new {
            true => atomic_file::create_new(&picture, bytes),
            false => atomic_file::rewrite(&picture, bytes),
        };
        written.map_err(|err| vec![cannot_write(&plan.picture, &err)])?;
        if plan.profile.is_some() {
            let path = plan.picture.clone();
            // The picture exists by now, so its name must be treated as unused.
            let before =
                |it: &SitePath| if *it == path { FileState::Nothing } else { state_of(it) };
            let named = self.rewrite(file, |text| {
                let again = sheets.portrait_edit(file, text, kind, &beside, &before)?;
                match again.picture == path && again.is_new {
                    true => Ok(again.profile),
                    false => Err(vec![named_meanwhile(file)]),
                }
            });
            if let Err(wrong) = named {
                // The picture is not needed there, and we wrote it.
                let _ = fs::remove_file(&picture);
                return Err(wrong);
            }
        }
        Ok(Edited { changed: true, remarks: plan.remarks })
    }

    /// What a build would report about the picture, checked before anything is written.
    fn check(
        &self,
        sheets: &Sheets,
        name: Option<&SitePath>,
        bytes: &[u8],
    ) -> crate::diagnostic::Result<PictureKind> {
        let path = name.cloned().or_else(|| SitePath::new("picture")).ok_or_else(no_sheet)?;
        let header = picture::inspect(&path, bytes, &Limits::portrait(sheets.max_megapixels))?;
        let file = File::held(bytes);
        let picture = Picture { file: path, digest: file.digest, header };
        self.decoder.prove(&picture, &file)?;
        Ok(picture.header.kind)
    }

    /// Changes a profile's text. If its author saves meanwhile, the edit is repeated on the new
    /// text, so that nothing is lost. Returns whether anything had to be written.
    fn rewrite(
        &self,
        file: &SitePath,
        edit: impl Fn(&str) -> Result<Option<String>>,
    ) -> Result<bool> {
        let path = self.folder(file)?.join(file.file_name());
        for _ in 0..TRIES {
            let text = self.text(file)?;
            let Some(edited) = edit(&text)?.filter(|edited| *edited != text) else {
                return Ok(false);
            };
            if self.text(file)? != text {
                continue;
            }
            let written = atomic_file::rewrite(&path, edited.as_bytes());
            return written.map(|()| true).map_err(|err| vec![cannot_write(file, &err)]);
        }
        let message = format!("`{file}` is being written by another program");
        Err(vec![
            Diagnostic::error("changed-since", message)
                .in_file(file)
                .help("try it again in a moment"),
        ])
    }

    /// The text of a profile, which must be a file of the site and not a link.
    fn text(&self, file: &SitePath) -> Result<String> {
        let path = self.folder(file)?.join(file.file_name());
        let is_file = path.symlink_metadata().is_ok_and(|it| it.is_file());
        let text = if is_file { fs::read_to_string(&path).ok() } else { None };
        text.ok_or_else(|| {
            let message = format!("`{file}` is not a readable file");
            vec![
                Diagnostic::error("unreadable-file", message)
                    .in_file(file)
                    .help("put it in its place, written in UTF-8"),
            ]
        })
    }

    /// The folder of a file below `content/`, unless a link leads there.
    fn folder(&self, file: &SitePath) -> Result<PathBuf> {
        let parent = file.parent().filter(|it| it.as_str().split('/').next() == Some("content"));
        let real = self.root.canonicalize().ok().zip(parent).and_then(|(root, parent)| {
            let folder = parent.below(&root);
            folder.canonicalize().is_ok_and(|real| real == folder).then_some(folder)
        });
        real.ok_or_else(|| {
            let message = format!("`{file}` is a link or does not exist, so it is not changed");
            vec![
                Diagnostic::error("symlink", message)
                    .in_file(file)
                    .help("replace the link with a copy of the file"),
            ]
        })
    }
}

fn change(body: &[u8]) -> Option<Change> {
    let json: Value = serde_json::from_slice(body).ok()?;
    let text = |key: &str| Some(json.get(key)?.as_str()?.to_owned());
    let field = match text("field")?.as_str() {
        "name" => Field::Name,
        "label" => Field::Label,
        "level" => Field::Level(text("skill")?),
        _ => return None,
    };
    Some(Change { field, was: text("was")?, value: text("value")? })
}

/// The value of a query parameter.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    percent_decoded(pairs.find(|(key, _)| *key == name)?.1)
}

fn status(code: &str) -> u16 {
    match code {
        "picture-too-large" => 413,
        "empty-picture" | "not-a-picture" | "unsupported-picture" => 415,
        "cannot-write" | "io" => 500,
        _ => 422,
    }
}

fn named_meanwhile(file: &SitePath) -> Diagnostic {
    let message = format!("`{file}` now names another picture");
    Diagnostic::error("changed-since", message)
        .in_file(file)
        .help("wait until the page has updated, and try again")
}

fn no_sheet() -> Diagnostic {
    Diagnostic::error("no-sheet", "no profile of the site is shown at this address")
        .help("correct the errors in the site, or reload the page")
}

fn unreadable() -> Diagnostic {
    Diagnostic::error("not-taken", "the request from the page cannot be read")
        .help("reload the page")
}

fn cannot_write(file: &SitePath, err: &std::io::Error) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("cannot write `{file}`: {}", reason(err)))
        .in_file(file)
        .help("check the permissions of the file and its folder, and whether the disk is full")
}
