//! A minimal site: pages that each show a picture, an index that lists them, and a folder to
//! publish to.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk")]
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test crate uses a part of it")]

use proptest::prelude::*;
use questfolio::diagnostic::{Diagnostic, Report, Result};
use questfolio::digest::Digest;
use questfolio::engine::publish::Step;
use questfolio::engine::publish::disk::Disk;
use questfolio::engine::publish::marker::MARKER;
use questfolio::engine::{
    Blobs, Destination, Fingerprint, Foreign, Job, Origin, Outputs, ProtectedFolders, Published,
    Run, Work, run,
};
use questfolio::path::SitePath;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub fn path(text: &str) -> SitePath {
    SitePath::new(text).unwrap()
}

/// Pages by name, each with its text and the number of its picture.
#[derive(Clone, Debug, Default)]
pub struct World {
    pages: BTreeMap<String, (String, u32)>,
    files: BTreeMap<String, String>,
    invisible: u32,
    is_linked: bool,
}

#[derive(Debug)]
pub enum Task {
    Text { inputs: Vec<(&'static str, Digest)>, text: String },
    Picture(u32),
}

impl Work for Task {
    fn fingerprint(&self) -> Fingerprint {
        match self {
            Task::Text { inputs, .. } => {
                Fingerprint::new("text/1").with_all(inputs.iter().copied())
            }
            Task::Picture(number) => {
                Fingerprint::new("picture/1").with("number", Digest::of(number))
            }
        }
    }

    fn make(&self, _: &Blobs) -> Result<Vec<u8>> {
        match self {
            Task::Text { text, .. } => {
                assert!(!text.contains("panic:"), "{text}");
                if text.contains("error:") {
                    return Err(Diagnostic::error("no-ink", "the ink is empty"));
                }
                Ok(text.clone().into_bytes())
            }
            Task::Picture(number) => Ok(format!("picture {number}").repeat(40).into_bytes()),
        }
    }

    fn is_costly(&self) -> bool {
        matches!(self, Task::Picture(_))
    }

    fn weight(&self) -> u64 {
        if let Task::Picture(number) = self { u64::from(*number) + 1 } else { 0 }
    }
}

impl World {
    pub fn with_pages(names: &[&str]) -> World {
        let pages = names.iter().enumerate().map(|(index, name)| {
            ((*name).to_owned(), ("text".to_owned(), u32::try_from(index).unwrap()))
        });
        World { pages: pages.collect(), ..World::default() }
    }

    pub fn and_file(mut self, path: &str, text: &str) -> World {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    /// The same, with links from every page to all others, to the index and to a feed.
    pub fn linked(self) -> World {
        World { is_linked: true, ..self }
    }

    pub fn set_text(&mut self, page: &str, text: &str) {
        self.pages.entry(page.to_owned()).or_default().0 = text.to_owned();
    }

    pub fn set_picture(&mut self, page: &str, number: u32) {
        self.pages.entry(page.to_owned()).or_default().1 = number;
    }

    pub fn picture(&self, page: &str) -> u32 {
        self.pages[page].1
    }

    pub fn set_invisible(&mut self, value: u32) {
        self.invisible = value;
    }

    pub fn remove(&mut self, page: &str) {
        self.pages.remove(page);
    }

    fn links(&self) -> String {
        if !self.is_linked || self.pages.is_empty() {
            return String::new();
        }
        let pages = self.pages.keys().map(|name| format!("{name}/index.html"));
        let all = pages.chain(["index.html", "feed.xml"].map(str::to_owned));
        all.map(|page| format!("<a href=\"{page}\"/>")).collect()
    }

    pub fn jobs(&self) -> Vec<Job<Task>> {
        let mut jobs = Vec::new();
        let mut pictures = BTreeMap::new();
        let text =
            |at: &str, inputs, text| Job { path: path(at), task: Task::Text { inputs, text } };
        let names: Vec<&str> = self.pages.keys().map(String::as_str).collect();
        let links = self.links();
        for (name, (words, number)) in &self.pages {
            let picture = format!("img/p{number}.png");
            let inputs = vec![
                ("text", Digest::of(words)),
                ("picture", Digest::of(number)),
                ("invisible", Digest::of(&self.invisible)),
            ];
            let html = format!("<h1>{name}</h1>{words}<img src=\"{picture}\">{links}");
            let inputs = inputs.into_iter().chain([("links", Digest::of(&links))]).collect();
            jobs.push(text(&format!("{name}/index.html"), inputs, html));
            pictures.insert(picture, *number);
        }
        for (picture, number) in pictures {
            jobs.push(Job { path: path(&picture), task: Task::Picture(number) });
        }
        let inputs =
            vec![("names", Digest::of(&names)), ("invisible", Digest::of(&self.invisible))];
        jobs.push(text("index.html", inputs, names.join(" ") + &links));
        if !links.is_empty() {
            jobs.push(text("feed.xml", vec![("links", Digest::of(&links))], links));
        }
        for (at, words) in &self.files {
            jobs.push(text(at, vec![("text", Digest::of(words))], words.clone()));
        }
        jobs
    }
}

#[derive(Clone, Debug)]
pub enum Edit {
    Text(&'static str, u8),
    Picture(&'static str, u32),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Invisible(u32),
    /// The entry at `x`: nothing, a file, a folder, a nested one, a page.
    Shape(u8),
    /// From here on, changes to the folders rather than to the world.
    LoseCache,
    LoseTraces,
    LoseMarker,
    LoseOutput,
    LosePage(&'static str),
    TearPage(&'static str),
    /// Other bytes with the same length and modification time.
    ForgePage(&'static str),
}

impl Edit {
    pub fn change(&self, world: &mut World) {
        match self {
            Edit::Text(page, words) => world.set_text(page, &format!("words {words}")),
            Edit::Picture(page, number) => world.set_picture(page, *number),
            Edit::Remove(page) => world.remove(page),
            Edit::Rename(from, to) => {
                if let Some(page) = world.pages.remove(*from) {
                    world.pages.insert((*to).to_owned(), page);
                }
            }
            Edit::Invisible(value) => world.invisible = *value,
            Edit::Shape(shape) => {
                world.remove("x");
                world.files.clear();
                let paths: &[&str] = match shape {
                    1 => &["x"],
                    2 => &["x/y"],
                    3 => &["x/y/z", "x/w"],
                    4 => {
                        world.set_text("x", "a page");
                        &[]
                    }
                    _ => &[],
                };
                let file = |path: &&str| ((*path).to_owned(), format!("file {path}"));
                world.files.extend(paths.iter().map(file));
            }
            _ => {}
        }
    }

    /// Errors are ignored: the file to remove may not exist.
    pub fn apply(&self, world: &mut World, folder: &Folder) {
        self.change(world);
        let page = |name: &str| folder.out().join(name).join("index.html");
        let _ = match self {
            Edit::LoseCache => fs::remove_dir_all(folder.cache()),
            Edit::LoseTraces => fs::remove_dir_all(folder.cache().join("traces")),
            // If the cache were lost too, nobody could know whose files they are.
            Edit::LoseMarker if folder.cache().join("traces").exists() => {
                fs::remove_file(folder.out().join(MARKER))
            }
            Edit::LoseOutput => fs::remove_dir_all(folder.out()),
            Edit::LosePage(name) => fs::remove_file(page(name)),
            Edit::TearPage(name) if page(name).exists() => fs::write(page(name), ""),
            Edit::ForgePage(name) if page(name).exists() => {
                forge(&page(name));
                Ok(())
            }
            _ => Ok(()),
        };
    }
}

/// Replaces a file's bytes by others of the same length, and keeps its modification time.
pub fn forge(path: &Path) {
    let modified = fs::metadata(path).unwrap().modified().unwrap();
    let forged = fs::read(path).unwrap().iter().map(|byte| byte ^ 1).collect::<Vec<u8>>();
    fs::write(path, forged).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(modified).unwrap();
}

pub fn edits(count: usize) -> impl Strategy<Value = Vec<Edit>> {
    let name = || prop::sample::select(vec!["ada", "Bob", "c", "d/e", "d"]);
    let edit = prop_oneof![
        6 => (name(), 0..4u8).prop_map(|(page, words)| Edit::Text(page, words)),
        4 => (name(), 0..4u32).prop_map(|(page, number)| Edit::Picture(page, number)),
        3 => name().prop_map(Edit::Remove),
        2 => (name(), name()).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => (0..3u32).prop_map(Edit::Invisible),
        1 => Just(Edit::LoseCache),
        1 => Just(Edit::LoseTraces),
        1 => Just(Edit::LoseMarker),
        1 => Just(Edit::LoseOutput),
        1 => name().prop_map(Edit::LosePage),
        1 => name().prop_map(Edit::TearPage),
        1 => name().prop_map(Edit::ForgePage),
        2 => (0..5u8).prop_map(Edit::Shape),
    ];
    prop::collection::vec(edit, 1..=count)
}

/// The result of a build.
pub struct Built {
    pub run: Run,
    pub published: Published,
    pub report: Report,
}

impl Built {
    pub fn made(&self) -> Vec<&str> {
        self.run.paths(Origin::Made).map(SitePath::as_str).collect()
    }

    pub fn because(&self, at: &str) -> &[String] {
        &self.run.provenance[at].because
    }
}

/// A site's folder with its output and its cache.
pub struct Folder {
    root: tempfile::TempDir,
}

impl Folder {
    pub fn new() -> Folder {
        Folder { root: tempfile::tempdir().unwrap() }
    }

    pub fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    pub fn cache(&self) -> PathBuf {
        self.root.path().join(".questfolio/cache")
    }

    pub fn try_open(&self, foreign: Foreign) -> Result<Destination> {
        self.open(foreign, &|| {})
    }

    pub fn open_waiting(&self, waiting: &dyn Fn()) -> Result<Destination> {
        self.open(Foreign::Refuse, waiting)
    }

    fn open(&self, foreign: Foreign, waiting: &dyn Fn()) -> Result<Destination> {
        let bounds = ProtectedFolders {
            root: self.root.path().to_owned(),
            sources: vec![self.root.path().join("content")],
            cache: self.cache(),
        };
        Destination::open(&self.out(), &bounds, foreign, waiting)
    }

    pub fn try_build(&self, world: &World, foreign: Foreign) -> Built {
        let mut report = Report::default();
        let blobs = Blobs::open(&self.cache());
        let to = self.try_open(foreign).unwrap();
        let run = run(&world.jobs(), to.previous(), &blobs, &mut report, &());
        let published = to.publish(&run.outputs, &blobs, &mut report);
        blobs.warn(&mut report);
        blobs.sweep();
        Built { run, published, report }
    }

    pub fn build(&self, world: &World) -> Built {
        let built = self.try_build(world, Foreign::Refuse);
        assert!(built.report.is_empty(), "{:?}", built.report);
        built
    }

    /// Builds on a disk that stops after this many operations; returns whether it was interrupted.
    pub fn build_cut_off(&self, world: &World, operations: usize) -> bool {
        let mut report = Report::default();
        let blobs = Blobs::open(&self.cache());
        let to = self.try_open(Foreign::Refuse).unwrap();
        let run = run(&world.jobs(), to.previous(), &blobs, &mut report, &());
        let disk = Disk::that_stops_after(operations);
        to.publish_to(&disk, &run.outputs, &blobs, &mut report);
        disk.operations() > operations
    }

    /// Builds, and changes the output between the plan and its steps.
    pub fn build_around(&self, world: &World, meddle: impl FnOnce(&Path)) -> Report {
        let mut report = Report::default();
        let to = self.try_open(Foreign::Refuse).unwrap();
        let blobs = Blobs::in_memory();
        let run = run(&world.jobs(), &Outputs::new(), &blobs, &mut report, &());
        let plan = to.plan(&run.outputs, &mut report).unwrap();
        meddle(&self.out());
        to.perform(&plan, &Disk::default(), &run.outputs, &blobs, &mut report);
        report
    }

    pub fn steps(&self, world: &World) -> Vec<Step> {
        let mut report = Report::default();
        let run = run(&world.jobs(), &Outputs::new(), &Blobs::in_memory(), &mut report, &());
        self.try_open(Foreign::Refuse).unwrap().plan(&run.outputs, &mut report).unwrap().steps
    }

    pub fn write_foreign(&self, name: &str, text: &str) {
        let file = self.out().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Every file and folder of the output; folders have no bytes.
    pub fn files(&self) -> BTreeMap<String, String> {
        let entries = walkdir::WalkDir::new(self.out()).min_depth(1);
        let entry = |entry: walkdir::DirEntry| {
            let name = entry.path().strip_prefix(self.out()).unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(entry.path()).unwrap_or_default())
        };
        entries.into_iter().map(|it| entry(it.unwrap())).collect()
    }

    /// The files of a clean build of this world.
    pub fn clean(world: &World) -> BTreeMap<String, String> {
        let folder = Folder::new();
        folder.build(world);
        folder.files()
    }

    /// The files, without folders and without the marker, which also describes traces and folders.
    pub fn pages(&self) -> BTreeMap<String, String> {
        let mut files = self.files();
        files.retain(|name, text| name != MARKER && !text.is_empty());
        files
    }

    pub fn clean_pages(world: &World) -> BTreeMap<String, String> {
        let mut files = Folder::clean(world);
        files.retain(|name, text| name != MARKER && !text.is_empty());
        files
    }

    /// The modification time of each file.
    pub fn stamps(&self) -> BTreeMap<String, SystemTime> {
        let stamp =
            |name: &String| fs::metadata(self.out().join(name)).unwrap().modified().unwrap();
        let files = self.files().into_keys().filter(|name| self.out().join(name).is_file());
        files.map(|name| (name.clone(), stamp(&name))).collect()
    }

    /// Asserts that every link target of pages and feeds exists at this moment.
    pub fn assert_every_link_leads_somewhere(&self) {
        let files = self.files();
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with("ml")) {
            for start in ["src=\"", "href=\""] {
                for target in text.split(start).skip(1).filter_map(|it| it.split('"').next()) {
                    assert!(
                        files.contains_key(target),
                        "{name} leads to {target}, which is missing"
                    );
                }
            }
        }
    }

    /// Temporary files in the output and in the cache.
    pub fn temporaries(&self) -> Vec<PathBuf> {
        let entries = walkdir::WalkDir::new(self.root.path()).into_iter().flatten();
        let is_temporary =
            |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains("questfolio-tmp");
        entries.map(walkdir::DirEntry::into_path).filter(is_temporary).collect()
    }
}
