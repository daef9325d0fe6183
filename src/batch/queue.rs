//! Work of many cores in the order of the rows: rows are handed out one by one, and what
//! became of them is taken back in the same order, with no wait for the last of a batch.

use std::ops::ControlFlow;
#[cfg(feature = "parallel")]
use std::{
    collections::VecDeque,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::diag::Result;

/// A list of things to do, and what is done with what became of them. One thread asks it.
pub(super) trait List {
    /// Something to do.
    type Job: Send;
    /// What became of it.
    type Made: Send;

    /// The next thing to do; none when there is no more.
    ///
    /// # Errors
    /// What keeps all that follows from being done.
    fn next(&mut self) -> Result<Option<Self::Job>>;

    /// Takes what became of a thing, in the order of the list; says whether more is to be
    /// begun.
    ///
    /// # Errors
    /// What keeps it, and all that follows, from being taken.
    fn take(&mut self, made: Self::Made) -> Result<ControlFlow<()>>;
}

/// Does all of a list on all cores. At most so many things are in hand at once: begun, or
/// done and waiting for one before them. Which ones are handed out does not depend on how
/// quick the threads are.
///
/// This thread asks the list and works as the others do: a thread that but asked would take
/// turns with them.
///
/// # Errors
/// Those of the list. What was in hand when it had no next is done and taken before.
#[cfg(feature = "parallel")]
pub(super) fn in_order<L: List>(
    list: &mut L,
    most: usize,
    make: &(dyn Fn(L::Job) -> L::Made + Sync),
) -> Result<()> {
    let helpers = rayon::current_num_threads() - 1;
    if helpers == 0 {
        return one_by_one(list, make);
    }
    let bench = Bench::new();
    // Not workers of rayon: one that waited for its part of a sheet might begin another row, and
    // never come back to its own.
    std::thread::scope(|scope| {
        // However this ends, the helpers go home.
        let _end = End(&bench);
        for _ in 0..helpers {
            scope.spawn(|| while bench.work(make, true) {});
        }
        // What is in hand, each with a channel of its own: so they come back in order.
        let mut hand: VecDeque<Receiver<L::Made>> = VecDeque::with_capacity(most);
        let (mut goes_on, mut ended) = (true, Ok(()));
        loop {
            while goes_on && hand.len() < most {
                match list.next() {
                    Ok(Some(job)) => {
                        let (send, made) = sync_channel(1);
                        bench.put(job, send);
                        hand.push_back(made);
                    }
                    Ok(None) => goes_on = false,
                    Err(problems) => (goes_on, ended) = (false, Err(problems)),
                }
            }
            let Some(first) = hand.pop_front() else { return ended };
            let mut made = first.try_recv();
            while made.is_err() && bench.work(make, false) {
                made = first.try_recv();
            }
            // Without an answer it has panicked, and so will the scope.
            let Ok(made) = made.or_else(|_| first.recv()) else { return ended };
            goes_on &= list.take(made)?.is_continue();
        }
    })
}

/// Where things lie that nobody has begun.
#[cfg(feature = "parallel")]
struct Bench<J, M> {
    /// The things, each with where it goes when it is made.
    things: Mutex<Things<J, M>>,
    /// Tells helpers that more has come, or that no more will.
    changed: Condvar,
}

/// What lies on a bench.
#[cfg(feature = "parallel")]
struct Things<J, M> {
    /// In order.
    waiting: VecDeque<(J, SyncSender<M>)>,
    /// Whether no more will come.
    ended: bool,
}

#[cfg(feature = "parallel")]
impl<J, M> Bench<J, M> {
    /// An empty one.
    fn new() -> Self {
        let things = Things { waiting: VecDeque::new(), ended: false };
        Self { things: Mutex::new(things), changed: Condvar::new() }
    }

    /// What lies here. Nobody panics while holding it.
    fn things(&self) -> MutexGuard<'_, Things<J, M>> {
        self.things.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a thing here.
    fn put(&self, job: J, made: SyncSender<M>) {
        self.things().waiting.push_back((job, made));
        self.changed.notify_one();
    }

    /// Makes the first thing; whether there was one. Whoever waits does so for one to come, or
    /// for the end.
    fn work(&self, make: &dyn Fn(J) -> M, waits: bool) -> bool {
        let mut things = self.things();
        while waits && things.waiting.is_empty() && !things.ended {
            things = self.changed.wait(things).unwrap_or_else(PoisonError::into_inner);
        }
        let next = things.waiting.pop_front();
        drop(things);
        let Some((job, made)) = next else { return false };
        // Nobody waits for it when another could not be taken.
        let _ = made.send(make(job));
        true
    }
}

/// Ends the work at a bench when it is dropped: what nobody has begun is left.
#[cfg(feature = "parallel")]
struct End<'a, J, M>(&'a Bench<J, M>);

#[cfg(feature = "parallel")]
impl<J, M> Drop for End<'_, J, M> {
    fn drop(&mut self) {
        let mut things = self.0.things();
        things.ended = true;
        things.waiting.clear();
        self.0.changed.notify_all();
    }
}

/// Does all of a list, one after another.
///
/// # Errors
/// Those of the list.
#[cfg(not(feature = "parallel"))]
pub(super) fn in_order<L: List>(
    list: &mut L,
    _most: usize,
    make: &(dyn Fn(L::Job) -> L::Made + Sync),
) -> Result<()> {
    one_by_one(list, make)
}

/// As [`in_order`], on this thread.
fn one_by_one<L: List>(list: &mut L, make: &dyn Fn(L::Job) -> L::Made) -> Result<()> {
    while let Some(job) = list.next()? {
        if list.take(make(job))?.is_break() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;

    /// Numbers up to one that cannot be had, of which one is the last to be taken.
    struct Numbers {
        next: usize,
        bad: usize,
        last: usize,
        taken: Vec<usize>,
    }

    impl List for Numbers {
        type Job = usize;
        type Made = usize;

        fn next(&mut self) -> Result<Option<usize>> {
            self.next += 1;
            if self.next == self.bad {
                return Err(Diagnostic::usage("bad", "a bad number").into());
            }
            Ok((self.next <= 100).then_some(self.next))
        }

        fn take(&mut self, made: usize) -> Result<ControlFlow<()>> {
            self.taken.push(made);
            Ok(match made == self.last {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            })
        }
    }

    /// What was taken, and whether it ended well.
    fn taken(bad: usize, last: usize) -> (Vec<usize>, bool) {
        let mut list = Numbers { next: 0, bad, last, taken: Vec::new() };
        let slow = |n: usize| {
            let pause = std::time::Duration::from_micros((n % 7) as u64 * 50);
            std::thread::sleep(pause);
            n
        };
        let ended = in_order(&mut list, 8, &slow);
        (list.taken, ended.is_ok())
    }

    #[test]
    fn what_becomes_of_things_is_taken_in_order() {
        assert_eq!(taken(0, 0), ((1..=100).collect(), true));
    }

    #[test]
    fn what_is_in_hand_is_taken_before_it_ends() {
        assert_eq!(taken(50, 0), ((1..50).collect(), false));
        let (all, _) = taken(0, 20);
        assert!(all.len() < 28 && all.starts_with(&(1..=20).collect::<Vec<_>>()));
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn a_panic_ends_the_work() {
        for (count, bad) in [(1, 30), (2, 30), (3, 1)] {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
            let run = std::panic::AssertUnwindSafe(|| {
                pool.install(|| {
                    let mut list =
                        Numbers { next: 0, bad: 0, last: 0, taken: Vec::new() };
                    in_order(&mut list, 8, &|n: usize| {
                        assert_ne!(n, bad, "as it must");
                        n
                    })
                })
            });
            assert!(std::panic::catch_unwind(run).is_err(), "{count} threads");
        }
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn workers_that_wait_work() {
        for count in [1, 2] {
            let pool =
                rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
            assert_eq!(pool.install(|| taken(0, 0)), ((1..=100).collect(), true));
            // What waits may be the only worker that is left.
            let both = pool.install(|| rayon::join(|| taken(0, 0), || taken(0, 0)));
            let all = ((1..=100).collect(), true);
            assert_eq!(both, (all.clone(), all));
        }
    }
}
