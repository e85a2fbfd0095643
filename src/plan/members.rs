//! The members of a site in short form, as lists of people show them.

use super::bare_sheets::{BareSheet, BareSheets};
use super::context::Context;
use super::directory::PageKind;
use super::views::MemberView;
use crate::engine::memo::{ByAddress, Memo, Table, reuse_if_equal};
use crate::load::Site;
use crate::model::roster;
use crate::render::image::PictureView;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The inputs of a member's row in lists.
#[derive(Clone, PartialEq)]
struct RowSource {
    bare: ByAddress<BareSheet>,
    party: Option<String>,
    picture: Option<PictureView>,
    url: String,
}

/// The members of earlier builds.
#[derive(Debug, Default)]
pub(super) struct MemberTables {
    rows: Table<String, RowSource, MemberRow>,
    members: Memo<Vec<ByAddress<MemberView>>, Members>,
}

/// A member in lists, with its sort key.
#[derive(Debug)]
pub(crate) struct MemberRow {
    view: Arc<MemberView>,
    sorted_by: String,
}

/// Every member in short form, by name.
pub(crate) fn members(
    context: &Context<'_>,
    bare_sheets: &BareSheets,
    portraits: &BTreeMap<String, PictureView>,
    cache: &MemberTables,
) -> Arc<Members> {
    let directory = context.directory;
    let parties = parties(context.site);
    let source = |slug: &str, bare: &Arc<BareSheet>| RowSource {
        bare: ByAddress(bare.clone()),
        party: parties.get(slug).map(|party| (*party).to_owned()),
        picture: portraits.get(slug).cloned(),
        url: directory
            .find(PageKind::Sheet, slug)
            .map(|sheet| directory.href(&sheet.route))
            .unwrap_or_default(),
    };
    let sources = bare_sheets.iter().map(|(slug, row)| (slug.as_str(), source(slug, &row.value)));
    let rows = cache.rows.all(sources, |_, source, old| {
        let row = roster::row(&source.bare.0.sheet, source.party.clone());
        let sorted_by = context.name_key(&row.name);
        let view = MemberView { url: source.url.clone(), picture: source.picture.clone(), row };
        MemberRow { view: reuse_if_equal(view, old.map(|old| &old.view)), sorted_by }
    });
    let mut sorted: Vec<&MemberRow> = rows.values().map(|row| &*row.value).collect();
    // Equal names stay ordered by slug, as the sort is stable.
    sorted.sort_by(|a, b| a.sorted_by.cmp(&b.sorted_by));
    let views = sorted.iter().map(|row| ByAddress(row.view.clone())).collect();
    cache.members.get(views, || Members::new(sorted.iter().map(|row| row.view.clone())))
}

/// Member → the party named in the profile, or else the first in `guild.yaml` that lists them.
fn parties(site: &Site) -> BTreeMap<&str, &str> {
    let mut parties = BTreeMap::new();
    for (slug, profile) in &site.profiles {
        parties.extend(profile.party.as_deref().map(|party| (slug.as_str(), party)));
    }
    for (party, members) in site.guild.iter().flat_map(|guild| &guild.parties) {
        for member in members {
            parties.entry(member.as_str()).or_insert(party.as_str());
        }
    }
    parties
}

/// The members of a site in short form.
#[derive(Debug)]
pub(crate) struct Members {
    /// Ordered by name.
    pub all: Vec<Arc<MemberView>>,
    /// Index in `all`, by slug.
    indices: BTreeMap<String, usize>,
    /// Indices in `all` of a party's members, by party name.
    parties: BTreeMap<String, Vec<usize>>,
}

impl Members {
    fn new(views: impl Iterator<Item = Arc<MemberView>>) -> Members {
        let all: Vec<Arc<MemberView>> = views.collect();
        let indices = all.iter().enumerate().map(|(index, it)| (it.row.slug.clone(), index));
        let mut parties: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, member) in all.iter().enumerate() {
            if let Some(party) = &member.row.party {
                parties.entry(party.clone()).or_default().push(index);
            }
        }
        Members { indices: indices.collect(), parties, all }
    }

    pub(super) fn get(&self, slug: &str) -> Option<&Arc<MemberView>> {
        self.indices.get(slug).map(|index| &self.all[*index])
    }

    /// Other members of the same party, at most six.
    pub(super) fn companions(&self, slug: &str, party: Option<&str>) -> Vec<Arc<MemberView>> {
        let members = party.and_then(|party| self.parties.get(party));
        let members = members.into_iter().flatten().map(|index| &self.all[*index]);
        members.filter(|member| member.row.slug != slug).take(6).cloned().collect()
    }
}
