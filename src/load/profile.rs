//! A profile's file → model::Profile.

use crate::diagnostic::Report;
use crate::load::document;
use crate::load::fields::Fields;
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;

/// Reads one profile.
pub fn profile(
    snapshot: &Snapshot,
    path: &SitePath,
    _ruleset: &Ruleset,
    report: &mut Report,
) -> Option<Profile> {
    let (file, node) = document::yaml(snapshot, path.as_str(), report)?;
    let mut fields = Fields::new(&node, file, "a profile", report);
    let name = fields.text("name")?;
    let stem = match file.stem() {
        "profile" => file.parent()?.file_name().to_owned(),
        stem => stem.to_owned(),
    };
    Some(Profile { slug: slugify(&stem)?, file: Some(file.clone()), name, ..Profile::default() })
}
