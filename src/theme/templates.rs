//! Everything that uses Tera 2, in one file: building an instance from layers, finding a template's
//! variables, rendering.

use super::assets::Assets;
use super::colour::oklch;
use super::drawing_lint;
use super::fit::fit;
use super::fonts::Fonts;
use super::layers::{Layered, Layers};
use super::{reading, template_errors};
use crate::diagnostic::{Diagnostic, Report, Result, did_you_mean, nearest};
use crate::digest::Digest;
use crate::model::plural::Plural;
use crate::model::wording::Wording;
use crate::path::SitePath;
use crate::source::snapshot::File;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

/// A template variable with its digest. Its Tera value is created only when a page is rendered,
/// which most builds do for few pages, and dropped with the page.
pub struct Var {
    value: Box<dyn Fn() -> Value + Send + Sync>,
    digest: Digest,
}

impl Var {
    /// A value used by one page or a few.
    pub fn new<T: Serialize + Send + Sync + 'static>(value: T) -> Var {
        let digest = Digest::of(&value);
        Var { value: Box::new(move || Value::from_serializable(&value)), digest }
    }

    /// A value used by nearly all pages.
    pub fn shared<T: Serialize>(value: T) -> Var {
        let digest = Digest::of(&value);
        let value = Value::from_serializable(&value);
        Var { value: Box::new(move || value.clone()), digest }
    }

    /// The value as templates see it.
    fn value(&self) -> Value {
        (self.value)()
    }

    /// Digest of the value.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl std::fmt::Debug for Var {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Var({:?})", self.digest)
    }
}

/// The variables of one page by name.
pub type Vars = BTreeMap<&'static str, Arc<Var>>;

/// The templates of one theme, ready to render.
pub struct Templates {
    tera: Tera,
    /// Digest of everything in a theme that can change a page: templates and the URLs of assets.
    pub digest: Digest,
    /// Template → the variables it may read.
    needs: BTreeMap<String, Vec<String>>,
    sources: BTreeMap<String, Layered>,
    /// Names of the layers, nearest first.
    order: Vec<String>,
    is_whole: bool,
}

/// The output of a template.
pub type Rendered = Result<String>;

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Templates({:?}, {} files)", self.digest, self.sources.len())
    }
}

impl Templates {
    /// Reads every template of the layers and reports all mistakes.
    pub(crate) fn build(
        layers: &Layers,
        assets: Arc<Assets>,
        fonts: &Arc<Fonts>,
        base: &str,
        wording: &Arc<Wording>,
        report: &mut Report,
    ) -> Templates {
        let sources = sources(layers, report);
        let digest = digest(&sources, &assets, fonts, base, wording);
        let mut tera = empty(layers, assets, fonts, base, wording);
        let texts: BTreeMap<&str, &str> = sources
            .iter()
            .filter_map(|(name, file)| Some((name.as_str(), file.file.text()?)))
            .collect();
        let order: Vec<String> = layers.iter().map(|layer| layer.name.clone()).collect();
        drawing_lint::check(&sources, &order, report);
        let is_text = texts.len() == sources.len();
        let place = |name: &str| locate(&sources, name);
        let is_whole = reading::add_all(&mut tera, texts, &order, &place, report) && is_text;
        let needs = needs(&tera, &sources);
        Templates { tera, digest, needs, sources, order, is_whole }
    }

    /// Whether any layer has this template.
    pub fn has(&self, template: &str) -> bool {
        let is_broken = |name: &String| {
            name.split_once('/').is_some_and(|(_, plain)| plain == template || name == template)
        };
        self.tera.contains_template(template) || self.sources.keys().any(is_broken)
    }

    /// Whether every template could be read. If not, the mistakes have been reported, and templates
    /// may be missing because of them.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The file of a template, from the nearest layer that has it.
    pub fn file(&self, template: &str) -> Option<&SitePath> {
        let named = |prefix: &String| self.sources.get(&format!("{prefix}/{template}"));
        self.order.iter().find_map(named).map(|layered| &layered.source)
    }

    /// The contents of that file.
    pub fn text(&self, template: &str) -> Option<&File> {
        let named = |prefix: &String| self.sources.get(&format!("{prefix}/{template}"));
        self.order.iter().find_map(named).map(|layered| &layered.file)
    }

    /// The template with the most similar name.
    pub fn nearest(&self, template: &str) -> Option<&str> {
        let stem = |name: &'_ str| name.rsplit_once('.').map_or(name.len(), |(stem, _)| stem.len());
        let pages = self.needs.keys().filter(|name| !name.contains('/'));
        let stems = pages.clone().map(|name| &name[..stem(name)]);
        let meant = nearest(&template[..stem(template)], stems)?;
        pages.map(String::as_str).find(|name| &name[..stem(name)] == meant)
    }

    /// The entries of `vars` that the template may read, by name: what its page depends on, and all
    /// it sees.
    pub fn read_by<'a>(
        &'a self,
        template: &str,
        vars: &'a Vars,
    ) -> impl Iterator<Item = (&'static str, &'a Arc<Var>)> {
        let needs = self.needs_of(template);
        vars.iter()
            .filter(move |(name, _)| needs.iter().any(|need| need == *name))
            .map(|(name, var)| (*name, var))
    }

    /// Renders a page from the variables `read_by` names, and nothing else.
    ///
    /// Empty if the template could not be read, which has been reported.
    ///
    /// # Errors
    /// Tera's error, at its position in the template.
    pub fn render(&self, template: &str, vars: &Vars) -> Rendered {
        let mut context = Context::new();
        for (name, var) in self.read_by(template, vars) {
            context.insert_value(name, var.value());
        }
        if !self.is_whole && !self.tera.contains_template(template) {
            return Ok(String::new());
        }
        self.tera.render(template, &context).map_err(|error| self.diagnostic(&error))
    }

    /// The components that content may use, sorted: those declared with `{content: true}`. All
    /// others trust their arguments.
    pub fn offered(&self) -> Vec<&str> {
        let names = self.tera.get_component_names();
        let mut names: Vec<&str> = names.filter(|name| self.is_offered(name)).collect();
        names.sort_unstable();
        names
    }

    /// The argument names of a component for content; `None` if there is no such component.
    pub fn offered_arguments(&self, name: &str) -> Option<Vec<String>> {
        self.arguments(name).filter(|_| self.is_offered(name))
    }

    /// The argument names of a component; `None` if there is no such component.
    pub fn arguments(&self, name: &str) -> Option<Vec<String>> {
        let info = self.tera.get_component_definition(name)?;
        let explicit = info.args().iter().filter(|arg| !arg.is_implicit());
        Some(explicit.map(|arg| arg.name().to_owned()).collect())
    }

    fn is_offered(&self, name: &str) -> bool {
        let info = self.tera.get_component_definition(name);
        info.is_some_and(|info| {
            info.metadata().get("content").and_then(Value::as_bool) == Some(true)
        })
    }

    /// Renders a component from these arguments and the variables it declares.
    ///
    /// # Errors
    /// Tera's error, for example a missing, unknown or mistyped argument.
    pub fn component(
        &self,
        name: &str,
        args: &BTreeMap<String, Arc<Var>>,
        implicit: &Vars,
    ) -> Rendered {
        let mut given = Context::new();
        for (name, var) in args {
            given.insert_value(name.clone(), var.value());
        }
        let mut asked = Context::new();
        for (name, var) in implicit {
            asked.insert_value(*name, var.value());
        }
        self.tera
            .render_component_with_implicits(name, &given, &asked, None, true)
            .map_err(|error| self.diagnostic(&error))
    }

    fn needs_of(&self, template: &str) -> &[String] {
        self.needs.get(template).map_or(&[], Vec::as_slice)
    }

    fn diagnostic(&self, error: &Error) -> Diagnostic {
        let sources = |name: &str| locate(&self.sources, name);
        template_errors::diagnostics(error, &sources).remove(0)
    }
}

/// The templates of all layers, by their name in Tera: `codex/sheet.html`.
fn sources(layers: &Layers, report: &mut Report) -> BTreeMap<String, Layered> {
    let mut sources = BTreeMap::new();
    for layer in layers.iter() {
        for (path, file) in layer.below("templates") {
            if file.file.text().is_none() {
                report.push(
                    Diagnostic::error(
                        "template-not-text",
                        format!("`{}` is not text", file.source),
                    )
                    .in_file(&file.source)
                    .help("templates are UTF-8 text; put pictures and fonts in `static/`"),
                );
            }
            sources.insert(format!("{}/{path}", layer.name), file.clone());
        }
    }
    sources
}

fn digest(
    sources: &BTreeMap<String, Layered>,
    assets: &Assets,
    fonts: &Fonts,
    base: &str,
    wording: &Wording,
) -> Digest {
    let files: BTreeMap<&str, String> =
        sources.iter().map(|(name, file)| (name.as_str(), file.file.digest.to_string())).collect();
    Digest::of(&(files, assets.urls(), fonts.digest.to_string(), base, format!("{wording:?}")))
}

/// An instance with our functions and filters, but without templates.
fn empty(
    layers: &Layers,
    assets: Arc<Assets>,
    fonts: &Arc<Fonts>,
    base: &str,
    wording: &Arc<Wording>,
) -> Tera {
    let mut tera = Tera::new();
    let prefixes: Vec<String> = layers.iter().map(|layer| format!("{}/", layer.name)).collect();
    tera.set_fallback_prefixes(prefixes).expect("no template has been added");
    tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
    let asset_base = base.to_owned();
    tera.register_function("asset", move |args: Kwargs, _: &State| -> TeraResult<String> {
        asset(&assets, &asset_base, &args)
    });
    let base = base.to_owned();
    tera.register_function("url", move |args: Kwargs, _: &State| -> TeraResult<String> {
        let path: &str = args.must_get("path")?;
        Ok(if path.starts_with('/') { format!("{base}{path}") } else { path.to_owned() })
    });
    let fonts = fonts.clone();
    tera.register_function("fit", move |args: Kwargs, _: &State| -> TeraResult<Value> {
        fit(&fonts, &args).map(|fitted| Value::from_serializable(&fitted))
    });
    tera.register_filter("json", |value: &Value, _: Kwargs, _: &State| -> TeraResult<String> {
        serde_json::to_string(value).map_err(|err| Error::message(err.to_string()))
    });
    let wording = wording.clone();
    tera.register_filter("plural", move |forms: &Value, args: Kwargs, _: &State| {
        plural(&wording, forms, &args)
    });
    tera.register_function("oklch", |args: Kwargs, _: &State| oklch(&args));
    tera
}

/// `t.count_people | plural(count=3)`: the form of a phrase for a number, with the number in it.
fn plural(wording: &Wording, forms: &Value, args: &Kwargs) -> TeraResult<String> {
    let count: usize = args.must_get("count")?;
    let json = serde_json::to_value(forms).map_err(|err| Error::message(err.to_string()))?;
    let forms = Plural::deserialize(json)
        .map_err(|_| Error::message("`plural` needs a phrase with a form `other`".to_owned()))?;
    Ok(wording.count(&forms, count))
}

/// `asset(path="css/codex.css")`: the URL of a static file under its hashed name. With
/// `optional=true`, it is empty if there is no such file.
fn asset(assets: &Assets, base: &str, args: &Kwargs) -> TeraResult<String> {
    let path: &str = args.must_get("path")?;
    match assets.url(path) {
        Some(url) => Ok(format!("{base}/{url}")),
        None if args.get::<bool>("optional")?.unwrap_or(false) => Ok(String::new()),
        None => {
            let hint = did_you_mean(path, assets.names()).map(|hint| format!("; {hint}"));
            let hint = hint.unwrap_or_default();
            Err(Error::message(format!("there is no file `static/{path}` in this theme{hint}")))
        }
    }
}

/// For each template, the variables that Tera reports as readable through `extends` and `include`,
/// and those that components declare.
fn needs(tera: &Tera, sources: &BTreeMap<String, Layered>) -> BTreeMap<String, Vec<String>> {
    let mut implicit: Vec<String> = Vec::new();
    for name in tera.get_component_names() {
        let info = tera.get_component_definition(name);
        let args = info.iter().flat_map(|info| info.args()).filter(|arg| arg.is_implicit());
        implicit.extend(args.map(|arg| arg.name().to_owned()));
    }
    let mut needs = BTreeMap::new();
    for name in sources.keys() {
        let Some((_, plain)) = name.split_once('/') else { continue };
        let Ok(variables) = tera.get_template_variables(plain) else { continue };
        let mut names: Vec<String> = variables.into_iter().map(str::to_owned).collect();
        names.extend(implicit.iter().cloned());
        names.sort();
        names.dedup();
        needs.insert(plain.to_owned(), names);
    }
    needs
}

fn locate(sources: &BTreeMap<String, Layered>, name: &str) -> Option<(SitePath, String)> {
    let layered = sources.get(name)?;
    Some((layered.source.clone(), layered.file.text()?.to_owned()))
}
