//! The command line: commands and flags. Each command converts its arguments into the options of
//! the layer it calls.

use super::new::answers::{self, Skills};
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::net::Ipv4Addr;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// A heading of the help text, in the same colours as clap's own.
macro_rules! section {
    ($title:literal, $text:literal) => {
        concat!("\x1b[1m\x1b[33m", $title, ":\x1b[0m\n", $text)
    };
}

const FIRST_MINUTE: &str = concat!(
    section!(
        "The first minute",
        "  questfolio new my-sheet    asks a few questions and writes the first files
  cd my-sheet
  questfolio serve --open    shows the sheet and updates it as you edit

"
    ),
    section!(
        "Exit codes",
        "  0  all is well
  1  something is wrong with the site
  2  something is wrong with the command

"
    ),
    "Manual, questions, bug reports: ",
    env!("CARGO_PKG_REPOSITORY"),
);

const NEW: &str = section!(
    "Examples",
    "  questfolio new my-sheet                       asks a few questions, then writes my-sheet/
  questfolio new my-sheet --yes                 asks nothing
  questfolio new my-sheet --from resume.json    starts from the résumé you have
  questfolio new hall --guild=\"Ferris Forge\"    one site for a team"
);

const SERVE: &str = section!(
    "Examples",
    "  questfolio serve --open             the site in this folder, in a browser
  questfolio serve my-sheet -p 8080   another folder, another port
  questfolio serve --host             reachable from your phone; prints a code to scan"
);

const CHECK: &str = section!(
    "Examples",
    "  questfolio check                             the site in this folder
  questfolio check --strict                    for a pre-commit hook
  questfolio check --message-format json       one JSON object per mistake, for other programs"
);

const BUILD: &str = section!(
    "Examples",
    "  questfolio build                             this folder's site, into public/
  questfolio build my-sheet --out www          another site, to another folder
  questfolio build --url https://ada.github.io/sheet
  questfolio build --explain                   why each file was rebuilt
  questfolio build --strict --message-format github"
);

const SCHEMA: &str = section!(
    "Examples",
    "  questfolio schema                                the names
  questfolio schema profile                        one of them
  questfolio schema --write .questfolio/schemas    all, as `questfolio new` wrote them"
);

const COMPLETIONS: &str = section!(
    "Examples",
    "  source <(questfolio completions bash)            in ~/.bashrc
  source <(questfolio completions zsh)             in ~/.zshrc, after compinit
  questfolio completions fish | source             in ~/.config/fish/config.fish"
);

const ABOUT: &str = "Developer portfolios that read like role-playing character sheets.

Write who you are in YAML and Markdown. Questfolio replays your XP, draws your radar and skill tree,
cuts your portrait to size, and builds a fast static site that prints as a résumé.";

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "questfolio", version, styles = STYLES, max_term_width = 100, about = ABOUT)]
#[command(subcommand_required = true, arg_required_else_help = true, after_help = FIRST_MINUTE)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to print.
    #[command(flatten)]
    pub output: OutputArguments,
}

/// How to print.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Output")]
pub struct OutputArguments {
    /// Colours: auto, always or never.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    #[arg(hide_possible_values = true)]
    pub color: ColorChoice,
    /// Print only errors and warnings.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Format of errors and warnings: human, json or github.
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    #[arg(hide_possible_values = true)]
    pub message_format: MessageFormat,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// How mistakes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    Human,
    Json,
    Github,
}

/// A command, in the order in which they are first needed.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a site: ask a few questions and write the first files.
    #[command(after_help = NEW)]
    New(NewArguments),
    /// Serve the site locally and update the page as you edit.
    #[command(after_help = SERVE)]
    Serve(ServeArguments),
    /// Check content, links, pictures and privacy. Writes nothing.
    #[command(after_help = CHECK)]
    Check(CheckArguments),
    /// Build the site into a folder that any static host can serve.
    #[command(after_help = BUILD)]
    Build(BuildArguments),
    /// Print the JSON Schemas that editors use to complete and check.
    #[command(after_help = SCHEMA)]
    Schema(SchemaArguments),
    /// Print a completion script for a shell.
    #[command(after_help = COMPLETIONS)]
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Where a site lies and how it is read.
#[derive(Args, Clone, Debug)]
pub struct SiteArguments {
    /// The site's folder.
    #[arg(default_value = ".", value_name = "SITE")]
    pub site: PathBuf,
    /// The address the site is published at; overrides `url` in site.yaml.
    #[arg(long, value_name = "URL", value_parser = answers::url, display_order = 11)]
    pub url: Option<String>,
    /// The build date, as 2026-03-20 [default: the date of the last commit, or today].
    #[arg(long, value_name = "DATE", value_parser = date, display_order = 12)]
    pub date: Option<Date>,
    /// Include pages marked `draft: true`.
    #[arg(long, display_order = 13)]
    pub drafts: bool,
    /// The cache folder [default: SITE/.questfolio/cache].
    #[arg(long, value_name = "DIR", env = "QUESTFOLIO_CACHE", hide_env = true, display_order = 14)]
    pub cache: Option<PathBuf>,
}

/// `build`.
#[derive(Args, Clone, Debug)]
pub struct BuildArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// The folder to write [default: SITE/public].
    #[arg(long, short, value_name = "DIR", display_order = 1)]
    pub out: Option<PathBuf>,
    /// Treat warnings as errors.
    #[arg(long, display_order = 2)]
    pub strict: bool,
    /// Say why each file was rebuilt.
    #[arg(long, display_order = 3)]
    pub explain: bool,
    /// Print how long each step took.
    #[arg(long, display_order = 4)]
    pub timings: bool,
    /// Write into a folder that has files from elsewhere; those files are kept.
    #[arg(long, display_order = 5)]
    pub adopt: bool,
    /// Keep running, and rebuild whenever something changes.
    #[arg(long, display_order = 6)]
    pub watch: bool,
    /// With --watch: poll for changes, for network folders that send no notifications.
    #[arg(long, requires = "watch", display_order = 7)]
    pub poll: bool,
}

/// `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// Treat warnings as errors.
    #[arg(long, display_order = 1)]
    pub strict: bool,
}

/// `serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// Open the site in a browser.
    #[arg(long, display_order = 1)]
    pub open: bool,
    /// The port; the next free one if it is taken.
    #[arg(long, short, default_value_t = 1815, value_name = "N", display_order = 2)]
    pub port: u16,
    /// Let other devices, such as a phone, reach the site: all of the network, or one ADDRESS.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, value_parser = own_address, display_order = 3)]
    pub host: Option<Option<Ipv4Addr>>,
    /// Poll for changes, for network folders that send no notifications.
    #[arg(long, display_order = 4)]
    pub poll: bool,
    /// The editor that opens when you click a place in a message: code, zed, idea, subl …
    #[arg(long, env = "EDITOR", hide_env_values = true, value_name = "COMMAND", display_order = 5)]
    pub editor: Option<String>,
}

/// `new`.
#[derive(Args, Clone, Debug)]
pub struct NewArguments {
    /// The folder to write. It may exist, but must not contain a site.
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Ask nothing: use sample values for whatever no flag gives.
    #[arg(long, short)]
    pub yes: bool,
    /// Your name.
    #[arg(long, value_parser = answers::name)]
    pub name: Option<String>,
    /// What you do, in a line: "Backend Engineer".
    #[arg(long, value_parser = answers::line)]
    pub label: Option<String>,
    /// Skills with levels from 0 to 10: "Rust 7, PostgreSQL 6".
    #[arg(long, value_parser = answers::skills)]
    pub skills: Option<Skills>,
    /// Your GitHub user name.
    #[arg(long, value_name = "USER", value_parser = answers::user)]
    pub github: Option<String>,
    /// A photo of you: JPEG, PNG, WebP or GIF, of any size.
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
    /// The address the site will have.
    #[arg(long, value_name = "URL", value_parser = answers::url)]
    pub url: Option<String>,
    /// Add a first page and a first post.
    #[arg(long)]
    pub posts: bool,
    /// Start from a JSON Resume file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["name", "label", "skills", "github"])]
    pub from: Option<PathBuf>,
    /// Copy an example: `minimal` (eight lines), `solo` (every key) or `guild`.
    #[arg(
        long,
        value_name = "EXAMPLE",
        value_parser = ["minimal", "solo", "guild"],
        conflicts_with_all = ["name", "label", "skills", "github", "image", "posts", "from", "guild"]
    )]
    pub example: Option<String>,
    /// Make a guild: one site for a team, with a sheet for each member.
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    pub guild: Option<String>,
    /// Leave out the workflow that publishes to GitHub Pages.
    #[arg(long)]
    pub no_workflow: bool,
}

/// `schema`.
#[derive(Args, Clone, Debug)]
pub struct SchemaArguments {
    /// Which schema; without it, the names are printed.
    pub name: Option<String>,
    /// Write all of them into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub write: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    let wrong = |_| format!("`{text}` is not a date; write it as 2026-03-20");
    text.parse::<Date>().map_err(wrong)
}

fn own_address(text: &str) -> Result<Ipv4Addr, String> {
    text.parse().map_err(|_| {
        "write it as 192.168.1.5, or leave it out; the site's folder stands before `--host`"
            .to_owned()
    })
}
