//! Checks a finished site: links, anchors, ids, alternative texts, requests to other hosts, and
//! private data on pages. Pure: outputs in, report out.

mod finding;
mod html;
mod rules;

use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::load::{Html, Site};
use crate::model::profile::{PrivateField, Profile};
use crate::path::{SitePath, percent_decoded};
use crate::span::Span;
use aho_corasick::AhoCorasick;
use finding::{Findings, Wrong, several};
use html::Page;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Shorter private values would be found everywhere by accident.
const LEAST_PRIVATE: usize = 5;

/// Checks the outputs: `texts` by path; other files only need to exist in `paths`.
pub fn site(site: &Site, texts: &BTreeMap<SitePath, String>, paths: &[SitePath]) -> Report {
    let mut report = Report::default();
    let pages: BTreeMap<&SitePath, Page> = texts
        .par_iter()
        .filter(|(path, _)| path.extension() == "html")
        .map(|(path, text)| (path, html::read(text)))
        .collect();
    let outputs = Outputs { pages: &pages, paths, base: site.config.base_path() };
    let mut findings = Findings::default();
    for (path, page) in &pages {
        for id in &page.repeated_ids {
            let help = "ids are unique on a page: change the template or the heading";
            findings.add(Wrong::RepeatedId, id, path, Some(help.to_owned()));
        }
        for src in &page.without_alt {
            let help = "describe the picture in `alt`, or write `alt=\"\"` if it is decorative";
            findings.add(Wrong::MissingAlt, src, path, Some(help.to_owned()));
        }
        for link in &page.links {
            if let Some((wrong, help)) = outputs.follow(path, link) {
                findings.add(wrong, &link.target, path, help);
            }
        }
    }
    findings.report(&mut report);
    rules::tests(&site.ruleset, &mut report);
    private_data(site, texts, &mut report);
    settings(site, &mut report);
    report.sorted()
}

/// The outputs, in which links are followed.
struct Outputs<'a> {
    pages: &'a BTreeMap<&'a SitePath, Page>,
    /// Sorted.
    paths: &'a [SitePath],
    base: &'a str,
}

impl Outputs<'_> {
    /// What is wrong with a link, and what to write instead.
    fn follow(&self, from: &SitePath, link: &html::Link) -> Option<(Wrong, Option<String>)> {
        if html::is_foreign(&link.target) {
            let help = "copy the file into `static/`: a request to another host reveals your visitors to it";
            return link.is_request.then(|| (Wrong::ForeignRequest, Some(help.to_owned())));
        }
        let (target, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let target = target.split('?').next().unwrap_or_default();
        let Some(file) = resolve(from, target, self.base).filter(|file| self.has(file)) else {
            return Some((Wrong::DeadLink, self.meant(from, target)));
        };
        // In browsers, `#top` is the top of any page.
        let page = self.pages.get(&file).filter(|_| !anchor.is_empty() && anchor != "top")?;
        let is_there = page.ids.contains(anchor)
            || percent_decoded(anchor).is_some_and(|anchor| page.ids.contains(&anchor));
        let near = || nearest(anchor, page.ids.iter().map(String::as_str));
        (!is_there)
            .then(|| (Wrong::DeadAnchor, near().map(|id| format!("did you mean `{target}#{id}`?"))))
    }

    fn has(&self, file: &SitePath) -> bool {
        self.paths.binary_search(file).is_ok()
    }

    fn meant(&self, from: &SitePath, target: &str) -> Option<String> {
        let base = self.base;
        let below = format!("{base}{target}");
        if target.starts_with('/') && resolve(from, &below, base).is_some_and(|it| self.has(&it)) {
            return Some(format!(
                "write `{below}`, or in a template `{{{{ url(path=\"{target}\") }}}}`"
            ));
        }
        let file = resolve(from, target, base)?;
        let Some(near) = nearest(file.as_str(), self.paths.iter().map(SitePath::as_str)) else {
            return Some(format!("there is no `{file}`: put a file at `static/{file}`"))
                .filter(|_| file.extension() != "html");
        };
        let address = near.strip_suffix("index.html").unwrap_or(near);
        Some(format!("did you mean `{base}/{address}`?"))
    }
}

/// The output file that a link on the page `from` points to.
fn resolve(from: &SitePath, target: &str, base: &str) -> Option<SitePath> {
    if target.is_empty() {
        return Some(from.clone());
    }
    let path = match target.strip_prefix('/') {
        Some(_) => target.strip_prefix(base)?.strip_prefix('/')?.to_owned(),
        None => {
            let folder_only = target.ends_with('/') || target == "." || target == "..";
            let resolved = from.resolve(target.trim_end_matches('/'))?.to_string();
            if folder_only { format!("{resolved}/") } else { resolved }
        }
    };
    let path = percent_decoded(&path)?;
    let file =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    SitePath::new(file)
}

fn private_data(site: &Site, texts: &BTreeMap<SitePath, String>, report: &mut Report) {
    let values: Vec<Private<'_>> =
        site.profiles.values().flat_map(|it| private_values(it)).collect();
    for (value, leaks) in leaks(&values, texts) {
        let Private { profile, field, .. } = values[value];
        let (name, leaks) = (&profile.name, several(&leaks, "file"));
        let file = profile.file.as_ref().map(Span::file);
        let key = if matches!(field, "address" | "postalCode") { "location" } else { field };
        report.push(
            Diagnostic::error("private-data", format!("the {field} of {name} appears in {leaks}"))
                .at_opt(profile.places.get(key).cloned().or(file))
                .label("private unless published")
                .help(format!("remove it from the text that repeats it, or add `publish: [{field}]` if you want it published")),
        );
    }
}

/// For each value, by its index, the texts that contain it, in order. All values are searched for
/// at once: one by one, a guild of a thousand takes minutes.
fn leaks<'a>(
    values: &[Private<'_>],
    texts: &'a BTreeMap<SitePath, String>,
) -> BTreeMap<usize, Vec<&'a SitePath>> {
    let search = AhoCorasick::new(values.iter().map(|private| private.value))
        .expect("private data are less than two thousand million bytes");
    let find = |(path, text): (&'a SitePath, &String)| -> (&'a SitePath, BTreeSet<usize>) {
        let found = search.find_overlapping_iter(text);
        (path, found.map(|found| found.pattern().as_usize()).collect())
    };
    let found: Vec<_> = texts.par_iter().map(find).collect();
    let mut leaks: BTreeMap<usize, Vec<&SitePath>> = BTreeMap::new();
    for (path, values) in found {
        for value in values {
            leaks.entry(value).or_default().push(path);
        }
    }
    leaks
}

/// A private value that is declared but not published.
struct Private<'a> {
    profile: &'a Profile,
    /// The word that would publish it.
    field: &'static str,
    value: &'a str,
}

/// The private values that a profile declares but does not publish.
fn private_values(profile: &Profile) -> Vec<Private<'_>> {
    let location = profile.location.as_ref();
    let values = [
        ("email", PrivateField::Email, profile.email.as_deref()),
        ("phone", PrivateField::Phone, profile.phone.as_deref()),
        ("address", PrivateField::Address, location.and_then(|it| it.address.as_deref())),
        ("postalCode", PrivateField::PostalCode, location.and_then(|it| it.postal_code.as_deref())),
    ];
    let references = profile.references.iter().filter_map(|it| it.reference.as_ref());
    let references =
        references.map(|it| ("references", PrivateField::References, Some(it.text.trim())));
    values
        .into_iter()
        .chain(references)
        .filter(|(_, field, _)| !profile.publish.contains(field))
        .filter_map(|(field, _, value)| Some(Private { profile, field, value: value? }))
        .filter(|private| private.value.len() >= LEAST_PRIVATE)
        .collect()
}

fn settings(site: &Site, report: &mut Report) {
    if site.config.url.is_none() {
        report.push(
            Diagnostic::warning("no-url", "the site has no address")
                .help("add `url: https://…` to `site.yaml`, or give `--url`: feeds, the sitemap and previews need it"),
        );
    }
    if site.guild.is_some() && site.config.markdown.html == Html::Trusted {
        report.push(
            Diagnostic::warning(
                "trusted-html",
                "raw HTML from every member is published unchanged",
            )
            .help("use `markdown: {html: trusted}` only where the owner of the site writes all of its content"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_files_of_the_output() {
        let from = SitePath::new("posts/a/index.html").unwrap();
        let file = |target, base| resolve(&from, target, base).map(|path| path.to_string());
        assert_eq!(file("/repo/", "/repo").as_deref(), Some("index.html"));
        assert_eq!(file("/repo/skills/rust/", "/repo").as_deref(), Some("skills/rust/index.html"));
        assert_eq!(file("/skills/", "/repo"), None);
        assert_eq!(file("../b/", "").as_deref(), Some("posts/b/index.html"));
        assert_eq!(file("x%20y.pdf", "").as_deref(), Some("posts/a/x y.pdf"));
        assert_eq!(file("", "").as_deref(), Some("posts/a/index.html"));
    }
}
