//! CSS: selectors, declarations, values.

use super::class::Class;
use super::scanner::Scanner;

/// How many bytes to look ahead to decide whether a word starts a rule or a declaration.
const AHEAD: usize = 160;

pub(super) fn lex(scanner: &mut Scanner<'_>) {
    // Whether a selector or a property name may start here, and the number of open blocks.
    let mut begins = true;
    let mut is_selector = true;
    let mut depth = 0usize;
    while !scanner.is_at_end() {
        let start = scanner.at;
        let byte = scanner.byte(0);
        if begins && !byte.is_ascii_whitespace() && !scanner.starts_with("/*") {
            is_selector = depth == 0 || opens_block(scanner);
        }
        match byte {
            b'/' if scanner.starts_with("/*") => {
                scanner.at += 2;
                scanner.skip_past("*/");
                scanner.push(Class::Comment, start);
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                scanner.at += 1;
                continue;
            }
            quote @ (b'"' | b'\'') => quoted(scanner, quote),
            b'@' => {
                named(scanner, Class::Keyword, 1);
                is_selector = false;
            }
            b'!' => named(scanner, Class::Keyword, 1),
            b'-' if scanner.starts_with("--") => named(scanner, Class::Variable, 2),
            b'.' if is_selector && is_name(scanner.byte(1)) => named(scanner, Class::Type, 1),
            b'#' if is_selector => named(scanner, Class::Constant, 1),
            b'#' => named(scanner, Class::Number, 1),
            b':' if is_selector => {
                scanner.take(Class::Punctuation, if scanner.byte(1) == b':' { 2 } else { 1 });
                named(scanner, Class::Function, 0);
            }
            b'0'..=b'9' => number(scanner),
            b'.' | b'-' | b'+' if scanner.byte(1).is_ascii_digit() => number(scanner),
            byte if is_name(byte) => name(scanner, begins, is_selector),
            b'{' | b'}' | b';' => {
                depth = match byte {
                    b'{' => depth + 1,
                    b'}' => depth.saturating_sub(1),
                    _ => depth,
                };
                scanner.take(Class::Punctuation, 1);
                begins = true;
                continue;
            }
            b'(' | b')' | b'[' | b']' | b',' | b':' => scanner.take(Class::Punctuation, 1),
            b'>' | b'+' | b'~' | b'*' | b'=' | b'/' | b'^' | b'$' | b'|' | b'&' | b'%' | b'<' => {
                scanner.take(Class::Operator, 1);
            }
            _ => scanner.step(),
        }
        begins = false;
    }
}

fn is_name(byte: u8) -> bool {
    Scanner::is_word(byte) || byte == b'-'
}

/// Whether a selector starts here: a block opens before a declaration would end.
fn opens_block(scanner: &Scanner<'_>) -> bool {
    let rest = &scanner.text.as_bytes()[scanner.at..];
    let first = rest.iter().take(AHEAD).find(|byte| matches!(byte, b'{' | b'}' | b';'));
    first == Some(&b'{')
}

fn named(scanner: &mut Scanner<'_>, class: Class, sign: usize) {
    let start = scanner.at;
    scanner.at += sign;
    scanner.skip_while(is_name);
    scanner.push(class, start);
}

fn number(scanner: &mut Scanner<'_>) {
    let start = scanner.at;
    scanner.at += 1;
    scanner.skip_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'%'));
    scanner.push(Class::Number, start);
}

fn name(scanner: &mut Scanner<'_>, begins: bool, is_selector: bool) {
    let start = scanner.at;
    scanner.skip_while(is_name);
    let class = match scanner.byte(0) {
        b'(' => Some(Class::Function),
        _ if is_selector => Some(Class::Tag),
        _ if begins => Some(Class::Property),
        _ => None,
    };
    if let Some(class) = class {
        scanner.push(class, start);
    }
}

/// A string, which ends at the end of its line at the latest.
fn quoted(scanner: &mut Scanner<'_>, quote: u8) {
    let start = scanner.at;
    scanner.at += 1;
    loop {
        scanner.skip_while(|byte| byte != quote && byte != b'\\' && byte != b'\n');
        match scanner.byte(0) {
            b'\\' => {
                scanner.at += 1;
                scanner.step();
            }
            byte if byte == quote => {
                scanner.at += 1;
                break;
            }
            _ => break,
        }
    }
    scanner.push(Class::String, start);
}
