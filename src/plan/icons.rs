//! The site's icons, made from its mark: `favicon.svg` and `favicon.ico` for tabs, PNGs for home
//! screens, and the manifest that lists them. A file in the site's own `static/` replaces any of
//! them.

use super::directory::{Directory, FileEntry, FileKind, file_of};
use super::drawings::DrawingContext;
use super::pictures::is_drawing;
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
pub(crate) fn jobs(drawing: &DrawingContext<'_>, report: &mut Report) -> Vec<Job<Task>> {
    let context = drawing.context;
    let theme = context.theme();
    let mut jobs = Vec::new();
    for (is_filled, icons) in [(false, &PLAIN[..]), (true, &FILLED[..])] {
        let mut vars = context.implicit();
        vars.insert("icon", Arc::new(Var::new(IconView { filled: is_filled })));
        let Some(svg) = report.ok(drawing.svg(theme, TEMPLATE, vars)).flatten() else { continue };
        let task = |form| drawing.task(theme, TEMPLATE, &svg, Vec::new(), edge(form), form);
        jobs.extend(icons.iter().map(|(route, form)| (*route, task(*form))));
        if !is_filled && has_svg(context.site) {
            jobs.push((SVG, Some(own_drawing(drawing).unwrap_or(Task::Text(svg)))));
        }
    }
    jobs.push((MANIFEST, Some(manifest(drawing))));
    let is_ours = |path: &SitePath| !context.site.has_static(path);
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

fn manifest(drawing: &DrawingContext<'_>) -> Task {
    let mut vars = drawing.context.implicit();
    vars.insert("mark", drawing.mark.var.clone());
    let templates = drawing.context.theme().templates.clone();
    Task::Page { templates, template: "site.webmanifest".to_owned(), vars, origin: None }
}

/// The guild's crest, if it is an SVG.
fn own_drawing(drawing: &DrawingContext<'_>) -> Option<Task> {
    let file = drawing.context.site.guild.as_ref()?.crest.as_ref()?.file.as_ref()?;
    let source = drawing.pictures.file(file).filter(|_| is_drawing(file))?;
    Some(Task::Copy(source.clone()))
}

/// Whether the mark can be drawn as SVG.
fn has_svg(site: &Site) -> bool {
    let crest = site.guild.as_ref().and_then(|guild| guild.crest.as_ref());
    let file = crest.and_then(|crest| crest.file.as_ref());
    file.is_none_or(is_drawing)
}

/// URLs of the icons, for the `<head>` of pages.
pub(crate) fn view(directory: &Directory) -> IconsView {
    IconsView {
        svg: directory.has_file(SVG).then(|| directory.href(SVG)),
        ico: directory.href(ICO),
        apple: directory.href(APPLE),
        manifest: directory.href(MANIFEST),
    }
}

/// Every icon of the site, and the manifest.
pub(crate) fn files(site: &Site) -> impl Iterator<Item = FileEntry> {
    let drawn = PLAIN.iter().chain(&FILLED).map(|(route, _)| *route);
    let svg = has_svg(site).then_some(SVG);
    drawn.chain([MANIFEST]).chain(svg).map(|route| FileEntry {
        kind: FileKind::Generated,
        route: route.to_owned(),
        source: None,
    })
}
