//! The program itself, serving a site in its own process.

use super::{Client, PATIENCE};
use std::fs;
use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Without a build for this long, it counts as idle.
const QUIET: Duration = Duration::from_millis(400);

pub struct Program {
    client: Client,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
    folder: PathBuf,
}

/// A site with these files, in a folder that everybody may read.
pub fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

/// The compiled program.
pub const BUILT: &str = env!("CARGO_BIN_EXE_questfolio");

/// The command that serves a folder on a free port.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    command_of(Path::new(BUILT), folder, arguments)
}

/// The same for a program at another path.
pub fn command_of(program: &Path, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .arg("serve")
        .arg(folder)
        .args(["--port", "0", "--date", "2026-11-20"])
        .args(arguments)
        .env_remove("QUESTFOLIO_CACHE")
        .env("NO_COLOR", "1");
    command
}

impl Program {
    pub fn serve(folder: &Path, arguments: &[&str]) -> Program {
        Program::start(folder, command(folder, arguments))
    }

    /// Runs a command that serves, and waits until it does.
    pub fn start(folder: &Path, mut command: Command) -> Program {
        let pipes = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = pipes.spawn().unwrap();
        let said = Arc::new(Mutex::new(Vec::new()));
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let heard = said.clone();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| heard.lock().unwrap().push(line));
        });
        let mut program =
            Program { client: Client { port: 0 }, child, said, folder: folder.to_owned() };
        let begun = Instant::now();
        program.client.port = loop {
            if let Some(port) = program.said().iter().find_map(|line| port(line)) {
                break port;
            }
            assert!(begun.elapsed() < PATIENCE * 3, "it does not serve: {:?}", program.said());
            std::thread::sleep(Duration::from_millis(10));
        };
        program
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Every line it printed for people.
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// The number of builds.
    pub fn builds(&self) -> usize {
        self.said().iter().filter(|it| it.starts_with("Built") || it.starts_with("Mend")).count()
    }

    /// Lines that report a mistake.
    pub fn mistakes(&self) -> Vec<String> {
        let is_mistake = |line: &String| line.starts_with("error") || line.starts_with("warning");
        self.said().into_iter().filter(is_mistake).collect()
    }

    /// Waits until it is idle, and returns the number of builds.
    pub fn quiet(&self) -> usize {
        let mut since = (Instant::now(), self.builds());
        while since.0.elapsed() < QUIET {
            std::thread::sleep(Duration::from_millis(20));
            if self.builds() != since.1 {
                since = (Instant::now(), self.builds());
            }
        }
        since.1
    }

    /// Waits until it prints these words.
    pub fn wait_until_said(&self, words: &str) {
        let begun = Instant::now();
        while !self.said().iter().any(|line| line.contains(words)) {
            assert!(begun.elapsed() < PATIENCE, "{words} was not said: {:?}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The exit status, if it ends within this time.
    pub fn ended_within(&mut self, time: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        while begun.elapsed() < time {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    }
}

/// The port in `Serving http://localhost:1815/  (Ctrl-C to stop)`.
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://localhost:").filter(|_| line.contains("Serving"))?;
    rest.split('/').next()?.parse().ok()
}

impl Deref for Program {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
