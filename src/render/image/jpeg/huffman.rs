//! Huffman codes, with tables that map the next bits not only to a symbol but directly to its
//! effect.

use super::bits::{Next, signed};

/// The number of bits looked up at once.
const LOOK: u32 = 11;
const LOOKS: usize = 1 << LOOK;

/// Codes and their symbols.
#[derive(Debug)]
pub(super) struct Codes {
    /// Length and symbol of the code that the bits start with. Length 0 if it is a longer code.
    short: Box<[(u8, u8); LOOKS]>,
    /// For each length, the first 16-bit value beyond its codes.
    beyond: [u32; 17],
    /// For each length, the offset from a code to the index of its symbol.
    places: [i32; 17],
    symbols: Vec<u8>,
}

impl Codes {
    /// Codes in the file's format: the number of codes of each length, and their symbols. `None` if
    /// there are not enough codes for the symbols, or if a code consists only of ones.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Codes> {
        let mut short = Box::new([(0, 0); LOOKS]);
        let (mut beyond, mut places) = ([0; 17], [0; 17]);
        let (mut code, mut place) = (0_u32, 0);
        for (length, count) in (1_u8..).zip(counts) {
            let at = usize::from(length);
            places[at] = place as i32 - code as i32;
            for symbol in symbols.get(place..place + usize::from(*count))? {
                if let Some(spare) = LOOK.checked_sub(length.into()) {
                    let first = (code << spare) as usize;
                    short.get_mut(first..first + (1 << spare))?.fill((length, *symbol));
                }
                code += 1;
            }
            place += usize::from(*count);
            if code >= 1 << length && *count > 0 {
                return None;
            }
            beyond[at] = code << (16 - length);
            code <<= 1;
        }
        Some(Codes { short, beyond, places, symbols: symbols.to_vec() })
    }

    /// The symbol of the next code; sixteen bits must be available.
    #[inline(always)]
    pub(super) fn symbol(&self, next: &mut Next) -> Option<u8> {
        let (length, symbol) = match self.short[next.peek(LOOK) % LOOKS] {
            (0, _) => self.long(next.peek(16) as u32)?,
            short => short,
        };
        next.skip(length.into());
        Some(symbol)
    }

    #[cold]
    fn long(&self, sixteen: u32) -> Option<(u8, u8)> {
        let length = (LOOK as u8 + 1..=16).find(|it| sixteen < self.beyond[usize::from(*it)])?;
        let code = (sixteen >> (16 - length)) as i32;
        let place = usize::try_from(code + self.places[usize::from(length)]).ok()?;
        Some((length, *self.symbols.get(place)?))
    }
}

/// The maximum number of coefficients a step advances within a block, so that the end of a block is
/// never mistaken for an overrun.
const FARTHEST: u8 = 17;

/// The effect of the next bits on a block of coefficients.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// The coefficient's value.
    pub(super) value: i16,
    /// The number of coefficients to advance, or one of the constants below.
    by: u8,
    /// The number of bits it consumes.
    bits: u8,
}

impl Step {
    /// At least this large at the end of a block.
    pub(super) const END: usize = 80;
    /// At least this large if the symbol must be looked up.
    pub(super) const LONG: usize = 160;

    /// Consumes its bits, and returns the next coefficient's index.
    #[inline(always)]
    pub(super) fn go(self, next: &mut Next, from: usize) -> usize {
        next.skip(self.bits.into());
        from + usize::from(self.by)
    }
}

/// Huffman codes of AC coefficients, as steps.
#[derive(Debug)]
pub(super) struct Steps {
    pub(super) codes: Codes,
    one: Box<[Step; LOOKS]>,
    many: Box<[Step; LOOKS]>,
}

impl Steps {
    pub(super) fn new(codes: Codes) -> Steps {
        let long = Step { value: 0, by: Step::LONG as u8, bits: 0 };
        let mut steps =
            Steps { codes, one: Box::new([long; LOOKS]), many: Box::new([long; LOOKS]) };
        for (bits, one) in steps.one.iter_mut().enumerate() {
            *one = single(steps.codes.short[bits], bits as u32).unwrap_or(long);
        }
        for (bits, many) in steps.many.iter_mut().enumerate() {
            *many = joined(&steps.one, bits).unwrap_or(long);
        }
        steps
    }

    /// The next code, with its number.
    #[inline(always)]
    pub(super) fn one(&self, next: Next) -> Step {
        self.one[next.peek(LOOK) % LOOKS]
    }

    /// As many codes as one lookup covers, for callers that do not need the values.
    #[inline(always)]
    pub(super) fn many(&self, next: Next) -> Step {
        self.many[next.peek(LOOK) % LOOKS]
    }
}

/// The step of a code, if the bits looked up contain its whole number.
fn single((length, symbol): (u8, u8), bits: u32) -> Option<Step> {
    let (run, size) = (symbol >> 4, symbol & 15);
    let spare = LOOK.checked_sub(u32::from(length + size))?;
    let (value, by) = match symbol {
        0 => (0, Step::END as u8),
        0xf0 => (0, 16),
        _ if size == 0 => return None,
        _ => (signed(bits >> spare & ((1 << size) - 1), size.into()) as i16, run + 1),
    };
    (length > 0).then_some(Step { value, by, bits: length + size })
}

fn joined(one: &[Step; LOOKS], bits: usize) -> Option<Step> {
    let mut joined: Option<Step> = None;
    loop {
        let (by, taken) = joined.map_or((0, 0), |it| (it.by, it.bits));
        let step = one[(bits << taken) % LOOKS];
        let is_known = u32::from(taken + step.bits) <= LOOK && step.by != Step::LONG as u8;
        let is_end = step.by == Step::END as u8;
        if !is_known || by >= Step::END as u8 || (by + step.by > FARTHEST && !is_end) {
            return joined;
        }
        joined = Some(Step { value: 0, by: by + step.by, bits: taken + step.bits });
    }
}

#[cfg(test)]
mod tests {
    use super::super::bits::Bits;
    use super::*;

    /// One code of each length: 0, 10, 110 and so on.
    fn codes() -> Codes {
        let symbols: Vec<u8> = (1..=16).collect();
        Codes::new(&[1; 16], &symbols).unwrap()
    }

    #[test]
    fn codes_of_every_length_are_found() {
        let codes = codes();
        for symbol in 1..=16_u8 {
            let code = ((1_u32 << symbol) - 2) << (16 - symbol);
            let data = [code.to_be_bytes()[2], code.to_be_bytes()[3], 0];
            let stuffed: Vec<u8> = data
                .iter()
                .flat_map(|byte| if *byte == 0xff { vec![0xff, 0] } else { vec![*byte] })
                .collect();
            let mut bits = Bits::new(&stuffed);
            let (window, next) = bits.with(8);
            next.refill(window).unwrap();
            assert_eq!(codes.symbol(next), Some(symbol));
        }
        let mut bits = Bits::new(&[0xff, 0, 0xff, 0]);
        let (window, next) = bits.with(8);
        next.refill(window).unwrap();
        assert_eq!(codes.symbol(next), None);
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let counts = |length: usize, count: u8| {
            let mut counts = [0; 16];
            counts[length - 1] = count;
            counts
        };
        assert!(Codes::new(&counts(2, 3), &[1, 2, 3]).is_some());
        assert!(Codes::new(&counts(2, 4), &[1, 2, 3, 4]).is_none());
        assert!(Codes::new(&counts(1, 200), &[0; 200]).is_none());
        assert!(Codes::new(&counts(2, 3), &[1, 2]).is_none());
    }
}
