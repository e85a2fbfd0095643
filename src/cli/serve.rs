//! `questfolio serve`: shows the site in a browser and follows every change.

use super::args::ServeArguments;
use super::clock::Clock;
use super::terminal::Terminal;
use super::{inputs, today};
use crate::build::{self as site_build, Extent, Memory, Store};
use crate::diagnostic::{Diagnostic, Report, Result};
use crate::diagnostic_text;
use crate::edit::Sheets;
use crate::engine::{Blobs, Observer, Origin, Outputs};
use crate::load::{self, Options};
use crate::path::SitePath;
use crate::serve::{self, Builder, FullBuild, PartialBuild, Reach, ServerEvent, WatchMode};
use crate::source::snapshot::Snapshot;
use crate::theme::embedded_source;
use jiff::civil::Date;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde_json::Value;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

pub(crate) fn run(args: &ServeArguments, terminal: &Terminal) -> ExitCode {
    match perform(args, terminal) {
        Ok(never) => match never {},
        Err(diagnostic) => terminal.fail(diagnostic),
    }
}

fn perform(args: &ServeArguments, terminal: &Terminal) -> Result<Infallible> {
    let first = first_look(args)?;
    let cache = inputs::cache(&args.site);
    let options = serve::Options {
        scope: inputs::scope(&args.site, args.site.site.join("public")),
        mode: WatchMode::of(args.poll),
        reach: match args.host {
            None => Reach::Machine,
            Some(None) => Reach::Network,
            Some(Some(address)) => Reach::Address(address),
        },
        port: args.port,
        hosts: Vec::new(),
        editor: serve::editor::link(&absolute(&args.site.site), args.editor.as_deref()),
    };
    let blobs = Arc::new(Blobs::open(&cache));
    let mut live = Live {
        root: &args.site.site,
        options: inputs::options(&args.site),
        given: args.site.date,
        blobs: blobs.clone(),
        snapshot: first,
        memory: Memory::default(),
        base: "/".to_owned(),
        pool: pool()?,
        is_built: false,
        was_idle: false,
        terminal,
    };
    let opens = args.open;
    serve::run(&options, &blobs, &mut live, &mut |event| say(&event, opens, terminal))
}

/// See [`Live::pool`].
fn pool() -> Result<ThreadPool> {
    ThreadPoolBuilder::new().build().map_err(|err| {
        Diagnostic::error("cannot-serve", format!("the system cannot start a thread: {err}"))
            .help("close other programs, or raise the limit (`ulimit -u`)")
    })
}

/// An absolute path, for programs with another working directory.
fn absolute(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_owned())
}

/// The first snapshot. A folder without a site is an error, not something to wait for.
fn first_look(args: &ServeArguments) -> Result<Snapshot> {
    let mut report = Report::default();
    let snapshot = inputs::snapshot(&args.site, today::resolve_live(args.site.date)?, &mut report);
    match report.iter().next() {
        Some(diagnostic) if !snapshot.holds_site() => Err(diagnostic.clone()),
        _ => Ok(snapshot),
    }
}

/// The state kept from one build to the next.
struct Live<'a> {
    root: &'a Path,
    options: Options,
    given: Option<Date>,
    blobs: Arc<Blobs>,
    /// The last snapshot.
    snapshot: Snapshot,
    memory: Memory,
    /// The base path in the last build.
    base: String,
    /// Threads used only for partial builds. The allocator keeps memory that one thread allocated
    /// and another freed, and the first thread collects it at its next allocation: after a full
    /// build of many pages, that takes longer than building a page.
    pool: ThreadPool,
    /// Whether there was a full build yet.
    is_built: bool,
    /// Whether the last message was that a build changed nothing.
    was_idle: bool,
    terminal: &'a Terminal,
}

impl Live<'_> {
    /// Takes a new snapshot. `None` if `is_cancelled` became true meanwhile.
    fn take_snapshot(
        &mut self,
        report: &mut Report,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<()> {
        match today::resolve_live(self.given) {
            Ok(today) => {
                self.snapshot = self.snapshot.retake(self.root, today, report, is_cancelled)?;
            }
            Err(diagnostic) => report.push(diagnostic),
        }
        Some(())
    }

    fn store<'s>(&'s self, previous: &'s Outputs) -> Store<'s> {
        Store { previous, blobs: &self.blobs, memory: &self.memory }
    }

    /// The outputs shown so far, with the current diagnostics.
    fn with_earlier_outputs(&self, shown: &Outputs, report: &Report) -> FullBuild {
        FullBuild {
            outputs: shown.clone(),
            diagnostics: as_json(report, &self.snapshot),
            has_errors: true,
            base: self.base.clone(),
            sheets: Arc::default(),
        }
    }

    fn tell(&mut self, report: &Report, made: usize, begun: Instant) {
        inputs::show(report, &self.snapshot, self.terminal);
        // Not repeated: if the messages go to a file in the site's folder, each one would trigger
        // the next build.
        let was_idle = std::mem::replace(&mut self.was_idle, made == 0 && report.is_empty());
        if was_idle && self.was_idle {
            return;
        }
        if report.has_errors() {
            return self
                .terminal
                .say("Correct it and save; until then the page shows what could be built");
        }
        let took = begun.elapsed().as_secs_f64() * 1000.0;
        let what = match made {
            0 => "nothing new".to_owned(),
            1 => "1 file".to_owned(),
            _ => format!("{made} files"),
        };
        self.terminal.say(&format!("{} {what} in {took:.0} ms", self.terminal.green("Built")));
    }
}

impl Builder for Live<'_> {
    fn base(&mut self) -> String {
        let site = load::config(&self.snapshot, &mut Report::default());
        let url = self.options.url.as_deref().and_then(|url| load::address(url).ok());
        let config = load::Config { url: url.or(site.url.clone()), ..site };
        self.base = format!("{}/", config.base_path());
        self.base.clone()
    }

    fn build(
        &mut self,
        shown: &Outputs,
        is_cancelled: &(dyn Fn() -> bool + Sync),
    ) -> Option<FullBuild> {
        let begun = Instant::now();
        let mut report = Report::default();
        self.take_snapshot(&mut report, is_cancelled)?;
        if !self.snapshot.holds_site() {
            // The site's folder is gone, or about to be filled: nothing is written there.
            self.tell(&report, 0, begun);
            return Some(self.with_earlier_outputs(shown, &report));
        }
        let clock = Clock::start("Building");
        let observer = Cancellable { clock: &clock, is_cancelled };
        let built = self.terminal.while_working(&clock, || {
            let store = self.store(shown);
            site_build::run(&self.snapshot, &self.options, store, Extent::Whole, &observer)
        });
        if built.run.is_cancelled {
            rayon::spawn(move || drop(built));
            return None;
        }
        report.extend(built.report);
        self.blobs.warn(&mut report);
        let report = report.sorted();
        self.tell(&report, built.run.count(Origin::Made), begun);
        self.is_built = true;
        self.base = format!("{}/", built.site.config.base_path());
        Some(FullBuild {
            diagnostics: as_json(&report, &self.snapshot),
            has_errors: report.has_errors(),
            base: self.base.clone(),
            sheets: Arc::new(Sheets::of(&built.site)),
            outputs: built.run.outputs,
        })
    }

    fn build_pages(
        &mut self,
        shown: &Outputs,
        changed: &BTreeSet<PathBuf>,
        pages: &BTreeSet<SitePath>,
    ) -> Option<PartialBuild> {
        // A name that is not a valid path does not belong to the site.
        let changed: Vec<SitePath> =
            changed.iter().filter_map(|path| SitePath::from_relative(path)).collect();
        if !self.snapshot.reread(self.root, &changed) {
            return None;
        }
        let extent = Extent::Pages(pages);
        let build = || {
            let store = self.store(shown);
            site_build::run(&self.snapshot, &self.options, store, extent, &())
        };
        let built = self.pool.install(build);
        // With another base path, every page changes.
        if format!("{}/", built.site.config.base_path()) != self.base {
            return None;
        }
        let sheets = (!self.is_built).then(|| Arc::new(Sheets::of(&built.site)));
        let (outputs, site) = (built.run.outputs, built.site);
        // Freeing memory must not delay the response.
        self.pool.spawn(move || drop(site));
        Some(PartialBuild { outputs, sheets })
    }
}

/// A clock for a build that may be abandoned.
struct Cancellable<'a> {
    clock: &'a Clock,
    is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

impl Observer for Cancellable<'_> {
    fn step_finished(&self, part: &'static str) {
        self.clock.step_finished(part);
    }

    fn progress(&self, doing: &'static str, done: usize, of: Option<usize>) {
        self.clock.progress(doing, done, of);
    }

    fn is_cancelled(&self) -> bool {
        (self.is_cancelled)()
    }
}

/// The diagnostics for the overlay: the same ones that people get in the terminal, with the number
/// of further ones of each kind. A position in a built-in theme is marked, because there is no file
/// to open.
fn as_json(report: &Report, snapshot: &Snapshot) -> Value {
    let sources = inputs::sources(snapshot);
    let json = |diagnostic: &Diagnostic| {
        let mut json = diagnostic_text::to_json(diagnostic, &sources);
        mark_built_in(&mut json, snapshot);
        if let Some(related) = json["related"].as_array_mut() {
            related.iter_mut().for_each(|place| mark_built_in(place, snapshot));
        }
        json
    };
    let (told, rest) = report.abridged();
    let rest = rest.iter().map(|rest| {
        let mut json = json(&rest.diagnostic());
        json["stands_for"] = rest.count.into();
        json
    });
    told.into_iter().map(json).chain(rest).collect()
}

fn mark_built_in(place: &mut Value, snapshot: &Snapshot) {
    let file = place["file"].as_str().and_then(SitePath::new);
    let is_built_in =
        |file: &SitePath| snapshot.file(file.as_str()).is_none() && embedded_source(file).is_some();
    if file.as_ref().is_some_and(is_built_in) {
        place["built_in"] = true.into();
    }
}

fn say(event: &ServerEvent, opens: bool, terminal: &Terminal) {
    match event {
        ServerEvent::PortTaken { wanted, used } => {
            terminal.say(&format!("Port {wanted} is in use; using {used} instead"));
        }
        ServerEvent::Serving { url, network } => {
            terminal.say(&format!("{} {url}  (Ctrl-C to stop)", terminal.green("Serving")));
            if let Some(network) = network {
                say_network(network, terminal);
            }
            if opens && open::that_detached(url).is_err() {
                terminal.say("No browser could be opened; open the address above yourself");
            }
        }
        ServerEvent::Polling { why } => terminal.say_polling(why),
        ServerEvent::Rebuilt { .. } => {}
    }
}

/// The message if others can reach the server.
fn say_network(url: &str, terminal: &Terminal) {
    if let Some(code) = terminal.qr(url) {
        terminal.say(&format!("\n{code}"));
    }
    terminal.say(&format!("{} {url}", terminal.green("On your network")));
    terminal.say("Everyone on this network can see the site, including its errors");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn only_files_of_the_site_can_be_opened() {
        let snapshot =
            Snapshot::of_files(Date::default(), [("site.yaml", b"title: A\n".as_slice())]);
        let at = |path: &str| {
            let file = SitePath::new(path).expect("a path");
            Diagnostic::error("io", "it is wrong").in_file(&file)
        };
        let report = [at("site.yaml"), at("themes/codex/theme.yaml")].into_iter().collect();
        let json = as_json(&report, &snapshot);
        assert_eq!(json[0].get("built_in"), None);
        assert_eq!(json[1]["built_in"], true, "{json}");
    }

    #[test]
    fn a_page_is_told_the_first_hundred_mistakes_of_a_kind_and_how_many_are_left() {
        let text = "a\n".repeat(250);
        let snapshot = Snapshot::of_files(Date::default(), [("content/a.md", text.as_bytes())]);
        let file = SitePath::new("content/a.md").expect("a path");
        let at = |line: usize| {
            Diagnostic::warning("odd", "x").at(Span::new(&file, line * 2..line * 2 + 1))
        };
        let json = as_json(&(0..250).map(at).collect(), &snapshot);
        let told = json.as_array().expect("a list");
        assert_eq!(told.len(), 101);
        assert_eq!((&told[99]["line"], told[99].get("stands_for")), (&100.into(), None));
        assert_eq!((&told[100]["line"], &told[100]["stands_for"]), (&101.into(), &150.into()));
    }
}
