//! Data that every floor shares: where something is ([`Span`]), how bad it is ([`Class`]),
//! what to do about it ([`Hint`]), which name was meant ([`nearest`]) and what the process answers
//! ([`ExitCode`]).
//!
//! Nothing here does IO, prints, or knows a command.

mod exit_code;
mod explain;
mod nearest;
mod span;

pub use exit_code::ExitCode;
pub use explain::{Class, Explain, Hint};
pub use nearest::nearest;
pub use span::{LineColumn, LineIndex, Span};
