//! The three formats of diagnostics.

use super::*;
use crate::path::SitePath;

const TEXT: &str = "name: Ada\nclass: wizzard\n";

fn file() -> SitePath {
    SitePath::new("content/profile.yaml").unwrap()
}

fn wizard() -> Diagnostic {
    Diagnostic::error("unknown-class", "there is no class called `wizzard`")
        .at(Span::new(&file(), 17..24))
        .label("not in the ruleset")
        .help("did you mean `wizard`?")
}

#[test]
fn a_terminal_shows_the_line_and_what_to_write() {
    let text = render(&wizard(), &Sources::new(|_| Some(TEXT)), false);
    let expected = "\
error[unknown-class]: there is no class called `wizzard`
 --> content/profile.yaml:2:8
  |
2 | class: wizzard
  |        ^^^^^^^ not in the ruleset
  |
  = help: did you mean `wizard`?";
    assert_eq!(text, expected);
}

#[test]
fn a_file_as_a_whole_has_no_line() {
    let whole = Diagnostic::warning("w", "odd").in_file(&file()).help("look");
    let expected = "warning[w]: odd\n--> content/profile.yaml\n = help: look";
    assert_eq!(render(&whole, &Sources::new(|_| Some(TEXT)), false), expected);
    assert!(render(&wizard(), &Sources::new(|_| None), false).contains("--> content/profile.yaml"));
    assert_eq!(render(&Diagnostic::error("e", "x"), &Sources::new(|_| None), false), "error[e]: x");
}

#[test]
fn nothing_foreign_reaches_the_terminal() {
    let text = "a: \u{1b}[31mred\u{202e}\u{9b}\r\nb: \u{7}x\n";
    let at = text.find('x').unwrap();
    let diagnostic = Diagnostic::error("e", "bad \u{1b}]0;x\u{7}\nname")
        .at(Span::new(&file(), 3..12))
        .label("\u{202e}label")
        .related(Span::new(&file(), at..at + 1), "here")
        .help("\u{85}help");
    let shown = render(&diagnostic, &Sources::new(|_| Some(text)), false);
    assert!(shown.chars().all(|it| it == '\n' || !it.is_control()), "{shown:?}");
    assert!(!shown.contains('\u{202e}'));
    assert!(shown.contains(r"\u{1b}[31mred"), "{shown}");
    assert!(shown.contains(r"b: \u{7}x"), "{shown}");
}

#[test]
fn any_place_can_be_drawn() {
    let text = "ä: ö\r\n\tb: [\r\n]\n";
    for start in 0..text.len() + 3 {
        for end in start..text.len() + 3 {
            let diagnostic = Diagnostic::error("e", "x")
                .at(Span::new(&file(), start..end))
                .related(Span::new(&file(), end..end), "r");
            assert!(render(&diagnostic, &Sources::new(|_| Some(text)), true).contains('x'));
            to_json(&diagnostic, &Sources::new(|_| Some(text)));
            to_github(&diagnostic, &Sources::new(|_| Some(text)));
        }
    }
}

#[test]
fn json_says_where_in_lines_and_columns() {
    let other = SitePath::new("rules.yaml").unwrap();
    let diagnostic = wizard().related(Span::file(&other), "the ruleset");
    let json = to_json(&diagnostic, &Sources::new(|path| (path == &file()).then_some(TEXT)));
    let expected = serde_json::json!({
        "code": "unknown-class",
        "severity": "error",
        "message": "there is no class called `wizzard`",
        "file": "content/profile.yaml",
        "line": 2, "column": 8, "end_line": 2, "end_column": 15,
        "source": "class: wizzard",
        "label": "not in the ruleset",
        "help": "did you mean `wizard`?",
        "related": [{ "file": "rules.yaml", "label": "the ruleset" }],
    });
    assert_eq!(json, expected);
}

#[test]
fn annotations_are_escaped() {
    assert_eq!(
        to_github(&wizard(), &Sources::new(|_| Some(TEXT))),
        "::error file=content/profile.yaml,line=2,endLine=2,col=8,endColumn=15,title=unknown-class::\
         there is no class called `wizzard`%0Ahelp: did you mean `wizard`?"
    );
    let path = SitePath::new("a,b%.md").unwrap();
    let odd = Diagnostic::warning("w", "50 %\n::error::x").in_file(&path);
    let expected = "::warning file=a%2Cb%25.md,title=w::50 %25%0A::error::x";
    assert_eq!(to_github(&odd, &Sources::new(|_| None)), expected);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("a\n{}\u{1b}X{}\n", "é ".repeat(50_000), " b".repeat(50_000));
    let at = text.find('X').unwrap();
    let diagnostic = Diagnostic::error("e", "bad")
        .at(Span::new(&file(), at..at + 1))
        .label("this")
        .related(Span::new(&file(), 0..1), "here")
        .related(Span::new(&file(), text.len() - 2..text.len() - 1), "there");
    let sources = Sources::new(|_| Some(text.as_str()));
    for styled in [false, true] {
        let shown = render(&diagnostic, &sources, styled);
        assert!(shown.len() < 3_000, "{shown}");
        assert!(shown.contains("content/profile.yaml:2:100002\n"), "{shown}");
        assert!(shown.contains("content/profile.yaml:2:200002\n"), "{shown}");
    }
    let json = to_json(&diagnostic, &sources);
    let (source, begin) = (json["source"].as_str().unwrap(), &json["source_column"]);
    assert_eq!(source.chars().nth(120), Some('X'));
    assert_eq!((source.chars().count(), begin), (240, &serde_json::json!(100_002 - 120)));
}
