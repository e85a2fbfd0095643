//! Dates and periods as a page prints them. A static page gets old, so lengths are given only for
//! periods that have ended, and "years of" in whole years.

use crate::model::date::{DateOrText, PartialDate, known};
use crate::model::plain::shortened;
use crate::model::sheet::{DateText, When};
use crate::model::wording::Wording;
use jiff::civil::Date;

/// Maximum number of characters shown of text in place of a date.
const MOST_SHOWN: usize = 40;

/// A date for machines and for people. One that was not parsed has only its text.
pub fn date_text(date: &DateOrText, wording: &Wording) -> DateText {
    match date {
        DateOrText::Known(date) => DateText { iso: date.to_string(), text: wording.date(*date) },
        DateOrText::Text(text) => {
            DateText { iso: String::new(), text: shortened(text, MOST_SHOWN) }
        }
    }
}

/// The date without its day.
fn month_text(date: &DateOrText, wording: &Wording) -> DateText {
    match date {
        DateOrText::Known(date) => DateText { iso: date.to_string(), text: wording.month(*date) },
        DateOrText::Text(_) => date_text(date, wording),
    }
}

/// The sort key of a period, ascending; sort in reverse for newest first. Ongoing periods are
/// newest, then by end, then by start; those without dates are oldest.
pub fn recency_key(
    start: &Option<DateOrText>,
    end: &Option<DateOrText>,
) -> (bool, Option<PartialDate>, Option<PartialDate>) {
    let lasts = start.is_some() && end.is_none();
    (lasts, known(end).or(known(start)), known(start))
}

/// Whether a period is ongoing: without an end, or if the end is after `today` (a contract that
/// will expire).
pub fn is_current(start: &Option<DateOrText>, end: &Option<DateOrText>, today: Date) -> bool {
    let begun = known(start).is_none_or(|start| start.earliest() <= today);
    let lasts = match end {
        Some(end) => end.known().is_some_and(|end| end.earliest() > today),
        None => true,
    };
    lasts && start.is_some() && begun
}

/// The period from `start` to `end`, in months. The open end of an ongoing one has no
/// machine-readable date.
pub fn when(
    start: &Option<DateOrText>,
    end: &Option<DateOrText>,
    today: Date,
    wording: &Wording,
) -> When {
    let current = is_current(start, end, today);
    let first = start.as_ref().map(|date| month_text(date, wording));
    let last = match end {
        Some(end) => Some(month_text(end, wording)),
        None if current => {
            Some(DateText { iso: String::new(), text: wording.period_present.clone() })
        }
        None => None,
    };
    let text = match (&first, &last) {
        (Some(first), Some(last)) if first.text == last.text => first.text.clone(),
        (Some(first), Some(last)) => {
            wording.period.fill(&[("start", &first.text), ("end", &last.text)])
        }
        (Some(first), None) => wording.period_from.fill(&[("start", &first.text)]),
        (None, Some(last)) => last.text.clone(),
        (None, None) => String::new(),
    };
    let length = match (known(start), known(end)) {
        (Some(start), Some(end)) if !current => length(start, end, wording),
        _ => String::new(),
    };
    When { start: first, end: last, current, text, length }
}

/// `3 years 2 months`, including the first and the last month; in whole years if a month is
/// unknown.
fn length(start: PartialDate, end: PartialDate, wording: &Wording) -> String {
    let months = if start.month().is_some() && end.month().is_some() {
        (end.month_after() - start.first_month()).max(i32::from(start.earliest() <= end.latest()))
    } else {
        (i32::from(end.year()) - i32::from(start.year())) * 12
    };
    let months = usize::try_from(months).unwrap_or(0);
    let years = wording.count(&wording.count_years, months / 12);
    let rest = wording.count(&wording.count_months, months % 12);
    match (months / 12, months % 12) {
        (0, 0) => String::new(),
        (_, 0) => years,
        (0, _) => rest,
        _ => wording.period_length.fill(&[("years", &years), ("months", &rest)]),
    }
}

/// Periods of months; overlapping months are counted once.
#[derive(Clone, Debug, Default)]
pub struct Months(Vec<(i32, i32)>);

impl Months {
    /// Adds a period, up to `today` if it is open or ends later; less than a month counts as one.
    /// If the end is given but was not parsed, only the first month is counted.
    pub fn add(&mut self, start: &Option<DateOrText>, end: &Option<DateOrText>, today: Date) {
        let Some(start) = known(start) else { return };
        let end = end.as_ref().map(|end| end.known().unwrap_or(start));
        let next_month = PartialDate::from(today).month_index() + 1;
        let first = start.first_month();
        let after = end.map_or(next_month, PartialDate::month_after);
        let after = after.max(first + 1).min(next_month);
        if first < after {
            self.0.push((first, after));
        }
    }

    /// The number of months covered.
    pub fn count(&self) -> usize {
        let mut stretches = self.0.clone();
        stretches.sort_unstable();
        let mut covered = 0;
        let mut reached = i32::MIN;
        for (first, after) in stretches {
            covered += (after - first.max(reached)).max(0);
            reached = reached.max(after);
        }
        usize::try_from(covered).unwrap_or(0)
    }

    /// The number of whole years covered.
    pub fn years(&self) -> usize {
        self.count() / 12
    }
}

/// Whether the date has come by `today`: a month or a year alone counts from its first day, and one
/// that was not parsed has not come.
pub fn has_come(date: &Option<DateOrText>, today: Date) -> bool {
    let come = |date: PartialDate| date.earliest() <= today;
    date.as_ref().is_none_or(|date| date.known().is_some_and(come))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sample;
    use jiff::civil::date;

    fn read(text: &str) -> Option<DateOrText> {
        let words = (!text.is_empty()).then(|| DateOrText::Text(text.to_owned()));
        PartialDate::parse(text).map(DateOrText::from).or(words)
    }

    #[test]
    fn stretches_read_as_in_a_resume() {
        let check = |start: &str, end: &str, text: &str, length: &str| {
            let when = when(&read(start), &read(end), date(2026, 3, 20), &sample::wording());
            assert_eq!((when.text.as_str(), when.length.as_str()), (text, length));
        };
        check("2022-03", "", "Mar 2022 – present", "");
        check("2021-05", "2023-12", "May 2021 – Dec 2023", "2 years 8 months");
        check("2020-01", "2020-01", "Jan 2020", "1 month");
        check("2019", "2021", "2019 – 2021", "2 years");
        check("2013-12-01", "2014-12-01", "Dec 2013 – Dec 2014", "1 year");
        check("2018-01-15", "2019-05-31", "Jan 2018 – May 2019", "1 year 5 months");
        check("2018-01-20", "2018-01-28", "Jan 2018", "1 month");
        check("2019", "2019-06", "2019 – Jun 2019", "");
        check("", "2018", "2018", "");
        check("2027-01", "", "from Jan 2027", "");
        check("2025-01", "2026-12", "Jan 2025 – Dec 2026", "");
        check("2023-05", "2021-01", "May 2023 – Jan 2021", "");
        check("", "", "", "");
        check("2012-10", "some summer", "Oct 2012 – some summer", "");
        check("some summer", "", "some summer – present", "");
    }

    #[test]
    fn only_what_lasts_is_current() {
        let current = |start, end| is_current(&read(start), &read(end), date(2026, 3, 20));
        assert!(current("2022-03", ""));
        assert!(current("2025-01", "2026-12"));
        assert!(!current("2021-05", "2023-12"));
        assert!(!current("2027-01", ""));
        assert!(!current("", ""));
        assert!(!current("2022-03", "some summer"));
    }

    #[test]
    fn overlapping_months_count_once() {
        let mut months = Months::default();
        for (start, end) in [("2021-05", "2023-12"), ("2023-06", "2024-02"), ("2024-03", "")] {
            months.add(&read(start), &read(end), date(2024, 4, 30));
        }
        assert_eq!(months.count(), 36);
        months.add(&read("2030"), &None, date(2024, 4, 30));
        months.add(&read("1999-12"), &read("1999-12"), date(2024, 4, 30));
        assert_eq!((months.count(), months.years()), (37, 3));
        months.add(&read("1980-01"), &read("some summer"), date(2024, 4, 30));
        months.add(&read("some summer"), &None, date(2024, 4, 30));
        assert_eq!(months.count(), 38);
    }
}
