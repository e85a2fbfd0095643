//! The work for a text grows with its length and not faster, whatever it is made of.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test measures itself")]

use crate::constructs::constructs;
use crate::site::page;
use std::time::Duration;

/// Below this nothing has run away, and a measure says little.
const FLOOR: Duration = Duration::from_millis(150);

/// Bytes of the smallest of three texts.
const LENGTH: usize = 16 * 1024;

/// What this thread has had of a processor, however many others want it.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
    let nanoseconds = stat.split_whitespace().next().and_then(|it| it.parse().ok());
    Duration::from_nanos(nanoseconds.expect("a number"))
}

fn cost(text: &str) -> Duration {
    let before = used();
    page(text);
    used() - before
}

/// Whether the cost more than trebles where the length is doubled, each of three times.
fn runs_away(make: &dyn Fn(usize) -> String) -> Option<(Duration, Duration)> {
    let measured = (0..3).map(|_| {
        let costs = [1, 2, 4].map(|times| cost(&make(LENGTH * times)));
        let trebles = |less: Duration, more: Duration| more > FLOOR && more > 3 * less;
        let is_away = trebles(costs[1], costs[2]) || trebles(costs[0], costs[1]);
        is_away.then_some((costs[1], costs[2]))
    });
    // A look that is well ends it.
    measured.collect::<Option<Vec<_>>>().and_then(|all| all.last().copied())
}

#[test]
fn no_construct_costs_more_than_its_length() {
    let mut wrong = Vec::new();
    for (name, make) in constructs() {
        if let Some((half, whole)) = runs_away(&make) {
            wrong.push(format!("{name:?}: {half:?}, then {whole:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
