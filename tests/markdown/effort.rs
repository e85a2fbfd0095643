//! The work for a text is linear in its length, whatever it consists of.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test measures itself")]

use crate::constructs::constructs;
use crate::site::page;
use std::time::Duration;

/// Shorter times are never a runaway, and too imprecise to compare.
const FLOOR: Duration = Duration::from_millis(150);

/// Length in bytes of the smallest of three texts.
const LENGTH: usize = 16 * 1024;

/// The processor time of this thread, independent of other threads.
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

/// Whether the cost more than triples when the length is doubled, in each of three measurements.
fn runs_away(make: &dyn Fn(usize) -> String) -> Option<(Duration, Duration)> {
    let measured = (0..3).map(|_| {
        let costs = [1, 2, 4].map(|times| cost(&make(LENGTH * times)));
        let trebles = |less: Duration, more: Duration| more > FLOOR && more > 3 * less;
        let is_away = trebles(costs[1], costs[2]) || trebles(costs[0], costs[1]);
        is_away.then_some((costs[1], costs[2]))
    });
    // One good measurement is enough.
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
