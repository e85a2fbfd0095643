//! Repeated constructs: each construct of Markdown, and each opening token of code that could make
//! a parser backtrack.

/// Makes a text of about this many bytes.
pub type Make = Box<dyn Fn(usize) -> String>;

/// Each construct by its name, with its generator.
pub fn constructs() -> Vec<(String, Make)> {
    let mut all: Vec<(String, Make)> = Vec::new();
    for part in PLAIN {
        let make = move |length: usize| part.repeat(length / part.len());
        all.push(((*part).to_owned(), Box::new(make)));
    }
    for part in NUMBERED {
        let make = move |length: usize| {
            let count = length / (part.len() + 4);
            (0..count).map(|it| part.replace('@', &it.to_string())).collect()
        };
        all.push(((*part).to_owned(), Box::new(make)));
    }
    for language in LANGUAGES {
        for part in CODE {
            let make = move |length: usize| {
                format!("```{language}\n{}\n```\n", part.repeat(length / part.len()))
            };
            all.push((format!("{language} {part}"), Box::new(make)));
        }
    }
    all
}

const PLAIN: &[&str] = &[
    "[",
    "![",
    "](",
    "[^a]",
    "[a](",
    "`",
    "<",
    "<a ",
    "<b>x</b>",
    "<!--",
    "|",
    "a|\n-|\n",
    "&amp;",
    "\\",
    "#\n",
    "- [ ] a\n",
    "www.a",
    "a@b.c ",
    "~~a",
    "\t",
    "[a]: b\n",
    "*a **b ",
    "[a][b]",
    "[a](profile:x) ",
    "[![a](b)](c) ",
    "*[a](b)* ",
    "# a\n",
    "<b>x</b>\n\n",
    "[a](#b) ",
    "> ",
    "- ",
    "*",
    "_a ",
    "https://a.b/_",
    "1. ",
    "\u{1}",
    "[^a]: b\n\n",
    "```rust\n(\n```\n",
    "www.a.b *c* ",
];

const NUMBERED: &[&str] = &[
    "# @\n[a](#b@)\n",
    "[a@]: b\n",
    "[a][b@]\n\n[c@]: d\n\n",
    "[x](p@.md) ",
    "[^@]\n\n[^@]: b\n\n",
];

const LANGUAGES: [&str; 12] = [
    "rust",
    "python",
    "typescript",
    "bash",
    "json",
    "yaml",
    "toml",
    "html",
    "css",
    "go",
    "c",
    "sql",
];

const CODE: [&str; 10] = ["\"", "'a\n", "/*", "(", "a/[", "<<A\n", "- [", "{a:", "<a ", "${`"];
