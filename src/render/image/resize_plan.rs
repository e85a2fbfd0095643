//! The crop of a picture and the sizes to make of it.

use super::crop::Area;
use super::spec::Picture;
use std::sync::Arc;

/// The longest edge that every format supports; WebP's limit is the lowest.
const LONGEST_EDGE: u32 = 16_383;

/// The crop of a picture and its sizes: what variants that share one decoding have in common.
#[derive(Clone, Debug)]
pub(super) struct ResizePlan {
    pub(super) picture: Picture,
    /// The crop, in the upright picture.
    pub(super) area: Area,
    /// Widths and heights, ascending.
    pub(super) sizes: Arc<[(u32, u32)]>,
}

impl ResizePlan {
    /// Nothing is enlarged: widths greater than the picture's own are replaced by its own, once,
    /// and only if that is at least a quarter more than the next smaller one.
    pub(super) fn new(picture: &Picture, area: Area, widths: &[u32]) -> ResizePlan {
        ResizePlan { picture: picture.clone(), area, sizes: sizes(area, widths).into() }
    }

    pub(super) fn widest(&self) -> u32 {
        self.sizes.last().map_or(1, |(width, _)| *width)
    }
}

/// The sizes to make of a crop, ascending.
fn sizes(area: Area, widths: &[u32]) -> Vec<(u32, u32)> {
    // A very tall or wide strip is limited to the size that a file supports.
    let own = area.width.min(LONGEST_EDGE);
    let tallest = (u64::from(LONGEST_EDGE) * u64::from(area.width) / u64::from(area.height)).max(1);
    let own = own.min(u32::try_from(tallest).unwrap_or(u32::MAX));
    let mut chosen: Vec<u32> =
        widths.iter().copied().filter(|width| (1..=own).contains(width)).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let is_wanted_wider = widths.iter().any(|width| *width > own);
    let is_gain = chosen.last().is_none_or(|widest| u64::from(own) * 4 >= u64::from(*widest) * 5);
    if chosen.is_empty() || (is_wanted_wider && is_gain) {
        chosen.push(own);
    }
    chosen.into_iter().map(|width| (width, height_of(area, width))).collect()
}

/// The height for a width, rounded.
fn height_of(area: Area, width: u32) -> u32 {
    let (down, across) = (u64::from(area.height), u64::from(area.width));
    let height = (u64::from(width) * down + across / 2) / across;
    u32::try_from(height).unwrap_or(u32::MAX).clamp(1, LONGEST_EDGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths(own: (u32, u32), asked: &[u32]) -> Vec<(u32, u32)> {
        sizes(Area { x: 0, y: 0, width: own.0, height: own.1 }, asked)
    }

    #[test]
    fn nothing_is_enlarged() {
        let asked = [96, 192, 384, 768];
        assert_eq!(widths((80, 80), &asked), [(80, 80)]);
        assert_eq!(widths((96, 96), &asked), [(96, 96)]);
        assert_eq!(widths((400, 400), &asked), [(96, 96), (192, 192), (384, 384)]);
        assert_eq!(widths((500, 250), &asked), [(96, 48), (192, 96), (384, 192), (500, 250)]);
        assert_eq!(widths((900, 900), &asked).len(), 4);
        assert_eq!(widths((900, 900), &[384, 96, 384]), [(96, 96), (384, 384)]);
    }

    #[test]
    fn a_strip_stays_within_what_files_can_hold() {
        assert_eq!(widths((1, 30_000), &[96]), [(1, 16_383)]);
        assert_eq!(widths((30_000, 1), &[96, 20_000]), [(96, 1), (16_383, 1)]);
        assert_eq!(widths((10, 30_000), &[96]), [(5, 15_000)]);
    }
}
