//! What happens when perk itself is told to end while another program runs.
//!
//! As long as no program runs, signals act as they always do. While one runs, they are noted, so
//! that the program can be ended first. Whoever has something to clean up after that holds them.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};

static WATCH: Mutex<Option<Watch>> = Mutex::new(None);

/// The handlers, which are set once in the life of the process.
#[derive(Debug, Clone)]
struct Watch {
    idle: Arc<AtomicBool>,
    running: Arc<AtomicUsize>,
    received: Arc<AtomicUsize>,
    held: Arc<AtomicUsize>,
}

/// Signals that ask perk to end do not end it until this is dropped, but are taken note of.
///
/// A program that runs meanwhile is ended by them all the same, with
/// [`ProcessError::Interrupted`](crate::ProcessError::Interrupted).
#[must_use]
#[derive(Debug)]
pub struct HeldSignals(Noting);

/// Begins to hold signals.
pub fn hold_signals() -> io::Result<HeldSignals> {
    let noting = note()?;
    noting.0.held.fetch_add(1, Ordering::SeqCst);
    Ok(HeldSignals(noting))
}

impl HeldSignals {
    /// Returns whether one has come.
    pub fn has_come(&self) -> bool {
        self.0.received().is_some()
    }
}

impl Drop for HeldSignals {
    fn drop(&mut self) {
        self.0.0.held.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Signals are noted, instead of ending the process, until this is dropped.
#[derive(Debug)]
pub(crate) struct Noting(Watch);

/// A signal that asks a process to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signal(i32);

/// Begins to note signals.
pub(crate) fn note() -> io::Result<Noting> {
    let mut slot = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let watch = match &*slot {
        Some(watch) => watch.clone(),
        None => slot.insert(Watch::new()?).clone(),
    };
    watch.running.fetch_add(1, Ordering::SeqCst);
    watch.idle.store(false, Ordering::SeqCst);
    Ok(Noting(watch))
}

impl Watch {
    fn new() -> io::Result<Self> {
        let watch = Self {
            idle: Arc::new(AtomicBool::new(true)),
            running: Arc::default(),
            received: Arc::default(),
            held: Arc::default(),
        };
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register_conditional_default(signal, watch.idle.clone())?;
            let number = usize::try_from(signal).unwrap_or_default();
            signal_hook::flag::register_usize(signal, watch.received.clone(), number)?;
        }
        Ok(watch)
    }
}

impl Noting {
    /// Returns the signal that has come, if one has.
    pub(crate) fn received(&self) -> Option<Signal> {
        let number = i32::try_from(self.0.received.load(Ordering::SeqCst)).ok()?;
        (number != 0).then_some(Signal(number))
    }

    /// Ends this process as a signal would have done, unless somebody holds signals.
    pub(crate) fn act(&self, signal: Signal) -> io::Result<()> {
        if self.0.held.load(Ordering::SeqCst) > 0 {
            return Ok(());
        }
        signal_hook::low_level::emulate_default_handler(signal.0)
    }
}

impl Drop for Noting {
    fn drop(&mut self) {
        let _slot = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.0.running.fetch_sub(1, Ordering::SeqCst);
        self.0.idle.store(before == 1, Ordering::SeqCst);
    }
}

impl Signal {
    /// Returns whether it is what Ctrl-C sends to all programs at the terminal.
    pub(crate) fn is_interrupt(self) -> bool {
        self.0 == SIGINT
    }

    /// Returns it as the system's own type.
    pub(crate) fn as_system(self) -> rustix::process::Signal {
        if self.is_interrupt() {
            rustix::process::Signal::INT
        } else {
            rustix::process::Signal::TERM
        }
    }
}
