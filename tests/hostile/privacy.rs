//! Private values are in no output of any kind, in any spelling.

use crate::filled::Files;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All private values of a profile, each a unique word; `n` keeps members apart.
fn profile(n: usize, canaries: &mut BTreeSet<String>) -> Value {
    let mut made: Vec<String> = Vec::new();
    let mut secret = |what: &str| {
        made.push(format!("Cänary{what}x{n}y{}z", made.len()));
        made[made.len() - 1].clone()
    };
    let hidden_skill = secret("Skill");
    let hidden_known = format!("Known Canary {n}");
    canaries.insert(hidden_known.clone());
    let mut profile = json!({
        "name": format!("Ada {n}"),
        "label": "Engineer",
        "email": format!("canarymail{n}@canary.example"),
        "phone": format!("+49 4711 0815 {n}{n}{n}"),
        "location": {"address": secret("Street"), "postalCode": secret("Code"), "city": "Turin"},
        "skills": {
            "Rust": 8,
            "Zig": {"level": 3, "requires": [hidden_skill, "Rust"]},
            "Nim": {"merges": [hidden_known, hidden_skill], "at": 2},
        },
        "references": [
            {"name": secret("Referee"), "reference": secret("Reference"), "x": secret("Extra")},
        ],
    });
    canaries.insert(format!("canarymail{n}@canary.example"));
    canaries.insert(format!("4711 0815 {n}{n}{n}"));
    canaries.insert(format!("47110815{n}{n}{n}"));
    profile["skills"][&hidden_skill] = json!({
        "level": 9, "private": true, "keywords": [secret("Keyword")], "since": "2001",
        "evidence": [format!("https://{}.example/", secret("Evidence"))],
        "endorsed": {"by": secret("Endorser"), "url": format!("https://x.example/{}", secret("Endorse"))},
    });
    profile["skills"][&hidden_known] = json!({"level": 7, "private": true});
    let mut entry = |keys: &[&str], lists: &[&str], dated: &str| {
        let mut entry = json!({"private": true, "skills": [hidden_skill, hidden_known]});
        for key in keys {
            entry[*key] = match *key {
                "url" | "evidence" => json!(format!("https://x.example/{}", secret("Url"))),
                _ => json!(secret("Text")),
            };
        }
        for key in lists {
            entry[*key] = json!([secret("Item")]);
        }
        if !dated.is_empty() {
            entry[dated] = json!("2001-02-03");
        }
        entry["x-unknown"] = json!(secret("Unknown"));
        entry
    };
    let job = ["name", "position", "location", "description", "summary", "url"];
    let volunteer = ["organization", "position", "summary", "url"];
    let hidden = [
        ("work", entry(&job, &["highlights", "tags"], "startDate")),
        ("volunteer", entry(&volunteer, &["highlights", "tags"], "startDate")),
        (
            "education",
            entry(&["institution", "area", "studyType", "score", "url"], &["courses"], "startDate"),
        ),
        ("awards", entry(&["title", "awarder", "summary", "url"], &["tags"], "date")),
        ("certificates", entry(&["name", "issuer", "url"], &["tags"], "date")),
        ("publications", entry(&["name", "publisher", "summary", "url"], &["tags"], "releaseDate")),
        ("languages", entry(&["language", "fluency"], &[], "")),
        ("interests", entry(&["name"], &["keywords"], "")),
        ("references", entry(&["name", "reference"], &[], "")),
        (
            "projects",
            entry(
                &["name", "description", "entity", "type", "url"],
                &["highlights", "keywords", "roles", "tags"],
                "startDate",
            ),
        ),
    ];
    for (section, entry) in hidden {
        let mut entries = profile[section].as_array().cloned().unwrap_or_default();
        let mut entry = entry;
        if !["work", "volunteer", "projects"].contains(&section) {
            entry.as_object_mut().expect("an entry").remove("skills");
        }
        entries.push(entry);
        profile[section] = json!(entries);
    }
    // A private position with a public employer, and public entries that name private skills.
    profile["work"].as_array_mut().expect("a list").push(json!({
        "name": "Public Works", "url": "https://public.example", "positions": [
            {"position": "Fitter", "startDate": "2010", "skills": ["Rust", hidden_skill, hidden_known]},
            {"position": secret("Position"), "summary": secret("Summary"), "startDate": "2012",
             "highlights": [secret("Highlight")], "tags": [secret("Tag")], "private": true},
        ],
    }));
    profile["projects"].as_array_mut().expect("a list").push(json!({
        "name": "Public project", "skills": [hidden_skill, "Rust", hidden_known],
    }));
    profile["log"] = json!([
        {"date": "2020-01-02", "xp": 500, "skill": hidden_skill, "for": "Public deed"},
        {"date": "2020-01-03", "xp": 500, "skill": hidden_known, "for": "Another"},
        {"date": "2020-01-04", "xp": 900, "for": secret("Deed"), "private": true,
         "evidence": format!("https://x.example/{}", secret("Proof")), "skill": "Rust"},
    ]);
    let quest = format!("canary-quest-{n}");
    let badge = format!("canary-badge-{n}");
    canaries.extend([quest.clone(), badge.clone()]);
    profile["quests"] = json!([{"quest": quest, "status": "passed", "date": "2020-02-03",
        "evidence": format!("https://x.example/{}", secret("Quest")), "private": true}]);
    profile["badges"] = json!([{"badge": badge, "date": "2020-02-03", "private": true}]);
    profile["journeys"] = json!([{"name": secret("Journey"), "private": true,
        "stages": [{"name": secret("Stage"), "note": secret("Note"), "date": "2020"}]}]);
    canaries.extend(made);
    profile
}

/// All spellings that must not be found: lower case, decoded.
fn spelled(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut all = vec![lower.clone(), entities(&lower), percent(&lower), escapes(&lower)];
    // Its slug: without accents, and with words joined.
    all.push(lower.replace('-', " "));
    all.push(lower.replace(' ', ""));
    all
}

fn entities(text: &str) -> String {
    let mut out = text.to_owned();
    for (entity, character) in [
        ("&#x40;", "@"),
        ("&#64;", "@"),
        ("&auml;", "ä"),
        ("&#xe4;", "ä"),
        ("&#228;", "ä"),
        ("&#x2f;", "/"),
        ("&amp;", "&"),
    ] {
        out = out.replace(entity, character);
    }
    out
}

fn percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

fn escapes(text: &str) -> String {
    text.replace("\\u00e4", "ä").replace("\\u0040", "@").replace("\\/", "/")
}

/// Which canaries are found, and where.
fn found(files: &Files, canaries: &BTreeSet<String>) -> BTreeSet<String> {
    let (built, outputs) = files.build();
    let errors: Vec<_> = built.report.iter().filter(|it| it.code != "unknown-key").collect();
    assert!(!built.report.has_errors(), "{errors:#?}");
    for needed in ["resume.json", "feed.xml", "feed.json", "sitemap.xml", "skills/rust/index.html"]
    {
        assert!(outputs.keys().any(|it| it.ends_with(needed)), "{needed} was looked at");
    }
    let mut wanted: BTreeSet<String> = canaries.iter().map(|it| it.to_lowercase()).collect();
    // As slugs spell them.
    wanted.extend(canaries.iter().map(|it| it.to_lowercase().replace('ä', "a")));
    wanted.extend(canaries.iter().map(|it| it.to_lowercase().replace('ä', "ae")));
    wanted.extend(canaries.iter().map(|it| it.to_lowercase().replace(' ', "-")));
    let mut found = BTreeSet::new();
    for (path, bytes) in &outputs {
        for text in spelled(path).iter().chain(&spelled(&String::from_utf8_lossy(bytes))) {
            for it in wanted.iter().filter(|it| text.contains(it.as_str())) {
                let at = text.find(it.as_str()).unwrap_or_default();
                let around: String = text[..at].chars().rev().take(60).collect();
                let around: String = around.chars().rev().collect();
                found.insert(format!("{path}: {around}>>{it}"));
            }
        }
    }
    found
}

fn check(files: &Files, canaries: &BTreeSet<String>) {
    let found: Vec<_> = found(files, canaries).into_iter().collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn around(files: &mut Files, canaries: &mut BTreeSet<String>) {
    files.put("site.yaml", "feeds: [atom, json]\n");
    files.put(
        "content/skills.yaml",
        "Known Canary 0: { category: Crafts }\nKnown Canary 1: { category: Crafts, requires: Rust }\nRust: Languages\n",
    );
    files.put("content/posts/2026-01-02-a.md", "---\ntitle: A post\n---\nText.\n");
    let draft = "---\ntitle: Cänarydraft\ndate: 2026-01-03\ndraft: true\ntags: [Cänarydrafttag]\naliases: [/canaryalias/]\n---\nCänarydraftbody\n";
    files.put("content/posts/canarydraftslug.md", draft);
    files.put("content/pages/canarydraftpage.md", draft);
    for it in ["Cänarydraft", "canarydraftslug", "canarydraftpage", "canaryalias", "canarycomment"]
    {
        canaries.insert(it.to_owned());
    }
}

#[test]
fn nothing_private_is_published_of_one_person() {
    let mut canaries = BTreeSet::new();
    let mut files = Files::default();
    around(&mut files, &mut canaries);
    let text = format!("{}\n# canarycomment\n", profile(0, &mut canaries));
    files.put("content/profile.yaml", text.clone());
    assert!(canaries.len() > 50, "{canaries:?}");
    check(&files, &canaries);
    // The control: these would be found if they were not private.
    let open = text.replace("\"private\":true", "\"private\":false").replacen(
        '{',
        "{\"publish\":[\"email\",\"phone\",\"address\",\"postalCode\",\"references\"],",
        1,
    );
    files.put("content/profile.yaml", open);
    let there = found(&files, &canaries);
    let is_there = |it: &&String| there.iter().any(|there| there.ends_with(&it.to_lowercase()));
    let count = canaries.iter().filter(is_there).count();
    assert!(count > 45, "{count} of {}: {there:#?}", canaries.len());
    // The same as a résumé, with our own keys under `meta.questfolio`.
    let json = text.replace("\n# canarycomment\n", "");
    files.0.remove("content/profile.yaml");
    files.put("content/profile.json", json);
    check(&files, &canaries);
}

#[test]
fn nothing_private_is_published_of_a_guild() {
    let mut canaries = BTreeSet::new();
    let mut files = Files::default();
    around(&mut files, &mut canaries);
    files.put("guild.yaml", "name: Guild\nleaderboard: { show: everyone }\n");
    for n in 0..2 {
        files.put(format!("content/profiles/m{n}.yaml"), profile(n, &mut canaries).to_string());
    }
    check(&files, &canaries);
}
