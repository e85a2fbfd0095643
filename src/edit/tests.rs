//! Edits of profiles in every form they can be written in, and of random profiles.

use super::*;
use crate::diagnostic::Report;
use crate::load::picture::PictureKind::{self, Jpeg, Png};
use crate::source::yaml;
use proptest::prelude::*;

fn path(path: &str) -> SitePath {
    SitePath::new(path).unwrap()
}

fn edit_in(file: &str, text: &str, field: Field, was: &str, value: &str) -> Result<String> {
    let change = Change { field, was: was.to_owned(), value: value.to_owned() };
    Sheets::default().edited(&path(file), text, &change)
}

fn edit(text: &str, field: Field, was: &str, value: &str) -> String {
    edit_in("content/profile.yaml", text, field, was, value).unwrap()
}

fn level(slug: &str) -> Field {
    Field::Level(slug.to_owned())
}

fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<&'static str> {
    result.unwrap_err().iter().map(|it| it.code).collect()
}

#[test]
fn only_the_value_changes() {
    let text = "# me\nname: Ada   # first\n\nlabel: 'Engineer' # said\n# end\n";
    assert_eq!(
        edit(text, Field::Name, "Ada", "Ada Okafor"),
        "# me\nname: Ada Okafor   # first\n\nlabel: 'Engineer' # said\n# end\n"
    );
    assert_eq!(
        edit(text, Field::Label, "Engineer", "God's own # one"),
        "# me\nname: Ada   # first\n\nlabel: 'God''s own # one' # said\n# end\n"
    );
    assert_eq!(edit(text, Field::Name, " Ada ", "Ada"), text);
}

#[test]
fn quotes_come_only_where_they_are_needed() {
    for (value, written) in [
        ("Ada: the first", "\"Ada: the first\""),
        ("Ada #1", "\"Ada #1\""),
        ("Ada #1\\", "\"Ada #1\\\\\""),
        ("Ada#1", "Ada#1"),
        ("12", "\"12\""),
        ("0x1f", "\"0x1f\""),
        ("1e3", "\"1e3\""),
        ("true", "\"true\""),
        ("null", "\"null\""),
        ("no", "no"),
        ("2014-06", "2014-06"),
        ("- Ada", "\"- Ada\""),
        ("&Ada", "\"&Ada\""),
        ("*Ada", "\"*Ada\""),
        ("!Ada", "\"!Ada\""),
        ("[Ada]", "\"[Ada]\""),
        ("{Ada}", "\"{Ada}\""),
        ("| Ada", "\"| Ada\""),
        ("> Ada", "\"> Ada\""),
        ("% Ada", "\"% Ada\""),
        ("@ada", "\"@ada\""),
        ("\"Ada\"", "\"\\\"Ada\\\"\""),
        ("'Ada'", "\"'Ada'\""),
        ("Zoë Ångström 😀", "Zoë Ångström 😀"),
        ("O'Neill", "O'Neill"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ] {
        let text = edit("name: A\nlabel: B\n", Field::Name, "A", value);
        assert_eq!(text, format!("name: {written}\nlabel: B\n"));
    }
}

#[test]
fn a_level_is_changed_however_it_is_written() {
    for (skills, expected) in [
        ("{ Rust: 7, Go: 3 } # two", "{ Rust: 9, Go: 3 } # two"),
        ("\n  Go: 3\n  Rust: 7 # seven\n", "\n  Go: 3\n  Rust: 9 # seven\n"),
        ("\n  Rust: { since: 2018, level: 7 }", "\n  Rust: { since: 2018, level: 9 }"),
        (
            "\n  Rust:\n    # how\n    level: 7\n    since: 2018\n",
            "\n  Rust:\n    # how\n    level: 9\n    since: 2018\n",
        ),
        ("\n- name: Rust\n  level: 7\n", "\n- name: Rust\n  level: 9\n"),
        ("\n  - { name: Rust, level: 7 }\n", "\n  - { name: Rust, level: 9 }\n"),
        ("{\"Rust\":7}", "{\"Rust\":9}"),
    ] {
        let text = format!("name: A\nskills: {skills}");
        assert_eq!(
            edit(&text, level("rust"), "7", "9"),
            format!("name: A\nskills: {expected}"),
            "{skills}"
        );
    }
    assert_eq!(
        edit("name: A\nskills: { Rust: 7 }\n", level("rust"), "7", "learning"),
        "name: A\nskills: { Rust: learning }\n"
    );
    assert_eq!(
        edit("name: A\nskills: { Bash: learning }\n", level("bash"), "1", "7"),
        "name: A\nskills: { Bash: 7 }\n"
    );
}

#[test]
fn what_is_not_written_yet_is_put_in_a_sensible_place() {
    for (text, expected) in [
        ("name: A # me\nurl: /b\n", "name: A # me\nlabel: B\nurl: /b\n"),
        ("name: A", "name: A\nlabel: B"),
        ("name: A\r\nurl: /b\r\n", "name: A\r\nlabel: B\r\nurl: /b\r\n"),
        ("\u{feff}name: A\n", "\u{feff}name: A\nlabel: B\n"),
        ("name: A\nlabel: # later\n", "name: A\nlabel: B # later\n"),
        ("name: A\nlabel:\nurl: /b\n", "name: A\nlabel: B\nurl: /b\n"),
        ("name: A\nlabel: ~\n", "name: A\nlabel: B\n"),
        ("basics:\n  name: A\n  url: /b\n", "basics:\n  name: A\n  label: B\n  url: /b\n"),
        ("{ name: A, url: /b }", "{ name: A, label: B, url: /b }"),
        ("{name: A}", "{name: A, label: B}"),
    ] {
        assert_eq!(edit(text, Field::Label, "", "B"), expected, "{text}");
    }
    for (skills, expected) in [
        ("\n  Rust:\n  Go: 3\n", "\n  Rust: 9\n  Go: 3\n"),
        ("{ Rust: , Go: 3 }", "{ Rust: 9 , Go: 3 }"),
        ("{ Rust: { since: 2018 } }", "{ Rust: { level: 9, since: 2018 } }"),
        ("{ Rust: {since: 2018} }", "{ Rust: {level: 9, since: 2018} }"),
        ("{ Rust: {} }", "{ Rust: {level: 9} }"),
        (
            "\n  Rust:\n    since: 2018 # long\n",
            "\n  Rust:\n    level: 9\n    since: 2018 # long\n",
        ),
        ("\n- name: Rust # it\n- Go\n", "\n- name: Rust # it\n  level: 9\n- Go\n"),
        ("\n- Rust # it\n- Go\n", "\n- { name: Rust, level: 9 } # it\n- Go\n"),
        ("[Rust, Go]", "[{ name: Rust, level: 9 }, Go]"),
    ] {
        let text = format!("name: A\nskills: {skills}");
        let edited = edit(&text, level("rust"), "", "9");
        assert_eq!(edited, format!("name: A\nskills: {expected}"), "{skills}");
    }
}

#[test]
fn front_matter_json_and_resumes_are_profiles_too() {
    let text = "---\nname: A\n---\n# name: A\n";
    let edited = edit_in("content/profile.md", text, Field::Name, "A", "B: C").unwrap();
    assert_eq!(edited, "---\nname: \"B: C\"\n---\n# name: A\n");

    let text = "{\n  \"basics\": {\n    \"name\": \"A\",\n    \"url\": \"\"\n  },\n  \"skills\": [\n    { \"name\": \"Rust\", \"level\": \"Advanced\" },\n    { \"name\": \"Go\" }\n  ]\n}\n";
    let json =
        |field, was, value| edit_in("content/profile.json", text, field, was, value).unwrap();
    let is_json = |text: &str| serde_json::from_str::<serde_json::Value>(text).is_ok();
    let edited = json(Field::Name, "A", "B \"b\"");
    assert_eq!(edited, text.replace("\"A\"", "\"B \\\"b\\\"\""));
    let edited = json(Field::Label, "", "L");
    assert_eq!(edited, text.replace("\"A\",\n", "\"A\",\n    \"label\": \"L\",\n"));
    assert!(is_json(&edited));
    let edited = json(level("go"), "", "4");
    assert_eq!(edited, text.replace("\"Go\" }", "\"Go\", \"level\": 4 }"));
    assert!(is_json(&edited));
}

#[test]
fn of_several_names_the_one_that_is_read_is_changed() {
    let text = "basics: { name: A }\nmeta: { questfolio: { label: L, skills: { Rust: 7 } } }\nskills: [{ name: Rust, level: Advanced }]\n";
    assert_eq!(edit(text, Field::Name, "A", "B"), text.replace("name: A", "name: B"));
    assert_eq!(edit(text, Field::Label, "L", "M"), text.replace("label: L", "label: M"));
    assert_eq!(edit(text, level("rust"), "7", "8"), text.replace("Rust: 7", "Rust: 8"));
}

#[test]
fn texts_over_several_lines_become_one() {
    for (label, expected) in [
        (">\n  B\n  C\n", ">\n  D: E\n"),
        ("> # why\n  B\n  C\n\n", "> # why\n  D: E\n\n"),
        ("\"B\n  C\"\n", "\"D: E\"\n"),
        ("B\n  C\n", "\"D: E\"\n"),
    ] {
        let text = format!("name: A\nlabel: {label}url: /b\n");
        let edited = edit(&text, Field::Label, "B C", "D: E");
        assert_eq!(edited, format!("name: A\nlabel: {expected}url: /b\n"));
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let text = "name: A\nlabel: &l B\nskills: { Rust: 7 }\n";
    let refused = |text: &str, field, was: &str, value: &str| {
        codes(edit_in("content/profile.yaml", text, field, was, value))
    };
    assert_eq!(refused(text, Field::Name, "A", "B"), ["yaml-alias"]);
    let text = "name: A\nskills: { Rust: 7 }\n";
    assert_eq!(refused(text, Field::Name, "Z", "B"), ["changed-since"]);
    assert_eq!(refused(text, Field::Name, "A", ""), ["missing-key"]);
    assert_eq!(refused(text, Field::Name, "A", "a\u{7}b"), ["control-character"]);
    assert_eq!(refused(text, level("rust"), "7", "11"), ["out-of-range"]);
    assert_eq!(refused(text, level("rust"), "7", "often"), ["unknown-proficiency"]);
    assert_eq!(refused(text, level("rust"), "7", "7, Go: 3"), ["unknown-proficiency"]);
    assert_eq!(refused(text, level("go"), "", "7"), ["cannot-edit"]);
    assert_eq!(refused("[1", Field::Name, "A", "B"), ["yaml-syntax"]);
}

#[test]
fn the_authors_other_changes_stay() {
    let now = "# new\nlabel: New\nname: A\nskills: { Go: 2, Rust: 7 }\n";
    assert_eq!(edit(now, level("rust"), "7", "8"), now.replace("Rust: 7", "Rust: 8"));
}

fn plan(
    file: &str,
    text: &str,
    kind: PictureKind,
    beside: &[&str],
    others: &[&str],
) -> PortraitEdit {
    let beside: Vec<SitePath> = beside.iter().map(|it| path(it)).collect();
    let state_of = |at: &SitePath| match () {
        () if beside.contains(at) => FileState::File,
        () if others.contains(&at.as_str()) => FileState::Other,
        () => FileState::Nothing,
    };
    Sheets::default().portrait_edit(&path(file), text, kind, &beside, &state_of).unwrap()
}

#[test]
fn a_portrait_takes_the_place_of_the_old_one_or_a_free_one() {
    let solo = "content/profile.yaml";
    let shown = |it: PortraitEdit| (it.picture.to_string(), it.is_new, it.profile);
    let of =
        |file: &str, text: &str, kind, beside: &[&str]| shown(plan(file, text, kind, beside, &[]));
    let new =
        |path: &str, profile: Option<&str>| (path.to_owned(), true, profile.map(str::to_owned));
    let old = |path: &str| (path.to_owned(), false, None);
    let name = "name: A\n";
    assert_eq!(of(solo, name, Jpeg, &[]), new("content/avatar.jpg", None));
    assert_eq!(of(solo, name, Png, &["content/avatar.png"]), old("content/avatar.png"));
    assert_eq!(of(solo, name, Jpeg, &["content/avatar.jpeg"]), old("content/avatar.jpeg"));
    // A file of another format is kept but no longer shown.
    assert_eq!(
        of(solo, name, Png, &["content/avatar.jpg"]),
        new("content/avatar.png", Some("name: A\nimage: avatar.png\n"))
    );
    assert_eq!(
        of(solo, "name: A\nimage: me.gif # now\n", Png, &["content/me.gif", "content/avatar.png"]),
        new("content/avatar-2.png", Some("name: A\nimage: avatar-2.png # now\n"))
    );
    assert_eq!(
        of(solo, "name: A\nimage: { src: me.png, alt: I }\n", Jpeg, &["content/me.png"]),
        new("content/avatar.jpg", Some("name: A\nimage: { src: avatar.jpg, alt: I }\n"))
    );
    let alt = "name: A\nimage: { alt: I }\n";
    assert_eq!(of(solo, alt, Jpeg, &["content/avatar.png"]), new("content/avatar.jpg", None));
    assert_eq!(
        of(solo, alt, Png, &["content/avatar.jpg"]),
        new("content/avatar.png", Some("name: A\nimage: { src: avatar.png, alt: I }\n"))
    );
    assert_eq!(
        of(solo, "name: A\nimage: me.png\n", Png, &["content/me.png"]),
        old("content/me.png")
    );
    // Files elsewhere, or of another profile, are never overwritten.
    let ada = "content/profiles/ada.yaml";
    assert_eq!(of(ada, name, Jpeg, &[]), new("content/profiles/ada.jpg", None));
    for image in ["bob.jpg", "../bob.jpg", "/static/bob.jpg", "https://a.example/b.jpg"] {
        let text = format!("name: A\nimage: {image}\n");
        let beside = ["content/profiles/bob.jpg", "content/bob.jpg"];
        assert_eq!(
            of(ada, &text, Jpeg, &beside),
            new("content/profiles/ada.jpg", Some("name: A\nimage: ada.jpg\n")),
            "{image}"
        );
    }
    let json = "{ \"basics\": { \"name\": \"A\", \"image\": \"\" } }";
    assert_eq!(
        of("content/profile.json", json, Jpeg, &["content/avatar.png"]),
        new(
            "content/avatar.jpg",
            Some(&json.replace("\"image\": \"\"", "\"image\": \"avatar.jpg\""))
        )
    );
    // The name of a link is not used.
    let around = plan(solo, "name: A\nimage: avatar.jpg\n", Jpeg, &[], &["content/avatar.jpg"]);
    assert_eq!(shown(around), new("content/avatar-2.jpg", Some("name: A\nimage: avatar-2.jpg\n")));
    let kept = plan(
        solo,
        "name: A\nimage: { src: avatar.jpg, focus: [0, 1] }\n",
        Jpeg,
        &["content/avatar.jpg"],
        &[],
    );
    assert_eq!(kept.remarks[0].code, "old-picture");
}

/// A random YAML map with comments, in one of several styles.
fn any_profile() -> impl Strategy<Value = (String, String, String)> {
    let word = "[A-Za-zäöü][A-Za-z0-9äöü '&#:,-]{0,12}[a-z]";
    let quoted = |text: String, style: u8| match style {
        0 => text::quoted(&text),
        1 => format!("'{}'", text.replace('\'', "''")),
        _ => text::quoted(&text),
    };
    let comment = prop_oneof![Just(String::new()), "  # [a-z: ]{0,8}".prop_map(|it| it)];
    (word, word, 0..2_u8, 0..4_u8, 1..9_u8, comment, any::<bool>(), any::<bool>()).prop_map(
        move |(name, label, style, skills, level, comment, crlf, labelled)| {
            let skills = match skills {
                0 => format!("  Rust: {level}{comment}\n  Go: 2\n"),
                1 => format!("  Go: 2\n  Rust: {{ since: 2018, level: {level} }}{comment}\n"),
                2 => format!("  Rust:{comment}\n    since: 2018\n    level: {level}{comment}\n"),
                _ => format!("- name: Go\n- name: Rust{comment}\n  level: {level}\n"),
            };
            let label = match labelled {
                true => format!("label: {}{comment}\n", quoted(label, style)),
                false => String::new(),
            };
            let name_line = format!("name: {}{comment}\n", quoted(name.clone(), style));
            let text = format!("# top\n{name_line}\n{label}skills:\n{skills}# end\n");
            let text = if crlf { text.replace('\n', "\r\n") } else { text };
            (text, name, level.to_string())
        },
    )
}

proptest! {
    #[test]
    fn any_value_reads_back_and_all_else_stays(
        (text, name, was) in any_profile(),
        value in prop_oneof!["[ -~äß€😀]{1,20}", "\\PC{1,20}"],
        number in 0..=10_u8,
    ) {
        let file = path("content/profile.yaml");
        let tree = |text: &str| yaml::parse(&file, text, 0, &mut Report::default()).unwrap();
        let comments = |text: &str| text.matches("# top").count() + text.matches("# end").count();
        for (field, old, new) in [
            (Field::Name, name.clone(), value.clone()),
            (level("rust"), was, number.to_string()),
        ] {
            let change = Change { field: field.clone(), was: old, value: new.clone() };
            match Sheets::default().edited(&file, &text, &change) {
                Ok(edited) => {
                    let mut expected = tree(&text).to_json();
                    let node = tree(&edited);
                    match field {
                        Field::Name => {
                            prop_assert_eq!(node.get("name").unwrap().as_str(), Some(new.trim()));
                            expected["name"] = new.trim().into();
                        }
                        _ => {
                            let skills = &mut expected["skills"];
                            let number = serde_json::json!(number);
                            if skills.is_array() { skills[1]["level"] = number }
                            else if skills["Rust"].is_object() { skills["Rust"]["level"] = number }
                            else { skills["Rust"] = number }
                        }
                    }
                    prop_assert_eq!(node.to_json(), expected);
                    prop_assert!(comments(&edited) >= 2);
                    // Only one range of bytes differs.
                    let same = |a: &mut dyn Iterator<Item = (u8, u8)>| a.take_while(|(a, b)| a == b).count();
                    let ahead = same(&mut text.bytes().zip(edited.bytes()));
                    let behind = same(&mut text.bytes().rev().zip(edited.bytes().rev()));
                    prop_assert!(ahead + behind + 64 >= text.len().min(edited.len()));
                }
                Err(wrong) => {
                    prop_assert!(new.trim().is_empty(), "{new:?} {wrong:?}\n{text}");
                }
            }
        }
    }

    #[test]
    fn any_text_is_edited_or_refused(text in "(name|basics|skills|label|[ \n:{}\\[\\],#\"'&*|>-]|a){0,30}", value in "\\PC{0,10}") {
        let file = path("content/profile.yaml");
        for field in [Field::Name, Field::Label, level("a")] {
            for was in ["", "a", "profile"] {
                let change = Change { field: field.clone(), was: was.to_owned(), value: value.clone() };
                let _ = Sheets::default().edited(&file, &text, &change);
            }
        }
        let state_of = |_: &SitePath| FileState::Nothing;
        let _ = Sheets::default().portrait_edit(&file, &text, Png, &[], &state_of);
    }
}
