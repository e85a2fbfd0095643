//! The YAML reader accepts or reports any input; every position it gives is inside the text.
#![expect(clippy::disallowed_methods, reason = "reads the corpora")]

use proptest::prelude::*;
use questfolio::diagnostic::Report;
use questfolio::diagnostic_text::{Sources, render};
use questfolio::path::SitePath;
use questfolio::source::yaml::{self, Node, NodeKind};
use serde_json::Value;
use std::path::PathBuf;

/// A folder of the shared corpora, in a sibling of one of the parent folders; `None` if there is
/// none.
fn corpus(path: &str) -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|it| it.join("shared/corpora").join(path));
    found.into_iter().find(|it| it.exists())
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(entries) => entries.values().for_each(|item| strings(item, found)),
        _ => {}
    }
}

fn check_places(text: &str, node: &Node) {
    let slice = text.get(node.at.clone());
    assert!(slice.is_some(), "{:?} of {text:?}", node.at);
    match &node.kind {
        NodeKind::Scalar { text: value, verbatim: Some(start), .. } => {
            assert!(text[*start..].starts_with(value.trim_end()), "{value:?} of {text:?}");
        }
        NodeKind::Scalar { .. } => {}
        NodeKind::List(items) => items.iter().for_each(|item| check_places(text, item)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                assert!(text.get(key.at.clone()).is_some(), "{key:?} of {text:?}");
                check_places(text, value);
            }
        }
    }
}

fn check(text: &str) {
    let file = SitePath::new("a.yaml").expect("a sound path");
    let mut report = Report::default();
    let node = yaml::parse(&file, text, 0, &mut report);
    assert!(node.is_some() || !report.is_empty(), "silence about {text:?}");
    if let Some(node) = node {
        check_places(text, &node);
        node.to_json();
    }
    for diagnostic in &report {
        let shown = render(diagnostic, &Sources::new(|_| Some(text)), false);
        assert!(shown.chars().all(|it| it == '\n' || !it.is_control()), "{shown:?}");
    }
}

#[test]
fn the_corpora_are_read_without_a_panic() {
    for path in ["yaml-test-suite/cases.json", "naughty-strings/blns.json"] {
        let Some(path) = corpus(path) else { continue };
        let value: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let mut texts = Vec::new();
        strings(&value, &mut texts);
        assert!(texts.len() > 100);
        for text in &texts {
            check(text);
            check(&format!("key: {text}\n"));
            check(&format!("- \"{text}\n"));
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in r#"([-:?,\[\]{}#&*!|>'"%@`~ \n\täx1]|\r\n|: |- |---){0,40}"#) {
        check(&text);
    }

    #[test]
    fn json_is_read_as_json_reads_it(value in json()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let file = SitePath::new("a.json").unwrap();
        let mut report = Report::default();
        let node = yaml::parse(&file, &text, 0, &mut report);
        prop_assert!(report.is_empty(), "{report:?} of {text}");
        prop_assert_eq!(node.unwrap().to_json(), value);
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        "[ -~äß漢😀\n\t]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[ -~ä]{0,8}", inner, 0..5)
                .prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}
