//! Reading templates of which some may be broken: every mistake once, none that only follows from
//! another, and whatever is sound stays usable.

use super::template_errors::{self, Sources};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::span::Span;
use std::collections::BTreeMap;
use tera::{Error, ErrorKind, Tera};

/// Adds every template that can be used, and reports the mistakes in all others. Gives back whether
/// none was left out: then what is missing later was never there.
pub(crate) fn add_all(
    tera: &mut Tera,
    mut left: BTreeMap<&str, &str>,
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

/// Tera stops at the first template it cannot read: each is tried alone, so that all are reported.
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
    let ErrorKind::MissingParent { current, parent } = error.kind() else {
        return template_errors::diagnostics(error, sources);
    };
    let at = sources(current).map(|(file, text)| {
        let start = text.find(parent.as_str()).unwrap_or_default();
        Span::new(&file, start..start + parent.len())
    });
    let message = format!("unknown template `{parent}`");
    let help = did_you_mean(parent, texts.keys().map(|name| plain(name)));
    vec![Diagnostic::error("template", message).at_opt(at).help_opt(help)]
}

/// The templates in which Tera finds these mistakes.
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
        return removed.values().any(|text| components(text).any(|it| it == component));
    }
    if let Some(template) = named("unknown template `") {
        return removed.keys().any(|name| [name, plain(name)].contains(&template));
    }
    message.starts_with("block `") && !removed.is_empty()
}

/// Adds what was probably meant.
fn suggest(diagnostic: Diagnostic, texts: &BTreeMap<&str, &str>) -> Diagnostic {
    const FUNCTIONS: [&str; 4] = ["asset", "url", "range", "throw"];
    let message = diagnostic.message.clone();
    let named = |what: &str| message.strip_prefix(what)?.strip_suffix('`');
    let help = if let Some(component) = named("unknown component `") {
        did_you_mean(component, texts.values().flat_map(|text| components(text)))
    } else if let Some(template) = named("unknown template `") {
        did_you_mean(template, texts.keys().map(|name| plain(name)))
    } else if let Some(function) = named("unknown function `") {
        did_you_mean(function, FUNCTIONS)
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

/// The names of the components a template defines.
fn components(text: &str) -> impl Iterator<Item = &str> {
    let after = text.split("component ").skip(1);
    after.filter_map(|rest| rest.trim_start().split(|c: char| !is_in_name(c)).next())
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;

    fn read(texts: &[(&'static str, &'static str)]) -> (Vec<String>, Vec<String>) {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(["site/", "codex/"]).unwrap();
        let texts: BTreeMap<&str, &str> = texts.iter().copied().collect();
        let place = |name: &str| Some((SitePath::new(name)?, (*texts.get(name)?).to_owned()));
        let mut report = Report::default();
        add_all(&mut tera, texts.clone(), &place, &mut report);
        let mut names: Vec<String> = tera.get_template_names().map(str::to_owned).collect();
        names.sort();
        (report.iter().map(|it| it.message.clone()).collect(), names)
    }

    #[test]
    fn what_only_follows_from_a_mistake_is_not_said() {
        let (messages, names) = read(&[
            ("codex/base.html", "{% block a %}{% endblock %}"),
            ("codex/card.html", "{% component card() %}{{ }{% endcomponent card %}"),
            ("codex/page.html", "{% extends \"base.html\" %}{% block a %}{{ 1 | nope }}{% endblock %}"),
            ("codex/sheet.html", "{{ <card /> }}"),
            ("codex/plain.html", "plain"),
            ("site/base.html", "{% if x %}"),
        ]);
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert_eq!(messages[2], "unknown filter `nope`");
        assert_eq!(names, ["codex/base.html", "codex/plain.html"]);
    }
}
