//! The EXIF orientation: how the stored picture must be turned to be upright.

use super::bytes::Bytes;
use super::fault::Fault;
use serde::{Deserialize, Serialize};

/// The tag of the orientation in an image file directory (EXIF 2.3, 4.6.4).
const TAG: u16 = 0x0112;

/// One of the eight orientations of a rectangle, numbered 1 to 8 as in EXIF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Orientation(u8);

impl Orientation {
    /// Stored upright.
    pub const UPRIGHT: Orientation = Orientation(1);

    /// `None` for a number that is not one of the eight.
    pub fn new(number: u32) -> Option<Orientation> {
        u8::try_from(number).ok().filter(|number| (1..=8).contains(number)).map(Orientation)
    }

    /// Converts a stored size to an upright one, or back.
    pub fn turned(self, (width, height): (u32, u32)) -> (u32, u32) {
        if self.0 >= 5 { (height, width) } else { (width, height) }
    }

    /// Where the pixel at `(x, y)` of the upright picture is stored, in a picture stored as `width
    /// × height`.
    pub fn stored(self, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
        let (x, y) = self.turned((x, y));
        let flips_across = matches!(self.0, 2 | 3 | 7 | 8);
        let flips_down = matches!(self.0, 3 | 4 | 6 | 7);
        (if flips_across { width - 1 - x } else { x }, if flips_down { height - 1 - y } else { y })
    }

    /// Reads the orientation from an EXIF block, with or without its `Exif\0\0`; upright if it
    /// cannot be read.
    pub(super) fn of_exif(exif: &[u8]) -> Orientation {
        let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
        find(tiff).ok().and_then(Orientation::new).unwrap_or(Orientation::UPRIGHT)
    }
}

/// The number in the first directory of a TIFF block. Other directories (the thumbnail's, GPS) and
/// pointers in entries are not followed, so a malicious file cannot cause a loop.
fn find(tiff: &[u8]) -> Result<u32, Fault> {
    let little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return Err(Fault::Broken("no TIFF header")),
    };
    let u16 = |bytes: &mut Bytes| if little { bytes.u16_le() } else { bytes.u16_be() };
    let u32 = |bytes: &mut Bytes| if little { bytes.u32_le() } else { bytes.u32_be() };
    let offset = u32(&mut Bytes(&tiff[4..]))? as usize;
    let mut directory = Bytes(tiff.get(offset..).ok_or(Fault::Truncated)?);
    for _ in 0..u16(&mut directory)? {
        let mut entry = Bytes(directory.take(12)?);
        let tag = u16(&mut entry)?;
        let of_kind = u16(&mut entry)?;
        u32(&mut entry)?;
        if tag == TAG {
            // 3 is a SHORT, 4 a LONG, which some programs write instead.
            return if of_kind == 4 { u32(&mut entry) } else { u16(&mut entry).map(u32::from) };
        }
    }
    Err(Fault::Broken("no orientation"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_is_a_quarter_turn_clockwise() {
        let six = Orientation::new(6).unwrap();
        assert_eq!(six.turned((4, 3)), (3, 4));
        assert_eq!(
            six.stored((0, 0), (4, 3)),
            (0, 2),
            "the lower left corner comes to the top left"
        );
        assert_eq!(six.stored((2, 3), (4, 3)), (3, 0));
    }

    #[test]
    fn every_pixel_is_seen_once() {
        for number in 1..=8 {
            let it = Orientation::new(number).unwrap();
            let (across, down) = it.turned((4, 3));
            let mut seen: Vec<_> = (0..across)
                .flat_map(|x| (0..down).map(move |y| (x, y)))
                .map(|place| it.stored(place, (4, 3)))
                .collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 12, "{number}");
            assert!(seen.iter().all(|(x, y)| *x < 4 && *y < 3), "{number}");
        }
    }

    #[test]
    fn both_byte_orders_and_numbers_out_of_range() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(Orientation::of_exif(little), Orientation(6));
        assert_eq!(Orientation::of_exif(big), Orientation(8));
        assert_eq!(Orientation::of_exif(b"MM\0*\0\0\0\x08\0\x01"), Orientation::UPRIGHT);
        assert_eq!(Orientation::new(9), None);
    }
}
