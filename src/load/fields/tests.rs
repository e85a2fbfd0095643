//! Maps are taken key by key, and unknown keys are reported.

use super::*;
use crate::source::yaml;

/// Reads `text` and returns the reports, each as `code: message (help)`.
fn reported(text: &str, take: impl FnOnce(Fields<'_, '_>)) -> Vec<String> {
    let file = SitePath::new("a.yaml").unwrap();
    let mut report = Report::default();
    let node = yaml::parse(&file, text, 0, &mut report).unwrap();
    take(Fields::new(&node, &file, "a skill", &mut report));
    let line = |it: &Diagnostic| {
        let help = it.help.as_deref().unwrap_or_default();
        format!("{}: {} ({help})", it.code, it.message)
    };
    report.iter().map(line).collect()
}

#[test]
fn what_nobody_took_is_reported_with_a_suggestion() {
    let lines = reported("levle: 8\nsince: 2019\nbanana: {a: [1]}\n", |mut fields| {
        assert_eq!(fields.integer("level", 0..=10), None);
        assert_eq!(fields.partial_date("since").unwrap().to_string(), "2019");
        let extra = fields.finish_keeping();
        assert_eq!(serde_json::to_string(&extra).unwrap(), r#"{"levle":8,"banana":{"a":[1]}}"#);
    });
    assert_eq!(
        lines,
        [
            "unknown-key: there is no key `levle` in a skill (did you mean `level`?)",
            "unknown-key: there is no key `banana` in a skill (it is kept unchanged)",
        ]
    );
}

#[test]
fn text_must_be_quoted_where_yaml_would_read_something_else() {
    for written in ["1.10", "07", "+4930000000", "true", "0x1f", ".5", "1e3", "-.inf"] {
        let lines = reported(&format!("a: {written}\n"), |mut fields| {
            assert_eq!(fields.optional_text("a"), None);
        });
        assert!(lines[0].contains(&format!("put it in quotes: `\"{written}\"`")), "{lines:?}");
    }
    for written in ["no", "2014-06", "+49 30 0", "1.1.1", "'07'", "0x", "e", ".", "1e"] {
        let lines = reported(&format!("a: {written}\n"), |mut fields| {
            assert!(fields.optional_text("a").is_some(), "{written}");
        });
        assert_eq!(lines.len(), 0, "{lines:?}");
    }
}

#[test]
fn wrong_values_say_what_to_write() {
    for (text, expected) in [
        (
            "a: '8'",
            "wrong-kind: `a` must be a whole number, but this is the text `8` (remove the quotes: `8`)",
        ),
        (
            "a: 07",
            "wrong-kind: `a` must be a whole number, but this is the number `07` (write `7`)",
        ),
        ("a: 11", "out-of-range: `a` cannot be 11 (write a whole number from 0 to 10)"),
        ("a: [1]", "wrong-kind: `a` must be a whole number, but this is a list ()"),
    ] {
        let lines = reported(text, |mut fields| assert_eq!(fields.integer("a", 0..=10), None));
        assert_eq!(lines, [expected]);
    }
    let lines = reported("a: yes", |mut fields| assert!(!fields.flag("a")));
    assert_eq!(
        lines,
        ["wrong-kind: `a` must be `true` or `false`, but this is the text `yes` (write `true`)"]
    );
    let lines = reported("a: 2014", |mut fields| assert_eq!(fields.date("a"), None));
    assert_eq!(
        lines,
        [
            "bad-date: `a` needs a full date, and `2014` has no day (for example, write `2014-01-01`)"
        ]
    );
    let lines = reported("a: hash", |mut fields| {
        assert_eq!(fields.word("a", &[("harsh", 1), ("easy", 2)]), None);
    });
    assert_eq!(lines, ["unknown-word: `a` cannot be `hash` (did you mean `harsh`?)"]);
}

#[test]
fn a_missing_key_is_missed_once() {
    let lines = reported("b: 1\n", |mut fields| {
        assert_eq!(fields.text("name"), None);
    });
    assert_eq!(lines, ["missing-key: `name` is missing in a skill (add `name:`)"]);
    let lines = reported("just text\n", |mut fields| {
        assert_eq!(fields.text("name"), None);
        fields.finish();
    });
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[test]
fn two_names_of_one_key_are_a_mistake() {
    let lines = reported("startDate: 2014\nstart: 2015\n", |mut fields| {
        let date = fields.take_either("startDate", "start").unwrap();
        assert_eq!(date.as_str(), Some("2014"));
        fields.finish();
    });
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("two-names"));
}

#[test]
fn short_and_long_forms_of_lists_are_read() {
    assert_eq!(
        reported("a: x\nb: [y, '', z]\nc:\n", |mut fields| {
            assert_eq!(fields.texts("a"), ["x"]);
            assert_eq!(fields.texts("b"), ["y", "z"]);
            assert_eq!(fields.texts("c"), [""; 0]);
            fields.finish();
        }),
        [""; 0]
    );
}

#[test]
fn markdown_knows_its_place() {
    let text = "a: 'some *text*'\nb: |\n  one\n  two\n";
    reported(text, |mut fields| {
        let a = fields.markdown("a").unwrap();
        assert!(a.verbatim);
        assert_eq!(&text[a.span(5..11).unwrap().range()], "*text*");
        let b = fields.markdown("b").unwrap();
        assert_eq!(b.text, "one\ntwo");
        assert!(!b.verbatim);
        assert_eq!(&text[b.span(0..3).unwrap().range()], "one\n  two");
    });
}
