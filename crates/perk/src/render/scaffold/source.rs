//! The words about sources of templates.

use perk_scaffold::{Location, Outdated};
use perk_term::Terminal;

use crate::command_error::CommandError;

/// Says at a terminal that a repository is asked now, which can take a while.
pub(crate) fn fetching(location: &Location, somebody_waits: bool, terminal: &mut Terminal) {
    if somebody_waits {
        terminal.status(format_args!("Getting the template from `{location}`."));
    }
}

/// Says that a name does not mean what it means elsewhere: any configuration file can see to that.
pub(crate) fn in_place_of_built_in(name: &str, location: &Location, terminal: &mut Terminal) {
    terminal.note(format_args!(
        "`{name}` is not the built-in template here: by `[scaffold.sources]` it is `{location}`"
    ));
}

/// Says at a terminal that all repositories are asked now.
pub(crate) fn refreshing(somebody_waits: bool, terminal: &mut Terminal) {
    if somebody_waits {
        terminal.status("Asking the repositories what is new.");
    }
}

/// Warns that a template may not be the latest.
pub(crate) fn outdated(outdated: &Outdated, terminal: &mut Terminal) {
    terminal.warn(outdated);
    terminal.detail(format_args!("the reason: {}", outdated.reason));
}

/// Warns that a source is not among those that are listed.
pub(crate) fn left_out(name: &str, error: &CommandError, terminal: &mut Terminal) {
    let reasons: Vec<String> = error.chain().collect();
    terminal.warn(format_args!("`{name}` is left out: {}", reasons.join(": ")));
    for hint in error.hints() {
        terminal.hint(hint);
    }
}
