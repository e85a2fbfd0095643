//! What is left out on paper, and in which order.

use super::*;
use crate::model::derive::sheet;
use crate::model::profile::{Employment, Interest, Position, Profile};
use crate::model::sample;
use crate::span::Markdown;

/// Jobs of two years each, newest first, with four one-line highlights.
fn long_life(jobs: usize) -> Profile {
    let job = |number: usize| Employment {
        name: Some(format!("Employer {number}")),
        positions: vec![Position {
            title: Some("Engineer".to_owned()),
            start: sample::on(&(2024 - 2 * number).to_string()),
            end: sample::on(&(2025 - 2 * number).to_string()),
            highlights: vec![Markdown::new("Did what was asked, and then some more."); 4],
            ..Position::default()
        }],
        ..Employment::default()
    };
    let interests = vec![Interest { name: Some("Chess".to_owned()), ..Interest::default() }];
    Profile {
        name: "Ada".to_owned(),
        work: (0..jobs).map(job).collect(),
        interests,
        ..Profile::default()
    }
}

fn on_paper(profile: Profile, pages: u32) -> Sheet {
    let profile = Profile { paper_pages: Some(pages), ..profile };
    sheet(&profile, &sample::ruleset(), sample::today(), &sample::wording())
}

#[test]
fn what_fits_is_printed_whole() {
    let sheet = on_paper(long_life(3), 1);
    assert_eq!(sheet.left_out, None);
    assert!(sheet.work.iter().all(|line| !line.off_paper));
}

#[test]
fn the_oldest_goes_first_and_what_has_no_date_before_it() {
    let sheet = on_paper(long_life(14), 2);
    assert_eq!(flow::pages(&sheet), 2);
    assert!(sheet.interests[0].off_paper);
    let printed: Vec<usize> = sheet
        .work
        .iter()
        .map(|line| if line.off_paper { 0 } else { 1 + line.positions[0].highlights_on_paper })
        .collect();
    assert!(printed.is_sorted_by(|newer, older| newer >= older), "{printed:?}");
    assert_eq!((printed[0], *printed.last().unwrap()), (5, 0));
    let told = sheet.left_out.unwrap();
    assert!(told.starts_with("the whole sheet takes 3 pages of paper instead of 2; left out on paper: `Chess`, `Engineer, Employer 13`"), "{told}");
    assert!(printed.iter().filter(|it| (2..5).contains(*it)).count() < 2, "{printed:?}");
}

#[test]
fn what_always_stays_may_take_more_than_was_asked_for() {
    let about = Some(Markdown::new("Words upon words.\n\n".repeat(200)));
    let sheet = on_paper(Profile { about, ..long_life(2) }, 1);
    assert!(sheet.work.iter().all(|line| line.off_paper));
    assert!(sheet.left_out.unwrap().contains("what always stays takes"));
}

#[test]
fn nothing_is_left_out_where_nothing_was_asked() {
    let sheet = sheet(&long_life(60), &sample::ruleset(), sample::today(), &sample::wording());
    assert_eq!(sheet.left_out, None);
    assert!(sheet.work.iter().all(|line| line.positions[0].highlights_on_paper == 4));
}
