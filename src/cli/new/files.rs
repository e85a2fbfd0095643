//! The files of a new site, and their paths.

use super::interview::{Answers, Beginning, SiteKind};
use super::text;
use crate::cli::args::NewArguments;
use crate::load::schema::schemas;
use crate::model::slug::slugify;
use crate::path::SitePath;
use include_dir::{Dir, include_dir};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Complete sites, smallest first.
static EXAMPLES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples");
const WORKFLOW: &str = include_str!("../../../examples/github-pages.yml");
const IGNORED: &str = "# Written by every build.\n/public/\n/.questfolio/cache/\n";

/// A file to write.
#[derive(Debug)]
pub(super) struct NewFile {
    pub(super) bytes: Vec<u8>,
    /// Whether an existing file is kept, because it may serve more than this site.
    pub(super) yields: bool,
    /// A short description; empty if the name is clear enough.
    pub(super) what: &'static str,
}

/// Every file of an example, by path: the site itself, and the files that every site gets.
pub(super) fn example(args: &NewArguments, name: &str) -> BTreeMap<String, NewFile> {
    let mut files = surroundings(args);
    let mut folders = vec![EXAMPLES.get_dir(name).expect("the names are those of the flag")];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = SitePath::from_relative(file.path()).expect("our own names are sound");
            let Some(inside) = path.strip_prefix(name) else { continue };
            let what = match inside {
                "site.yaml" => "address, theme, navigation",
                "guild.yaml" => "the guild: parties, leaderboard",
                "content/profile.yaml" => "everything on the sheet: start here",
                _ => "",
            };
            let bytes = file.contents().to_vec();
            files.insert(inside.to_owned(), NewFile { bytes, yields: false, what });
        }
    }
    files
}

/// The files of a new site other than content: the workflow, `.gitignore` and the schemas.
fn surroundings(args: &NewArguments) -> BTreeMap<String, NewFile> {
    let mut files = BTreeMap::new();
    let mut add = |path: String, what, bytes: Vec<u8>| {
        files.insert(path, NewFile { bytes, yields: true, what });
    };
    if !args.no_workflow {
        let workflow = ".github/workflows/pages.yml".to_owned();
        add(workflow, "publishes to GitHub Pages on every push", WORKFLOW.into());
    }
    add(".gitignore".to_owned(), "", IGNORED.into());
    for (name, schema) in schemas() {
        let text = serde_json::to_string_pretty(&schema).expect("a schema has text keys");
        add(format!(".questfolio/schemas/{name}"), "", format!("{text}\n").into_bytes());
    }
    files
}

/// Every file to write, by path.
pub(super) fn files(
    args: &NewArguments,
    answers: &Answers,
    today: Date,
) -> BTreeMap<String, NewFile> {
    let kind = answers.kind();
    let mut files = BTreeMap::new();
    let mut add = |path: String, yields, what, bytes: Vec<u8>| {
        files.insert(path, NewFile { bytes, yields, what });
    };
    let (text, extension) = profile(answers, kind, today);
    let what = "everything on the sheet: start here";
    let path = format!("{}.{extension}", profile_stem(answers, kind));
    let profiles = if kind == SiteKind::Guild { "content/profiles/" } else { path.as_str() };
    let readme = text::readme(answers, profiles, !args.no_workflow);
    add("README.md".to_owned(), true, "introduces the repository", readme.into_bytes());
    add(path, false, what, text.into_bytes());
    if let Some(photo) = &answers.photo {
        let folder = if kind == SiteKind::Guild { "content/profiles" } else { "content" };
        let path = format!("{folder}/{}", answers.photo_name(photo));
        add(path, false, "the photo", photo.bytes.clone());
    }
    if let Some(name) = &answers.guild {
        let text = text::guild(name, &answers.slug());
        add("guild.yaml".to_owned(), false, "the guild: parties, leaderboard", text.into_bytes());
    }
    add(
        "site.yaml".to_owned(),
        false,
        "address, theme, navigation",
        text::site(answers).into_bytes(),
    );
    if answers.has_posts {
        add("content/pages/now.md".to_owned(), false, "a page", text::page().into_bytes());
        let post = text::post(first_skill(answers).as_deref()).into_bytes();
        add(format!("content/posts/{today}-hello.md"), false, "a post", post);
    }
    files.extend(surroundings(args));
    files
}

fn profile_stem(answers: &Answers, kind: SiteKind) -> String {
    match kind {
        SiteKind::Solo => "content/profile".to_owned(),
        SiteKind::Guild => format!("content/profiles/{}", answers.slug()),
    }
}

fn first_skill(answers: &Answers) -> Option<String> {
    match &answers.beginning {
        Beginning::Said { skills, .. } => slugify(&skills.0.first()?.0),
        Beginning::Resume(_) => None,
    }
}

/// The profile's text and its file extension. A résumé is copied unchanged, except that a given
/// photo is added.
fn profile(answers: &Answers, kind: SiteKind, today: Date) -> (String, &'static str) {
    match &answers.beginning {
        Beginning::Said { label, skills, github } => {
            let said = (label.as_str(), skills, github.as_deref());
            (text::profile(answers, kind, said, today), "yaml")
        }
        Beginning::Resume(resume) => {
            let Some(photo) = &answers.photo else { return (resume.text.clone(), "json") };
            let mut json = resume.json.clone();
            let has_basics = json.get("basics").is_some();
            let basics = if has_basics { &mut json["basics"] } else { &mut json };
            basics["image"] = answers.photo_name(photo).into();
            let text = serde_json::to_string_pretty(&json).expect("JSON has text keys");
            (format!("{text}\n"), "json")
        }
    }
}
