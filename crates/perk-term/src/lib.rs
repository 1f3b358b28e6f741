//! The terminal: data on standard output, words for people on standard error.
//!
//! This crate decides about streams, colors, widths, progress, prompts and the look of snippets.
//! It knows no command, reads no configuration, and nothing below `perk` may depend on it.

mod error;
mod interruption;
mod paint;
mod printable;
mod progress;
mod prompt;
pub mod snippet;
mod terminal;

pub use anstream::ColorChoice;
pub use error::OutputError;
pub use interruption::Interruption;
pub use paint::{Meaning, Painted, Painter};
pub use printable::{is_printable, printable};
pub use progress::Progress;
pub use prompt::{BACK, PromptError, Prompter, Reply};
pub use terminal::{Captured, Terminal, TerminalOptions, Verbosity};
