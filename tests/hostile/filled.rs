//! Sites in which every text is a payload, in memory.

use jiff::civil::{Date, date};
use questfolio::build::{Build, Options, build};
use questfolio::engine::{Blobs, Outputs};
use questfolio::path::SitePath;
use questfolio::source::snapshot::Snapshot;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The date of all builds here.
pub const TODAY: Date = date(2026, 11, 20);

/// A section's name, and its keys by what they contain.
type Section =
    (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

/// The sections, each with the keys that contain a text, those that contain a list of texts, and
/// those that contain addresses.
const SECTIONS: [Section; 11] = [
    (
        "work",
        &["name", "position", "location", "description", "summary"],
        &["highlights", "tags", "skills"],
        &["url"],
    ),
    ("volunteer", &["organization", "position", "summary"], &["highlights", "skills"], &["url"]),
    ("education", &["institution", "area", "studyType", "score"], &["courses", "tags"], &["url"]),
    ("awards", &["title", "awarder", "summary"], &["tags"], &["url"]),
    ("certificates", &["name", "issuer"], &["tags"], &["url"]),
    ("publications", &["name", "publisher", "summary"], &["tags"], &["url"]),
    ("languages", &["language", "fluency"], &[], &[]),
    ("interests", &["name"], &["keywords"], &[]),
    ("references", &["name", "reference"], &[], &[]),
    (
        "projects",
        &["name", "description", "entity", "type"],
        &["highlights", "keywords", "roles", "skills", "tags"],
        &["url"],
    ),
    ("journeys", &["name"], &[], &[]),
];

/// The files of a site in memory.
#[derive(Clone, Default)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<String>) -> &mut Files {
        self.0.insert(path.into(), text.into());
        self
    }

    fn yaml(&mut self, path: &str, value: &Value) -> &mut Files {
        self.put(path, yaml(value))
    }

    /// Builds it, and returns every output with its bytes.
    pub fn build(&self) -> (Build, BTreeMap<String, Vec<u8>>) {
        let files = self.0.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        let snapshot = Snapshot::of_files(TODAY, files);
        let options = Options { url: Some("https://example.org/base".into()), drafts: false };
        let blobs = Blobs::in_memory();
        let built = build(&snapshot, &options, &Outputs::new(), &blobs);
        let bytes = |path: &SitePath, output: &questfolio::engine::Output| {
            output.bytes(path, &blobs, None).map(|it| it.to_vec()).unwrap_or_default()
        };
        let outputs =
            built.run.outputs.iter().map(|it| (it.0.to_string(), bytes(it.0, it.1))).collect();
        (built, outputs)
    }
}

/// JSON is valid YAML, once characters that YAML does not allow are escaped.
fn yaml(value: &Value) -> String {
    let mut text = String::new();
    for it in value.to_string().chars() {
        let code = u32::from(it);
        let is_refused = it.is_control()
            || code == 0xfeff
            || code & 0xfffe == 0xfffe
            || (0xfdd0..=0xfdef).contains(&code);
        match is_refused {
            true => text.push_str(&format!("\\U{code:08x}")),
            false => text.push(it),
        }
    }
    text
}

/// A profile with each of these strings in each of its texts, and with addresses made from them.
pub fn profile(strings: &[String]) -> Value {
    let whole = strings.join(" ");
    let list: Vec<&str> = strings.iter().map(String::as_str).collect();
    let mut profile: Map<String, Value> = Map::new();
    for key in ["name", "label", "summary", "about", "phone", "party", "guild"] {
        profile.insert(key.into(), json!(whole));
    }
    let accounts: Vec<Value> = strings
        .iter()
        .map(|it| json!({"network": it, "username": it}))
        .chain(strings.iter().map(|it| json!({"network": it, "url": it})))
        .chain(strings.iter().map(|it| json!({"network": "GitHub", "username": it})))
        .chain(strings.iter().map(|it| json!({"network": "Mastodon", "username": it})))
        .collect();
    profile.insert("profiles".into(), json!(accounts));
    profile.insert(
        "location".into(),
        json!({"address": whole, "postalCode": whole, "city": whole, "countryCode": whole, "region": whole}),
    );
    profile.insert("publish".into(), json!(["phone", "address", "postalCode", "references"]));
    profile.insert("availability".into(), json!({"from": "2027", "roles": list, "places": list}));
    profile.insert("following".into(), json!(list));
    profile.insert("image".into(), json!({"src": strings[0], "alt": whole}));
    profile.insert("url".into(), json!(strings[0]));
    profile.insert("email".into(), json!(format!("{}@example.org", strings[0])));
    profile.insert("x-unknown".into(), json!({"a": list}));
    profile.insert("meta".into(), json!({"note": whole}));
    profile.insert("skills".into(), skills(strings));
    let deed = |it: &String| json!({"date": "2026-01-02", "xp": 100, "skill": it, "for": it, "evidence": it});
    profile.insert("log".into(), strings.iter().map(deed).collect());
    let quest = |it: &String| json!({"quest": "a-b", "status": "passed", "date": "2026-02-03", "evidence": it});
    profile.insert("quests".into(), strings.iter().map(quest).collect());
    let badge = |it: &String| json!({"badge": "c-d", "date": "2026-02-03", "evidence": it});
    profile.insert("badges".into(), strings.iter().map(badge).collect());
    for (section, texts, lists, urls) in SECTIONS {
        profile.insert(section.into(), entries(strings, section, texts, lists, urls));
    }
    Value::Object(profile)
}

fn skills(strings: &[String]) -> Value {
    let skill = |it: &String| {
        let of = json!({
            "level": 7, "since": "2020", "keywords": [it], "evidence": [it],
            "endorsed": {"by": it, "date": "2026-01", "url": it},
            "requires": ["Rust"],
        });
        (it.clone(), of)
    };
    let mut skills: Map<String, Value> = strings.iter().map(skill).collect();
    skills.insert("Rust".into(), json!(8));
    Value::Object(skills)
}

fn entries(
    strings: &[String],
    section: &str,
    texts: &[&str],
    lists: &[&str],
    urls: &[&str],
) -> Value {
    let entry = |(index, string): (usize, &String)| {
        let mut entry: Map<String, Value> = Map::new();
        texts.iter().for_each(|key| drop(entry.insert((*key).into(), json!(string))));
        let two = [string, &strings[(index + 1) % strings.len()]];
        lists.iter().for_each(|key| drop(entry.insert((*key).into(), json!(two))));
        urls.iter().for_each(|key| drop(entry.insert((*key).into(), json!(string))));
        match section {
            "work" | "volunteer" | "education" | "projects" => {
                entry.insert("startDate".into(), json!(format!("{}", 2000 + index % 20)));
            }
            "awards" | "certificates" => drop(entry.insert("date".into(), json!("2020-02"))),
            "publications" => drop(entry.insert("releaseDate".into(), json!("2020-02"))),
            "journeys" => {
                let stage = json!({"name": string, "note": string, "date": "2020"});
                entry.insert("stages".into(), json!([stage]));
            }
            _ => {}
        }
        Value::Object(entry)
    };
    strings.iter().enumerate().map(entry).collect()
}

/// The strings in groups, so that the files stay below the size limits.
pub fn parts(strings: &[String], most: usize) -> Vec<&[String]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut length = 0;
    for (index, string) in strings.iter().enumerate() {
        if index > start && (index - start == most || length + string.len() > 2_000) {
            parts.push(&strings[start..index]);
            (start, length) = (index, 0);
        }
        length += string.len();
    }
    parts.push(&strings[start..]);
    parts
}

/// Markdown with each string in the front matter and everywhere a text may be.
pub fn text(strings: &[String], more: Value) -> String {
    let whole = strings.join(" ");
    let mut front = json!({
        "title": whole, "description": whole, "tags": strings, "authors": strings, "toc": true,
        "aliases": strings, "extra": {"a": whole, "b": strings}, "x": whole,
    });
    if let (Some(front), Some(more)) = (front.as_object_mut(), more.as_object()) {
        front.extend(more.clone());
    }
    let mut body = format!("---\n{}\n---\n\n", yaml(&front));
    for it in strings {
        let line = it.replace(['\n', '\r'], " ");
        body.push_str(&format!(
            "## {line}\n\n{it}\n\n[{line}](<{line}> \"{line}\") ![{line}](<{line}> \"{line}\") \
             [a](profile:{line}) [b](skill:{line}) <{line}>\n\n```{line}\n{it}\n```\n\n\
             ```component radar\nprofile: {line}\n```\n\n| {line} |\n|--|\n| {line} |\n\n",
        ));
    }
    body
}

/// Values for `content/skills.yaml` and `content/classes.yaml`.
pub fn catalogue(strings: &[String]) -> Value {
    let skill = |(index, it): (usize, &String)| {
        let of = json!({
            "aliases": [format!("alias {index} {it}")], "category": it, "description": it, "icon": it,
            "requires": ["Rust"],
        });
        (format!("Known {index} {it}"), of)
    };
    let mut skills: Map<String, Value> = strings.iter().enumerate().map(skill).collect();
    skills.insert("Rust".into(), json!({"category": strings[0]}));
    Value::Object(skills)
}

/// Classes in which every text is a payload.
pub fn classes(strings: &[String]) -> Value {
    let class = |(index, it): (usize, &String)| {
        let of = json!({"role": it, "hue": 20, "emblem": it, "description": it});
        (format!("Class {index} {it}"), of)
    };
    Value::Object(strings.iter().enumerate().map(class).collect())
}

/// A guild of profiles, each with its part of the strings; everything else is a payload too.
pub fn guild(strings: &[String]) -> Files {
    let mut files = Files::default();
    let parts = parts(strings, 16);
    let parties: Map<String, Value> = parts.iter().map(|it| (it[0].clone(), json!([]))).collect();
    let whole = parts[0].join(" ");
    files.yaml(
        "guild.yaml",
        &json!({"name": whole, "description": whole, "parties": parties,
            "leaderboard": {"show": "everyone", "by": "xp", "top": 100}}),
    );
    files.yaml(
        "site.yaml",
        &json!({"title": whole, "description": whole, "feeds": ["atom", "json"]}),
    );
    files.yaml("content/skills.yaml", &catalogue(&strings[..40]));
    files.yaml("content/classes.yaml", &classes(&strings[..20]));
    for (index, part) in parts.into_iter().enumerate() {
        let mut profile = profile(part);
        profile["party"] = json!(part[0]);
        profile["class"] = json!([format!("Class 1 {}", strings[1])]);
        files.put(format!("content/profiles/p{index}.yaml"), yaml(&profile));
        let slug = json!({"slug": format!("page-{index}")});
        files.put(format!("content/pages/page-{index}.md"), text(part, slug));
        let day = json!({"date": "2026-01-02", "slug": format!("post-{index}")});
        files.put(format!("content/posts/post-{index}.md"), text(part, day));
    }
    files
}

/// A solo site with these strings.
pub fn solo(strings: &[String]) -> Files {
    let mut files = Files::default();
    files.put("site.yaml", "feeds: [atom, json]\n");
    files.yaml("content/profile.yaml", &profile(strings));
    files.yaml("content/skills.yaml", &catalogue(strings));
    files.put("content/posts/2026-02-03-a.md", text(strings, json!({})));
    files
}
