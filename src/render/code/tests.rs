//! Properties of all languages. The spans of each language are tested in `tests/markdown/code.rs`.

use super::*;
use proptest::prelude::*;

const LANGUAGES: [&str; 26] = [
    "rust",
    "python",
    "javascript",
    "typescript",
    "bash",
    "json",
    "toml",
    "go",
    "c",
    "cpp",
    "java",
    "csharp",
    "kotlin",
    "swift",
    "ruby",
    "php",
    "lua",
    "sql",
    "html",
    "xml",
    "css",
    "yaml",
    "diff",
    "console",
    "ini",
    "sh",
];

fn check(language: &str, code: &str) -> Result<(), TestCaseError> {
    let spans = spans(language, code);
    prop_assert!(spans.is_some(), "{language} is known");
    let mut done = 0;
    for (class, range) in spans.unwrap_or_default() {
        prop_assert!(done <= range.start && range.start < range.end, "{language} {range:?}");
        prop_assert!(code.get(range.clone()).is_some(), "{language} cuts a letter {range:?}");
        prop_assert!(!class.name().is_empty());
        done = range.end;
    }
    Ok(())
}

/// Tokens that open or close something in any language.
fn pieces() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "\"", "'", "`", "\"\"\"", "'''", "/*", "*/", "//", "#", "#[", "#![", "]", "${", "$(", "$",
        "{", "}", "(", ")", "<", "</", ">", "<script>", "</script", "<style", "<!--", "-->", "&",
        "r#\"", "b'", "f\"", "R\"(", "<<EOF", "EOF", "\n", "\\", "\\\n", " ", "  - ", ": ", "|\n",
        "a", "é", "🦀", "fn ", "class ", "1e+", "0x", "@", "--", ":", "=", "/", "[", "%", "!",
        "\u{0}", "\t", "\r\n", "---", "&a", "*a", "~",
    ]);
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn spans_are_apart_and_whole_for_any_code(code in pieces(), other in "\\PC{0,60}") {
        for language in LANGUAGES {
            check(language, &code)?;
            check(language, &other)?;
        }
    }
}

#[test]
fn words_of_no_language_stay_plain() {
    assert_eq!(spans("", "fn"), None);
    assert_eq!(spans("nonsense", "fn"), None);
    assert_eq!(spans("rust", ""), Some(Vec::new()));
}
