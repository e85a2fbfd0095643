//! The caches that loading keeps from one build to the next: results that need many files.

use super::{Config, catalogue, member_files, misnamed, ruleset};
use crate::diagnostic::Report;
use crate::digest::Digest;
use crate::engine::memo::{ByAddress, Memo, Table};
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Results of earlier loads, each stored with its inputs.
#[derive(Debug, Default)]
pub struct Memory {
    misnamed: Memo<Digest, Report>,
    ruleset: Memo<Digests, (Arc<Ruleset>, Report)>,
    members: Memo<(Digest, Vec<String>), MemberFiles>,
    pub(super) profiles: Table<SitePath, ProfileSource, (Option<Arc<Profile>>, Report)>,
}

/// The contents of some files.
type Digests = Vec<(SitePath, Digest)>;

/// The files that contain the profiles of a guild, and their slugs.
#[derive(Debug)]
pub(super) struct MemberFiles {
    pub(super) files: Vec<SitePath>,
    pub(super) slugs: Arc<BTreeSet<String>>,
}

/// Everything that a profile is read from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ProfileSource {
    /// Digest of all file names, because a profile refers to some files.
    names: Digest,
    /// Decides which entries are still ongoing.
    today: Date,
    ruleset: ByAddress<Ruleset>,
    file: Option<Digest>,
    /// Digest of `about.md` beside it.
    about: Option<Digest>,
}

/// The file with the backstory, beside the profile.
const ABOUT: &str = "about.md";

/// The inputs of each of these profiles. `files` is sorted by path, so that one pass through the
/// snapshot finds them all.
pub(super) fn sources<'a>(
    snapshot: &'a Snapshot,
    ruleset: &'a Arc<Ruleset>,
    profiles: &'a [SitePath],
) -> impl Iterator<Item = (&'a SitePath, ProfileSource)> {
    let mut files =
        profiles.first().map(|first| snapshot.from(first.parent())).into_iter().flatten();
    let mut about: Option<(&SitePath, Digest)> = None;
    profiles.iter().map(move |profile| {
        // `about.md` sorts before `profile.yaml`.
        let file = files.find_map(|(path, file)| {
            if path.file_name() == ABOUT {
                about = Some((path, file.digest));
            }
            (path == profile).then_some(file.digest)
        });
        let about = about.filter(|(about, _)| folder_of(about) == folder_of(profile));
        let source = ProfileSource {
            names: snapshot.names(),
            today: snapshot.today,
            ruleset: ByAddress(ruleset.clone()),
            file,
            about: about.map(|(_, digest)| digest),
        };
        (profile, source)
    })
}

fn folder_of(path: &SitePath) -> &str {
    &path.as_str()[..path.as_str().len() - path.file_name().len()]
}

impl Memory {
    pub(super) fn misnamed(&self, snapshot: &Snapshot, report: &mut Report) {
        let said = self.misnamed.get(snapshot.names(), || {
            let mut report = Report::default();
            misnamed::report(snapshot, &mut report);
            report
        });
        report.extend((*said).clone());
    }

    pub(super) fn ruleset(&self, snapshot: &Snapshot, report: &mut Report) -> Arc<Ruleset> {
        let lists = ["skills", "classes"].into_iter();
        let files = lists.flat_map(|plural| catalogue::files(snapshot, plural));
        let files = files.chain(SitePath::new("rules.yaml"));
        let digest = |path: SitePath| Some((snapshot.file(path.as_str())?.digest, path));
        let source = files.filter_map(digest).map(|(digest, path)| (path, digest)).collect();
        let read = self.ruleset.get(source, || {
            let mut report = Report::default();
            (Arc::new(ruleset(snapshot, &mut report)), report)
        });
        report.extend(read.1.clone());
        read.0.clone()
    }

    pub(super) fn member_files(&self, snapshot: &Snapshot, config: &Config) -> Arc<MemberFiles> {
        self.members.get((snapshot.names(), config.languages.clone()), || {
            let files = member_files::member_files(snapshot, config);
            let slugs: BTreeSet<String> =
                files.iter().filter_map(member_files::slug_of_file).collect();
            MemberFiles { files, slugs: Arc::new(slugs) }
        })
    }
}
