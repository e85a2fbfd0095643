//! YAML and JSON: what a file may repeat, in every place where it may stand.

use crate::measure::{Cost, cost, running_away};
use crate::{Files, Repeated};
use questfolio::diagnostic::Report;
use questfolio::load::{self, Options};
use questfolio::source::snapshot::Snapshot;

/// Bytes of the smallest of three files.
const LENGTH: usize = 16 * 1024;

/// Where a value begins, and how it ends.
const PLACES: [(&str, &str); 14] = [
    ("", "\n"),
    ("name: Ada\n", "\n"),
    ("name: Ada\nx: ", "\n"),
    ("name: Ada\nx:\n  ", "\n"),
    ("name: Ada\nx:\n  - ", "\n"),
    ("name: Ada\nx: \"", "\"\n"),
    ("name: Ada\nx: '", "'\n"),
    ("name: Ada\nx: [", "]\n"),
    ("name: Ada\nx: {", "}\n"),
    ("name: Ada\nx: |\n  ", "\n"),
    ("name: Ada\nx: >\n  ", "\n"),
    ("name: Ada\nskills: {", "}\n"),
    ("name: Ada\nwork: [{name: X, ", "}]\n"),
    ("{\"name\": \"Ada\", \"x\": \"", "\"}\n"),
];

/// What is repeated there; each `@` is another number.
const PARTS: [&str; 62] = [
    "a",
    "a ",
    "é",
    "\n",
    " \n",
    "\r\n",
    "  ",
    "\t",
    "#",
    "#\n",
    " # a\n",
    "# a\n  ",
    "a\n",
    "a\n  ",
    "\n\n  a",
    "a: b\n",
    "a: b\n  ",
    "a@: b\n",
    "a@: b\n  ",
    "a@: b, ",
    "a: b, ",
    "\"a@\": \"b\", ",
    "a@:\n",
    "a@: {}\n",
    "a@: [b]\n",
    "a@: 'b'\n",
    "a@: \"b\n",
    "- ",
    "- a\n",
    "- a\n  ",
    "- [a]\n",
    "- {a: b}\n  ",
    "- a: b\n",
    "- a: b\n    c: d\n  ",
    "? ",
    "? a\n: b\n",
    ": ",
    ":",
    ",",
    ", ",
    "a, ",
    "[",
    "[], ",
    "[a]",
    "]",
    "{",
    "{}, ",
    "{a: ",
    "}",
    "\"",
    "'",
    "''",
    "\\",
    "\\n",
    "\\u0041",
    "&a@ b, ",
    "*a, ",
    "- &a@ x\n  ",
    "- *a\n  ",
    "!a ",
    "---\n",
    "\u{1}",
];

fn repeated(part: &str, length: usize) -> String {
    let mut text = String::new();
    let mut index: usize = 0;
    while text.len() < length {
        text += &part.replace('@', &index.to_string());
        index += 1;
    }
    text
}

pub fn sites() -> Vec<Repeated> {
    PLACES.into_iter().flat_map(|place| PARTS.map(|part| site(place, part))).collect()
}

fn site((begin, end): (&'static str, &'static str), part: &'static str) -> Repeated {
    let ending = if begin.starts_with('{') { "json" } else { "yaml" };
    let files = move |length| {
        let text = format!("{begin}{}{end}", repeated(part, length));
        Files::from([(format!("content/profile.{ending}"), text)])
    };
    (format!("{begin}{part}"), Box::new(files))
}

#[test]
fn no_construct_of_yaml_or_json_costs_more_than_its_length() {
    let costs = sites().into_iter().map(|(name, files)| -> Cost {
        let of = move |length| {
            let files = files(length);
            let bytes = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes()));
            let snapshot = Snapshot::of_files(jiff::civil::date(2026, 11, 20), bytes);
            cost(|| {
                drop(load::site(
                    &snapshot,
                    &Options::default(),
                    &load::Memory::default(),
                    &mut Report::default(),
                ))
            })
        };
        (name, Box::new(of))
    });
    let wrong = running_away(LENGTH, costs);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
