//! How the cost of a file grows.

use std::time::Duration;

/// Below this nothing has run away, and a measure says little.
const FLOOR: Duration = Duration::from_millis(150);

/// What this thread has had of a processor, however many others want it.
fn used() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells");
    let nanoseconds = stat.split_whitespace().next().and_then(|it| it.parse().ok());
    Duration::from_nanos(nanoseconds.expect("a number"))
}

/// What it costs to do this on the thread that asks.
pub fn cost(work: impl FnOnce()) -> Duration {
    let before = used();
    work();
    used() - before
}

/// What something costs by its length, with its name.
pub type Cost = (String, Box<dyn Fn(usize) -> Duration>);

/// Those whose cost more than trebles where their length is doubled, each of three times.
pub fn running_away(length: usize, costs: impl IntoIterator<Item = Cost>) -> Vec<String> {
    let look = |cost: &dyn Fn(usize) -> Duration| {
        let costs = [1, 2, 4].map(|times| cost(length * times));
        let trebles = |less: Duration, more: Duration| more > FLOOR && more > 3 * less;
        let is_away = trebles(costs[1], costs[2]) || trebles(costs[0], costs[1]);
        is_away.then_some(costs)
    };
    let all = costs.into_iter().filter_map(|(name, cost)| {
        // A look that is well ends it.
        let looks: Option<Vec<_>> = (0..3).map(|_| look(&*cost)).collect();
        looks.map(|looks| format!("{name:?}: {:?}", looks[2]))
    });
    all.collect()
}

#[test]
fn what_runs_away_is_seen() {
    let linear = |length: usize| Duration::from_millis(length as u64);
    let square = |length: usize| Duration::from_millis((length * length) as u64);
    let costs: [Cost; 2] =
        [("linear".to_owned(), Box::new(linear)), ("square".to_owned(), Box::new(square))];
    let wrong = running_away(200, costs);
    assert!(wrong.len() == 1 && wrong[0].starts_with("\"square\""), "{wrong:?}");
}
