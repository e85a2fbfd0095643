//! The rectangle of a picture that is shown, in upright and in stored coordinates.

use super::spec::Crop;
use crate::load::picture::Orientation;
use serde::{Deserialize, Serialize};

/// A rectangle in pixels, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Area {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// The part of an upright picture of this size that is shown.
pub(super) fn area(crop: Crop, (width, height): (u32, u32)) -> Area {
    let Crop::Square { focus } = crop else { return Area { x: 0, y: 0, width, height } };
    let edge = width.min(height);
    let (focus_x, focus_y) = focus.unwrap_or(if height > width { (500, 333) } else { (500, 500) });
    let (x, y) = (begin(width, edge, focus_x), begin(height, edge, focus_y));
    Area { x, y, width: edge, height: edge }
}

/// The start of `shown` pixels out of `whole`, centred on the point as far as the edges allow.
fn begin(whole: u32, shown: u32, thousandths: u16) -> u32 {
    let point = u64::from(whole) * u64::from(thousandths.min(1000)) / 1000;
    let begin = point.saturating_sub(u64::from(shown) / 2);
    u32::try_from(begin).unwrap_or(u32::MAX).min(whole - shown)
}

impl Area {
    /// The same rectangle in the stored picture, whose size is given.
    pub(super) fn stored(self, orientation: Orientation, size: (u32, u32)) -> Area {
        let first = orientation.stored((self.x, self.y), size);
        let far = (self.x + self.width - 1, self.y + self.height - 1);
        let last = orientation.stored(far, size);
        let (width, height) = orientation.turned((self.width, self.height));
        Area { x: first.0.min(last.0), y: first.1.min(last.1), width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(size: (u32, u32), focus: Option<(u16, u16)>) -> (u32, u32, u32) {
        let area = area(Crop::Square { focus }, size);
        assert_eq!(area.width, area.height);
        (area.x, area.y, area.width)
    }

    #[test]
    fn the_square_keeps_the_focus_in_its_middle_as_far_as_it_can() {
        assert_eq!(square((400, 300), None), (50, 0, 300), "wide: the centre");
        assert_eq!(square((300, 400), None), (0, 0, 300), "a little tall: the top");
        assert_eq!(square((300, 900), None), (0, 149, 300), "very tall: a third down");
        assert_eq!(square((400, 300), Some((250, 900))), (0, 0, 300));
        assert_eq!(square((400, 200), Some((600, 0))), (140, 0, 200));
        assert_eq!(square((400, 300), Some((9999, 0))), (100, 0, 300));
    }

    proptest! {
        #[test]
        fn no_area_leaves_its_picture(
            size in (1u32..5000, 1u32..5000),
            focus: (u16, u16),
            number in 1u32..=8,
        ) {
            let orientation = Orientation::new(number).unwrap();
            let shown = area(Crop::Square { focus: Some(focus) }, orientation.turned(size));
            let stored = shown.stored(orientation, size);
            prop_assert!(stored.width > 0 && stored.height > 0);
            prop_assert!(stored.x + stored.width <= size.0 && stored.y + stored.height <= size.1);
        }
    }
}
