//! YAML: keys, scalars by the type they resolve to, anchors, tags, block scalars.

use super::class::Class;
use super::scanner::Scanner;

pub(super) fn lex(scanner: &mut Scanner<'_>) {
    // The number of open brackets of flow collections.
    let mut flow = 0usize;
    while !scanner.is_at_end() {
        if flow == 0 && (scanner.starts_with("---") || scanner.starts_with("...")) {
            scanner.take(Class::Punctuation, 3);
        }
        line(scanner, &mut flow);
        scanner.step();
    }
}

/// One line, up to its break.
fn line(scanner: &mut Scanner<'_>, flow: &mut usize) {
    let begin = scanner.at;
    // The indentation of the last entry or key: a block scalar is indented further.
    let mut indent = 0;
    let mut after_space = true;
    while !matches!(scanner.byte(0), b'\n' | 0) {
        let start = scanner.at;
        match scanner.byte(0) {
            b' ' | b'\t' | b'\r' => {
                scanner.at += 1;
                after_space = true;
                continue;
            }
            b'#' if after_space => {
                scanner.skip_line();
                scanner.push(Class::Comment, start);
            }
            b'{' | b'[' => {
                *flow += 1;
                scanner.take(Class::Punctuation, 1);
            }
            b'}' | b']' | b',' if *flow > 0 => {
                *flow -= usize::from(scanner.byte(0) != b',');
                scanner.take(Class::Punctuation, 1);
            }
            byte @ (b'-' | b'?' | b':') if is_space(scanner.byte(1)) => {
                if byte != b':' {
                    indent = start - begin;
                }
                scanner.take(Class::Punctuation, 1);
            }
            b':' if *flow > 0 => scanner.take(Class::Punctuation, 1),
            b'&' | b'*' => word(scanner, Class::Label),
            b'!' => word(scanner, Class::Type),
            b'|' | b'>' if *flow == 0 => {
                block(scanner, indent);
                return;
            }
            quote @ (b'"' | b'\'') => quoted(scanner, quote),
            _ => {
                if plain(scanner, *flow > 0) == Class::Property {
                    indent = start - begin;
                }
            }
        }
        after_space = false;
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0)
}

/// An anchor, an alias or a tag.
fn word(scanner: &mut Scanner<'_>, class: Class) {
    let start = scanner.at;
    scanner.skip_while(|byte| !is_space(byte) && !matches!(byte, b',' | b']' | b'}'));
    scanner.push(class, start);
}

/// A quoted scalar, possibly over several lines.
fn quoted(scanner: &mut Scanner<'_>, quote: u8) {
    let start = scanner.at;
    scanner.at += 1;
    loop {
        scanner.skip_while(|byte| byte != quote && (byte != b'\\' || quote == b'\''));
        if scanner.byte(0) == b'\\' {
            scanner.at += 1;
            scanner.step();
        } else if quote == b'\'' && scanner.byte(0) == quote && scanner.byte(1) == quote {
            scanner.at += 2;
        } else {
            break;
        }
    }
    scanner.at = (scanner.at + 1).min(scanner.text.len());
    let class = if scanner.next_visible() == b':' { Class::Property } else { Class::String };
    scanner.push(class, start);
}

/// A plain scalar: up to a colon, a comment, or the end of an entry in a flow collection.
fn plain(scanner: &mut Scanner<'_>, in_flow: bool) -> Class {
    let start = scanner.at;
    let mut end = start;
    loop {
        match scanner.byte(0) {
            b'\n' | b'\r' | 0 => break,
            b':' if is_space(scanner.byte(1)) => break,
            b',' | b'[' | b']' | b'{' | b'}' if in_flow => break,
            b':' if in_flow && matches!(scanner.byte(1), b',' | b']' | b'}') => break,
            b' ' | b'\t' if scanner.byte(1) == b'#' => break,
            b' ' | b'\t' => scanner.at += 1,
            _ => {
                scanner.step();
                end = scanner.at;
            }
        }
    }
    let is_key = scanner.byte(0) == b':';
    // Skips at least one byte: a NUL, which the scanner also returns at the end, would otherwise
    // never be passed.
    scanner.at = if end > start { end } else { (start + 1).min(scanner.text.len()) };
    let class = if is_key { Class::Property } else { scalar(&scanner.text[start..end]) };
    scanner.push(class, start);
    class
}

/// The type that a plain scalar resolves to.
fn scalar(text: &str) -> Class {
    let is_number = text
        .starts_with(|it: char| it.is_ascii_digit() || matches!(it, '-' | '+' | '.'))
        && text.len() < 40
        && text.ends_with(|it: char| it.is_ascii_hexdigit())
        && text.bytes().all(|it| {
            it.is_ascii_hexdigit()
                || matches!(it, b'-' | b'+' | b'.' | b'_' | b':' | b'x' | b'T' | b'Z')
        });
    match text {
        "true" | "false" | "null" | "~" | "yes" | "no" | "on" | "off" | "True" | "False" => {
            Class::Constant
        }
        _ if is_number => Class::Number,
        _ => Class::String,
    }
}

/// `|` or `>`, and the lines below it that are indented further.
fn block(scanner: &mut Scanner<'_>, indent: usize) {
    let start = scanner.at;
    scanner.skip_while(|byte| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9'));
    scanner.push(Class::Operator, start);
    scanner.skip_spaces();
    let comment = scanner.at;
    scanner.skip_line();
    scanner.push(Class::Comment, comment);
    let start = scanner.at;
    loop {
        let end = scanner.at;
        scanner.step();
        let begin = scanner.at;
        scanner.skip_spaces();
        let is_in = scanner.at - begin > indent || matches!(scanner.byte(0), b'\n' | b'\r');
        if !is_in || scanner.is_at_end() {
            scanner.at = end;
            break;
        }
        scanner.skip_line();
    }
    scanner.push(Class::String, start);
}
