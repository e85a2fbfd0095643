//! Differences between two builds: the pages that changed, and the successors of those that were
//! removed.

use crate::diagnostic::nearest;
use crate::path::SitePath;
use crate::serve::served_site::ServedSite;
use std::collections::BTreeMap;

/// What open pages are told after a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildDiff {
    /// URLs of changed, new and removed outputs; `None` if not known.
    pub changed: Option<Vec<String>>,
    /// Removed pages, with the URLs of their successors.
    pub moved: BTreeMap<String, String>,
}

/// The differences between two builds.
pub fn between(before: &ServedSite, after: &ServedSite) -> BuildDiff {
    if before.base != after.base {
        return BuildDiff::default();
    }
    let differs = |path: &&SitePath| {
        let digest = |shown: &ServedSite| shown.outputs.get(*path).map(|it| it.digest);
        digest(before) != digest(after)
    };
    let mut paths: Vec<&SitePath> = before.outputs.keys().chain(after.outputs.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths.retain(differs);
    let is_page = |path: &&SitePath| path.extension() == "html";
    let (gone, rest): (Vec<&SitePath>, Vec<&SitePath>) = paths
        .iter()
        .filter(|path| is_page(path))
        .partition(|path| !after.outputs.contains_key(**path));
    let new: Vec<&SitePath> =
        rest.into_iter().filter(|path| !before.outputs.contains_key(*path)).collect();
    let moved = gone.into_iter().filter_map(|path| {
        let to = successor(path, &new, after)?;
        Some((before.address(path.as_str()), after.address(address(&to))))
    });
    // Removed files other than pages are left out: the pages that used them have changed too, and
    // are reported themselves.
    let is_told = |path: &&&SitePath| is_page(path) || after.outputs.contains_key(**path);
    BuildDiff {
        moved: moved.collect(),
        changed: Some(
            paths.iter().filter(is_told).map(|path| after.address(path.as_str())).collect(),
        ),
    }
}

/// A new page in the same folder (the only one, or the one with the most similar name), or else the
/// nearest parent page.
fn successor(gone: &SitePath, new: &[&SitePath], after: &ServedSite) -> Option<SitePath> {
    let folder = folder_of(gone);
    let beside: Vec<&SitePath> =
        new.iter().copied().filter(|path| folder_of(path) == folder).collect();
    if let [only] = beside[..] {
        return Some(only.clone());
    }
    if let Some(near) = nearest(gone.as_str(), beside.iter().map(|path| path.as_str())) {
        return SitePath::new(near);
    }
    let mut above = folder.to_owned();
    loop {
        let page = SitePath::new(format!("{above}index.html"))?;
        if after.outputs.contains_key(&page) {
            return Some(page);
        }
        let shorter = above.trim_end_matches('/').rfind('/').map_or(0, |at| at + 1);
        if above.is_empty() {
            return None;
        }
        above.truncate(shorter);
    }
}

/// The folder of a page: `posts/` for `posts/a/index.html` and for `posts/a.html`.
fn folder_of(page: &SitePath) -> &str {
    let page = page.as_str();
    let name = page.strip_suffix("/index.html").unwrap_or(page);
    &name[..name.rfind('/').map_or(0, |at| at + 1)]
}

fn address(page: &SitePath) -> &str {
    page.as_str().strip_suffix("index.html").unwrap_or(page.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Fingerprint, Output};

    fn shown(pages: &[(&str, &str)]) -> ServedSite {
        let output = |(path, text): &(&str, &str)| {
            let output = Output::held(Fingerprint::new("x/1"), text.as_bytes().to_vec());
            (SitePath::new(*path).unwrap(), output)
        };
        ServedSite::new(pages.iter().map(output).collect(), "/repo/", "/private/")
    }

    #[test]
    fn a_page_that_is_gone_has_a_successor() {
        let before = shown(&[
            ("index.html", "1"),
            ("posts/index.html", "1"),
            ("posts/early/index.html", "1"),
            ("profiles/ada/index.html", "1"),
            ("style.css", "1"),
        ]);
        let after = shown(&[
            ("index.html", "2"),
            ("posts/index.html", "1"),
            ("profiles/ada-l/index.html", "1"),
            ("profiles/bob/index.html", "1"),
        ]);
        let BuildDiff { changed, moved } = between(&before, &after);
        let moved: Vec<(&str, &str)> =
            moved.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        assert_eq!(
            moved,
            [
                ("/repo/posts/early/index.html", "/repo/posts/"),
                ("/repo/profiles/ada/index.html", "/repo/profiles/ada-l/"),
            ]
        );
        assert_eq!(changed.unwrap().len(), 5, "a style sheet that is gone concerns nobody");
    }
}
