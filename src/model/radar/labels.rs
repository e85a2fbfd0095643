//! Places the names of the axes without measuring a font (VISUAL.md §6.1): next to the outer ring,
//! never overlapping it or each other, never outside the drawing.

use crate::model::number::coordinate;
use crate::model::sheet::{Attribute, RadarLabel};

/// Upper bound of a letter's width at 14 px, and of that of a full-width East Asian letter.
const LETTER: f64 = 7.5;
const WIDE_LETTER: f64 = 14.0;
/// Extent of a line above and below its baseline.
const ABOVE: f64 = 12.0;
const BELOW: f64 = 4.0;
/// Minimum distances: between two baselines, between a name and the ring, and between a name and
/// the edge.
const LEADING: f64 = 17.0;
const CLEAR: f64 = 6.0;
const MARGIN: f64 = 2.0;
/// Space between the names on the left and those on the right.
const GUTTER: f64 = 20.0;

/// A placed name, its coordinates still numbers.
pub struct Placed {
    text: String,
    x: f64,
    y: f64,
    anchor: &'static str,
}

impl From<Placed> for RadarLabel {
    fn from(label: Placed) -> RadarLabel {
        RadarLabel {
            text: label.text,
            x: coordinate(label.x),
            y: coordinate(label.y),
            anchor: label.anchor,
        }
    }
}

/// Upper bound of a name's width.
pub fn width_of(text: &str) -> f64 {
    let letter = |c: char| if u32::from(c) < 0x1100 { LETTER } else { WIDE_LETTER };
    text.chars().map(letter).sum()
}

/// Places one name at each vertex of the outer ring, in order.
pub fn place(attributes: &[Attribute], ring: &[(f64, f64)], width: f64) -> Vec<Placed> {
    let centre = ring.iter().map(|(_, y)| y).sum::<f64>() / ring.len() as f64;
    let mut order: Vec<usize> = (0..ring.len()).collect();
    // Names nearest to the centre's height are placed first, and the others move outwards. Names at
    // the top and the bottom are placed last, so they give way to all.
    order.sort_by(|a, b| {
        let rank = |index: usize| (is_middle(ring[index].0, width), (ring[index].1 - centre).abs());
        let (one, other) = (rank(*a), rank(*b));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)).then(a.cmp(b))
    });
    let mut placed: Vec<Option<Placed>> = ring.iter().map(|_| None).collect();
    for index in order {
        let text = fitting(&attributes[index].name, width);
        let (vertex, upwards) = (ring[index], ring[index].1 <= centre);
        let mut label = beside(text, vertex, upwards, width);
        while is_taken(&label, placed.iter().flatten(), ring, width) {
            label.y += if upwards { -1.0 } else { 1.0 };
        }
        placed[index] = Some(label);
    }
    placed.into_iter().flatten().collect()
}

/// Shifts names and centre down until the topmost name is inside. Returns the height that holds all
/// names and a ring that extends to `below` under the centre.
pub fn fit(labels: &mut [Placed], centre: &mut f64, below: f64) -> f64 {
    let top = labels.iter().map(|label| label.y - ABOVE).fold(MARGIN, f64::min);
    let shift = libm::ceil(MARGIN - top);
    *centre += shift;
    let mut bottom = *centre + below + 30.0;
    for label in labels {
        label.y += shift;
        bottom = bottom.max(label.y + BELOW);
    }
    libm::ceil(bottom + MARGIN)
}

/// The name, cut if it is wider than its side. The table has it in full.
fn fitting(name: &str, width: f64) -> String {
    let room = (width - GUTTER) / 2.0;
    if width_of(name) <= room {
        return name.to_owned();
    }
    let mut cut = String::new();
    for character in name.chars() {
        if width_of(&cut) + 2.0 * WIDE_LETTER > room {
            break;
        }
        cut.push(character);
    }
    format!("{}\u{2026}", cut.trim_end())
}

fn is_middle(x: f64, width: f64) -> bool {
    (x - width / 2.0).abs() < 0.2 * 96.0
}

fn beside(text: String, (x, y): (f64, f64), upwards: bool, width: f64) -> Placed {
    if is_middle(x, width) {
        let y = if upwards { y - 12.0 } else { y + 23.0 };
        return Placed { text, x: width / 2.0, y, anchor: "middle" };
    }
    let y = if upwards { y - 8.0 } else { y + 20.0 };
    let (x, anchor) = if x < width / 2.0 { (0.0, "start") } else { (width, "end") };
    Placed { text, x, y, anchor }
}

fn is_taken<'a>(
    label: &Placed,
    others: impl IntoIterator<Item = &'a Placed>,
    ring: &[(f64, f64)],
    width: f64,
) -> bool {
    let (left, right) = reach(label);
    let meets = |other: &Placed| {
        let (from, to) = reach(other);
        (label.y - other.y).abs() < LEADING && left < to + CLEAR && from < right + CLEAR
    };
    let inner = if label.anchor == "start" { width / 2.0 - right } else { left - width / 2.0 };
    let crosses = || {
        label.anchor != "middle"
            && half_width(ring, width / 2.0, label.y - ABOVE, label.y + BELOW)
                .is_some_and(|half| half + CLEAR > inner)
    };
    others.into_iter().any(meets) || crosses()
}

fn reach(label: &Placed) -> (f64, f64) {
    let width = width_of(&label.text);
    match label.anchor {
        "start" => (label.x, label.x + width),
        "end" => (label.x - width, label.x),
        _ => (label.x - width / 2.0, label.x + width / 2.0),
    }
}

/// The half-width of the ring between two heights; `None` if it does not reach there.
fn half_width(ring: &[(f64, f64)], middle: f64, top: f64, bottom: f64) -> Option<f64> {
    let corners = ring.iter().filter(|(_, y)| (top..=bottom).contains(y)).map(|(x, _)| *x);
    let sides = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossings = sides.flat_map(|((x1, y1), (x2, y2))| {
        [top, bottom].into_iter().filter_map(move |y| {
            let between = (y - y1) / (y2 - y1);
            (0.0..=1.0).contains(&between).then(|| x1 + (x2 - x1) * between)
        })
    });
    corners.chain(crossings).map(|x| (x - middle).abs()).reduce(f64::max)
}
