//! The bits of entropy-coded data, between two markers.

/// The number of bytes unstuffed at a time.
const WINDOW: usize = 16 << 10;

/// The number of bits available after a refill.
pub(super) const AT_HAND: u32 = 56;

/// A bit reader. Past the end it returns zeros for a while, which is detected later.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    /// Data that is not unstuffed yet.
    rest: &'a [u8],
    /// Data without the zero byte stuffed after each `ff`, padded with zeros.
    window: Box<[u8; WINDOW]>,
    /// The number of valid bytes in it.
    filled: usize,
    /// Whether the window extends to the marker.
    is_all: bool,
    next: Next,
}

/// The next bits, in registers while they are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next {
    /// From the highest bit down.
    bits: u64,
    /// The number of valid bits. Those below have the value they will have after a refill, or are
    /// zeros.
    left: u32,
    /// The first byte of the window that is not in `bits`.
    at: usize,
}

impl<'a> Bits<'a> {
    /// A reader for the data at the start of these bytes.
    pub(super) fn new(rest: &'a [u8]) -> Bits<'a> {
        let window = Box::new([0; WINDOW]);
        Bits { rest, window, filled: 0, is_all: false, next: Next::default() }
    }

    /// The window, with at least this many bytes if there are as many, and the next bits. To read
    /// more, call this again.
    #[inline(always)]
    pub(super) fn with(&mut self, bytes: usize) -> (&[u8], &mut Next) {
        if self.next.at + bytes > self.filled && !self.is_all {
            self.fill();
        }
        (self.window.as_slice(), &mut self.next)
    }

    #[inline(never)]
    fn fill(&mut self) {
        let read = self.next.at.min(self.filled);
        self.window.copy_within(read..self.filled, 0);
        self.next.at -= read;
        let mut filled = self.filled - read;
        while let Some(room) = self.window.get_mut(filled..filled + 8) {
            if let Some((eight, rest)) = self.rest.split_first_chunk::<8>()
                && !has_ff(u64::from_ne_bytes(*eight))
            {
                room.copy_from_slice(eight);
                (self.rest, filled) = (rest, filled + 8);
                continue;
            }
            let (byte, rest) = match self.rest {
                [0xff, 0, rest @ ..] => (0xff, rest),
                [byte, rest @ ..] if *byte != 0xff => (*byte, rest),
                _ => {
                    self.is_all = true;
                    break;
                }
            };
            room[0] = byte;
            (self.rest, filled) = (rest, filled + 1);
        }
        self.window[filled..].fill(0);
        self.filled = filled;
    }

    /// Whether no bits past the end were read.
    pub(super) fn is_sound(&self) -> bool {
        self.unread().is_some()
    }

    fn unread(&self) -> Option<usize> {
        (8 * self.filled + self.next.left as usize).checked_sub(8 * self.next.at)
    }

    /// The marker after the data and the rest after it, if all data was read except for the padding
    /// of the last byte.
    pub(super) fn marker(&mut self) -> Option<(u8, &'a [u8])> {
        if !self.is_all {
            self.fill();
        }
        let [0xff, marker, rest @ ..] = self.rest else { return None };
        (self.is_all && self.unread()? < 8).then_some((*marker, rest))
    }

    /// The rest after the data, starting with the marker, if all data was read.
    pub(super) fn end(&mut self) -> Option<&'a [u8]> {
        self.marker()?;
        Some(self.rest)
    }

    /// Continues after a restart marker with this number.
    pub(super) fn restart(&mut self, number: u8) -> Option<()> {
        let (marker, rest) = self.marker()?;
        (self.rest, self.filled, self.is_all, self.next) = (rest, 0, false, Next::default());
        (marker == 0xd0 + number % 8).then_some(())
    }
}

/// Whether any of eight bytes is `ff`.
fn has_ff(bytes: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    (!bytes).wrapping_sub(ONES) & bytes & (ONES << 7) != 0
}

impl Next {
    /// Adds as many bytes as there is room for.
    #[inline(always)]
    pub(super) fn refill(&mut self, window: &[u8]) -> Option<()> {
        let eight = window.get(self.at..)?.first_chunk()?;
        self.bits |= u64::from_be_bytes(*eight) >> self.left;
        self.at += (63 - self.left as usize) >> 3;
        self.left |= AT_HAND;
        Some(())
    }

    /// The next `count` bits: at least 1 and fewer than 64.
    #[inline(always)]
    pub(super) fn peek(self, count: u32) -> usize {
        (self.bits >> (64 - count)) as usize
    }

    /// Skips fewer than 64 bits.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: u32) {
        self.bits <<= count;
        self.left = self.left.wrapping_sub(count);
    }

    /// Reads a number of fewer than 32 bits.
    #[inline(always)]
    pub(super) fn number(&mut self, count: u32) -> u32 {
        let number = ((self.bits >> 1) >> (63 - count)) as u32;
        self.skip(count);
        number
    }

    /// Reads a signed number, see [`signed`].
    #[inline(always)]
    pub(super) fn signed(&mut self, count: u32) -> i32 {
        signed(self.number(count), count)
    }
}

/// The value of `count` bits: if the first bit is 1, the number itself, otherwise a negative number
/// (T.81, figure F.12).
#[inline(always)]
pub(super) fn signed(bits: u32, count: u32) -> i32 {
    let range = 1 << count;
    let bits = bits as i32;
    if 2 * bits < range { bits - range + 1 } else { bits }
}
