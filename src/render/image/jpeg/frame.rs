//! Parses the segments of a JPEG: frame, tables, and scan headers.

use super::huffman::{Codes, Steps};
use super::transform::ZIGZAG;

/// The frame header: the picture.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) is_progressive: bool,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Luma and two chroma components, which have no blocks if the picture is grey.
    pub(super) components: [Component; 3],
}

impl Frame {
    /// Whether there is only luma.
    pub(super) fn is_gray(&self) -> bool {
        self.components[1].blocks == [0, 0]
    }
}

/// A component.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    id: u8,
    /// Blocks per unit, horizontally and vertically.
    pub(super) blocks: [usize; 2],
    table: u8,
}

/// The header of a scan: which coefficients of which components follow.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) shares: Vec<Share>,
    /// The first and the last coefficient.
    pub(super) spectral: [usize; 2],
    /// Lowest bit after the previous scan, and after this one (Ah, Al).
    pub(super) approximation: [u32; 2],
}

/// A component in a scan, with its tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) component: usize,
    pub(super) dc: usize,
    pub(super) ac: usize,
}

/// Parses segments. Anything unusual is `None`: the other decoder knows better how to handle it.
#[derive(Debug, Default)]
pub(super) struct Segments {
    frame: Option<Frame>,
    has_begun: bool,
    quantities: [Option<[i32; 64]>; 4],
    /// Huffman codes of DC coefficients.
    pub(super) dc: [Option<Codes>; 4],
    /// Huffman codes of AC coefficients.
    pub(super) ac: [Option<Steps>; 4],
    /// Units between restarts; 0 for none.
    pub(super) interval: usize,
}

/// The end of a run of segments.
pub(super) enum End<'a> {
    /// The header of a scan, and the data after it.
    Scan(Scan, &'a [u8]),
    /// The end of the picture.
    Picture,
}

impl Segments {
    /// Parses up to the next scan.
    pub(super) fn read<'a>(&mut self, mut rest: &'a [u8]) -> Option<End<'a>> {
        loop {
            let [0xff, marker, more @ ..] = rest else { return None };
            rest = more;
            if *marker == 0xd9 {
                return Some(End::Picture);
            }
            let (length, _) = rest.split_first_chunk()?;
            let (segment, more) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
            let segment = segment.get(2..)?;
            rest = more;
            match marker {
                0xc0..=0xc2 if self.frame.is_none() => {
                    self.frame = Some(frame(*marker == 0xc2, segment)?);
                }
                0xc4 => self.read_codes(segment)?,
                0xda => {
                    self.has_begun = true;
                    return Some(End::Scan(self.scan(segment)?, rest));
                }
                0xdb if !self.has_begun => self.read_quantities(segment)?,
                0xdd => self.interval = u16::from_be_bytes(segment.try_into().ok()?).into(),
                0xe0..=0xef | 0xfe if !self.has_begun => {}
                _ => return None,
            }
        }
    }

    /// The picture.
    pub(super) fn frame(&self) -> Option<&Frame> {
        self.frame.as_ref()
    }

    /// The quantisation table of a component.
    pub(super) fn quantities(&self, component: &Component) -> Option<[i32; 64]> {
        *self.quantities.get(usize::from(component.table))?
    }

    fn read_codes(&mut self, mut segment: &[u8]) -> Option<()> {
        while let Some(([kind, counts @ ..], rest)) = segment.split_first_chunk::<17>() {
            let count = counts.iter().map(|count| usize::from(*count)).sum();
            let (symbols, rest) = rest.split_at_checked(count)?;
            let codes = Codes::new(counts, symbols)?;
            let place = usize::from(kind & 15);
            match kind >> 4 {
                0 if symbols.iter().all(|size| *size < 16) => {
                    *self.dc.get_mut(place)? = Some(codes)
                }
                1 => *self.ac.get_mut(place)? = Some(Steps::new(codes)),
                _ => return None,
            }
            segment = rest;
        }
        segment.is_empty().then_some(())
    }

    fn read_quantities(&mut self, mut segment: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = segment {
            let table = self.quantities.get_mut(usize::from(kind & 15))?.insert([0; 64]);
            let (each, rest) = match kind >> 4 {
                0 => (1, rest),
                1 => (2, rest),
                _ => return None,
            };
            let (values, rest) = rest.split_at_checked(64 * each)?;
            for (place, value) in ZIGZAG.iter().zip(values.chunks_exact(each)) {
                table[usize::from(*place)] =
                    value.iter().fold(0, |sum, it| sum << 8 | i32::from(*it));
            }
            segment = rest;
        }
        Some(())
    }

    fn scan(&self, segment: &[u8]) -> Option<Scan> {
        let (count, rest) = segment.split_first()?;
        let (shares, rest) = rest.split_at_checked(2 * usize::from(*count))?;
        let [first, last, bits] = *rest else { return None };
        let components = &self.frame.as_ref()?.components;
        let mut scan = Scan {
            shares: Vec::new(),
            spectral: [first, last].map(usize::from),
            approximation: [bits >> 4, bits & 15].map(u32::from),
        };
        for [id, tables] in shares.as_chunks().0 {
            let component = components.iter().position(|it| it.id == *id)?;
            // Components must be in frame order, each once.
            if scan.shares.last().is_some_and(|it: &Share| it.component >= component) {
                return None;
            }
            let [dc, ac] = [tables >> 4, tables & 15].map(usize::from);
            scan.shares.push(Share { component, dc, ac });
        }
        (!scan.shares.is_empty()).then_some(scan)
    }
}

fn frame(is_progressive: bool, segment: &[u8]) -> Option<Frame> {
    let ([8, height @ .., _, _, count], components) = segment.split_first_chunk::<6>()? else {
        return None;
    };
    let width = segment.get(3..5)?.try_into().ok()?;
    let components: [[u8; 3]; 3] = match (count, components) {
        (3, components) => components.as_chunks().0.try_into().ok()?,
        // The blocks of a single component are not interleaved, whatever its sampling factors.
        (1, &[id, _, table]) => [[id, 0x11, table], [id, 0, table], [id, 0, table]],
        _ => return None,
    };
    let component = |[id, sampling, table]: [u8; 3]| {
        let blocks = [sampling >> 4, sampling & 15].map(usize::from);
        Component { id, blocks, table }
    };
    let frame = Frame {
        is_progressive,
        width: usize::from(u16::from_be_bytes(width)),
        height: usize::from(u16::from_be_bytes(*height)),
        components: components.map(component),
    };
    let blocks = frame.components.map(|it| it.blocks);
    let is_usual = matches!((count, blocks), (1, _) | (_, [[1..=2, 1..=2], [1, 1], [1, 1]]));
    is_usual.then_some(frame)
}
