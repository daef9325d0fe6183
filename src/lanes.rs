//! Numbers side by side: the only place that names `pulp`.
//!
//! A program that runs on every machine may use narrow registers only, where it does not ask
//! for wider ones. What is reckoned does not depend on them: no operation is joined with
//! another or done in another order, so the same numbers come out on every machine.

/// Does some work, as far as it is inlined, with the widest registers there are.
#[inline]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
