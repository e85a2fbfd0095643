//! Decides which variants are worth encoding at all.
//!
//! AVIF takes ten times as long as the other formats. Whether it is smaller depends on the picture;
//! no cheap analysis predicts it, but a smaller size does. Of twenty photographs, AVIF was larger
//! than another format for eight at 384 pixels, and for these it saved 0.4 % at 768. So a size is
//! tried only if the next smaller one was worth it.

use crate::load::Format;

/// With fewer pixels, the container makes up most of the file's size.
const LEAST_AREA: u64 = 256 * 256;

/// The length used for variants that were not made: larger than that of any file.
pub(super) const UNTRIED: usize = usize::MAX;

/// The state of all variants of a picture: for each format, each size in ascending order.
#[derive(Debug)]
pub(super) struct Trials {
    formats: Vec<Format>,
    /// The number of pixels of each size.
    areas: Vec<u64>,
    states: Vec<State>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// It waits for the result of a smaller size.
    Held,
    Begun,
    Known(usize),
}

impl Trials {
    pub(super) fn new(formats: &[Format], sizes: &[(u32, u32)]) -> Trials {
        let area = |(width, height): &(u32, u32)| u64::from(*width) * u64::from(*height);
        Trials {
            formats: formats.to_vec(),
            areas: sizes.iter().map(area).collect(),
            states: vec![State::Held; formats.len() * sizes.len()],
        }
    }

    /// Variants that can be made now; each is returned once.
    pub(super) fn ready(&mut self) -> Vec<usize> {
        let mut ready = Vec::new();
        // In ascending order, because a decision for one size affects the next.
        for index in 0..self.states.len() {
            if self.states[index] == State::Held {
                match self.is_worth(index) {
                    Some(true) => {
                        self.states[index] = State::Begun;
                        ready.push(index);
                    }
                    Some(false) => self.states[index] = State::Known(UNTRIED),
                    None => {}
                }
            }
        }
        ready
    }

    /// Records the length in bytes of a finished variant.
    pub(super) fn made(&mut self, index: usize, len: usize) {
        self.states[index] = State::Known(len);
    }

    /// The lengths of all variants, once they are known.
    pub(super) fn lens(&self) -> Option<Vec<usize>> {
        self.states.iter().map(|state| state.len()).collect()
    }

    /// `None` if it is not known yet.
    fn is_worth(&self, index: usize) -> Option<bool> {
        let sizes = self.areas.len();
        let (format, size) = (index / sizes, index % sizes);
        let judge = size.checked_sub(1).filter(|judge| self.areas[*judge] >= LEAST_AREA);
        let Some(judge) = judge.filter(|_| self.formats[format] == Format::Avif) else {
            return Some(true);
        };
        let others = (0..self.formats.len()).filter(|other| *other != format);
        let lens: Option<Vec<usize>> =
            others.map(|other| self.states[other * sizes + judge].len()).collect();
        let own = self.states[format * sizes + judge].len()?;
        Some(lens?.iter().all(|len| own < *len))
    }
}

impl State {
    fn len(self) -> Option<usize> {
        match self {
            State::Known(len) => Some(len),
            State::Held | State::Begun => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Format::{Avif, Jpeg, Webp};

    const SIZES: [(u32, u32); 4] = [(96, 96), (384, 384), (768, 768), (1536, 1536)];

    /// The variants that are made in the end, given these lengths.
    fn made(formats: &[Format], lens: &[usize]) -> Vec<usize> {
        let mut trials = Trials::new(formats, &SIZES);
        let mut made = Vec::new();
        loop {
            let ready = trials.ready();
            if ready.is_empty() {
                break;
            }
            for index in ready {
                assert!(!made.contains(&index), "{index} twice");
                trials.made(index, lens[index]);
                made.push(index);
            }
        }
        let known = trials.lens().unwrap();
        for (index, len) in known.iter().enumerate() {
            assert_eq!(*len, if made.contains(&index) { lens[index] } else { UNTRIED });
        }
        made.sort_unstable();
        made
    }

    #[test]
    fn avif_is_tried_until_it_is_no_smaller() {
        let others = [20, 200, 800, 3200];
        let with = |avif: [usize; 4]| made(&[Avif, Webp], &[avif, others].concat());
        assert_eq!(with([10, 100, 400, 1600]), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(with([10, 100, 900, 1600]), [0, 1, 2, 4, 5, 6, 7]);
        assert_eq!(with([10, 300, 400, 1600]), [0, 1, 4, 5, 6, 7]);
        assert_eq!(with([90, 100, 400, 1600]), [0, 1, 2, 3, 4, 5, 6, 7], "a container's bytes");
    }

    #[test]
    fn what_is_quick_or_alone_is_always_made() {
        let lens = [1, 2, 3, 4, 9, 9, 9, 9];
        assert_eq!(made(&[Webp, Jpeg], &lens).len(), 8);
        assert_eq!(made(&[Jpeg], &[9; 4]).len(), 4);
        assert_eq!(made(&[Avif], &[9; 4]).len(), 4);
    }

    #[test]
    fn the_larger_size_waits_for_all_formats_of_the_smaller_one() {
        let mut trials = Trials::new(&[Avif, Jpeg], &SIZES[..3]);
        assert_eq!(trials.ready(), [0, 1, 3, 4, 5]);
        trials.made(1, 10);
        assert!(trials.ready().is_empty());
        trials.made(4, 20);
        assert_eq!(trials.ready(), [2]);
        assert_eq!(trials.lens(), None);
    }
}
