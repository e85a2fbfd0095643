//! Builds sites in memory like the program, but without pixels: whether pictures, cards and icons
//! would differ is decided by their inputs.

use crate::written::Written;
use jiff::civil::date;
use questfolio::diagnostic::Report;
use questfolio::engine::{self, Blobs, Outputs, Work};
use questfolio::load::{self, Options};
use questfolio::plan::{self, Extent, Subject};
use questfolio::source::snapshot::Snapshot;
use questfolio::theme;
use std::collections::BTreeMap;

/// What builds leave for the next one.
#[derive(Default)]
pub struct Workshop {
    load: load::Memory,
    theme: theme::Memory,
    plan: plan::Memory,
}

/// The result of a build.
pub struct Built {
    pub report: Report,
    /// The bytes of texts; for other files, the fingerprint of their inputs.
    pub outputs: BTreeMap<String, Vec<u8>>,
}

impl Workshop {
    pub fn build(&self, written: &Written) -> Built {
        let files = written.files();
        let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let snapshot = Snapshot::of_files(date(2026, 11, 20), files);
        let mut report = Report::default();
        let site = load::again(&snapshot, &Options::default(), &self.load, &mut report);
        let themes = theme::again(&snapshot, &site, &self.theme, &mut report);
        let subject = Subject { snapshot: &snapshot, site: &site, themes: &themes };
        let blobs = Blobs::in_memory();
        let extent = Extent::Whole;
        let mut jobs = plan::plan(subject, &blobs, &self.plan, extent, &mut report, &()).jobs;
        let (costly, cheap): (Vec<_>, Vec<_>) =
            std::mem::take(&mut jobs).into_iter().partition(|job| job.task.is_costly());
        let run = engine::run(&cheap, &Outputs::new(), &blobs, &mut report, &());
        let mut outputs: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for job in &costly {
            let made_from = format!("{:?}", job.task.fingerprint()).into_bytes();
            outputs.insert(job.path.to_string(), made_from);
        }
        for (path, output) in &run.outputs {
            let bytes = output.bytes(path, &blobs, None).unwrap();
            outputs.insert(path.to_string(), bytes.to_vec());
        }
        Built { report: report.sorted(), outputs }
    }
}

impl Built {
    /// Every page, with its path.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.outputs.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
    }
}
