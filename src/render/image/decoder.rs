//! Decodes pictures, never more at a time than the memory budget allows.

use super::decode_error::Decoded;
use super::raw::Raw;
use super::resize_plan::ResizePlan;
use super::spec::{Crop, Picture};
use super::{crop, decode, resize};
use crate::diagnostic::Result;
use crate::lock::lock;
use crate::source::snapshot::File;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Memory for decoding in all threads, in bytes.
const BUDGET: u64 = 192 << 20;

/// What all decoding in a build shares. It affects how long a picture takes, never its bytes.
#[derive(Debug)]
pub struct Decoder {
    budget: Budget,
    decoded: AtomicUsize,
    encoded: AtomicUsize,
}

impl Default for Decoder {
    fn default() -> Decoder {
        Decoder::with_budget(BUDGET)
    }
}

impl Decoder {
    /// A decoder with a memory budget in bytes. A picture that needs more is decoded alone.
    pub fn with_budget(bytes: u64) -> Decoder {
        Decoder {
            budget: Budget::new(bytes),
            decoded: AtomicUsize::new(0),
            encoded: AtomicUsize::new(0),
        }
    }

    /// The number of pictures decoded so far.
    pub fn decoded(&self) -> usize {
        self.decoded.load(Ordering::Relaxed)
    }

    /// The number of variants encoded so far.
    pub fn encoded(&self) -> usize {
        self.encoded.load(Ordering::Relaxed)
    }

    /// Decodes a picture only to find damage that its header does not show.
    ///
    /// # Errors
    /// `broken-picture`, or errors of reading the file.
    pub fn prove(&self, picture: &Picture, file: &File) -> Result<()> {
        let all = crop::area(Crop::Whole, picture.header.upright());
        let plan = ResizePlan::new(picture, all, &[1]);
        self.decoded_for(&plan, file, |_| Ok(()))
    }

    pub(super) fn encoded_one(&self) {
        self.encoded.fetch_add(1, Ordering::Relaxed);
    }

    /// Decodes a picture and makes something smaller from it, within the budget. `make` must not
    /// wait for a thread pool: a thread that waits there runs other work, which may wait for the
    /// memory that this one holds.
    pub(super) fn decoded_for<T>(
        &self,
        plan: &ResizePlan,
        file: &File,
        make: impl Fn(Raw) -> Decoded<T>,
    ) -> Result<T> {
        let _share = self.budget.take(resize::cost(plan) + file.len);
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let bytes = file.read()?;
        let picture = &plan.picture;
        decode::guarded(picture, || {
            decode::decoded(&bytes, &picture.header, resize::need(plan), make)
        })
    }
}

/// Memory that threads reserve and release, first come, first served, so that small pictures cannot
/// starve a large one.
#[derive(Debug)]
struct Budget {
    whole: u64,
    state: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug)]
struct Queue {
    free: u64,
    next: u64,
    served: u64,
}

impl Budget {
    fn new(whole: u64) -> Budget {
        let state = Mutex::new(Queue { free: whole, next: 0, served: 0 });
        Budget { whole, state, changed: Condvar::new() }
    }

    fn take(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.whole);
        let mut queue = lock(&self.state);
        let ticket = queue.next;
        queue.next += 1;
        let mut queue = self
            .changed
            .wait_while(queue, |queue| queue.served != ticket || queue.free < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        queue.free -= bytes;
        queue.served += 1;
        self.changed.notify_all();
        Share { budget: self, bytes }
    }
}

struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        lock(&self.budget.state).free += self.bytes;
        self.budget.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_exceed_the_budget_and_a_large_one_gets_its_turn() {
        let budget = Budget::new(10);
        let taken = Mutex::new((0, 0));
        std::thread::scope(|scope| {
            for bytes in [4, 3, 99, 5, 1, 10, 2, 6] {
                let (budget, taken) = (&budget, &taken);
                scope.spawn(move || {
                    for _ in 0..200 {
                        let share = budget.take(bytes);
                        let mut now = lock(taken);
                        now.0 += share.bytes;
                        now.1 = now.0.max(now.1);
                        drop(now);
                        std::thread::yield_now();
                        lock(taken).0 -= share.bytes;
                    }
                });
            }
        });
        let (left, most) = *lock(&taken);
        assert_eq!((left, most), (0, 10));
        assert_eq!(lock(&budget.state).free, 10);
    }
}
