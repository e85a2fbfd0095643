//! Looks over a finished site: links, anchors, ids, alternative texts, requests to other hosts, and
//! private data that reached a page. Pure: from outputs to a report.

mod html;

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::{Html, Site};
use crate::model::profile::{PrivateField, Profile};
use crate::path::{SitePath, percent_decoded};
use html::Page;
use std::collections::BTreeMap;

/// A private value shorter than this is found everywhere by accident.
const LEAST_PRIVATE: usize = 5;

/// Looks over the outputs, given as text by path; what is no text is only looked up.
pub fn site(site: &Site, texts: &BTreeMap<SitePath, String>, paths: &[SitePath]) -> Report {
    let mut report = Report::default();
    let pages: BTreeMap<&SitePath, Page> = texts
        .iter()
        .filter(|(path, _)| path.extension() == "html")
        .map(|(path, text)| (path, html::read(text)))
        .collect();
    let base = site.config.base_path();
    for (path, page) in &pages {
        ids(path, page, &mut report);
        alternatives(path, page, &mut report);
        for link in &page.links {
            follow(path, link, base, &pages, paths, &mut report);
        }
    }
    private_data(site, texts, &mut report);
    settings(site, &mut report);
    report.sorted()
}

fn ids(path: &SitePath, page: &Page, report: &mut Report) {
    for id in &page.repeated_ids {
        let message = format!("`{path}` has the id `{id}` twice");
        report.push(Diagnostic::error("duplicate-id", message).help("ids are unique on a page: change the template or the heading"));
    }
}

fn alternatives(path: &SitePath, page: &Page, report: &mut Report) {
    for src in &page.without_alt {
        let message = format!("the picture `{src}` on `{path}` has no alternative text");
        report.push(
            Diagnostic::warning("missing-alt", message)
                .help("say in `alt` what it shows, or write `alt=\"\"` if it is decoration"),
        );
    }
}

fn follow(
    path: &SitePath,
    link: &html::Link,
    base: &str,
    pages: &BTreeMap<&SitePath, Page>,
    paths: &[SitePath],
    report: &mut Report,
) {
    if html::is_foreign(&link.target) {
        if link.is_request {
            let message = format!("`{path}` loads `{}` from another host", link.target);
            report.push(
                Diagnostic::warning("foreign-request", message)
                    .help("put the file into `static/`: visitors are not told on"),
            );
        }
        return;
    }
    let (target, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
    let target = target.split('?').next().unwrap_or_default();
    let Some(file) = resolve(path, target, base) else {
        let message = format!("`{path}` links to `{}`, which is not below the site", link.target);
        report.push(Diagnostic::error("dead-link", message).help(format!("addresses of this site begin with `{base}/`")));
        return;
    };
    if !paths.contains(&file) && paths.binary_search(&file).is_err() {
        let message = format!("`{path}` links to `{}`, which is not published", link.target);
        let help = did_you_mean(file.as_str(), pages.keys().map(|page| page.as_str()));
        report.push(Diagnostic::error("dead-link", message).help_opt(help));
    } else if !anchor.is_empty()
        && let Some(page) = pages.get(&file)
        && !page.ids.contains(anchor)
    {
        let message = format!("`{path}` links to `{}`, but there is no `#{anchor}`", link.target);
        let help = did_you_mean(anchor, page.ids.iter().map(String::as_str));
        report.push(Diagnostic::error("dead-anchor", message).help_opt(help));
    }
}

/// The output a link leads to, seen from the page it stands on.
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
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
    SitePath::new(file)
}

fn private_data(site: &Site, texts: &BTreeMap<SitePath, String>, report: &mut Report) {
    for profile in site.profiles.values() {
        for (field, value) in private_values(profile) {
            let leaks = texts.iter().filter(|(_, text)| text.contains(value));
            for (path, _) in leaks.take(3) {
                let message = format!("`{path}` shows the {field} of `{}`", profile.slug);
                report.push(
                    Diagnostic::error("private-data", message)
                        .at_opt(profile.file.as_ref().map(crate::span::Span::file))
                        .help(format!("if that is meant, add `publish: [{field}]` to the profile; else take it out of the text that repeats it")),
                );
            }
        }
    }
}

/// What is declared and not published, with the word that would publish it.
fn private_values(profile: &Profile) -> Vec<(&'static str, &str)> {
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
        .filter_map(|(word, _, value)| Some((word, value?)))
        .filter(|(_, value)| value.len() >= LEAST_PRIVATE)
        .collect()
}

fn settings(site: &Site, report: &mut Report) {
    if site.config.url.is_none() {
        report.push(
            Diagnostic::warning("no-url", "the site does not know its address")
                .help("add `url: https://…` to site.yaml, or build with `--url`: feeds, the sitemap and previews need it"),
        );
    }
    if site.guild.is_some() && site.config.markdown.html == Html::Trusted {
        report.push(
            Diagnostic::warning("trusted-html", "raw HTML of every member is published as it stands")
                .help("`markdown: {html: trusted}` is for a site whose content is all the owner's own"),
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
