//! Tokens that are read as a whole: comments, string literals, heredocs and regular expressions.

use super::{Before, Interpolation, Lexer};
use crate::render::code::Class;
use crate::render::code::quotes::Quote;
use crate::render::code::scanner::Scanner;

impl Lexer<'_, '_> {
    pub(super) fn comment(&mut self) -> bool {
        let start = self.scanner.at;
        let is_line = self.grammar.line_comments.iter().any(|it| self.scanner.starts_with(it));
        // In a shell, `a#b` is a word.
        let before = start.checked_sub(1).map(|at| self.scanner.text.as_bytes()[at]);
        let is_inside = before.is_some_and(|it| !it.is_ascii_whitespace() && it != b';');
        if is_line && !(self.grammar.is_shell && is_inside) {
            self.scanner.skip_line();
            self.scanner.push(Class::Comment, start);
            return true;
        }
        let Some((open, close)) = self.grammar.block_comment else { return false };
        if !self.scanner.starts_with(open) {
            return false;
        }
        self.scanner.at += open.len();
        let mut depth = 1;
        while depth > 0 && !self.scanner.is_at_end() {
            if self.scanner.starts_with(close) {
                depth -= 1;
                self.scanner.at += close.len();
            } else if self.grammar.comments_nest && self.scanner.starts_with(open) {
                depth += 1;
                self.scanner.at += open.len();
            } else {
                self.scanner.step();
            }
        }
        self.scanner.push(Class::Comment, start);
        true
    }

    /// A string literal, or what looks like the start of one.
    pub(super) fn quote(&mut self) -> bool {
        let start = self.scanner.at;
        if self.grammar.has_lifetimes && self.scanner.byte(0) == b'\'' {
            return self.letter_or_lifetime();
        }
        let quotes = &self.grammar.quotes;
        let Some(quote) = quotes.iter().find(|it| self.scanner.starts_with(it.open)) else {
            return false;
        };
        self.scanner.at += quote.open.len();
        self.text(quote, start);
        true
    }

    /// `'a'` or `'a`.
    fn letter_or_lifetime(&mut self) -> bool {
        let start = self.scanner.at;
        self.scanner.at += 1;
        if self.scanner.byte(0) == b'\\' {
            self.scanner.at += 1;
            self.scanner.step();
            self.scanner.skip_while(|byte| byte != b'\'' && byte != b'\n');
        } else {
            self.scanner.step();
        }
        if self.scanner.byte(0) == b'\'' {
            self.scanner.at += 1;
            self.scanner.push(Class::String, start);
        } else {
            self.scanner.at = start + 1;
            self.scanner.skip_while(Scanner::is_word);
            self.scanner.push(Class::Label, start);
        }
        self.before = Before::Value;
        true
    }

    /// The rest of a string that started at `start`, up to its end or to embedded code.
    pub(super) fn text(&mut self, quote: &'static Quote, start: usize) {
        let opening = start;
        let mut start = start;
        self.before = Before::Value;
        while self.scanner.at < self.end {
            let byte = self.scanner.byte(0);
            let interpolation =
                quote.interpolation.filter(|(open, _)| self.scanner.starts_with(open));
            if self.scanner.starts_with(quote.close) {
                self.scanner.at += quote.close.len();
                break;
            } else if byte == b'\\' && quote.has_escapes {
                self.scanner.at += 1;
                self.scanner.step();
            } else if byte == b'\n' && !quote.has_lines {
                break;
            } else if let Some((open, close)) = interpolation {
                self.scanner.push(Class::String, start);
                self.scanner.take(Class::Punctuation, open.len());
                let open = open.as_bytes()[open.len() - 1];
                self.interpolations.push(Interpolation { quote, open, close, depth: 0 });
                self.before = Before::Start;
                return;
            } else if quote.has_variables && self.is_variable() {
                self.scanner.push(Class::String, start);
                self.variable();
                start = self.scanner.at;
            } else {
                self.scanner.step();
            }
        }
        let is_key = opening == start
            && self.grammar.key_sign.is_some_and(|sign| self.scanner.next_visible() == sign);
        self.scanner.push(if is_key { Class::Property } else { Class::String }, start);
    }

    fn is_variable(&self) -> bool {
        let next = self.scanner.byte(1);
        self.scanner.byte(0) == b'$' && (next == b'{' || Scanner::is_word(next))
    }

    /// `$name` or `${name}`.
    fn variable(&mut self) {
        let start = self.scanner.at;
        self.scanner.at += 1;
        if self.scanner.byte(0) == b'{' {
            self.scanner.skip_while(|byte| !matches!(byte, b'}' | b'"' | b'\n'));
            self.scanner.at += usize::from(self.scanner.byte(0) == b'}');
        } else {
            self.scanner.skip_while(Scanner::is_word);
        }
        self.scanner.push(Class::Variable, start);
    }

    /// `<<EOF`; its text starts on the next line.
    pub(super) fn here_document(&mut self) {
        self.scanner.take(Class::Operator, 2);
        if self.scanner.byte(0) == b'-' {
            self.scanner.take(Class::Operator, 1);
        }
        let start = self.scanner.at;
        let begins = self.scanner.byte(0);
        if !begins.is_ascii_alphabetic() && !matches!(begins, b'_' | b'"' | b'\'') {
            return;
        }
        self.scanner.skip_while(|byte| Scanner::is_word(byte) || matches!(byte, b'"' | b'\''));
        self.scanner.push(Class::String, start);
        let word = self.scanner.text[start..self.scanner.at].trim_matches(['"', '\'']);
        self.heredoc = Some(word).filter(|word| !word.is_empty());
    }

    /// A string literal with a prefix: `r"…"`, `f'…'`, `br#"…"#`.
    pub(super) fn prefixed(&mut self, word: &str, start: usize) -> bool {
        let grammar = self.grammar;
        if grammar.has_lifetimes && matches!(word, "r" | "br" | "cr") {
            let rest = &self.scanner.text[self.scanner.at..];
            let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
            if rest.as_bytes().get(hashes) == Some(&b'"') {
                let close = format!("\"{}", "#".repeat(hashes));
                self.scanner.at += hashes + 1;
                self.scanner.skip_past(&close);
                self.scanner.push(Class::String, start);
                self.before = Before::Value;
                return true;
            }
        }
        let Some((_, quotes)) = grammar.prefixes.iter().find(|(words, _)| words.contains(&word))
        else {
            return false;
        };
        let quote = quotes.iter().find(|it| self.scanner.starts_with(it.open));
        if let Some(quote) = quote {
            self.scanner.at += quote.open.len();
            self.text(quote, start);
        }
        quote.is_some()
    }

    /// `/…/` where a value is allowed, unless the rest of the line is known to contain no end.
    pub(super) fn regex(&mut self) -> bool {
        let start = self.scanner.at;
        if self.before != Before::Start || start < self.no_regex {
            return false;
        }
        self.scanner.at += 1;
        let mut in_set = false;
        loop {
            match self.scanner.byte(0) {
                b'\n' | 0 => {
                    self.no_regex = self.scanner.at;
                    self.scanner.at = start;
                    return false;
                }
                b'\\' if self.scanner.byte(1) != b'\n' => {
                    self.scanner.at += 1;
                    self.scanner.step();
                    continue;
                }
                b'[' => in_set = true,
                b']' => in_set = false,
                b'/' if !in_set => break,
                _ => {}
            }
            self.scanner.step();
        }
        self.scanner.at += 1;
        self.scanner.skip_while(|byte| byte.is_ascii_lowercase());
        self.scanner.push(Class::String, start);
        self.before = Before::Value;
        true
    }
}
