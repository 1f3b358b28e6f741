//! The words about programs that a template wants run.

use perk_scaffold::{HookIdentity, HookMoment};
use perk_term::Terminal;

/// Shows the programs, each exactly as it is run.
pub(crate) fn hooks_due(hooks: &[HookIdentity], terminal: &mut Terminal) {
    if hooks.is_empty() {
        return;
    }
    terminal.status("The template runs programs, which can do whatever you can do:");
    list(hooks, terminal);
}

/// Shows the programs that are not trusted yet, and returns the question about them.
pub(crate) fn trust_question(hooks: &[&HookIdentity], terminal: &mut Terminal) -> String {
    terminal.status("You have not trusted this yet, which can do whatever you can do:");
    list(hooks.iter().copied(), terminal);
    match hooks.len() {
        1 => "Trust this program and run it?".to_owned(),
        count => format!("Trust these {count} programs and run them?"),
    }
}

/// Says which program runs now.
pub(crate) fn hook_begins(hook: &HookIdentity, terminal: &mut Terminal) {
    terminal.status(format_args!("Running `{}`.", hook.command_line()));
}

fn list<'h>(hooks: impl IntoIterator<Item = &'h HookIdentity>, terminal: &mut Terminal) {
    for hook in hooks {
        let at = format!("{}:", moment(hook.at));
        terminal.status(format_args!("  {at:<7} {}", hook.command_line()));
    }
}

pub(super) fn moment(at: HookMoment) -> &'static str {
    match at {
        HookMoment::Before => "before",
        HookMoment::After => "after",
    }
}
