//! Draws a URL as a QR code in the terminal, two modules per character.

use qrcode::{Color, EcLevel, QrCode};

/// The light border around the code, in modules, which cameras need.
const BORDER: usize = 2;

/// Black on white, independent of the terminal's colours.
const PAPER: &str = "\x1b[38;5;16;48;5;231m";
const PLAIN: &str = "\x1b[0m";

/// Draws the code. Without colours, the light modules are drawn, because most terminals are dark;
/// cameras read inverted codes too.
pub(super) fn draw(address: &str, coloured: bool) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    let width = code.width();
    let is_dark = |column: usize, row: usize| {
        let inside = |at: usize| at.checked_sub(BORDER).filter(|at| *at < width);
        matches!((inside(column), inside(row)), (Some(x), Some(y)) if code[(x, y)] == Color::Dark)
    };
    let size = width + 2 * BORDER;
    let line = |row: usize| {
        let letters: String = (0..size)
            .map(|column| {
                let [upper, lower] = [row, row + 1].map(|row| is_dark(column, row) == coloured);
                match (upper, lower) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                }
            })
            .collect();
        if coloured { format!("{PAPER}{letters}{PLAIN}\n") } else { format!("{letters}\n") }
    };
    Some((0..size).step_by(2).map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_show_the_same_code() {
        let address = "http://192.168.1.5:1815/";
        let plain = draw(address, false).unwrap();
        let lines: Vec<&str> = plain.lines().collect();
        let width = QrCode::with_error_correction_level(address, EcLevel::L).unwrap().width();
        assert_eq!(lines.len(), (width + 2 * BORDER).div_ceil(2));
        assert!(lines.iter().all(|line| line.chars().count() == width + 2 * BORDER));
        // The border, then the top left finder pattern: seven dark modules.
        assert!(lines[0].chars().all(|letter| letter == '█'), "{}", lines[0]);
        assert!(
            lines[1].starts_with("██▄▄▄▄▄▄▄█") || lines[1].starts_with("██ ▄▄▄▄▄ █"),
            "{}",
            lines[1]
        );
        let swapped: String = draw(address, true)
            .unwrap()
            .replace(PAPER, "")
            .replace(PLAIN, "")
            .chars()
            .map(|letter| match letter {
                '█' => ' ',
                ' ' => '█',
                '▀' => '▄',
                '▄' => '▀',
                other => other,
            })
            .collect();
        assert_eq!(swapped, plain);
        assert_eq!(draw(&"x".repeat(5000), true), None);
    }
}
