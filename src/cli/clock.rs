//! The progress of a build: how long each step took, and what is being done now.

use crate::engine::Observer;
use crate::lock::lock;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Measures the steps of a build and knows the current one.
pub(crate) struct Clock {
    begun: Instant,
    laps: Mutex<Vec<(&'static str, Instant)>>,
    doing: Mutex<String>,
}

impl Clock {
    /// Starts the clock; `doing` is shown until more is known.
    pub(crate) fn start(doing: &str) -> Clock {
        let doing = Mutex::new(doing.to_owned());
        Clock { begun: Instant::now(), laps: Mutex::default(), doing }
    }

    pub(crate) fn total(&self) -> Duration {
        self.begun.elapsed()
    }

    /// `Building`, `encoding pictures 12 of 96`
    pub(crate) fn doing(&self) -> String {
        lock(&self.doing).clone()
    }

    /// A line for each step (`--timings`).
    pub(crate) fn timings(&self) -> String {
        let mut lines = String::new();
        let mut last = self.begun;
        for (part, ended) in lock(&self.laps).iter() {
            let took = ended.duration_since(last).as_secs_f64() * 1000.0;
            lines.push_str(&format!("{took:>8.1} ms  {part}\n"));
            last = *ended;
        }
        lines
    }
}

impl Observer for Clock {
    fn step_finished(&self, part: &'static str) {
        lock(&self.laps).push((part, Instant::now()));
    }

    fn progress(&self, doing: &'static str, done: usize, of: Option<usize>) {
        let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
        *lock(&self.doing) = format!("{doing} {done}{of}");
    }
}
