//! Parses answers. Flags and questions use the same functions, so that both refuse the same values
//! with the same messages.
#![expect(clippy::disallowed_methods, reason = "edge: reads the photo and the résumé")]

use crate::diagnostic::reason;
use crate::load::address;
use crate::load::picture::PictureKind;
use crate::model::slug::slugify;
use std::path::{Path, PathBuf};

/// The maximum length of a name or a label, in characters.
const LONGEST: usize = 120;

/// The maximum size of a photo, in bytes.
const LARGEST_PHOTO: u64 = 40 * 1024 * 1024;

/// Skills with levels, in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skills(pub(crate) Vec<(String, u32)>);

/// A picture file.
#[derive(Clone, Debug)]
pub(crate) struct Photo {
    pub(crate) bytes: Vec<u8>,
    /// The file extension, determined from the bytes: `jpg`.
    pub(crate) extension: &'static str,
}

/// A JSON Resume file.
#[derive(Clone, Debug)]
pub(crate) struct Resume {
    /// Its text, unchanged.
    pub(crate) text: String,
    pub(crate) json: serde_json::Value,
    pub(crate) name: String,
}

/// A line of text that is not empty.
pub(crate) fn line(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text {
        "" => Err("an answer is needed here".to_owned()),
        _ if text.chars().any(|it| it.is_control() || it == char::REPLACEMENT_CHARACTER) => {
            Err("use letters, digits and punctuation only".to_owned())
        }
        _ if text.chars().count() > LONGEST => Err(format!("at most {LONGEST} characters")),
        _ => Ok(text.to_owned()),
    }
}

/// A name from which a slug can be made.
pub(crate) fn name(text: &str) -> Result<String, String> {
    let name = line(text)?;
    match slugify(&name) {
        Some(_) => Ok(name),
        None => Err(format!("no address can be made from `{name}`: a name needs letters")),
    }
}

/// `Rust 7, PostgreSQL: 6, Docker` → names with levels; the default level is 5.
pub(crate) fn skills(text: &str) -> Result<Skills, String> {
    let mut skills: Vec<(String, u32)> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, level) = match part.rsplit_once([' ', ':', '=']) {
            Some((name, level)) if level.parse::<f64>().is_ok() => {
                let level = level.parse().ok().filter(|level| *level <= 10);
                let level = level.ok_or_else(|| {
                    format!("`{part}`: a level is a whole number from 0 to 10, as in `Rust 7`")
                })?;
                (name.trim_end_matches([':', '=', ' ']), level)
            }
            _ => (part, 5),
        };
        let name = line(name).map_err(|reason| format!("`{part}`: {reason}"))?;
        let slug =
            slugify(&name).ok_or_else(|| format!("`{part}`: write the name of the skill first"))?;
        if skills.iter().any(|(other, _)| slugify(other).as_ref() == Some(&slug)) {
            return Err(format!("`{name}` is given twice"));
        }
        skills.push((name, level));
    }
    match skills.is_empty() {
        true => Err("name at least one skill: `Rust 7, PostgreSQL 6`".to_owned()),
        false => Ok(Skills(skills)),
    }
}

/// A GitHub user name; `@ada` and `https://github.com/ada` are accepted.
pub(crate) fn user(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    let name = text.rsplit_once("github.com/").map_or(text, |(_, name)| name);
    let name = name.trim_start_matches('@');
    let is_sound = name.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
        && (1..=39).contains(&name.len())
        && !name.starts_with('-');
    match is_sound {
        true => Ok(name.to_owned()),
        false => Err(format!(
            "`{name}` is not a GitHub user name: use letters, digits and `-`, as in `ada-okafor`"
        )),
    }
}

/// The URL of the site.
pub(crate) fn url(text: &str) -> Result<String, String> {
    address(text.trim()).map_err(|_| {
        format!("`{text}` is not the address of a site; write it as https://ada.github.io/sheet")
    })
}

/// Reads a picture file. Quotes around the path and `~/` are accepted, as in a shell.
pub(crate) fn photo(text: &str) -> Result<Photo, String> {
    let path = home(text.trim().trim_matches(['\'', '"']));
    let shown = path.display();
    let cannot = |err: std::io::Error| format!("`{shown}` cannot be read: {}", reason(&err));
    let meta = std::fs::metadata(&path).map_err(cannot)?;
    if meta.len() > LARGEST_PHOTO {
        return Err(format!("`{shown}` is larger than {} MB", LARGEST_PHOTO / 1024 / 1024));
    }
    let bytes = std::fs::read(&path).map_err(cannot)?;
    let kind = PictureKind::of(&bytes)
        .ok_or_else(|| format!("`{shown}` is not a JPEG, PNG, WebP or GIF picture"))?;
    Ok(Photo { bytes, extension: kind.extension() })
}

/// Reads a JSON Resume, which must contain a name.
pub(crate) fn resume(text: &str) -> Result<Resume, String> {
    let path = home(text);
    let shown = path.display();
    let text = std::fs::read_to_string(&path)
        .map_err(|err| format!("`{shown}` cannot be read: {}", reason(&err)))?;
    let wrong =
        |why: &str| format!("`{shown}` is not a JSON Resume (https://jsonresume.org): {why}");
    let json: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|err| wrong(&format!("it is not valid JSON: {err}")))?;
    let basics = json.get("basics").unwrap_or(&json);
    let found = basics.get("name").and_then(serde_json::Value::as_str);
    let found = name(found.ok_or_else(|| wrong("it has no `basics.name`"))?);
    Ok(Resume { name: found.map_err(|why| wrong(&why))?, text, json })
}

/// Yes or no.
pub(crate) fn yes(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err("`yes` or `no`".to_owned()),
    }
}

/// `None` if empty, otherwise the parsed answer.
pub(crate) fn unless_empty<T>(
    read: impl Fn(&str) -> Result<T, String>,
) -> impl Fn(&str) -> Result<Option<T>, String> {
    move |text| match text.trim() {
        "" | "-" | "none" => Ok(None),
        text => read(text).map(Some),
    }
}

fn home(text: &str) -> PathBuf {
    let inside = text.strip_prefix("~/").zip(std::env::home_dir());
    inside.map_or_else(|| Path::new(text).to_owned(), |(rest, home)| home.join(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skills_are_read_as_people_type_them() {
        let read = skills("Rust 7, C++: 3,Machine Learning 10, Go,Vim=2, 3D 4").unwrap().0;
        let expected =
            [("Rust", 7), ("C++", 3), ("Machine Learning", 10), ("Go", 5), ("Vim", 2), ("3D", 4)];
        assert_eq!(read, expected.map(|(name, level)| (name.to_owned(), level)));
        for wrong in ["Rust 11", "Rust -1", "Rust 7.5", "Rust 7, rust 8", ": 3", ", ,", ""] {
            assert!(skills(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_user_is_read_as_people_paste_it() {
        for text in ["ada-9", "@ada-9", "https://github.com/ada-9/", "github.com/ada-9"] {
            assert_eq!(user(text).as_deref(), Ok("ada-9"), "{text}");
        }
        for wrong in ["", "a b", "ada/sheet", "-ada", "https://gitlab.com/ada"] {
            assert!(user(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_and_addresses_are_held_to_what_a_site_can_use() {
        assert_eq!(name(" 张伟 ").as_deref(), Ok("张伟"));
        for wrong in ["", "  ", "!?", "a\u{1b}[D"] {
            assert!(name(wrong).is_err(), "{wrong:?}");
        }
        assert_eq!(url("https://ada.github.io/cv/").as_deref(), Ok("https://ada.github.io/cv"));
        assert!(url("ada.github.io").is_err());
        assert!(yes("maybe").is_err());
    }
}
