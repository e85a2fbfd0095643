//! Dates as résumés write them: a year, a month or a day, or free text where a date is expected.

use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// A date whose month and day may be unknown. Ordered by its earliest possible day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// The last day of the first half of a month.
const HALF: i8 = 15;

impl PartialDate {
    /// Parses `2014`, `2014-06` or `2014-06-29`, years 1000 to 9999; `None` for anything else,
    /// including days that do not exist.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| *year >= 1000)?;
        let month = parts.next().map(|text| number(text, 2)).map_or(Some(None), |n| n.map(Some))?;
        let day = parts.next().map(|text| number(text, 2)).map_or(Some(None), |n| n.map(Some))?;
        let (month, day) = (month.map(|n| n as i8), day.map(|n| n as i8));
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        parts.next().is_none().then_some(PartialDate { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if it is known.
    pub fn month(self) -> Option<usize> {
        self.month.and_then(|month| usize::try_from(month).ok())
    }

    /// The day of the month, if it is known.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// Months since the year 0; an unknown month counts as January.
    pub fn month_index(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month.unwrap_or(1)) - 1
    }

    /// The first month of a period that starts on this date, as in `month_index`: the following
    /// month if it starts in the second half of one.
    pub fn first_month(self) -> i32 {
        self.month_index() + i32::from(self.day.is_some_and(|day| day > HALF))
    }

    /// The month after the last one of a period that ends on this date. A month without a day
    /// counts to its end; one with a day counts if more than half of it has passed; a year alone
    /// ends where it starts (so that `2019` to `2021` is two years).
    pub fn month_after(self) -> i32 {
        let counts = self.month.is_some() && self.day.is_none_or(|day| day > HALF);
        self.month_index() + i32::from(counts)
    }

    /// The earliest possible day.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("checked when read")
    }

    /// The latest possible day.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            (_, Some(_)) => self.earliest(),
            (Some(_), None) => self.earliest().last_of_month(),
            (None, None) => self.earliest().last_of_year(),
        }
    }
}

fn number(text: &str, digits: usize) -> Option<i16> {
    let sound = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> PartialDate {
        PartialDate { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.iter().chain(&self.day).try_for_each(|part| write!(f, "-{part:02}"))
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A date in a profile. An unreadable date is different from a missing one: a job that ended in
/// "summer 2019" is not ongoing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateOrText {
    /// A date that was parsed.
    Known(PartialDate),
    /// Text in place of a date. It is shown as written, and nothing is computed from it.
    Text(String),
}

impl DateOrText {
    /// The date, if it was parsed.
    pub fn known(&self) -> Option<PartialDate> {
        match self {
            DateOrText::Known(date) => Some(*date),
            DateOrText::Text(_) => None,
        }
    }
}

/// `DateOrText::known` for a date that may be missing.
pub fn known(date: &Option<DateOrText>) -> Option<PartialDate> {
    date.as_ref().and_then(DateOrText::known)
}

impl<T: Into<PartialDate>> From<T> for DateOrText {
    fn from(date: T) -> DateOrText {
        DateOrText::Known(date.into())
    }
}

impl fmt::Display for DateOrText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateOrText::Known(date) => date.fmt(f),
            DateOrText::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for DateOrText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_that_exist_are_read() {
        for good in ["2014", "2014-06", "2014-06-29", "2024-02-29"] {
            assert_eq!(PartialDate::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "14", "2014-6", "2014-13", "2023-02-29", "2014-06-29T00", "2014-", "0999"] {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_month_spans_its_days() {
        let month = PartialDate::parse("2024-02").unwrap();
        assert_eq!(month.latest().day(), 29);
        assert_eq!((month.month(), month.day()), (Some(2), None));
    }
}
