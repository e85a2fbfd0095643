//! Where pictures are decoded: once for all variants, and never more at a time than memory allows.

use super::Order;
use super::resize::Prepared;
use super::{decode, resize};
use crate::diagnostic::Result;
use crate::digest::Digest;
use crate::source::snapshot::File;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Memory for decoding, over all threads, in bytes.
const BUDGET: u64 = 256 << 20;

/// Memory for finished sizes that wait for their variants, in bytes.
const SHELF: u64 = 64 << 20;

/// A bounded store of decoded and cropped pictures, shared by all threads of a build. It changes
/// how long a variant takes, never its bytes.
#[derive(Debug)]
pub struct Workshop {
    budget: Budget,
    shelf: Mutex<Shelf>,
    decoded: AtomicUsize,
}

impl Default for Workshop {
    fn default() -> Workshop {
        Workshop::with_budget(BUDGET)
    }
}

impl Workshop {
    /// A workshop that decodes at most this many bytes of pictures at a time. A single picture
    /// that takes more waits until it is alone.
    pub fn with_budget(bytes: u64) -> Workshop {
        Workshop {
            budget: Budget::new(bytes),
            shelf: Mutex::default(),
            decoded: AtomicUsize::new(0),
        }
    }

    /// How many pictures were decoded so far.
    pub fn decoded(&self) -> usize {
        self.decoded.load(Ordering::Relaxed)
    }

    /// The sizes of an order: from the shelf, or decoded. Who comes while another thread decodes
    /// the same picture waits for it. A picture that cannot be decoded is not tried again.
    pub(super) fn prepared(&self, order: &Order, file: &File) -> Result<Arc<Prepared>> {
        let key = order.key();
        let place = lock(&self.shelf).place(key);
        let mut made = lock(&place);
        if let Some(result) = &*made {
            return result.clone();
        }
        let result = self.prepare(order, file).map(Arc::new);
        *made = Some(result.clone());
        drop(made);
        let len = result.as_ref().map_or(0, |prepared| prepared.bytes());
        lock(&self.shelf).filled(key, len);
        result
    }

    /// No thread pool may be used in here: a thread that waits in one may take up other work,
    /// and would wait for itself.
    fn prepare(&self, order: &Order, file: &File) -> Result<Prepared> {
        let cost = resize::cost(order) + file.len;
        let _share = self.budget.take(cost);
        self.decoded.fetch_add(1, Ordering::Relaxed);
        let bytes = file.read()?;
        let picture = &order.picture;
        decode::guarded(picture, || {
            let raw = decode::decode(&bytes, &picture.header, resize::need(order))?;
            drop(bytes);
            resize::prepare(raw, order)
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing is ever left half done under these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

type Place = Arc<Mutex<Option<Result<Arc<Prepared>>>>>;

/// What was prepared, the oldest forgotten first.
#[derive(Debug, Default)]
struct Shelf {
    places: BTreeMap<Digest, Kept>,
    clock: u64,
    bytes: u64,
}

#[derive(Debug, Default)]
struct Kept {
    place: Place,
    used: u64,
    bytes: u64,
}

impl Shelf {
    fn place(&mut self, key: Digest) -> Place {
        self.clock += 1;
        let kept = self.places.entry(key).or_default();
        kept.used = self.clock;
        kept.place.clone()
    }

    fn filled(&mut self, key: Digest, bytes: u64) {
        let Some(kept) = self.places.get_mut(&key) else { return };
        self.bytes += bytes - kept.bytes;
        kept.bytes = bytes;
        while self.bytes > SHELF {
            let oldest = self
                .places
                .iter()
                .filter(|(other, kept)| **other != key && kept.bytes > 0)
                .min_by_key(|(_, kept)| kept.used)
                .map(|(key, _)| *key);
            let Some(forgotten) = oldest.and_then(|key| self.places.remove(&key)) else { return };
            self.bytes -= forgotten.bytes;
        }
    }
}

/// Bytes that threads take and give back, first come, first served, so that a large picture is
/// not overtaken for ever by small ones.
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

    #[test]
    fn the_shelf_forgets_what_was_used_longest_ago() {
        let mut shelf = Shelf::default();
        let keys = [b"a", b"b", b"c"].map(|it| Digest::of_bytes(it));
        for key in keys {
            shelf.place(key);
        }
        shelf.filled(keys[0], SHELF / 2);
        shelf.filled(keys[1], SHELF / 2);
        shelf.place(keys[0]);
        shelf.filled(keys[2], SHELF / 2);
        assert!(shelf.places.contains_key(&keys[0]) && !shelf.places.contains_key(&keys[1]));
        shelf.filled(keys[2], SHELF * 2);
        assert_eq!(shelf.places.len(), 1, "what is in use is kept, however large");
    }
}
