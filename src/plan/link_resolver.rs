//! What rendering Markdown needs to know about the site: targets of links, pictures, components.

use super::bare_sheets::{self, BareSheets};
use super::directory::{Directory, Entry, PageKind};
use super::pictures::Pictures;
use super::resolve::encoded;
use crate::diagnostic::{Diagnostic, Result, did_you_mean, nearest};
use crate::load::{Config, Html};
use crate::model::sheet::Sheet;
use crate::model::slug::slugify;
use crate::model::wording::Wording;
use crate::path::{SitePath, percent_decoded};
use crate::render::markdown::{Resolver, Target, anchor};
use crate::source::yaml::{Node, NodeKind};
use crate::span::Span;
use crate::theme::{Templates, Var, Vars};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Extensions of files beside content that may be published: none runs scripts when it is opened.
const ATTACHMENTS: [&str; 12] =
    ["pdf", "txt", "csv", "zip", "mp4", "webm", "mp3", "ogg", "opus", "ics", "bib", "gz"];

/// The maximum number of pages searched for a suggestion.
const SEARCHED: usize = 5_000;

/// The maximum number of names listed in a message.
const SHOWN: usize = 6;

/// The context in which links, pictures and components in Markdown are resolved.
#[derive(Clone)]
pub(crate) struct LinkResolver<'a> {
    pub config: &'a Config,
    pub wording: &'a Arc<Wording>,
    pub directory: &'a Directory,
    pub is_guild: bool,
    pub pictures: &'a Pictures<'a>,
    pub templates: &'a Templates,
    /// Sheets by slug, for components that show one.
    pub bare_sheets: &'a BareSheets,
    /// Variables that are passed to components that ask for them.
    pub implicit: &'a Vars,
}

impl Resolver for LinkResolver<'_> {
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
        let path = self.pictures.resolve(from, target).ok_or_else(|| outside_site(target))?;
        self.pictures.inline(&path, alt, title)
    }

    fn is_trusted_host(&self, host: &str) -> bool {
        self.config.markdown.image_hosts.iter().any(|trusted| trusted == host)
    }

    fn wording(&self) -> &Wording {
        self.wording
    }

    fn rel(&self) -> &str {
        if self.is_guild { "noopener nofollow ugc" } else { "noopener" }
    }

    fn component(&self, name: &str, args: &Node, at: Option<Span>) -> Result<String> {
        self.show(name, args, at, false)
    }
}

impl LinkResolver<'_> {
    /// The HTML of a component; in a feed, that of the component `feed_NAME` if it exists.
    pub(super) fn show(
        &self,
        name: &str,
        args: &Node,
        at: Option<Span>,
        in_feed: bool,
    ) -> Result<String> {
        let Some(known) = self.templates.offered_arguments(name) else {
            if !self.templates.is_whole() {
                return Ok(String::new());
            }
            let message = format!("there is no component called `{name}`");
            let offered = self.templates.offered();
            let help = did_you_mean(name, offered.iter().copied())
                .unwrap_or_else(|| format!("available: {}", list(offered.into_iter())));
            return Err(Diagnostic::error("unknown-component", message).at_opt(at).help(help));
        };
        let mut given = self.arguments(name, args, &known, at.as_ref())?;
        let instead = format!("feed_{name}");
        let shown = match self.templates.arguments(&instead).filter(|_| in_feed) {
            Some(taken) => {
                given.retain(|argument, _| taken.contains(argument));
                &instead
            }
            None => name,
        };
        self.templates
            .component(shown, &given, self.implicit)
            .map_err(|inner| argument_error(name, args, at, &inner))
    }

    /// Whether there is no profile to link to because the only one could not be parsed. That has
    /// been reported, and errors that follow from it are not.
    fn has_no_profile(&self) -> bool {
        self.directory.only(PageKind::Sheet).is_none()
    }

    fn profile(&self, slug: &str) -> Result<String> {
        if self.has_no_profile() {
            return Ok(String::new());
        }
        self.directory.find(PageKind::Sheet, slug).map(|sheet| self.href(sheet)).ok_or_else(|| {
            Diagnostic::error("broken-link", format!("there is no profile called `{slug}`"))
                .help(self.known_profiles(slug))
        })
    }

    fn known_profiles(&self, slug: &str) -> String {
        let known = || self.directory.of_kind(PageKind::Sheet).iter().map(|it| it.slug.as_str());
        did_you_mean(slug, known()).unwrap_or_else(|| {
            let some: Vec<&str> = known().take(SHOWN + 1).collect();
            let more = if some.len() > SHOWN { " and others" } else { "" };
            format!("available: {}{more}", list(some.into_iter().take(SHOWN)))
        })
    }

    fn skill(&self, written: &str) -> Result<String> {
        let name = &*percent_decoded(written).unwrap_or_else(|| written.to_owned());
        if self.has_no_profile() {
            return Ok(String::new());
        }
        let slug = slugify(name).unwrap_or_default();
        self.directory.find(PageKind::Skill, &slug).map(|skill| self.href(skill)).ok_or_else(|| {
            let known = self.directory.of_kind(PageKind::Skill).iter().map(|it| it.title.as_str());
            Diagnostic::error("broken-link", format!("no profile has a skill called `{name}`"))
                .help(did_you_mean(name, known).unwrap_or_else(|| {
                    "write the name as in the `skills:` of a profile".to_owned()
                }))
        })
    }

    fn href(&self, entry: &Entry) -> String {
        self.directory.href(&entry.route)
    }

    fn absolute(&self, target: &str) -> Result<String> {
        let end = target.find(['#', '?']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        let with_slash = format!("{}/", path.trim_end_matches('/'));
        for known in [path, &with_slash] {
            if let Some(known) = self.directory.published(known) {
                let is_text = self.directory.at(&known).is_some_and(|it| it.kind.is_text());
                let rest = if is_text { heading(rest) } else { rest.to_owned() };
                return Ok(format!("{}{rest}", self.directory.href(&encoded(&known))));
            }
        }
        if self.directory.is_draft(None, &with_slash) {
            return Err(to_draft(path));
        }
        Err(Diagnostic::error("broken-link", format!("there is no page at `{path}`"))
            .help_opt(did_you_mean(path, self.directory.addresses())))
    }

    fn relative(&self, from: Option<&SitePath>, target: &str) -> Result<String> {
        let end = target.find(['#', '?']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        let file = self.pictures.resolve(from, path).ok_or_else(|| outside_site(target))?;
        if let Some(page) = self.directory.text(&file) {
            return Ok(format!("{}{}", self.href(page), heading(rest)));
        }
        if is_attachment(&file)
            && let Some(route) = self.pictures.attach(&file)
        {
            return Ok(format!("{}{rest}", self.directory.href(&encoded(&route))));
        }
        Err(self.broken_link(from, path, &file))
    }

    /// The reason why a link to this file has no target.
    fn broken_link(&self, from: Option<&SitePath>, written: &str, file: &SitePath) -> Diagnostic {
        if self.directory.is_draft(Some(file), "") {
            return to_draft(written);
        }
        if self.pictures.file(file).is_some() {
            return to_unpublished(written, file);
        }
        let broken =
            Diagnostic::error("broken-link", format!("`{written}` is not a page of this site"));
        if let Some(obstacle) = self.pictures.obstacle(file) {
            return broken.label(obstacle.message).help_opt(obstacle.help);
        }
        let near = self.nearest_page(file);
        let meant = near.map(|near| format!("did you mean `{}`?", relative_to(from, near)));
        broken
            .label(format!("there is no `{file}`"))
            .help_opt(meant.or_else(|| attachment_hint(file)))
    }

    /// The page with the most similar name, preferring the same folder.
    fn nearest_page(&self, file: &SitePath) -> Option<&SitePath> {
        let folder_of = |it: &SitePath| it.as_str().len() - it.file_name().len();
        let folder = &file.as_str()[..folder_of(file)];
        let files = || self.directory.text_files().take(SEARCHED);
        let is_beside = |it: &&SitePath| it.as_str()[..folder_of(it)] == *folder;
        let beside = files().filter(is_beside).map(SitePath::file_name);
        if let Some(name) = nearest(file.file_name(), beside) {
            return files().filter(is_beside).find(|it| it.file_name() == name);
        }
        let name = nearest(file.file_name(), files().map(SitePath::file_name))?;
        files().find(|it| it.file_name() == name)
    }

    /// The arguments in the form the component takes; one called `profile` is replaced by that
    /// sheet.
    fn arguments(
        &self,
        component: &str,
        args: &Node,
        known: &[String],
        at: Option<&Span>,
    ) -> Result<BTreeMap<String, Arc<Var>>> {
        let mut given = BTreeMap::new();
        let entries = match &args.kind {
            NodeKind::Map(entries) => entries.as_slice(),
            _ if args.is_null() => &[],
            _ => {
                return Err(Diagnostic::error(
                    "component",
                    format!("the arguments of `{component}` are not a map"),
                )
                .at_opt(at.map(|at| Span::new(&at.file, args.at.clone())))
                .help("write one `name: value` per line"));
            }
        };
        for (key, value) in entries {
            let place = at.map(|at| Span::new(&at.file, key.at.clone()));
            let place_of_value = at.map(|at| Span::new(&at.file, value.at.clone()));
            if !known.contains(&key.name) {
                let message = format!("component `{component}` has no argument `{}`", key.name);
                let help = did_you_mean(&key.name, known.iter().map(String::as_str))
                    .unwrap_or_else(|| {
                        format!("it takes {}", list(known.iter().map(String::as_str)))
                    });
                return Err(Diagnostic::error("component", message).at_opt(place).help(help));
            }
            let var = if key.name == "profile" {
                self.sheet(value.as_str().unwrap_or_default())
                    .map_err(|it| it.at_opt(place_of_value))?
            } else {
                Arc::new(Var::new(value.to_json()))
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
        self.bare_sheets.get(slug).map(|row| self.sheet_var(&row.value.sheet)).ok_or_else(|| {
            Diagnostic::error("component", format!("there is no profile called `{slug}`"))
                .help(self.known_profiles(slug))
        })
    }

    fn only_sheet(&self) -> Result<Arc<Var>> {
        match self.bare_sheets.values().next() {
            Some(only) if self.bare_sheets.len() == 1 => Ok(self.sheet_var(&only.value.sheet)),
            _ => Err(Diagnostic::error(
                "component",
                "this component needs to know whose sheet to show",
            )
            .help("add `profile: slug`")),
        }
    }

    fn sheet_var(&self, sheet: &Arc<Sheet>) -> Arc<Var> {
        Arc::new(Var::new(bare_sheets::bare_view(sheet, self.directory)))
    }
}

/// An error of a component about its arguments, reported at the argument it concerns.
fn argument_error(
    component: &str,
    args: &Node,
    at: Option<Span>,
    inner: &Diagnostic,
) -> Diagnostic {
    let message = &inner.message;
    let argument = message.strip_prefix("component argument `").and_then(|it| it.split('`').next());
    let wanted = message.split("expected type: `").nth(1).and_then(|it| it.split('`').next());
    let (Some(argument), Some(wanted)) = (argument, wanted) else {
        let message = format!("component `{component}`: {message}");
        return Diagnostic::error("component", message).at_opt(at);
    };
    let value = args.get(argument).map(|value| value.at.clone());
    let place = value.zip(at.as_ref()).map(|(value, at)| Span::new(&at.file, value));
    let message = format!("`{argument}` of component `{component}` must be of type `{wanted}`");
    Diagnostic::error("component", message).at_opt(place.or(at)).help(match wanted {
        "integer" | "number" | "float" => format!("write a number: `{argument}: 240`"),
        "bool" => format!("write `{argument}: true` or `{argument}: false`"),
        "array" => format!("write a list: `{argument}: [a, b]`"),
        _ => format!("write a text: `{argument}: \"240\"`"),
    })
}

/// The path of a file relative to the text `from`.
fn relative_to(from: Option<&SitePath>, file: &SitePath) -> String {
    let folder = from.and_then(SitePath::parent);
    let mut above = folder.as_ref();
    let mut up = String::new();
    let mut held;
    while let Some(folder) = above {
        if let Some(rest) = file.strip_prefix(folder.as_str()) {
            return format!("{up}{rest}");
        }
        up.push_str("../");
        held = folder.parent();
        above = held.as_ref();
    }
    format!("{up}{file}")
}

/// `#written` as the id of a heading on another page.
fn heading(rest: &str) -> String {
    rest.strip_prefix('#').map_or_else(|| rest.to_owned(), |it| format!("#{}", anchor("", it)))
}

fn to_draft(written: &str) -> Diagnostic {
    Diagnostic::error("broken-link", format!("`{written}` is a draft"))
        .label("drafts are not published")
        .help("take `draft: true` out of it, or take this link out until then")
}

/// The diagnostic for a file that exists but is not published.
fn to_unpublished(written: &str, file: &SitePath) -> Diagnostic {
    let broken = Diagnostic::error("broken-link", format!("`{written}` is not published"));
    let folder = file.parent();
    let is_profile = folder.is_some_and(|it| it.as_str().starts_with("content/profiles"))
        || (file.stem() == "profile" && file.strip_prefix("content").is_some());
    let is_text =
        ["content/pages", "content/posts"].iter().any(|it| file.strip_prefix(it).is_some());
    match file.extension() {
        "yaml" | "json" | "md" if is_profile => {
            broken.help("write `profile:` and the slug to link to a sheet: `profile:ada`")
        }
        "md" if is_text => broken.label("its own mistakes keep it out").help("mend those first"),
        _ => broken.help_opt(attachment_hint(file)),
    }
}

fn outside_site(target: &str) -> Diagnostic {
    Diagnostic::error("broken-link", format!("`{target}` points outside the site"))
        .help("a relative link starts from the folder of the file that contains it")
}

/// Some servers send `page.html.gz` as compressed HTML, so of compressed files only archives are
/// accepted.
fn is_attachment(file: &SitePath) -> bool {
    let name = file.file_name().to_ascii_lowercase();
    let kind = name.rsplit('.').next().unwrap_or_default();
    ATTACHMENTS.contains(&kind) && (kind != "gz" || name.ends_with(".tar.gz"))
}

fn attachment_hint(file: &SitePath) -> Option<String> {
    (!file.extension().is_empty() && file.extension() != "md").then(|| {
        format!(
            "content can link to files of these types: {}; put others in `static/`",
            ATTACHMENTS.join(", ")
        )
    })
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
