//! Help for mistakes in templates, because Tera only says what it found.

use crate::diagnostic::did_you_mean;

/// The tags, with their syntax.
const TAGS: [(&str, &str); 14] = [
    ("if", "{% if profile.summary %} … {% endif %}"),
    ("elif", "{% elif profile.label %}"),
    ("else", "{% else %}"),
    ("for", "{% for post in posts %} … {% endfor %}"),
    ("set", "{% set title = profile.name %}"),
    ("set_global", "{% set_global count = count + 1 %}"),
    ("block", "{% block title %} … {% endblock title %}"),
    ("extends", "{% extends \"base.html\" %}"),
    ("include", "{% include \"skills.html\" %}"),
    ("filter", "{% filter upper %} … {% endfilter %}"),
    ("component", "{% component card(title: string) %} … {% endcomponent card %}"),
    ("break", "{% break %}"),
    ("continue", "{% continue %}"),
    ("raw", "{% raw %} … {% endraw %}"),
];

/// Tera's filters and ours.
const FILTERS: [&str; 39] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "json",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "plural",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// Tera's tests, used after `is`.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// Tera's functions and ours.
const FUNCTIONS: [&str; 7] = ["asset", "fit", "oklch", "range", "super", "throw", "url"];

/// The help for `message` about the position `offset` in `text`; `None` if there is none.
pub(super) fn help(message: &str, text: &str, offset: usize) -> Option<String> {
    let (before, here) = text.split_at_checked(offset)?;
    if message == "unknown tag" {
        return Some(tag(word(here)));
    }
    if let Some(unknown) = message.strip_prefix("unknown ") {
        let (kind, written) = unknown.split_once(" `")?;
        return name(kind, written.trim_end_matches('`'));
    }
    if message.contains(" but expected ") || message.contains(" but was expecting ") {
        return Some(form(before));
    }
    let is_open = message.starts_with("string opened with");
    is_open.then(|| "add the closing quotation mark".to_owned())
}

fn tag(written: &str) -> String {
    if written.starts_with("end") || ["else", "elif"].contains(&written) {
        return format!(
            "`{{% {written} %}}` has nothing to close here: it is one too many, or its block was already closed"
        );
    }
    one_of(written, &TAGS.map(|(name, _)| name))
}

fn name(kind: &str, written: &str) -> Option<String> {
    let names: &[&str] = match kind {
        "filter" => &FILTERS,
        "test" => &TESTS,
        "function" => &FUNCTIONS,
        _ => return None,
    };
    Some(one_of(written, names))
}

/// The name that was probably meant, or all known names.
fn one_of(written: &str, names: &[&str]) -> String {
    did_you_mean(written, names.iter().copied()).unwrap_or_else(|| all(names))
}

/// A list of all known names.
pub(super) fn all(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("available: {}", names.join(", "))
}

/// The syntax of the construct that was started last.
fn form(before: &str) -> String {
    let value = "a value is a name, a number or a text in quotation marks, followed by filters: \
                 `{{ profile.name | upper }}`";
    let (tag, output) = (before.rfind("{%"), before.rfind("{{"));
    let begun = tag.max(output).map_or("", |at| &before[at..]);
    if begun.matches('(').count() > begun.matches(')').count() {
        return "arguments have names: `url(path=\"/skills/\")`".to_owned();
    }
    let Some(tag) = tag.filter(|_| tag > output) else { return value.to_owned() };
    let written = word(before[tag..].trim_start_matches(['{', '%', '-', ' ', '\t', '\n']));
    match TAGS.iter().find(|(name, _)| *name == written) {
        Some((name, form)) => format!("`{name}` is written `{form}`"),
        None if written.starts_with("end") => "an end tag contains nothing else".to_owned(),
        None => value.to_owned(),
    }
}

/// The name at the start of a text.
fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::snapshot::Snapshot;
    use crate::theme::{Fonts, Layers, Templates};
    use jiff::civil::Date;
    use std::sync::Arc;

    fn about(message: &str, before: &str, here: &str) -> String {
        help(message, &format!("{before}{here}"), before.len()).unwrap_or_default()
    }

    #[test]
    fn a_mistake_is_told_what_to_write_instead() {
        assert_eq!(about("unknown tag", "<p>{% ", "fro x in y %}"), "did you mean `for`?");
        assert!(about("unknown tag", "{% ", "endif %}").contains("has nothing to close"));
        assert!(about("unknown tag", "{% ", "macro x() %}").starts_with("available: `if`, `elif`"));
        assert_eq!(about("unknown filter `uper`", "{{ x | ", "uper }}"), "did you mean `upper`?");
        assert!(about("unknown test `empty`", "{% if x is ", "empty %}").contains("`iterable`"));
        assert_eq!(about("unknown function `urll`", "{{ ", "urll() }}"), "did you mean `url`?");
        let wanted = "found identifier but expected `in`";
        assert!(about(wanted, "{{ a }}{%- for x ", "y %}").contains("`{% for post in posts %}"));
        assert!(about(wanted, "{% if a %}{{ b ", "c }}").starts_with("a value is"));
        let about_arguments =
            about("found string but expected `identifier`", "{{ url(", "\"a\") }}");
        assert!(about_arguments.contains("arguments have names"), "{about_arguments}");
        assert!(about("string opened with `\"`", "{{ ", "\"x").contains("quotation mark"));
        assert_eq!(help("the template nesting is too deep", "{{ x }}", 3), None);
        assert_eq!(help("unknown tag", "short", 9), None, "a place that is not in the text");
    }

    /// Ensures that these lists match the Tera version in use and our additions.
    #[test]
    fn what_is_named_is_known() {
        let template = |name: &str, text: String| (format!("templates/{name}.html"), text);
        let names = |form: fn(&str) -> String, names: &[&str]| {
            names.iter().map(|name| form(name)).collect::<String>()
        };
        let tags = TAGS.map(|(name, form)| match name {
            "elif" | "else" => format!("{{% if a %}}{form}{{% endif %}}"),
            "break" | "continue" => format!("{{% for a in b %}}{form}{{% endfor %}}"),
            _ => form.to_owned(),
        });
        let tags = TAGS.iter().zip(tags).map(|((name, _), text)| template(name, text));
        let files: Vec<(String, String)> = tags
            .chain([
                template("filters", names(|name| format!("{{{{ x | {name} }}}}"), &FILTERS)),
                template("tests", names(|name| format!("{{{{ x is {name} }}}}"), &TESTS)),
                template("functions", names(|name| format!("{{{{ {name}() }}}}"), &FUNCTIONS)),
            ])
            .collect();
        let files = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
        let snapshot = Snapshot::of_files(Date::default(), files);
        let mut report = Report::default();
        let layers = Layers::open(&snapshot, "codex", &mut report);
        let fonts = Arc::new(Fonts::open(&layers, &mut report));
        let wording = Arc::new(crate::theme::english().clone());
        Templates::build(&layers, Arc::default(), &fonts, "", &wording, &mut report);
        let said: Vec<String> = report.iter().map(|it| it.message.clone()).collect();
        assert_eq!(said, [""; 0]);
    }
}
