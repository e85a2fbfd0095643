//! HTML and XML, with embedded styles and scripts.

use super::class::Class;
use super::scanner::Scanner;
use super::{css, languages, lexer};

pub(super) fn lex(scanner: &mut Scanner<'_>) {
    while !scanner.is_at_end() {
        let start = scanner.at;
        match scanner.byte(0) {
            b'<' if scanner.starts_with("<!--") => {
                scanner.skip_past("-->");
                scanner.push(Class::Comment, start);
            }
            b'<' if matches!(scanner.byte(1), b'!' | b'?') => {
                scanner.skip_past(">");
                scanner.push(Class::Keyword, start);
            }
            b'<' if scanner.byte(1) == b'/' || is_name(scanner.byte(1)) => tag(scanner),
            b'&' => entity(scanner),
            b'<' => scanner.at += 1,
            _ => scanner.skip_while(|byte| byte != b'<' && byte != b'&'),
        }
    }
}

fn is_name(byte: u8) -> bool {
    Scanner::is_word(byte) || matches!(byte, b'-' | b':' | b'.')
}

/// `&amp;`, or a lone `&`.
fn entity(scanner: &mut Scanner<'_>) {
    let start = scanner.at;
    scanner.at += 1;
    scanner.skip_while(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    if scanner.byte(0) == b';' {
        scanner.at += 1;
        scanner.push(Class::Constant, start);
    }
}

fn tag(scanner: &mut Scanner<'_>) {
    let is_end = scanner.byte(1) == b'/';
    scanner.take(Class::Punctuation, 1 + usize::from(is_end));
    let start = scanner.at;
    scanner.skip_while(is_name);
    scanner.push(Class::Tag, start);
    let name = scanner.text[start..scanner.at].to_ascii_lowercase();
    attributes(scanner);
    if !is_end && matches!(name.as_str(), "script" | "style") {
        raw(scanner, &name);
    }
}

/// The part of a tag after its name.
fn attributes(scanner: &mut Scanner<'_>) {
    while !scanner.is_at_end() {
        let start = scanner.at;
        match scanner.byte(0) {
            b'>' => return scanner.take(Class::Punctuation, 1),
            b'/' => scanner.take(Class::Punctuation, 1),
            b'<' => return,
            b'=' => {
                scanner.take(Class::Operator, 1);
                value(scanner);
            }
            byte if is_name(byte) || matches!(byte, b'@' | b'#' | b'*') => {
                scanner.at += 1;
                scanner.skip_while(is_name);
                scanner.push(Class::Attribute, start);
            }
            _ => scanner.step(),
        }
    }
}

fn value(scanner: &mut Scanner<'_>) {
    scanner.skip_while(|byte| byte.is_ascii_whitespace());
    let start = scanner.at;
    match scanner.byte(0) {
        quote @ (b'"' | b'\'') => {
            scanner.at += 1;
            scanner.skip_while(|byte| byte != quote);
            scanner.at = (scanner.at + 1).min(scanner.text.len());
        }
        _ => scanner.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
    }
    scanner.push(Class::String, start);
}

/// A script or a style, up to its end tag.
fn raw(scanner: &mut Scanner<'_>, name: &str) {
    let start = scanner.at;
    let rest = &scanner.text[start..];
    let is_end = |at: usize| {
        let word = rest.as_bytes().get(at + 2..at + 2 + name.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    let end = rest.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at));
    let inside = &rest[..end.unwrap_or(rest.len())];
    let mut embedded = Scanner::new(inside);
    match name {
        "style" => css::lex(&mut embedded),
        _ => {
            if let Some(script) = languages::named("javascript") {
                lexer::lex(&mut embedded, script);
            }
        }
    }
    for (class, range) in embedded.spans {
        scanner.spans.push((class, start + range.start..start + range.end));
    }
    scanner.at = start + inside.len();
}
