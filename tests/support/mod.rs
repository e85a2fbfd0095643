//! A site in a temporary folder, built as by the program.
#![allow(dead_code, reason = "each test file uses its part")]

use questfolio::build::{Build, Extent, Memory, Options, Store, build, run};
use questfolio::diagnostic::{Report, Severity};
use questfolio::engine::publish::disk::Disk;
use questfolio::engine::publish::{Destination, Foreign, ProtectedFolders, Published};
use questfolio::engine::{Blobs, Origin, Outputs};
use questfolio::path::SitePath;
use questfolio::source::snapshot::{SOURCES, Snapshot};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A site that can be edited and built.
pub struct SiteTest {
    folder: TempDir,
    pub options: Options,
    pub today: jiff::civil::Date,
    /// Whether clean builds encode every picture again, instead of caching pictures between test
    /// runs.
    pub encodes: bool,
}

/// The state in memory while a site is served.
pub struct Running {
    snapshot: Snapshot,
    pub outputs: Outputs,
    blobs: Blobs,
    memory: Memory,
}

impl Running {
    pub fn start(site: &SiteTest) -> Running {
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        let snapshot = site.snapshot(&mut Report::default());
        let (blobs, memory) = (Blobs::open(&kept), Memory::default());
        Running { snapshot, outputs: Outputs::new(), blobs, memory }
    }

    /// A partial build of these pages after these files changed; `None` if a full build is needed.
    pub fn build_pages(
        &mut self,
        site: &SiteTest,
        changed: &[&str],
        pages: &[&str],
    ) -> Option<Build> {
        let path = |path: &&str| SitePath::new(*path).unwrap();
        let changed: Vec<SitePath> = changed.iter().map(path).collect();
        let pages: BTreeSet<SitePath> = pages.iter().map(path).collect();
        let known = self.snapshot.reread(site.path(), &changed);
        known.then(|| self.build(site, Extent::Pages(&pages)))
    }

    /// A full build.
    pub fn whole(&mut self, site: &SiteTest) -> Build {
        let mut report = Report::default();
        let looked = self.snapshot.retake(site.path(), site.today, &mut report, &|| false);
        self.snapshot = looked.expect("nothing overtakes it");
        let mut built = self.build(site, Extent::Whole);
        built.report.extend(report);
        self.outputs = built.run.outputs.clone();
        built
    }

    fn build(&self, site: &SiteTest, extent: Extent<'_>) -> Build {
        let store = Store { previous: &self.outputs, blobs: &self.blobs, memory: &self.memory };
        run(&self.snapshot, &site.options, store, extent, &())
    }

    pub fn bytes(&self, built: &Build) -> BTreeMap<String, Vec<u8>> {
        let bytes = |(path, output): (&SitePath, &questfolio::engine::Output)| {
            (path.to_string(), output.bytes(path, &self.blobs, None).unwrap().to_vec())
        };
        built.run.outputs.iter().map(bytes).collect()
    }
}

/// The result of a build.
pub struct Built {
    pub report: Report,
    pub published: Published,
    pub made: BTreeSet<String>,
    pub costly: usize,
    /// The numbers of pictures decoded and of variants encoded.
    pub decoded: (usize, usize),
}

impl SiteTest {
    /// A copy of an example.
    pub fn example(name: &str) -> SiteTest {
        let site = SiteTest::empty();
        copy(&root().join("examples").join(name), site.folder.path());
        site
    }

    /// A copy of a case in `tests/cases`.
    pub fn case(name: &str) -> SiteTest {
        let site = SiteTest::empty();
        copy(&root().join("tests/cases").join(name), site.folder.path());
        site
    }

    /// A copy of the repository's own site.
    pub fn own() -> SiteTest {
        let site = SiteTest::empty();
        for part in ["site.yaml", "guild.yaml", "rules.yaml", "content", "static", "templates"] {
            let from = root().join(part);
            if from.is_dir() {
                copy(&from, &site.folder.path().join(part));
            } else if from.is_file() {
                fs::copy(&from, site.folder.path().join(part)).unwrap();
            }
        }
        site
    }

    /// An empty site.
    pub fn empty() -> SiteTest {
        SiteTest {
            folder: tempfile::tempdir().unwrap(),
            options: Options::default(),
            today: jiff::civil::date(2026, 11, 20),
            encodes: false,
        }
    }

    /// A site with these files.
    pub fn of(files: &[(&str, &str)]) -> SiteTest {
        let site = SiteTest::empty();
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) -> &SiteTest {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Replaces text that must exist.
    pub fn edit(&self, path: &str, from: &str, to: &str) -> &SiteTest {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replacen(from, to, 1))
    }

    pub fn remove(&self, path: &str) -> &SiteTest {
        let path = self.path().join(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap();
        } else {
            fs::remove_file(path).unwrap();
        }
        self
    }

    pub fn snapshot(&self, report: &mut Report) -> Snapshot {
        Snapshot::take(self.path(), self.today, report)
    }

    /// A clean build in memory; only pictures may be cached by other tests.
    pub fn clean(&self) -> (Build, Blobs) {
        let mut report = Report::default();
        let snapshot = self.snapshot(&mut report);
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
        let blobs = if self.encodes { Blobs::in_memory() } else { Blobs::open(&kept) };
        let mut built = build(&snapshot, &self.options, &Outputs::new(), &blobs);
        built.report.extend(report);
        (built, blobs)
    }

    /// Every file of a clean build, by path.
    pub fn clean_bytes(&self) -> BTreeMap<String, Vec<u8>> {
        let (built, blobs) = self.clean();
        assert_no_errors(&built.report);
        let bytes = |(path, output): (&SitePath, &questfolio::engine::Output)| {
            (path.to_string(), output.bytes(path, &blobs, None).unwrap().to_vec())
        };
        built.run.outputs.iter().map(bytes).collect()
    }

    /// Builds and publishes as `questfolio build` does.
    pub fn build(&self) -> Built {
        self.build_on(&Disk::default())
    }

    /// The same on a disk that may stop.
    pub fn build_on(&self, disk: &Disk) -> Built {
        let cache = self.path().join(".questfolio/cache");
        let bounds = ProtectedFolders {
            root: self.path().to_owned(),
            sources: SOURCES.iter().map(|source| self.path().join(source)).collect(),
            cache: cache.clone(),
        };
        let out = self.path().join("public");
        let destination = Destination::open(&out, &bounds, Foreign::Refuse, &|| {}).unwrap();
        let mut report = Report::default();
        let snapshot = self.snapshot(&mut report);
        let blobs = Blobs::open(&cache);
        let built = build(&snapshot, &self.options, destination.previous(), &blobs);
        report.extend(built.report);
        let mut published = Published::default();
        if !report.has_errors() {
            published = destination.publish_to(disk, &built.run.outputs, &blobs, &mut report);
        }
        let made = built.run.paths(Origin::Made).map(SitePath::to_string).collect();
        let costly =
            built.run.paths(Origin::Made).filter(|it| it.as_str().starts_with("pictures/"));
        let decoded = built.decoded;
        Built { costly: costly.count(), decoded, report, published, made }
    }

    /// The output folder, file by file.
    pub fn public(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        read_all(&self.path().join("public"), "", &mut files);
        files.retain(|path, _| !path.starts_with(".questfolio"));
        files
    }
}

pub fn assert_no_errors(report: &Report) {
    let errors: Vec<_> = report.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

impl Built {
    pub fn ok(self) -> Built {
        assert_no_errors(&self.report);
        self
    }

    pub fn written(&self) -> BTreeSet<String> {
        self.published.written.iter().map(SitePath::to_string).collect()
    }

    pub fn removed(&self) -> BTreeSet<String> {
        self.published.removed.iter().map(SitePath::to_string).collect()
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "public" && entry.file_name() != ".questfolio" {
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder.
pub fn read_all(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_all(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}
