//! Where a new portrait is stored: it replaces the old one, or gets an unused file name.

use super::reading::Reading;
use super::{Result, Sheets, text};
use crate::diagnostic::Diagnostic;
use crate::load::picture::PictureKind;
use crate::path::SitePath;
use crate::span::Span;

/// The number of file names to try.
const MOST_NAMES: usize = 1_000;

/// What exists at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A link, a folder, or anything else that is not a file.
    Other,
}

/// The files to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortraitEdit {
    /// The path of the picture.
    pub picture: SitePath,
    /// Whether the picture's path is unused; otherwise the old portrait is replaced.
    pub is_new: bool,
    /// The new text of the profile's file, if it has to refer to the picture.
    pub profile: Option<String>,
    /// Hints for the author.
    pub remarks: Vec<Diagnostic>,
}

impl Sheets {
    /// Where to store a picture of this format as somebody's portrait. `beside` are the files in
    /// the folder of the profile. The old portrait is replaced only by a picture of the same
    /// format, and only if it is not shown anywhere else.
    ///
    /// # Errors
    /// `cannot-edit` if the profile has to refer to it but is written in a form that only its
    /// author can change.
    pub fn portrait_edit(
        &self,
        file: &SitePath,
        text: &str,
        kind: PictureKind,
        beside: &[SitePath],
        state_of: &dyn Fn(&SitePath) -> FileState,
    ) -> Result<PortraitEdit> {
        let before = Reading::of(file, text, beside, &self.ruleset)?;
        let image = before.profile.image.as_ref();
        let remarks = image.map(|image| remarks(file, image.focus.is_some(), image.alt.is_some()));
        let mut edit = PortraitEdit {
            picture: file.clone(),
            is_new: false,
            profile: None,
            remarks: remarks.unwrap_or_default(),
        };
        let old = image.and_then(|image| image.file.clone());
        let is_alone = |it: &SitePath| !self.shown_elsewhere.contains(&it.composed());
        let is_own = |it: &SitePath| is_own(file, it, kind) && is_alone(it);
        if let Some(old) = old.filter(|it| is_own(it) && state_of(it) == FileState::File) {
            return Ok(PortraitEdit { picture: old, ..edit });
        }
        let free = names(file, kind).find(|name| state_of(name) == FileState::Nothing);
        edit.picture = free.ok_or_else(|| vec![cannot_name(&before)])?;
        edit.is_new = true;
        let beside = [beside, &[edit.picture.clone()]].concat();
        let shows = |after: &Reading<'_>| {
            let image = after.profile.image.as_ref();
            image.and_then(|image| image.file.as_ref()) == Some(&edit.picture)
        };
        let place = before.place_of_image().ok_or_else(|| vec![cannot_name(&before)]);
        let names_one = place.as_ref().is_ok_and(|place| !place.old(text).is_empty());
        if !names_one && shows(&Reading::of(file, text, &beside, &self.ruleset)?) {
            // The picture is found by its name, so the profile need not refer to it.
            return Ok(edit);
        }
        let place = place?;
        let name = edit.picture.file_name();
        let spellings = text::spellings(name, place.old(text), before.is_json);
        let named = self.first_that_reads_back(&before, &place, &spellings, &beside, &shows);
        let named = named.map_err(|wrong| wrong.unwrap_or_else(|| vec![cannot_name(&before)]))?;
        Ok(PortraitEdit { profile: Some(named), ..edit })
    }
}

/// A profile in its own folder owns all files there; any other owns the files with its name.
fn is_own(file: &SitePath, picture: &SitePath, kind: PictureKind) -> bool {
    let extension = picture.extension().to_ascii_lowercase();
    picture.strip_prefix("content").is_some()
        && picture.parent() == file.parent()
        && kind.extensions().contains(&extension.as_str())
        && (file.stem() == "profile" || file.stem() == picture.stem())
}

/// `avatar.jpg`, `avatar-2.jpg`, …; `ada.jpg` beside `ada.yaml`.
fn names(file: &SitePath, kind: PictureKind) -> impl Iterator<Item = SitePath> {
    let stem = Some(file.stem()).filter(|stem| *stem != "profile").unwrap_or("avatar");
    (1..=MOST_NAMES).filter_map(move |number| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        file.resolve(&format!("{stem}{number}.{}", kind.extension()))
    })
}

fn remarks(file: &SitePath, has_focus: bool, has_alt: bool) -> Vec<Diagnostic> {
    let which = match (has_focus, has_alt) {
        (true, true) => "`focus` and `alt` are",
        (true, false) => "`focus` is",
        (false, true) => "`alt` is",
        (false, false) => return Vec::new(),
    };
    let message = format!("{which} still set for the old picture");
    let remark = Diagnostic::warning("old-picture", message).in_file(file);
    vec![remark.help("check `image:` in the file")]
}

fn cannot_name(reading: &Reading<'_>) -> Diagnostic {
    let message = format!("the picture in `{}` cannot be changed from the page", reading.file);
    let place = reading.place_of_image().map(|it| Span::new(reading.file, it.at));
    Diagnostic::error("cannot-edit", message)
        .at(place.unwrap_or_else(|| Span::file(reading.file)))
        .help("save the picture beside it and write `image:` yourself")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::load;
    use crate::source::snapshot::Snapshot;

    #[test]
    fn a_picture_that_something_else_shows_stays() {
        let file = path("content/profile.yaml");
        let text = "name: A\nimage: me.png\nprojects: [{ name: P, image: me.png }]\n";
        let files: [(&str, &[u8]); 2] =
            [("content/profile.yaml", text.as_bytes()), ("content/me.png", b"x")];
        let snapshot = Snapshot::of_files(jiff::civil::date(2026, 11, 20), files);
        let site = load::site(
            &snapshot,
            &load::Options::default(),
            &load::Memory::default(),
            &mut Report::default(),
        );
        let sheets = Sheets::of(&site);
        let beside = [path("content/me.png")];
        let state_of =
            |it: &SitePath| if beside.contains(it) { FileState::File } else { FileState::Nothing };
        let hung = sheets.portrait_edit(&file, text, PictureKind::Png, &beside, &state_of).unwrap();
        assert_eq!((hung.picture.as_str(), hung.is_new), ("content/avatar.png", true));
        assert_eq!(hung.profile.unwrap(), text.replacen("me.png", "avatar.png", 1));
    }

    fn path(path: &str) -> SitePath {
        SitePath::new(path).unwrap()
    }
}
