//! Contact details: name, initials and place, limited to what may be published.

use crate::model::profile::{Availability, PrivateField, Profile};
use crate::model::sheet::{Address, AvailabilityLine};
use crate::model::when::date_text;
use crate::model::wording::Wording;

/// The place; street and postal code only if they are published.
pub fn address(profile: &Profile, wording: &Wording) -> Address {
    let Some(place) = &profile.location else { return Address::default() };
    let published =
        |field, value: &Option<String>| value.clone().filter(|_| profile.publish.contains(&field));
    let code = place.country_code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let known = code.and_then(|code| wording.country(code));
    Address {
        street: published(PrivateField::Address, &place.address),
        postal_code: published(PrivateField::PostalCode, &place.postal_code),
        city: place.city.clone(),
        region: place.region.clone(),
        country_code: known.and(code).map(str::to_ascii_uppercase),
        country: known.or(code).map(str::to_owned),
    }
}

/// `San Francisco, California, United States`; a city with the same name as its region is given
/// once.
pub fn place(address: &Address, wording: &Wording) -> Option<String> {
    let city = address.city.as_deref();
    let region = address.region.as_deref().filter(|region| Some(*region) != city);
    let written = [city, region, address.country.as_deref()].into_iter().flatten();
    let parts: Vec<&str> = written.map(str::trim).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| wording.joined(parts))
}

/// What they are looking for; `None` if nothing is given.
pub fn availability(wanted: &Availability, wording: &Wording) -> Option<AvailabilityLine> {
    (*wanted != Availability::default()).then(|| AvailabilityLine {
        from: wanted.from.as_ref().map(|date| date_text(date, wording)),
        roles: wording.joined(&wanted.roles),
        places: wording.joined(&wanted.places),
    })
}

/// The first letters of the first and the last name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = [words.first(), words.last().filter(|_| words.len() > 1)];
    let letters = ends.into_iter().flatten().filter_map(|word| {
        word.chars().find(|c| c.is_alphanumeric()).or_else(|| word.chars().next())
    });
    letters.flat_map(char::to_uppercase).collect()
}

/// Length in characters of the longest part of a name that cannot be broken across lines.
pub fn longest_word(name: &str) -> usize {
    let pieces = name.split_whitespace().flat_map(|word| word.split_inclusive('-'));
    pieces.map(|piece| piece.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::profile::Location;
    use crate::model::sample;

    #[test]
    fn only_published_parts_of_a_place_are_told() {
        let mut profile = sample::full();
        let wording = sample::wording();
        let told = address(&profile, &wording);
        assert_eq!(place(&told, &wording).as_deref(), Some("Berlin, Germany"));
        assert_eq!((told.street, told.postal_code), (None, None));
        profile.publish.insert(PrivateField::PostalCode);
        assert_eq!(address(&profile, &wording).postal_code.as_deref(), Some("10115"));
    }

    #[test]
    fn a_region_stands_between_city_and_country() {
        let told = |city: &str, region: &str| {
            let (city, region) = (Some(city.to_owned()), Some(region.to_owned()));
            place(&Address { city, region, ..Address::default() }, &sample::wording())
        };
        assert_eq!(told("Fresno", "California").as_deref(), Some("Fresno, California"));
        assert_eq!(told("Berlin", "Berlin").as_deref(), Some("Berlin"));
        assert_eq!(told("", "Wales").as_deref(), Some("Wales"));
    }

    #[test]
    fn a_country_may_be_written_out() {
        let location =
            Location { country_code: Some("Atlantis".to_owned()), ..Location::default() };
        let profile = Profile { location: Some(location), ..Profile::default() };
        let told = address(&profile, &sample::wording());
        assert_eq!((told.country.as_deref(), told.country_code), (Some("Atlantis"), None));
    }

    #[test]
    fn names_have_initials_and_a_longest_word() {
        assert_eq!(initials("Ada Okafor"), "AO");
        assert_eq!(initials("jean-luc van der Berg"), "JB");
        assert_eq!(initials("Cher"), "C");
        assert_eq!(initials("  "), "");
        assert_eq!(longest_word("Maximiliane-Anastasia Featherstonehaugh-Wickramasinghe"), 18);
    }
}
