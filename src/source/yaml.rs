//! YAML as a tree in which every key and value knows its byte range.

mod mistakes;
mod node;
mod parse;

pub use node::{Key, Node, NodeKind};
pub use parse::{MAX_BYTES, parse};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::path::SitePath;

    fn json(text: &str) -> String {
        let file = SitePath::new("a.yaml").unwrap();
        let mut report = Report::default();
        let node = parse(&file, text, 0, &mut report).unwrap();
        assert!(report.is_empty(), "{report:?}");
        node.to_json().to_string()
    }

    #[test]
    fn the_core_rules_of_yaml_1_2_hold() {
        let yaml = "[no, 2014-06, 07, 1.5, 1.10, 12, '12', true, ~, , 0x1f, 1e999, 12345678901234567890123]";
        assert_eq!(
            json(&yaml.replace(", ,", ", null,")),
            r#"["no","2014-06","07",1.5,1.1,12,"12",true,null,null,"0x1f","1e999","12345678901234567890123"]"#
        );
        assert_eq!(json("a:\nb: ''\n"), r#"{"a":null,"b":""}"#);
    }

    #[test]
    fn json_is_read_as_it_stands() {
        let text = "{\n\t\"a\": [1, \"\\/\\ud83d\\ude00\\n\"],\n\t\"b\":{\"c\":null}\n}\n";
        assert_eq!(json(text), "{\"a\":[1,\"/😀\\n\"],\"b\":{\"c\":null}}");
    }

    #[test]
    fn integers_have_no_leading_zero() {
        let integer = |text: &str| {
            let kind = NodeKind::Scalar { text: text.into(), plain: true, verbatim: None };
            Node { at: 0..0, kind }.as_integer()
        };
        assert_eq!(integer("-7"), Some(-7));
        assert_eq!(integer("0"), Some(0));
        for text in ["07", "", "+", "1.0", "1_000", "99999999999999999999"] {
            assert_eq!(integer(text), None, "{text}");
        }
    }
}
