//! Keeps values of another tool's résumé that the profile cannot hold unchanged — a null, an empty
//! list, an invalid date, a skill without a name — so that nothing is lost.

use crate::model::json_resume::{Audience, OWN, resume};
use crate::model::profile::{Extra, Profile};
use crate::model::ruleset::SkillScale;
use serde_json::{Map, Value};

/// Keeps every key of `original` whose value the profile would not export unchanged. `refused` are
/// known top-level keys whose values could not be parsed.
pub(super) fn what_differs(
    profile: &mut Profile,
    original: &Value,
    refused: &[String],
    scale: &SkillScale,
) {
    let Some(original) = original.as_object() else { return };
    let given = resume(profile, scale, Audience::Owner);
    for (key, written) in original {
        let back = given.get(key);
        let ours = OWN.contains(&key.as_str());
        let kept = match key.as_str() {
            "basics" => basics(profile, written, back),
            "meta" if written.pointer("/questfolio").is_some_and(Value::is_object) => true,
            _ if ours => !refused.contains(key),
            _ => back == Some(written) || entries(profile, key, written, back),
        };
        if !kept {
            profile.extra.insert(key.clone(), written.clone());
        }
    }
}

/// Keeps what differs in `basics`, unless it is not a map.
fn basics(profile: &mut Profile, written: &Value, back: Option<&Value>) -> bool {
    let (Some(written), Some(back)) = (written.as_object(), back.and_then(Value::as_object)) else {
        return false;
    };
    for (key, value) in written {
        let kept = match (key.as_str(), value) {
            ("location", Value::Object(written)) if profile.location.is_some() => {
                let back = back.get(key).and_then(Value::as_object);
                let location = profile.location.as_mut().map(|it| &mut it.extra);
                location.is_some_and(|extra| keep(extra, written, back))
            }
            ("profiles", Value::Array(written)) => {
                let extras = profile.accounts.iter_mut().map(|it| &mut it.extra).collect();
                each(extras, written, back.get(key))
            }
            _ => back.get(key) == Some(value),
        };
        if !kept {
            profile.basics_extra.insert(key.clone(), value.clone());
        }
    }
    true
}

/// Keeps what differs in each entry of a section, unless the entries do not correspond.
fn entries(profile: &mut Profile, key: &str, written: &Value, back: Option<&Value>) -> bool {
    let Some(written) = written.as_array() else { return false };
    let extras: Vec<&mut Extra> = match key {
        "work" => positions(&mut profile.work),
        "volunteer" => positions(&mut profile.volunteer),
        "education" => profile.education.iter_mut().map(|it| &mut it.extra).collect(),
        "awards" => profile.awards.iter_mut().map(|it| &mut it.extra).collect(),
        "certificates" => profile.certificates.iter_mut().map(|it| &mut it.extra).collect(),
        "publications" => profile.publications.iter_mut().map(|it| &mut it.extra).collect(),
        "skills" => profile.skills.iter_mut().map(|it| &mut it.extra).collect(),
        "languages" => profile.languages.iter_mut().map(|it| &mut it.extra).collect(),
        "interests" => profile.interests.iter_mut().map(|it| &mut it.extra).collect(),
        "references" => profile.references.iter_mut().map(|it| &mut it.extra).collect(),
        "projects" => profile.projects.iter_mut().map(|it| &mut it.extra).collect(),
        _ => return false,
    };
    each(extras, written, back)
}

fn positions(employments: &mut [crate::model::profile::Employment]) -> Vec<&mut Extra> {
    let mut extras = Vec::new();
    for employment in employments {
        match employment.grouped {
            true => extras.extend(employment.positions.iter_mut().map(|it| &mut it.extra)),
            false => extras.push(&mut employment.extra),
        }
    }
    extras
}

fn each(extras: Vec<&mut Extra>, written: &[Value], back: Option<&Value>) -> bool {
    let back = back.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let same = written.len() == extras.len() && written.len() == back.len();
    if !same || written.is_empty() || !written.iter().all(Value::is_object) {
        return false;
    }
    for ((extra, written), back) in extras.into_iter().zip(written).zip(back) {
        if let Some(written) = written.as_object() {
            keep(extra, written, back.as_object());
        }
    }
    true
}

fn keep(
    extra: &mut Extra,
    written: &Map<String, Value>,
    back: Option<&Map<String, Value>>,
) -> bool {
    for (key, value) in written {
        if back.and_then(|back| back.get(key)) != Some(value) {
            extra.insert(key.clone(), value.clone());
        }
    }
    true
}
