//! The bits of entropy-coded data, from one marker to the next.

/// Bytes that are unstuffed at a time.
const WINDOW: usize = 16 << 10;

/// Bits that are at hand after a refill.
pub(super) const AT_HAND: u32 = 56;

/// Reads bits. Behind the end come zeros for a while: reading them is noticed later.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    /// What has not been unstuffed yet.
    rest: &'a [u8],
    /// Bytes without the zero that is stuffed behind each `ff`, and zeros.
    window: Box<[u8; WINDOW]>,
    /// How many of them count.
    filled: usize,
    /// Whether the window reaches up to the marker.
    is_all: bool,
    next: Next,
}

/// The next bits, in registers while they are read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next {
    /// From the highest bit down.
    bits: u64,
    /// How many of them count. Those below are what they will be after a refill, or zeros.
    left: u32,
    /// The first byte of the window that is not among them.
    at: usize,
}

impl<'a> Bits<'a> {
    /// Of the data that these bytes begin with.
    pub(super) fn new(rest: &'a [u8]) -> Bits<'a> {
        let window = Box::new([0; WINDOW]);
        Bits { rest, window, filled: 0, is_all: false, next: Next::default() }
    }

    /// The window and the next bits, with so many bytes in it, if there are: who reads more has to
    /// ask again.
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

    /// Whether nothing was read that is not there.
    pub(super) fn is_sound(&self) -> bool {
        self.unread().is_some()
    }

    fn unread(&self) -> Option<usize> {
        (8 * self.filled + self.next.left as usize).checked_sub(8 * self.next.at)
    }

    /// The marker behind the data and what follows it, if all the data was read but for what fills
    /// up its last byte.
    pub(super) fn marker(&mut self) -> Option<(u8, &'a [u8])> {
        if !self.is_all {
            self.fill();
        }
        let [0xff, marker, rest @ ..] = self.rest else { return None };
        (self.is_all && self.unread()? < 8).then_some((*marker, rest))
    }

    /// What follows the data from the marker on, if all of it was read.
    pub(super) fn end(&mut self) -> Option<&'a [u8]> {
        self.marker()?;
        Some(self.rest)
    }

    /// Goes on behind the marker of a restart, which are numbered.
    pub(super) fn restart(&mut self, number: u8) -> Option<()> {
        let (marker, rest) = self.marker()?;
        (self.rest, self.filled, self.is_all, self.next) = (rest, 0, false, Next::default());
        (marker == 0xd0 + number % 8).then_some(())
    }
}

/// Whether one of eight bytes is `ff`.
fn has_ff(bytes: u64) -> bool {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    (!bytes).wrapping_sub(ONES) & bytes & (ONES << 7) != 0
}

impl Next {
    /// Takes as many bytes as there is room for.
    #[inline(always)]
    pub(super) fn refill(&mut self, window: &[u8]) -> Option<()> {
        let eight = window.get(self.at..)?.first_chunk()?;
        self.bits |= u64::from_be_bytes(*eight) >> self.left;
        self.at += (63 - self.left as usize) >> 3;
        self.left |= AT_HAND;
        Some(())
    }

    /// The next bits: some, and less than 64.
    #[inline(always)]
    pub(super) fn peek(self, count: u32) -> usize {
        (self.bits >> (64 - count)) as usize
    }

    /// Goes on by less than 64.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: u32) {
        self.bits <<= count;
        self.left = self.left.wrapping_sub(count);
    }

    /// A number of less than 32 bits.
    #[inline(always)]
    pub(super) fn number(&mut self, count: u32) -> u32 {
        let number = ((self.bits >> 1) >> (63 - count)) as u32;
        self.skip(count);
        number
    }

    /// A number that may be negative, see [`signed`].
    #[inline(always)]
    pub(super) fn signed(&mut self, count: u32) -> i32 {
        signed(self.number(count), count)
    }
}

/// What so many bits mean: those that begin with 1 themselves, the others a negative number (T.81,
/// figure F.12).
#[inline(always)]
pub(super) fn signed(bits: u32, count: u32) -> i32 {
    let range = 1 << count;
    let bits = bits as i32;
    if 2 * bits < range { bits - range + 1 } else { bits }
}
