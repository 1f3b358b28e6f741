//! Runs the perk binary in a closed world and shows what it said.
//!
//! For tests only. Nothing of the machine gets in: not its variables, not its home, not the
//! programs on its `PATH`.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot be set up has to fail at once"
)]

mod context;
#[cfg(target_os = "linux")]
mod engine;
mod outcome;
#[cfg(unix)]
mod terminal_session;

pub use context::{Invocation, TestContext};
#[cfg(target_os = "linux")]
pub use engine::{ClosureImage, EngineKind, EnginePrograms, ThrowAwayEngine};
pub use outcome::Outcome;
#[cfg(unix)]
pub use terminal_session::TerminalSession;
