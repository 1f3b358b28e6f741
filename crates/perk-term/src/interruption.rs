//! Ctrl-C as a value, for work that must not be cut off anywhere.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

/// Whether somebody wants the process to end.
///
/// From [`Interruption::watch`] on, the signals themselves end nothing anymore.
#[derive(Debug)]
pub struct Interruption {
    has_come: Arc<AtomicBool>,
}

impl Interruption {
    /// Begins to take note of Ctrl-C and of the signal to terminate.
    pub fn watch() -> io::Result<Self> {
        let has_come = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&has_come))?;
        }
        Ok(Self { has_come })
    }

    /// Returns whether one of the signals has come.
    pub fn has_come(&self) -> bool {
        self.has_come.load(Ordering::Relaxed)
    }
}
