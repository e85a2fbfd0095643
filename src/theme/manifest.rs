//! `theme.yaml`: a theme's name, the theme it extends, and the options a site may set.

use super::layers::{Layered, Layers};
use super::options::{OptionKind, ThemeOption};
use crate::diagnostic::{Diagnostic, Report, did_you_mean};
use crate::load::Config;
use crate::load::fields::Fields;
use crate::load::read::Reader;
use crate::source::yaml::{self, Node};
use crate::span::Span;
use serde_json::{Map, Value};

/// The contents of `theme.yaml`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// The theme's name.
    pub name: String,
    /// The theme's version.
    pub version: Option<String>,
    /// A sentence describing it.
    pub description: Option<String>,
    /// Options that a site may set, including those of extended themes.
    pub options: Vec<ThemeOption>,
    /// How pictures in texts are shown.
    pub pictures: TextPictures,
}

/// How pictures in Markdown are shown, which depends on the theme's layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPictures {
    /// Widths in pixels to produce, ascending.
    pub widths: Vec<u32>,
    /// Their displayed width, in the syntax of HTML's `sizes`.
    pub sizes: String,
}

impl Default for TextPictures {
    fn default() -> TextPictures {
        TextPictures {
            widths: vec![480, 960, 1440],
            sizes: "(min-width: 48rem) 42rem, 92vw".into(),
        }
    }
}

/// Whether `extra` in `site.yaml` must match this theme's options. It is written for the site's
/// theme; other themes use the options they know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    Checked,
    Lenient,
}

impl Manifest {
    /// Reads the `theme.yaml` of every layer. The nearest gives the name, and its options override
    /// those of the layers below.
    pub(crate) fn read(layers: &Layers, report: &mut Report) -> Manifest {
        let mut manifest = Manifest::default();
        let nearest_last = layers.all("theme.yaml").rev();
        for layered in nearest_last {
            let Some(own) = parse(layered, report) else { continue };
            for option in own.options {
                manifest.options.retain(|known| known.name != option.name);
                manifest.options.push(option);
            }
            if let Some(pictures) = own.pictures {
                manifest.pictures = pictures;
            }
            manifest.name = own.name;
            manifest.version = own.version;
            manifest.description = own.description;
        }
        manifest
    }

    /// Every option with its value: the site's setting, or else the default.
    pub(crate) fn settings(
        &self,
        config: &Config,
        strictness: Strictness,
        report: &mut Report,
    ) -> Map<String, Value> {
        let mut settings = Map::new();
        for option in &self.options {
            let value = match config.extra.get(&option.name) {
                None => option.default.clone(),
                Some(set) => option.kind.accept(set).unwrap_or_else(|| {
                    if strictness == Strictness::Checked {
                        let at = config.extra_values_at.get(&option.name).cloned();
                        report.push(option.kind.refuse(&option.name, set).at_opt(at));
                    }
                    option.default.clone()
                }),
            };
            settings.insert(option.name.clone(), value);
        }
        if strictness == Strictness::Checked {
            self.report_unknown(config, report);
        }
        settings
    }

    fn report_unknown(&self, config: &Config, report: &mut Report) {
        let known: Vec<&str> = self.options.iter().map(|option| option.name.as_str()).collect();
        for key in config.extra.keys().filter(|key| !known.contains(&key.as_str())) {
            let message = format!("the theme `{}` has no option `{key}`", self.name);
            let help = did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
                let list: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                format!("it has {}", list.join(", "))
            });
            report.push(
                Diagnostic::error("unknown-theme-option", message)
                    .at_opt(config.extra_at.get(key).cloned())
                    .help(help),
            );
        }
    }
}

/// The `theme.yaml` of one layer.
struct Own {
    name: String,
    version: Option<String>,
    description: Option<String>,
    options: Vec<ThemeOption>,
    pictures: Option<TextPictures>,
}

fn parse(layered: &Layered, report: &mut Report) -> Option<Own> {
    let file = &layered.source;
    let Some(text) = layered.file.text() else {
        report.push(
            Diagnostic::error("theme-not-text", format!("`{file}` is not written in UTF-8"))
                .in_file(file)
                .help("save it as UTF-8 in your editor"),
        );
        return None;
    };
    let node = yaml::parse(file, text, 0, report)?;
    let mut fields = Fields::new(&node, file, "a theme", report);
    let name = fields.text("name").unwrap_or_default();
    let version = fields.optional_text("version");
    let description = fields.optional_text("description");
    for informal in ["license", "extends", "author", "homepage"] {
        fields.optional_text(informal);
    }
    let engine = fields.take("engine").cloned();
    let options = fields
        .entries("options")
        .to_vec()
        .into_iter()
        .filter_map(|(key, node)| option(key.name, &node, fields.reader()))
        .collect();
    let pictures = fields.optional("pictures", text_pictures);
    fields.finish();
    if let Some(engine) = engine {
        check_engine(&engine, layered, report);
    }
    Some(Own { name, version, description, options, pictures })
}

fn text_pictures(read: &mut Reader<'_>, node: &Node) -> Option<TextPictures> {
    let usual = TextPictures::default();
    let mut fields = read.fields(node, "`pictures`");
    let mut widths = fields.each("widths", |read, node| {
        read.integer("widths", node, 16..=4096).and_then(|width| u32::try_from(width).ok())
    });
    widths.sort_unstable();
    widths.dedup();
    let sizes = fields.optional_text("sizes").unwrap_or(usual.sizes);
    fields.finish();
    Some(TextPictures { widths: if widths.is_empty() { usual.widths } else { widths }, sizes })
}

fn option(name: String, node: &Node, read: &mut Reader<'_>) -> Option<ThemeOption> {
    let mut fields = read.fields(node, "an option");
    let words = ["text", "number", "flag", "color", "choice"].map(|word| (word, word));
    let kind = fields.required("kind", |read, node| read.word("kind", node, &words));
    let of = fields.texts("of");
    let help = fields.optional_text("help").unwrap_or_default();
    let default = fields.take("default").cloned();
    fields.finish();
    let kind = match kind? {
        "text" => OptionKind::Text,
        "number" => OptionKind::Number,
        "flag" => OptionKind::Flag,
        "color" => OptionKind::Color,
        _ => OptionKind::Choice(of),
    };
    let Some(default) = default else {
        let at = read.span(node);
        read.report.push(
            Diagnostic::error("theme-option", format!("the option `{name}` has no default"))
                .at(at)
                .help("add `default:`: every option needs one"),
        );
        return None;
    };
    let value = default.to_json();
    let accepted = kind.accept(&value);
    if accepted.is_none() {
        let at = read.span(&default);
        read.report.push(kind.refuse(&name, &value).at(at));
    }
    Some(ThemeOption { name, kind, default: accepted?, help })
}

/// Checks `engine: ">=0.1, <0.2"` against this version. Only a warning, since the theme may work
/// anyway.
fn check_engine(node: &Node, layered: &Layered, report: &mut Report) {
    let wanted = node.as_str().unwrap_or_default();
    let own = env!("CARGO_PKG_VERSION");
    let at = Span::new(&layered.source, node.at.clone());
    match fits(wanted, own) {
        Some(true) => {}
        Some(false) => report.push(
            Diagnostic::warning(
                "theme-engine",
                format!("this theme needs questfolio {wanted}"),
            )
            .at(at)
            .label(format!("this is {own}"))
            .help("get a newer version of the theme, or use the version of questfolio that it needs"),
        ),
        None => report.push(
            Diagnostic::error("theme-engine", format!("`{wanted}` is not a range of versions"))
                .at(at)
                .help("for example, write `engine: \">=0.1, <0.2\"`"),
        ),
    }
}

/// Whether a version satisfies comma-separated comparisons; `None` if they cannot be parsed.
fn fits(wanted: &str, own: &str) -> Option<bool> {
    let own = version(own)?;
    let mut all = true;
    for part in wanted.split(',').map(str::trim) {
        let split = part.find(|c: char| c.is_ascii_digit())?;
        let (sign, number) = part.split_at(split);
        let number = version(number)?;
        all &= match sign.trim() {
            ">=" => own >= number,
            ">" => own > number,
            "<=" => own <= number,
            "<" => own < number,
            "=" | "" => own == number,
            _ => return None,
        };
    }
    Some(all)
}

fn version(text: &str) -> Option<[u32; 3]> {
    let mut parts = [0; 3];
    for (index, part) in text.split('.').enumerate() {
        *parts.get_mut(index)? = part.parse().ok()?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_part_by_part() {
        assert_eq!(fits(">=0.1, <0.2", "0.1.10"), Some(true));
        assert_eq!(fits(">=0.1, <0.2", "0.2.0"), Some(false));
        assert_eq!(fits("<0.10", "0.9.9"), Some(true));
        assert_eq!(fits("new", "0.1.0"), None);
        assert_eq!(fits("~0.1", "0.1.0"), None);
    }
}
