//! What a theme's templates may do with content: every value is in text or in double quotes, and
//! not in a script, style, comment or event handler; addresses and style values come from checked
//! fields; and what is printed unescaped is rendered HTML.

use std::path::{Path, PathBuf};

/// What may be printed unescaped, by the last name of its path: HTML rendered by the program,
/// linked data made for scripts, and parts that the same template rendered with escaping on.
const SAFE: [&str; 5] = [".html", "page.json_ld", "org", "line.html", "(t.xp_"];

/// Last names of values for `href` and `src`: addresses that were checked, or made by the program.
const ADDRESSES: [&str; 17] = [
    "url",
    "email_url",
    "phone_url",
    "resume_url",
    "edit_url",
    "evidence",
    "src",
    "home",
    "canonical",
    "atom",
    "json",
    "id",
    "ico",
    "svg",
    "apple",
    "manifest",
    // The name of a picture passed to a drawing.
    "picture",
];

/// Values in `href` that are words of the template, or of the rules.
const WORDS: [&str; 3] = ["shape", "rarity", "kind"];

/// Last names of values in a `style`: numbers, and the picture's own placeholder.
const STYLES: [&str; 20] = [
    "hue",
    "hue_1",
    "hue_2",
    "longest_word",
    "n",
    "size",
    "level",
    "max",
    "best",
    "value",
    "progress",
    "percent",
    "rows",
    "tier",
    "x",
    "y",
    "x1",
    "y1",
    "background",
    "depth",
];

/// A context in a template.
#[derive(Debug, PartialEq)]
enum Where {
    Text,
    /// Inside a tag, between attributes.
    Tag,
    /// In double quotes, as the value of this attribute.
    Value(String),
    /// In a script, a style or a comment, up to this text.
    Raw(&'static str),
}

/// All mistakes in a template.
fn lint(source: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut at = Where::Text;
    let mut rest = source;
    let mut attribute = String::new();
    let mut tag = String::new();
    while let Some(first) = rest.chars().next() {
        if let Some((_, after)) = between(rest, "{#", "#}") {
            rest = after;
            continue;
        }
        if let Some((inside, after)) = between(rest, "{%", "%}") {
            if inside.contains("| safe") {
                wrong.extend(unescaped(inside));
            }
            rest = after;
            continue;
        }
        if let Some((inside, after)) = between(rest, "{{", "}}") {
            wrong.extend(printed(inside, &at, &tag));
            rest = after;
            continue;
        }
        let mut step = first.len_utf8();
        at = match at {
            Where::Raw(end) if rest.starts_with(end) => Where::Text,
            Where::Raw(end) => Where::Raw(end),
            Where::Text if rest.starts_with("<!--") => Where::Raw("-->"),
            Where::Text if first == '<' => {
                let name =
                    rest[1..].chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '/');
                tag = name.collect();
                attribute.clear();
                Where::Tag
            }
            Where::Text => Where::Text,
            Where::Tag if first == '>' => match tag.as_str() {
                "script" => Where::Raw("</script"),
                "style" => Where::Raw("</style"),
                _ => Where::Text,
            },
            Where::Tag if rest.starts_with("=\"") => {
                step = 2;
                if attribute.to_ascii_lowercase().starts_with("on") {
                    wrong.push(format!("the handler {attribute}"));
                }
                Where::Value(std::mem::take(&mut attribute))
            }
            Where::Tag => {
                if first == '=' || first == '\'' {
                    wrong.push(format!("{attribute} of <{tag}> has no double quotes"));
                }
                if first.is_whitespace() {
                    attribute.clear()
                } else {
                    attribute.push(first)
                }
                Where::Tag
            }
            Where::Value(_) if first == '"' => Where::Tag,
            Where::Value(name) => Where::Value(name),
        };
        rest = &rest[step..];
    }
    wrong
}

/// What is printed, and in which context.
fn printed(inside: &str, at: &Where, tag: &str) -> Vec<String> {
    let expression = inside.trim_matches(|it: char| it == '-' || it.is_whitespace());
    let mut wrong = Vec::new();
    if expression.contains("| safe") {
        wrong.extend(unescaped(expression));
    }
    // `a.b[0].c`: nothing is computed, and only the last name matters.
    let path = expression.split(" | ").next().unwrap_or_default();
    let is_path = path.chars().all(|it| it.is_ascii_alphanumeric() || "._[]".contains(it));
    let last = path.rsplit('.').next().unwrap_or_default();
    let is_one_of = |list: &[&str]| is_path && list.contains(&last);
    let is_made = ["asset(path=\"", "url(path=\"/"].iter().any(|it| expression.starts_with(it));
    match at {
        Where::Text => {}
        Where::Tag => wrong.push(format!("{expression} stands in <{tag}> without quotes")),
        Where::Raw(_) if expression == "page.json_ld | safe" => {}
        Where::Raw(end) => wrong.push(format!("{expression} stands before {end}")),
        Where::Value(name) if matches!(name.as_str(), "href" | "src" | "action" | "poster") => {
            if !is_made && !is_one_of(&ADDRESSES) && !is_one_of(&WORDS) {
                wrong.push(format!("{name}=\"{expression}\""));
            }
        }
        Where::Value(name) if name == "style" && !is_one_of(&STYLES) => {
            wrong.push(format!("style=\"{expression}\""));
        }
        Where::Value(_) => {}
    }
    wrong
}

fn unescaped(expression: &str) -> Option<String> {
    let before = expression.split("| safe").next().unwrap_or_default().trim_end();
    let is_html = SAFE.iter().any(|it| match it.starts_with('.') {
        true => before.ends_with(it),
        false => before.starts_with(it),
    });
    (!is_html).then(|| format!("{before} is printed unescaped"))
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(start)?.split_once(end)
}

fn templates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => templates(&entry.path(), found),
            false => found.push(entry.path()),
        }
    }
}

#[test]
fn templates_keep_content_where_it_is_harmless() {
    let mut found = Vec::new();
    let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    for theme in std::fs::read_dir(themes).unwrap().flatten() {
        templates(&theme.path().join("templates"), &mut found);
    }
    assert!(found.len() > 20);
    let mut wrong = Vec::new();
    for path in found {
        let source = std::fs::read_to_string(&path).unwrap();
        wrong.extend(lint(&source).into_iter().map(|it| format!("{}: {it}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_lint_refuses_what_it_should() {
    for bad in [
        "<p class={{ x }}>",
        "<p class='{{ x }}'>",
        "<p {{ x }}>",
        "<p onclick=\"{{ x }}\">",
        "<a href=\"{{ profile_name }}\">",
        "<a href=\"mailto:{{ x }}\">",
        "<p style=\"color:{{ name }}\">",
        "<script>{{ x }}</script>",
        "<style>{{ x }}</style>",
        "<!-- {{ x }} -->",
        "{{ profile.name | safe }}",
        "{% set x = profile.name | safe %}",
    ] {
        assert!(!lint(bad).is_empty(), "{bad}");
    }
    let good = "{# {{ x }} #}<p class=\"a {{ x }}\"{% if y %} id=\"{{ z }}\"{% endif %}>{{ x }}</p>\
                <script type=\"application/ld+json\">{{ page.json_ld | safe }}</script>\
                <a href=\"{{ a.url }}\" title=\"'=\">{{ page.html | safe }}</a>";
    assert_eq!(lint(good), Vec::<String>::new());
}
