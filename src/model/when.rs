//! Dates and stretches of time as a page prints them. A static page ages, so a length is told
//! only where a stretch has ended, and "years of" in whole years.

use crate::model::date::PartialDate;
use crate::model::number::count;
use crate::model::sheet::{DateText, When};
use jiff::civil::Date;

/// A date for machines and for people.
pub fn date_text(date: PartialDate) -> DateText {
    DateText { iso: date.to_string(), text: date.display() }
}

/// From `start` to `end`, told in months; without an end it lasts, and so it does where the end
/// lies after `today` (a contract that will run out). An open end reads `present` and has no
/// machine date.
pub fn when(start: Option<PartialDate>, end: Option<PartialDate>, today: Date) -> When {
    let begun = start.is_none_or(|start| start.earliest() <= today);
    let current = match end {
        Some(end) => end.earliest() > today && start.is_some() && begun,
        None => start.is_some() && begun,
    };
    let open = || DateText { iso: String::new(), text: "present".to_owned() };
    let month = |date: PartialDate| DateText { text: date.display_month(), ..date_text(date) };
    let first = start.map(month);
    let last = end.map(month).or_else(|| current.then(open));
    let text = match (&first, &last) {
        (Some(first), Some(last)) if first.text == last.text => first.text.clone(),
        (Some(first), Some(last)) => format!("{} \u{2013} {}", first.text, last.text),
        (Some(first), None) => format!("from {}", first.text),
        (None, Some(last)) => last.text.clone(),
        (None, None) => String::new(),
    };
    let length = match (start, end) {
        (Some(start), Some(end)) if !current => length(start, end),
        _ => String::new(),
    };
    When { start: first, end: last, current, text, length }
}

/// `3 years 2 months`, first and last month counted; in whole years where a month is unknown.
fn length(start: PartialDate, end: PartialDate) -> String {
    let months = if start.has_month() && end.has_month() {
        (end.month_after() - start.first_month()).max(i32::from(start.earliest() <= end.latest()))
    } else {
        (i32::from(end.year()) - i32::from(start.year())) * 12
    };
    let months = usize::try_from(months).unwrap_or(0);
    let parts = [(months / 12, "year", "years"), (months % 12, "month", "months")];
    let told = parts.into_iter().filter(|(number, ..)| *number > 0);
    told.map(|(number, one, many)| count(number, one, many)).collect::<Vec<_>>().join(" ")
}

/// Stretches of months, counted once where they overlap.
#[derive(Clone, Debug, Default)]
pub struct Months(Vec<(i32, i32)>);

impl Months {
    /// Adds a stretch, up to `today` where it is open or ends later; a stretch of days is a month.
    pub fn add(&mut self, start: Option<PartialDate>, end: Option<PartialDate>, today: Date) {
        let Some(start) = start else { return };
        let next_month = PartialDate::from(today).month_index() + 1;
        let first = start.first_month();
        let after = end.map_or(next_month, PartialDate::month_after);
        let after = after.max(first + 1).min(next_month);
        if first < after {
            self.0.push((first, after));
        }
    }

    /// How many months are covered.
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

    /// Whole years covered.
    pub fn years(&self) -> usize {
        self.count() / 12
    }
}

/// Whether it has happened by `today`: a date that names only a month or a year counts from its
/// first day.
pub fn has_come(date: Option<PartialDate>, today: Date) -> bool {
    date.is_none_or(|date| date.earliest() <= today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Option<PartialDate> {
        PartialDate::parse(text)
    }

    #[test]
    fn stretches_read_as_in_a_resume() {
        let check = |start: &str, end: &str, text: &str, length: &str| {
            let when = when(read(start), read(end), date(2026, 3, 20));
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
    }

    #[test]
    fn only_what_lasts_is_current() {
        let current = |start, end| when(read(start), read(end), date(2026, 3, 20)).current;
        assert!(current("2022-03", ""));
        assert!(current("2025-01", "2026-12"));
        assert!(!current("2021-05", "2023-12"));
        assert!(!current("2027-01", ""));
        assert!(!current("", ""));
    }

    #[test]
    fn overlapping_months_count_once() {
        let mut months = Months::default();
        for (start, end) in [("2021-05", "2023-12"), ("2023-06", "2024-02"), ("2024-03", "")] {
            months.add(read(start), read(end), date(2024, 4, 30));
        }
        assert_eq!(months.count(), 36);
        months.add(read("2030"), None, date(2024, 4, 30));
        months.add(read("1999-12"), read("1999-12"), date(2024, 4, 30));
        assert_eq!((months.count(), months.years()), (37, 3));
    }
}
