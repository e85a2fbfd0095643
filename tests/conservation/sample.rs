//! Writes a unique token into every key of a schema: a word, a day, a number or a URL that occurs
//! nowhere else, so that it can be found wherever the key is shown.

use questfolio::load::schema::schemas;
use questfolio::model::date::PartialDate;
use questfolio::model::number::grouped;
use questfolio::theme::english;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A skill that both the profile and the catalogue have.
const SKILL: &str = "Quernstone";
/// A class that both the profile and the catalogue have.
const CLASS: &str = "Quarrelist";

/// One value that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Leaf {
    /// `profile`
    pub file: String,
    /// `work.positions.summary`
    pub key: String,
    /// As written in the file.
    pub written: String,
    /// As shown to a reader.
    pub shown: String,
    /// Whether it is in an entry with `private: true`.
    pub private: bool,
}

/// Counters for unique tokens.
#[derive(Default)]
pub struct Count {
    words: usize,
    months: usize,
}

/// A file under construction.
pub struct Writer<'a> {
    file: &'static str,
    root: Value,
    next: &'a mut Count,
    /// Whether `basics` is left out, so that its keys are at the top level.
    plain: bool,
    pub leaves: Vec<Leaf>,
    private: bool,
}

/// Every key of a schema with a unique token. `variant` selects among keys that exclude each other;
/// lists have one entry for each variant.
pub fn filled(file: &'static str, variant: usize, next: &mut Count) -> (Value, Vec<Leaf>) {
    let plain = file != "resume";
    let file = if plain { file } else { "profile" };
    let name = format!("{}.schema.json", if file == "post" { "page" } else { file });
    let root = schemas().into_iter().find(|(known, _)| *known == name).expect("a schema").1;
    let (leaves, private) = (Vec::new(), false);
    let mut writer = Writer { file, root: root.clone(), next, plain, leaves, private };
    let value = writer.object(&root, "", variant);
    (value, writer.leaves)
}

impl Writer<'_> {
    fn value(&mut self, schema: &Value, key: &str) -> Option<Value> {
        if let Some(value) = self.fixed(key) {
            return value;
        }
        if let Some(target) = schema["$ref"].as_str() {
            let found = self.root.pointer(&target[1..]).expect("a definition").clone();
            return self.named(target.rsplit('/').next().expect("a name"), &found, key);
        }
        if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
            return self.value(only, key);
        }
        if let Some(forms) = schema["anyOf"].as_array().filter(|_| schema["properties"].is_null()) {
            let richest = forms.iter().max_by_key(|form| self.richness(form)).expect("a form");
            return self.value(&richest.clone(), key);
        }
        if let Some(words) = schema["enum"].as_array() {
            return words.first().cloned();
        }
        match schema["type"].as_str() {
            Some("object") => Some(self.object(schema, key, 0)),
            Some("array") => Some(self.list(&schema["items"].clone(), key)),
            Some("integer" | "number") => Some(self.number(schema, key)),
            Some("string") => Some(self.string(schema, key)),
            // A boolean has no text to search for.
            _ => None,
        }
    }

    /// Values that must match another value, or that only choose something. `Some(None)` leaves the
    /// key out.
    fn fixed(&mut self, key: &str) -> Option<Option<Value>> {
        let keep = |value: Value| Some(Some(value));
        let key = key.strip_prefix("basics.").unwrap_or(key);
        match (self.file, key) {
            ("profile", "image.src" | "projects.image.src") => keep(json!("avatar.webp")),
            ("page" | "post", "image.src") => keep(json!("avatar.webp")),
            ("guild", "crest.src") => keep(json!("crest.svg")),
            ("profile", "location.countryCode") => {
                self.leaf(key, "DE", "Germany");
                keep(json!("DE"))
            }
            ("profile", "email") => {
                let address = format!("{}@example.org", self.word().to_lowercase());
                self.leaf(key, &address, &address);
                keep(json!(address))
            }
            ("profile", "phone") => {
                let number = format!("+49 30 555{:04}", self.count());
                self.leaf(key, &number, &number);
                keep(json!(number))
            }
            ("profile", "publish") => {
                keep(json!(["email", "phone", "address", "postalCode", "references"]))
            }
            ("profile", "class") => keep(json!({ CLASS: 5 })),
            // It removes entries from the printed sheet to save pages, and reports that.
            ("profile", "paper") => Some(None),
            ("profile", "theme") => keep(json!("codex")),
            ("profile", "guild") => keep(json!("forge")),
            ("profile" | "skills", "skills.axis" | "axis") => keep(json!("cloud")),
            ("profile" | "skills", "skills.rarity" | "projects.rarity" | "rarity") => {
                keep(json!("epic"))
            }
            ("profile", "skills.requires") | ("skills", "requires") => keep(json!(["Docker"])),
            ("profile", "skills.merges") | ("skills", "merges") => keep(json!(["Helm"])),
            ("profile", "skills.level") => keep(json!(9)),
            ("profile", "skills.name") if !self.private => {
                self.leaf(key, SKILL, SKILL);
                keep(json!(SKILL))
            }
            ("profile", "quests.score") => {
                let score = 30 + self.count() % 60;
                self.leaf(key, &format!("\"score\":{score}"), &format!("{score} of 100"));
                keep(json!(score))
            }
            ("profile", "basics") if self.plain => Some(None),
            (_, key) if key.ends_with("focus") => keep(json!([0.5, 0.3])),
            ("profile", "profiles") => {
                let entry = |it: &mut Self, part: &str| {
                    let word = it.word();
                    it.leaf(&format!("{key}.{part}"), &word, &word);
                    word
                };
                let (network, username) = (entry(self, "network"), entry(self, "username"));
                let url = self.url(&format!("{key}.url"));
                let bare = entry(self, "username");
                keep(json!([
                    { "network": network, "username": username, "url": url },
                    { "network": network, "username": bare },
                ]))
            }
            ("profile", "following") => keep(json!([self.url(key)])),
            ("skills", "icon") | ("classes", "emblem") => keep(json!("weaver")),
            ("classes", "axes") => keep(json!(["cloud"])),
            ("site", "nav.url") => keep(json!("/posts/")),
            ("site", "url" | "theme" | "languages" | "timezone" | "words" | "feeds") => Some(None),
            ("site", "images" | "markdown" | "cards" | "api") => Some(None),
            ("site", "edit") => {
                let host = format!("{}.example", self.word().to_lowercase());
                self.leaf(key, &host, &host);
                keep(json!(format!("https://{host}/edit/{{path}}")))
            }
            ("site", "extra") => {
                let word = self.word();
                self.leaf("extra.footer", &word, &word);
                keep(json!({ "footer": word }))
            }
            ("page", "template") => keep(json!("page.html")),
            ("post", "template") => keep(json!("post.html")),
            ("page" | "post", "weight") => keep(json!(3)),
            ("page" | "post", "aliases") => {
                let word = self.word().to_lowercase();
                self.leaf(key, &word, &word);
                keep(json!([format!("/{word}/")]))
            }
            ("guild", "founder") => keep(json!("zed")),
            ("guild", "leaderboard") => keep(json!({ "show": "everyone" })),
            ("guild", "parties") => {
                let word = self.word();
                self.leaf(key, &word, &word);
                keep(json!({ word: ["zed"] }))
            }
            // Rules affect results, which are shown; of the rules themselves, only the names of
            // axes are.
            ("rules", "radar") => {
                let axis = |id: &str, name: &str| json!({ "id": id, "name": name });
                let word = self.word();
                self.leaf("radar.axes.name", &word, &word);
                let axes = [axis("cloud", &word), axis("data", "Data"), axis("backend", "Backend")];
                keep(json!({ "axes": axes }))
            }
            ("rules", _) if !key.is_empty() => Some(None),
            _ => None,
        }
    }

    /// A definition shared by several keys.
    fn named(&mut self, name: &str, schema: &Value, key: &str) -> Option<Value> {
        match name {
            "date" => Some(json!(self.day(key, false))),
            "day" => Some(json!(self.day(key, true))),
            "url" => Some(json!(self.url(key))),
            "private" => None,
            _ => self.value(schema, key),
        }
    }

    /// Objects, and lists of them, have the most keys.
    fn richness(&self, schema: &Value) -> usize {
        let schema = match schema["$ref"].as_str() {
            Some(target) => self.root.pointer(&target[1..]).expect("a definition"),
            None => schema,
        };
        let items = &schema["items"];
        let deep = items.is_object().then(|| self.richness(items) + 2);
        let nested = schema["anyOf"].as_array().into_iter().flatten();
        let nested = nested.map(|form| self.richness(form)).max();
        let keys = schema["properties"].as_object().map(Map::len);
        keys.max(deep).max(nested).unwrap_or(0)
    }

    fn object(&mut self, schema: &Value, key: &str, variant: usize) -> Value {
        let below = |name: &str| match key {
            "" => name.to_owned(),
            _ => format!("{key}.{name}"),
        };
        let Some(properties) = schema["properties"].as_object() else {
            return self.map(&schema["additionalProperties"], key);
        };
        let kept = properties.iter().filter(|(name, _)| !is_for_another(name, properties, variant));
        let filled = kept
            .filter_map(|(name, schema)| Some((name.clone(), self.value(schema, &below(name))?)));
        Value::Object(filled.collect())
    }

    /// A map whose keys are names.
    fn map(&mut self, schema: &Value, key: &str) -> Value {
        let name = match (self.file, key) {
            ("skills", "") => SKILL.to_owned(),
            ("classes", "") => CLASS.to_owned(),
            ("site", "variants") => self.word().to_lowercase(),
            _ => self.word(),
        };
        let own = if key.is_empty() { "name" } else { key };
        self.leaf(own, &name, &name);
        let below = if key.is_empty() { "" } else { key };
        let value = if schema.is_object() { self.value(schema, below) } else { None };
        json!({ name: value.unwrap_or(Value::Null) })
    }

    /// One entry for each set of keys that can be combined, and a private one.
    fn list(&mut self, items: &Value, key: &str) -> Value {
        let items = match items["$ref"].as_str() {
            Some(target) => self.root.pointer(&target[1..]).expect("a definition").clone(),
            None => items.clone(),
        };
        let items = match items["anyOf"].as_array() {
            Some(forms) if items["properties"].is_null() => {
                forms.iter().max_by_key(|form| self.richness(form)).expect("a form").clone()
            }
            _ => items,
        };
        let Some(properties) = items["properties"].as_object() else {
            return json!([self.value(&items, key)]);
        };
        let keys = |variant: usize| -> Vec<&String> {
            let names = properties.keys();
            names.filter(|name| !is_for_another(name, properties, variant)).collect()
        };
        let distinct = (0..4).filter(|v| !(0..*v).any(|before| keys(before) == keys(*v)));
        // A skill has one name, and so one entry.
        let most = if key == "skills" { 1 } else { 4 };
        let mut entries: Vec<Value> = Vec::new();
        for variant in distinct.take(most).collect::<Vec<_>>() {
            entries.push(self.object(&items, key, variant));
        }
        if properties.contains_key("private") && !self.private {
            self.private = true;
            let mut hidden = self.object(&items, key, 0);
            hidden["private"] = json!(true);
            entries.push(hidden);
            self.private = false;
        }
        Value::Array(entries)
    }

    /// A unique number; small ones are settings.
    fn number(&mut self, schema: &Value, key: &str) -> Value {
        let least = schema["minimum"].as_i64().unwrap_or(0);
        if schema["maximum"].as_i64().is_some_and(|most| most <= 1000) {
            return json!(least.max(3));
        }
        let number = 7001 + self.count() as i64;
        self.leaf(key, &number.to_string(), &grouped(number));
        json!(number)
    }

    fn string(&mut self, schema: &Value, key: &str) -> Value {
        let pattern = schema["pattern"].as_str().unwrap_or_default();
        if pattern.starts_with("^[1-9][0-9]{3}") {
            return json!(self.day(key, true));
        }
        if schema["examples"][0].as_str().is_some_and(|it| it.starts_with("https://")) {
            return json!(self.url(key));
        }
        let word = self.word();
        let is_slug = pattern.contains("[a-z0-9]+") || key == "slug";
        let word = if is_slug { word.to_lowercase() } else { word };
        self.leaf(key, &word, &word);
        json!(word)
    }

    fn url(&mut self, key: &str) -> String {
        let host = format!("{}.example", self.word().to_lowercase());
        self.leaf(key, &host, &host);
        format!("https://{host}/")
    }

    /// A unique month or day, each later than the ones before.
    fn day(&mut self, key: &str, whole: bool) -> String {
        let months = self.next.months;
        self.next.months += 1;
        let (year, month) = (1970 + months / 12, months % 12 + 1);
        let day = if whole { "-17" } else { "" };
        let text = format!("{year:04}-{month:02}{day}");
        let shown = english().date(PartialDate::parse(&text).expect("a date"));
        self.leaf(key, &text, &shown);
        text
    }

    /// A word that is not contained in any other and is similar to none.
    fn word(&mut self) -> String {
        const FIRST: &[u8] = b"bdfgklmnprstvz";
        const SECOND: &[u8] = b"aeiou";
        let syllables = FIRST.len() * SECOND.len();
        let mut left = self.count() * 7_919 % syllables.pow(3);
        let mut word = "Qu".to_owned();
        for _ in 0..3 {
            word.push(FIRST[left % syllables / SECOND.len()].into());
            word.push(SECOND[left % SECOND.len()].into());
            left /= syllables;
        }
        word
    }

    fn count(&mut self) -> usize {
        self.next.words += 1;
        self.next.words
    }

    fn leaf(&mut self, key: &str, written: &str, shown: &str) {
        self.leaves.push(Leaf {
            file: self.file.to_owned(),
            key: key.to_owned(),
            written: written.to_owned(),
            shown: shown.to_owned(),
            private: self.private,
        });
    }
}

/// Whether a key belongs to another variant: there are long and short names, and an employer has
/// either positions or a single one.
fn is_for_another(key: &str, properties: &Map<String, Value>, variant: usize) -> bool {
    const HELD: [&str; 8] =
        ["position", "start", "end", "startDate", "endDate", "summary", "highlights", "skills"];
    let grouped = properties.contains_key("positions") && variant % 2 == 1;
    let short = variant >= 2;
    match key {
        "start" | "end" if properties.contains_key("startDate") => grouped || !short,
        "startDate" | "endDate" => grouped || short,
        "author" => variant.is_multiple_of(2),
        "authors" => !variant.is_multiple_of(2),
        "positions" => !grouped,
        _ => grouped && HELD.contains(&key),
    }
}
