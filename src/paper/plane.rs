//! Planes of cells, in memory that was used before.

use core::cell::RefCell;
use core::ops::{Deref, DerefMut};

/// The values of the cells of a grid, row after row. What memory it takes is kept when it is
/// dropped, for the next one of the thread: asking the system for it anew, page by page,
/// takes as long as filling it.
#[derive(Debug)]
pub(super) struct Plane(Vec<f32>);

/// How many are kept: more than a sheet has at a time.
const KEPT: usize = 8;

/// Cells of the largest that is kept. Those of sheets at more than 260 pixels to the inch are
/// larger, and would take too much from whatever comes after.
const LARGEST: usize = 5 << 18;

thread_local! {
    /// Memory that is not in use.
    static SPARE: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

impl Plane {
    /// One of so many cells. What is in them is left over from others: whoever asks for it
    /// sets all.
    pub(super) fn unset(count: usize) -> Self {
        let mut cells = SPARE.with_borrow_mut(|spare| take(spare, count));
        cells.truncate(count);
        cells.resize(count, 0.0);
        Self(cells)
    }

    /// One of so many cells of the same value.
    pub(super) fn of(value: f32, count: usize) -> Self {
        let mut plane = Self::unset(count);
        plane.fill(value);
        plane
    }
}

/// The least of the spare that has room for so many, or new memory.
fn take(spare: &mut Vec<Vec<f32>>, count: usize) -> Vec<f32> {
    let fits = (0..spare.len()).filter(|&i| spare[i].capacity() >= count);
    match fits.min_by_key(|&i| spare[i].capacity()) {
        // Not the room of a large one for a small one, which would keep others from it.
        Some(i) if spare[i].capacity() <= 2 * count + 4096 => spare.swap_remove(i),
        _ => vec![0.0; count],
    }
}

impl Drop for Plane {
    fn drop(&mut self) {
        let cells = core::mem::take(&mut self.0);
        if cells.capacity() > LARGEST {
            return;
        }
        // Nothing is kept when the thread ends.
        let _ = SPARE.try_with(|spare| {
            let mut spare = spare.borrow_mut();
            spare.push(cells);
            if spare.len() > KEPT {
                let least = (0..=KEPT).min_by_key(|&i| spare[i].capacity());
                spare.swap_remove(least.unwrap_or_default());
            }
        });
    }
}

impl Clone for Plane {
    fn clone(&self) -> Self {
        let mut plane = Self::unset(self.len());
        plane.copy_from_slice(self);
        plane
    }
}

impl Deref for Plane {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.0
    }
}

impl DerefMut for Plane {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.0
    }
}
