//! The radar: values → polygons, in two versions. One is in the plain 100 × 100 box with DevRPG's
//! own points; the other has rings, spokes, dots and names for the page (VISUAL.md §6.1).

mod labels;
pub mod values;

use crate::model::number::{coordinate, fixed};
use crate::model::ruleset::Ruleset;
use crate::model::sheet::{Attribute, Line, Point, Radar, RadarLabel};
use crate::model::wording::Wording;
use std::f64::consts::{PI, TAU};

/// Rings of the drawing, equally spaced.
const RINGS: u32 = 5;

/// With fewer axes there is no polygon.
pub const LEAST: usize = 3;

/// A circle divided into axes.
struct Circle {
    x: f64,
    y: f64,
    radius: f64,
    axes: usize,
}

impl Circle {
    /// The box of MODEL.md: 100 × 100, centre 50, radius 40.
    fn unit(axes: usize) -> Circle {
        Circle { x: 50.0, y: 50.0, radius: 40.0, axes }
    }

    /// The point at `share` of the radius on an axis. The first axis points to 12 o'clock, the
    /// others follow clockwise. If the number of axes is a multiple of four, all are rotated by
    /// half a step, so that none is level with the centre, where its name has no room.
    fn at(&self, index: usize, share: f64) -> (f64, f64) {
        let step = TAU / self.axes as f64;
        let turn = if self.axes.is_multiple_of(4) { step / 2.0 } else { 0.0 };
        let angle = index as f64 * step + turn - PI / 2.0;
        let reach = self.radius * share;
        (self.x + reach * libm::cos(angle), self.y + reach * libm::sin(angle))
    }

    fn polygon(&self, shares: impl IntoIterator<Item = f64>) -> Vec<(f64, f64)> {
        shares.into_iter().enumerate().map(|(index, share)| self.at(index, share)).collect()
    }

    /// How far the ring extends above and below the centre.
    fn reach(&self) -> (f64, f64) {
        let heights = || self.ring(1.0).into_iter().map(|(_, y)| y - self.y);
        (heights().map(|y| -y).fold(0.0, f64::max), heights().fold(0.0, f64::max))
    }

    fn ring(&self, share: f64) -> Vec<(f64, f64)> {
        self.polygon(std::iter::repeat_n(share, self.axes))
    }
}

/// Draws the radar; `None` if there are fewer than three axes or all values are zero.
pub fn radar(attributes: &[Attribute], rules: &Ruleset, wording: &Wording) -> Option<Radar> {
    let axes = attributes.len();
    if axes < LEAST || attributes.iter().all(|attribute| attribute.value == 0) {
        return None;
    }
    let max = rules.skills.max.max(1);
    let share = |attribute: &Attribute| {
        f64::from(attribute.value.max(rules.radar.floor).min(max)) / f64::from(max)
    };
    let shares: Vec<f64> = attributes.iter().map(share).collect();

    // Four axes make a square, which is smaller than its circle.
    let (width, radius) = match axes {
        4 => (300.0, 136.0),
        ..=6 => (300.0, 104.0),
        _ => (360.0, 96.0),
    };
    let mut circle = Circle { x: width / 2.0, y: 0.0, radius, axes };
    let (above, below) = circle.reach();
    circle.y = above + 30.0;
    let mut labels = labels::place(attributes, &circle.ring(1.0), width);
    let height = labels::fit(&mut labels, &mut circle.y, below);

    let rings = (1..=RINGS).rev().map(|ring| f64::from(ring) / f64::from(RINGS));
    let own = circle.polygon(shares.iter().copied());
    let unit = Circle::unit(axes);
    Some(Radar {
        width: width as u32,
        height: height as u32,
        rings: rings.map(|share| points(&circle.ring(share), coordinate)).collect(),
        spokes: circle.ring(1.0).into_iter().map(|end| spoke(&circle, end)).collect(),
        points: points(&own, coordinate),
        dots: own.iter().map(|(x, y)| Point { x: coordinate(*x), y: coordinate(*y) }).collect(),
        labels: labels.into_iter().map(RadarLabel::from).collect(),
        unit_points: points(&unit.polygon(shares), fixed),
        unit_grid: points(&unit.ring(1.0), fixed),
        description: describe(attributes, max, wording),
    })
}

fn points(points: &[(f64, f64)], number: fn(f64) -> String) -> String {
    let pairs: Vec<String> =
        points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    pairs.join(" ")
}

fn spoke(circle: &Circle, (x, y): (f64, f64)) -> Line {
    Line {
        x1: coordinate(circle.x),
        y1: coordinate(circle.y),
        x2: coordinate(x),
        y2: coordinate(y),
    }
}

/// `Backend 7 of 10, Cloud 3 of 10`
fn describe(attributes: &[Attribute], max: u32, wording: &Wording) -> String {
    let max = max.to_string();
    wording.joined(attributes.iter().map(|attribute| {
        let value = attribute.value.to_string();
        wording.value_of.fill(&[("name", &attribute.name), ("value", &value), ("max", &max)])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ruleset::Axis;
    use crate::model::sample;
    use proptest::prelude::*;

    fn axes(names: &[&str]) -> Vec<Axis> {
        names.iter().map(|name| sample::axis(name)).collect()
    }

    fn draw(axes: &[Axis], values: &[u32], floor: u32) -> Option<Radar> {
        let mut rules = sample::ruleset();
        rules.radar.floor = floor;
        let attribute = |(axis, value): (&Axis, &u32)| Attribute {
            id: axis.id.clone(),
            name: axis.name.clone(),
            value: *value,
            max: rules.skills.max,
            note: String::new(),
        };
        let attributes: Vec<Attribute> = axes.iter().zip(values).map(attribute).collect();
        radar(&attributes, &rules, &sample::wording())
    }

    fn read(points: &str) -> Vec<(f64, f64)> {
        let pair = |pair: &str| {
            let (x, y) = pair.split_once(',').unwrap();
            (x.parse().unwrap(), y.parse().unwrap())
        };
        points.split(' ').map(pair).collect()
    }

    const FIVE: [&str; 5] = ["Frontend", "Backend", "Cloud", "Mobile", "Tools"];

    /// DevRPG's template has a hand-written grid whose first number is `50`; its code prints every
    /// point with two decimals, as we do. So the numbers are compared, to the last digit.
    #[test]
    fn devrpgs_published_points_come_out() {
        let grid = "50,10.00 88.04,37.64 73.51,82.36 26.49,82.36 11.96,37.64";
        let full = draw(&axes(&FIVE), &[10; 5], 1).unwrap();
        assert_eq!(read(&full.unit_grid), read(grid));
        assert_eq!(full.unit_grid, grid.replacen("50,", "50.00,", 1));
        assert_eq!(full.unit_points, full.unit_grid);
    }

    #[test]
    fn devrpg_lifts_zeros_and_we_only_when_told() {
        let values = [0, 8, 4, 0, 10];
        let lifted = draw(&axes(&FIVE), &values, 1).unwrap();
        // DevRPG's formula: f"{50 + v / 10 * 40 * cos(a):.2f},{50 + v / 10 * 40 * sin(a):.2f}", v ≥
        // 1
        let expected = "50.00,46.00 80.43,40.11 59.40,62.94 47.65,53.24 11.96,37.64";
        assert_eq!(lifted.unit_points, expected);
        let plain = draw(&axes(&FIVE), &values, 0).unwrap();
        let expected = "50.00,50.00 80.43,40.11 59.40,62.94 50.00,50.00 11.96,37.64";
        assert_eq!(plain.unit_points, expected);
        assert_eq!(plain.description.split(", ").next(), Some("Frontend 0 of 10"));
    }

    #[test]
    fn without_a_shape_there_is_no_radar() {
        assert_eq!(draw(&axes(&FIVE), &[0; 5], 1), None);
        assert_eq!(draw(&axes(&FIVE[..2]), &[5, 5], 0), None);
    }

    #[test]
    fn four_axes_are_turned_by_half_a_step() {
        let square = draw(&axes(&FIVE[..4]), &[10; 4], 0).unwrap();
        assert_eq!(square.unit_grid, "78.28,21.72 78.28,78.28 21.72,78.28 21.72,21.72");
    }

    /// The drawing of VISUAL.md's prototype, which has one decimal.
    #[test]
    fn the_prototypes_drawing_comes_out() {
        let six = ["Reliability", "Architecture", "Delivery", "Craft", "Mentoring", "Writing"];
        let radar = draw(&axes(&six), &[9, 9, 8, 8, 7, 8], 0).unwrap();
        assert_eq!((radar.width, radar.height), (300, 270));
        let outer = "150,30 240.07,82 240.07,186 150,238 59.93,186 59.93,82";
        assert_eq!(radar.rings[0], outer);
        assert_eq!(
            radar.points,
            "150,40.4 231.06,87.2 222.05,175.6 150,217.2 86.95,170.4 77.95,92.4"
        );
        let top = &radar.labels[0];
        assert_eq!((top.x.as_str(), top.y.as_str(), top.anchor), ("150", "18", "middle"));
    }

    /// Typical axis names, short and long, in two scripts.
    const NAMES: [&str; 16] = [
        "Frontend",
        "Backend",
        "Cloud",
        "Mobile",
        "Tools",
        "Reliability",
        "Architecture",
        "ML",
        "Machine learning",
        "Developer experience",
        "Security",
        "Communication",
        "Data engineering",
        "数据工程",
        "Incident response",
        "Zusammenarbeit",
    ];

    fn frame(label: &RadarLabel, width: f64) -> (f64, f64, f64, f64) {
        let (x, y): (f64, f64) = (label.x.parse().unwrap(), label.y.parse().unwrap());
        let reach = labels::width_of(&label.text);
        let left = match label.anchor {
            "start" => x,
            "end" => x - reach,
            _ => x - reach / 2.0,
        };
        assert!(left >= 0.0 && left + reach <= width, "{label:?} leaves the box of {width}");
        (left, left + reach, y - 12.0, y + 4.0)
    }

    proptest! {
        #[test]
        fn every_name_has_its_place(
            names in proptest::sample::subsequence(NAMES.to_vec(), 3..=12).prop_shuffle(),
            values in proptest::collection::vec(0_u32..=10, 12),
        ) {
            prop_assume!(values[..names.len()].iter().any(|value| *value > 0));
            let radar = draw(&axes(&names), &values, 0).unwrap();
            let (width, height) = (f64::from(radar.width), f64::from(radar.height));
            let boxes: Vec<_> = radar.labels.iter().map(|label| frame(label, width)).collect();
            for (index, (left, right, top, bottom)) in boxes.iter().enumerate() {
                prop_assert!(*top >= 0.0 && *bottom <= height, "{:?}", radar.labels);
                for (l, r, t, b) in &boxes[..index] {
                    let apart = left >= r || l >= right || top >= b || t >= bottom;
                    prop_assert!(apart, "{:?}", radar.labels);
                }
            }
            for (x, y) in read(&radar.rings[0]) {
                prop_assert!((0.0..=width).contains(&x) && (0.0..=height).contains(&y));
            }
        }

        #[test]
        fn points_keep_their_order_and_their_circle(
            values in proptest::collection::vec(0_u32..=10, 3..=12),
        ) {
            prop_assume!(values.iter().any(|value| *value > 0));
            let radar = draw(&axes(&NAMES[..values.len()]), &values, 0).unwrap();
            let (own, grid) = (read(&radar.unit_points), read(&radar.unit_grid));
            prop_assert_eq!(own.len(), values.len());
            for ((own, rim), value) in own.iter().zip(&grid).zip(&values) {
                let share = f64::from(*value) / 10.0;
                let (x, y) = (50.0 + (rim.0 - 50.0) * share, 50.0 + (rim.1 - 50.0) * share);
                prop_assert!((own.0 - x).abs() < 0.011 && (own.1 - y).abs() < 0.011);
                prop_assert!((own.0 - 50.0).hypot(own.1 - 50.0) <= 40.01);
            }
            for (index, (one, other)) in grid.iter().zip(grid.iter().skip(1)).enumerate() {
                let (a, b) = ((one.0 - 50.0, one.1 - 50.0), (other.0 - 50.0, other.1 - 50.0));
                prop_assert!(a.0 * b.1 - a.1 * b.0 > 0.0, "not clockwise at {}", index);
            }
        }
    }
}
