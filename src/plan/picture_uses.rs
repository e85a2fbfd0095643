//! Which pictures a site shows, apart from portraits on their own sheets.

use super::resolve::resolve;
use crate::load::Site;
use crate::model::grammar::Shape;
use crate::render::markdown;
use std::collections::BTreeSet;

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
