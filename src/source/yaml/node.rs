//! The tree: values and keys, each with its byte range.

use serde_json::{Map, Number, Value};
use std::ops::Range;

/// A value with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Byte range in the file.
    pub at: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

impl Node {
    /// A null at a position where nothing is written, such as in an empty file.
    pub fn null(at: Range<usize>) -> Node {
        Node { at, kind: NodeKind::Scalar { text: String::new(), plain: true, verbatim: None } }
    }

    /// Empty, `~` or `null`, as in YAML 1.2.
    pub fn is_null(&self) -> bool {
        matches!(self.plain(), Some("" | "~" | "null" | "Null" | "NULL"))
    }

    /// The text of a scalar of any kind.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar that was neither quoted nor a block.
    pub fn plain(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar { text, plain: true, .. } => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`; in YAML 1.2, `yes` and `no` are texts.
    pub fn as_bool(&self) -> Option<bool> {
        match self.plain()? {
            "true" | "True" | "TRUE" => Some(true),
            "false" | "False" | "FALSE" => Some(false),
            _ => None,
        }
    }

    /// An integer in decimal digits, without a leading zero.
    pub fn as_integer(&self) -> Option<i64> {
        let text = self.plain()?;
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let sound = digits == "0" || !digits.starts_with('0');
        (sound && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    }

    /// A number in JSON notation, kept exactly as written.
    pub fn as_number(&self) -> Option<Number> {
        let text = self.plain()?;
        let number: Number = serde_json::from_str(text).ok()?;
        let whole = !text.contains(['.', 'e', 'E']);
        (!whole || number.is_i64() || number.is_u64()).then_some(number)
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[(Key, Node)]> {
        match &self.kind {
            NodeKind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.iter().find(|(known, _)| known.name == key).map(|(_, value)| value)
    }

    /// The value as JSON, by the rules of YAML 1.2: `no` and `2014-06` are texts, and so is every
    /// number that is not in JSON notation (`07`, `0x1f`, `.5`, `1e999`).
    pub fn to_json(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar { .. } if self.is_null() => Value::Null,
            NodeKind::Scalar { text, .. } => (self.as_bool().map(Value::Bool))
                .or_else(|| self.as_number().map(Value::Number))
                .unwrap_or_else(|| Value::String(text.clone())),
            NodeKind::List(items) => Value::Array(items.iter().map(Node::to_json).collect()),
            NodeKind::Map(entries) => {
                let pairs = entries.iter().map(|(key, value)| (key.name.clone(), value.to_json()));
                Value::Object(pairs.collect::<Map<String, Value>>())
            }
        }
    }
}

/// The kinds of node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A text as written.
    Scalar {
        /// The text, unquoted and unfolded.
        text: String,
        /// Neither quoted nor a block; then it may also be a number, `true` or `null`.
        plain: bool,
        /// Byte offset in the file from which `text` appears unchanged; `None` if it was escaped,
        /// folded or indented.
        verbatim: Option<usize>,
    },
    /// `[a, b]`
    List(Vec<Node>),
    /// `{a: b}`, in the order written, keys unique.
    Map(Vec<(Key, Node)>),
}

/// A key with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// The text.
    pub name: String,
    /// Byte range in the file.
    pub at: Range<usize>,
}
