//! The grammar of JSON, and the message for each violation.

use super::*;
use proptest::prelude::*;

/// The message, as `line:column message (help)`.
fn said(text: &str) -> Option<String> {
    let mistake = Check::new(text).run().err()?;
    let before = &text[..mistake.at.start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Some(format!("{line}:{column} {} ({})", mistake.message, mistake.help))
}

#[test]
fn each_mistake_is_told_in_words_of_json() {
    for (text, expected) in [
        (r#"["gin" "echo"]"#, r#"1:7 a comma is missing between `"gin"` and `"echo"`"#),
        ("{\"a\": 1\n \"b\": 2}", "1:8 a comma is missing between `1` and `\"b\"`"),
        ("[{} {}]", "1:4 a comma is missing between the map before it and the map behind it"),
        ("[1 2]", "1:3 a comma is missing between `1` and `2`"),
        ("{\"a\": 1,\n}", "1:8 a comma stands before `}` (take the comma out)"),
        ("[1,]", "1:3 a comma stands before `]`"),
        ("[1,,2]", "1:4 a comma stands where a value is missing"),
        ("{\"a\" 1}", "1:5 a colon is missing behind the key `\"a\"`"),
        ("{a: 1}", "1:2 a key stands without quotes (write `\"a\"`)"),
        ("{'a': 1}", "1:2 `'` is not a quotation mark of JSON (write `\"`)"),
        ("{“a”: 1}", "1:2 `“` is not a quotation mark"),
        (
            "{\"a\": Ada Okafor}",
            "1:7 `Ada` is not a value of JSON (write it in quotes: `\"Ada Okafor\"`)",
        ),
        ("[True]", "1:2 `True` is not a value of JSON (write `true`)"),
        ("[undefined]", "1:2 `undefined` is not a value of JSON (write `null`)"),
        ("[07]", "1:2 `07` is not a value of JSON"),
        ("// a\n{}", "1:1 JSON has no comments"),
        ("{} # a", "1:4 JSON has no comments"),
        ("{\"a\": [1}", "1:9 `}` stands where a list should be closed"),
        ("{\"a\": [1\n", "1:9 a list is not closed (write `]` at its end)"),
        ("{\"a\":}", "1:6 a value is missing before `}`"),
        ("{\"a\"", "1:5 a map is not closed"),
        ("[\"a\": 1]", "1:5 a colon stands behind `\"a\"`"),
        ("{} {}", "1:4 something stands behind the end of the map"),
        ("[\"a\nb\"]", "1:2 this text is not closed on its line"),
        ("[\"a", "1:2 this text is not closed (write `\"` at its end)"),
        ("[\"a\tb\"]", "1:4 a tab stands in a text"),
        (r#"["C:\Users"]"#, r"1:5 `\U` is not an escape of JSON (write `\\` for a backslash)"),
        (r#"["\u12"]"#, r"1:3 `\u` is not an escape of JSON"),
    ] {
        let said = said(text).unwrap_or_default();
        assert!(said.starts_with(expected), "{text}\n{said}\n{expected}");
    }
}

#[test]
fn sound_json_is_let_through() {
    for text in
        ["", " \n", "null", "{}", "[]", r#"{"a": [1, -2.5e3, "\"\\\u00fc", true, {"b": null}]}"#]
    {
        assert_eq!(said(text), None, "{text}");
    }
}

proptest! {
    /// This parser refuses exactly what serde_json refuses.
    #[test]
    fn the_rules_are_those_of_serde_json(text in r#"([\[\]{},: \n"ab1\\/']|"a"|"b":|true|1,){0,12}"#) {
        let sound = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        prop_assert_eq!(said(&text).is_none(), sound || text.trim().is_empty(), "{:?}", text);
    }
}
