//! Breaking off: what is in hand is finished, then the program ends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// The signals that ask the program to end.
#[cfg(unix)]
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
/// The signals that ask the program to end.
#[cfg(not(unix))]
const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// How long what is in hand may take when a signal has come. Files appear complete or not
/// at all, so that ending in between loses nothing that is there.
const GRACE: Duration = Duration::from_millis(2500);

/// Whether the user broke off, and how.
#[derive(Clone, Debug, Default)]
pub(super) struct Stop {
    /// Whether a signal has come.
    asked: Arc<AtomicBool>,
    /// Which one; 0 for none.
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// Listens to signals. The second one ends the program at once; so does waiting too
    /// long for what is in hand.
    pub(super) fn on_signal() -> Self {
        let stop = Self::default();
        for signal in SIGNALS {
            // Where no handler can be had, the signal ends the program, as without one.
            let number = usize::try_from(signal).unwrap_or(0);
            let code = 128 + signal;
            let _ = flag::register_conditional_shutdown(
                signal,
                code,
                Arc::clone(&stop.asked),
            );
            let _ = flag::register_usize(signal, Arc::clone(&stop.signal), number);
            let _ = flag::register(signal, Arc::clone(&stop.asked));
        }
        let watched = stop.clone();
        thread::spawn(move || {
            while watched.signal().is_none() {
                thread::sleep(Duration::from_millis(50));
            }
            thread::sleep(GRACE);
            std::process::exit(128 + i32::from(watched.signal().unwrap_or(0)));
        });
        stop
    }

    /// What becomes true when a signal comes.
    pub(super) fn asked(&self) -> &AtomicBool {
        &self.asked
    }

    /// The signal that has come.
    pub(super) fn signal(&self) -> Option<u8> {
        let signal = self.signal.load(Ordering::Relaxed);
        u8::try_from(signal).ok().filter(|signal| *signal != 0)
    }
}
