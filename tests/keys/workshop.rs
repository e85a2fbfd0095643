//! Builds sites in memory like the program, but without pixels: whether pictures, cards and icons
//! would differ is decided by their inputs.

use jiff::civil::date;
use questfolio::diagnostic::Report;
use questfolio::engine::{self, Blobs, Outputs, Work};
use questfolio::load::{self, Options, Site};
use questfolio::plan::{self, Extent, Subject};
use questfolio::source::snapshot::Snapshot;
use questfolio::theme;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files of a site, by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What builds leave for the next one.
#[derive(Default)]
pub struct Workshop {
    outputs: Outputs,
    blobs: Blobs,
    load: load::Memory,
    theme: theme::Memory,
    plan: plan::Cache,
}

/// The result of a build.
pub struct Built {
    pub report: Report,
    pub site: Site,
    /// The bytes of texts; for other files, the fingerprint of their inputs.
    pub outputs: BTreeMap<String, Arc<[u8]>>,
}

impl Workshop {
    pub fn build(&mut self, files: &Files) -> Built {
        let files = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
        let snapshot = Snapshot::of_files(date(2026, 11, 20), files);
        let mut report = Report::default();
        let site = load::site(&snapshot, &Options::default(), &self.load, &mut report);
        let themes = theme::open(&snapshot, &site, &self.theme, &mut report);
        let subject = Subject { snapshot: &snapshot, site: &site, themes: &themes };
        let blobs = &self.blobs;
        let planned = plan::plan(subject, blobs, &self.plan, Extent::Whole, &mut report, &());
        let (costly, cheap): (Vec<_>, Vec<_>) =
            planned.jobs.into_iter().partition(|job| job.task.is_costly());
        let run = engine::run(&cheap, &self.outputs, blobs, &mut report, &());
        let mut outputs: BTreeMap<String, Arc<[u8]>> = BTreeMap::new();
        for job in &costly {
            let made_from = format!("{:?}", job.task.fingerprint()).into_bytes();
            outputs.insert(job.path.to_string(), made_from.into());
        }
        for (path, output) in &run.outputs {
            outputs.insert(path.to_string(), output.bytes(path, blobs, None).unwrap());
        }
        self.outputs = run.outputs;
        Built { report: report.sorted(), site, outputs }
    }
}

impl Built {
    /// Every page, with its path.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let pages = self.outputs.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
    }
}
