//! A site as its author wrote it, key by key.

use crate::values::{Dice, value};
use questfolio::load::schema::schemas;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The files of a site, each with its schema.
#[derive(Clone, Debug, Default)]
pub struct Written {
    pub keys: BTreeMap<String, (&'static str, Value)>,
    bodies: BTreeMap<String, String>,
}

pub fn schema(name: &str) -> Value {
    let file = format!("{name}.schema.json");
    schemas().into_iter().find(|(known, _)| *known == file).unwrap().1
}

impl Written {
    /// A random site.
    pub fn random(dice: &mut Dice) -> Written {
        let mut written = Written::default();
        dice.is_guild = dice.below(2) == 0;
        for (path, name) in [("rules.yaml", "rules"), ("site.yaml", "site")] {
            if dice.likely() {
                written.put(path, name, dice);
            }
        }
        if dice.is_guild {
            written.put("guild.yaml", "guild", dice);
        }
        for (path, name) in [("content/skills.yaml", "skills"), ("content/classes.yaml", "classes")]
        {
            if dice.likely() {
                written.put(path, name, dice);
            }
        }
        match dice.is_guild {
            true => {
                let members = 1 + dice.below(3) as usize;
                for slug in ["ada", "bob", "cleo"].into_iter().take(members) {
                    written.put(&format!("content/profiles/{slug}.yaml"), "profile", dice);
                }
            }
            false => written.put("content/profile.yaml", "profile", dice),
        }
        for (index, folder) in ["pages", "posts", "posts"].into_iter().enumerate() {
            if dice.likely() {
                let path = format!("content/{folder}/text-{index}.md");
                written.put(&path, "page", dice);
                if folder == "posts" {
                    written.keys.get_mut(&path).unwrap().1["date"] = json!("2026-02-03");
                }
                written.bodies.insert(path, dice.body());
            }
        }
        written
    }

    fn put(&mut self, path: &str, name: &'static str, dice: &mut Dice) {
        let schema = schema(name);
        let root = if name == "skills" { "catalogue" } else { name };
        let mut keys = value(&schema, &schema, root, dice);
        dice.earlier.clear();
        dice.finish(name, &mut keys);
        self.keys.insert(path.to_owned(), (name, keys));
    }

    /// The bytes of every file.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for (path, (_, keys)) in &self.keys {
            let text = match self.bodies.get(path) {
                Some(body) => format!("---\n{keys}\n---\n{body}"),
                None => keys.to_string(),
            };
            files.insert(path.clone(), text.into_bytes());
        }
        let picture = picture(48, 40);
        for folder in ["", "content/", "content/profiles/", "content/pages/", "content/posts/"] {
            files.insert(format!("{folder}photo.png"), picture.clone());
        }
        files.insert("crest.svg".into(), CREST.as_bytes().to_vec());
        files
    }
}

const CREST: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";

/// A picture with some detail.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let pixel = |x: u32, y: u32| image::Rgb([(x * 3) as u8, (y * 4) as u8, (x * y) as u8]);
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(width, height, pixel);
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Adjusts values beyond the schemas, so that a whole site is consistent.
pub fn fitting(name: &str, keys: &mut Value, dice: &Dice) {
    match name {
        "rules" => {
            let axes = [
                json!("backend"),
                json!({"id": "cloud", "name": "Clouds & more", "abbr": "CLD"}),
                json!("tools"),
                json!("people"),
            ];
            if keys["radar"].get("axes").is_some() {
                keys["radar"]["axes"] = json!(axes);
            }
            if keys.get("rarity").is_some() {
                keys["rarity"] = json!(dice.rarities);
            }
            if keys["skills"].get("max").is_some() {
                keys["skills"]["max"] = json!(dice.most);
            }
            if keys["skills"].get("proficiency").is_some() {
                keys["skills"]["proficiency"] = json!({"Novice": 1, "Deep": 5});
            }
        }
        "site" => {
            if keys.get("extra").is_some() {
                keys["extra"] = json!({"tree": "list", "timeline": 1, "drop_cap": false});
            }
            // Raw HTML would be the author's own, valid or not.
            if keys["markdown"].get("html").is_some() && dice.is_strange {
                keys["markdown"]["html"] = json!("text");
            }
        }
        _ => {}
    }
}
