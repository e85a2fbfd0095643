//! The texts of the first files, with explanations. Commented-out lines are valid YAML, and a test
//! enables all of them.

use super::answers::Skills;
use super::interview::{Answers, SiteKind};
use jiff::civil::Date;
use std::fmt::Write;

const MANUAL: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/content/pages/manual");

/// `content/profile.yaml`, or a member's file.
pub(super) fn profile(
    answers: &Answers,
    kind: SiteKind,
    said: (&str, &Skills, Option<&str>),
    today: Date,
) -> String {
    let (label, Skills(skills), github) = said;
    let up = if kind == SiteKind::Guild { "../../" } else { "../" };
    let mut text = format!(
        "# yaml-language-server: $schema={up}.questfolio/schemas/profile.schema.json\n\
         # Everything on the sheet. Every key is explained at\n\
         # {MANUAL}/profile.md\n\n\
         name: {}\nlabel: {}\n",
        quoted(&answers.name),
        quoted(label),
    );
    match &answers.photo {
        Some(photo) => {
            let _ = writeln!(text, "image: {}", answers.photo_name(photo));
        }
        None => text.push_str(PHOTO),
    }
    text.push_str(SUMMARY);
    match github {
        Some(github) => {
            let _ = writeln!(text, "profiles:\n  GitHub: {}", quoted(github));
        }
        None => {
            text.push_str("# profiles: { GitHub: ada-okafor, Mastodon: \"@ada@hachyderm.io\" }\n")
        }
    }
    text.push_str(SKILLS);
    for (name, level) in skills {
        let _ = writeln!(text, "  {}: {level}", quoted(name));
    }
    text.push_str(SKILLS_MORE);
    let _ = writeln!(text, "{LOG}  - {{ date: {today}, xp: 50, for: Made this character sheet }}");
    text.push_str(RESUME);
    text
}

const PHOTO: &str = "# image: avatar.jpg   # A photo beside this file, of any size: it is cropped and resized for you.\n";

const SUMMARY: &str = "summary: |
  Two or three sentences: what you make, for whom, and what you are known for.
  **Markdown** works here.
# location: { city: Berlin, countryCode: DE }
# email: ada@example.org   # Not published unless you add `publish: [email]`.
";

const SKILLS: &str = "
# How well you know each skill, from 0 to 10. Your class, radar and first level come from these.
skills:
";

const SKILLS_MORE: &str =
    "  # Kubernetes: { level: 4, since: 2022, evidence: https://github.com/ada-okafor/homelab }
  # Operators: { level: 2, requires: [Kubernetes] }   # An edge of the skill tree.
";

const LOG: &str = "
# What you did, and when. Each entry adds XP; a link makes it evidence for its skill.
log:
  # - { date: 2026-02-11, xp: 150, for: First merged pull request, evidence: https://github.com/ada-okafor }
";

const RESUME: &str = "
# Where you worked: promotions are positions of one job.
# work:
#   - name: Nimbus Storage
#     url: https://nimbus.example
#     positions:
#       - position: Staff Engineer
#         startDate: 2024-01
#         highlights: [Cut p99 latency by 61 %, Mentored four engineers]
#       - { position: Senior Engineer, startDate: 2021-05, endDate: 2023-12 }
# education:
#   - { institution: University of Lagos, studyType: BSc, area: Computer Science, endDate: 2016 }
# projects:
#   - { name: tinykv, description: A key-value store in 900 lines, url: https://tinykv.example, startDate: 2025-03 }
# languages:
#   - { language: English, fluency: Fluent }

# Also as in JSON Resume: `certificates`, `awards`, `publications`, `volunteer`, `interests`.
";

/// `site.yaml`.
pub(super) fn site(answers: &Answers) -> String {
    let mut text = format!(
        "# yaml-language-server: $schema=.questfolio/schemas/site.schema.json\n\
         # The site as a whole. Every key is explained at\n\
         # {MANUAL}/site.md\n\n",
    );
    match &answers.url {
        Some(url) => {
            let _ = writeln!(text, "url: {}", quoted(url));
        }
        None => text.push_str("# url: https://ada-okafor.github.io/sheet   # Where it will be.\n"),
    }
    text.push_str("theme: codex\n");
    if answers.has_posts {
        text.push_str("nav: { Now: /now/, Posts: /posts/ }\n");
    }
    text.push_str(
        "# words: professional   # Role, not class; project, not quest: a sober sheet.\n\
         # extra: { scheme: dark, footer: Made on rainy Sundays }   # The theme's own options.\n",
    );
    text
}

/// `guild.yaml`.
pub(super) fn guild(name: &str, founder: &str) -> String {
    format!(
        "# yaml-language-server: $schema=.questfolio/schemas/guild.schema.json\n\
         # This file makes the site a guild: each file in content/profiles/ is a member.\n\
         # {MANUAL}/site.md\n\n\
         name: {}\n\
         # description: Who we are, in a sentence.\n\
         founder: {founder}\n\
         # parties: {{ storage: [{founder}] }}   # Sub-teams.\n\
         # join: {{ level: 2 }}   # What new members need.\n\
         # leaderboard: {{ by: xp, top: 10, show: everyone }}   # Without it, only members who opt in are listed.\n",
        quoted(name)
    )
}

/// `README.md`, which introduces the repository.
pub(super) fn readme(answers: &Answers, profiles: &str, has_workflow: bool) -> String {
    let (title, what) = match &answers.guild {
        None => (&answers.name, "My character sheet"),
        Some(guild) => (guild, "Our character sheets"),
    };
    let place = answers.url.as_ref().map(|url| format!(": <{url}/>")).unwrap_or_default();
    let mut text = format!(
        "# {title}\n\n\
         {what}{place}. Made with [Questfolio]({}).\n\n\
         - Write in `{profiles}`.\n\
         - `questfolio serve --open` shows it and updates it as you edit.\n\
         - `questfolio check` finds mistakes.\n",
        env!("CARGO_PKG_REPOSITORY"),
    );
    if has_workflow {
        text.push_str("- A push to `main` publishes it.\n");
    }
    text
}

/// `content/pages/now.md`.
pub(super) fn page() -> String {
    "---\n\
     title: Now\n\
     description: What I am doing these days.\n\
     ---\n\n\
     What you are working on, reading and learning these days. The file's name is the page's\n\
     address: `now.md` is at `/now/`, and `nav` in `site.yaml` leads there.\n"
        .to_owned()
}

/// `content/posts/2026-03-20-hello.md`.
pub(super) fn post(skill: Option<&str>) -> String {
    let example = skill.map_or_else(String::new, |slug| {
        format!(
            "A link by kind finds a skill wherever it is: [what I know of it](skill:{slug}).\n\n"
        )
    });
    format!(
        "---\n\
         title: Hello\n\
         description: A first post.\n\
         ---\n\n\
         The date in this file's name is the date of the post. Markdown works, as on GitHub:\n\n\
         - [x] begin\n\
         - [ ] write something\n\n\
         {example}\
         > [!TIP]\n\
         > A file whose name begins with `_` is a draft.\n"
    )
}

/// A YAML scalar: plain if that is safe, otherwise in double quotes, as a JSON string.
pub(super) fn quoted(text: &str) -> String {
    let is_plain_url = (text.starts_with("https://") || text.starts_with("http://"))
        && text.chars().all(|it| it.is_ascii_alphanumeric() || "/:.-_~".contains(it))
        && !text.ends_with(':');
    let is_plain =
        text.chars().all(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '.' | '/'))
            && text.starts_with(char::is_alphabetic)
            && !matches!(text.to_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no")
            && text.trim() == text;
    if is_plain || is_plain_url {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_yaml_would_misread_is_quoted() {
        for plain in ["Ada Okafor", "張偉", "https://ada.github.io/cv"] {
            assert_eq!(quoted(plain), plain);
        }
        for (text, expected) in
            [("no", "\"no\""), ("C#", "\"C#\""), ("07", "\"07\""), ("a: b", "\"a: b\"")]
        {
            assert_eq!(quoted(text), expected);
        }
        assert_eq!(quoted("https://a.example/#b: c"), "\"https://a.example/#b: c\"");
    }
}
