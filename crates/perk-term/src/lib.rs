//! The terminal: data on standard output, words for people on standard error.
//!
//! This crate decides about streams, colors, widths, progress and the look of snippets.
//! It knows no command, reads no configuration, and nothing below `perk` may depend on it.

mod error;
mod paint;
mod printable;
mod progress;
pub mod snippet;
mod terminal;

pub use anstream::ColorChoice;
pub use error::OutputError;
pub use paint::{Meaning, Painted, Painter};
pub use printable::{is_printable, printable};
pub use progress::Progress;
pub use terminal::{Captured, Terminal, TerminalOptions, Verbosity};
