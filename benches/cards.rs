//! Measures the cost of social cards and icons, from SVG text to file, with portraits already
//! decoded: `cargo bench --bench cards`. The goal: 30 ms and 290 kB per card.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program that measures"
)]

use jiff::civil::date;
use questfolio::diagnostic::Report;
use questfolio::engine::{Blobs, Work};
use questfolio::plan::task::Task;
use questfolio::plan::{Cache, Extent, Subject};
use questfolio::source::snapshot::Snapshot;
use questfolio::{load, plan, theme};
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const TIMES: u32 = 40;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/guild");
    let (mut report, blobs) = (Report::default(), Blobs::in_memory());
    let snapshot = Snapshot::take(&root, date(2026, 11, 20), &mut report);
    let url = Some("https://example.org".to_owned());
    let options = load::Options { url, ..load::Options::default() };
    let site = load::site(&snapshot, &options, &load::Memory::default(), &mut report);
    let themes = theme::open(&snapshot, &site, &theme::Memory::default(), &mut report);
    let subject = Subject { snapshot: &snapshot, site: &site, themes: &themes };
    let plan = plan::plan(subject, &blobs, &Cache::default(), Extent::Whole, &mut report, &());
    for job in plan.jobs.iter().filter(|job| matches!(job.task, Task::Drawing(_))) {
        let bytes = job.task.make(&blobs).unwrap().len();
        let begun = Instant::now();
        (0..TIMES).for_each(|_| drop(black_box(job.task.make(&blobs))));
        let took = begun.elapsed().as_secs_f64() * 1000.0 / f64::from(TIMES);
        println!("{took:>7.1} ms {bytes:>8} bytes  {}", job.path);
    }
}
