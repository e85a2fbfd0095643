//! `docs/theme-variables.md` is generated from the sources: every value a template can print, with
//! its doc comment. Regenerate it with `SNAPSHOTS=overwrite cargo test --test theme_reference`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test touches the world, and fails where it may not"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

const SOURCES: [&str; 11] = [
    "src/plan/views.rs",
    "src/model/columns.rs",
    "src/model/sheet/text.rs",
    "src/model/sheet/mod.rs",
    "src/model/sheet/prose.rs",
    "src/model/sheet/resume.rs",
    "src/model/sheet/skill.rs",
    "src/model/roster.rs",
    "src/model/board.rs",
    "src/render/image/markup.rs",
    "src/render/markdown/document.rs",
];

/// Types in these files that templates never see.
const UNSEEN: [&str; 2] = ["Document", "Measure"];

struct Type {
    name: String,
    about: String,
    fields: Vec<(String, String, String)>,
}

fn types(text: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let mut about = String::new();
    let mut inside = false;
    let mut skipped = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(words) = trimmed.strip_prefix("///") {
            let _ = write!(about, "{}{}", if about.is_empty() { "" } else { " " }, words.trim());
        } else if trimmed == "#[serde(skip)]" {
            skipped = true;
        } else if let Some(rest) = line.strip_prefix("pub struct ") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            inside = rest.ends_with('{');
            types.push(Type { name, about: std::mem::take(&mut about), fields: Vec::new() });
        } else if inside && line == "}" {
            inside = false;
            about.clear();
        } else if let Some(field) = trimmed.strip_prefix("pub ").filter(|_| inside) {
            if let Some((name, kind)) = field.trim_end_matches(',').split_once(": ")
                && !std::mem::take(&mut skipped)
            {
                let kind = kind.rsplit("::").next().unwrap_or(kind);
                let entry = (name.to_owned(), kind.to_owned(), std::mem::take(&mut about));
                types.last_mut().unwrap().fields.push(entry);
            }
            about.clear();
        } else if !trimmed.starts_with("#[") {
            about.clear();
        }
    }
    types
}

/// A Rust type in terms of template authors.
fn spoken(kind: &str) -> String {
    let inner = |prefix: &str| kind.strip_prefix(prefix)?.strip_suffix('>').map(str::to_owned);
    if let Some(inner) = inner("Option<") {
        return format!("{} or nothing", spoken(&inner));
    }
    if let Some(inner) = inner("Vec<") {
        return format!("list of {}", spoken(&inner));
    }
    if let Some(inner) = inner("BTreeMap<String, ") {
        return format!("map of {} by name", spoken(&inner));
    }
    if let Some(inner) = inner("Addressed<") {
        return format!("{} with `url`", spoken(&inner));
    }
    match kind {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "flag".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "i64" | "usize" => "number".to_owned(),
        "(String, String)" => "pair: name, slug".to_owned(),
        "Vocabulary" | "Standing" => "word".to_owned(),
        "Value>" | "Map<String, serde_json" => "anything".to_owned(),
        other => format!("[{other}](#{})", other.to_lowercase()),
    }
}

#[test]
fn the_reference_is_what_the_sources_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut reference = String::from(
        "# Every variable of a template\n\nWritten from the sources; `docs/themes.md` says which page is given which. `profile` is a\n\
         [ProfileView](#profileview), `page` a [PageView](#pageview), `site` a [SiteView](#siteview), `members` a list of\n\
         [MemberView](#memberview), `guild` a [GuildView](#guildview), `skill` a [SkillView](#skillview), `skills` a list of\n\
         [SkillGroupView](#skillgroupview), `posts` a list of [PostItem](#postitem), `today` a [DateText](#datetext).\n",
    );
    let mut count = 0;
    for source in SOURCES {
        let text = fs::read_to_string(root.join(source)).unwrap();
        for kind in types(&text) {
            if UNSEEN.contains(&kind.name.as_str()) || kind.fields.is_empty() {
                continue;
            }
            let _ = write!(
                reference,
                "\n## {}\n\n{}\n\n| field | is | |\n| --- | --- | --- |\n",
                kind.name, kind.about
            );
            for (name, kind, about) in &kind.fields {
                let _ = writeln!(
                    reference,
                    "| `{name}` | {} | {} |",
                    spoken(kind),
                    about.replace('|', "\\|")
                );
                count += 1;
            }
        }
    }
    assert!(count > 200, "only {count} fields were found: has a file moved?");
    let path = root.join("docs/theme-variables.md");
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, &reference).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == reference,
        "docs/theme-variables.md is not what the sources say: SNAPSHOTS=overwrite cargo test --test theme_reference"
    );
}
