//! Layers of files → templates, options, texts of the interface, and assets. Themes are trusted;
//! content is not.

mod assets;
mod colour;
mod drawing_lint;
mod fit;
mod fonts;
mod layers;
mod manifest;
mod missing_texts;
mod options;
mod reading;
mod template_errors;
mod template_help;
mod templates;
mod texts;

pub use assets::Assets;
pub use fonts::Fonts;
pub use layers::{Layers, embedded_source};
use manifest::Strictness;
pub use manifest::{Manifest, TextPictures};
pub use options::{OptionKind, ThemeOption};
pub use templates::{Rendered, Templates, Var, Vars};
pub use texts::english;

use crate::diagnostic::{Diagnostic, Report};
use crate::digest::Digest;
use crate::engine::memo::Memo;
use crate::load::{Config, Site};
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::source::snapshot::Snapshot;
use crate::span::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An opened theme: everything needed to render pages.
#[derive(Debug)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its `theme.yaml`.
    pub manifest: Manifest,
    /// Its options with the site's settings, as a template variable.
    pub options: Arc<Var>,
    /// The texts of its interface, as a template variable.
    pub words: Arc<Var>,
    /// Those of them that the program itself makes texts with.
    pub wording: Arc<Wording>,
    /// The language of these texts.
    pub language: String,
    /// Its templates, ready to render.
    pub templates: Arc<Templates>,
    /// Its stylesheets, fonts and icons, under hashed names.
    pub assets: Arc<Assets>,
    /// The fonts for its cards and icons.
    pub fonts: Arc<Fonts>,
}

/// All themes that the site uses, the site's own first.
#[derive(Debug)]
pub struct Themes {
    default: Arc<Theme>,
    others: BTreeMap<String, Arc<Theme>>,
}

impl Themes {
    /// The theme with this name; `None` means the site's.
    pub fn named(&self, name: Option<&str>) -> &Arc<Theme> {
        name.and_then(|name| self.others.get(name)).unwrap_or(&self.default)
    }

    /// All themes, each once.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Theme>> {
        std::iter::once(&self.default).chain(self.others.values())
    }
}

/// The themes of the previous build, with all of their inputs.
#[derive(Debug, Default)]
pub struct Memory(Memo<Source, (Arc<Themes>, Report)>);

#[derive(Debug, PartialEq)]
struct Source {
    files: Vec<(SitePath, Digest)>,
    config: Config,
    /// The themes that profiles ask for, with source positions.
    wanted: Vec<(String, Option<Span>)>,
}

/// Opens the site's theme and those of single profiles; themes already in `memory` are reused. An
/// unknown name is reported and replaced by the built-in theme.
pub fn open(snapshot: &Snapshot, site: &Site, memory: &Memory, report: &mut Report) -> Arc<Themes> {
    let folders = layers::SITE_FOLDERS.into_iter().chain(["themes"]);
    let files = folders.flat_map(|folder| snapshot.below(folder));
    let wanted = site
        .profiles
        .values()
        .filter_map(|profile| Some((profile.theme.clone()?, profile.places.get("theme").cloned())));
    let source = Source {
        files: files.map(|(path, file)| (path.clone(), file.digest)).collect(),
        config: site.config.clone(),
        wanted: wanted.collect(),
    };
    // After an error they are opened again: a font that could not be read may be readable now,
    // although its digest is the same.
    let is_whole = |(_, said): &(Arc<Themes>, Report)| !said.has_errors();
    let opened = memory.0.get_if_valid(source, is_whole, || {
        let mut report = Report::default();
        (Arc::new(open_all(snapshot, site, &mut report)), report)
    });
    report.extend(opened.1.clone());
    opened.0.clone()
}

fn open_all(snapshot: &Snapshot, site: &Site, report: &mut Report) -> Themes {
    let config = &site.config;
    let name = known(snapshot, &config.theme, config.theme_at.clone(), report);
    let default = Arc::new(open_one(snapshot, &name, config, Strictness::Checked, report));
    let mut others = BTreeMap::new();
    for profile in site.profiles.values() {
        let Some(wanted) = &profile.theme else { continue };
        let at = profile.places.get("theme").cloned();
        let name = known(snapshot, wanted, at, report);
        if name != default.name && !others.contains_key(&name) {
            let theme = open_one(snapshot, &name, config, Strictness::Lenient, report);
            others.insert(name, Arc::new(theme));
        }
    }
    Themes { default, others }
}

fn known(snapshot: &Snapshot, name: &str, at: Option<Span>, report: &mut Report) -> String {
    let names = layers::theme_names(snapshot);
    if names.iter().any(|known| known == name) {
        return name.to_owned();
    }
    report.push(layers::unknown_theme(name, &names).at_opt(at));
    layers::BUILT_IN.to_owned()
}

/// The diagnostic for a language that the theme has no texts in.
fn without_texts(layers: &Layers, name: &str, config: &Config) -> Diagnostic {
    let wanted = config.language();
    let known = texts::languages(layers).join("`, `");
    let message = format!("the theme `{name}` has no words in `{wanted}`");
    Diagnostic::warning("no-words", message)
        .at_opt(config.languages_at.first().cloned())
        .label(format!("the pages are in `{}`", texts::BASE))
        .help(format!(
            "it has words in `{known}`; for others, translate its `i18n/en.yaml` and save that as `i18n/{wanted}.yaml`"
        ))
}

fn open_one(
    snapshot: &Snapshot,
    name: &str,
    config: &Config,
    strictness: Strictness,
    report: &mut Report,
) -> Theme {
    let layers = Layers::open(snapshot, name, report);
    let manifest = Manifest::read(&layers, report);
    let options = manifest.settings(config, strictness, report);
    let texts::Texts { words, wording, language } = texts::read(&layers, config.language(), report);
    if language != config.language() && strictness == Strictness::Checked {
        report.push(without_texts(&layers, name, config));
    }
    missing_texts::check(&layers, &words, report);
    let base = config.base_path();
    let assets = Arc::new(Assets::collect(&layers, name, report));
    let fonts = Arc::new(Fonts::open(&layers, report));
    let templates = Templates::build(&layers, assets.clone(), &fonts, base, &wording, report);
    let templates = Arc::new(templates);
    Theme {
        name: name.to_owned(),
        manifest,
        options: Arc::new(Var::shared(options)),
        words: Arc::new(Var::shared(words)),
        wording,
        language,
        templates,
        assets,
        fonts,
    }
}
