//! The string literals of each language, the longest delimiters first.

/// A kind of string literal.
#[derive(Debug)]
pub(super) struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    /// A backslash escapes the next character.
    pub has_escapes: bool,
    /// It may contain line breaks.
    pub has_lines: bool,
    /// The delimiters of embedded code: `${` and `}`.
    pub interpolation: Option<(&'static str, u8)>,
    /// `$name` is a variable in it.
    pub has_variables: bool,
}

const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote {
        open,
        close,
        has_escapes: true,
        has_lines: false,
        interpolation: None,
        has_variables: false,
    }
}

const DOUBLE: Quote = quote("\"", "\"");
const SINGLE: Quote = quote("'", "'");
const LONG_DOUBLE: Quote = Quote { has_lines: true, ..DOUBLE };
const BACKTICK: Quote = Quote { has_lines: true, ..quote("`", "`") };
const RAW_BACKTICK: Quote = Quote { has_escapes: false, ..BACKTICK };
const TRIPLE_DOUBLE: Quote = Quote { has_lines: true, ..quote("\"\"\"", "\"\"\"") };
const TRIPLE_SINGLE: Quote = Quote { has_lines: true, ..quote("'''", "'''") };

pub(super) static PYTHON: [Quote; 4] = [TRIPLE_DOUBLE, TRIPLE_SINGLE, DOUBLE, SINGLE];
const BRACES: Option<(&str, u8)> = Some(("{", b'}'));
static PYTHON_FORMAT: [Quote; 4] = [
    Quote { interpolation: BRACES, ..TRIPLE_DOUBLE },
    Quote { interpolation: BRACES, ..TRIPLE_SINGLE },
    Quote { interpolation: BRACES, ..DOUBLE },
    Quote { interpolation: BRACES, ..SINGLE },
];
pub(super) static RUST: [Quote; 1] = [LONG_DOUBLE];
pub(super) static SCRIPT: [Quote; 3] =
    [DOUBLE, SINGLE, Quote { interpolation: Some(("${", b'}')), ..BACKTICK }];
pub(super) static SHELL: [Quote; 3] = [
    Quote { interpolation: Some(("$(", b')')), has_variables: true, ..LONG_DOUBLE },
    Quote { has_escapes: false, has_lines: true, ..SINGLE },
    Quote { has_variables: true, ..BACKTICK },
];
pub(super) static CODE: [Quote; 2] = [DOUBLE, SINGLE];
pub(super) static CPP: [Quote; 3] =
    [Quote { has_escapes: false, has_lines: true, ..quote("R\"(", ")\"") }, DOUBLE, SINGLE];
pub(super) static GO: [Quote; 3] = [DOUBLE, SINGLE, RAW_BACKTICK];
pub(super) static BLOCKS: [Quote; 3] = [TRIPLE_DOUBLE, DOUBLE, SINGLE];
pub(super) static SHARP: [Quote; 5] = [
    TRIPLE_DOUBLE,
    Quote { interpolation: BRACES, ..quote("$\"", "\"") },
    Quote { has_escapes: false, has_lines: true, ..quote("@\"", "\"") },
    DOUBLE,
    SINGLE,
];
pub(super) static KOTLIN: [Quote; 3] = [
    Quote { interpolation: Some(("${", b'}')), has_variables: true, ..TRIPLE_DOUBLE },
    Quote { interpolation: Some(("${", b'}')), has_variables: true, ..DOUBLE },
    SINGLE,
];
pub(super) static SWIFT: [Quote; 2] = [
    Quote { interpolation: Some(("\\(", b')')), ..TRIPLE_DOUBLE },
    Quote { interpolation: Some(("\\(", b')')), ..DOUBLE },
];
pub(super) static RUBY: [Quote; 3] = [
    Quote { interpolation: Some(("#{", b'}')), ..LONG_DOUBLE },
    Quote { has_lines: true, ..SINGLE },
    Quote { interpolation: Some(("#{", b'}')), ..BACKTICK },
];
pub(super) static PHP: [Quote; 2] =
    [Quote { has_variables: true, ..LONG_DOUBLE }, Quote { has_lines: true, ..SINGLE }];
pub(super) static LUA: [Quote; 3] =
    [Quote { has_escapes: false, has_lines: true, ..quote("[[", "]]") }, DOUBLE, SINGLE];
pub(super) static SQL: [Quote; 3] = [
    Quote { has_escapes: false, has_lines: true, ..SINGLE },
    Quote { has_escapes: false, ..DOUBLE },
    BACKTICK,
];
pub(super) static TOML: [Quote; 4] = [
    TRIPLE_DOUBLE,
    Quote { has_escapes: false, ..TRIPLE_SINGLE },
    DOUBLE,
    Quote { has_escapes: false, ..SINGLE },
];

/// Prefixes of string literals, with the literals they apply to.
pub(super) type Prefixes = [(&'static [&'static str], &'static [Quote])];

pub(super) static RUST_PREFIXES: &Prefixes = &[(&["b", "c"], &RUST)];
pub(super) static PYTHON_PREFIXES: &Prefixes = &[
    (&["f", "F", "fr", "rf", "Rf", "fR", "t"], &PYTHON_FORMAT),
    (&["r", "R", "b", "B", "br", "rb", "Rb", "bR", "u", "U"], &PYTHON),
];
