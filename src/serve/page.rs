//! Adds the client script to a page when it is served; the stored page is unchanged.

/// The page with the script tag in its head. A policy in the page (`Content-Security-Policy`) is
/// relaxed in this copy, just enough for the script to load and connect.
pub fn with_script(html: &str, tag: &str) -> String {
    let html = allow_own_script(html);
    match find(&html, "</head") {
        Some(at) => format!("{}{tag}{}", &html[..at], &html[at..]),
        None => format!("{html}{tag}"),
    }
}

/// The byte offset of a lower-case word in a text of any case.
fn find(text: &str, word: &str) -> Option<usize> {
    text.as_bytes().windows(word.len()).position(|it| it.eq_ignore_ascii_case(word.as_bytes()))
}

fn allow_own_script(html: &str) -> String {
    let Some((start, end)) = policy(html) else { return html.to_owned() };
    let mut directives: Vec<String> = html[start..end]
        .split(';')
        .map(|directive| directive.trim().to_owned())
        .filter(|directive| !directive.is_empty())
        .collect();
    for name in ["script-src", "connect-src"] {
        allow_self(&mut directives, name);
    }
    format!("{}{}{}", &html[..start], directives.join("; "), &html[end..])
}

fn allow_self(directives: &mut Vec<String>, name: &str) {
    let is_named = |it: &&mut String| it.split_whitespace().next() == Some(name);
    match directives.iter_mut().find(is_named) {
        Some(it) if it.contains("'self'") => {}
        Some(it) => *it = format!("{} 'self'", it.replace("'none'", "").trim_end()),
        None => directives.push(format!("{name} 'self'")),
    }
}

/// The byte range of the page's policy.
fn policy(html: &str) -> Option<(usize, usize)> {
    let named = find(html, "content-security-policy")?;
    let tag = html[..named].rfind('<')?;
    let end = named + html[named..].find('>')?;
    let content = tag + find(&html[tag..end], "content=\"")? + "content=\"".len();
    let close = content + html[content..].find('"')?;
    Some((content, close))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tag_goes_into_the_head_or_to_the_end() {
        assert_eq!(with_script("<head>a</HEAD>b", "<s>"), "<head>a<s></HEAD>b");
        assert_eq!(with_script("ü", "<s>"), "ü<s>");
    }

    #[test]
    fn a_policy_lets_our_own_script_in_and_nothing_else() {
        let policy = |text: &str| {
            let tag = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{text}\">");
            let widened = with_script(&tag, "");
            let (start, end) = super::policy(&widened).unwrap();
            widened[start..end].to_owned()
        };
        assert_eq!(
            policy("default-src 'none'; script-src 'none'; img-src 'self'"),
            "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self'"
        );
        assert_eq!(
            policy("script-src 'sha256-x'; connect-src 'self'"),
            "script-src 'sha256-x' 'self'; connect-src 'self'"
        );
    }

    proptest! {
        #[test]
        fn any_text_keeps_all_its_bytes_but_the_policy(html in "\\PC{0,80}") {
            prop_assert_eq!(with_script(&html, "").len(), html.len());
        }
    }
}
