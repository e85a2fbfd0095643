//! Every URL that a link in content may point to.

use super::memory::{Memory, PlacesSource};
use super::routes::Routes;
use super::{cards, extras, icons};
use crate::engine::memo::Same;
use crate::load::Site;
use crate::path::percent_decoded;
use crate::theme::Themes;
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The URLs of a site. Those of theme files are kept apart: they are few and change with every edit
/// of a stylesheet; the others are many and seldom change.
#[derive(Debug)]
pub(crate) struct Places {
    of_site: Arc<BTreeSet<String>>,
    of_themes: BTreeSet<String>,
}

impl Places {
    pub(super) fn new(
        site: &Site,
        themes: &Themes,
        routes: &Arc<Routes>,
        memory: &Memory,
    ) -> Places {
        let assets = themes.iter().flat_map(|theme| theme.assets.iter());
        Places {
            of_site: of_site(site, routes, memory),
            of_themes: assets.map(|asset| format!("/{}", asset.path)).collect(),
        }
    }

    /// The published spelling of this URL: file names may be percent-encoded or in another Unicode
    /// normal form.
    pub(super) fn find(&self, address: &str) -> Option<String> {
        let is_there = |it: &String| self.of_site.contains(it) || self.of_themes.contains(it);
        if is_there(&address.to_owned()) {
            return Some(address.to_owned());
        }
        let plain = percent_decoded(address)?;
        let spellings = [plain.nfc().collect(), plain.nfd().collect(), plain];
        spellings.into_iter().find(is_there)
    }

    /// All URLs, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.of_site.union(&self.of_themes).map(String::as_str)
    }
}

fn of_site(site: &Site, routes: &Arc<Routes>, memory: &Memory) -> Arc<BTreeSet<String>> {
    let source = PlacesSource {
        routes: Same(routes.clone()),
        config: site.config.clone(),
        statics: site.statics.clone(),
        icons: icons::addresses(site).collect(),
    };
    let icons = source.icons.clone();
    memory.places.get(source, || {
        let mut places: BTreeSet<String> = routes.all().map(str::to_owned).collect();
        places.extend(["/skills/", "/404.html"].map(str::to_owned));
        if !site.posts.is_empty() {
            places.insert("/posts/".to_owned());
        }
        places.extend(extras::addresses(site));
        places.extend(cards::addresses(site, routes));
        places.extend(icons);
        let statics = site.statics.iter().filter_map(|path| path.strip_prefix("static"));
        places.extend(statics.map(|inside| format!("/{inside}")));
        places
    })
}
