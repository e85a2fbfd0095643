//! Builds the tree from the events of the YAML parser, within limits.

use super::mistakes;
use super::node::{Key, Node, NodeKind};
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::span::Span;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, StructureStyle};
use std::collections::BTreeMap;
use std::ops::Range;

/// The maximum length of the YAML in one file, in bytes.
pub const MAX_BYTES: usize = 256 * 1024;

/// The maximum nesting depth of maps and lists.
const MAX_DEPTH: usize = 32;

/// The maximum number of keys and values in one file.
const MAX_NODES: usize = 50_000;

/// Parses one YAML document (or JSON, a subset of YAML) that starts `offset` bytes into `file`.
/// Aliases, anchors, tags, several documents, duplicate keys, keys that are not text, and documents
/// beyond the limits are reported. A text without a value is null.
pub fn parse(file: &SitePath, text: &str, offset: usize, report: &mut Report) -> Option<Node> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = offset + text.len() - body.len();
    if body.len() > MAX_BYTES {
        let message = format!("more than {} kB of YAML in one file", MAX_BYTES / 1024);
        let diagnostic = Diagnostic::error("yaml-too-large", message)
            .in_file(file)
            .help("split it into several files, or shorten it");
        report.push(diagnostic);
        return None;
    }
    let open = Vec::new();
    let mut builder = Builder { file, text: body, shift, report, open, nodes: 0, root: None };
    builder.check_bytes()?;
    builder.read()
}

/// A map or list that is not complete yet.
enum Open {
    List { start: usize, items: Vec<Node> },
    Map { start: usize, entries: Vec<(Key, Node)>, seen: BTreeMap<String, usize>, key: Slot },
}

/// The state of a map's next entry.
enum Slot {
    Empty,
    Key(Key),
    /// A duplicate key: its value is parsed and discarded.
    Duplicate,
}

/// The tree parsed so far. Offsets are relative to `text` until a node is stored.
struct Builder<'a> {
    file: &'a SitePath,
    text: &'a str,
    shift: usize,
    report: &'a mut Report,
    open: Vec<Open>,
    nodes: usize,
    root: Option<Node>,
}

/// Parsing cannot continue; the reason has been reported.
struct Stop;

impl Builder<'_> {
    /// Reports control characters before anything is parsed, each at its own position.
    fn check_bytes(&mut self) -> Option<()> {
        let text = self.text;
        let Some((index, character)) = text.char_indices().find(|(_, it)| is_refused(*it)) else {
            return Some(());
        };
        let at = index..index + character.len_utf8();
        self.refuse_control_characters(&text[at.clone()], at);
        None
    }

    fn read(mut self) -> Option<Node> {
        let options =
            granit_parser::options! { emit_unresolved_aliases: true, emit_anchor_events: true };
        let mut last_end = 0;
        let mut documents = 0;
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = match event {
                Ok(read) => read,
                Err(err) if *err.kind() == ErrorKind::RecursionLimitExceeded => {
                    self.refuse_depth(last_end..last_end);
                    return None;
                }
                Err(err) => {
                    let innermost = self.open.last().map(Open::start);
                    let mistake = mistakes::explain(self.text, &err, last_end, innermost);
                    self.report.push(mistake.diagnostic(self.file, self.shift));
                    return None;
                }
            };
            let at = span.byte_range().unwrap_or(last_end..last_end);
            if let Event::DocumentStart(..) = event {
                documents += 1;
                if documents > 1 {
                    self.refuse_document(at);
                    break;
                }
            }
            if let (Some(_), Some(tag)) = (event.tag(), span.tag_span()) {
                self.refuse_tag(tag.byte_range().unwrap_or(at.clone()));
            }
            last_end = last_end.max(at.end);
            self.event(event, at).ok()?;
        }
        Some(self.root.unwrap_or_else(|| Node::null(self.shift..self.shift)))
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) -> Result<(), Stop> {
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, at),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse_alias(at.clone());
                self.scalar(String::new(), ScalarStyle::Plain, at)
            }
            Event::Anchor(..) => {
                self.refuse_alias(at);
                Ok(())
            }
            Event::SequenceStart(style, ..) => {
                let start = self.list_start(at.start, style);
                self.begin(Open::List { start, items: Vec::new() }, at)
            }
            Event::MappingStart(..) => {
                let (entries, seen) = (Vec::new(), BTreeMap::new());
                self.begin(Open::Map { start: at.start, entries, seen, key: Slot::Empty }, at)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(at),
            _ => Ok(()),
        }
    }

    /// A scalar is a key if the map expects one, otherwise a value.
    fn scalar(
        &mut self,
        mut text: String,
        style: ScalarStyle,
        at: Range<usize>,
    ) -> Result<(), Stop> {
        self.count(&at)?;
        if self.refuse_control_characters(&text, at.clone()).is_some() {
            text.retain(|it| !is_refused(it));
        }
        if let Some(Open::Map { key: Slot::Empty, .. }) = self.open.last() {
            self.key(text, at);
            return Ok(());
        }
        let node = self.scalar_node(text, style, at);
        self.place(node)
    }

    fn scalar_node(&self, text: String, style: ScalarStyle, at: Range<usize>) -> Node {
        let plain = style == ScalarStyle::Plain;
        // The parser returns `~` for a missing value.
        let text = if plain && at.is_empty() { String::new() } else { text };
        let raw = self.text.get(at.clone()).unwrap_or_default();
        let at = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => at.start..at.start + raw.trim_end().len(),
            _ => at,
        };
        let quote =
            usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let stands_there = raw.get(quote..).is_some_and(|raw| raw.starts_with(text.trim_end()));
        let verbatim = stands_there.then_some(at.start + quote + self.shift);
        Node { at: self.shifted(at), kind: NodeKind::Scalar { text, plain, verbatim } }
    }

    fn key(&mut self, name: String, at: Range<usize>) {
        let at = self.shifted(at);
        let Some(Open::Map { entries, seen, key, .. }) = self.open.last_mut() else { return };
        let Some(&index) = seen.get(&name) else {
            seen.insert(name.clone(), entries.len());
            *key = Slot::Key(Key { name, at });
            return;
        };
        *key = Slot::Duplicate;
        let first = entries[index].0.at.clone();
        let diagnostic =
            Diagnostic::error("duplicate-key", format!("the key `{name}` is given twice"))
                .at(Span::new(self.file, at))
                .label("written again")
                .related(Span::new(self.file, first), "first written here")
                .help("keep one of the two");
        self.report.push(diagnostic);
    }

    fn begin(&mut self, open: Open, at: Range<usize>) -> Result<(), Stop> {
        self.count(&at)?;
        if let Some(Open::Map { key: Slot::Empty, .. }) = self.open.last() {
            return self.key_is_no_text(at);
        }
        if self.open.len() == MAX_DEPTH {
            self.refuse_depth(at);
            return Err(Stop);
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, at: Range<usize>) -> Result<(), Stop> {
        let node = match self.open.pop() {
            Some(Open::List { start, items }) => {
                let end = self.end_of(&at, items.last().map(|item| item.at.end));
                Node { at: self.shifted(start..end.max(start)), kind: NodeKind::List(items) }
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = self.end_of(&at, entries.last().map(|(_, value)| value.at.end));
                Node { at: self.shifted(start..end.max(start)), kind: NodeKind::Map(entries) }
            }
            None => return Ok(()),
        };
        self.place(node)
    }

    /// The end of a collection. In brackets, it ends with its bracket. Otherwise the parser gives
    /// the start of the next token, which is too late: it ends with its last child.
    fn end_of(&self, at: &Range<usize>, last: Option<usize>) -> usize {
        let bracket = self.text.get(at.clone()).is_some_and(|it| it.starts_with([']', '}']));
        last.filter(|_| !bracket).map_or(at.end, |end| end - self.shift)
    }

    /// The parser gives the position after the first dash as the start of a list that is not
    /// indented below its key.
    fn list_start(&self, start: usize, style: StructureStyle) -> usize {
        if style == StructureStyle::Flow {
            return start;
        }
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let first_item = before[line..].trim();
        if first_item == "-" { before.trim_end().len() - 1 } else { start }
    }

    /// Adds a finished value to the open collection, or as the root.
    fn place(&mut self, node: Node) -> Result<(), Stop> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => {
                match std::mem::replace(key, Slot::Empty) {
                    Slot::Key(key) => entries.push((key, node)),
                    Slot::Duplicate => {}
                    Slot::Empty => {
                        let at = node.at.start - self.shift..node.at.end - self.shift;
                        return self.key_is_no_text(at);
                    }
                };
            }
        }
        Ok(())
    }

    fn key_is_no_text(&mut self, at: Range<usize>) -> Result<(), Stop> {
        let diagnostic = Diagnostic::error("yaml-key", "a key must be text, not a map or a list")
            .at(self.span(at))
            .help("a value that begins with a brace needs quotes: `\"{{ name }}\"`");
        self.report.push(diagnostic);
        Err(Stop)
    }

    fn count(&mut self, at: &Range<usize>) -> Result<(), Stop> {
        self.nodes += 1;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let message = format!("more than {MAX_NODES} keys and values in one file");
        let diagnostic = Diagnostic::error("yaml-too-large", message)
            .at(self.span(at.clone()))
            .help("split it into several files");
        self.report.push(diagnostic);
        Err(Stop)
    }

    fn refuse_depth(&mut self, at: Range<usize>) {
        let message = format!("more than {MAX_DEPTH} maps and lists inside one another");
        let diagnostic =
            Diagnostic::error("yaml-too-deep", message).at(self.span(at)).help("use fewer levels");
        self.report.push(diagnostic);
    }

    fn refuse_document(&mut self, at: Range<usize>) {
        let diagnostic = Diagnostic::error("yaml-documents", "a second YAML document in one file")
            .at(self.span(at))
            .help("remove the `---`, or use a second file");
        self.report.push(diagnostic);
    }

    fn refuse_tag(&mut self, at: Range<usize>) {
        let diagnostic = Diagnostic::error("yaml-tag", "YAML tags are not supported")
            .at(self.span(at))
            .help("remove the tag; a text that begins with `!` needs quotes");
        self.report.push(diagnostic);
    }

    fn refuse_alias(&mut self, at: Range<usize>) {
        let diagnostic =
            Diagnostic::error("yaml-alias", "YAML anchors and aliases are not supported")
                .at(self.span(at))
                .help("write out the value; a text that begins with `&` or `*` needs quotes");
        self.report.push(diagnostic);
    }

    /// Control characters are invisible and have effects in terminals. No text needs them, and HTML
    /// must not contain them, nor noncharacters.
    fn refuse_control_characters(&mut self, text: &str, at: Range<usize>) -> Option<char> {
        let character = text.chars().find(|it| is_refused(*it))?;
        let code = u32::from(character);
        let message = match character.is_control() {
            true => format!("a text contains the control character U+{code:04X}"),
            false => format!("a text contains U+{code:04X}, which is not a character"),
        };
        let diagnostic = Diagnostic::error("control-character", message)
            .at(self.span(at))
            .help("remove it; it is invisible, and `cat -v` shows it");
        self.report.push(diagnostic);
        Some(character)
    }

    fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.file, self.shifted(at))
    }

    fn shifted(&self, at: Range<usize>) -> Range<usize> {
        at.start + self.shift..at.end + self.shift
    }
}

fn is_refused(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() && !"\t\n\r".contains(character)
        || code & 0xfffe == 0xfffe
        || (0xfdd0..=0xfdef).contains(&code)
}

impl Open {
    fn start(&self) -> usize {
        match self {
            Open::List { start, .. } | Open::Map { start, .. } => *start,
        }
    }
}

#[cfg(test)]
mod tests;
