//! JSON Schemas of all files that people write, for completion and hovers in editors. A test
//! compares them with the readers, key by key.

use serde_json::Value;

/// File names and contents, in the order in which a user meets the files.
const SCHEMAS: [(&str, &str); 7] = [
    ("profile.schema.json", include_str!("schema/profile.schema.json")),
    ("site.schema.json", include_str!("schema/site.schema.json")),
    ("page.schema.json", include_str!("schema/page.schema.json")),
    ("skills.schema.json", include_str!("schema/skills.schema.json")),
    ("classes.schema.json", include_str!("schema/classes.schema.json")),
    ("rules.schema.json", include_str!("schema/rules.schema.json")),
    ("guild.schema.json", include_str!("schema/guild.schema.json")),
];

/// Every schema with its file name: draft-07, which all editors support.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let read = |text| serde_json::from_str(text).expect("the schemas are written here");
    SCHEMAS.iter().map(|(name, text)| (*name, read(text))).collect()
}
