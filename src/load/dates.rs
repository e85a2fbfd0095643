//! What to write instead of something that is no date.

use crate::model::date::PartialDate;
use jiff::civil::{Date, Time};

/// What was probably meant, or the forms there are.
pub(crate) fn suggestion(text: &str) -> String {
    let word = text.trim().to_lowercase();
    if ["present", "now", "today", "current", "ongoing", "heute"].contains(&word.as_str()) {
        return "leave it out while it is ongoing".into();
    }
    match guess(&word) {
        Some(date) => format!("write `{date}`"),
        None => "write `2014`, `2014-06` or `2014-06-29`".into(),
    }
}

/// As `suggestion`, where only a day will do.
pub(crate) fn suggested_day(text: &str) -> String {
    match guess(&text.trim().to_lowercase()) {
        Some(date) => format!("for example, write `{}`", date.earliest()),
        None => "write it as `2014-06-29`: year, month, day".into(),
    }
}

/// The day of a time such as `2026-03-20T21:14:00+01:00`, of which `day` is the beginning.
pub(crate) fn moment(day: &str, text: &str) -> Option<Date> {
    let time = text.get(11..)?;
    time.get(..5)?.parse::<Time>().ok()?;
    PartialDate::parse(day).map(PartialDate::earliest)
}

/// Reads the other orders and separators in which only one date can be meant.
fn guess(text: &str) -> Option<PartialDate> {
    let day = text.split(['t', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let padded = |part: &&str| format!("{part:0>2}");
    let year_first = parts.first().is_some_and(|part| part.len() == 4);
    let year_last = parts.last().is_some_and(|part| part.len() == 4);
    let ordered: Vec<String> = match parts.len() {
        1..=3 if year_first => parts.iter().map(padded).collect(),
        2 if year_last => parts.iter().rev().map(padded).collect(),
        // In `29.6.2014` the day stands first; in `6/29/2014` nobody knows.
        3 if year_last && day.contains('.') => parts.iter().rev().map(padded).collect(),
        _ => return None,
    };
    PartialDate::parse(&ordered.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_shown_where_it_is_clear() {
        assert_eq!(suggestion("Present"), "leave it out while it is ongoing");
        assert_eq!(suggestion("2014-6"), "write `2014-06`");
        assert_eq!(suggestion("06/2014"), "write `2014-06`");
        assert_eq!(suggestion("2014-06-29T12:00:00Z"), "write `2014-06-29`");
        assert_eq!(suggestion("29.6.2014"), "write `2014-06-29`");
        for unclear in ["6/7/2014", "2014-13", "soon", "", "ä-2014"] {
            assert!(suggestion(unclear).contains("`2014-06-29`"), "{unclear}");
        }
    }
}
