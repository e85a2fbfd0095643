//! Stylesheets, fonts and icons of a theme, published under names that contain their digest, so
//! that browsers may cache them forever. References inside stylesheets are rewritten.

use super::layers::{Layered, Layers};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::digest::Digest;
use crate::path::SitePath;
use crate::source::snapshot::File;
use crate::span::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// Every static file of a theme, by its path below `static/`.
#[derive(Debug, Default)]
pub struct Assets {
    files: BTreeMap<String, Asset>,
    /// Files of the site's own `static/`, published unchanged, under their own path only. Values
    /// are their URLs below the base, with a query that changes with their bytes.
    own: BTreeMap<String, String>,
}

/// A static file, ready to publish.
#[derive(Debug)]
pub struct Asset {
    /// `assets/codex/css/codex.1f0a….css`
    pub path: SitePath,
    /// Its contents: in a stylesheet, references are already rewritten.
    pub file: File,
}

impl Assets {
    /// Collects the nearest file for each path. Stylesheets come after the files they refer to.
    pub(crate) fn collect(layers: &Layers, theme: &str, report: &mut Report) -> Assets {
        let union = layers.union("static");
        let mut assets = Assets { own: own(&union), ..Assets::default() };
        let union: BTreeMap<String, &Layered> =
            union.into_iter().filter(|(name, _)| !assets.own.contains_key(name)).collect();
        for (name, layered) in union.iter().filter(|(name, _)| !name.ends_with(".css")) {
            assets.add(theme, name, layered.file.clone());
        }
        let mut open = Vec::new();
        for name in union.keys().filter(|name| name.ends_with(".css")) {
            assets.add_sheet(theme, name, &union, &mut open, report);
        }
        assets
    }

    /// The URL of a file below the site's base.
    pub fn url(&self, name: &str) -> Option<&str> {
        let own = || self.own.get(name).map(String::as_str);
        self.files.get(name).map(|asset| asset.path.as_str()).or_else(own)
    }

    /// Names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.own.keys()).map(String::as_str)
    }

    /// All files to publish.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.files.values()
    }

    /// Every name with its URL: what templates can see of the assets.
    pub(crate) fn urls(&self) -> BTreeMap<&str, &str> {
        let own = self.own.iter().map(|(name, url)| (name.as_str(), url.as_str()));
        let files = self.files.iter().map(|(name, asset)| (name.as_str(), asset.path.as_str()));
        files.chain(own).collect()
    }

    fn add(&mut self, theme: &str, name: &str, file: File) {
        let path = hashed_path(theme, name, file.digest);
        self.files.insert(name.to_owned(), Asset { path, file });
    }

    fn add_sheet(
        &mut self,
        theme: &str,
        name: &str,
        union: &BTreeMap<String, &Layered>,
        open: &mut Vec<String>,
        report: &mut Report,
    ) {
        if self.files.contains_key(name)
            || self.own.contains_key(name)
            || open.iter().any(|other| other == name)
        {
            return;
        }
        let Some(layered) = union.get(name) else { return };
        let Some(text) = layered.file.text() else {
            self.add(theme, name, layered.file.clone());
            return;
        };
        open.push(name.to_owned());
        let mut rewritten = String::with_capacity(text.len());
        let mut done = 0;
        for range in references(text) {
            let reference = &text[range.clone()];
            let Some((target, rest)) = local_target(name, reference) else { continue };
            if target.ends_with(".css") {
                self.add_sheet(theme, &target, union, open, report);
            }
            let of_theme = self.files.get(&target).map(|asset| relative(theme, name, &asset.path));
            let of_site = || self.own.contains_key(&target).then(|| from_root(name, &target));
            match of_theme.or_else(of_site) {
                Some(address) => {
                    rewritten.push_str(&text[done..range.start]);
                    rewritten.push_str(&address);
                    rewritten.push_str(rest);
                    done = range.end;
                }
                None => report.push(
                    Diagnostic::error("missing-asset", format!("there is no file `{target}`"))
                        .at(Span::new(&layered.source, range))
                        .label("not in the `static/` folder of this theme")
                        .help(
                            did_you_mean(&target, union.keys().map(String::as_str))
                                .unwrap_or_else(|| format!("put it at `static/{target}`")),
                        ),
                ),
            }
        }
        rewritten.push_str(&text[done..]);
        open.pop();
        self.add(theme, name, File::held(rewritten.as_bytes()));
    }
}

/// The files of the site's own `static/`, whether or not the theme has a file of the same path. A
/// stylesheet that refers to a theme's file is not included: that file is published under another
/// name, so the stylesheet must be rewritten.
fn own(union: &BTreeMap<String, &Layered>) -> BTreeMap<String, String> {
    let is_own = |name: &str| {
        union.get(name).is_some_and(|it| it.source.strip_prefix("static") == Some(name))
    };
    let mut own = BTreeMap::new();
    for (name, layered) in union.iter().filter(|(name, _)| is_own(name)) {
        let text = layered.file.text().filter(|_| name.ends_with(".css")).unwrap_or_default();
        let stands_alone = references(text).into_iter().all(|range| {
            let target = local_target(name, &text[range]);
            target.is_none_or(|(target, _)| is_own(&target))
        });
        if stands_alone {
            let digest = &layered.file.digest.short()[..10];
            own.insert(name.clone(), format!("{name}?v={digest}"));
        }
    }
    own
}

/// The reference from a theme's stylesheet to a file of the site's own.
fn from_root(sheet: &str, file: &str) -> String {
    format!("{}{file}", "../".repeat(sheet.matches('/').count() + 2))
}

fn hashed_path(theme: &str, name: &str, digest: Digest) -> SitePath {
    let digest = &digest.short()[..10];
    let hashed = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{digest}.{extension}"),
        None => format!("{name}.{digest}"),
    };
    SitePath::new(format!("assets/{theme}/{hashed}")).expect("joined from sound paths")
}

/// The reference from one stylesheet to another file of the same theme.
fn relative(theme: &str, from: &str, to: &SitePath) -> String {
    let up = "../".repeat(from.matches('/').count());
    let inside = to.strip_prefix(&format!("assets/{theme}")).unwrap_or(to.as_str());
    format!("{up}{inside}")
}

/// The path below `static/` that a reference points to, with its `#fragment`; `None` if it points
/// elsewhere.
fn local_target<'a>(sheet: &str, reference: &'a str) -> Option<(String, &'a str)> {
    let end = reference.find(['#', '?']).unwrap_or(reference.len());
    let (path, rest) = reference.split_at(end);
    let foreign = path.is_empty() || path.starts_with('/') || path.contains(':');
    if foreign {
        return None;
    }
    let target = SitePath::new(sheet)?.resolve(path)?;
    Some((target.to_string(), rest))
}

/// The byte ranges of the addresses in `url(…)` and `@import "…"`, without quotes. Comments are
/// skipped.
fn references(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = css.get(at..).filter(|rest| !rest.is_empty()) {
        let step = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(inner) = rest.strip_prefix("url(") {
            let length = inner.find(')').unwrap_or(inner.len());
            found.extend(unquoted(at + 4, &inner[..length]));
            length + 4
        } else if rest.starts_with("@import \"") || rest.starts_with("@import '") {
            let quote = rest.as_bytes()[8] as char;
            let length = rest[9..].find(quote).unwrap_or(0);
            found.push(at + 9..at + 9 + length);
            9 + length
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
    }
    found
}

fn unquoted(start: usize, text: &str) -> Option<Range<usize>> {
    let left = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let quoted = trimmed.len() >= 2 && trimmed.starts_with(['"', '\'']);
    let (left, length) = if quoted { (left + 1, trimmed.len() - 2) } else { (left, trimmed.len()) };
    (length > 0).then_some(start + left..start + left + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_wherever_they_stand() {
        let css = "/* url(no.png) */ @import \"a.css\"; b{src:url( '../f.woff2' ),url(g.svg#x)}";
        let found: Vec<&str> = references(css).into_iter().map(|range| &css[range]).collect();
        assert_eq!(found, ["a.css", "../f.woff2", "g.svg#x"]);
    }

    #[test]
    fn only_local_references_are_followed() {
        let target = |reference| local_target("css/a.css", reference);
        assert_eq!(target("../fonts/x.woff2"), Some(("fonts/x.woff2".into(), "")));
        assert_eq!(target("g.svg#x"), Some(("css/g.svg".into(), "#x")));
        assert_eq!(target("data:image/png;base64,AA"), None);
        assert_eq!(target("#x"), None);
        assert_eq!(target("../../x"), None);
    }
}
