//! Decodes JPEGs of typical cameras band by band, limited to the needed part.
//!
//! Outside that part, codes are parsed, because what follows depends on them, but not transformed.
//! Anything unusual or damaged gives `None`: then a complete decoder must decode the file.

use super::super::pyramid::Part;
use super::frame::{End, Segments};
use super::progressive::Progressive;
use super::sequential::Sequential;
use super::transform::{Square, transform};
use super::units::{Plane, Units};
use archmage::{ScalarToken, incant};
#[cfg(target_arch = "x86_64")]
use archmage::{X64V3Token, arcane};

/// Receives bands: luma and two of chroma, of which only the part's columns are filled.
pub(super) type Take<'a> = dyn FnMut(&[Plane; 3]) + 'a;

/// Decodes a JPEG and passes on all of its bands. `part` is a part of half the size; in bands
/// outside it, samples are arbitrary.
pub(super) fn bands(bytes: &[u8], part: &Part, take: &mut Take) -> Option<()> {
    incant!(decode(bytes, part, take), [v3, scalar])
}

#[cfg(target_arch = "x86_64")]
#[arcane]
fn decode_v3(_token: X64V3Token, bytes: &[u8], part: &Part, take: &mut Take) -> Option<()> {
    use super::transform::transform_v3;
    decode(bytes, part, take, |block| transform_v3(block).unwrap_or_else(|| transform(block)))
}

/// For all other processors.
pub(super) fn decode_scalar(
    _token: ScalarToken,
    bytes: &[u8],
    part: &Part,
    take: &mut Take,
) -> Option<()> {
    decode(bytes, part, take, transform)
}

/// Inlined, so that it is compiled with all its callees for each instruction set.
#[inline(always)]
fn decode(
    bytes: &[u8],
    part: &Part,
    take: &mut Take,
    transform: impl Fn(&[i32; 64]) -> Square + Copy,
) -> Option<()> {
    let mut segments = Segments::default();
    let End::Scan(scan, rest) = segments.read(bytes.strip_prefix(b"\xff\xd8")?)? else {
        return None;
    };
    let frame = segments.frame()?;
    let units = Units::new(frame, part);
    if units.columns.end > units.across || units.rows.end > units.down {
        return None;
    }
    let mut planes = frame.components.map(|it| units.plane(&it));
    if frame.is_progressive {
        let progressive = Progressive::read(&mut segments, scan, rest, &units)?;
        for y in 0..units.down {
            if units.rows.contains(&y) {
                progressive.band(y, &mut planes, transform)?;
            }
            take(&planes);
        }
        return Some(());
    }
    let mut sequential = Sequential::new(&segments, &scan, rest)?;
    for y in 0..units.down {
        let columns = if units.rows.contains(&y) { units.columns.clone() } else { 0..0 };
        sequential.band(units.across, columns, &mut planes, transform)?;
        take(&planes);
    }
    sequential.end()
}
