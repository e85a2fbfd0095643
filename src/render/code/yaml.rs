//! YAML: keys, scalars as what they are read as, anchors, tags, blocks of text.

use super::Class;
use super::scanner::Scanner;

pub(super) fn lex(scanner: &mut Scanner<'_>) {
    // How many brackets of flow collections are open.
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
    // How far in the last entry or key stands: a block of text stands further in.
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

/// A scalar in quotation marks, over several lines where it is.
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

/// A scalar without quotation marks: up to a colon, a comment, or what ends it in a collection.
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
    // Nothing is taken of a NUL, which is skipped by whoever asked.
    scanner.at = if end > start { end } else { (start + 1).min(scanner.text.len()) };
    let class = if is_key { Class::Property } else { scalar(&scanner.text[start..end]) };
    scanner.push(class, start);
    class
}

/// What a plain scalar is read as.
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

/// `|` or `>`, and the lines below it that stand further in.
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
