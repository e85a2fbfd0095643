//! Memoisation: results of earlier builds, kept as long as their inputs are the same.
//!
//! A memo never changes a result. A value is stored with its **source**, which identifies
//! everything the value is made from, and is reused only if the source is equal; so nothing needs
//! to be invalidated. A source may be a value, a digest, or the [`ByAddress`] allocation of something
//! large.

use crate::lock::lock;
use rayon::prelude::*;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex};

/// A large value compared by identity: equal if it is the same allocation, so its contents need not
/// be compared.
pub struct ByAddress<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> PartialEq for ByAddress<T> {
    fn eq(&self, other: &ByAddress<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Clone for ByAddress<T> {
    fn clone(&self) -> ByAddress<T> {
        ByAddress(self.0.clone())
    }
}

impl<T: ?Sized> fmt::Debug for ByAddress<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ByAddress({:p})", Arc::as_ptr(&self.0))
    }
}

/// The new value, or the old allocation if the contents are equal, so that nothing that depends on
/// it is made again.
pub fn reuse_if_equal<T: PartialEq>(new: T, old: Option<&Arc<T>>) -> Arc<T> {
    match old {
        Some(old) if **old == new => old.clone(),
        _ => Arc::new(new),
    }
}

/// One value and its source.
pub struct Memo<S, V>(Mutex<Option<(S, Arc<V>)>>);

impl<S: PartialEq, V> Memo<S, V> {
    /// The value for `source`: reused, or made now.
    pub fn get(&self, source: S, make: impl FnOnce() -> V) -> Arc<V> {
        self.get_if_valid(source, |_| true, make)
    }

    /// Like `get`, but a value that is no longer valid is made again although its source is the
    /// same.
    pub fn get_if_valid(
        &self,
        source: S,
        holds: impl Fn(&V) -> bool,
        make: impl FnOnce() -> V,
    ) -> Arc<V> {
        if let Some((kept, value)) = &*lock(&self.0)
            && *kept == source
            && holds(value)
        {
            return value.clone();
        }
        let value = Arc::new(make());
        *lock(&self.0) = Some((source, value.clone()));
        value
    }
}

/// A value for each key, each with its source.
pub struct Table<K, S, V>(Mutex<Arc<Rows<K, S, V>>>);

/// The rows of a table, ordered by key.
pub type Rows<K, S, V> = BTreeMap<K, Row<S, V>>;

/// One row of a table.
pub struct Row<S, V> {
    source: S,
    /// The memoised value.
    pub value: Arc<V>,
}

impl<S: Clone, V> Clone for Row<S, V> {
    fn clone(&self) -> Row<S, V> {
        Row { source: self.source.clone(), value: self.value.clone() }
    }
}

impl<K, S, V> Table<K, S, V>
where
    K: Ord + Clone + Send + Sync,
    S: PartialEq + Clone + Send + Sync,
    V: Send + Sync,
{
    /// A value for each of these sources; those that must be made are made in parallel, and rows
    /// without a source are removed. `sources` must be sorted by key. `make` also gets the previous
    /// value of the same key.
    pub fn all<'a, Q>(
        &self,
        sources: impl IntoIterator<Item = (&'a Q, S)>,
        make: impl Fn(&Q, &S, Option<&V>) -> V + Sync,
    ) -> Arc<Rows<K, S, V>>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + Sync + ?Sized + 'a,
    {
        self.update(sources, None::<fn(&V) -> bool>, make)
    }

    /// Like `all`, but a value that is no longer valid is made again although its source is the
    /// same. Validity is checked in parallel.
    pub fn all_if_valid<'a, Q>(
        &self,
        sources: impl IntoIterator<Item = (&'a Q, S)>,
        holds: impl Fn(&V) -> bool + Sync,
        make: impl Fn(&Q, &S, Option<&V>) -> V + Sync,
    ) -> Arc<Rows<K, S, V>>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + Sync + ?Sized + 'a,
    {
        self.update(sources, Some(holds), make)
    }

    fn update<'a, Q>(
        &self,
        sources: impl IntoIterator<Item = (&'a Q, S)>,
        holds: Option<impl Fn(&V) -> bool + Sync>,
        make: impl Fn(&Q, &S, Option<&V>) -> V + Sync,
    ) -> Arc<Rows<K, S, V>>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + Sync + ?Sized + 'a,
    {
        let kept = lock(&self.0).clone();
        let mut old = kept.iter().peekable();
        let (mut stale, mut equal, mut gone, mut fresh) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut last = None;
        for (key, source) in sources {
            debug_assert!(last.replace(key).is_none_or(|last| last < key), "the keys rise");
            while let Some((key, _)) = old.next_if(|(old, _)| (*old).borrow() < key) {
                gone.push(key.clone());
            }
            match old.next_if(|(old, _)| (*old).borrow() == key) {
                Some((_, row)) if row.source == source && holds.is_some() => {
                    equal.push((key, source, &*row.value));
                }
                Some((_, row)) if row.source == source => fresh += 1,
                row => stale.push((key, source, row.map(|(_, row)| &*row.value))),
            }
        }
        gone.extend(old.map(|(key, _)| key.clone()));
        if let Some(holds) = holds {
            let all = equal.len();
            let does_not = |(_, _, value): &(&Q, S, &V)| !holds(value);
            let broken: Vec<_> = equal.into_par_iter().filter(does_not).collect();
            fresh += all - broken.len();
            stale.extend(broken.into_iter().map(|(key, source, value)| (key, source, Some(value))));
        }
        if stale.is_empty() && gone.is_empty() {
            return kept;
        }
        let made = made(stale, make);
        let rows = match fresh {
            0 => Arc::new(made.into_iter().collect()),
            _ => {
                let mut held = lock(&self.0);
                drop(kept);
                // Copied only if somebody still reads the rows of an earlier build.
                let rows = Arc::make_mut(&mut held);
                gone.iter().for_each(|key| drop(rows.remove::<K>(key)));
                rows.extend(made);
                held.clone()
            }
        };
        *lock(&self.0) = rows.clone();
        rows
    }

    /// Like `all_if_valid` for these keys only; other rows are kept.
    pub fn some_if_valid<'a, Q>(
        &self,
        sources: impl IntoIterator<Item = (&'a Q, S)>,
        holds: impl Fn(&V) -> bool,
        make: impl Fn(&Q, &S, Option<&V>) -> V + Sync,
    ) -> BTreeMap<K, Arc<V>>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + Sync + ?Sized + 'a,
    {
        let kept = lock(&self.0).clone();
        let (mut stale, mut values) = (Vec::new(), BTreeMap::new());
        for (key, source) in sources {
            match kept.get(key) {
                Some(row) if row.source == source && holds(&row.value) => {
                    values.insert(key.to_owned(), row.value.clone());
                }
                row => stale.push((key, source, row.map(|row| &*row.value))),
            }
        }
        let made = made(stale, make);
        values.extend(made.iter().map(|(key, row)| (key.clone(), row.value.clone())));
        drop(kept);
        if !made.is_empty() {
            Arc::make_mut(&mut *lock(&self.0)).extend(made);
        }
        values
    }

    /// The last value of a key, whether or not its source has changed.
    pub fn last<Q: Ord + ?Sized>(&self, key: &Q) -> Option<Arc<V>>
    where
        K: Borrow<Q>,
    {
        lock(&self.0).get(key).map(|row| row.value.clone())
    }
}

fn made<K, Q, S, V>(
    stale: Vec<(&Q, S, Option<&V>)>,
    make: impl Fn(&Q, &S, Option<&V>) -> V + Sync,
) -> Vec<(K, Row<S, V>)>
where
    K: Send,
    Q: ToOwned<Owned = K> + Sync + ?Sized,
    S: Send,
    V: Send + Sync,
{
    let row = |(key, source, old): (&Q, S, Option<&V>)| {
        let value = Arc::new(make(key, &source, old));
        (key.to_owned(), Row { source, value })
    };
    // Waking the thread pool takes time, which is not worthwhile for one value.
    match stale.len() {
        1 => stale.into_iter().map(row).collect(),
        _ => stale.into_par_iter().map(row).collect(),
    }
}

impl<S, V> Default for Memo<S, V> {
    fn default() -> Memo<S, V> {
        Memo(Mutex::new(None))
    }
}

impl<K, S, V> Default for Table<K, S, V> {
    fn default() -> Table<K, S, V> {
        Table(Mutex::new(Arc::new(BTreeMap::new())))
    }
}

impl<S, V> fmt::Debug for Memo<S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({})", if lock(&self.0).is_some() { "kept" } else { "empty" })
    }
}

impl<K, S, V> fmt::Debug for Table<K, S, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", lock(&self.0).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_value_is_made_once_for_each_source() {
        let memo = Memo::default();
        let first = memo.get(1, || "a");
        assert!(Arc::ptr_eq(&first, &memo.get(1, || panic!("it is kept"))));
        assert_eq!(*memo.get(2, || "b"), "b");
        assert_eq!(*memo.get(1, || "c"), "c");
    }

    #[test]
    fn an_equal_value_stays_the_same_one() {
        let old = Arc::new(vec![1]);
        assert!(Arc::ptr_eq(&old, &reuse_if_equal(vec![1], Some(&old))));
        assert!(!Arc::ptr_eq(&old, &reuse_if_equal(vec![2], Some(&old))));
    }

    proptest! {
        #[test]
        fn a_table_is_what_its_sources_say(
            builds in proptest::collection::vec(
                (any::<bool>(), proptest::collection::btree_map("[a-e]", 0..3_u8, 0..6)), 1..8),
        ) {
            let table: Table<String, u8, String> = Table::default();
            let mut known: BTreeMap<String, u8> = BTreeMap::new();
            for (all, sources) in builds {
                let made = AtomicUsize::new(0);
                let make = |key: &str, source: &u8, _: Option<&String>| {
                    made.fetch_add(1, Ordering::Relaxed);
                    format!("{key}{source}")
                };
                let given = sources.iter().map(|(key, source)| (key.as_str(), *source));
                let stale = sources.iter().filter(|(key, it)| known.get(*key) != Some(it)).count();
                let values: BTreeMap<String, Arc<String>> = match all {
                    true => table.all(given, make).iter()
                        .map(|(key, row)| (key.clone(), row.value.clone())).collect(),
                    false => table.some_if_valid(given, |_| true, make),
                };
                prop_assert_eq!(made.into_inner(), stale);
                if all { known.clear(); }
                known.extend(sources.clone());
                let expected: BTreeMap<String, Arc<String>> = sources.into_iter()
                    .map(|(key, it)| (key.clone(), Arc::new(format!("{key}{it}")))).collect();
                prop_assert_eq!(values, expected);
                prop_assert_eq!(lock(&table.0).len(), known.len());
            }
        }
    }
}
