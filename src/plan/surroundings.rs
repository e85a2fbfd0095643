//! What Markdown cannot know by itself: where links lead, how pictures are shown, what a fenced
//! component looks like.

use super::pictures::Pictures;
use super::routes::Routes;
use crate::diagnostic::{Diagnostic, Result, did_you_mean};
use crate::load::{Config, Html};
use crate::path::{SitePath, percent_decoded};
use crate::render::markdown::{Surroundings, Target, anchor};
use crate::source::yaml::{Kind, Node};
use crate::span::Span;
use crate::theme::{Templates, Var, Vars};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files beside content that may be published as they are: none of them can run on the site's
/// origin when somebody opens it.
const ATTACHMENTS: [&str; 12] =
    ["pdf", "txt", "csv", "zip", "mp4", "webm", "mp3", "ogg", "opus", "ics", "bib", "gz"];

/// Everything links, pictures and components in Markdown are resolved against.
#[derive(Clone)]
pub(crate) struct Around<'a> {
    pub config: &'a Config,
    pub routes: &'a Routes,
    pub pictures: &'a Pictures<'a>,
    pub templates: &'a Templates,
    /// Sheets by slug, for components that show one.
    pub sheets: &'a BTreeMap<String, Arc<Var>>,
    /// Variables that components may ask for by themselves.
    pub implicit: &'a Vars,
    /// Addresses that exist beside those of `routes`: `/`, `/posts/`, files of `static/`.
    pub places: &'a BTreeSet<String>,
    /// Stands in every id of the text, where several texts share a page.
    pub scope: String,
}

impl Surroundings for Around<'_> {
    fn html(&self) -> Html {
        self.config.markdown.html
    }

    fn link(&self, from: Option<&SitePath>, target: &str) -> Target {
        let found = if let Some(slug) = target.strip_prefix("profile:") {
            self.profile(slug)
        } else if let Some(name) = target.strip_prefix("skill:") {
            self.skill(name)
        } else if target.starts_with('/') {
            self.absolute(target)
        } else {
            self.relative(from, target)
        };
        found.map_or_else(|broken| Target::Broken(Box::new(broken)), Target::Url)
    }

    fn picture(
        &self,
        from: Option<&SitePath>,
        target: &str,
        alt: &str,
        title: &str,
    ) -> Result<String> {
        let path = resolve(from, target).ok_or_else(|| leaves(target))?;
        self.pictures.inline(&path, alt, title)
    }

    fn is_trusted_host(&self, host: &str) -> bool {
        self.config.markdown.image_hosts.iter().any(|trusted| trusted == host)
    }

    fn rel(&self) -> &str {
        if self.routes.is_guild() { "noopener nofollow ugc" } else { "noopener" }
    }

    fn id_scope(&self) -> &str {
        &self.scope
    }

    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String> {
        let Some(known) = self.templates.offered_arguments(name) else {
            if !self.templates.is_whole() {
                return Ok(String::new());
            }
            let message = format!("there is no component called `{name}`");
            let offered = self.templates.offered();
            let help = did_you_mean(name, offered.iter().copied())
                .unwrap_or_else(|| format!("there is {}", list(offered.into_iter())));
            return Err(Diagnostic::error("unknown-component", message).at_opt(at).help(help));
        };
        let given = self.arguments(name, args, &known, at.as_ref())?;
        self.templates.component(name, &given, self.implicit).map_err(|inner| {
            Diagnostic::error("component", format!("component `{name}`: {}", inner.message))
                .at_opt(at)
                .help(format!("it takes {}", list(known.iter().map(String::as_str))))
        })
    }
}

impl Around<'_> {
    fn profile(&self, slug: &str) -> Result<String> {
        self.routes.profile(slug).map(|route| self.routes.href(route)).ok_or_else(|| {
            Diagnostic::error("broken-link", format!("there is no profile called `{slug}`"))
                .help_opt(did_you_mean(slug, self.routes.profile_slugs()))
        })
    }

    fn skill(&self, name: &str) -> Result<String> {
        self.routes.skill(name).map(|route| self.routes.href(route)).ok_or_else(|| {
            Diagnostic::error("broken-link", format!("nobody here has a skill called `{name}`"))
                .help_opt(did_you_mean(name, self.routes.skill_names()))
        })
    }

    fn absolute(&self, target: &str) -> Result<String> {
        let end = target.find(['#', '?']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        let with_slash = format!("{}/", path.trim_end_matches('/'));
        for known in [path, &with_slash] {
            if self.places.contains(known) {
                let rest = if self.routes.is_text(known) { heading(rest) } else { rest.to_owned() };
                return Ok(format!("{}{rest}", self.routes.href(known)));
            }
        }
        Err(Diagnostic::error("broken-link", format!("there is no page at `{path}`"))
            .help_opt(did_you_mean(path, self.places.iter().map(String::as_str))))
    }

    fn relative(&self, from: Option<&SitePath>, target: &str) -> Result<String> {
        let end = target.find(['#', '?']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        let file = resolve(from, path).ok_or_else(|| leaves(target))?;
        if let Some(route) = self.routes.page(&file) {
            return Ok(format!("{}{}", self.routes.href(route), heading(rest)));
        }
        if ATTACHMENTS.contains(&file.extension().to_ascii_lowercase().as_str())
            && let Some(route) = self.pictures.attach(&file)
        {
            return Ok(format!("{}{rest}", self.routes.href(&route)));
        }
        let files = self.routes.page_files().map(SitePath::as_str);
        Err(Diagnostic::error("broken-link", format!("`{path}` leads to no page of this site"))
            .label(format!("there is no page made from `{file}`"))
            .help_opt(did_you_mean(file.as_str(), files).or_else(|| attachment_hint(&file))))
    }

    /// The arguments as the component reads them; one called `profile` becomes that sheet.
    fn arguments(
        &self,
        component: &str,
        args: &Node,
        known: &[String],
        at: Option<&Span>,
    ) -> Result<BTreeMap<String, Arc<Var>>> {
        let mut given = BTreeMap::new();
        let entries = match &args.kind {
            Kind::Map(entries) => entries.as_slice(),
            _ if args.is_null() => &[],
            _ => {
                return Err(Diagnostic::error(
                    "component",
                    format!("the arguments of `{component}` are no map"),
                )
                .at_opt(at.cloned())
                .help("write one `name: value` a line"));
            }
        };
        for (key, value) in entries {
            let place = at.map(|at| Span::new(&at.file, key.at.clone()));
            if !known.contains(&key.name) {
                let message = format!("component `{component}` takes no `{}`", key.name);
                let help = did_you_mean(&key.name, known.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("it takes {}", list(known.iter().map(String::as_str))));
                return Err(Diagnostic::error("component", message).at_opt(place).help(help));
            }
            let var = if key.name == "profile" {
                self.sheet(value.as_str().unwrap_or_default()).map_err(|it| it.at_opt(place))?
            } else {
                Arc::new(Var::new(&value.to_json()))
            };
            given.insert(key.name.clone(), var);
        }
        if known.iter().any(|name| name == "profile") && !given.contains_key("profile") {
            let only = self.only_sheet().map_err(|it| it.at_opt(at.cloned()))?;
            given.insert("profile".to_owned(), only);
        }
        Ok(given)
    }

    fn sheet(&self, slug: &str) -> Result<Arc<Var>> {
        self.sheets.get(slug).cloned().ok_or_else(|| {
            Diagnostic::error("component", format!("there is no profile called `{slug}`"))
                .help_opt(did_you_mean(slug, self.routes.profile_slugs()))
        })
    }

    fn only_sheet(&self) -> Result<Arc<Var>> {
        match self.sheets.values().next() {
            Some(only) if self.sheets.len() == 1 => Ok(only.clone()),
            _ => Err(Diagnostic::error("component", "whose sheet is meant is not said")
                .help("add `profile: slug`")),
        }
    }
}

/// `#written` as the id a heading of another page has.
fn heading(rest: &str) -> String {
    rest.strip_prefix('#').map_or_else(|| rest.to_owned(), |it| format!("#{}", anchor("", it)))
}

fn resolve(from: Option<&SitePath>, target: &str) -> Option<SitePath> {
    let path = percent_decoded(target)?;
    match from {
        Some(from) => from.resolve(&path),
        None => SitePath::new(path),
    }
}

fn leaves(target: &str) -> Diagnostic {
    Diagnostic::error("broken-link", format!("`{target}` leads out of the site"))
        .help("a relative link starts from the folder of the file it stands in")
}

fn attachment_hint(file: &SitePath) -> Option<String> {
    (!file.extension().is_empty() && file.extension() != "md").then(|| {
        format!(
            "files of these kinds can be linked from content: {}; put others into `static/`",
            ATTACHMENTS.join(", ")
        )
    })
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
