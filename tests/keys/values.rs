//! Random values that the schemas describe: some keys or all, plain words or unusual ones.

use crate::written::fitting;
use serde_json::{Map, Value, json};

/// Words for names and texts.
const PLAIN: [&str; 6] = ["Forge", "Nimbus", "Kestrel", "Harbour", "Lantern", "Quill"];
const STRANGE: [&str; 14] = [
    "a",
    "Ω",
    "田中 太郎",
    "שלום עולם",
    "🦀",
    "<b>&\"'",
    "{{ t.level }}",
    "*not* [a]",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    " ",
    "#",
    "1.",
    "e\u{301}e\u{301}",
    "2 < 3 | 4",
];

/// Skills a site may name; later ones require earlier ones.
pub const SKILLS: [&str; 6] = ["Rust", "Go", "C++", "日本語組版", "SQL", "Lantern keeping"];

/// A random number generator with a seed.
pub struct Dice {
    state: u64,
    /// The percentage of optional keys that are written.
    pub share: u64,
    pub is_strange: bool,
    pub is_guild: bool,
    pub rarities: Vec<&'static str>,
    pub most: u64,
    /// Skills that may be required here.
    pub earlier: Vec<String>,
}

impl Dice {
    pub fn new(seed: u64, share: u64, is_strange: bool) -> Dice {
        let mut dice = Dice {
            state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 1815,
            share,
            is_strange,
            is_guild: false,
            rarities: Vec::new(),
            most: 10,
            earlier: Vec::new(),
        };
        let rarities: [&[&str]; 5] = [
            &["common", "uncommon", "rare", "epic", "legendary"],
            &["bronze", "silver", "gold"],
            &["level", "rather <rare> & \"so\""],
            &["einmalig"],
            &["a", "b", "c", "d", "e", "f", "g"],
        ];
        dice.rarities = dice.pick(&rarities).to_vec();
        dice.most = *dice.pick(&[5, 10, 20]);
        dice
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.state;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (it ^ (it >> 31)) % most
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    pub fn likely(&mut self) -> bool {
        self.below(100) < self.share
    }

    fn word(&mut self) -> String {
        match self.is_strange && self.below(3) > 0 {
            true => (*self.pick(&STRANGE)).to_owned(),
            false => (*self.pick(&PLAIN)).to_owned(),
        }
    }

    /// A name, sometimes of several words.
    fn text(&mut self) -> String {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// A text for the body, below the front matter.
    pub fn body(&mut self) -> String {
        let mut body = String::new();
        for _ in 0..self.below(4) {
            let (heading, text) = (self.text(), self.text());
            body += &format!("## {heading}\n\n{text} **{text}**\n\n- {heading}\n\n");
        }
        if !self.is_guild && self.below(3) == 0 {
            body += "```component tree\n```\n\n```component radar\n```\n\n```component xp\n```\n";
        }
        body
    }

    /// Removes duplicates of values that may be in two places, and makes values consistent.
    pub fn finish(&mut self, name: &str, keys: &mut Value) {
        fitting(name, keys, self);
        single(keys, self);
    }
}

/// Removes one of two names of the same key, and a position beside `positions`.
fn single(value: &mut Value, dice: &mut Dice) {
    const HELD: [&str; 8] =
        ["position", "start", "end", "startDate", "endDate", "summary", "highlights", "skills"];
    match value {
        Value::Object(map) => {
            for pair in [["start", "startDate"], ["end", "endDate"], ["author", "authors"]] {
                if pair.iter().all(|key| map.contains_key(*key)) {
                    map.shift_remove(*dice.pick(&pair));
                }
            }
            if map.contains_key("positions") {
                if dice.below(2) == 0 {
                    HELD.iter().for_each(|key| drop(map.shift_remove(*key)));
                } else {
                    map.shift_remove("positions");
                }
            }
            map.values_mut().for_each(|it| single(it, dice));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| single(it, dice)),
        _ => {}
    }
}

/// Keys that are left out: others have the same meaning, or they would need files that do not
/// exist.
const LEFT_OUT: [&str; 4] = ["basics", "meta", "$schema", "template"];

/// A random value for a schema. `key` is the key it belongs to.
pub fn value(root: &Value, schema: &Value, key: &str, dice: &mut Dice) -> Value {
    if let Some(target) = schema["$ref"].as_str() {
        return value(root, root.pointer(&target[1..]).unwrap(), key, dice);
    }
    if schema["type"] != "object"
        && let Some(own) = own(key, schema, dice)
    {
        return own;
    }
    if let Some(words) = schema["enum"].as_array() {
        return dice.pick(words).clone();
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    if schema.get("properties").is_none()
        && let Some(ways) = ["anyOf", "allOf"].iter().find_map(|it| schema[*it].as_array())
    {
        let way = dice.pick(ways).clone();
        return value(root, &way, key, dice);
    }
    match schema["type"].as_str() {
        Some("object") => object(root, schema, key, dice),
        Some("array") => array(root, schema, key, dice),
        Some("boolean") => json!(dice.below(2) == 0),
        Some("integer") => {
            let (least, most) = (schema["minimum"].as_i64(), schema["maximum"].as_i64());
            let (least, most) = (least.unwrap_or(0), most.unwrap_or(100));
            let usual = schema["examples"][0].as_i64().unwrap_or(least);
            json!(dice.pick(&[least, usual, usual, most.min(1_000_000)]))
        }
        Some("number") => json!(0.5),
        Some("null") => Value::Null,
        None if schema["type"].is_array() => Value::Null,
        _ => json!(dice.text()),
    }
}

fn object(root: &Value, schema: &Value, key: &str, dice: &mut Dice) -> Value {
    let mut object = Map::new();
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, of) in schema["properties"].as_object().into_iter().flatten() {
        let is_needed = required.contains(&name.as_str())
            || (key == "profile" && name == "name")
            || name == "src";
        let is_left_out = LEFT_OUT.contains(&name.as_str()) || name == "tests" && dice.share < 100;
        if !is_left_out && (is_needed || dice.likely()) {
            object.insert(name.clone(), value(root, of, name, dice));
        }
    }
    if let Some(of) = schema.get("additionalProperties").filter(|it| it.is_object()) {
        let is_skills = ["skills", "catalogue"].contains(&key);
        let count = 1 + dice.below(if is_skills { 6 } else { 3 }) as usize;
        dice.earlier.clear();
        for index in 0..count {
            let name = match key {
                "skills" | "catalogue" => SKILLS[index].to_owned(),
                "classes" => format!("{} {index}", dice.text()),
                "profiles" => (*dice.pick(&["GitHub", "Mastodon", "Werkstatt"])).to_owned(),
                "variants" => format!("variant-{index}"),
                _ => format!("{} {index}", PLAIN[index]),
            };
            let inner = if key == "skills" { "level" } else { key };
            object.insert(name.clone(), value(root, of, inner, dice));
            if is_skills {
                dice.earlier.push(name);
            }
        }
    }
    Value::Object(object)
}

fn array(root: &Value, schema: &Value, key: &str, dice: &mut Dice) -> Value {
    if schema["examples"].is_array() && schema["items"]["type"] != "string" {
        return schema["examples"][0].clone();
    }
    let count = *dice.pick(&[1, 1, 2, 3, 7]);
    json!((0..count).map(|_| value(root, &schema["items"], key, dice)).collect::<Vec<_>>())
}

/// A value that a key needs to fit the rest of the site; `None` if any word will do.
fn own(key: &str, schema: &Value, dice: &mut Dice) -> Option<Value> {
    const DAYS: [&str; 4] = ["2019-02-28", "2024-11-03", "2026-11-20", "2027-01-01"];
    const DATES: [&str; 5] = ["1999", "2014-06", "2021-12-31", "2026-11", "2030"];
    const URLS: [&str; 3] = ["https://a.example/b?c=d&e", "http://b.example", "mailto:a@b.example"];
    let is_text = schema["type"] == "string" || schema["enum"].is_array();
    let is_one = schema["type"].is_string() && schema["type"] != "array";
    if let Some(pattern) = schema["pattern"].as_str().filter(|it| it.starts_with("^[1-9]")) {
        let days = !pattern.contains("{3}(");
        return Some(json!(if days { dice.pick(&DAYS) } else { dice.pick(&DATES) }));
    }
    let picked = match key {
        "level" if schema["maximum"] == 100 || is_text => json!(dice.below(dice.most + 1)),
        "skills" if schema["type"] == "integer" => json!(dice.below(6)),
        "at" => json!(1 + dice.below(5)),
        "floor" => json!(dice.below(2)),
        "skill" | "skills" if schema["type"] == "string" => json!(dice.pick(&SKILLS)),
        "requires" | "merges" if is_one => {
            let earlier = dice.earlier.clone();
            json!(if earlier.is_empty() { "Docker" } else { dice.pick(&earlier).as_str() })
        }
        "axis" | "axes" | "categories" if schema["type"] == "string" => {
            json!(dice.pick(&["backend", "cloud", "tools"]))
        }
        "rarity" if schema["type"] == "string" => json!(dice.pick(&dice.rarities.clone())),
        "founder" | "parties" if is_one => json!("ada"),
        "following" if is_one => json!(if dice.is_guild { "ada" } else { "https://a.example" }),
        "author" | "authors" if is_one && dice.below(2) == 0 => json!("ada"),
        "theme" => json!("codex"),
        "crest" if is_one && schema["type"] == "string" => json!("crest.svg"),
        "image" | "src" if schema["type"] == "string" => json!("photo.png"),
        "languages" if is_text && schema["pattern"].is_string() => json!("en"),
        "evidence" if is_one => json!(dice.pick(&URLS)),
        "url" if schema["pattern"].is_string() => json!("https://x.example/base"),
        "url" if is_one => json!(dice.pick(&URLS)),
        "nav" if schema["type"] == "string" => json!("/"),
        "email" => json!("ada@example.org"),
        "slug" => json!(format!("slug-{}", dice.below(1_000_000))),
        "aliases" if is_one => json!(format!("/old-{}/", dice.below(1_000_000))),
        "edit" | "timezone" | "focus" | "image_hosts" if schema["examples"].is_array() => {
            schema["examples"][0].clone()
        }
        "quest" | "badge" => json!(dice.pick(&["lru-cache", "mentor", "a"])),
        "phone" => json!("+49 30 1234"),
        _ => return None,
    };
    Some(picked)
}
