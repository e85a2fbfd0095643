//! The plural forms of languages: which form goes with a number. The rules are
//! those of CLDR for cardinals, as far as they concern whole numbers.

use crate::model::phrase::Phrase;
use serde::Deserialize;

/// CLDR's categories. What each means is a matter of the language: Polish has `few` for 2 to 4, 22
/// to 24 and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// 0 in Arabic, Latvian and Welsh.
    Zero,
    /// The singular.
    One,
    /// The dual.
    Two,
    /// The paucal, and others.
    Few,
    /// Fractions in some languages, larger numbers in others.
    Many,
    /// What every language has.
    Other,
}

/// The names of the categories, as keys of a word in `i18n/`.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A phrase about a number of things, in each form that its language has.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Plural {
    zero: Option<Phrase>,
    one: Option<Phrase>,
    two: Option<Phrase>,
    few: Option<Phrase>,
    many: Option<Phrase>,
    other: Phrase,
}

impl Plural {
    /// The form for a number; `other` for a form that was not written.
    pub fn form(&self, language: &str, number: u64) -> &Phrase {
        let form = match category(language, number) {
            Category::Zero => &self.zero,
            Category::One => &self.one,
            Category::Two => &self.two,
            Category::Few => &self.few,
            Category::Many => &self.many,
            Category::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other)
    }
}

/// The category of a number in a language, given as a tag such as `pl` or `pt-BR`. An unknown
/// language has `one` and `other`, as most have.
pub fn category(language: &str, n: u64) -> Category {
    use Category::{Few, Many, One, Other, Two, Zero};
    let (ten, hundred) = (n % 10, n % 100);
    let is_million = n != 0 && n.is_multiple_of(1_000_000);
    match language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "bm" | "bo" | "dz" | "hnj" | "id" | "ig" | "ii" | "in" | "ja" | "jbo" | "jv" | "jw"
        | "kde" | "kea" | "km" | "ko" | "lkt" | "lo" | "ms" | "my" | "nqo" | "osa" | "sah"
        | "ses" | "sg" | "su" | "th" | "to" | "tpi" | "wo" | "yo" | "yue" | "zh" => Other,
        "ak" | "am" | "as" | "bho" | "bn" | "csw" | "doi" | "fa" | "ff" | "gu" | "guw" | "hi"
        | "hy" | "kab" | "kn" | "kok" | "ln" | "mg" | "nso" | "pa" | "pcm" | "si" | "tg" | "ti"
        | "vi" | "wa" | "zu" => {
            if n <= 1 {
                One
            } else {
                Other
            }
        }
        "fr" => match n {
            0 | 1 => One,
            _ if is_million => Many,
            _ => Other,
        },
        "pt" => match n {
            0 if !is_european_portuguese(language) => One,
            1 => One,
            _ if is_million => Many,
            _ => Other,
        },
        "ca" | "es" | "gl" | "it" | "lld" | "scn" | "vec" => match n {
            1 => One,
            _ if is_million => Many,
            _ => Other,
        },
        "is" | "mk" => {
            if ten == 1 && hundred != 11 {
                One
            } else {
                Other
            }
        }
        "ceb" | "fil" | "tl" => {
            if matches!(ten, 4 | 6 | 9) {
                Other
            } else {
                One
            }
        }
        "tzm" => {
            if n <= 1 || (11..=99).contains(&n) {
                One
            } else {
                Other
            }
        }
        "lv" | "prg" => match (ten, hundred) {
            (0, _) | (_, 11..=19) => Zero,
            (1, _) => One,
            _ => Other,
        },
        "blo" | "cv" | "ksh" | "lag" => match n {
            0 => Zero,
            1 => One,
            _ => Other,
        },
        "he" | "iu" | "iw" | "naq" | "sat" | "se" | "sma" | "smi" | "smj" | "smn" | "sms" => {
            match n {
                1 => One,
                2 => Two,
                _ => Other,
            }
        }
        "shi" => match n {
            0 | 1 => One,
            2..=10 => Few,
            _ => Other,
        },
        "mo" | "ro" => match (n, hundred) {
            (1, _) => One,
            (0, _) | (_, 1..=19) => Few,
            _ => Other,
        },
        "bs" | "hr" | "sh" | "sr" => match (ten, hundred) {
            (1, _) if hundred != 11 => One,
            (2..=4, _) if !(12..=14).contains(&hundred) => Few,
            _ => Other,
        },
        "be" | "ru" | "uk" => match (ten, hundred) {
            (1, _) if hundred != 11 => One,
            (2..=4, _) if !(12..=14).contains(&hundred) => Few,
            _ => Many,
        },
        "pl" => match (n, ten) {
            (1, _) => One,
            (_, 2..=4) if !(12..=14).contains(&hundred) => Few,
            _ => Many,
        },
        "cs" | "sk" => match n {
            1 => One,
            2..=4 => Few,
            _ => Other,
        },
        "dsb" | "hsb" | "sl" => match hundred {
            1 => One,
            2 => Two,
            3 | 4 => Few,
            _ => Other,
        },
        "lt" => match (ten, hundred) {
            (_, 11..=19) | (0, _) => Other,
            (1, _) => One,
            _ => Few,
        },
        "gd" => match n {
            1 | 11 => One,
            2 | 12 => Two,
            3..=19 => Few,
            _ => Other,
        },
        "ga" => match n {
            1 => One,
            2 => Two,
            3..=6 => Few,
            7..=10 => Many,
            _ => Other,
        },
        "mt" => match (n, hundred) {
            (1, _) => One,
            (2, _) => Two,
            (0, _) | (_, 3..=10) => Few,
            (_, 11..=19) => Many,
            _ => Other,
        },
        "ar" | "ars" => match (n, hundred) {
            (0, _) => Zero,
            (1, _) => One,
            (2, _) => Two,
            (_, 3..=10) => Few,
            (_, 11..=99) => Many,
            _ => Other,
        },
        "cy" => match n {
            0 => Zero,
            1 => One,
            2 => Two,
            3 => Few,
            6 => Many,
            _ => Other,
        },
        "br" => match (ten, hundred) {
            (1, _) if !matches!(hundred, 11 | 71 | 91) => One,
            (2, _) if !matches!(hundred, 12 | 72 | 92) => Two,
            (3 | 4 | 9, _) if !matches!(hundred / 10, 1 | 7 | 9) => Few,
            _ if is_million => Many,
            _ => Other,
        },
        "gv" => match (ten, hundred) {
            (1, _) => One,
            (2, _) => Two,
            (_, 0 | 20 | 40 | 60 | 80) => Few,
            _ => Other,
        },
        _ => {
            if n == 1 {
                One
            } else {
                Other
            }
        }
    }
}

/// Whether a tag means the Portuguese of Portugal, where nought is plural.
fn is_european_portuguese(language: &str) -> bool {
    language.to_ascii_lowercase().replace('_', "-").starts_with("pt-pt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first letters of the categories of 0 to 21, 100, 101, 111 and a million.
    fn forms(language: &str) -> String {
        let numbers = (0..=21).chain([100, 101, 111, 1_000_000]);
        let letter = |n| match category(language, n) {
            Category::Zero => 'z',
            Category::One => '1',
            Category::Two => '2',
            Category::Few => 'f',
            Category::Many => 'm',
            Category::Other => '.',
        };
        numbers.map(letter).collect()
    }

    #[test]
    fn numbers_take_the_forms_of_their_languages() {
        for (language, expected) in [
            ("en", ".1........................"),
            ("de", ".1........................"),
            ("fr", "11.......................m"),
            ("pt", "11.......................m"),
            ("pt-PT", ".1.......................m"),
            ("es", ".1.......................m"),
            ("ja", ".........................."),
            ("pl", "m1fffmmmmmmmmmmmmmmmmmmmmm"),
            ("ru", "m1fffmmmmmmmmmmmmmmmm1m1mm"),
            ("cs", ".1fff....................."),
            ("sl", ".12ff..................1.."),
            ("lt", ".1ffffffff...........1.1.."),
            ("lv", "z1........zzzzzzzzzzz1z1zz"),
            ("ar", "z12ffffffffmmmmmmmmmmm..m."),
            ("he", ".12......................."),
            ("ga", ".12ffffmmmm..............."),
            ("cy", "z12f..m..................."),
            ("ro", "f1ffffffffffffffffff...ff."),
        ] {
            assert_eq!(forms(language), expected, "{language}");
        }
    }

    #[test]
    fn a_form_that_is_not_written_is_the_other() {
        let json = serde_json::json!({ "one": "{count} rok", "other": "{count} roku" });
        let plural: Plural = serde_json::from_value(json).unwrap();
        let form = |number| plural.form("pl", number).fill(&[("count", &number.to_string())]);
        assert_eq!([form(1), form(3)], ["1 rok", "3 roku"]);
    }
}
