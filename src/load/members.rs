//! The profiles of a site: finds their files and reads the members.

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::member_files::{EXTENSIONS, slug_of_file};
use crate::load::memory::{self, Memory};
use crate::load::page::Page;
use crate::load::profile::ProfileReader;
use crate::load::{Config, misnamed};
use crate::model::profile::Profile;
use crate::model::ruleset::Ruleset;
use crate::model::slug::is_slug;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The people of a site.
pub(super) struct Members {
    /// Every profile that could be parsed, by slug.
    pub(super) profiles: BTreeMap<String, Arc<Profile>>,
    /// All slugs, including those of profiles that could not be parsed: references to them are
    /// valid.
    pub(super) slugs: Arc<BTreeSet<String>>,
}

/// Reads every profile.
pub(super) fn members(
    snapshot: &Snapshot,
    config: &Config,
    is_guild: bool,
    ruleset: &Arc<Ruleset>,
    memory: &Memory,
    report: &mut Report,
) -> Members {
    let solo = solo_files(snapshot);
    let members = memory.member_files(snapshot, config);
    let is_hidden = solo.is_empty() && members.files.is_empty() && misnamed::hide_profile(snapshot);
    if snapshot.holds_site() && !is_hidden {
        check_kind(is_guild, &solo, &members.files, report);
    }
    // A second profile of a solo site has been reported and is not read.
    let files = if is_guild { &members.files } else { &solo[..solo.len().min(1)] };
    let reader = ProfileReader::new(snapshot, ruleset);
    let sources = memory::sources(snapshot, ruleset, files);
    let read = memory.profiles.all(sources, |path, _, _| {
        let mut report = Report::default();
        (reader.read(path, &mut report).map(Arc::new), report)
    });
    let mut found: Vec<(&SitePath, &Arc<Profile>)> = Vec::with_capacity(read.len());
    for (path, row) in read.iter() {
        let (profile, its_report) = &*row.value;
        report.extend(its_report.clone());
        found.extend(profile.as_ref().map(|profile| (path, profile)));
    }
    // The sort is stable: of equal slugs, the first in file order stays first.
    found.sort_by(|(_, a), (_, b)| a.slug.cmp(&b.slug));
    found.dedup_by(|(path, profile), (_, first)| {
        let is_taken = profile.slug == first.slug;
        if is_taken {
            report.push(duplicate(path, first));
        }
        is_taken
    });
    let profiles: BTreeMap<String, Arc<Profile>> =
        found.into_iter().map(|(_, profile)| (profile.slug.clone(), profile.clone())).collect();
    let slugs = match is_guild {
        true => members.slugs.clone(),
        false => {
            let of_files = files.iter().filter_map(slug_of_file);
            Arc::new(profiles.keys().cloned().chain(of_files).collect())
        }
    };
    if is_guild {
        check_followed(&slugs, &profiles, report);
    }
    Members { profiles, slugs }
}

fn solo_files(snapshot: &Snapshot) -> Vec<SitePath> {
    let entry = |extension| snapshot.entry(&format!("content/profile.{extension}"));
    EXTENSIONS.into_iter().filter_map(entry).map(|(path, _)| path.clone()).collect()
}

/// A site belongs to one person or to a guild; reports a mix of both.
fn check_kind(is_guild: bool, solo: &[SitePath], members: &[SitePath], report: &mut Report) {
    match (is_guild, solo, members) {
        (true, [first, ..], _) => report.push(
            Diagnostic::error("solo-or-guild", format!("a guild cannot have `{first}`"))
                .in_file(first)
                .help("move it to `content/profiles/`, or remove `guild.yaml`"),
        ),
        (false, [first, ..], [member, ..]) => report.push(
            Diagnostic::error(
                "solo-or-guild",
                format!("the site has both `{first}` and `content/profiles/`"),
            )
            .in_file(first)
            .related(Span::file(member), "the first of the others")
            .help("for a guild, write `guild.yaml` and move it to `content/profiles/`"),
        ),
        (false, [], [first, ..]) => report.push(
            Diagnostic::error(
                "solo-or-guild",
                "a site with several profiles is a guild and needs `guild.yaml`",
            )
            .in_file(first)
            .help("write `guild.yaml` with `name:`, or move the profile to `content/profile.yaml`"),
        ),
        (true, [], []) => {
            report.push(Diagnostic::error("no-profile", "this guild has no members").help(
                "write `content/profiles/ada.yaml`; `questfolio new --guild` writes an example",
            ))
        }
        (false, [], []) => report.push(
            Diagnostic::error("no-profile", "this site has no profile")
                .help("write `content/profile.yaml`; `questfolio new` writes an example"),
        ),
        (false, [_, second, ..], []) => report.push(
            Diagnostic::error("duplicate-profile", format!("`{second}` is a second profile"))
                .in_file(second)
                .help("keep one of the two"),
        ),
        (true, [], _) | (false, [_], []) => {}
    }
}

fn duplicate(path: &SitePath, first: &Profile) -> Diagnostic {
    let message = format!("two profiles are called `{}`", first.slug);
    let diagnostic = Diagnostic::error("duplicate-profile", message)
        .in_file(path)
        .help("rename one of the files");
    match &first.file {
        Some(file) => diagnostic.related(Span::file(file), "the other one"),
        None => diagnostic,
    }
}

/// People followed by slug must be members; others are followed by URL.
fn check_followed(
    slugs: &BTreeSet<String>,
    profiles: &BTreeMap<String, Arc<Profile>>,
    report: &mut Report,
) {
    let followed = profiles.values().flat_map(|it| it.following.iter().zip(&it.following_at));
    for (name, at) in followed.filter(|(name, _)| is_slug(name) && !slugs.contains(*name)) {
        let known = slugs.iter().map(String::as_str);
        let diagnostic =
            Diagnostic::error("unknown-member", format!("there is no member `{name}`"))
                .at(at.clone())
                .help(did_you_mean(name, known).unwrap_or_else(|| {
                    "to follow somebody elsewhere, write an address: `https://…`".into()
                }));
        report.push(diagnostic);
    }
}

/// An author is a member, or any other name; a word that is almost a member's slug is reported as a
/// typo.
pub(super) fn check_authors<'a>(
    is_guild: bool,
    slugs: &BTreeSet<String>,
    pages: impl Iterator<Item = &'a Page>,
    report: &mut Report,
) {
    if !is_guild {
        return;
    }
    for page in pages {
        for (author, at) in page.authors.iter().zip(&page.authors_at) {
            if !is_slug(author) || slugs.contains(author) {
                continue;
            }
            let known = slugs.iter().map(String::as_str);
            let message = format!("there is no member `{author}`, so the name is shown as written");
            let help = did_you_mean(author, known);
            let diagnostic = Diagnostic::warning("unknown-author", message).at(at.clone()).help(
                help.unwrap_or("for somebody who is not a member, write the full name".into()),
            );
            report.push(diagnostic);
        }
    }
}
