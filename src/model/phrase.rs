//! A phrase with places for values: `{name}: level {level}`.

use serde::Deserialize;
use std::ops::Range;

/// A phrase with places for values, in braces.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Phrase(String);

impl Phrase {
    /// The phrase with these values. A place without a value stays as written.
    pub fn fill(&self, values: &[(&str, &str)]) -> String {
        let Phrase(text) = self;
        let mut filled = String::with_capacity(text.len() + 16);
        let mut end = 0;
        for range in places(text) {
            let name = &text[range.start + 1..range.end - 1];
            let value = values.iter().find(|(known, _)| *known == name);
            filled.push_str(&text[end..range.start]);
            filled.push_str(value.map_or(&text[range.clone()], |(_, value)| value));
            end = range.end;
        }
        filled + &text[end..]
    }
}

/// The byte ranges of the places in a phrase, with their braces.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices('{').filter_map(|(start, _)| {
        let name = &text[start + 1..];
        let len = name.find(|letter: char| !letter.is_ascii_lowercase() && letter != '_')?;
        (len > 0 && name[len..].starts_with('}')).then_some(start..start + len + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_they_are_asked_for() {
        let fill = |text: &str| Phrase(text.to_owned()).fill(&[("a", "{b}"), ("b", "2")]);
        assert_eq!(fill("{b}, {a} and {b}"), "2, {b} and 2");
        assert_eq!(fill("{c} { a } {} {A} {a"), "{c} { a } {} {A} {a");
    }
}
