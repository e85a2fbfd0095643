//! Diffs, line by line.

use super::class::Class;
use super::scanner::Scanner;

pub(super) fn lex(scanner: &mut Scanner<'_>) {
    while !scanner.is_at_end() {
        let start = scanner.at;
        let class = match scanner.byte(0) {
            b'+' if scanner.starts_with("+++") => Some(Class::Title),
            b'-' if scanner.starts_with("---") => Some(Class::Title),
            b'+' => Some(Class::DiffAdd),
            b'-' => Some(Class::DiffDelete),
            b'@' => Some(Class::Function),
            b'd' if scanner.starts_with("diff ") => Some(Class::Title),
            _ => None,
        };
        scanner.skip_line();
        if let Some(class) = class {
            scanner.push(class, start);
        }
        scanner.step();
    }
}
