//! The path type used by everything except the edges: relative, separated by `/`, never leaving the
//! site.

use serde::{Deserialize, Serialize};
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::path::{Path, PathBuf};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The maximum length of a path segment, in bytes, that every common file system supports.
const MAX_SEGMENT: usize = 255;

/// A path inside a site or inside its output. `SitePath::new("../etc")` is `None`: the type rules
/// out paths that leave the folder, so no check can be forgotten.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SitePath(String);

impl SitePath {
    /// `None` for a path that is empty, absolute or contains `..`; that has an empty segment, a
    /// backslash, a colon or a control character; or that has a segment too long for a file system.
    pub fn new(path: impl Into<String>) -> Option<SitePath> {
        let path = path.into();
        let sound = !path.is_empty() && path.split('/').all(is_sound_segment);
        sound.then_some(SitePath(path))
    }

    /// A path relative to the root, in the operating system's notation, as a `SitePath`.
    pub fn from_relative(relative: &Path) -> Option<SitePath> {
        let segments: Option<Vec<&str>> =
            relative.components().map(|part| part.as_os_str().to_str()).collect();
        SitePath::new(segments?.join("/"))
    }

    /// `self/rest`; `None` if `rest` is not valid or would leave the folder.
    pub fn join(&self, rest: &str) -> Option<SitePath> {
        SitePath::new(format!("{}/{rest}", self.0))
    }

    /// Resolves `reference` like a link, relative to the folder of `self`. `.` and `..` are
    /// followed inside the site; `None` if the result is outside.
    pub fn resolve(&self, reference: &str) -> Option<SitePath> {
        let mut segments: Vec<&str> = self.0.split('/').collect();
        segments.pop();
        for segment in reference.split('/') {
            match segment {
                "." => {}
                ".." => {
                    segments.pop()?;
                }
                _ => segments.push(segment),
            }
        }
        SitePath::new(segments.join("/"))
    }

    /// The folder that contains it; `None` at the top level.
    pub fn parent(&self) -> Option<SitePath> {
        self.0.rsplit_once('/').map(|(folder, _)| SitePath(folder.to_owned()))
    }

    /// The folders that contain it, innermost first.
    pub fn ancestors(&self) -> impl Iterator<Item = SitePath> {
        std::iter::successors(self.parent(), SitePath::parent)
    }

    /// The last segment.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The last segment without its extension: `ada` for `profiles/ada.yaml`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The part of the last segment after its last dot; may be empty.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or(
            "",
            |(stem, extension)| {
                if stem.is_empty() { "" } else { extension }
            },
        )
    }

    /// The path relative to `folder`; `None` if it is not inside.
    pub fn strip_prefix(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// A key for comparison: two paths with the same key may be the same file on some file system.
    /// It is the path in NFC, lower-cased.
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        self.0.nfc().flat_map(char::to_lowercase).nfc().collect()
    }

    /// The path in NFC, the normal form that keyboards type.
    pub fn composed(&self) -> String {
        composed(&self.0).into_owned()
    }

    /// Whether it is in NFC.
    pub fn is_composed(&self) -> bool {
        is_nfc(&self.0)
    }

    /// The path inside `root`, in the operating system's notation.
    pub fn below(&self, root: &Path) -> PathBuf {
        self.0.split('/').fold(root.to_owned(), |path, segment| path.join(segment))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_sound_segment(segment: &str) -> bool {
    !segment.is_empty()
        && segment.len() <= MAX_SEGMENT
        && segment != "."
        && segment != ".."
        && !segment.contains(['\\', ':'])
        && !segment.chars().any(char::is_control)
}

/// A text in NFC, the normal form that keyboards type.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Percent-decodes a URL path: `%20` becomes a space. `None` if the result is not UTF-8.
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let hex = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// An address with non-ASCII characters percent-encoded; existing escapes are kept.
pub fn percent_encoded(address: &str) -> Cow<'_, str> {
    if address.is_ascii() {
        return Cow::Borrowed(address);
    }
    let encode = |byte: u8| match byte.is_ascii() {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    Cow::Owned(address.bytes().map(encode).collect())
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for SitePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SitePath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Quotes a word for a shell's command line if necessary, so that it can be copied.
pub fn shell_word(text: &str) -> String {
    let is_plain = |it: char| it.is_alphanumeric() || matches!(it, '/' | '.' | '_' | '-' | '~');
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_cannot_be_made() {
        for bad in ["", "/etc", "../etc", "a/../b", "a//b", "a/", ".", "a\\b", "c:/x", "a\0b"] {
            assert!(SitePath::new(bad).is_none(), "{bad:?}");
        }
        assert_eq!(SitePath::new("content/ü.yaml").unwrap().stem(), "ü");
    }

    #[test]
    fn links_are_followed_inside_the_site_only() {
        let from = SitePath::new("content/posts/hello.md").unwrap();
        assert_eq!(from.resolve("../pages/a.md").unwrap().as_str(), "content/pages/a.md");
        assert_eq!(from.resolve("./b.png").unwrap().as_str(), "content/posts/b.png");
        assert!(from.resolve("../../../etc/passwd").is_none());
    }

    #[test]
    fn names_that_some_file_system_confuses_share_a_key() {
        let key = |text: &str| SitePath::new(text).unwrap().folded();
        assert_eq!(key("Ada.html"), key("ada.html"));
        assert_eq!(key("caf\u{e9}"), key("cafe\u{301}"));
    }

    #[test]
    fn hidden_files_have_no_extension() {
        let path = SitePath::new(".nojekyll").unwrap();
        assert_eq!((path.stem(), path.extension()), (".nojekyll", ""));
    }
}
