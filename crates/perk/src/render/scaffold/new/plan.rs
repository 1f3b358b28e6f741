//! What would happen to each path.

use std::fmt;

use perk_scaffold::{Entry, SafePath};
use perk_term::{Meaning, OutputError, Terminal};

use crate::commands::Prepared;

/// How a path of the plan stands to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    New,
    Changed,
    Same,
    Blocked,
}

impl State {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Blocked => "blocked",
        }
    }

    fn meaning(self) -> Meaning {
        match self {
            Self::New => Meaning::Success,
            Self::Changed => Meaning::Warning,
            Self::Same => Meaning::Aside,
            Self::Blocked => Meaning::Error,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Returns every entry of the plan with its state, in the order of the paths.
pub(super) fn states<'p>(
    prepared: &'p Prepared<'_>,
) -> impl Iterator<Item = (&'p Entry<'p>, State)> {
    // The lists of a comparison are in the order of the plan, as everything made from it.
    let is_in = |list: &[SafePath], path: &SafePath| list.binary_search(path).is_ok();
    let comparison = &prepared.comparison;
    let state = move |entry: &'p Entry<'p>| {
        let state = if is_in(&comparison.new, &entry.path) {
            State::New
        } else if is_in(&comparison.different, &entry.path) {
            State::Changed
        } else if is_in(&comparison.same, &entry.path) {
            State::Same
        } else {
            State::Blocked
        };
        (entry, state)
    };
    prepared.plan.entries().iter().map(state)
}

/// Writes what would happen to each path, one a line.
pub(crate) fn paths(prepared: &Prepared<'_>, terminal: &mut Terminal) -> Result<(), OutputError> {
    let painter = terminal.data_painter();
    for (entry, state) in states(prepared) {
        let word = painter.paint(state.meaning(), state);
        writeln!(terminal.data(), "{word:<8} {}", entry.path)?;
    }
    Ok(())
}
