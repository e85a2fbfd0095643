//! A picture that a file refers to: `image: avatar.jpg`, or with focus and alternative text.

use crate::diagnostic::{Diagnostic, nearest};
use crate::load::read::Reader;
use crate::model::profile::Portrait;
use crate::model::url;
use crate::path::SitePath;
use crate::source::snapshot::{Snapshot, Unread};
use crate::source::yaml::Node;

/// As `portrait`, of a picture that is shown whole and so has no focus.
pub fn whole(
    read: &mut Reader<'_>,
    name: &str,
    node: &Node,
    snapshot: &Snapshot,
) -> Option<Portrait> {
    let keys = node.as_map().unwrap_or_default();
    if let Some((key, _)) = keys.iter().find(|(key, _)| key.name == "focus") {
        let at = read.key_span(key);
        let message = "`focus` has no effect here: only portraits are cropped";
        read.report.push(Diagnostic::warning("not-read", message).at(at).help("take it out"));
    }
    let picture = portrait(read, name, node, snapshot)?;
    Some(Portrait { focus: None, ..picture })
}

/// Reads a picture: a text, or `{src, focus, alt}`. A picture of the site itself must exist.
pub fn portrait(
    read: &mut Reader<'_>,
    name: &str,
    node: &Node,
    snapshot: &Snapshot,
) -> Option<Portrait> {
    let mut portrait =
        Portrait { src: String::new(), file: None, focus: None, alt: None, at: None };
    let source = match node.as_map() {
        None => Some(node),
        Some(_) => {
            let mut fields = read.fields(node, "a picture");
            let source = fields.required("src", |_, node| Some(node));
            portrait.focus = fields.optional("focus", focus);
            portrait.alt = fields.optional_text("alt");
            fields.finish();
            source
        }
    }?;
    portrait.src = read.text(name, source)?.trim().to_owned();
    portrait.at = Some(read.span(source));
    if portrait.src.is_empty() {
        return None;
    }
    if matches!(url::check(&portrait.src), Ok(url::Kind::Web)) {
        let message = format!("`{name}` is on another host and is not fetched, so it is not shown");
        let diagnostic = Diagnostic::warning("picture-elsewhere", message)
            .at(read.span(source))
            .help("save it next to this file and write its name here");
        read.report.push(diagnostic);
        return Some(portrait);
    }
    if portrait.src.starts_with("data:") {
        let diagnostic =
            Diagnostic::error("picture-inline", format!("`{name}` contains a picture as text"))
                .at(read.span(source))
                .help("save it as a file next to this one and write its name here");
        read.report.push(diagnostic);
        return None;
    }
    portrait.file = Some(find(read, source, &portrait.src, snapshot)?);
    Some(portrait)
}

/// The file referred to, relative to the file with the reference; a leading `/` is the site's root.
fn find(
    read: &mut Reader<'_>,
    node: &Node,
    written: &str,
    snapshot: &Snapshot,
) -> Option<SitePath> {
    let path = match written.strip_prefix('/') {
        Some(rest) => SitePath::new(rest),
        None => read.file.resolve(written),
    };
    let Some(path) = path else {
        let diagnostic = Diagnostic::error(
            "picture-outside",
            format!("`{written}` is not a path inside the site"),
        )
        .at(read.span(node))
        .help("copy the picture next to the file that names it");
        read.report.push(diagnostic);
        return None;
    };
    if let Some((on_disk, _)) = snapshot.entry(path.as_str()) {
        return Some(on_disk.clone());
    }
    let diagnostic = obstacle(written, &path, snapshot)
        .unwrap_or_else(|| missing(written, &path, snapshot))
        .at(read.span(node));
    read.report.push(diagnostic);
    None
}

/// The diagnostic if something other than a file is at the picture's path: a folder, a link.
pub(crate) fn obstacle(written: &str, path: &SitePath, snapshot: &Snapshot) -> Option<Diagnostic> {
    let is_folder = || snapshot.below(path.as_str()).next().is_some();
    let diagnostic = match snapshot.unread(path) {
        Some(Unread::Link) => {
            let message =
                format!("`{written}` is behind a symbolic link, and links are not followed");
            Diagnostic::error("picture-link", message)
                .help("replace the link with a copy of the file")
        }
        Some(Unread::Special) => {
            let message = format!("`{written}` is a device, a pipe or a socket");
            Diagnostic::error("picture-special", message).help("put a picture in its place")
        }
        Some(Unread::Denied) => Diagnostic::error(
            "picture-unreadable",
            format!("`{written}` cannot be read: permission denied"),
        )
        .help("check the permissions of the file and its folder"),
        None if is_folder() => {
            Diagnostic::error("picture-folder", format!("`{written}` is a folder"))
                .help("write the name of a picture in it")
        }
        None => return None,
    };
    Some(diagnostic)
}

fn missing(written: &str, path: &SitePath, snapshot: &Snapshot) -> Diagnostic {
    let folder = path.parent();
    let beside = snapshot.files().map(|(it, _)| it).filter(|it| it.parent() == folder);
    let help = match nearest(path.file_name(), beside.map(SitePath::file_name)) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "put it next to the file that names it".to_owned(),
    };
    Diagnostic::error("missing-picture", format!("there is no file `{written}`")).help(help)
}

/// `[0.5, 0.3]`: fractions of width and height.
pub(super) fn focus(read: &mut Reader<'_>, node: &Node) -> Option<(u16, u16)> {
    let part = |node: &Node| {
        let value = node.as_number()?.as_f64()?;
        (0.0..=1.0).contains(&value).then_some((value * 1000.0).round() as u16)
    };
    if let Some([x, y]) = node.as_list()
        && let (Some(x), Some(y)) = (part(x), part(y))
    {
        return Some((x, y));
    }
    let help = "for example, write `[0.5, 0.3]`: half of the way across, a third of the way down";
    read.wrong_kind("focus", "two numbers from 0 to 1", node, Some(help.into()));
    None
}
