//! Writes a value as YAML or JSON.

/// The ways to write a text, in order of preference: in the style of the old value (plain, if there
/// was none), then in quotes, if that does not parse back.
pub(super) fn spellings(value: &str, old: &str, is_json: bool) -> Vec<String> {
    let quoted = quoted(value);
    match old.bytes().next() {
        _ if is_json => vec![quoted],
        Some(b'"') => vec![quoted],
        Some(b'\'') => vec![format!("'{}'", value.replace('\'', "''")), quoted],
        _ => vec![value.to_owned(), quoted],
    }
}

/// In double quotes: a JSON string is also valid YAML.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A key with its colon.
pub(super) fn key(name: &str, is_json: bool) -> String {
    if is_json { format!("{}: ", quoted(name)) } else { format!("{name}: ") }
}

/// The line ending used in a text.
pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
