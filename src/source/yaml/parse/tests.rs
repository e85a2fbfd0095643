//! Values keep their positions, and mistakes are reported.

use super::*;

fn read(text: &str) -> (Option<Node>, Report) {
    let mut report = Report::default();
    let file = SitePath::new("a.yaml").unwrap();
    (parse(&file, text, 0, &mut report), report)
}

fn codes(text: &str) -> Vec<&'static str> {
    read(text).1.iter().map(|it| it.code).collect()
}

#[test]
fn every_value_knows_its_bytes() {
    let text = "\u{feff}a: 'x y'\nb:\n- p\n- q\n\nc: { d: 1 }\ne: |\n  one\n\nf: [\n  1 ]\n";
    let (root, report) = read(text);
    assert!(report.is_empty(), "{report:?}");
    let root = root.unwrap();
    let slice = |key: &str| &text[root.get(key).unwrap().at.clone()];
    assert_eq!(slice("a"), "'x y'");
    assert_eq!(slice("b"), "- p\n- q");
    assert_eq!(slice("c"), "{ d: 1 }");
    assert_eq!(slice("e"), "one");
    assert_eq!(slice("f"), "[\n  1 ]");
    assert_eq!(&text[root.at.clone()], text.trim_start_matches('\u{feff}').trim_end());
}

#[test]
fn verbatim_text_is_known_to_be_so() {
    let text =
        "a: plain\nb: 'quoted'\nc: \"esc\\taped\"\nd: |\n  block\ne: >\n  fol\n  ded\nf: 'it''s'\n";
    let root = read(text).0.unwrap();
    let verbatim = |key: &str| match &root.get(key).unwrap().kind {
        NodeKind::Scalar { text: value, verbatim: Some(start), .. } => {
            Some(&text[*start..*start + value.trim_end().len()])
        }
        _ => None,
    };
    assert_eq!(verbatim("a"), Some("plain"));
    assert_eq!(verbatim("b"), Some("quoted"));
    assert_eq!(verbatim("d"), Some("block"));
    for key in ["c", "e", "f"] {
        assert_eq!(verbatim(key), None, "{key}");
    }
}

#[test]
fn a_second_key_of_one_name_is_reported_with_the_first() {
    let (root, report) = read("a: 1\nb: 2\na: {c: 3}\n");
    let diagnostic = report.iter().next().unwrap();
    assert_eq!(diagnostic.code, "duplicate-key");
    assert_eq!(diagnostic.at.as_ref().unwrap().range(), 10..11);
    assert_eq!(diagnostic.related[0].0.range(), 0..1);
    assert_eq!(root.unwrap().to_json().to_string(), r#"{"a":1,"b":2}"#);
}

#[test]
fn nothing_stands_for_null() {
    for text in ["", "# only a comment\n", "---\n"] {
        let (root, report) = read(text);
        assert!(root.unwrap().is_null() && report.is_empty(), "{text:?}");
    }
}

#[test]
fn what_could_blow_up_is_refused() {
    assert_eq!(codes("a: &x 1\nb: *x\n"), ["yaml-alias", "yaml-alias"]);
    assert_eq!(codes("a: !!str 1\n"), ["yaml-tag"]);
    assert_eq!(codes("a: 1\n---\nb: 2\n"), ["yaml-documents"]);
    assert_eq!(codes("? [a]\n: b\n"), ["yaml-key"]);
    assert_eq!(codes("a: {{ x }}\n"), ["yaml-key"]);
    assert_eq!(codes("a: x\u{7}y\n"), ["control-character"]);
    assert_eq!(codes("a: \"\\e[31m\"\n"), ["control-character"]);
    assert_eq!(codes(&format!("{}{}", "[".repeat(33), "]".repeat(33))), ["yaml-too-deep"]);
    assert_eq!(codes(&"[".repeat(100_000)), ["yaml-too-deep"]);
    assert_eq!(codes(&"a".repeat(MAX_BYTES + 1)), ["yaml-too-large"]);
    assert_eq!(codes(&format!("[{}]", "1,".repeat(60_000))), ["yaml-too-large"]);
}

#[test]
fn mistakes_of_syntax_say_what_to_write() {
    for (text, help) in [
        ("a:\n\t- b\n", "spaces"),
        ("a: 'x\nb: 1\n", "close it"),
        ("a: \"x\n", "close it"),
        ("a: @x # y\n", "`\"@x\"`"),
        ("a: b: c\n", "in quotes"),
        ("a: {b: 1\nc: 2\n", "close every"),
        ("a: [1, 2\nb: 3\n", "close every"),
        ("a: 1\nb\nc: 2\n", "`b:`"),
        ("a: 1\n b: 2\n", "same column"),
        ("a:\n    - x\n   - y\n", "same column"),
        ("a: \"\\q\"\n", "`\\\\`"),
        ("name Ada\nlabel: x\n", "colon"),
    ] {
        let (root, report) = read(text);
        let diagnostic = report.iter().next().unwrap();
        assert_eq!((root, diagnostic.code), (None, "yaml-syntax"), "{text:?}");
        let found = diagnostic.help.as_deref().unwrap_or_default();
        assert!(found.contains(help), "{text:?}: {diagnostic:?}");
    }
}

#[test]
fn places_are_those_of_the_file() {
    let mut report = Report::default();
    let file = SitePath::new("a.md").unwrap();
    let root = parse(&file, "a: 1\nb: @\n", 4, &mut report);
    assert_eq!(root, None);
    assert_eq!(report.iter().next().unwrap().at.as_ref().unwrap().range(), 12..13);
}
