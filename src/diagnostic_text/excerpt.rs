//! The excerpt of a text that is shown with a mistake, however long its lines are.

use super::printable;
use crate::span::{Lines, Position};
use std::ops::Range;

/// How many characters of a long line are kept on either side of a position, and of the range
/// itself.
const KEPT: usize = 240;

/// The maximum distance, in lines and columns, of positions shown in one excerpt.
const TOGETHER: (usize, usize) = (200, 100);

/// Some lines of a text, made printable, with the positions in them.
pub(super) struct Excerpt {
    pub text: String,
    /// The line number of its first line.
    pub first_line: usize,
    pub places: Vec<Range<usize>>,
}

/// Whether two byte ranges are close enough to be shown in one excerpt.
pub(super) fn are_together(lines: &Lines<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let (first, second) = (lines.position(a.start), lines.position(b.start));
    first.line.abs_diff(second.line) <= TOGETHER.0
        && first.column.abs_diff(second.column) <= TOGETHER.1
}

impl Excerpt {
    /// The lines from the first to the last of these ranges, which must be close together.
    pub(super) fn around(lines: &Lines<'_>, places: &[Range<usize>]) -> Excerpt {
        let numbers: Vec<usize> =
            places.iter().map(|place| lines.position(place.start).line).collect();
        let first_line = numbers.iter().min().copied().unwrap_or(1);
        let last_line = numbers.iter().max().copied().unwrap_or(1);
        let mut text = String::new();
        let mut moved = vec![0..0; places.len()];
        for number in first_line..=last_line {
            let here = || (0..places.len()).filter(|at| numbers[*at] == number);
            let kept = kept(lines, number, here().map(|at| &places[at]));
            for at in here() {
                let inside =
                    |offset: usize| text.len() + offset.clamp(kept.start, kept.end) - kept.start;
                moved[at] = inside(places[at].start)..inside(places[at].end);
            }
            text.push_str(&lines.text()[kept]);
            text.push('\n');
        }
        let text = printable::source(&text, &mut moved);
        Excerpt { text, first_line, places: moved }
    }

    /// The position of a range in the excerpt, for layout.
    pub(super) fn position(&self, place: &Range<usize>) -> Position {
        let Position { line, column } = Lines::of(&self.text).position(place.start);
        Position { line: line + self.first_line - 1, column }
    }
}

/// The parts of a line that are kept: all of a short one; of a long one its beginning, or the parts
/// around the ranges in it.
fn kept<'p>(
    lines: &Lines<'_>,
    number: usize,
    places: impl Iterator<Item = &'p Range<usize>>,
) -> Range<usize> {
    let line = lines.line(number);
    if line.len() <= 2 * KEPT {
        return line;
    }
    let around = places.fold(None, |around: Option<Range<usize>>, place| {
        let around = around.unwrap_or(place.clone());
        Some(around.start.min(place.start)..around.end.max(place.end))
    });
    let around = around.unwrap_or(line.start..line.start);
    let text = lines.text();
    let (before, after) = (
        &text[line.start..around.start.min(line.end)],
        &text[around.start.min(line.end)..line.end],
    );
    let start = before.char_indices().rev().nth(KEPT - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(3 * KEPT).map_or(after.len(), |(at, _)| at);
    line.start + start..line.start + before.len() + end
}
