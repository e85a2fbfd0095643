//! Exports a profile as JSON Resume 1.0.0. What the standard has no key for goes to
//! `meta.questfolio`, so that importing the result gives the same profile again.

mod entry;
mod normalise;
mod own;
mod sections;

use crate::model::profile::{Account, Extra, Location, PrivateField, Profile};
use crate::model::ruleset::SkillScale;
pub use entry::Audience;
use entry::{Entry, list, text};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Top-level keys of a profile that have a meaning of ours. In a résumé they are under `basics` or
/// `meta.questfolio`.
pub const OWN: [&str; 23] = [
    "name",
    "label",
    "image",
    "email",
    "phone",
    "url",
    "summary",
    "location",
    "profiles",
    "about",
    "publish",
    "availability",
    "class",
    "guild",
    "party",
    "leaderboard",
    "theme",
    "paper",
    "log",
    "quests",
    "badges",
    "journeys",
    "following",
];

/// The résumé of a profile. Numeric levels become the nearest word of `scale` that is not higher.
/// The order of keys is fixed: that of the standard, then unknown keys, then `meta`.
pub fn resume(profile: &Profile, scale: &SkillScale, audience: Audience) -> Value {
    let names = profile.skills.iter().map(|skill| (skill.slug.as_str(), skill)).rev().collect();
    let export = Export { profile, scale, audience, skills: names };
    let mut top = Entry::new(audience);
    for (name, value) in export.sections() {
        top.put(name, value);
    }
    for name in OWN {
        top.put(name, None);
    }
    top.put("meta", export.meta());
    let mut top = top.with_extra(&profile.extra);
    if let Some(meta) = top.shift_remove("meta") {
        top.insert("meta".to_owned(), meta);
    }
    Value::Object(top)
}

/// The résumé for publication: valid, and with what other tools' themes expect. `image` is the
/// public URL of the portrait, if there is one. Values that had to be changed are kept in
/// `meta.questfolio`.
pub fn published(profile: &Profile, scale: &SkillScale, image: Option<&str>) -> Value {
    let mut value = resume(profile, scale, Audience::Public);
    let originals = normalise::normalise(&mut value);
    let own_picture = profile.image.as_ref().filter(|image| image.file.is_some());
    if let (Some(picture), Some(basics)) = (own_picture, value["basics"].as_object_mut()) {
        match image {
            Some(image) => {
                basics.insert("image".to_owned(), Value::from(image));
            }
            None => {
                basics.shift_remove("image");
            }
        }
        if let Some(kept) = own_part(&mut value).and_then(|own| part(own, "image")) {
            kept.insert("src".to_owned(), Value::from(picture.src.as_str()));
        }
    }
    let has_lines = profile.wraps && value.to_string().contains("\\n");
    let notes = [
        ("markdown", has_lines.then_some(Value::Bool(true))),
        ("written", (!originals.is_empty()).then_some(Value::Object(originals))),
    ];
    for (key, note) in notes {
        let Some(note) = note else { continue };
        if let Some(own) = own_part(&mut value) {
            own.insert(key.to_owned(), note);
        }
    }
    value
}

/// `meta.questfolio`, created if missing.
fn own_part(resume: &mut Value) -> Option<&mut Map<String, Value>> {
    part(part(resume.as_object_mut()?, "meta")?, "questfolio")
}

/// The map at a key, created if missing.
fn part<'a>(map: &'a mut Map<String, Value>, key: &str) -> Option<&'a mut Map<String, Value>> {
    let part = map.entry(key).or_insert(Value::Null);
    if !part.is_object() {
        *part = Value::Object(Map::new());
    }
    part.as_object_mut()
}

/// A profile being exported: what all parts of the résumé need.
struct Export<'a> {
    profile: &'a Profile,
    scale: &'a SkillScale,
    audience: Audience,
    /// Declared skills by slug.
    skills: BTreeMap<&'a str, &'a crate::model::profile::Skill>,
}

impl Export<'_> {
    /// Whether an entry may be shown.
    fn shows(&self, private: bool) -> bool {
        self.audience == Audience::Owner || !private
    }

    /// A private field's value, if it may be shown.
    fn guarded<T>(&self, field: PrivateField, value: Option<T>) -> Option<T> {
        value.filter(|_| self.shows(!self.profile.publish.contains(&field)))
    }

    /// Names of skills, without private ones.
    fn skill_names(&self, slugs: &[String]) -> Option<Value> {
        let shown = slugs.iter().filter(|slug| self.shows_skill(slug));
        list(shown.map(|slug| self.skill_name(slug)))
    }

    fn skill_name(&self, slug: &str) -> Value {
        let declared = self.skills.get(slug).map(|skill| skill.name.as_str());
        let mentioned = || self.profile.mentioned.get(slug).map(String::as_str);
        Value::from(declared.or_else(mentioned).unwrap_or(slug))
    }

    fn shows_skill(&self, slug: &str) -> bool {
        self.skills.get(slug).is_none_or(|skill| self.shows(skill.private))
    }

    fn basics(&self) -> Option<Value> {
        let profile = self.profile;
        let mut basics = Entry::new(self.audience);
        basics.put("name", Some(Value::from(profile.name.as_str())));
        basics.put("label", text(&profile.label));
        basics.put("image", profile.image.as_ref().map(|image| Value::from(image.src.as_str())));
        basics.put("email", text(&self.guarded(PrivateField::Email, profile.email.clone())));
        basics.put("phone", text(&self.guarded(PrivateField::Phone, profile.phone.clone())));
        basics.put("url", text(&profile.url));
        basics.put("summary", entry::prose(&profile.summary));
        basics.put("location", profile.location.as_ref().and_then(|it| self.location(it)));
        basics.put("profiles", list(profile.accounts.iter().map(|it| self.account(it))));
        Some(Value::Object(basics.with_extra(&profile.basics_extra)))
    }

    fn location(&self, location: &Location) -> Option<Value> {
        let address = self.guarded(PrivateField::Address, location.address.clone());
        let postal_code = self.guarded(PrivateField::PostalCode, location.postal_code.clone());
        let mut entry = Entry::new(self.audience);
        entry.put("address", text(&address));
        entry.put("postalCode", text(&postal_code));
        entry.put("city", text(&location.city));
        entry.put("countryCode", text(&location.country_code));
        entry.put("region", text(&location.region));
        let shown = entry.with_extra(&location.extra);
        let emptied = shown.is_empty() && self.audience == Audience::Public;
        (!emptied).then_some(Value::Object(shown))
    }

    fn account(&self, account: &Account) -> Value {
        let mut entry = Entry::new(self.audience);
        entry.put("network", text(&account.network));
        entry.put("username", text(&account.username));
        entry.put("url", text(&account.url));
        Value::Object(entry.with_extra(&account.extra))
    }

    fn meta(&self) -> Option<Value> {
        let mut meta: Extra = self.profile.meta.clone();
        let own: Map<String, Value> = self.own();
        if !own.is_empty() {
            meta.shift_remove("questfolio");
            meta.insert("questfolio".to_owned(), Value::Object(own));
        }
        (!meta.is_empty()).then_some(Value::Object(meta))
    }
}
