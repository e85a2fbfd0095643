//! The `Range` header: one range of a body.

use std::ops::Range;

/// `None`: not a single range, to be ignored. `Err`: a range outside the body.
pub fn parse(header: &str, len: usize) -> Option<Result<Range<usize>, ()>> {
    let range = header.strip_prefix("bytes=").filter(|it| !it.contains(','))?;
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| match text.trim().parse::<usize>() {
        Ok(number) => Some(number),
        // A number that does not fit is larger than any body.
        Err(_) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(usize::MAX)
        }
        Err(_) => None,
    };
    let part = match (number(first), number(last)) {
        (None, Some(count)) if first.trim().is_empty() => len.saturating_sub(count)..len,
        (Some(start), None) if last.trim().is_empty() => start..len,
        (Some(start), Some(end)) if start <= end => start..len.min(end.saturating_add(1)),
        _ => return None,
    };
    Some(if part.is_empty() { Err(()) } else { Ok(part) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_answered() {
        for (range, expected) in [
            ("bytes=0-1", Some(Ok(0..2))),
            ("bytes=3-", Some(Ok(3..10))),
            ("bytes=-4", Some(Ok(6..10))),
            ("bytes=-99", Some(Ok(0..10))),
            ("bytes=8-99999999999999999999999", Some(Ok(8..10))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=5-4", None),
            ("bytes=0-1,3-4", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("lines=0-1", None),
        ] {
            assert_eq!(parse(range, 10), expected, "{range}");
        }
    }
}
