//! Reads templates, some of which may have mistakes: reports every mistake once and none that only
//! follows from another, and keeps the valid templates usable.

use super::template_errors::{self, Sources};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::path::SitePath;
use crate::span::Span;
use std::collections::{BTreeMap, BTreeSet};
use tera::{Error, ErrorKind, Tera};

/// Adds every valid template (`order`: the layers, nearest first) and reports the mistakes in all
/// others. Returns whether all were added: only then is a template that is missing later really
/// unknown.
pub(crate) fn add_all(
    tera: &mut Tera,
    mut left: BTreeMap<&str, &str>,
    order: &[String],
    sources: Sources<'_>,
    report: &mut Report,
) -> bool {
    let all = left.clone();
    let mut found = Vec::new();
    let mut removed: BTreeMap<&str, &str> = BTreeMap::new();
    let mut is_first = true;
    while let Err(error) = tera.add_raw_templates(left.iter()) {
        let mut culprits = Vec::new();
        if std::mem::take(&mut is_first) {
            culprits = unreadable(tera, &left, sources, &mut found);
        }
        if culprits.is_empty() {
            let said = diagnostics(&error, &all, sources);
            let said = blame_replaced(said, order, &all, sources);
            found.extend(said.into_iter().filter(|it| !follows(it, &removed)));
            culprits = named(&error, &left);
        }
        if culprits.is_empty() {
            break;
        }
        for name in culprits {
            removed.extend(left.remove_entry(name));
        }
    }
    let is_whole = found.is_empty();
    found.into_iter().for_each(|diagnostic| report.push(suggest(diagnostic, &all)));
    is_whole
}

/// Tera stops at the first template with an error, so each is tried alone to report all of them.
fn unreadable<'t>(
    tera: &Tera,
    texts: &BTreeMap<&'t str, &'t str>,
    sources: Sources<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<&'t str> {
    let mut culprits = Vec::new();
    for (name, text) in texts {
        if let Err(error) = tera.clone().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            found.extend(template_errors::diagnostics(&error, sources));
            culprits.push(*name);
        }
    }
    culprits
}

fn diagnostics(
    error: &Error,
    texts: &BTreeMap<&str, &str>,
    sources: Sources<'_>,
) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("unknown template `{parent}`");
            let help = did_you_mean(parent, texts.keys().map(|name| plain(name)));
            let diagnostic = Diagnostic::error("template", message).help_opt(help);
            vec![diagnostic.at_opt(parent_of(current, sources).map(|(at, _)| at))]
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            let (at, parent) = parent_of(tpl, sources).unzip();
            let parent = parent.unwrap_or_default();
            let message = format!("`{parent}` in turn extends this template");
            let others = texts.keys().filter(|name| *name != tpl && plain(name) == parent);
            let help = others
                .max()
                .map(|name| format!("to extend the template of the theme, write `{name}`"));
            vec![Diagnostic::error("template", message).at_opt(at).help_opt(help)]
        }
        _ => template_errors::diagnostics(error, sources),
    }
}

/// The template that a template extends, with the source position.
fn parent_of(name: &str, sources: Sources<'_>) -> Option<(Span, String)> {
    let (file, text) = sources(name)?;
    let start = text.find("extends")?;
    let start = start + text[start..].find(['"', '\''])? + 1;
    let end = start + text[start..].find(['"', '\''])?;
    Some((Span::new(&file, start..end), text[start..end].to_owned()))
}

/// Reports blocks that are missing because a nearer layer replaced the template that defined them:
/// once, at the template without them.
fn blame_replaced(
    said: Vec<Diagnostic>,
    order: &[String],
    texts: &BTreeMap<&str, &str>,
    sources: Sources<'_>,
) -> Vec<Diagnostic> {
    let rank = |name: &str| {
        let layer = name.split_once('/').map_or("", |(layer, _)| layer);
        order.iter().position(|it| it == layer).unwrap_or(order.len())
    };
    let replaced = |diagnostic: &Diagnostic| -> Option<(SitePath, String)> {
        let block = diagnostic.message.strip_prefix("block `")?.split('`').next()?;
        let file = &diagnostic.at.as_ref()?.file;
        let here = |name: &&&str| sources(name).is_some_and(|(path, _)| path == *file);
        let child = texts.keys().find(here)?;
        let (_, parent) = parent_of(child, sources)?;
        let same = texts.keys().filter(|name| plain(name) == parent);
        let parent = same.min_by_key(|name| rank(name))?;
        let (path, _) = sources(parent).filter(|_| rank(parent) < rank(child))?;
        Some((path, block.to_owned()))
    };
    let mut blamed: BTreeMap<SitePath, BTreeSet<String>> = BTreeMap::new();
    let mut others = Vec::new();
    for diagnostic in said {
        match replaced(&diagnostic) {
            Some((path, block)) => drop(blamed.entry(path).or_default().insert(block)),
            None => others.push(diagnostic),
        }
    }
    others.extend(blamed.into_iter().map(|(path, blocks)| {
        let blocks: Vec<String> = blocks.iter().map(|block| format!("`{block}`")).collect();
        let message =
            "this replaces a template that others extend, but some of its blocks are missing";
        Diagnostic::error("template", message)
            .in_file(&path)
            .label(format!("missing: {}", blocks.join(", ")))
            .help("start from a copy of the original template")
    }));
    others
}

/// The templates in which Tera reports these mistakes.
fn named<'t>(error: &Error, texts: &BTreeMap<&'t str, &'t str>) -> Vec<&'t str> {
    let text = error.to_string();
    let is_named = |name: &&str| match error.kind() {
        ErrorKind::MissingParent { current, .. } => *name == current,
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            *name == tpl
        }
        _ => text.contains(&format!("--> {name}:")) || text.contains(&format!("`{name}`")),
    };
    texts.keys().copied().filter(is_named).collect()
}

/// Whether something is only missing because a template was left out.
fn follows(diagnostic: &Diagnostic, removed: &BTreeMap<&str, &str>) -> bool {
    let message = diagnostic.message.as_str();
    let named = |what: &str| message.strip_prefix(what)?.strip_suffix('`');
    if let Some(component) = named("unknown component `") {
        return removed.values().any(|text| after("component ", text).any(|it| it == component));
    }
    if let Some(template) = named("unknown template `") {
        return removed.keys().any(|name| [name, plain(name)].contains(&template));
    }
    message.starts_with("block `") && !removed.is_empty()
}

/// Adds a suggestion of what was probably meant.
fn suggest(diagnostic: Diagnostic, texts: &BTreeMap<&str, &str>) -> Diagnostic {
    const FUNCTIONS: [&str; 6] = ["asset", "url", "fit", "oklch", "range", "throw"];
    let message = diagnostic.message.clone();
    let named = |what: &str| message.strip_prefix(what)?.strip_suffix('`');
    let help = if let Some(component) = named("unknown component `") {
        did_you_mean(component, texts.values().flat_map(|text| after("component ", text)))
    } else if let Some(template) = named("unknown template `") {
        did_you_mean(template, texts.keys().map(|name| plain(name)))
    } else if let Some(function) = named("unknown function `") {
        did_you_mean(function, FUNCTIONS)
    } else if let Some(rest) = message.strip_prefix("block `") {
        let block = rest.split('`').next().unwrap_or_default();
        let known = texts.values().flat_map(|text| after("block ", text));
        did_you_mean(block, known.filter(|known| *known != block))
    } else {
        None
    };
    let help = help.or(diagnostic.help.clone());
    diagnostic.help_opt(help)
}

/// `codex/sheet.html` → `sheet.html`
fn plain(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, plain)| plain)
}

/// The names that a template defines: those after `component ` or `block `.
fn after<'t>(word: &'static str, text: &'t str) -> impl Iterator<Item = &'t str> {
    let after = text.split(word).skip(1);
    after.filter_map(|rest| rest.trim_start().split(|c: char| !is_in_name(c)).next())
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[(&'static str, &'static str)]) -> (Vec<String>, Vec<String>) {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(["site/", "codex/"]).unwrap();
        let texts: BTreeMap<&str, &str> = texts.iter().copied().collect();
        let place = |name: &str| Some((SitePath::new(name)?, (*texts.get(name)?).to_owned()));
        let mut report = Report::default();
        let order = ["site", "codex"].map(str::to_owned);
        add_all(&mut tera, texts.clone(), &order, &place, &mut report);
        let mut names: Vec<String> = tera.get_template_names().map(str::to_owned).collect();
        names.sort();
        (report.iter().map(|it| it.message.clone()).collect(), names)
    }

    #[test]
    fn what_only_follows_from_a_mistake_is_not_said() {
        let (messages, names) = read(&[
            ("codex/base.html", "{% block a %}{% endblock %}"),
            ("codex/card.html", "{% component card() %}{{ }{% endcomponent card %}"),
            (
                "codex/page.html",
                "{% extends \"base.html\" %}{% block a %}{{ 1 | nope }}{% endblock %}",
            ),
            ("codex/sheet.html", "{{ <card /> }}"),
            ("codex/plain.html", "plain"),
            ("site/base.html", "{% if x %}"),
        ]);
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert_eq!(messages[2], "unknown filter `nope`");
        assert_eq!(names, ["codex/base.html", "codex/plain.html"]);
    }
}
