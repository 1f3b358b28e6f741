//! What is wrong, in words: errors, panics, settings without effect.

use std::panic::PanicHookInfo;

use perk_diag::{Class, Hint};
use perk_term::Terminal;

use crate::command_error::CommandError;
use crate::settings::Misspelled;

/// Says what went wrong, why, and what to do.
pub(crate) fn error(error: &CommandError, terminal: &mut Terminal) {
    let mut messages = error.chain();
    if let Some(message) = messages.next() {
        terminal.error(message);
    }
    for message in messages {
        terminal.cause(message);
    }
    for hint in error.hints() {
        terminal.hint(hint);
    }
    if error.class() == Class::Internal {
        terminal.hint(please_report());
    }
}

/// Says that a variable has no effect.
pub(crate) fn misspelled_variable(variable: &Misspelled, terminal: &mut Terminal) {
    let Misspelled { name, meant } = variable;
    terminal.warn(format_args!(
        "the variable `{name}` has no effect; did you mean `{meant}`?"
    ));
}

/// Says that perk itself is at fault.
pub(crate) fn panic(panic: &PanicHookInfo<'_>, terminal: &mut Terminal) {
    let message = panic.payload_as_str().unwrap_or("no message");
    terminal.error(format_args!("internal error: {message}"));
    if let Some(location) = panic.location() {
        terminal.cause(format_args!("a panic at {location}"));
    }
    terminal.hint(please_report());
}

fn please_report() -> Hint {
    Hint::new(format!(
        "this is a bug of perk {}; please report it with the command that you typed",
        env!("CARGO_PKG_VERSION")
    ))
}

#[cfg(test)]
mod tests {
    use perk_diag::Explain;
    use perk_term::TerminalOptions;

    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot start the engine")]
    struct EngineError(#[source] std::fmt::Error);

    impl Explain for EngineError {
        fn class(&self) -> Class {
            Class::Internal
        }

        fn hints(&self) -> Vec<Hint> {
            vec![Hint::new("push")]
        }
    }

    #[test]
    fn the_chain_comes_before_the_hints() {
        let (mut terminal, captured) = Terminal::for_test(&TerminalOptions::default());
        error(&EngineError(std::fmt::Error).into(), &mut terminal);
        insta::assert_snapshot!(captured.stderr(), @"
        error: cannot start the engine
          caused by: an error occurred when formatting an argument
        hint: push
        hint: this is a bug of perk 0.1.0; please report it with the command that you typed
        ");
    }
}
