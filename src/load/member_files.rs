//! The files that contain the profiles of a guild's members.

use crate::load::Config;
use crate::model::slug::slugify;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;

/// The file extensions of a profile.
pub(super) const EXTENSIONS: [&str; 3] = ["yaml", "md", "json"];

/// `profiles/ada.yaml`, `profiles/grace/profile.yaml`; not `profiles/ada.de.yaml`, which is a
/// translation.
pub(super) fn member_files(snapshot: &Snapshot, config: &Config) -> Vec<SitePath> {
    let is_profile = |path: &&SitePath| {
        let below = path.strip_prefix("content/profiles").unwrap_or_default();
        let (_, suffix) = path.stem().rsplit_once('.').unwrap_or_default();
        let translated = config.languages.iter().any(|language| language == suffix);
        let placed = match below.split_once('/') {
            None => true,
            Some((_, rest)) => path.stem() == "profile" && !rest.contains('/'),
        };
        placed && !translated && EXTENSIONS.contains(&path.extension())
    };
    let files = snapshot.below("content/profiles").map(|(path, _)| path);
    files.filter(is_profile).cloned().collect()
}

/// `ada` for `profiles/ada.yaml` and `profiles/ada/profile.yaml`.
pub(super) fn slug_of_file(path: &SitePath) -> Option<String> {
    match (path.stem(), path.parent()) {
        ("profile", Some(folder)) => slugify(folder.file_name()),
        (stem, _) => slugify(stem),
    }
}
