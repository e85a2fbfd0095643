//! The lexer for languages that are sequences of words, symbols and strings, described by a
//! [`Grammar`].

mod text;

use super::class::Class;
use super::grammar::Grammar;
use super::languages;
use super::quotes::Quote;
use super::scanner::Scanner;

/// Finds the spans of code in one language.
pub(super) fn lex(scanner: &mut Scanner<'_>, grammar: &'static Grammar) {
    let end = scanner.text.len();
    Lexer::new(scanner, grammar, end).run();
}

/// A terminal session: commands after a prompt, and their output.
pub(super) fn lex_session(scanner: &mut Scanner<'_>) {
    let Some(shell) = languages::named("bash") else { return };
    while !scanner.is_at_end() {
        let is_command = matches!(scanner.byte(0), b'$' | b'#' | b'>' | b'%');
        if is_command && matches!(scanner.byte(1), b' ') {
            scanner.take(Class::Punctuation, 1);
            let rest = &scanner.text[scanner.at..];
            let end = scanner.at + rest.find('\n').unwrap_or(rest.len());
            Lexer::new(scanner, shell, end).run();
        }
        scanner.skip_line();
        scanner.step();
    }
}

/// Keywords of a shell that are followed by a command.
const COMMANDS: [&str; 8] = ["if", "then", "else", "elif", "while", "until", "do", "time"];

/// What came before, as far as it affects the next token.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// The start, or a token that a value may follow: `=`, `(`, `return`.
    Start,
    /// A value: a `/` after it is a division.
    Value,
    Dot,
    /// `fn`, `class` and the like: the next name is of this class.
    Defines(Class),
}

/// Embedded code in a string.
struct Interpolation {
    quote: &'static Quote,
    open: u8,
    close: u8,
    /// The number of open brackets in it.
    depth: usize,
}

struct Lexer<'s, 'a> {
    scanner: &'s mut Scanner<'a>,
    grammar: &'static Grammar,
    /// The byte offset at which to stop.
    end: usize,
    before: Before,
    interpolations: Vec<Interpolation>,
    /// No regular expression ends before this offset, so none is searched for again.
    no_regex: usize,
    /// The delimiter of the heredoc whose text starts on the next line.
    heredoc: Option<&'a str>,
}

impl<'s, 'a> Lexer<'s, 'a> {
    fn new(scanner: &'s mut Scanner<'a>, grammar: &'static Grammar, end: usize) -> Self {
        let (before, interpolations) = (Before::Start, Vec::new());
        Lexer { scanner, grammar, end, before, interpolations, no_regex: 0, heredoc: None }
    }

    fn run(&mut self) {
        while self.scanner.at < self.end {
            let start = self.scanner.at;
            match self.scanner.byte(0) {
                b'\n' => self.line_break(),
                byte if byte.is_ascii_whitespace() => self.scanner.at += 1,
                _ if self.comment() || self.line_of_its_own() || self.quote() || self.sign() => {}
                byte if byte.is_ascii_digit() => self.number(),
                b'.' if self.scanner.byte(1).is_ascii_digit() && self.before != Before::Value => {
                    self.number();
                }
                byte if self.begins_word(byte) => self.word(),
                b'/' if self.grammar.has_regex && self.regex() => {}
                byte => self.mark(byte),
            }
            debug_assert!(self.scanner.at > start, "every step goes on");
        }
    }

    fn begins_word(&self, byte: u8) -> bool {
        let may_begin = byte == b'$' || self.grammar.is_shell;
        Scanner::is_word(byte) || may_begin && self.grammar.letters.as_bytes().contains(&byte)
    }

    fn line_break(&mut self) {
        let goes_on = self.scanner.text[..self.scanner.at].ends_with('\\');
        self.scanner.at += 1;
        if self.grammar.is_shell && !goes_on {
            self.before = Before::Start;
        }
        let Some(word) = self.heredoc.take() else { return };
        let start = self.scanner.at;
        while self.scanner.at < self.end {
            let line = self.scanner.at;
            self.scanner.skip_line();
            if self.scanner.text[line..self.scanner.at].trim() == word {
                break;
            }
            self.scanner.step();
        }
        self.scanner.push(Class::String, start);
    }

    /// Tokens that take a whole line, or only occur at its start: `#include`, `[section]`.
    fn line_of_its_own(&mut self) -> bool {
        let start = self.scanner.at;
        let byte = self.scanner.byte(0);
        if self.grammar.has_directives && byte == b'#' && self.scanner.is_line_start() {
            self.scanner.at += 1;
            self.scanner.skip_spaces();
            self.scanner.skip_while(Scanner::is_word);
            self.scanner.push(Class::Macro, start);
            let is_include = self.scanner.text[start..self.scanner.at].ends_with("include");
            self.scanner.skip_spaces();
            if is_include && self.scanner.byte(0) == b'<' {
                let start = self.scanner.at;
                self.scanner.skip_while(|byte| byte != b'>' && byte != b'\n');
                self.scanner.at += usize::from(self.scanner.byte(0) == b'>');
                self.scanner.push(Class::String, start);
            }
            return true;
        }
        if self.grammar.has_sections && byte == b'[' && self.scanner.is_line_start() {
            self.scanner.skip_while(|byte| byte != b']' && byte != b'\n');
            self.scanner.skip_while(|byte| byte == b']');
            self.scanner.push(Class::Title, start);
            return true;
        }
        false
    }

    /// Words with a prefix: `$x`, `@decorator`, `#[test]`.
    fn sign(&mut self) -> bool {
        let start = self.scanner.at;
        let next = self.scanner.byte(1);
        match self.scanner.byte(0) {
            b'#' if self.grammar.has_lifetimes && self.is_attribute() => {
                let mut depth = 0usize;
                self.scanner.skip_while(|byte| {
                    match byte {
                        b'[' => depth += 1,
                        b']' => depth -= 1.min(depth),
                        _ => {}
                    }
                    depth > 0 || byte != b']'
                });
                self.scanner.at = (self.scanner.at + 1).min(self.end);
                self.scanner.push(Class::Attribute, start);
            }
            b'@' if self.grammar.has_decorators && Scanner::is_word(next) => {
                self.scanner.at += 1;
                self.scanner.skip_while(|byte| Scanner::is_word(byte) || byte == b'.');
                self.scanner.push(Class::Attribute, start);
            }
            b'@' if self.grammar.sigils.contains('@')
                && (Scanner::is_word(next) || next == b'@') =>
            {
                self.scanner.skip_while(|byte| byte == b'@');
                self.scanner.skip_while(Scanner::is_word);
                self.scanner.push(Class::Variable, start);
                self.before = Before::Value;
            }
            b'$' if self.grammar.sigils.contains('$') => {
                self.scanner.at += 1;
                match next {
                    b'{' => self.scanner.skip_while(|byte| byte != b'}' && byte != b'\n'),
                    b'(' => {}
                    next if Scanner::is_word(next) => self.scanner.skip_while(Scanner::is_word),
                    b'?' | b'!' | b'#' | b'@' | b'*' | b'$' => self.scanner.at += 1,
                    _ => {}
                }
                self.scanner.at += usize::from(next == b'{' && self.scanner.byte(0) == b'}');
                self.scanner.at = self.scanner.at.min(self.end);
                self.scanner.push(Class::Variable, start);
                self.before = Before::Value;
            }
            b'<' if self.grammar.is_shell && next == b'<' => self.here_document(),
            _ => return false,
        }
        true
    }

    fn is_attribute(&self) -> bool {
        self.scanner.starts_with("#[") || self.scanner.starts_with("#![")
    }

    fn number(&mut self) {
        let start = self.scanner.at;
        self.scanner.at += 1;
        loop {
            self.scanner.skip_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            let last = self.scanner.text.as_bytes()[self.scanner.at - 1];
            let is_fraction = self.scanner.byte(0) == b'.' && self.scanner.byte(1).is_ascii_digit();
            let is_exponent = matches!(last, b'e' | b'E')
                && matches!(self.scanner.byte(0), b'+' | b'-')
                && self.scanner.byte(1).is_ascii_digit();
            let is_date = self.grammar.has_sections
                && matches!(self.scanner.byte(0), b'-' | b':')
                && self.scanner.byte(1).is_ascii_digit();
            if !(is_fraction || is_exponent || is_date) {
                break;
            }
            self.scanner.at += 1;
        }
        self.scanner.push(Class::Number, start);
        self.before = Before::Value;
    }

    fn word(&mut self) {
        let (start, grammar) = (self.scanner.at, self.grammar);
        let more = grammar.letters.as_bytes();
        self.scanner.step();
        self.scanner.skip_while(|byte| Scanner::is_word(byte) || more.contains(&byte));
        let word = &self.scanner.text[start..self.scanner.at];
        if self.prefixed(word, start) {
            return;
        }
        let next = self.scanner.byte(0);
        if grammar.has_macros && next == b'!' && self.scanner.byte(1) != b'=' {
            self.scanner.at += 1;
            self.scanner.push(Class::Macro, start);
            self.before = Before::Start;
            return;
        }
        let listed = grammar.class_of(word).filter(|_| self.before != Before::Dot);
        let class = listed.or_else(|| self.spelled(word, next));
        self.before = match listed {
            Some(Class::Keyword) if grammar.is_shell && !COMMANDS.contains(&word) => Before::Value,
            Some(Class::Keyword) => match grammar.defines(word) {
                Some(class) => Before::Defines(class),
                None => Before::Start,
            },
            // Arguments follow a command.
            _ => Before::Value,
        };
        if let Some(class) = class {
            self.scanner.push(class, start);
        }
    }

    /// The class of a word that is not listed, by its spelling.
    fn spelled(&self, word: &str, next: u8) -> Option<Class> {
        let grammar = self.grammar;
        let visible = self.scanner.next_visible();
        if grammar.is_shell {
            return match next {
                _ if word.starts_with('-') => Some(Class::Attribute),
                b'=' => Some(Class::Variable),
                _ => (self.before == Before::Start).then_some(Class::Function),
            };
        }
        if grammar.key_sign == Some(visible) {
            return Some(Class::Property);
        }
        // A dotted key: `a.b = 1`.
        if grammar.has_sections {
            return matches!(next, b'.').then_some(Class::Property);
        }
        if let Before::Defines(class) = self.before {
            return Some(class);
        }
        let first = word.chars().next()?;
        let is_loud = word.len() > 1
            && first.is_ascii_uppercase()
            && word.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
        match visible {
            b'(' if grammar.calls_capitals || !(grammar.has_types && first.is_uppercase()) => {
                Some(Class::Function)
            }
            _ if is_loud => Some(Class::Constant),
            _ if grammar.has_types && first.is_uppercase() => Some(Class::Type),
            _ if self.before == Before::Dot => Some(Class::Property),
            _ => None,
        }
    }

    /// A bracket, a separator or an operator.
    fn mark(&mut self, byte: u8) {
        if let Some(interpolation) = self.interpolations.last_mut() {
            if byte == interpolation.close && interpolation.depth == 0 {
                let quote = interpolation.quote;
                self.interpolations.pop();
                self.scanner.take(Class::Punctuation, 1);
                let start = self.scanner.at;
                return self.text(quote, start);
            }
            interpolation.depth += usize::from(byte == interpolation.open);
            interpolation.depth -= usize::from(byte == interpolation.close);
        }
        let class = match byte {
            b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b';' | b'.' | b':' => {
                Some(Class::Punctuation)
            }
            b'=' | b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'!' | b'&' | b'|' | b'^'
            | b'~' | b'?' => Some(Class::Operator),
            _ => None,
        };
        match class {
            Some(class) => self.scanner.take(class, 1),
            None => self.scanner.step(),
        }
        self.before = match byte {
            b'.' if !self.scanner.text[..self.scanner.at].ends_with("..") => Before::Dot,
            b')' | b']' | b'}' => Before::Value,
            _ => Before::Start,
        };
        // In a shell, arguments follow most symbols; a command follows only these.
        if self.grammar.is_shell && !matches!(byte, b'|' | b'&' | b';' | b'(' | b'{' | b'!') {
            self.before = Before::Value;
        }
    }
}
