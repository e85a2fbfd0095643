//! A picture at half its size, in linear light: streamed from the decoder, or stored.

use super::decode_error::{CUT, Decoded};
use super::jpeg::Halving;
use super::pyramid::Part;

/// Half the size; it need not be in memory as a whole.
#[derive(Debug)]
pub(super) enum Half<'a> {
    /// Not decoded yet.
    Coming(Box<Halving<'a>>),
    /// Fully in memory.
    Kept(Plane),
}

/// Pixels in linear light.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Row by row: the red of all pixels, then the green, then the blue.
    rows: Vec<u16>,
}

impl Plane {
    /// Red, green and blue.
    pub(super) fn pixel(&self, x: usize, y: usize) -> [u16; 3] {
        let row = 3 * y * self.width;
        std::array::from_fn(|channel| self.rows[row + channel * self.width + x])
    }
}

impl<'a> Half<'a> {
    /// Passes on the rows of a part, from the top: red, green and blue one after the other.
    pub(super) fn rows(self, part: &Part, take: &mut dyn FnMut(&[u16])) -> Decoded<()> {
        let plane = match self {
            Half::Coming(halving) => return halving.rows(part, take),
            Half::Kept(plane) => plane,
        };
        let columns = part.columns.start as usize..part.columns.end as usize;
        let mut row = Vec::with_capacity(3 * columns.len());
        for y in part.rows.clone() {
            let whole = &plane.rows[3 * y as usize * plane.width..][..3 * plane.width];
            row.clear();
            for channel in whole.chunks_exact(plane.width) {
                row.extend_from_slice(&channel[columns.clone()]);
            }
            take(&row);
        }
        Ok(())
    }

    /// The same, fully in memory, for callers that must analyse it before they know which part they
    /// need.
    pub(super) fn kept(self) -> Decoded<Half<'a>> {
        let Half::Coming(halving) = self else { return Ok(self) };
        let (width, height) = halving.size();
        let part = Part { columns: 0..width, rows: 0..height };
        let (width, height) = (width as usize, height as usize);
        let mut rows = Vec::with_capacity(3 * width * height);
        halving.rows(&part, &mut |row| rows.extend_from_slice(row))?;
        if rows.len() != 3 * width * height {
            return Err(CUT);
        }
        Ok(Half::Kept(Plane { width, height, rows }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::encode::encode;
    use super::super::resize::Pixels;
    use super::*;
    use crate::load::Format;
    use crate::load::picture::{Limits, inspect};
    use crate::path::SitePath;
    use crate::render::image::jpeg;

    #[test]
    fn a_part_is_the_same_whether_it_comes_or_was_kept() {
        let (width, height) = (151, 101);
        let samples = (0..width * height * 3).map(|at| (at * at / 1000) as u8).collect();
        let pixels = Pixels { width, height, has_alpha: false, samples };
        let file = encode(&pixels, Format::Jpeg, 80).unwrap();
        let path = SitePath::new("a.jpg").unwrap();
        let header = inspect(&path, &file, &Limits::new(u32::MAX)).unwrap();
        let half = || {
            let halving = jpeg::halving(&file, &header).unwrap().unwrap();
            assert_eq!(halving.size(), (75, 50));
            Half::Coming(Box::new(halving))
        };
        let rows = |half: Half, part: &Part| {
            let mut rows = Vec::new();
            half.rows(part, &mut |row| rows.extend_from_slice(row)).unwrap();
            rows
        };
        for part in [
            Part { columns: 0..75, rows: 0..50 },
            Part { columns: 16..48, rows: 0..50 },
            Part { columns: 0..75, rows: 32..50 },
        ] {
            let (coming, kept) = (rows(half(), &part), rows(half().kept().unwrap(), &part));
            assert_eq!(coming.len(), 3 * part.columns.len() * part.rows.len());
            assert_eq!(coming, kept);
        }
    }
}
