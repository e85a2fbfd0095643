//! Numbers as text: for CSS and SVG, and in English for diagnostics. `wording` has those of pages.

/// Thousands separated, with a true minus sign: `14,820`, `−1,200`.
pub fn grouped(number: i64) -> String {
    separated(number, ",")
}

/// The same with any sign between the thousands.
pub fn separated(number: i64, thousands: &str) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push_str(thousands);
        }
        text.push(digit);
    }
    text
}

/// `1 page`, `3 pages`: in English.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Thousandths as a percentage for CSS: `458` → `45.8%`.
pub fn percent(thousandths: u32) -> String {
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenth => format!("{}.{tenth}%", thousandths / 10),
    }
}

/// A coordinate for SVG, with at most two decimals: `45`, `0.5`. Never `−0`.
pub fn coordinate(value: f64) -> String {
    let text = fixed(value);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A coordinate with exactly two decimals, as DevRPG prints them: `88.04`.
pub fn fixed(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(14_820), "14,820");
        assert_eq!(grouped(-1_234_567), "\u{2212}1,234,567");
        assert_eq!(grouped(i64::MIN), "\u{2212}9,223,372,036,854,775,808");
        assert_eq!(separated(-12_345, "\u{a0}"), "\u{2212}12\u{a0}345");
    }

    #[test]
    fn shares_and_coordinates_carry_no_idle_zeros() {
        assert_eq!(percent(458), "45.8%");
        assert_eq!(percent(1000), "100%");
        assert_eq!(percent(5), "0.5%");
        assert_eq!(coordinate(50.0), "50");
        assert_eq!(coordinate(100.0), "100");
        assert_eq!(coordinate(-0.001), "0");
        assert_eq!(coordinate(20.904), "20.9");
        assert_eq!(fixed(50.0), "50.00");
    }
}
