//! What pure functions gave, kept to be used again.
//!
//! A memo changes no result: what it holds, what it has forgotten and which thread asked
//! first make a difference in time only. So many documents, and many threads, can share
//! one.

use core::borrow::Borrow;
use core::fmt;
use core::hash::{BuildHasher as _, Hash};
use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use foldhash::fast::RandomState;

/// How many parts a memo has: threads that ask for different things rarely meet.
const SHARDS: usize = 16;

/// A part of a memo.
type Shard<K, V> = RwLock<HashMap<K, V, RandomState>>;

/// The results of a function by its arguments. Looked up only, never iterated.
pub struct Memo<K, V> {
    /// The parts, by hash of the argument.
    shards: [Shard<K, V>; SHARDS],
    /// How arguments are dealt out to the parts.
    hasher: RandomState,
    /// How many results a part holds before it begins anew.
    most: usize,
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// An empty memo for about so many results. One that is full forgets and begins anew.
    pub fn new(most: usize) -> Self {
        let shards = core::array::from_fn(|_| RwLock::default());
        Self { shards, hasher: RandomState::default(), most: most.div_ceil(SHARDS) }
    }

    /// What the function gave for an argument, or gives now.
    pub fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> V {
        self.try_get(key, |key| Ok::<V, core::convert::Infallible>(make(key)))
            .unwrap_or_else(|never| match never {})
    }

    /// As [`Memo::get`] for a function that may fail; failures are not kept.
    ///
    /// # Errors
    /// Those of the function.
    pub fn try_get<E>(
        &self,
        key: K,
        make: impl FnOnce(&K) -> Result<V, E>,
    ) -> Result<V, E> {
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        // Not under the lock: two threads may make the same thing, and make it alike.
        let made = make(&key)?;
        Ok(self.keep(key, made))
    }

    /// What is known for an argument, which may be lent.
    pub fn known<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.with(key, V::clone)
    }

    /// What is made of what is known for an argument.
    pub fn with<Q, T>(&self, key: &Q, make: impl FnOnce(&V) -> T) -> Option<T>
    where
        Q: Hash + Eq + ?Sized,
        K: Borrow<Q>,
    {
        let shard = self.shard(key).read().unwrap_or_else(PoisonError::into_inner);
        shard.get(key).map(make)
    }

    /// Keeps what the function gave for an argument; gives what is kept, which another
    /// thread may have made first.
    pub fn keep(&self, key: K, made: V) -> V {
        let shard = self.shard(&key);
        let mut results = shard.write().unwrap_or_else(PoisonError::into_inner);
        if results.len() >= self.most {
            results.clear();
        }
        results.entry(key).or_insert(made).clone()
    }

    /// The part that an argument belongs to.
    fn shard<Q: Hash + ?Sized>(&self, key: &Q) -> &Shard<K, V> {
        &self.shards[(self.hasher.hash_one(key) >> 32) as usize % SHARDS]
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// The number of this thread, from 0 in the order in which threads ask: for parts of which
/// each thread has its own.
pub fn thread() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static OWN: usize = NEXT.fetch_add(1, Ordering::Relaxed);
    }
    OWN.with(|own| *own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::cell::Cell;

    #[test]
    fn a_result_is_made_once_and_a_failure_again() {
        let memo: Memo<u32, u32> = Memo::new(100);
        let made = Cell::new(0);
        let square = |n: &u32| {
            made.set(made.get() + 1);
            n * n
        };
        assert_eq!([memo.get(3, square), memo.get(3, square)], [9, 9]);
        assert_eq!(made.get(), 1);
        assert_eq!(memo.try_get(4, |_| Err("no")), Err("no"));
        assert_eq!(memo.try_get(4, |n| Ok::<_, &str>(n + 1)), Ok(5));
    }

    #[test]
    fn a_full_memo_forgets_and_answers_alike() {
        let memo: Memo<u32, u32> = Memo::new(16);
        for n in (0..1000).chain(0..1000) {
            assert_eq!(memo.get(n, |n| n + 1), n + 1);
        }
        let held = |shard: &RwLock<HashMap<u32, u32, _>>| shard.read().unwrap().len();
        assert!(memo.shards.iter().map(held).sum::<usize>() <= 16);
    }
}
