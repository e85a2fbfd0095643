//! Checks JSON against its own grammar before it is parsed as YAML, of which it is a subset. Other
//! programs read the same file, so mistakes are explained in terms of JSON.

use super::yaml::{MAX_BYTES, Node, parse as parse_yaml};
use crate::diagnostic::{Diagnostic, Report};
use crate::path::SitePath;
use crate::span::Span;
use serde::de::IgnoredAny;
use std::ops::Range;

/// The maximum number of characters of a value shown in a message.
const MOST_SHOWN: usize = 30;

/// Parses a JSON file. A text without a value is null.
pub fn parse(file: &SitePath, text: &str, report: &mut Report) -> Option<Node> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = text.len() - body.len();
    if body.len() <= MAX_BYTES
        && let Err(mistake) = Check::new(body).run()
    {
        report.push(mistake.diagnostic(file, shift));
        return None;
    }
    parse_yaml(file, text, 0, report)
}

/// A violation of the grammar, with its position.
struct Mistake {
    at: Range<usize>,
    message: String,
    help: String,
    opened: Option<usize>,
}

impl Mistake {
    fn new(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Mistake {
        Mistake { at, message: message.into(), help: help.into(), opened: None }
    }

    fn diagnostic(self, file: &SitePath, shift: usize) -> Diagnostic {
        let span = |at: Range<usize>| Span::new(file, at.start + shift..at.end + shift);
        let diagnostic =
            Diagnostic::error("json-syntax", self.message).at(span(self.at)).help(self.help);
        match self.opened {
            Some(at) => diagnostic.related(span(at..at + 1), "opened here"),
            None => diagnostic,
        }
    }
}

/// What is allowed next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Value,
    /// A value, or the end of an empty list.
    FirstItem,
    Key,
    /// A key, or the end of an empty map.
    FirstKey,
    Colon,
    /// A comma, or the end of the list or map.
    Comma,
    /// Nothing: the document is complete.
    End,
}

/// One pass over a text, up to the first mistake.
struct Check<'a> {
    text: &'a str,
    /// Byte offset of the next token.
    offset: usize,
    next: Next,
    /// Byte offsets of the open brackets.
    open: Vec<usize>,
    /// The previous token.
    last: Range<usize>,
}

impl<'a> Check<'a> {
    fn new(text: &'a str) -> Check<'a> {
        Check { text, offset: 0, next: Next::Value, open: Vec::new(), last: 0..0 }
    }

    fn run(mut self) -> Result<(), Mistake> {
        if self.text.trim().is_empty() {
            return Ok(());
        }
        while let Some(token) = self.token()? {
            self.take(&token)?;
            self.last = token;
        }
        match self.next {
            Next::End => Ok(()),
            _ => Err(self.unfinished()),
        }
    }

    /// The next token: a bracket, a comma, a colon, a whole string, or a word.
    fn token(&mut self) -> Result<Option<Range<usize>>, Mistake> {
        let rest = &self.text[self.offset..];
        let start = self.text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        let Some(first) = self.text[start..].chars().next() else { return Ok(None) };
        let end = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => start + 1,
            '"' => self.end_of_text(start)?,
            _ => {
                let ends = |it: char| it.is_whitespace() || "{}[],:\"".contains(it);
                let word = &self.text[start..];
                start + word.find(ends).unwrap_or(word.len()).max(first.len_utf8())
            }
        };
        self.offset = end;
        Ok(Some(start..end))
    }

    /// The byte offset after a quoted string.
    fn end_of_text(&self, start: usize) -> Result<usize, Mistake> {
        let mut characters = self.text[start + 1..].char_indices();
        while let Some((index, character)) = characters.next() {
            let at = start + 1 + index;
            match character {
                '"' => return Ok(at + 1),
                '\\' => {
                    let escape = characters.next().map(|(_, it)| it);
                    let digits = || self.text.get(at + 2..at + 6);
                    let is_code = |it: &str| it.bytes().all(|byte| byte.is_ascii_hexdigit());
                    let sound = match escape {
                        Some('u') => digits().is_some_and(is_code),
                        Some(it) => "\"\\/bfnrt".contains(it),
                        None => true,
                    };
                    if !sound {
                        let end = at + 1 + escape.map_or(0, char::len_utf8);
                        let message = format!("`{}` is not an escape of JSON", &self.text[at..end]);
                        return Err(Mistake::new(at..end, message, "write `\\\\` for a backslash"));
                    }
                }
                '\n' | '\r' => {
                    let message = "this text is not closed on its line";
                    let help = "write `\"` at its end; a line break in a text is written `\\n`";
                    return Err(Mistake::new(start..at, message, help));
                }
                '\t' => {
                    let message = "a tab stands in a text";
                    return Err(Mistake::new(at..at + 1, message, "write `\\t`, or a space"));
                }
                _ => {}
            }
        }
        let message = "this text is not closed";
        Err(Mistake::new(start..self.text.len(), message, "write `\"` at its end"))
    }

    /// Consumes one token if it is allowed here.
    fn take(&mut self, token: &Range<usize>) -> Result<(), Mistake> {
        let first = self.text.as_bytes()[token.start];
        self.next = match (self.next, first) {
            (Next::Value | Next::FirstItem, b'{') => {
                self.open.push(token.start);
                Next::FirstKey
            }
            (Next::Value | Next::FirstItem, b'[') => {
                self.open.push(token.start);
                Next::FirstItem
            }
            (Next::Value | Next::FirstItem, _) if self.is_value(token) => self.after_value(),
            (Next::Key | Next::FirstKey, b'"') => Next::Colon,
            (Next::Colon, b':') => Next::Value,
            (Next::Comma, b',') => match self.is_in_map() {
                true => Next::Key,
                false => Next::Value,
            },
            (Next::Comma | Next::FirstKey, b'}') if self.is_in_map() => self.close(),
            (Next::Comma | Next::FirstItem, b']') if !self.is_in_map() => self.close(),
            _ => return Err(self.explain(token)),
        };
        Ok(())
    }

    fn is_value(&self, token: &Range<usize>) -> bool {
        serde_json::from_str::<IgnoredAny>(&self.text[token.clone()]).is_ok()
            || self.text[token.clone()].starts_with('"')
    }

    fn is_in_map(&self) -> bool {
        self.open.last().is_some_and(|at| self.text[*at..].starts_with('{'))
    }

    fn close(&mut self) -> Next {
        self.open.pop();
        self.after_value()
    }

    fn after_value(&self) -> Next {
        if self.open.is_empty() { Next::End } else { Next::Comma }
    }

    /// The mistake of a text that ends too early.
    fn unfinished(&self) -> Mistake {
        let end = self.text.trim_end().len();
        let Some(opened) = self.open.last().copied() else {
            return Mistake::new(end..end, "a value is missing", "write it, or take this out");
        };
        let (what, bracket) = if self.is_in_map() { ("map", '}') } else { ("list", ']') };
        let message = format!("a {what} is not closed");
        let help = format!("write `{bracket}` at its end");
        Mistake { opened: Some(opened), ..Mistake::new(end..end, message, help) }
    }

    /// Why a token is not allowed here.
    fn explain(&self, token: &Range<usize>) -> Mistake {
        let (at, word) = (token.clone(), &self.text[token.clone()]);
        let first = word.chars().next().unwrap_or_default();
        let shown = shown(word);
        if word.starts_with('#') || word.starts_with("//") || word.starts_with("/*") {
            return Mistake::new(at, "JSON has no comments", "take the comment out");
        }
        if "'’‘“”„«»`".contains(first) {
            let message = format!("`{first}` is not a quotation mark of JSON");
            return Mistake::new(at.start..at.start + first.len_utf8(), message, "write `\"`");
        }
        match (self.next, first) {
            (Next::Key | Next::Value, '}' | ']') if self.before() == "," => {
                let message = format!("a comma stands before `{first}`");
                Mistake::new(self.last.clone(), message, "take the comma out")
            }
            (_, '}' | ']') if self.is_mismatched(first) => {
                let (what, bracket) = if self.is_in_map() { ("map", '}') } else { ("list", ']') };
                let message = format!("`{first}` stands where a {what} should be closed");
                let help = format!("write `{bracket}`, or close the {what} before");
                Mistake { opened: self.open.last().copied(), ..Mistake::new(at, message, help) }
            }
            (Next::Comma, ':') => {
                let message = format!("a colon stands behind {}", self.before());
                Mistake::new(at, message, "in a list there are no keys: write a map in `{ … }`")
            }
            (Next::Comma, _) => {
                let before = self.before();
                let message = format!("a comma is missing between {before} and {shown}");
                let gap = self.last.end..self.last.end;
                Mistake::new(gap, message, format!("write a comma behind {before}"))
            }
            (Next::Colon, _) => {
                let key = self.before();
                let message = format!("a colon is missing behind the key {key}");
                let gap = self.last.end..self.last.end;
                Mistake::new(gap, message, format!("write `{key}: …`"))
            }
            (Next::End, _) => {
                let message = "something stands behind the end of the map";
                Mistake::new(at, message, "take it out, or put it into the map")
            }
            (_, ',') => Mistake::new(at, "a comma stands where a value is missing", "take it out"),
            (Next::Key | Next::FirstKey, _) if first.is_alphanumeric() || "_$".contains(first) => {
                Mistake::new(at, "a key stands without quotes", format!("write `\"{word}\"`"))
            }
            (Next::Key | Next::FirstKey, _) => {
                Mistake::new(at, format!("{shown} cannot be a key"), "a key is a text in quotes")
            }
            (_, '}' | ']' | ':') => {
                Mistake::new(at, format!("a value is missing before `{first}`"), "write it")
            }
            _ => self.not_a_value(at, word),
        }
    }

    fn not_a_value(&self, at: Range<usize>, word: &str) -> Mistake {
        let help = match word.to_lowercase().as_str() {
            "true" | "yes" | "on" => "write `true`".to_owned(),
            "false" | "no" | "off" => "write `false`".to_owned(),
            "null" | "none" | "nil" | "undefined" | "nan" | "~" => "write `null`".to_owned(),
            _ => format!("write it in quotes: `\"{}\"`", self.rest_of_value(at.start)),
        };
        Mistake::new(at, format!("{} is not a value of JSON", shown(word)), help)
    }

    /// The text up to the next comma, bracket or line end.
    fn rest_of_value(&self, start: usize) -> &'a str {
        let rest = &self.text[start..];
        let end = rest.find([',', '}', ']', '\n', '"']).unwrap_or(rest.len());
        rest[..end].trim_end()
    }

    /// Whether a closing bracket does not match the open one.
    fn is_mismatched(&self, bracket: char) -> bool {
        !self.open.is_empty() && (bracket == '}') != self.is_in_map()
    }

    /// The previous token, as shown in messages.
    fn before(&self) -> String {
        match &self.text[self.last.clone()] {
            "," => ",".to_owned(),
            "}" => "the map before it".to_owned(),
            "]" => "the list before it".to_owned(),
            word => shown(word),
        }
    }
}

/// A token for a message: shortened and quoted.
fn shown(word: &str) -> String {
    match word {
        "{" => "the map behind it".to_owned(),
        "[" => "the list behind it".to_owned(),
        _ if word.chars().count() > MOST_SHOWN => {
            format!("`{}…`", word.chars().take(MOST_SHOWN).collect::<String>())
        }
        _ => format!("`{word}`"),
    }
}

#[cfg(test)]
mod tests;
