//! The options of a theme that a site may set: each has a kind and a default, and is checked
//! against `extra:`.

use crate::diagnostic::{Diagnostic, did_you_mean};
use serde_json::Value;

/// One option of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeOption {
    /// Its name in `extra:`.
    pub name: String,
    /// The values it accepts.
    pub kind: OptionKind,
    /// Its value if the site does not set it.
    pub default: Value,
    /// A description of its purpose.
    pub help: String,
}

/// The kinds of value an option accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the documentation")]
pub enum OptionKind {
    Text,
    Number,
    Flag,
    Color,
    Choice(Vec<String>),
}

impl OptionKind {
    /// A description of accepted values, for messages.
    pub fn expected(&self) -> String {
        match self {
            OptionKind::Text => "a text".to_owned(),
            OptionKind::Number => "a number".to_owned(),
            OptionKind::Flag => "`true` or `false`".to_owned(),
            OptionKind::Color => "a colour in quotes, such as `\"#1d6f7a\"`".to_owned(),
            OptionKind::Choice(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("one of {}", words.join(", "))
            }
        }
    }

    /// The value as templates may print it, if it is of this kind. A colour is normalised to six
    /// digits, so that nothing else can get into a stylesheet.
    pub fn accept(&self, value: &Value) -> Option<Value> {
        match self {
            OptionKind::Text => value.as_str().map(Value::from),
            OptionKind::Number => value.is_number().then(|| value.clone()),
            OptionKind::Flag => value.as_bool().map(Value::from),
            OptionKind::Color => value.as_str().and_then(color).map(Value::from),
            OptionKind::Choice(words) => {
                value.as_str().filter(|word| words.iter().any(|it| it == word)).map(Value::from)
            }
        }
    }

    /// The diagnostic for a value that is not accepted.
    pub fn refuse(&self, name: &str, value: &Value) -> Diagnostic {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let message = match value {
            Value::Array(_) => format!("the option `{name}` cannot be a list"),
            Value::Object(_) => format!("the option `{name}` cannot be a map"),
            Value::Null => format!("the option `{name}` cannot be empty"),
            _ => format!("the option `{name}` cannot be `{shown}`"),
        };
        let near = match self {
            OptionKind::Choice(words) => did_you_mean(&shown, words.iter().map(String::as_str)),
            _ => None,
        };
        let help = match (self, shown.as_str()) {
            (OptionKind::Flag, "yes" | "on") => "write `true`".to_owned(),
            (OptionKind::Flag, "no" | "off") => "write `false`".to_owned(),
            _ => near.unwrap_or_else(|| format!("write {}", self.expected())),
        };
        Diagnostic::error("theme-option", message).help(help)
    }
}

/// `#0f0` and `#00FF00` → `#00ff00`.
fn color(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digits = digits.to_ascii_lowercase();
    match digits.len() {
        3 => Some(format!("#{}", digits.chars().flat_map(|c| [c, c]).collect::<String>())),
        6 => Some(format!("#{digits}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_colour_is_a_colour() {
        let accept = |text: &str| OptionKind::Color.accept(&Value::from(text));
        assert_eq!(accept("#0F0"), Some(Value::from("#00ff00")));
        for bad in ["red", "#12", "#12345g", "#000}</style>", "url(//evil)"] {
            assert_eq!(accept(bad), None, "{bad}");
        }
    }
}
