//! Sections: a page and all pages below it, in reading order.

use super::directory::{Directory, Entry, PageKind};
use super::views::{PageLink, PageView, SectionView};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The largest section that is listed on each of its pages: listing n pages on n pages would make
/// the output grow with the square of the input. Neighbours are always linked.
const MOST_LISTED: usize = 50;

/// Weight and title of each page, by slug.
type Ranks<'a> = BTreeMap<&'a str, (i64, &'a str)>;

/// The sections of a site, by the first segment of their URLs.
#[derive(Debug)]
pub(crate) struct Sections<'a> {
    by_root: BTreeMap<&'a str, Vec<&'a Entry>>,
    /// The index of each page in its section.
    indices: BTreeMap<&'a str, usize>,
}

impl<'a> Sections<'a> {
    /// Every page with those below it, the page itself first. A page without others below it is in
    /// no section.
    pub(crate) fn of(directory: &'a Directory) -> Sections<'a> {
        let pages = directory.of_kind(PageKind::Page);
        let rank = |page: &'a Entry| (page.slug.as_str(), (page.weight, page.title.as_str()));
        let ranks: Ranks<'_> = pages.iter().map(rank).collect();
        let mut by_root: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for page in pages.iter().filter(|page| !page.slug.is_empty()) {
            by_root.entry(root(&page.slug)).or_default().push(page);
        }
        by_root.retain(|_, pages| pages.len() > 1);
        for pages in by_root.values_mut() {
            pages.sort_by(|a, b| reading_order(&ranks, &a.slug, &b.slug));
        }
        let indexed = by_root.values().flat_map(|pages| pages.iter().enumerate());
        let indices = indexed.map(|(index, page)| (page.slug.as_str(), index)).collect();
        Sections { by_root, indices }
    }

    /// Adds the page's section and its neighbours there to the variable `page`.
    pub(crate) fn add_to(&self, view: &mut PageView, page: &Entry, directory: &Directory) {
        let Some(pages) = self.by_root.get(root(&page.slug)) else { return };
        let Some(here) = self.indices.get(page.slug.as_str()).copied() else { return };
        let url = |page: &Entry| directory.href(&page.route);
        let place = |page: &&Entry| PageLink { title: page.title.clone(), url: url(page) };
        view.previous = here.checked_sub(1).and_then(|index| pages.get(index)).map(place);
        view.next = pages.get(here + 1).map(place);
        let is_listed = pages.len() <= MOST_LISTED;
        view.section = pages
            .iter()
            .filter(|_| is_listed)
            .map(|page| SectionView {
                title: page.title.clone(),
                url: url(page),
                depth: page.slug.matches('/').count(),
            })
            .collect();
    }
}

fn root(slug: &str) -> &str {
    slug.split('/').next().unwrap_or(slug)
}

/// Parents before their children, siblings by weight, title and address.
fn reading_order(ranks: &Ranks<'_>, a: &str, b: &str) -> Ordering {
    let mut steps = prefixes(a).zip(prefixes(b));
    let differing = steps.find(|(a, b)| a != b);
    let Some((a, b)) = differing else { return a.len().cmp(&b.len()) };
    let rank = |slug| ranks.get(slug).copied().unwrap_or((0, slug));
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}

/// `a/b/c` → `a`, `a/b`, `a/b/c`.
fn prefixes(slug: &str) -> impl Iterator<Item = &str> {
    slug.match_indices('/').map(|(at, _)| &slug[..at]).chain([slug])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_parents_first_and_siblings_by_weight() {
        let ranks = [("m", 9), ("m/a", 2), ("m/a/deep", 0), ("m/b", 1), ("m/c/only", 5)];
        let ranks: Ranks<'_> =
            ranks.into_iter().map(|(slug, weight)| (slug, (weight, slug))).collect();
        let mut slugs: Vec<&str> = ranks.keys().rev().copied().collect();
        slugs.sort_by(|a, b| reading_order(&ranks, a, b));
        // `m/c` does not exist as a page, so its weight is 0.
        assert_eq!(slugs, ["m", "m/c/only", "m/b", "m/a", "m/a/deep"]);
    }
}
