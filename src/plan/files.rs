//! Published files other than pages, pictures and drawings.

use super::context::Context;
use super::directory::{Entry, FileEntry, FileKind, file_of};
use super::task::Task;
use super::{feeds, icons, kind};
use crate::engine::Job;
use crate::load::{Page, Site};
use crate::path::SitePath;
use crate::render::sitemap::{self, SitemapEntry};
use crate::render::xml;
use crate::source::snapshot::Snapshot;
use crate::span::Span;
use crate::theme::Themes;

const ROBOTS: &str = "/robots.txt";
const SITEMAP: &str = "/sitemap.xml";
/// Tells GitHub Pages to publish the files as they are.
const NO_JEKYLL: &str = "/.nojekyll";

/// Every file of a site that is not a page.
pub(crate) fn entries(site: &Site, themes: &Themes) -> Vec<FileEntry> {
    let sitemap = site.config.url.is_some().then_some(SITEMAP);
    let generated = [ROBOTS].into_iter().chain(sitemap).chain(feeds::routes(&site.config));
    let generated = generated.map(|route| FileEntry {
        kind: FileKind::Generated,
        route: route.to_owned(),
        source: None,
    });
    let themed = themes.iter().flat_map(|theme| theme.assets.iter()).map(|asset| FileEntry {
        kind: FileKind::Theme,
        route: format!("/{}", asset.path),
        source: None,
    });
    let statics = site.statics.iter().filter_map(|path| {
        let route = format!("/{}", path.strip_prefix("static")?);
        Some(FileEntry { kind: FileKind::Static, route, source: Some(Span::file(path)) })
    });
    let redirects = site.pages.iter().chain(&site.posts).flat_map(|page| {
        page.aliases.iter().zip(&page.aliases_at).map(|(alias, at)| FileEntry {
            kind: FileKind::Redirect,
            route: alias_route(alias),
            source: Some(at.clone()),
        })
    });
    kind::sheet::files(site)
        .chain(icons::files(site))
        .chain(generated)
        .chain(themed)
        .chain(statics)
        .chain(redirects)
        .collect()
}

fn alias_route(alias: &str) -> String {
    let route = format!("/{}", alias.trim_matches('/'));
    if route.ends_with(".html") { route } else { format!("{route}/") }
}

/// The jobs of `robots.txt`, the sitemap, redirects, and files of `static/`.
pub(crate) fn jobs(context: &Context<'_>, snapshot: &Snapshot) -> Vec<Job<Task>> {
    let Context { site, directory, .. } = context;
    let sitemap_url = directory.absolute(SITEMAP);
    let mut texts = Vec::new();
    texts.push((NO_JEKYLL, String::new()));
    texts.push((ROBOTS, sitemap::robots(sitemap_url.as_deref())));
    texts.retain(|(route, _)| file_of(route).is_some_and(|path| !site.has_static(&path)));
    if sitemap_url.is_some() {
        texts.push((SITEMAP, sitemap::sitemap(&sitemap_entries(context))));
    }
    let text = |(route, text)| Some(Job { path: file_of(route)?, task: Task::Text(text) });
    let mut jobs: Vec<Job<Task>> = texts.into_iter().filter_map(text).collect();
    for page in site.pages.iter().chain(&site.posts) {
        jobs.extend(redirects(context, page));
    }
    jobs.extend(site.statics.iter().filter_map(|path| {
        let file = snapshot.file(path.as_str())?;
        let path = SitePath::new(path.strip_prefix("static")?)?;
        Some(Job { path, task: Task::Copy(file.clone()) })
    }));
    jobs
}

/// The jobs of the themes' files, which every page may need.
pub(crate) fn theme_jobs(context: &Context<'_>) -> Vec<Job<Task>> {
    let assets = context.themes.iter().flat_map(|theme| theme.assets.iter());
    assets
        .map(|asset| Job { path: asset.path.clone(), task: Task::Copy(asset.file.clone()) })
        .collect()
}

/// Every page of the sitemap with its absolute URL, each once, in route order.
fn sitemap_entries(context: &Context<'_>) -> Vec<SitemapEntry> {
    let mut entries: Vec<&Entry> =
        context.directory.entries().filter(|entry| entry.in_sitemap).collect();
    entries.dedup_by(|a, b| a.route == b.route);
    let place = |entry: &Entry| {
        Some(SitemapEntry {
            url: context.directory.absolute(&entry.route)?,
            updated: entry.updated,
        })
    };
    entries.into_iter().filter_map(place).collect()
}

/// The pages at earlier addresses of a page, which lead to the present one.
fn redirects(context: &Context<'_>, page: &Page) -> Vec<Job<Task>> {
    let Some(entry) = context.directory.text(&page.file) else { return Vec::new() };
    let redirect_job = |alias: &String| {
        let task = Task::Text(redirect(context, entry));
        Some(Job { path: file_of(&alias_route(alias))?, task })
    };
    page.aliases.iter().filter_map(redirect_job).collect()
}

/// A page that redirects from an old address to the current one.
fn redirect(context: &Context<'_>, entry: &Entry) -> String {
    let href = xml::escape(&context.directory.href(&entry.route));
    let canonical = context
        .directory
        .absolute(&entry.route)
        .map_or_else(|| href.clone(), |it| xml::escape(&it));
    let title = xml::escape(&entry.title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta name=\"robots\" content=\"noindex\">\n</head>\n<body>\n<p><a href=\"{href}\">{title}</a></p>\n</body>\n</html>\n",
        xml::escape(context.edition.language()),
    )
}
