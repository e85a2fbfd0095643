//! The questions. Each has a flag too; after an invalid answer the question is repeated, with the
//! reason.

use super::answers::{self, Photo, Resume, Skills};
use crate::cli::args::NewArguments;
use crate::cli::git;
use crate::cli::terminal::Terminal;
use crate::diagnostic::{Diagnostic, Result};
use crate::model::slug::slugify;
use std::path::Path;

/// Defaults if no questions are asked.
const NAME: &str = "Ada Okafor";
const LABEL: &str = "Backend Engineer";
const SKILLS: &str = "Rust 7, PostgreSQL 6, Linux 7, Docker 5";

/// A site for one person, or for a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SiteKind {
    Solo,
    Guild,
}

/// All answers.
#[derive(Debug)]
pub(super) struct Answers {
    /// The guild's name, if the site is a guild.
    pub(super) guild: Option<String>,
    /// The first person on the site.
    pub(super) name: String,
    pub(super) beginning: Beginning,
    pub(super) photo: Option<Photo>,
    pub(super) url: Option<String>,
    pub(super) has_posts: bool,
}

impl Answers {
    pub(super) fn kind(&self) -> SiteKind {
        if self.guild.is_some() { SiteKind::Guild } else { SiteKind::Solo }
    }

    /// The slug of the first person. Answers only contain names that have one.
    pub(super) fn slug(&self) -> String {
        slugify(&self.name).unwrap_or_else(|| "member".to_owned())
    }

    /// The file name of the photo, beside the profile that refers to it.
    pub(super) fn photo_name(&self, photo: &Photo) -> String {
        let stem = if self.kind() == SiteKind::Guild { self.slug() } else { "avatar".to_owned() };
        format!("{stem}.{}", photo.extension)
    }
}

/// The starting point of the first profile.
#[derive(Debug)]
pub(super) enum Beginning {
    Resume(Resume),
    Said { label: String, skills: Skills, github: Option<String> },
}

/// Asks for everything that the flags do not give.
///
/// # Errors
/// `no-answer` if the input ends before the last question; the diagnostic of an invalid file given
/// by a flag.
pub(super) fn answers(args: &NewArguments, terminal: &Terminal) -> Result<Answers> {
    let interview = Interview { asks: !args.yes, terminal };
    let resume = args.from.as_deref().map(resume).transpose()?;
    let photo = args.image.as_deref().map(photo).transpose()?;
    interview.begin(args);
    let guild = interview.guild(args)?;
    let at_github = git::at_github(&args.dir);
    let name = interview.name(args, resume.as_ref())?;
    let (beginning, github) = match resume {
        Some(resume) => {
            let github = github_of(&resume.json);
            (Beginning::Resume(resume), github)
        }
        None => {
            let label = interview.ask(&args.label, "What do you do?", LABEL, answers::line)?;
            let skills = "What are you good at, from 0 to 10?";
            let skills = interview.ask(&args.skills, skills, SKILLS, answers::skills)?;
            let known = at_github.as_ref().map(|(owner, _)| owner.clone());
            let github = interview.perhaps(
                &args.github,
                "Your GitHub user name?",
                known.unwrap_or_default().as_str(),
                answers::user,
            )?;
            (Beginning::Said { label, skills, github: github.clone() }, github)
        }
    };
    let photo = match (photo, &beginning) {
        (None, Beginning::Said { .. }) => {
            interview.perhaps(&None, "Path of a photo of you?", "", answers::photo)?
        }
        (photo, _) => photo,
    };
    let place = at_github.or_else(|| Some((github?, repository(&args.dir))));
    let expected = place.map(|(owner, name)| pages_url(&owner, &name)).unwrap_or_default();
    let url =
        interview.perhaps(&args.url, "What address will it have?", &expected, answers::url)?;
    let posts = if args.posts { Some(true) } else { None };
    let has_posts = interview.ask(&posts, "Add pages and posts?", "no", answers::yes)?;
    Ok(Answers { guild, name, beginning, photo, url, has_posts })
}

struct Interview<'a> {
    asks: bool,
    terminal: &'a Terminal,
}

impl Interview<'_> {
    fn begin(&self, args: &NewArguments) {
        if self.asks {
            let what = if args.guild.is_some() { "guild" } else { "character sheet" };
            let folder = std::path::absolute(&args.dir).unwrap_or_else(|_| args.dir.clone());
            self.terminal.prompt(&format!(
                "A new {what} in {}\nEnter accepts the value in brackets; Ctrl-C cancels and writes nothing.\n\n",
                folder.display()
            ));
        }
    }

    fn guild(&self, args: &NewArguments) -> Result<Option<String>> {
        let Some(given) = &args.guild else { return Ok(None) };
        let given = Some(given.clone()).filter(|it| !it.is_empty());
        self.ask(&given, "What is the guild called?", "Our guild", answers::line).map(Some)
    }

    /// The name from the résumé, from the flag, or from Git as the default answer.
    fn name(&self, args: &NewArguments, resume: Option<&Resume>) -> Result<String> {
        if let Some(resume) = resume {
            return Ok(resume.name.clone());
        }
        let known = git::ask(Path::new("."), &["config", "user.name"]);
        let known = known.and_then(|known| answers::name(&known).ok());
        let default = known.as_deref().unwrap_or(NAME);
        self.ask(&args.name, "What is your name?", default, answers::name)
    }

    /// An optional question.
    fn perhaps<T: Clone>(
        &self,
        given: &Option<T>,
        question: &str,
        default: &str,
        read: impl Fn(&str) -> std::result::Result<T, String>,
    ) -> Result<Option<T>> {
        let given = given.clone().map(Some);
        self.ask(&given, question, default, answers::unless_empty(read))
    }

    fn ask<T: Clone>(
        &self,
        given: &Option<T>,
        question: &str,
        default: &str,
        read: impl Fn(&str) -> std::result::Result<T, String>,
    ) -> Result<T> {
        if let Some(given) = given {
            return Ok(given.clone());
        }
        if !self.asks {
            return Ok(read(default).expect("the answer of nobody is a good one"));
        }
        let shown = if default.is_empty() { "none" } else { default };
        loop {
            let answer = self.terminal.ask(question, shown).ok_or_else(no_answer)?;
            let answer = if answer.is_empty() { default } else { answer.as_str() };
            match read(answer) {
                Ok(answer) => return Ok(answer),
                Err(reason) => self.terminal.prompt(&format!("  {reason}\n")),
            }
        }
    }
}

fn no_answer() -> Diagnostic {
    Diagnostic::error("no-answer", "the input ended before all questions were answered").help(
        "nothing was written; every answer is also a flag (`questfolio new --help`), and `--yes` asks nothing",
    )
}

fn resume(path: &Path) -> Result<Resume> {
    answers::resume(&path.to_string_lossy()).map_err(|why| {
        Diagnostic::error("not-a-resume", why)
            .help("nothing was written; choose another file with `--from`")
    })
}

fn photo(path: &Path) -> Result<Photo> {
    answers::photo(&path.to_string_lossy()).map_err(|why| {
        Diagnostic::error("not-a-photo", why)
            .help("nothing was written; choose another file with `--image`")
    })
}

/// The GitHub user in a résumé.
fn github_of(resume: &serde_json::Value) -> Option<String> {
    let profiles = resume.get("basics").unwrap_or(resume).get("profiles")?.as_array()?;
    let is_github = |profile: &&serde_json::Value| {
        profile
            .get("network")
            .and_then(|it| it.as_str())
            .is_some_and(|it| it.eq_ignore_ascii_case("github"))
    };
    let profile = profiles.iter().find(is_github)?;
    let text = |key: &str| profile.get(key).and_then(|it| it.as_str());
    answers::user(text("username").or_else(|| text("url"))?).ok()
}

/// A likely name of the repository: the folder's name, with only the characters that GitHub allows.
fn repository(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    let name: String = name.chars().map(|it| if is_plain(it) { it } else { '-' }).collect();
    if name.trim_matches('-').is_empty() { "sheet".to_owned() } else { name }
}

/// The URL of a repository on GitHub Pages: `ada/ada.github.io` is at the root, all others below
/// it.
fn pages_url(owner: &str, name: &str) -> String {
    let host = format!("{}.github.io", owner.to_lowercase());
    if name.eq_ignore_ascii_case(&host) {
        format!("https://{host}")
    } else {
        format!("https://{host}/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn pages_lie_below_the_name_of_their_repository() {
        assert_eq!(pages_url("Ada", "sheet"), "https://ada.github.io/sheet");
        assert_eq!(pages_url("Ada", "ada.github.io"), "https://ada.github.io");
        assert_eq!(repository(Path::new("/x/unter ordner/")), "unter-ordner");
    }

    #[test]
    fn a_resume_tells_the_user_at_github() {
        let profiles =
            json!([{ "network": "Mastodon" }, { "network": "github", "username": "ada" }]);
        assert_eq!(
            github_of(&json!({ "basics": { "profiles": profiles } })).as_deref(),
            Some("ada")
        );
        let profiles = json!([{ "network": "GitHub", "url": "https://github.com/ada" }]);
        assert_eq!(github_of(&json!({ "profiles": profiles })).as_deref(), Some("ada"));
        assert_eq!(github_of(&json!({ "basics": 3 })), None);
    }
}
