//! Locking memory that threads share.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex. What is under our locks is consistent at any moment, so it remains usable after a
/// panic of another thread.
pub fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
