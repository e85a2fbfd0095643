//! What can be typed: commands and flags. Each command turns them into its own floor's options.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Developer portfolios that read like role-playing character sheets.
///
/// Write who you are in YAML and Markdown. Questfolio replays your XP, draws your radar and skill
/// tree, cuts your portrait to size, and builds a fast static site that prints as a résumé.
#[derive(Debug, Parser)]
#[command(name = "questfolio", version, styles = STYLES, max_term_width = 100)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "The first minute:\n  questfolio new portfolio     asks five questions\n  questfolio serve portfolio --open\n\nManual: https://questfolio.dev/manual/"
)]
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
    /// Colours in the terminal.
    #[arg(long, global = true, value_enum, default_value_t = ColorChoice::Auto, value_name = "WHEN")]
    pub color: ColorChoice,
    /// Only mistakes are printed.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// How mistakes are printed: for people, as JSON lines, or as GitHub annotations.
    #[arg(long, global = true, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// How mistakes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum MessageFormat {
    Human,
    Json,
    Github,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start a portfolio: asks a few questions and writes the first files.
    New(NewArguments),
    /// Build the site into a folder.
    Build(BuildArguments),
    /// Look for mistakes without writing anything: content, links, anchors, pictures, privacy.
    Check(CheckArguments),
    /// Show the site in a browser and follow every change.
    Serve(ServeArguments),
    /// Print the JSON Schemas that editors complete and check with.
    Schema(SchemaArguments),
    /// Print completions for a shell.
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
    /// The address it is published at, in place of `url` in site.yaml.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The build's date (2026-03-20); else SOURCE_DATE_EPOCH, the last commit's date, or today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// Build pages marked `draft: true` too.
    #[arg(long)]
    pub drafts: bool,
    /// Where finished pictures are kept between builds [default: SITE/.questfolio/cache].
    #[arg(long, value_name = "DIR", env = "QUESTFOLIO_CACHE", hide_env_values = true)]
    pub cache: Option<PathBuf>,
}

/// `build`.
#[derive(Args, Clone, Debug)]
pub struct BuildArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// The folder to write [default: SITE/public].
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Warnings stop the build too.
    #[arg(long)]
    pub strict: bool,
    /// Say of every file that was made anew, why.
    #[arg(long)]
    pub explain: bool,
    /// Say where the time went.
    #[arg(long)]
    pub timings: bool,
    /// Write into a folder that already holds other files; they are kept.
    #[arg(long)]
    pub adopt: bool,
}

/// `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// Warnings count as errors.
    #[arg(long)]
    pub strict: bool,
}

/// `serve`.
#[derive(Args, Clone, Debug)]
pub struct ServeArguments {
    /// Where the site lies.
    #[command(flatten)]
    pub site: SiteArguments,
    /// The port; the next free one if it is taken.
    #[arg(long, short, default_value_t = 1815, value_name = "N")]
    pub port: u16,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
    /// Look at the files again and again: for network folders, where changes are not announced.
    #[arg(long)]
    pub poll: bool,
}

/// `new`.
#[derive(Args, Clone, Debug)]
pub struct NewArguments {
    /// The folder to write; it may exist, but none of the files may.
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
    /// Your name.
    #[arg(long)]
    pub name: Option<String>,
    /// What you do, in a line: "Backend Engineer".
    #[arg(long)]
    pub label: Option<String>,
    /// Skills with levels from 0 to 10: "Rust 7, PostgreSQL 6".
    #[arg(long)]
    pub skills: Option<String>,
    /// Your name at GitHub.
    #[arg(long, value_name = "USER")]
    pub github: Option<String>,
    /// The address the site will have.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// A guild: one site for a team, with a sheet for each member.
    #[arg(long)]
    pub guild: bool,
    /// Begin with a JSON Resume file.
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Leave out the workflow that publishes to GitHub Pages.
    #[arg(long)]
    pub no_workflow: bool,
    /// Ask nothing.
    #[arg(long, short)]
    pub yes: bool,
}

/// `schema`.
#[derive(Args, Clone, Debug)]
pub struct SchemaArguments {
    /// Which one; without it, their names.
    pub name: Option<String>,
    /// Write all of them into this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub write: Option<PathBuf>,
}

fn date(text: &str) -> Result<Date, String> {
    let wrong = |_| format!("`{text}` is no date; write it as 2026-03-20");
    text.parse::<Date>().map_err(wrong)
}
