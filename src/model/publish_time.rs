//! Dates as written, with an optional time of day; and the moment at which a post was published.

use crate::model::date::PartialDate;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};
use serde::{Serialize, Serializer};
use std::fmt;

static PARSER: DateTimeParser = DateTimeParser::new();

/// A date as written. Every date field accepts all these forms and uses as much of one as it needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateOrTime {
    /// `2014`, `2014-06` or `2014-06-29`.
    Date(PartialDate),
    /// `2014-06-29T21:14:00+02:00`; without an offset it is in the site's time zone.
    Time(DateTime, Option<Offset>),
}

impl DateOrTime {
    /// Parses a date, or a date with a time as in RFC 3339. A space may replace the `T` and precede
    /// the offset, and seconds may be omitted.
    pub fn parse(text: &str) -> Option<DateOrTime> {
        let text = text.trim();
        if let Some(date) = PartialDate::parse(text) {
            return Some(DateOrTime::Date(date));
        }
        let day = text.get(..10).and_then(PartialDate::parse)?.earliest();
        let time = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        // `21:14:00 +0200`, as Git and Jekyll write it.
        let time = time.replacen(' ', "", 1);
        // The parser would also accept hours alone and a time zone's name after the offset.
        let sound = time.get(2..3) == Some(":") && !time.contains('[');
        let text = format!("{day}T{time}");
        let pieces = PARSER.parse_pieces(&text).ok().filter(|_| sound)?;
        let offset = pieces.to_numeric_offset();
        Some(DateOrTime::Time(day.to_datetime(pieces.time()?), offset))
    }

    /// The date; for a time, the local date at its offset.
    pub fn date(self) -> PartialDate {
        match self {
            DateOrTime::Date(date) => date,
            DateOrTime::Time(time, _) => time.date().into(),
        }
    }
}

/// The moment of publication: a day in the site's time zone, and optionally a time. Ordered by
/// moment; a day without a time starts at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishTime {
    moment: Timestamp,
    offset: Offset,
    timed: bool,
}

impl PublishTime {
    /// The moment as seen in `zone`. `None` for a year or a month alone, and for local times that a
    /// clock change skips.
    pub fn new(written: DateOrTime, zone: &TimeZone) -> Option<PublishTime> {
        let (moment, timed) = match written {
            DateOrTime::Date(date) => {
                let day = Some(date.earliest()).filter(|day| *day == date.latest())?;
                (zone.to_timestamp(day.to_datetime(Time::midnight())).ok()?, false)
            }
            DateOrTime::Time(time, None) => (zone.to_timestamp(time).ok()?, true),
            DateOrTime::Time(time, Some(offset)) => (offset.to_timestamp(time).ok()?, true),
        };
        Some(PublishTime { moment, offset: zone.to_offset(moment), timed })
    }

    /// The day in the site's time zone.
    pub fn day(self) -> Date {
        self.offset.to_datetime(self.moment).date()
    }

    /// Whether a time of day was given.
    pub fn is_timed(self) -> bool {
        self.timed
    }
}

/// As in RFC 3339.
impl fmt::Display for PublishTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset == Offset::UTC {
            true => self.moment.fmt(f),
            false => self.moment.display_with_offset(self.offset).fmt(f),
        }
    }
}

impl Serialize for PublishTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZoneDatabase;

    fn stamp(text: &str, zone: &str) -> Option<PublishTime> {
        let zone = TimeZoneDatabase::bundled().get(zone).unwrap();
        PublishTime::new(DateOrTime::parse(text)?, &zone)
    }

    #[test]
    fn one_moment_is_another_day_elsewhere() {
        let check = |text: &str, zone: &str, day: &str, told: &str| {
            let stamp = stamp(text, zone).unwrap();
            assert_eq!((stamp.day().to_string(), stamp.to_string()), (day.into(), told.into()));
        };
        let utc = "2026-03-12T02:00:00Z";
        check(utc, "UTC", "2026-03-12", utc);
        check(utc, "America/New_York", "2026-03-11", "2026-03-11T22:00:00-04:00");
        check(utc, "Asia/Kathmandu", "2026-03-12", "2026-03-12T07:45:00+05:45");
        check("2026-03-12", "America/New_York", "2026-03-12", "2026-03-12T00:00:00-04:00");
        check("2026-01-12 09:30", "Europe/Lisbon", "2026-01-12", "2026-01-12T09:30:00Z");
    }

    #[test]
    fn times_are_read_as_they_are_written_elsewhere() {
        for good in [
            "2026-03-20T21:14:00+01:00",
            "2026-03-20T21:14:00.25Z",
            "2026-03-20t21:14Z",
            "2026-03-20 21:14",
            "2026-03-20 21:14:00 +0100",
        ] {
            let read = DateOrTime::parse(good);
            assert!(matches!(read, Some(DateOrTime::Time(..))), "{good}");
            assert_eq!(read.unwrap().date().to_string(), "2026-03-20");
        }
        for bad in [
            "2026-03-20T",
            "2026-03-20T21",
            "2026-03-20T25:00",
            "2026-03-20T21:14:00[Europe/Berlin]",
            "2026-03-20T21:14 soon",
            "2026-02-30T21:14",
            "2026-03T21:14",
            "20260320T2114",
            "2026-03-20 in the evening",
            "ää-2026-03-20",
        ] {
            assert_eq!(DateOrTime::parse(bad), None, "{bad}");
        }
        assert_eq!(stamp("2026-03", "UTC"), None);
    }
}
