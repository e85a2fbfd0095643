//! Markdown and the code in it.

use crate::constructs::{Make, constructs};
use crate::measure::{Cost, cost, running_away};
use crate::site::page;
use crate::{Files, Repeated};

/// Bytes of the smallest of three texts.
const LENGTH: usize = 16 * 1024;

pub fn sites() -> Vec<Repeated> {
    let site = |(name, make): (String, Make)| -> Repeated {
        let files = move |length| {
            let profile = ("content/profile.yaml".to_owned(), "name: Ada\n".to_owned());
            Files::from([profile, ("content/pages/a.md".to_owned(), make(length))])
        };
        (name, Box::new(files))
    };
    constructs().into_iter().map(site).collect()
}

#[test]
fn no_construct_of_markdown_costs_more_than_its_length() {
    let costs = constructs().into_iter().map(|(name, make)| -> Cost {
        let of = move |length: usize| {
            let text = make(length);
            cost(|| drop(page(&text)))
        };
        (name, Box::new(of))
    });
    let wrong = running_away(LENGTH, costs);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
