//! The site's icons, made from its mark: `favicon.svg` and `favicon.ico` for tabs, PNGs for home
//! screens, and the manifest that lists them. A file in the site's own `static/` replaces any of
//! them.

use super::drawings::Studio;
use super::pictures::is_drawing;
use super::routes::{Routes, file_of};
use super::task::Task;
use super::views::{IconView, IconsView};
use crate::diagnostic::Report;
use crate::engine::Job;
use crate::load::Site;
use crate::path::SitePath;
use crate::render::drawing::Form;
use crate::theme::Var;
use std::sync::Arc;

const TEMPLATE: &str = "icon.svg";
const SVG: &str = "/favicon.svg";
const ICO: &str = "/favicon.ico";
const APPLE: &str = "/apple-touch-icon.png";
const MANIFEST: &str = "/site.webmanifest";

/// The mark alone, for tabs and lists.
const PLAIN: [(&str, Form); 3] = [
    (ICO, Form::Ico),
    ("/icon-192.png", Form::Icon { edge: 192, opaque: false }),
    ("/icon-512.png", Form::Icon { edge: 512, opaque: false }),
];
/// The mark on a background: operating systems cut these to their own shape.
const FILLED: [(&str, Form); 2] = [
    (APPLE, Form::Icon { edge: 180, opaque: true }),
    ("/icon-maskable.png", Form::Icon { edge: 512, opaque: true }),
];

/// Every icon that the site does not bring itself.
pub(crate) fn jobs(studio: &Studio<'_>, report: &mut Report) -> Vec<Job<Task>> {
    let stage = studio.stage;
    let theme = stage.theme();
    let mut jobs = Vec::new();
    for (is_filled, icons) in [(false, &PLAIN[..]), (true, &FILLED[..])] {
        let mut vars = stage.implicit();
        vars.insert("icon", Arc::new(Var::new(IconView { filled: is_filled })));
        let Some(svg) = report.ok(studio.svg(theme, TEMPLATE, vars)).flatten() else { continue };
        let task = |form| studio.task(theme, TEMPLATE, &svg, Vec::new(), edge(form), form);
        jobs.extend(icons.iter().map(|(route, form)| (*route, task(*form))));
        if !is_filled && has_svg(stage.site) {
            jobs.push((SVG, Some(own_drawing(studio).unwrap_or(Task::Text(svg)))));
        }
    }
    jobs.push((MANIFEST, Some(manifest(studio))));
    let is_ours = |path: &SitePath| !stage.site.has_static(path);
    let job = |(route, task): (&str, Option<Task>)| {
        Some(Job { path: file_of(route).filter(is_ours)?, task: task? })
    };
    jobs.into_iter().filter_map(job).collect()
}

/// Width in pixels of the largest picture.
fn edge(form: Form) -> u32 {
    match form {
        Form::Icon { edge, .. } => edge,
        Form::Ico | Form::Card => 192,
    }
}

fn manifest(studio: &Studio<'_>) -> Task {
    let mut vars = studio.stage.implicit();
    vars.insert("mark", studio.mark.var.clone());
    let templates = studio.stage.theme().templates.clone();
    Task::Page { templates, template: "site.webmanifest".to_owned(), vars, origin: None }
}

/// The guild's crest, if it is an SVG.
fn own_drawing(studio: &Studio<'_>) -> Option<Task> {
    let file = studio.stage.site.guild.as_ref()?.crest.as_ref()?.file.as_ref()?;
    let source = studio.pictures.file(file).filter(|_| is_drawing(file))?;
    Some(Task::Copy(source.clone()))
}

/// Whether the mark can be drawn as SVG.
fn has_svg(site: &Site) -> bool {
    let crest = site.guild.as_ref().and_then(|guild| guild.crest.as_ref());
    let file = crest.and_then(|crest| crest.file.as_ref());
    file.is_none_or(is_drawing) || site.has_static(&SitePath::new("favicon.svg").expect("sound"))
}

/// URLs of the icons, for the `<head>` of pages.
pub(crate) fn view(site: &Site, routes: &Routes) -> IconsView {
    IconsView {
        svg: has_svg(site).then(|| routes.href(SVG)),
        ico: routes.href(ICO),
        apple: routes.href(APPLE),
        manifest: routes.href(MANIFEST),
    }
}

/// URLs of all icons, for links in content.
pub(crate) fn addresses(site: &Site) -> impl Iterator<Item = String> {
    let drawn = PLAIN.iter().chain(&FILLED).map(|(route, _)| *route);
    let svg = has_svg(site).then_some(SVG);
    drawn.chain([MANIFEST]).chain(svg).map(str::to_owned)
}
