//! Every picture the site is going to show, found before anything is rendered, so that all of them
//! are prepared together.

use super::memory::wanted_of;
use super::pictures::{Role, Wanted};
use super::sheets::Drafts;
use super::surroundings::resolve;
use crate::load::Site;
use crate::render::markdown;
use crate::span::Markdown;
use crate::theme::TextPictures;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Portraits, the crest, and pictures in texts; of profiles those that are `wanted`. Mistakes are
/// left to whoever shows the picture.
pub(crate) fn pictures(
    site: &Site,
    drafts: &Drafts,
    people: Option<&BTreeSet<&str>>,
    text: &TextPictures,
) -> Vec<Wanted> {
    let config = &site.config;
    let named = |role, picture| Wanted::named(config, text, role, picture);
    let profiles = wanted_of(&site.profiles, people);
    let profiles = || profiles.iter().map(|(_, profile)| profile);
    let portraits = profiles().filter_map(|profile| profile.image.as_ref());
    let mut wanted: Vec<Wanted> = portraits.filter_map(|it| named(Role::Portrait, it)).collect();
    let projects = profiles().flat_map(|profile| profile.shown_projects());
    let of_projects = projects.filter_map(|project| project.image.as_ref());
    wanted.extend(of_projects.filter_map(|it| named(Role::Project, it)));
    let guild = site.guild.as_ref();
    let crest = guild.and_then(|guild| guild.crest.as_ref());
    wanted.extend(crest.and_then(|it| named(Role::Crest, it)));
    let in_text = |md: &Markdown| -> Vec<Wanted> {
        let from = md.origin.as_ref().map(|origin| &origin.file);
        let files = markdown::pictures(md).into_iter().filter_map(|it| resolve(from, &it));
        files.map(|file| Wanted::in_text(config, text, file)).collect()
    };
    let prose = wanted_of(drafts, people).into_par_iter();
    let prose = prose.flat_map_iter(|(_, row)| &row.value.prose);
    wanted.par_extend(prose.flat_map_iter(|prose| in_text(&prose.source)));
    wanted.par_extend(
        site.pages.par_iter().chain(&site.posts).flat_map_iter(|page| in_text(&page.body)),
    );
    wanted.extend(
        guild.and_then(|guild| guild.description.as_ref()).map(in_text).unwrap_or_default(),
    );
    wanted
}
