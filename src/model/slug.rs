//! Slugs: `C++` → `cplusplus`, `C#` → `csharp`, `.NET` → `dotnet`, `Ünal` → `unal`.
//!
//! Han and kana are kept: their pronunciation depends on the language, and a name must not be
//! transliterated as if it were in another one. Browsers show such a URL as written.

use crate::model::grammar::is_read_by_language;
use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization;

/// Device names that Windows reserves, whatever the extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// The longest slug, in bytes.
const MAX: usize = 64;

/// The slug of a name: `a-z`, `0-9`, `-`, Han and kana, at most 64 bytes. `None` if nothing of the
/// name is left, or if a file system reserves the result.
pub fn slugify(name: &str) -> Option<String> {
    let name: String = name.trim().nfc().collect();
    let mut spelled = String::with_capacity(name.len() + 8);
    for (index, character) in name.chars().enumerate() {
        match character {
            '+' => spelled.push_str("plus"),
            '#' => spelled.push_str("sharp"),
            '&' => spelled.push_str(" and "),
            '.' if index == 0 => spelled.push_str("dot"),
            _ => spelled.push(character),
        }
    }
    let mut slug = String::with_capacity(spelled.len());
    for character in spelled.chars() {
        if is_read_by_language(character) {
            slug.push(character);
            continue;
        }
        for character in deunicode_char(character).unwrap_or(" ").chars() {
            if character.is_ascii_alphanumeric() {
                slug.push(character.to_ascii_lowercase());
            } else if character != '\'' && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    while slug.len() > MAX {
        slug.pop();
    }
    let slug = slug.trim_end_matches('-');
    (!slug.is_empty() && !is_device(slug)).then(|| slug.to_owned())
}

/// Whether Windows reserves this file name (given without extension) for a device.
pub fn is_device(stem: &str) -> bool {
    DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem))
}

/// Whether the text is already a slug.
pub fn is_slug(text: &str) -> bool {
    slugify(text).as_deref() == Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_like_names_stay_apart() {
        let slug = |name: &str| slugify(name).unwrap_or_default();
        assert_eq!(slug("C"), "c");
        assert_eq!(slug("C++"), "cplusplus");
        assert_eq!(slug("C#"), "csharp");
        assert_eq!(slug("F#"), "fsharp");
        assert_eq!(slug(".NET"), "dotnet");
        assert_eq!(slug("Node.js"), "node-js");
        assert_eq!(slug("Björn Åkesson"), "bjorn-akesson");
        assert_eq!(slug("R&D"), "r-and-d");
        assert_eq!(slug("田中 太郎"), "田中-太郎");
        assert_eq!(slug("か\u{3099}くしゅう、C++"), "がくしゅう-cplusplus");
        assert_eq!(slug("Анна Ли"), "anna-li");
        assert_eq!(slug(&"字".repeat(40)), "字".repeat(21));
        assert!(is_slug("田中-太郎") && !is_slug("田中 太郎"));
        assert_eq!(slugify("  "), None);
        assert_eq!(slugify("con"), None);
    }
}
