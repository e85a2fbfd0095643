//! Text without its markup, where a line of plain words is wanted and no page is rendered: in
//! descriptions and in lists of uses. It reads Markdown by eye, not by grammar.

/// The words of a Markdown text on one line.
pub fn plain(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(character) = rest.chars().next() {
        if let Some((text, after)) = link(rest) {
            words.push_str(&plain(text));
            rest = after;
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '\\' if rest.starts_with(|c: char| c.is_ascii_punctuation()) => {
                words.extend(rest.chars().next());
                rest = &rest[1..];
            }
            '*' | '`' => {}
            '_' | '~' | '#' | '>' if is_markup(&words, character, rest) => {}
            _ => words.push(character),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// At most `most` characters, cut between words and marked with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    let end = |c: char| c.is_whitespace() || ",;:.\u{2013}-".contains(c);
    format!("{}\u{2026}", whole.trim_end_matches(end))
}

/// `[text](address)` or `![text](address)` at the start of `rest`, and what follows it. It looks
/// no further than the next bracket, so that a long row of them costs no time.
fn link(rest: &str) -> Option<(&str, &str)> {
    let inner = rest.strip_prefix('!').unwrap_or(rest).strip_prefix('[')?;
    let (text, after) = inner.split_at(inner.find(['[', ']', '\n'])?);
    let address = after.strip_prefix("](")?;
    let (_, after) = address.split_at(address.find([')', '[', '\n'])?);
    Some((text, after.strip_prefix(')')?))
}

/// Whether a mark that may also be a character is meant as markup: not inside a word or a number.
fn is_markup(before: &str, mark: char, after: &str) -> bool {
    let inside =
        before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    let starts_line = before.is_empty() || before.ends_with('\n') || before.ends_with(mark);
    match mark {
        '_' => !inside,
        '~' => after.starts_with('~') || before.ends_with('~') || starts_line,
        _ => starts_line && after.starts_with([' ', mark]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        let check = |markdown: &str, words: &str| assert_eq!(plain(markdown), words);
        check("I make **slow** things _fast_.", "I make slow things fast.");
        check("See [my `blog`](https://e.org) now", "See my blog now");
        check("# Title\n\nText with\na break", "Title Text with a break");
        check("snake_case, C#, a > b, issue #4, ~5 %", "snake_case, C#, a > b, issue #4, ~5 %");
        check("5 \\* 5 [not a link]", "5 * 5 [not a link]");
        check("[", "[");
        check("[a](b", "[a](b");
        check("![Me](me.jpg) [b](c)[d](e)", "Me bd");
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        assert_eq!(shortened("one two three", 13), "one two three");
        assert_eq!(shortened("one two, three", 10), "one two\u{2026}");
        assert_eq!(shortened("üüüüüüüüüü", 5), "üüüü\u{2026}");
    }
}
