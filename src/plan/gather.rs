//! Finds every picture the site will show before anything is rendered, so that all of them can be
//! prepared together.

use super::located::resolve;
use super::memory::{Extent, wanted_of};
use super::pictures::{Pictures, Role, Wanted};
use super::routes::{page_route, post_route};
use super::sheets::Drafts;
use crate::load::Site;
use crate::model::grammar::Shape;
use crate::render::markdown;
use crate::span::Markdown;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Portraits, the crest, and pictures in texts, of these people and within `extent`. Mistakes are
/// reported later, by the code that shows the picture.
pub(crate) fn pictures(
    site: &Site,
    drafts: &Drafts,
    people: Option<&BTreeSet<&str>>,
    extent: Extent<'_>,
    pictures: &Pictures<'_>,
) -> Vec<Wanted> {
    let (config, text) = (&site.config, pictures.in_texts());
    let named = |role, picture| Wanted::named(config, text, role, picture);
    let profiles = wanted_of(&site.profiles, people);
    let profiles = || profiles.iter().map(|(_, profile)| profile);
    let portraits = profiles().filter_map(|profile| profile.image.as_ref());
    let mut wanted: Vec<Wanted> = portraits.filter_map(|it| named(Role::Portrait, it)).collect();
    let projects = profiles().flat_map(|profile| profile.shown_projects());
    let of_projects = projects.filter_map(|project| project.image.as_ref());
    wanted.extend(of_projects.filter_map(|it| named(Role::Whole, it)));
    let guild = site.guild.as_ref();
    let crest = guild.and_then(|guild| guild.crest.as_ref());
    wanted.extend(crest.and_then(|it| named(Role::Crest, it)));
    let in_text = |md: &Markdown, shape: Shape| -> Vec<Wanted> {
        let from = md.origin.as_ref().map(|origin| &origin.file);
        let files = markdown::pictures(md, shape).into_iter();
        let files = files.filter_map(|it| pictures.located(from, &it));
        files.map(|file| Wanted::in_text(config, text, file)).collect()
    };
    let prose = wanted_of(drafts, people).into_par_iter();
    let prose = prose.flat_map_iter(|(_, row)| &row.value.prose);
    wanted.par_extend(prose.flat_map_iter(|prose| in_text(&prose.source, prose.shape)));
    let pages = site.pages.par_iter().filter(|page| extent.shows(&page_route(page)));
    let posts = site.posts.par_iter().filter(|post| extent.shows(&post_route(post)));
    wanted.par_extend(pages.chain(posts).flat_map_iter(|page| {
        let top = page.image.as_ref().and_then(|it| named(Role::Whole, it));
        in_text(&page.body, Shape::Page).into_iter().chain(top)
    }));
    let description = guild.and_then(|guild| guild.description.as_ref());
    wanted.extend(description.into_iter().flat_map(|it| in_text(it, Shape::Field)));
    wanted
}

/// Pictures shown anywhere but as the portrait of their own profile: in projects or texts, as the
/// guild's crest, or by another profile. Paths are in NFC, since a text may use another normal form
/// than the disk.
pub fn shown_elsewhere(site: &Site) -> BTreeSet<String> {
    let profiles = || site.profiles.values();
    let guild = site.guild.as_ref();
    let projects = profiles().flat_map(|it| &it.projects).filter_map(|it| it.image.as_ref());
    let crest = guild.and_then(|guild| guild.crest.as_ref());
    let tops = site.pages.iter().chain(&site.posts).filter_map(|page| page.image.as_ref());
    let named = projects.chain(crest).chain(tops).filter_map(|picture| picture.file.clone());
    let pages = site.pages.iter().chain(&site.posts).map(|page| (&page.body, Shape::Page));
    let people = profiles().flat_map(|it| it.about.iter().chain(&it.summary));
    let fields = people.chain(guild.and_then(|guild| guild.description.as_ref()));
    let texts = pages.chain(fields.map(|field| (field, Shape::Field)));
    let in_texts = texts.flat_map(|(text, shape)| {
        let from = text.origin.as_ref().map(|origin| &origin.file);
        markdown::pictures(text, shape).into_iter().filter_map(move |it| resolve(from, &it))
    });
    let mut shown: BTreeSet<String> = named.chain(in_texts).map(|it| it.composed()).collect();
    let mut portraits = BTreeSet::new();
    for file in profiles().filter_map(|it| it.image.as_ref()?.file.as_ref()) {
        if !portraits.insert(file) {
            shown.insert(file.composed());
        }
    }
    shown
}
