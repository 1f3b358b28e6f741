//! The command as a line, and what is said beside it.

use camino::Utf8Path;
use perk_docker::compile::Word;
use perk_docker::render::{DeclaredArgument, Rendered, Shell, shell_text};
use perk_term::{OutputError, Terminal};

use crate::command_error::CommandError;
use crate::commands::Shown;

/// Writes words as a line for a shell.
pub(crate) fn command_text(
    words: &[Word],
    shell: Shell,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let words = words.iter().map(|word| word.text.as_os_str());
    let line = shell_text(shell, words)?;
    writeln!(terminal.data(), "{line}").map_err(OutputError::from)?;
    Ok(())
}

/// Writes a file, and says what it leaves out.
pub(crate) fn file_text(rendered: &Rendered, terminal: &mut Terminal) -> Result<(), OutputError> {
    write!(terminal.data(), "{}", rendered.text)?;
    for option in &rendered.left_out {
        terminal.warn(format_args!(
            "`{option}` has no place in this format and was left out"
        ));
    }
    Ok(())
}

/// Says what the user should know about a command.
pub(crate) fn remarks(shown: &Shown, terminal: &mut Terminal) {
    if shown.looked.choice.winner.is_none() {
        terminal
            .note("no proxy was found; `perk docker-run --explain` says where it was looked for");
    }
    for warning in &shown.warnings {
        terminal.warn(warning);
    }
    for detail in &shown.details {
        terminal.detail(detail);
    }
}

/// Says which variables have to be in the environment.
pub(crate) fn missing_variables(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "these have passwords in them and are only named, so that they have to be in the \
         environment, or be written out by `--show-secrets`: {}",
        names.join(", ")
    )
}

/// Says which variables a build does not have by itself.
pub(crate) fn left_to_declare(names: &[String], terminal: &mut Terminal) {
    if names.is_empty() {
        return;
    }
    terminal.note(format_args!(
        "a build takes these only where its Dockerfile declares them: {}",
        names.join(", ")
    ));
}

/// Warns of a declaration that makes a password a part of the image.
pub(crate) fn leak(path: &Utf8Path, declared: &DeclaredArgument, terminal: &mut Terminal) {
    let DeclaredArgument {
        line,
        instruction,
        name,
    } = declared;
    terminal.warn(format_args!(
        "{path}:{line}: `{instruction} {name}` keeps the value, with its password, in the image's \
         history; a build has the variable without that"
    ));
}
