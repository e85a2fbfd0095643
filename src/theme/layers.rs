//! A theme as a stack of layers, nearest first: the site's own root, the theme, the themes it
//! extends, and finally the built-in theme. A file is taken from the first layer that has its path.

use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::path::SitePath;
use crate::source::snapshot::{File, Snapshot};
use crate::source::yaml;
use crate::span::Span;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The theme that all themes extend.
pub(crate) const BUILT_IN: &str = "codex";

/// The layer that is the site's own root (`templates/`, `static/`, `i18n/`,
/// `fonts/`).
pub(crate) const SITE_LAYER: &str = "site";

/// The folders in the root that make up this layer.
pub(super) const SITE_FOLDERS: [&str; 4] = ["templates", "static", "i18n", "fonts"];

/// The maximum length of a chain of `extends`.
const MAX_DEPTH: usize = 8;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

static EMBEDDED_FILES: LazyLock<BTreeMap<SitePath, File>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    collect(&EMBEDDED, &mut files);
    files
});

fn collect(dir: &'static Dir<'static>, files: &mut BTreeMap<SitePath, File>) {
    for file in dir.files() {
        if let Some(path) = SitePath::from_relative(file.path()) {
            files.insert(path, File::held(file.contents()));
        }
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// The text of a file of a built-in theme, by the path it would have in a site
/// (`themes/codex/theme.yaml`), to show in messages about it.
pub fn embedded_source(path: &SitePath) -> Option<&'static str> {
    EMBEDDED_FILES.get(path.strip_prefix("themes")?)?.text()
}

/// One layer: a folder of a theme, or the site's root.
#[derive(Debug)]
pub struct Layer {
    /// `site`, or the theme's name.
    pub name: String,
    files: BTreeMap<String, Layered>,
}

/// A file with its origin.
#[derive(Clone, Debug)]
pub struct Layered {
    /// Its path in the site; for a built-in theme, the path it would have there.
    pub source: SitePath,
    /// The file.
    pub file: File,
}

/// The layers of one theme, nearest first.
#[derive(Debug)]
pub struct Layers {
    layers: Vec<Layer>,
}

impl Layers {
    /// The layers of `name`, following `extends:`.
    pub fn open(snapshot: &Snapshot, name: &str, report: &mut Report) -> Layers {
        let mut layers = vec![site_layer(snapshot)];
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            let layer = theme_layer(snapshot, &name);
            let parent = layer.manifest().and_then(extends);
            next = parent.and_then(|(parent, at)| {
                let names = theme_names(snapshot);
                if !names.contains(&parent) {
                    report.push(unknown_theme(&parent, &names).at(at));
                    return None;
                }
                let again = parent == name || layers.iter().any(|layer| layer.name == parent);
                if again || layers.len() > MAX_DEPTH {
                    report.push(circle(&layer, &parent, again).at(at));
                    return None;
                }
                Some(parent)
            });
            let last = next.is_none() && name != BUILT_IN;
            layers.push(layer);
            if last && !layers.iter().any(|layer| layer.name == BUILT_IN) {
                next = Some(BUILT_IN.to_owned());
            }
        }
        Layers { layers }
    }

    /// Nearest first.
    pub fn iter(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter()
    }

    /// The nearest file at this path within a theme.
    pub fn find(&self, path: &str) -> Option<&Layered> {
        self.layers.iter().find_map(|layer| layer.files.get(path))
    }

    /// Every layer's file at this path, nearest first.
    pub fn all<'a>(&'a self, path: &'a str) -> impl DoubleEndedIterator<Item = &'a Layered> {
        self.layers.iter().filter_map(move |layer| layer.files.get(path))
    }

    /// The nearest file for each path below `folder`; keys are relative to `folder`.
    pub fn union<'a>(&'a self, folder: &'a str) -> BTreeMap<String, &'a Layered> {
        let mut union = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            for (path, file) in layer.below(folder) {
                union.insert(path.to_owned(), file);
            }
        }
        union
    }
}

impl Layer {
    /// Its files below `folder`; paths are relative to `folder`.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Layered)> {
        self.files.iter().filter_map(move |(path, file)| {
            Some((path.strip_prefix(folder)?.strip_prefix('/')?, file))
        })
    }

    /// Its `theme.yaml`.
    pub fn manifest(&self) -> Option<&Layered> {
        self.files.get("theme.yaml")
    }
}

/// The names of all available themes.
pub(crate) fn theme_names(snapshot: &Snapshot) -> Vec<String> {
    let on_disk = snapshot.below("themes").filter_map(|(path, _)| theme_of(path));
    let built_in = EMBEDDED_FILES.keys().filter_map(|path| path.as_str().split('/').next());
    let mut names: Vec<String> = on_disk.chain(built_in).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

fn theme_of(path: &SitePath) -> Option<&str> {
    path.strip_prefix("themes")?.split_once('/').map(|(name, _)| name)
}

fn site_layer(snapshot: &Snapshot) -> Layer {
    let files = SITE_FOLDERS
        .into_iter()
        .flat_map(|folder| snapshot.below(folder))
        .map(|(path, file)| {
            (path.to_string(), Layered { source: path.clone(), file: file.clone() })
        })
        .collect();
    Layer { name: SITE_LAYER.to_owned(), files }
}

/// The built-in files of a theme, overridden by those on disk.
fn theme_layer(snapshot: &Snapshot, name: &str) -> Layer {
    let mut files = BTreeMap::new();
    for (path, file) in EMBEDDED_FILES.iter() {
        let Some(inside) = path.strip_prefix(name) else { continue };
        let source = SitePath::new(format!("themes/{path}")).expect("joined from sound paths");
        files.insert(inside.to_owned(), Layered { source, file: file.clone() });
    }
    let folder = format!("themes/{name}");
    for (path, file) in snapshot.below(&folder) {
        let inside = path.strip_prefix(&folder).unwrap_or_default().to_owned();
        files.insert(inside, Layered { source: path.clone(), file: file.clone() });
    }
    Layer { name: name.to_owned(), files }
}

fn circle(layer: &Layer, parent: &str, again: bool) -> Diagnostic {
    let name = &layer.name;
    let message = match again {
        true if name == parent => format!("theme `{name}` extends itself"),
        true => format!("theme `{name}` extends `{parent}`, which in turn extends it"),
        false => format!("more than {MAX_DEPTH} themes extend each other"),
    };
    Diagnostic::error("theme-circle", message)
        .help("remove `extends:` to build on the built-in theme")
}

/// The theme that this one extends, if any; mistakes are reported by `Manifest::read`.
fn extends(layered: &Layered) -> Option<(String, Span)> {
    let mut unheard = Report::default();
    let node = yaml::parse(&layered.source, layered.file.text()?, 0, &mut unheard)?;
    let parent = node.get("extends").filter(|parent| !parent.is_null())?;
    Some((parent.as_str()?.to_owned(), Span::new(&layered.source, parent.at.clone())))
}

/// The diagnostic for a theme that is not among `names`.
pub(super) fn unknown_theme(name: &str, names: &[String]) -> Diagnostic {
    let all = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let help = did_you_mean(name, names.iter().map(String::as_str))
        .unwrap_or_else(|| format!("available: {all}; or add your own in `themes/{name}/`"));
    Diagnostic::error("unknown-theme", format!("there is no theme called `{name}`")).help(help)
}
