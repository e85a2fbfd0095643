//! Dates as people write them: detects those not in our form and suggests what to write instead.

use crate::model::date::PartialDate;
use crate::model::publish_time::DateOrTime;

/// Words that mean "ongoing" in the place of an end date.
const ONGOING: [&str; 20] = [
    "present",
    "now",
    "today",
    "current",
    "currently",
    "ongoing",
    "till date",
    "to date",
    "until now",
    "heute",
    "aktuell",
    "bis heute",
    "laufend",
    "aujourd'hui",
    "à ce jour",
    "actual",
    "actualidad",
    "presente",
    "oggi",
    "heden",
];

/// The months in English, German, French, Spanish, Portuguese, Italian and Dutch, and abbreviations
/// that are not prefixes of the names.
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero janeiro gennaio januari",
    "february februar feber février fevrier febrero fevereiro febbraio februari",
    "march märz maerz mrz mars marzo março marco maart mrt",
    "april avril abril aprile",
    "may mai mayo maio maggio mei",
    "june juni juin junio junho giugno",
    "july juli juillet julio julho luglio",
    "august août aout agosto augustus",
    "september septembre septiembre setiembre setembro settembre",
    "october oktober octobre octubre outubro ottobre",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dezembro dicembre",
];

/// The minimum length of a prefix accepted as the name of a month.
const SHORTEST: usize = 3;

/// Whether the text of an end date means that the entry is ongoing.
pub(crate) fn is_ongoing(text: &str) -> bool {
    ONGOING.contains(&text.trim().to_lowercase().as_str())
}

/// What was probably meant, or else the supported forms.
pub(crate) fn suggestion(text: &str) -> String {
    if is_ongoing(text) {
        return "leave it out while it is ongoing".into();
    }
    match worded(text) {
        Some(date) => format!("write `{date}`"),
        None => "write `2014`, `2014-06` or `2014-06-29`".into(),
    }
}

/// Like `suggestion`, for fields that need a full date.
pub(crate) fn suggested_day(text: &str) -> String {
    match DateOrTime::parse(text).map(DateOrTime::date).or_else(|| worded(text)) {
        Some(date) => format!("for example, write `{}`", date.earliest()),
        None => "write it as `2014-06-29`: year, month, day".into(),
    }
}

/// Parses other orders, other separators and names of months, if only one date can be meant.
pub(crate) fn worded(text: &str) -> Option<PartialDate> {
    let text = text.trim().to_lowercase();
    if !text.chars().all(|it| it.is_alphanumeric() || " ,./-".contains(it)) {
        return None;
    }
    let parts: Vec<&str> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|part| !part.is_empty() && !["of", "de", "del"].contains(part))
        .collect();
    let named: Vec<u8> = parts.iter().filter_map(|part| month(part)).collect();
    let numbers: Vec<&str> = parts.iter().copied().filter(|part| month(part).is_none()).collect();
    let ordered = match (named.as_slice(), numbers.as_slice()) {
        ([month], [year]) => format!("{year}-{month:02}"),
        ([month], [year, day] | [day, year]) if is_year(year) && !is_year(day) => {
            format!("{year}-{month:02}-{:0>2}", ordinal(day))
        }
        ([], [year, month]) if is_year(year) => format!("{year}-{month:0>2}"),
        ([], [month, year]) if is_year(year) => format!("{year}-{month:0>2}"),
        ([], [year, month, day]) if is_year(year) => format!("{year}-{month:0>2}-{day:0>2}"),
        // In `29.6.2014` the day comes first; `6/29/2014` is ambiguous in general.
        ([], [day, month, year]) if is_year(year) && text.contains('.') => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => return None,
    };
    PartialDate::parse(&ordered)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `29th`, `1er` or `3`: only the digits.
fn ordinal(text: &str) -> &str {
    let digits = text.trim_end_matches(|it: char| it.is_alphabetic());
    let ending = &text[digits.len()..];
    if ["", "st", "nd", "rd", "th", "er"].contains(&ending) { digits } else { text }
}

/// The month whose name is this word or starts with it.
fn month(word: &str) -> Option<u8> {
    let is_long = word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    let names = |names: &&str| names.split(' ').any(|name| name.starts_with(word));
    let mut months = (1..).zip(MONTHS).filter(|(_, it)| is_long && names(it));
    let (first, _) = months.next()?;
    months.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_shown_where_it_is_clear() {
        assert_eq!(suggestion("Present"), "leave it out while it is ongoing");
        assert_eq!(suggestion("2014-6"), "write `2014-06`");
        assert_eq!(suggestion("06/2014"), "write `2014-06`");
        assert_eq!(suggestion("29.6.2014"), "write `2014-06-29`");
        for unclear in ["6/7/2014", "2014-13", "soon", "", "ä-2014"] {
            assert!(suggestion(unclear).contains("`2014-06-29`"), "{unclear}");
        }
    }

    #[test]
    fn names_of_months_are_read_where_only_one_date_can_be_meant() {
        for (text, date) in [
            ("July 2014", "2014-07"),
            ("Oct 2012", "2012-10"),
            ("Sept. 2012", "2012-09"),
            ("2014/07", "2014-07"),
            ("2014 July", "2014-07"),
            ("June 3rd, 2014", "2014-06-03"),
            ("3 June 2014", "2014-06-03"),
            ("Jun-2014", "2014-06"),
            ("März 2014", "2014-03"),
            ("Mrz 2014", "2014-03"),
            ("1er août 2014", "2014-08-01"),
            ("junio de 2014", "2014-06"),
            ("2014.6.3", "2014-06-03"),
        ] {
            assert_eq!(worded(text).map(|it| it.to_string()).as_deref(), Some(date), "{text}");
        }
        for unclear in [
            "Summer 2014",
            "Jui 2014",
            "Ma 2014",
            "Juneteenth 2014",
            "June 14",
            "June July 2014",
            "June 31, 2014",
            "6/29/2014",
            "2014",
            "Q3 2014",
            "~2014-06",
            "2014 - 2016",
            "before 2014-06",
            "-5 June 2014 BC",
        ] {
            assert_eq!(worded(unclear), None, "{unclear}");
        }
    }
}
