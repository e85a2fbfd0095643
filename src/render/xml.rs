//! Writes XML: elements and text, escaped, without characters that XML 1.0 does not allow.

use std::fmt::Write;

/// An XML document under construction.
#[derive(Debug)]
pub struct Xml {
    text: String,
    depth: usize,
}

impl Default for Xml {
    fn default() -> Xml {
        Xml { text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), depth: 0 }
    }
}

impl Xml {
    /// An element that contains elements.
    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut Xml),
    ) {
        self.open(name, attributes, ">\n");
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.indent();
        let _ = writeln!(self.text, "</{name}>");
    }

    /// An element that contains text.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes, ">");
        let _ = writeln!(self.text, "{}</{name}>", escape(text));
    }

    /// An empty element.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes, "/>\n");
    }

    /// The finished document.
    pub fn finish(self) -> String {
        self.text
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.indent();
        let _ = write!(self.text, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.text, " {attribute}=\"{}\"", escape(value));
        }
        self.text.push_str(end);
    }

    fn indent(&mut self) {
        (0..self.depth).for_each(|_| self.text.push_str("  "));
    }
}

/// Text escaped for an element or a quoted attribute (XML 1.0 §2.2, §2.4).
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_text_or_attributes() {
        let mut xml = Xml::default();
        xml.element("a", &[("b", "\"><c>")], |xml| xml.text("d", &[], "]]> & \u{1} é"));
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&quot;&gt;&lt;c&gt;\">\n  <d>]]&gt; &amp;  é</d>\n</a>\n"
        );
    }
}
