//! A value as YAML or JSON writes it.

/// The ways to write a text, the one to be preferred first: as the old value was written, plainly
/// where there was none or it was plain, and in quotes where that does not read back.
pub(super) fn spellings(value: &str, old: &str, is_json: bool) -> Vec<String> {
    let quoted = quoted(value);
    match old.bytes().next() {
        _ if is_json => vec![quoted],
        Some(b'"') => vec![quoted],
        Some(b'\'') => vec![format!("'{}'", value.replace('\'', "''")), quoted],
        _ => vec![value.to_owned(), quoted],
    }
}

/// In double quotes: what JSON writes, YAML reads as well.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A key with its colon.
pub(super) fn key(name: &str, is_json: bool) -> String {
    if is_json { format!("{}: ", quoted(name)) } else { format!("{name}: ") }
}

/// How the lines of a text end.
pub(super) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
