//! The command as a line, and what is said beside it.

use camino::Utf8Path;
use perk_docker::command_line::RunCommand;
use perk_docker::compile::Word;
use perk_docker::render::{DeclaredArgument, Rendered, Shell, shell_text};
use perk_network::Scheme;
use perk_term::{OutputError, Terminal};

use crate::command_error::CommandError;
use crate::commands::{Relayed, Shown};
use crate::render::quoted;

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

/// Says what the relays of a command mean for its container.
pub(crate) fn relays(command: &RunCommand, running: &[Relayed], terminal: &mut Terminal) {
    if running.is_empty() {
        return;
    }
    for relayed in running {
        let Relayed { proxy, address } = relayed;
        terminal.detail(format_args!(
            "a relay at {address} leads to the proxy {proxy}"
        ));
        if relayed.for_container().credentials.is_some() {
            terminal.warn(format_args!(
                "the container is told the password for {proxy}: a relay can keep it only for a \
                 proxy that is written with `http://`"
            ));
        }
        if proxy.scheme == Scheme::Https {
            terminal.warn(format_args!(
                "the proxy {proxy} is reached at {}, so that its certificate has to be valid for \
                 that too",
                address.ip()
            ));
        }
    }
    if command.is_detached() {
        terminal.note("a relay to the proxy runs in the background until the container has ended");
    }
    let policy = command.value("restart").filter(|policy| *policy != "no");
    if let Some(policy) = policy {
        terminal.warn(format_args!(
            "with `--restart {}` the container may come back when this machine has started anew, \
             and the relay to its proxy does not",
            policy.display()
        ));
    }
}

/// Says which variables have to be in the environment.
pub(crate) fn missing_variables(names: &[&str]) -> String {
    format!(
        "these have passwords in them and are only named, so that they have to be in the \
         environment, or be written out by `--show-secrets`: {}",
        quoted(names)
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
