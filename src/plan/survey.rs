//! What a site publishes, as a directory. It is kept from one build to the next, as most edits change
//! only what pages show.

use super::directory::{Directory, DirectorySource};
use super::{files, kind};
use crate::digest::Digest;
use crate::engine::memo::{ByAddress, Memo};
use crate::load::{Page, Site};
use crate::path::SitePath;
use crate::theme::Themes;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The directory of a site with these published skills (slug → name).
pub(super) fn directory(
    site: &Site,
    themes: &Themes,
    skills: &Arc<BTreeMap<String, String>>,
    cache: &Memo<DirectorySource, Directory>,
) -> Arc<Directory> {
    let source = DirectorySource {
        config: site.config.clone(),
        skills: ByAddress(skills.clone()),
        statics: site.statics.clone(),
        drafts: site.drafts.clone(),
        others: digest(site, themes),
    };
    let wording = &themes.named(None).wording;
    cache.get(source, || {
        let (entries, files) = (kind::entries(site, skills, wording), files::entries(site, themes));
        Directory::new(&site.config, entries, files, site.drafts.clone())
    })
}

fn digest(site: &Site, themes: &Themes) -> Digest {
    let mut text = String::new();
    for profile in site.profiles.values() {
        let file = profile.file.as_ref().map(SitePath::as_str).unwrap_or_default();
        add(&mut text, [&profile.slug, &profile.name, file]);
    }
    if let Some(guild) = &site.guild {
        let crest = guild.crest.as_ref().and_then(|crest| crest.file.as_ref());
        add(&mut text, ["guild", &guild.name, crest.map(SitePath::as_str).unwrap_or_default()]);
    }
    for page in site.pages.iter().chain(&site.posts) {
        let Page { file, slug, title, .. } = page;
        let others = (page.weight, page.date, page.updated, &page.aliases, &page.aliases_at);
        add(&mut text, [file.as_str(), slug, title, &format!("{others:?}")]);
    }
    let wording = &themes.named(None).wording;
    add(&mut text, [&wording.writing, &wording.skills, &wording.not_found_title]);
    for asset in themes.iter().flat_map(|theme| theme.assets.iter()) {
        add(&mut text, [asset.path.as_str()]);
    }
    Digest::of_bytes(text.as_bytes())
}

/// Appends values with their lengths, so that no two lists of values give the same text.
fn add<const N: usize>(text: &mut String, values: [&str; N]) {
    for value in values {
        write!(text, "{}:{value}", value.len()).expect("a string takes everything");
    }
}
