//! The words of one language that a sheet and the site's pages are made with: dates, periods,
//! counts, lists, numbers and sentences. They come from the theme's `i18n/`, and a field is called
//! like its key there.

use crate::model::country;
use crate::model::date::PartialDate;
use crate::model::number::separated;
use crate::model::phrase::Phrase;
use crate::model::plural::Plural;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The prefix of the keys that name a country: `country_de`.
pub const COUNTRY: &str = "country_";

/// The words of one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the keys are documented in docs/themes.md")]
pub struct Wording {
    /// The language's tag: `de-AT`.
    #[serde(skip)]
    pub language: String,
    /// Names of countries by code in lower case, for those not called as in English.
    #[serde(skip)]
    countries: BTreeMap<String, String>,
    date_months: [String; 12],
    date_months_alone: Option<[String; 12]>,
    date_day: Phrase,
    date_month: Phrase,
    pub period: Phrase,
    pub period_from: Phrase,
    pub period_present: String,
    pub period_length: Phrase,
    number_thousands: String,
    list_separator: String,
    list_end: String,
    pub count_years: Plural,
    pub count_months: Plural,
    pub count_companies: Plural,
    pub count_projects: Plural,
    pub count_endorsements: Plural,
    pub class_none: String,
    pub class_none_role: String,
    pub level_of: Phrase,
    pub level_and_class: Phrase,
    pub skill_group_other: String,
    pub sheet_description: Phrase,
    pub hall_description: Plural,
    pub posts_description: Phrase,
    pub skill_description: Phrase,
    pub skills_description: Phrase,
    pub page_description: Phrase,
    pub not_found_title: String,
    pub not_found_description: String,
    pub crest_of_name: Phrase,
    pub portrait_of: Phrase,
    pub view_sheet: String,
    pub writing: String,
    pub skills: String,
    pub table: String,
    pub alert_note: String,
    pub alert_tip: String,
    pub alert_important: String,
    pub alert_warning: String,
    pub alert_caution: String,
    pub value_of: Phrase,
}

impl Wording {
    /// The wording from the texts of `i18n/`, by key.
    ///
    /// # Errors
    /// A text that is missing, or is not of its kind.
    pub fn new(language: &str, texts: &Map<String, Value>) -> serde_json::Result<Wording> {
        let wording = Wording::deserialize(texts)?;
        let named = texts.iter().filter_map(|(key, name)| {
            Some((key.strip_prefix(COUNTRY)?.to_owned(), name.as_str()?.to_owned()))
        });
        Ok(Wording { language: language.to_owned(), countries: named.collect(), ..wording })
    }

    /// `29 Jun 2014`, `Jun 2014` or `2014`.
    pub fn date(&self, date: PartialDate) -> String {
        match (date.month(), date.day()) {
            (Some(month), Some(day)) => self.date_day.fill(&[
                ("day", &day.to_string()),
                ("month", &self.date_months[month - 1]),
                ("year", &date.year().to_string()),
            ]),
            _ => self.month(date),
        }
    }

    /// The date without its day: `Jun 2014` or `2014`.
    pub fn month(&self, date: PartialDate) -> String {
        let year = date.year().to_string();
        let Some(month) = date.month() else { return year };
        let months = self.date_months_alone.as_ref().unwrap_or(&self.date_months);
        self.date_month.fill(&[("month", &months[month - 1]), ("year", &year)])
    }

    /// Thousands separated, with a true minus sign: `14,820`, `−1,200`.
    pub fn number(&self, number: i64) -> String {
        separated(number, &self.number_thousands)
    }

    /// As `number`, with a plus sign if it is not negative: a gain or a loss.
    pub fn signed(&self, number: i64) -> String {
        let text = self.number(number);
        if number < 0 { text } else { format!("+{text}") }
    }

    /// `1 year`, `3 years`: the form for a number, with the number as `{count}`.
    pub fn count(&self, counted: &Plural, number: usize) -> String {
        self.counted(counted, number, &[])
    }

    /// As `count`, with other values.
    pub fn counted(&self, counted: &Plural, number: usize, values: &[(&str, &str)]) -> String {
        let count = self.number(i64::try_from(number).unwrap_or(i64::MAX));
        let form = counted.form(&self.language, number as u64);
        form.fill(&[&[("count", count.as_str())], values].concat())
    }

    /// Parts one after the other: `Berlin, Germany`.
    pub fn joined<T: AsRef<str>>(&self, parts: impl IntoIterator<Item = T>) -> String {
        let parts: Vec<T> = parts.into_iter().collect();
        let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
        parts.join(&self.list_separator)
    }

    /// Names in a sentence: in English `Ada, Ben, Cleo`, in German `Ada, Ben und Cleo`.
    pub fn list(&self, names: &[&str]) -> String {
        match names {
            [others @ .., last] if !others.is_empty() => {
                self.joined(others) + &self.list_end + last
            }
            _ => self.joined(names),
        }
    }

    /// The name of a country by its code.
    pub fn country(&self, code: &str) -> Option<&str> {
        let own = self.countries.get(code.trim().to_ascii_lowercase().as_str());
        own.map(String::as_str).or_else(|| country::name(code))
    }
}
