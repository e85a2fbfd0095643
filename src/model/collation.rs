//! The sort order for every list of names. It follows Unicode's root collation: spaces, signs,
//! digits, letters; accents break ties between otherwise equal words, and case breaks ties after
//! that. In addition, it follows the reader's language: its own script first, and `å` after `z` in
//! Swedish.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Separates the levels of a key; sorts before any character of a key.
const END: char = '\0';

/// The sort key of a name: names compare as their keys do. `language` is the site's language as a
/// BCP 47 tag.
pub fn key(name: &str, language: &str) -> String {
    let language = language.split('-').next().unwrap_or_default();
    let composed: String = name.nfc().collect();
    let mut key = String::with_capacity(composed.len() * 3);
    for character in composed.chars().flat_map(char::to_lowercase) {
        match own_letter(character, language) {
            Some(spelled) => push(spelled.chars(), language, &mut key),
            None => push(base(character), language, &mut key),
        }
    }
    key.push(END);
    let is_accent = |it: &char| is_combining_mark(*it) || !spelled(*it).is_empty();
    key.extend(composed.to_lowercase().nfkd().filter(is_accent));
    key.push(END);
    key.extend(composed.chars().map(|it| if it.is_uppercase() { '2' } else { '1' }));
    key.push(END);
    key + name
}

/// A letter without its accents, or expanded to the letters it is read as.
fn base(character: char) -> impl Iterator<Item = char> {
    let spelled = spelled(character);
    let plain = [character].into_iter().nfkd().filter(|it| !is_combining_mark(*it));
    spelled.chars().chain(plain.filter(move |_| spelled.is_empty()))
}

/// The expansion of a letter that does not decompose into a base and accents; empty for other
/// letters.
fn spelled(character: char) -> &'static str {
    match character {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        _ => "",
    }
}

/// Letters that a language treats as letters of their own, spelled so that they sort after the
/// right letter.
fn own_letter(character: char, language: &str) -> Option<&'static str> {
    Some(match (language, character) {
        ("sv" | "fi", 'å') => "z\u{f8f0}",
        ("sv" | "fi", 'ä' | 'æ') => "z\u{f8f1}",
        ("sv" | "fi", 'ö' | 'ø') => "z\u{f8f2}",
        ("da" | "nb" | "nn" | "no", 'æ' | 'ä') => "z\u{f8f0}",
        ("da" | "nb" | "nn" | "no", 'ø' | 'ö') => "z\u{f8f1}",
        ("da" | "nb" | "nn" | "no", 'å') => "z\u{f8f2}",
        ("es", 'ñ') => "n\u{f8f0}",
        _ => return None,
    })
}

fn push(letters: impl Iterator<Item = char>, language: &str, key: &mut String) {
    for letter in letters {
        let group = match letter {
            '\u{f8f0}'..='\u{f8ff}' => '\u{6}',
            _ if letter.is_whitespace() => '\u{1}',
            _ if letter.is_ascii_punctuation() && !"+<=>^`|~$".contains(letter) => '\u{2}',
            _ if letter.is_numeric() => '\u{4}',
            _ if !letter.is_alphanumeric() => '\u{3}',
            _ if is_of(letter, language) => '\u{5}',
            _ => '\u{6}',
        };
        key.extend([group, letter]);
    }
}

/// Whether a letter belongs to the (non-Latin) script that a language is written in.
fn is_of(letter: char, language: &str) -> bool {
    let code = u32::from(letter);
    match language {
        "el" => (0x370..0x400).contains(&code),
        "be" | "bg" | "mk" | "ru" | "sr" | "uk" => (0x400..0x530).contains(&code),
        "he" | "yi" => (0x590..0x600).contains(&code),
        "ar" | "fa" | "ur" => (0x600..0x780).contains(&code),
        "ko" => (0xac00..0xd7b0).contains(&code) || (0x1100..0x1200).contains(&code),
        "zh" => (0x3400..0xa000).contains(&code) || (0x2_0000..0x4_0000).contains(&code),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted<'a>(language: &str, names: &[&'a str]) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_by_cached_key(|name| key(name, language));
        names
    }

    #[test]
    fn accents_and_case_decide_last() {
        assert_eq!(
            sorted("en", &["zsh", "Élan", "étude", "Zig", "elm", "Elm", "C++", "C", ".NET", "3D"]),
            [".NET", "3D", "C", "C++", "Élan", "elm", "Elm", "étude", "Zig", "zsh"]
        );
        assert_eq!(sorted("de", &["Straße", "Strasse", "Strand"]), ["Strand", "Strasse", "Straße"]);
        assert_eq!(sorted("en", &["a-b", "ab", "a b"]), ["a b", "a-b", "ab"]);
        assert_eq!(sorted("fr", &["coté", "cote", "Côte"]), ["cote", "coté", "Côte"]);
    }

    #[test]
    fn a_language_has_its_own_letters_and_script() {
        assert_eq!(sorted("sv", &["Öl", "Zoo", "Ål", "Al", "Äl"]), ["Al", "Zoo", "Ål", "Äl", "Öl"]);
        assert_eq!(sorted("en", &["Zoo", "Ål", "Am"]), ["Ål", "Am", "Zoo"]);
        assert_eq!(sorted("nb-NO", &["Å", "Ø", "Æ", "Z"]), ["Z", "Æ", "Ø", "Å"]);
        assert_eq!(sorted("zh-Hant", &["Rust", "文"]), ["文", "Rust"]);
        assert_eq!(sorted("ja", &["文", "Rust", "かな"]), ["Rust", "かな", "文"]);
        assert_eq!(sorted("ru", &["Rust", "Анна"]), ["Анна", "Rust"]);
    }

    proptest! {
        /// Two normal forms of a name differ only in the final tie-break.
        #[test]
        fn normal_forms_are_neighbours(name in "[a-zé ü文か゛+.1]{0,8}", language in "en|sv|zh") {
            let keys = [name.nfc().collect::<String>(), name.nfd().collect()];
            let keys = keys.map(|it| key(&it, &language));
            let before_last = |key: &String| key.rsplit_once(END).unwrap().0.to_owned();
            prop_assert_eq!(before_last(&keys[0]), before_last(&keys[1]));
        }
    }
}
