//! Running other programs: the one crate that starts a process.
//!
//! A [`Program`] is found in the [`SearchPath`], an [`Invocation`] says how it is run, and the
//! outcome is its output or a [`ProcessError`] that says what it was run for. No shell is ever in
//! between. What a program was given as arguments is never part of an error.

mod captured;
mod collect;
mod companion;
mod error;
mod find;
mod invocation;
mod redact;
mod said;
mod signals;
mod supervise;

pub use captured::{Captured, Transcript};
pub use companion::{Companion, Lifeline, leave_terminal};
pub use error::ProcessError;
pub use find::{Program, SearchPath, is_superuser};
pub use invocation::{Input, Invocation};
pub use redact::without_credentials;
pub use said::Said;
pub use signals::{HeldSignals, hold_signals};
